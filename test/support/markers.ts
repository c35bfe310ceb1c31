import { spawnSync } from 'node:child_process';

/** What nobody outside may ever read, each the only one of its kind: found anywhere, it has leaked. */
export const MARKERS = {
  name: '欧阳暮秋',
  child: '南宫晓童',
  id: '990110198006157775',
  childId: '990110201306154327',
  mobile: '19912345678',
  card: '6217001234599998885',
  diagnosis: '暮色综合征',
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
  return `${spawnSync('pdftotext', ['-', '-'], { input: bytes }).stdout.toString()}\n${raw}`;
}
