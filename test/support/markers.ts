import { spawnSync } from 'node:child_process';
import { inflateRawSync } from 'node:zlib';

/** What nobody outside may ever read, each the only one of its kind: found anywhere, it has leaked. */
export const MARKERS = {
  name: '欧阳暮秋',
  child: '南宫晓童',
  id: '990110198006157775',
  childId: '990110201306154327',
  mobile: '19912345678',
  card: '6217001234599998885',
  diagnosis: '暮色综合征',
  /** Where somebody lives, as a neighbour says it. */
  address: '柳荫巷深处七十七号',
  /** The building that the register has of a household. */
  building: '柳荫楼西单元',
  /** What visitors wrote down. */
  note: '灶台冷了半个月',
  /** Who gave and did not agree to be named. */
  donor: '东方未名',
  donorPhone: '19887654321',
  /** Who objected to a notice by name. */
  objector: '司徒问天',
  objectorPhone: '19776543210',
} as const;
export type Marker = keyof typeof MARKERS;

const tidy = (text: string) => text.replace(/<[^>]*>|[\s\u3000·*+-]/g, '');

/** Percent signs that are no code are left as they are. */
function decoded(text: string): string {
  return text.replace(/(?:%[\da-f]{2})+/gi, (codes) => {
    try {
      return decodeURIComponent(codes);
    } catch {
      return codes;
    }
  });
}

const escaped = (text: string) =>
  text
    .replace(/\\u([\da-f]{4})/gi, (_all, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
    .replace(/&#(?:x([\da-f]+)|(\d+));/gi, (_all, hex: string | undefined, decimal: string | undefined) =>
      String.fromCodePoint(hex === undefined ? Number(decimal) : Number.parseInt(hex, 16)),
    );

/** Which markers stand in a text: as they are, in an address, escaped, or cut up by spaces and tags. */
export function markersIn(text: string): Marker[] {
  const forms = [text, decoded(text), escaped(text)].flatMap((form) => [form, tidy(form)]);
  return (Object.keys(MARKERS) as Marker[]).filter((marker) =>
    forms.some(
      (form) => form.includes(MARKERS[marker]) || form.includes(encodeURIComponent(MARKERS[marker])),
    ),
  );
}

const poppler = spawnSync('pdftotext', ['-v']).status === 0;

/** The text of a paper, and what its file says of itself; the bare bytes where no reader is installed. */
export function textOfPdf(bytes: Buffer): string {
  const raw = bytes.toString('latin1');
  if (!poppler) return raw;
  const words = ['pdftotext', 'pdfinfo'].map((reader) =>
    spawnSync(reader, reader === 'pdfinfo' ? ['-'] : ['-', '-'], { input: bytes }).stdout.toString(),
  );
  return [...words, raw].join('\n');
}

/** Every part of a table's file, unpacked: the directory at its end says where each lies (APPNOTE.TXT 4.3). */
export function textOfZip(bytes: Buffer): string {
  const end = bytes.lastIndexOf('PK\u0005\u0006', undefined, 'latin1');
  const texts: string[] = [];
  let at = bytes.readUInt32LE(end + 16);
  for (let left = bytes.readUInt16LE(end + 10); left > 0; left--) {
    const [method, size] = [bytes.readUInt16LE(at + 10), bytes.readUInt32LE(at + 20)];
    const head = bytes.readUInt32LE(at + 42);
    const from = head + 30 + bytes.readUInt16LE(head + 26) + bytes.readUInt16LE(head + 28);
    const body = bytes.subarray(from, from + size);
    const nameLength = bytes.readUInt16LE(at + 28);
    texts.push(bytes.toString('utf8', at + 46, at + 46 + nameLength));
    texts.push((method === 0 ? body : inflateRawSync(body)).toString());
    at += 46 + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  return texts.join('\n');
}

/** The part of its base64 that a text leaves whatever stands before and behind it, `shift` bytes into a group of three. */
function base64At(shift: number, text: Buffer): string {
  const whole = Buffer.concat([Buffer.alloc(shift), text]).toString('base64');
  return whole.slice(Math.ceil((shift * 8) / 6), Math.floor(((shift + text.length) * 8) / 6));
}

/** A text in every dress in which it may lie in a file: found in none of them, it is not there. */
export function formsOf(text: string): ReadonlyMap<string, Buffer> {
  const plain = Buffer.from(text);
  const wide = Buffer.from(text, 'utf16le');
  const hex = plain.toString('hex');
  const address = Array.from(plain, (byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');
  const escapes = Array.from(text, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`).join(
    '',
  );
  const base64 = [0, 1, 2].map((shift) => base64At(shift, plain));
  const words: readonly (readonly [string, string])[] = [
    ...base64.map((each, shift) => [`base64 +${shift}`, each] as const),
    ...base64.map(
      (each, shift) => [`base64url +${shift}`, each.replaceAll('+', '-').replaceAll('/', '_')] as const,
    ),
    ...([
      ['hex', hex],
      ['HEX', hex.toUpperCase()],
    ] as const),
    ...([
      ['in an address', address],
      ['IN AN ADDRESS', address.toUpperCase()],
      ['escaped', escapes],
    ] as const),
  ];
  return new Map([
    ['plain', plain],
    ['UTF-16LE', wide],
    ['UTF-16BE', Buffer.from(wide).swap16()],
    ...words.map(([name, form]) => [name, Buffer.from(form)] as const),
  ]);
}
