import { cadesOf } from './cades.js';
import type { SigningIdentity } from './signing-identity.js';

export type SignatureFacts = {
  readonly identity: SigningIdentity;
  readonly reason: string;
  readonly at: Date;
};

/** Room for the certificates and for all that stands around them. */
const AROUND = 4096;
/** Ten digits for each number of the byte range: written after all lengths are known, over as many blanks. */
const RANGE_WIDTH = '[0 0000000000 0000000000 0000000000]'.length;

/**
 * Signs one of our own papers by an update at its end (ISO 32000-1, 7.5.6 and 12.8): the paper's bytes stay in front as
 * they are, so that whoever holds the signed file also holds the paper of the record. The field is seen nowhere on the
 * page: the seal there is wet ink, and nothing that looks like one is drawn.
 */
export function signedPdfOf(pdf: Buffer, { identity, reason, at }: SignatureFacts): Buffer {
  const file = new PaperFile(pdf);
  const page = file.firstPage();
  const signatureId = file.size;
  const fieldId = file.size + 1;
  const capacity = identity.chain.reduce((sum, { raw }) => sum + raw.length, AROUND);
  const objects = [
    {
      id: file.rootId,
      body: withEntry(file.dictionary(file.rootId), `/AcroForm << /SigFlags 3 /Fields [${fieldId} 0 R] >>`),
    },
    { id: page, body: withAnnotation(file.dictionary(page), fieldId) },
    { id: signatureId, body: signatureDictionary(identity.name, reason, at, capacity) },
    { id: fieldId, body: fieldDictionary(signatureId, page) },
  ];
  const { bytes, rangeAt, contentsAt } = file.updatedWith(objects);
  const contentsEnd = contentsAt + capacity * 2 + 2;
  const range = `[0 ${contentsAt} ${contentsEnd} ${bytes.length - contentsEnd}]`;
  bytes.write(range.padEnd(RANGE_WIDTH), rangeAt, 'latin1');
  const signature = cadesOf([bytes.subarray(0, contentsAt), bytes.subarray(contentsEnd)], identity);
  if (signature.length > capacity)
    throw new Error(`A signature of ${signature.length} bytes has no room in ${capacity}`);
  bytes.write(signature.toString('hex'), contentsAt + 1, 'latin1');
  return bytes;
}

type NewObject = { readonly id: number; readonly body: string };

function signatureDictionary(name: string, reason: string, at: Date, capacity: number): string {
  return `<<
/Type /Sig
/Filter /Adobe.PPKLite
/SubFilter /ETSI.CAdES.detached
/ByteRange ${' '.repeat(RANGE_WIDTH)}
/Contents <${'0'.repeat(capacity * 2)}>
/Name ${textString(name)}
/Reason ${textString(reason)}
/M (D:${at.toISOString().replace(/\D/g, '').slice(0, 14)}Z)
>>`;
}

/** Print and locked: PDF/A lets a paper have no other kind of field. */
const fieldDictionary = (signatureId: number, page: number): string =>
  `<< /Type /Annot /Subtype /Widget /FT /Sig /T (Signature1) /V ${signatureId} 0 R /F 132 /Rect [0 0 0 0] /P ${page} 0 R >>`;

/** UTF-16 with its mark, as hexadecimal: nothing in it needs escaping. */
const textString = (text: string): string =>
  `<FEFF${Buffer.from(text, 'utf16le').swap16().toString('hex').toUpperCase()}>`;

const withEntry = (dictionary: string, entry: string): string =>
  `${dictionary.slice(0, -2).trimEnd()}\n${entry}\n>>`;

function withAnnotation(dictionary: string, id: number): string {
  if (dictionary.includes('/Annots [')) return dictionary.replace(/\/Annots \[/, `$&${id} 0 R `);
  return withEntry(dictionary, `/Annots [${id} 0 R]`);
}

/** A paper as our own printer writes it: one table of references, no compressed objects, one trailer. */
class PaperFile {
  readonly size: number;
  readonly rootId: number;
  private readonly text: string;
  private readonly trailer: string;
  private readonly tableAt: number;
  private readonly offsets: readonly number[];

  constructor(private readonly pdf: Buffer) {
    this.text = pdf.toString('latin1');
    const [, trailer = '', at = ''] =
      /trailer\s+(<<[\s\S]*?>>)\s+startxref\s+(\d+)\s+%%EOF\s*$/.exec(this.text) ?? [];
    this.trailer = trailer;
    this.tableAt = Number(at);
    this.size = numberIn(/\/Size (\d+)/, trailer);
    this.rootId = numberIn(/\/Root (\d+) 0 R/, trailer);
    const table = this.text.slice(this.tableAt).matchAll(/^(\d{10}) \d{5} [nf]/gm);
    this.offsets = Array.from(table, ([, offset]) => Number(offset));
    if (this.offsets.length !== this.size) throw notOurs('its table of references is not whole');
  }

  dictionary(id: number): string {
    const from = this.offsets[id] ?? 0;
    const to = this.text.indexOf('endobj', from);
    const [, body] = /^\d+ 0 obj\s+(<<[\s\S]*>>)\s*$/.exec(this.text.slice(from, to)) ?? [];
    if (body === undefined) throw notOurs(`object ${id} is no dictionary`);
    return body;
  }

  firstPage(): number {
    const pages = this.dictionary(numberIn(/\/Pages (\d+) 0 R/, this.dictionary(this.rootId)));
    return numberIn(/\/Kids \[\s*(\d+) 0 R/, pages);
  }

  updatedWith(objects: readonly NewObject[]): { bytes: Buffer; rangeAt: number; contentsAt: number } {
    const pieces = [this.text, this.text.endsWith('\n') ? '' : '\n'];
    let end = pieces.join('').length;
    const sections: string[] = [];
    for (const { id, body } of objects) {
      const written = `${id} 0 obj\n${body}\nendobj\n`;
      sections.push(`${id} 1\n${String(end).padStart(10, '0')} 00000 n \n`);
      pieces.push(written);
      end += written.length;
    }
    const trailer = withEntry(
      this.trailer.replace(/\/Size \d+/, `/Size ${this.size + 2}`),
      `/Prev ${this.tableAt}`,
    );
    pieces.push(`xref\n${sections.join('')}trailer\n${trailer}\nstartxref\n${end}\n%%EOF\n`);
    const text = pieces.join('');
    const rangeAt = text.indexOf('/ByteRange ', this.text.length) + '/ByteRange '.length;
    const contentsAt = text.indexOf('/Contents <', rangeAt) + '/Contents '.length;
    const bytes = Buffer.from(text, 'latin1');
    this.pdf.copy(bytes); // latin1 is the same there and back, and this says so
    return { bytes, rangeAt, contentsAt };
  }
}

function numberIn(pattern: RegExp, text: string): number {
  const [, digits] = pattern.exec(text) ?? [];
  if (digits === undefined) throw notOurs(`there is no ${pattern.source}`);
  return Number(digits);
}

const notOurs = (why: string): Error => new Error(`This PDF was not printed here: ${why}`);
