import type { Typeface } from './faces.js';
import type { Area, Mark, Parts } from './marks.js';
import type { Sheet } from './sheet.js';

/** A strip goes on a page whole. Its marks are measured from its own top. */
export type Strip = {
  readonly heightPt: number;
  readonly marks: readonly Mark[];
  readonly role: 'line' | 'gap' | 'row' | 'closing' | 'imprint';
  readonly staysWithNext: boolean;
  /** Set again at the top of a page that this strip begins: the head of its table. */
  readonly repeats?: Strip;
  readonly seal?: Area;
};

/** What all strips of one paper are set with. The pitch is the sheet's, or tightened where that saves a page. */
export type Setup = {
  readonly faces: Typeface;
  readonly parts: Parts;
  readonly sheet: Sheet;
  readonly pitchPt: number;
};

export function strip(role: Strip['role'], heightPt: number, marks: readonly Mark[]): Strip {
  return { role, heightPt, marks, staysWithNext: false };
}

export function gap(lines: number, { pitchPt }: Pick<Setup, 'pitchPt'>): Strip {
  return { ...strip('gap', pitchPt * lines, []), staysWithNext: true };
}
