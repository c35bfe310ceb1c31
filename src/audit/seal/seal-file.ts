/**
 * The format of the seal and its verifier, in one file that imports nothing of the house: whoever has this file and Node
 * can check an export, without database, key or program (docs/seal.md).
 */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';

/** 64 hexadecimal digits. */
export type Hash = string;

export const SEAL_FORMAT = 'huzhu-seal/1';
/** What the first batch follows on. */
export const NO_HEAD: Hash = '0'.repeat(64);

/** A row that says it is older than this, when a batch had taken all there was, was put in afterwards. */
export const LATE_MS = 10 * 60_000;

export type BatchLine = {
  readonly batch: number;
  /** Numbers of its first and last row, counted through all batches. */
  readonly first: number;
  readonly last: number;
  /** ISO 8601 in UTC. */
  readonly sealedAt: string;
  /** It took every row that was there to be sealed. */
  readonly drained: boolean;
  readonly previous: Hash;
  readonly root: Hash;
  readonly head: Hash;
  /** Table, key and leaf of each row, in order; not there in an export of the heads alone. */
  readonly leaves?: readonly (readonly [table: string, row: string, leaf: Hash])[];
};

export type HeaderLine = {
  readonly seal: typeof SEAL_FORMAT;
  readonly batches: number;
  readonly rows: number;
  readonly head: Hash;
  /** Whether rows follow, or heads alone. */
  readonly withRows: boolean;
};

export type RowLine = { readonly batch: number; readonly position: number; readonly text: string };

const sha256 = (...parts: (Buffer | string)[]): Buffer => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
};

const LEAF = Buffer.from([0]);
const NODE = Buffer.from([1]);
const HEAD = Buffer.from([2]);

/** RFC 6962, 2.1: SHA-256(0x00 ‖ bytes). */
export const leafOf = (bytes: string | Buffer): Hash => sha256(LEAF, bytes).toString('hex');

/** RFC 6962, 2.1: the Merkle tree hash of leaves that are hashed already. */
export function rootOf(leaves: readonly Hash[]): Hash {
  return (leaves.length === 0 ? sha256() : treeOf(leaves.map((leaf) => Buffer.from(leaf, 'hex')))).toString(
    'hex',
  );
}

function treeOf(leaves: readonly Buffer[]): Buffer {
  const [only] = leaves;
  if (only && leaves.length === 1) return only;
  let left = 1;
  while (left * 2 < leaves.length) left *= 2;
  return sha256(NODE, treeOf(leaves.slice(0, left)), treeOf(leaves.slice(left)));
}

/** Chains a batch to the one before it: SHA-256(0x02 ‖ what the batch says of itself, a line each). */
export function headOf(batch: Omit<BatchLine, 'head' | 'leaves'>): Hash {
  const { batch: number, first, last, sealedAt, drained, previous, root } = batch;
  const lines = [
    SEAL_FORMAT,
    number,
    previous,
    root,
    first,
    last,
    last - first + 1,
    sealedAt,
    drained ? 1 : 0,
  ];
  return sha256(HEAD, `${lines.join('\n')}\n`).toString('hex');
}

/** The salt is 43 characters of chance: nobody finds a short text by trying. */
export const pledgeOf = (salt: string, column: string, text: string): Hash =>
  sha256(`${salt}\n${column}\n`, text).toString('hex');

/** As printed on paper: 第12批 8c1d 09aa 7be2 f014. In fours, to be read out and compared; no number of a person looks so. */
export function printedHead({ batch, head }: Pick<BatchLine, 'batch' | 'head'>): string {
  return `第${batch}批 ${head.slice(0, 16).replace(/(.{4})(?=.)/g, '$1 ')}`;
}

export type KnownHead = { readonly batch: number | null; readonly hash: string };

/** `HASH`, `12:HASH`, or as it is printed; the first 16 digits are enough. Null where it is none of these. */
export function knownHeadIn(text: string): KnownHead | null {
  const [, batch, digits = ''] = /^\s*(?:第?\s*(\d{1,10})\s*[批:：])?([0-9a-f\s]+)$/i.exec(text) ?? [];
  const hash = digits.replace(/\s/g, '').toLowerCase();
  if (hash.length < 16 || hash.length > 64) return null;
  return { batch: batch === undefined ? null : Number(batch), hash };
}

/**
 * What was done to the history. CUT and REWRITTEN are seen only by a head that was kept outside: a chain cut or made anew
 * from its first row is a whole chain.
 */
export type SealFault =
  | 'CHANGED'
  | 'MISSING'
  | 'SWAPPED'
  | 'INSERTED'
  | 'BACKDATED'
  | 'BATCH'
  | 'CUT'
  | 'REWRITTEN'
  | 'CUT_OR_REWRITTEN'
  | 'UNREADABLE';

export type SealFinding = {
  readonly fault: SealFault;
  readonly batch: number | null;
  /** Its place in the batch, from 1. */
  readonly position: number | null;
  /** Table and key. */
  readonly row: string | null;
  readonly words: string;
};

export type SealReport = {
  readonly findings: readonly SealFinding[];
  readonly batches: number;
  readonly rows: number;
  readonly head: Hash | null;
  /** How many batches follow the head that was given; null where none was given or it was not found. */
  readonly since: number | null;
  readonly withRows: boolean;
};

type Seen = {
  readonly line: number;
  readonly position: number;
  readonly leaf: Hash;
  readonly row: RowIn | null;
};
type RowIn = { readonly id: string; readonly final: string | null };
type Found = Omit<SealFinding, 'batch'>;

const MOST_LEAVES = 100_000;

/** Reads an export line by line and holds one batch at a time. */
export class SealCheck {
  private readonly findings: SealFinding[] = [];
  private header: HeaderLine | null = null;
  private open: BatchLine | null = null;
  private seen: Seen[] = [];
  private lines = 0;
  private batches = 0;
  private rows = 0;
  private previous: { readonly head: Hash; readonly last: number; readonly sealedAt: string } | null = null;
  private drainedAt: number | null = null;
  private readonly known: KnownHead | null;
  private since: number | null = null;
  private at: BatchLine | null = null;

  constructor(known: KnownHead | null) {
    this.known = known;
  }

  take(line: string): void {
    this.lines++;
    const read = lineIn(line);
    if (this.lines === 1 && read && 'seal' in read) this.header = read;
    else if (read && 'text' in read) this.takeRow(read);
    else if (read && 'head' in read && 'batch' in read) this.takeBatch(read);
    else this.note(null, { fault: 'UNREADABLE', position: null, row: null, words: `line ${this.lines}` });
  }

  end(): SealReport {
    this.closeBatch();
    this.compareHeader();
    this.compareKnown();
    const { findings, batches, rows, since } = this;
    const withRows = this.header?.withRows ?? true;
    return { findings, batches, rows, head: this.previous?.head ?? null, since, withRows };
  }

  private takeRow({ batch, position, text }: RowLine): void {
    const row = rowIn(text);
    this.rows++;
    if (batch === this.open?.batch) this.seen.push({ line: this.lines, position, leaf: leafOf(text), row });
    else
      this.note(batch, {
        fault: 'INSERTED',
        position,
        row: row?.id ?? null,
        words: 'stands outside its batch',
      });
  }

  private takeBatch(batch: BatchLine): void {
    this.closeBatch();
    this.open = batch;
    this.batches++;
    const before = this.previous;
    const say = (words: string) => {
      this.note(batch.batch, { fault: 'BATCH', position: null, row: null, words });
    };
    if (batch.batch !== this.batches) say(`stands where batch ${this.batches} should stand`);
    if (batch.previous !== (before?.head ?? NO_HEAD)) say('does not follow on the head before it');
    if (batch.first !== (before?.last ?? 0) + 1) say('its rows are not counted on from the batch before it');
    if (before && batch.sealedAt < before.sealedAt) say('is sealed earlier than the batch before it');
    if (headOf(batch) !== batch.head) say('its head is not made of what it says');
    if (this.known && this.isKnown(batch)) this.since = 0;
    else if (this.since !== null) this.since++;
    if (this.known?.batch === batch.batch) this.at = batch;
  }

  private isKnown({ batch, head }: BatchLine): boolean {
    const { known } = this;
    return known !== null && head.startsWith(known.hash) && (known.batch ?? batch) === batch;
  }

  private closeBatch(): void {
    const batch = this.open;
    if (!batch) return;
    if (this.header?.withRows !== false) this.closeRows(batch);
    this.previous = batch;
    if (batch.drained) this.drainedAt = Date.parse(batch.sealedAt);
    this.open = null;
    this.seen = [];
  }

  private closeRows(batch: BatchLine): void {
    const leaves = batch.leaves ?? [];
    const strange = leavesBesides(leaves, batch);
    const say = (found: Found) => {
      this.note(batch.batch, found);
    };
    if (strange === 'unclear')
      say({ fault: 'BATCH', position: null, row: null, words: 'its leaves do not make its root' });
    else if (strange !== null)
      say({
        fault: 'INSERTED',
        position: strange + 1,
        row: nameOf(leaves[strange]),
        words: 'was not sealed',
      });
    for (const found of rowFaults(leaves, this.seen)) say(found);
    for (const each of this.lateRows()) say(each);
  }

  /** A row that is older than a batch which had taken all there was. */
  private lateRows(): Found[] {
    const drainedAt = this.drainedAt;
    if (drainedAt === null) return [];
    return this.seen
      .filter(({ row }) => row?.final != null && Date.parse(row.final) < drainedAt - LATE_MS)
      .map(({ position, row }) => ({
        ...{ fault: 'BACKDATED' as const, position, row: row?.id ?? null },
        words: `says ${row?.final ?? ''}, and was not there when the batches before were sealed`,
      }));
  }

  private compareHeader(): void {
    const { header, batches, rows, previous } = this;
    if (!header) {
      this.note(null, { fault: 'UNREADABLE', position: null, row: null, words: 'the file has no header' });
      return;
    }
    const isShort = header.batches > batches;
    if (isShort || header.head !== (previous?.head ?? NO_HEAD))
      this.note(null, {
        ...{ fault: 'CUT', position: null, row: null },
        words: `the header says ${header.batches} batches up to ${header.head}, the file holds ${batches}`,
      });
    else if (header.withRows && header.rows !== rows && this.findings.length === 0)
      this.note(null, {
        fault: 'UNREADABLE',
        position: null,
        row: null,
        words: 'the header counts other rows',
      });
  }

  private compareKnown(): void {
    const { known, batches, at } = this;
    if (!known || this.since !== null) return;
    const where = { position: null, row: null };
    if (known.batch === null)
      this.note(null, {
        fault: 'CUT_OR_REWRITTEN',
        ...where,
        words: 'the given head is not in this history',
      });
    else if (at === null)
      this.note(known.batch, {
        ...{ fault: 'CUT', ...where },
        words: `the file ends with batch ${batches}; batches to ${known.batch} are gone`,
      });
    else
      this.note(known.batch, {
        ...{ fault: 'REWRITTEN', ...where },
        words: `its head is ${at.head}, not the one that was given`,
      });
  }

  private note(batch: number | null, found: Found): void {
    this.findings.push({ ...found, batch });
  }
}

type Leaf = readonly [table: string, row: string, leaf: Hash];

const nameOf = (leaf: Leaf | undefined): string | null => (leaf ? `${leaf[0]}/${leaf[1]}` : null);

/** The index of the one leaf that was put in among those that make the root; null where all do. */
function leavesBesides(leaves: readonly Leaf[], { first, last, root }: BatchLine): number | 'unclear' | null {
  const hashes = leaves.map(([, , leaf]) => leaf);
  const count = last - first + 1;
  if (hashes.length === count && rootOf(hashes) === root) return null;
  if (hashes.length !== count + 1) return 'unclear';
  const at = hashes.findIndex((_, i) => rootOf([...hashes.slice(0, i), ...hashes.slice(i + 1)]) === root);
  return at < 0 ? 'unclear' : at;
}

/** Which rows are not what, or not where, they were when they were sealed. */
function rowFaults(leaves: readonly Leaf[], seen: readonly Seen[]): Found[] {
  const rows = [...seen].sort((a, b) => a.position - b.position || a.line - b.line);
  const wanted = new Map(leaves.map(([, , leaf], i) => [leaf, i]));
  const taken = new Map<number, Seen>();
  const others: Seen[] = [];
  for (const row of rows) {
    const at = wanted.get(row.leaf);
    if (at === undefined || taken.has(at)) others.push(row);
    else taken.set(at, row);
  }
  const gone = new Map(leaves.flatMap((leaf, i) => (taken.has(i) ? [] : [[nameOf(leaf) ?? '', i] as const])));
  const faults = swapped([...taken.keys()], leaves);
  for (const [at, { row }] of taken) {
    const named = nameOf(leaves[at]);
    if (row && row.id !== named)
      faults.push({ fault: 'CHANGED', position: at + 1, row: row.id, words: `is listed as ${named ?? ''}` });
  }
  for (const { position, row } of others) {
    const at = gone.get(row?.id ?? '');
    if (row && at !== undefined) {
      gone.delete(row.id);
      faults.push({ fault: 'CHANGED', position: at + 1, row: row.id, words: 'is not what was sealed' });
    } else {
      faults.push({ fault: 'INSERTED', position, row: row?.id ?? null, words: 'was not sealed here' });
    }
  }
  for (const [row, at] of gone)
    faults.push({ fault: 'MISSING', position: at + 1, row, words: 'was sealed, and is not there' });
  return unread(faults);
}

/** A row so changed that it no longer says which it is stands for the one that is missing at its place. */
function unread(faults: readonly Found[]): Found[] {
  const nameless = faults.filter(({ fault, row }) => fault === 'INSERTED' && row === null);
  const places = new Set(nameless.map(({ position }) => position));
  return faults.flatMap((each): Found[] => {
    if (nameless.includes(each))
      return faults.some((one) => one.fault === 'MISSING' && one.position === each.position) ? [] : [each];
    if (each.fault === 'MISSING' && places.has(each.position))
      return [{ ...each, fault: 'CHANGED', words: 'is not what was sealed' }];
    return [each];
  });
}

/** In the order in which the rows stand: the places where they were sealed. */
function swapped(places: readonly number[], leaves: readonly Leaf[]): Found[] {
  const inOrder = [...places].sort((a, b) => a - b);
  return places.flatMap((place, i): Found[] => {
    const stands = inOrder[i];
    if (stands === undefined || stands === place) return [];
    const words = `stands at ${stands + 1}`;
    return [{ fault: 'SWAPPED', position: place + 1, row: nameOf(leaves[place]), words }];
  });
}

function lineIn(line: string): HeaderLine | BatchLine | RowLine | null {
  try {
    const read = JSON.parse(line) as Partial<HeaderLine & BatchLine & RowLine>;
    if (read.seal === SEAL_FORMAT) return isHeader(read) ? read : null;
    if (typeof read.batch !== 'number') return null;
    if (typeof read.text === 'string') return typeof read.position === 'number' ? (read as RowLine) : null;
    return isBatch(read) ? read : null;
  } catch {
    return null;
  }
}

function isHeader(read: Partial<HeaderLine>): read is HeaderLine {
  const { batches, rows, head, withRows } = read;
  return (
    [batches, rows].every((each) => typeof each === 'number') &&
    typeof head === 'string' &&
    typeof withRows === 'boolean'
  );
}

function isBatch(read: Partial<BatchLine>): read is BatchLine {
  const { first, last, sealedAt, drained, previous, root, head, leaves = [] } = read;
  return (
    [first, last].every((each) => Number.isSafeInteger(each)) &&
    [sealedAt, previous, root, head].every((each) => typeof each === 'string') &&
    typeof drained === 'boolean' &&
    Array.isArray(leaves) &&
    leaves.length <= MOST_LEAVES &&
    leaves.every(
      (leaf) => Array.isArray(leaf) && leaf.length === 3 && leaf.every((each) => typeof each === 'string'),
    )
  );
}

function rowIn(text: string): RowIn | null {
  try {
    const { table, row, final } = JSON.parse(text) as Record<string, unknown>;
    if (typeof table !== 'string' || typeof row !== 'string') return null;
    return { id: `${table}/${row}`, final: typeof final === 'string' ? final : null };
  } catch {
    return null;
  }
}

/** Checks an export on the disk. Without a head a cut tail and a full rewrite cannot be seen. */
export async function checkSealFile(path: string, known: KnownHead | null): Promise<SealReport> {
  const check = new SealCheck(known);
  let rest = '';
  for await (const chunk of createReadStream(path, { encoding: 'utf8' })) {
    const lines = (rest + String(chunk)).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) check.take(line);
  }
  if (rest !== '') check.take(rest);
  return check.end();
}
