const TRUETYPE = [0x00010000, 0x74727565];
const ENTRY_BYTES = 16;
/** What a font must have to be subset here. */
const NEEDED = ['glyf', 'loca', 'hmtx', 'head', 'hhea', 'maxp'];
/** Enough for the list of a hundred tables: no font has as many. */
export const HEAD_BYTES = 12 + 100 * ENTRY_BYTES;

/** Why a file that begins like this is no font for paper, or null. */
export function faultOfHead(bytes: Buffer): string | null {
  const kind = bytes.toString('latin1', 0, 4);
  if (kind === 'OTTO') return 'is OpenType with CFF outlines; only TrueType (.ttf) can be used';
  if (kind === 'ttcf') return 'is a collection (.ttc); only a single TrueType font (.ttf) can be used';
  if (bytes.length < 12 || !TRUETYPE.includes(bytes.readUInt32BE(0)))
    return 'is no TrueType font file (.ttf); collections and OpenType/CFF cannot be used';
  const tables = new Set(entriesOf(bytes).map(({ tag }) => tag));
  const missing = NEEDED.filter((tag) => !tables.has(tag));
  return missing.length > 0
    ? `has no table ${missing.join(', ')}: it is no TrueType font with outlines`
    : null;
}

type Entry = { readonly tag: string; readonly offset: number; readonly length: number };

function entriesOf(bytes: Buffer): Entry[] {
  const count = Math.min(bytes.readUInt16BE(4), Math.floor((bytes.length - 12) / ENTRY_BYTES));
  return Array.from({ length: count }, (_, i) => {
    const at = 12 + i * ENTRY_BYTES;
    const [offset, length] = [bytes.readUInt32BE(at + 8), bytes.readUInt32BE(at + 12)];
    return { tag: bytes.toString('latin1', at, at + 4), offset, length };
  });
}

/** The tables of a TrueType file, as bytes. Other kinds of font file are refused by name: they cannot be subset here. */
export class TrueTypeFile {
  private readonly tables = new Map<string, Buffer>();
  private readonly glyf: Buffer;
  private readonly loca: Buffer;
  private readonly hmtx: Buffer;
  private readonly hasLongOffsets: boolean;
  private readonly metricCount: number;

  constructor(
    bytes: Buffer,
    readonly path: string,
  ) {
    const fault = faultOfHead(bytes);
    if (fault !== null) throw new Error(`${path} ${fault}`);
    for (const { tag, offset, length } of entriesOf(bytes))
      this.tables.set(tag, bytes.subarray(offset, offset + length));
    this.glyf = this.get('glyf');
    this.loca = this.get('loca');
    this.hmtx = this.get('hmtx');
    this.hasLongOffsets = this.get('head').readInt16BE(50) === 1;
    this.metricCount = this.get('hhea').readUInt16BE(34);
  }

  find(tag: string): Buffer | null {
    return this.tables.get(tag) ?? null;
  }

  get(tag: string): Buffer {
    const table = this.find(tag);
    if (!table) throw new Error(`${this.path} has no table ${tag}: it is no TrueType font with outlines`);
    return table;
  }

  outlineOf(glyph: number): Buffer {
    return this.glyf.subarray(this.offsetOf(glyph), this.offsetOf(glyph + 1));
  }

  /** Advance width and left bearing. The last widths are given once for all glyphs behind them. */
  metricOf(glyph: number): Buffer {
    if (glyph < this.metricCount) return this.hmtx.subarray(glyph * 4, glyph * 4 + 4);
    const bearing = this.metricCount * 4 + (glyph - this.metricCount) * 2;
    const lastWidth = this.hmtx.subarray(this.metricCount * 4 - 4, this.metricCount * 4 - 2);
    return Buffer.concat([lastWidth, this.hmtx.subarray(bearing, bearing + 2)]);
  }

  private offsetOf(glyph: number): number {
    return this.hasLongOffsets ? this.loca.readUInt32BE(glyph * 4) : this.loca.readUInt16BE(glyph * 2) * 2;
  }
}

/** Puts tables together into a file, each padded and summed as the format asks. */
export function trueTypeFileOf(tables: ReadonlyMap<string, Buffer>): Buffer {
  const entries = [...tables].sort(([a], [b]) => (a < b ? -1 : 1));
  const log = 31 - Math.clz32(entries.length);
  const head = Buffer.alloc(12 + entries.length * 16);
  head.writeUInt32BE(0x00010000, 0);
  head.writeUInt16BE(entries.length, 4);
  head.writeUInt16BE(16 * 2 ** log, 6);
  head.writeUInt16BE(log, 8);
  head.writeUInt16BE(entries.length * 16 - 16 * 2 ** log, 10);
  const parts: Buffer[] = [head];
  let offset = head.length;
  entries.forEach(([tag, table], i) => {
    const padded = paddedTo4(table);
    head.write(tag, 12 + i * 16, 'latin1');
    head.writeUInt32BE(checksumOf(padded), 16 + i * 16);
    head.writeUInt32BE(offset, 20 + i * 16);
    head.writeUInt32BE(table.length, 24 + i * 16);
    parts.push(padded);
    offset += padded.length;
  });
  return Buffer.concat(parts);
}

/** Always a copy, so that it may be written to. */
export function paddedTo4(bytes: Buffer): Buffer {
  const padded = Buffer.alloc(Math.ceil(bytes.length / 4) * 4);
  bytes.copy(padded);
  return padded;
}

function checksumOf(table: Buffer): number {
  let sum = 0;
  for (let at = 0; at < table.length; at += 4) sum = (sum + table.readUInt32BE(at)) >>> 0;
  return sum;
}
