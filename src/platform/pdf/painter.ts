import PDFDocument from 'pdfkit';
import type { Face } from './faces.js';
import type { Layout } from './layout.js';
import type { BoxMark, Mark, Part, TextMark } from './marks.js';
import { furtherXmp, informationOf } from './metadata.js';
import type { PaperFacts } from './metadata.js';
import type { Watermark } from './watermark.js';

type Pdf = PDFKit.PDFDocument;
type StructureElement = PDFKit.PDFStructureElement;

/**
 * Draws what the layout says, and decides nothing: PDF 1.7, tagged, to be kept for years (PDF/A-2a) and read aloud
 * (PDF/UA-1). Streams stay uncompressed, since the zlib of another machine may pack them otherwise.
 */
export async function paint(
  layout: Layout,
  facts: PaperFacts,
  watermark: Watermark | null = null,
): Promise<Buffer> {
  const pdf = openPdf(facts);
  const chunks: Buffer[] = [];
  pdf.on('data', (chunk: Buffer) => chunks.push(chunk));
  const finished = new Promise<void>((resolve, reject) => pdf.on('end', resolve).on('error', reject));

  const elements = elementsFor(layout.parts, pdf);
  const fonts = new FontsOf(pdf);
  for (const page of layout.pages) {
    pdf.addPage({ size: [layout.sheet.widthPt, layout.sheet.heightPt], margin: 0 });
    if (watermark) drawAcross(watermark, pdf);
    for (const group of groupsOf(page.marks)) {
      const element = group.part === null ? null : elements[group.part];
      if (element) element.add(pdf.markStructureContent(layout.parts[group.part ?? 0]?.tag ?? 'P'));
      else pdf.markContent('Artifact', { type: 'Layout' });
      draw(group.marks, pdf, fonts);
      pdf.endMarkedContent();
    }
    pdf.markContent('Artifact', { type: 'Pagination' });
    draw(page.pageNumber, pdf, fonts);
    pdf.endMarkedContent();
  }
  for (const [i, part] of layout.parts.entries()) if (part.of === null) elements[i]?.end();
  pdf.appendXML(furtherXmp(facts));
  pdf.end();
  await finished;
  return Buffer.concat(chunks);
}

function openPdf(facts: PaperFacts): Pdf {
  return new PDFDocument({
    autoFirstPage: false,
    compress: false,
    font: null as unknown as string, // else pdfkit loads Helvetica, which nothing here is set in
    pdfVersion: '1.7',
    subset: 'PDF/A-2a',
    tagged: true,
    lang: 'zh-CN',
    displayTitle: true,
    info: informationOf(facts),
  });
}

function elementsFor(parts: readonly Part[], pdf: Pdf): StructureElement[] {
  const root = pdf.struct('Document');
  const elements = parts.map((part) => {
    const element = pdf.struct(part.tag, part.alt === undefined ? {} : { alt: part.alt });
    const attributes = attributesOf(part);
    if (attributes) dictionaryOf(element)['A'] = attributes;
    return element;
  });
  elements.forEach((element, i) => {
    const of = parts[i]?.of ?? null;
    (of === null ? root : elements[of])?.add(element);
  });
  pdf.addStructure(root);
  return elements;
}

/** What a head is the head of; and of a list, that its labels are words and no numbers (PDF/UA-1, 7.6). */
function attributesOf({ tag, scope }: Part): object | null {
  if (scope) return { O: 'Table', Scope: scope };
  return tag === 'L' ? { O: 'List', ListNumbering: 'None' } : null;
}

function dictionaryOf(element: StructureElement): Record<string, unknown> {
  return (element as unknown as { dictionary: { data: Record<string, unknown> } }).dictionary.data;
}

type Group = { readonly part: number | null; readonly marks: Mark[] };

/** Neighbours of one part share one piece of marked content. */
function groupsOf(marks: readonly Mark[]): Group[] {
  const groups: Group[] = [];
  for (const mark of marks) {
    const last = groups.at(-1);
    if (last?.part === mark.part) last.marks.push(mark);
    else groups.push({ part: mark.part, marks: [mark] });
  }
  return groups;
}

function draw(marks: readonly Mark[], pdf: Pdf, fonts: FontsOf): void {
  const boxes = marks.filter((mark): mark is BoxMark => mark.kind === 'box');
  for (const { xPt, yPt, widthPt, heightPt } of boxes) pdf.rect(xPt, yPt, widthPt, heightPt);
  if (boxes.length > 0) pdf.fill('#000');
  const texts = marks.filter((mark): mark is TextMark => mark.kind === 'text');
  for (const { face, sizePt, text, xPt, baselinePt, spacingPt } of texts)
    fonts
      .choose(face)
      .fontSize(sizePt)
      .text(text, xPt, baselinePt, { lineBreak: false, baseline: 'alphabetic', characterSpacing: spacingPt });
}

/** Below the words, and read aloud by nobody. */
function drawAcross({ path, colour, degrees, centre }: Watermark, pdf: Pdf): void {
  pdf.markContent('Artifact', { type: 'Layout' });
  pdf
    .save()
    .rotate(degrees, { origin: [...centre] })
    .path(path)
    .fill(colour)
    .restore();
  pdf.endMarkedContent();
}

/** pdfkit opens a font anew each time it is given as an object, so each face is registered once by name. */
class FontsOf {
  private readonly known = new Set<Face>();

  constructor(private readonly pdf: Pdf) {}

  choose(face: Face): Pdf {
    if (!this.known.has(face)) {
      this.pdf.registerFont(face.name, face.forPdfkit() as unknown as string);
      this.known.add(face);
      // pdfkit maps .notdef, which nothing here draws, to U+0000, which PDF/A forbids (ISO 19005-2, 6.2.11.7.2).
      const opened = this.pdf.font(face.name) as unknown as { _font: { unicode: number[][] } };
      opened._font.unicode[0] = [0xfffd];
    }
    return this.pdf.font(face.name);
  }
}
