export const pointsOf = (millimetres: number): number => (millimetres * 72) / 25.4;

/** What a paper is set on: the sheet, its text block, and how large each thing stands there, in points. */
export type Sheet = {
  readonly widthPt: number;
  readonly heightPt: number;
  readonly leftPt: number;
  readonly topPt: number;
  readonly textWidthPt: number;
  readonly textHeightPt: number;
  /** The distance of two lines. */
  readonly pitchPt: number;
  readonly bodyPt: number;
  readonly titlePt: number;
  readonly pageNumberPt: number;
  /** How far below the text block the page number stands. */
  readonly footPt: number;
  readonly table: CellSet;
  readonly captionPt: number;
  readonly imprintPt: number;
  readonly sealPt: number;
  readonly qrPt: number;
  /** Lines left blank above name and date, so that both lie a little below the middle of the seal. */
  readonly linesAboveName: number;
  /** Stands at the foot of every page that is not the paper of record. */
  readonly note: string | null;
};
export type CellSet = {
  readonly sizePt: number;
  readonly padPt: number;
  /** Heights in parts of the pitch: a row of one line, and what each further line adds. */
  readonly row: number;
  readonly line: number;
  /** Letters too large for narrow columns: there each row becomes a list, a cell a line. */
  readonly mayStack: boolean;
};

/**
 * The sheet of GB/T 9704-2012: A4, a text block of 156 × 225 mm, 22 lines of 28 characters. 三号 is 15.75 pt here, not
 * 16: at 16 pt the 28th character stands outside the 156 mm (domain.md 1.7).
 */
const A4: Sheet = {
  widthPt: pointsOf(210),
  heightPt: pointsOf(297),
  leftPt: pointsOf(28),
  topPt: pointsOf(37),
  textWidthPt: pointsOf(156),
  textHeightPt: pointsOf(225),
  pitchPt: pointsOf(225) / 22,
  bodyPt: 15.75,
  titlePt: 22,
  pageNumberPt: 14,
  footPt: pointsOf(7),
  table: { sizePt: 12, padPt: 5, row: 0.75, line: 0.6, mayStack: false },
  captionPt: 10.5,
  imprintPt: 8.5,
  /** 国发〔1999〕25号: the seal of a social organisation is at most 45 mm wide. */
  sealPt: pointsOf(45),
  /** Read by old phones from a wall: 35 mm of symbol, and a margin of four modules around it. */
  qrPt: pointsOf(35),
  linesAboveName: 2,
  note: null,
};

/**
 * For the wall: the same lines on the same pages, so much larger that a character is 8.75 mm high, which a good eye
 * reads at two metres. The margins of the A4 sheet grown with it would waste a tenth of the size.
 */
const POSTER = 1.575;
const A3: Sheet = {
  widthPt: pointsOf(297),
  heightPt: pointsOf(420),
  leftPt: pointsOf(27),
  topPt: pointsOf(33),
  textWidthPt: A4.textWidthPt * POSTER,
  textHeightPt: A4.textHeightPt * POSTER,
  pitchPt: A4.pitchPt * POSTER,
  bodyPt: A4.bodyPt * POSTER,
  titlePt: A4.titlePt * POSTER,
  pageNumberPt: A4.pageNumberPt * POSTER,
  footPt: A4.footPt * POSTER,
  table: { ...A4.table, sizePt: A4.table.sizePt * POSTER, padPt: A4.table.padPt * POSTER },
  captionPt: A4.captionPt * POSTER,
  imprintPt: A4.imprintPt * POSTER,
  sealPt: A4.sealPt * POSTER,
  qrPt: A4.qrPt * POSTER,
  linesAboveName: A4.linesAboveName,
  note: '本件为放大张贴件，以A4文本为准。',
};

/** For weak eyes, in the hand: 小一 on A4 with narrower margins, 18 lines of 20 characters. */
const LARGE: Sheet = {
  widthPt: A4.widthPt,
  heightPt: A4.heightPt,
  leftPt: pointsOf(20),
  topPt: pointsOf(21),
  textWidthPt: pointsOf(170),
  textHeightPt: pointsOf(252),
  pitchPt: pointsOf(252) / 18,
  bodyPt: 24,
  titlePt: 32,
  pageNumberPt: 20,
  footPt: pointsOf(7),
  table: { sizePt: 20, padPt: 6, row: 0.95, line: 0.75, mayStack: true },
  captionPt: 16,
  imprintPt: 14,
  sealPt: A4.sealPt,
  qrPt: pointsOf(42),
  linesAboveName: 1.4,
  note: '本件为大字版，以A4文本为准。',
};

export const sheets = { A4, A3, LARGE } as const;
/** A4 is the paper of record; the others say the same words to other eyes. */
export type Variant = keyof typeof sheets;

/** Where the baseline of a line lies, for a character centred in a box of the given height. */
export function baselineIn(boxPt: number, sizePt: number): number {
  return (boxPt - sizePt) / 2 + sizePt * 0.88;
}
