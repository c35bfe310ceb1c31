import type { FaceChain } from './faces.js';
import type { Sheet } from './sheet.js';

/** Light enough to read the notice through it, dark enough to survive a poor copier. */
const GREY = '#d4d4d4';

/** Across the sheet, from the lower left to the upper right. */
const DEGREES = -50;

/** Letters as outlines: no font, no word that a search or a copied text would pick up. */
export type Watermark = {
  readonly path: string;
  readonly colour: string;
  readonly degrees: number;
  readonly centre: readonly [xPt: number, yPt: number];
};

/** What stands across every page of a paper that is none yet, so that nobody hangs it up. */
export function watermarkOf(text: string, chain: FaceChain, sheet: Sheet): Watermark {
  const centre = [sheet.widthPt / 2, sheet.heightPt / 2] as const;
  const sizePt = (sheet.heightPt * 0.8) / Array.from(text).length;
  let xPt = centre[0] - chain.widthOf(text, sizePt, '样稿标记') / 2;
  let path = '';
  for (const { face, text: piece } of chain.piecesOf(text, '样稿标记'))
    for (const char of piece) {
      path += face.outlineOf(char, sizePt, xPt, centre[1] + sizePt * 0.35);
      xPt += face.advanceOf(char) * sizePt;
    }
  return { path, colour: GREY, degrees: DEGREES, centre };
}
