import { createRequire } from 'node:module';
import { promisify } from 'node:util';
import { Worker } from 'node:worker_threads';
import { inflateRaw } from 'node:zlib';
import { SheetRefused } from './domain/people.errors.js';
import { sheetOf } from './domain/people-sheet.js';
import type { Cell, PeopleSheet } from './domain/people-sheet.js';

const MOST_COLUMNS = 60;
/** More than a sheet may have: the rule that counts says so in words. */
const ROWS_READ = 6000;
const MOST_UNPACKED = 48_000_000;
const PATIENCE_MS = 20_000;

const inflate = promisify(inflateRaw);

/** More than a cell of the register may hold. */
const LONGEST_WORDS = 400;

/** A list of people. */
export async function readPeopleSheet(bytes: Buffer): Promise<PeopleSheet> {
  return sheetOf(await readSheetCells(bytes));
}

/**
 * Reads the first sheet of an .xlsx. What a stranger uploads is believed in nothing: unpacked within a bound first, so
 * that a small file cannot fill the memory, then parsed in a thread with little memory and little time (quality.md
 * T10). Formulas are never calculated: their saved values are read, links and macros not at all (T11). Of a longer cell
 * no more than `longest` characters are read.
 */
export async function readSheetCells(bytes: Buffer, longest = LONGEST_WORDS): Promise<Cell[][]> {
  if (!bytes.subarray(0, 4).equals(Buffer.from('PK\u0003\u0004')))
    throw new SheetRefused('这个文件不是 .xlsx 表格。', '旧的 .xls 或 WPS 表格，请先另存为 .xlsx 再传。');
  await checkUnpacked(bytes);
  return cellsOf(bytes, longest);
}

/** `read-excel-file/universal` unpacks by the same central directory that `checkUnpacked` has proved. */
const READER = `
  const { parentPort, workerData } = require('node:worker_threads');
  const { readSheet } = require(workerData.module);
  readSheet(workerData.bytes).then((rows) => {
    const dayOf = (date) => (Number.isNaN(date.getTime()) ? '' : date.toISOString().slice(0, 10));
  const tidy = (cell) => (cell instanceof Date ? dayOf(cell) : typeof cell === 'string' ? cell.slice(0, workerData.longest) : cell);
    parentPort.postMessage(rows.slice(0, workerData.rows).map((row) => row.slice(0, workerData.columns).map(tidy)));
  });
`;

async function cellsOf(bytes: Buffer, longest: number): Promise<Cell[][]> {
  const module = createRequire(import.meta.url).resolve('read-excel-file/universal');
  const copy = new Uint8Array(bytes).buffer;
  const worker = new Worker(READER, {
    eval: true,
    workerData: { module, bytes: copy, rows: ROWS_READ, columns: MOST_COLUMNS, longest },
    transferList: [copy],
    resourceLimits: { maxOldGenerationSizeMb: 256 },
    stderr: true,
  });
  const timer = setTimeout(() => void worker.terminate(), PATIENCE_MS);
  try {
    return await new Promise<Cell[][]>((resolve, reject) => {
      worker.once('message', resolve);
      worker.once('error', reject);
      worker.once('exit', () => {
        reject(new Error('The reader ended without an answer'));
      });
    });
  } catch {
    throw new SheetRefused('这个表格读不出来，可能已经损坏或太大。');
  } finally {
    clearTimeout(timer);
    await worker.terminate();
  }
}

const END = 0x06054b50;
const ZIP64 = 0x07064b50;
const ENTRY = 0x02014b50;

/** Unpacks every part in turn, keeping none, and refuses as soon as they are larger than any honest sheet. */
async function checkUnpacked(bytes: Buffer): Promise<void> {
  let left = MOST_UNPACKED;
  for (const part of partsOf(bytes)) {
    try {
      const plain = part.deflated ? await inflate(part.body, { maxOutputLength: left }) : part.body;
      left -= plain.length;
    } catch {
      left = 0;
    }
    if (left <= 0) throw new SheetRefused('这个表格解开后太大，没有读。');
  }
}

type Part = { readonly body: Buffer; readonly deflated: boolean };

function partsOf(bytes: Buffer): Part[] {
  try {
    return listParts(bytes);
  } catch {
    throw new SheetRefused('这个表格已经损坏，读不出来。');
  }
}

/** The central directory of a ZIP, as APPNOTE.TXT 4.3 has it; out of bounds is a RangeError of Buffer. */
function listParts(bytes: Buffer): Part[] {
  let end = bytes.length - 22;
  while (bytes.readUInt32LE(end) !== END) end--;
  if (end >= 20 && bytes.readUInt32LE(end - 20) === ZIP64) throw new RangeError('ZIP64');
  const parts: Part[] = [];
  let at = bytes.readUInt32LE(end + 16);
  for (let count = bytes.readUInt16LE(end + 8); count > 0; count--) {
    if (bytes.readUInt32LE(at) !== ENTRY) throw new RangeError('No entry');
    const method = bytes.readUInt16LE(at + 10);
    const size = bytes.readUInt32LE(at + 20);
    const local = bytes.readUInt32LE(at + 42);
    const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
    if (start + size > bytes.length) throw new RangeError('Beyond the end');
    parts.push({ body: bytes.subarray(start, start + size), deflated: method !== 0 });
    at += 46 + bytes.readUInt16LE(at + 28) + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  return parts;
}
