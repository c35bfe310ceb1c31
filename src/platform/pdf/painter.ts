import PDFDocument from 'pdfkit';
import type { Face } from './faces.js';
import type { Layout } from './layout.js';
import type { BoxMark, Mark, Part, TextMark } from './marks.js';
import { sheet } from './sheet.js';

/** What the PDF says of itself. */
export type PaperFacts = {
  readonly title: string;
  readonly author: string;
  /** The moment of signing, never that of printing: the same paper must give the same bytes (D4-39). */
  readonly at: Date;
};

type Pdf = PDFKit.PDFDocument;
type StructureElement = PDFKit.PDFStructureElement;

/**
 * Draws what the layout says, and decides nothing: a tagged PDF 1.7. Streams stay uncompressed, since the zlib of
 * another machine may pack them otherwise.
 */
export async function paint(layout: Layout, facts: PaperFacts): Promise<Buffer> {
  const pdf = openPdf(facts);
  const chunks: Buffer[] = [];
  pdf.on('data', (chunk: Buffer) => chunks.push(chunk));
  const finished = new Promise<void>((resolve, reject) => pdf.on('end', resolve).on('error', reject));

  const elements = elementsFor(layout.parts, pdf);
  const fonts = new FontsOf(pdf);
  for (const page of layout.pages) {
    pdf.addPage({ size: [sheet.widthPt, sheet.heightPt], margin: 0 });
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
    tagged: true,
    lang: 'zh-CN',
    displayTitle: true,
    info: {
      Title: facts.title,
      Author: facts.author,
      Creator: 'huzhu',
      Producer: 'huzhu',
      CreationDate: facts.at,
      ModDate: facts.at,
    },
  });
}

function elementsFor(parts: readonly Part[], pdf: Pdf): StructureElement[] {
  const root = pdf.struct('Document');
  const elements = parts.map(({ tag, alt }) => {
    const scope = tag === 'TH' ? { scope: 'Column' } : {};
    return pdf.struct(tag, { ...scope, ...(alt === undefined ? {} : { alt }) });
  });
  elements.forEach((element, i) => {
    const of = parts[i]?.of ?? null;
    (of === null ? root : elements[of])?.add(element);
  });
  pdf.addStructure(root);
  return elements;
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

/** pdfkit opens a font anew each time it is given as an object, so each face is registered once by name. */
class FontsOf {
  private readonly known = new Set<Face>();

  constructor(private readonly pdf: Pdf) {}

  choose(face: Face): Pdf {
    if (!this.known.has(face)) {
      this.pdf.registerFont(face.name, face.forPdfkit() as unknown as string);
      this.known.add(face);
    }
    return this.pdf.font(face.name);
  }
}
