export const pointsOf = (millimetres: number): number => (millimetres * 72) / 25.4;

/**
 * The sheet of GB/T 9704-2012: A4, a text block of 156 × 225 mm, 22 lines of 28 characters. 三号 is 15.75 pt here, not
 * 16: at 16 pt the 28th character stands outside the 156 mm (domain.md 1.7).
 */
export const sheet = {
  widthPt: pointsOf(210),
  heightPt: pointsOf(297),
  leftPt: pointsOf(28),
  topPt: pointsOf(37),
  textWidthPt: pointsOf(156),
  textHeightPt: pointsOf(225),
  bodyPt: 15.75,
  titlePt: 22,
  pageNumberPt: 14,
  pitchPt: pointsOf(225) / 22,
  /** 国发〔1999〕25号: the seal of a social organisation is at most 45 mm wide. */
  sealPt: pointsOf(45),
  /** Read by old phones from a wall: 35 mm of symbol, and a margin of four modules around it. */
  qrPt: pointsOf(35),
} as const;

/** Where the baseline of a line lies, for a character centred in a box of the given height. */
export function baselineIn(boxPt: number, sizePt: number): number {
  return (boxPt - sizePt) / 2 + sizePt * 0.88;
}
