// Unpacks the WOFF of LXGW WenKai into build/fonts/ once: read as WOFF, it would cost seconds at every start.
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { inflateSync } from 'node:zlib';

const target = 'build/fonts/LXGWWenKai-Medium.ttf';
const folder = 'node_modules/@fontsource/lxgw-wenkai/files';

if (!existsSync(target)) {
  const name = readdirSync(folder).find((file) => file.endsWith('-500-normal.woff'));
  mkdirSync('build/fonts', { recursive: true });
  const unfinished = `${target}.${process.pid}`;
  writeFileSync(unfinished, trueTypeOf(readFileSync(`${folder}/${name}`)));
  renameSync(unfinished, target);
}

/** WOFF 1.0: the tables of a TrueType file, each packed by zlib where that made it smaller. */
function trueTypeOf(woff) {
  if (woff.toString('latin1', 0, 4) !== 'wOFF') throw new Error('This is no WOFF file');
  const count = woff.readUInt16BE(12);
  const log = Math.floor(Math.log2(count));
  const head = Buffer.alloc(12 + count * 16);
  head.writeUInt32BE(woff.readUInt32BE(4), 0);
  head.writeUInt16BE(count, 4);
  head.writeUInt16BE(16 * 2 ** log, 6);
  head.writeUInt16BE(log, 8);
  head.writeUInt16BE(count * 16 - 16 * 2 ** log, 10);
  const parts = [head];
  let offset = head.length;
  for (let i = 0; i < count; i++) {
    const record = 44 + i * 20;
    const [at, packed, length] = [4, 8, 12].map((field) => woff.readUInt32BE(record + field));
    const raw = woff.subarray(at, at + packed);
    const table = packed < length ? inflateSync(raw) : raw;
    woff.copy(head, 12 + i * 16, record, record + 4);
    head.writeUInt32BE(woff.readUInt32BE(record + 16), 16 + i * 16);
    head.writeUInt32BE(offset, 20 + i * 16);
    head.writeUInt32BE(length, 24 + i * 16);
    const padding = Buffer.alloc((4 - (length % 4)) % 4);
    parts.push(table, padding);
    offset += table.length + padding.length;
  }
  return Buffer.concat(parts);
}
