import { fen, yuanShort } from '../../kernel/fen.js';
import type { Fen } from '../../kernel/fen.js';
import type { CauseSum, Month } from './open-books.js';

/*
 * Charts as lines and arcs, to be drawn by a template: no script, no style of their own, and so nothing that the
 * policy of our pages forbids. What a colour says, a shape or a number says too, and a table stands beside each chart.
 */

export type Rect = {
  readonly x: string;
  readonly y: string;
  readonly width: string;
  readonly height: string;
};
export type Label = { readonly x: string; readonly y: string; readonly words: string };
export type BarChart = {
  readonly viewBox: string;
  /** The lines of the scale, each with its amount. */
  readonly ticks: readonly (Label & { readonly line: string })[];
  readonly left: string;
  readonly right: string;
  /** Full bars. */
  readonly income: readonly Rect[];
  /** Hollow bars. */
  readonly spending: readonly Rect[];
  readonly months: readonly Label[];
};

const BARS = { width: 340, height: 220, gutter: 56, right: 338, top: 14, bottom: 190, bar: 9, gap: 2 };

/** Two decimals are finer than any screen. */
const at = (value: number): string => String(Math.round(value * 100) / 100);

/** The next of 1, 2, 4, 6, 8, 10, 20, … yuan at which the scale may end: half of it is round too. */
export function scaleEnd(highest: Fen): Fen {
  for (let power = 100; ; power *= 10)
    for (const step of [1, 2, 4, 6, 8]) if (step * power >= highest) return fen(step * power);
}

const WAN = 1_000_000;
const YI = 10_000 * WAN;

/** 5,000, 2 万, 1 亿: of yuan, as the title says. */
export function scaleWords(amount: Fen): string {
  if (amount >= YI) return `${at(amount / YI)} 亿`;
  return amount >= WAN ? `${at(amount / WAN)} 万` : yuanShort(amount);
}

/** Twelve months, two bars each. A month in which more was given back than came in has no bar: the table says it. */
export function barsOf(months: readonly Month[]): BarChart {
  const { width, height, gutter: left, right, top, bottom, bar, gap } = BARS;
  const highest = months.reduce((most, { inFen, outFen }) => Math.max(most, inFen, outFen), 0);
  const end = scaleEnd(fen(highest));
  const slot = (right - left) / months.length;
  const rectOf = (amount: Fen, place: number, side: 0 | 1): Rect[] => {
    if (amount <= 0) return [];
    // The smallest amount is seen too.
    const tall = Math.max(2, ((bottom - top) * amount) / end);
    const x = left + slot * place + (slot - 2 * bar - gap) / 2 + side * (bar + gap);
    return [{ x: at(x), y: at(bottom - tall), width: at(bar), height: at(tall) }];
  };
  return {
    viewBox: `0 0 ${width} ${height}`,
    ticks: [0, 1, 2].map((half) => {
      const y = bottom - ((bottom - top) * half) / 2;
      const words = half === 0 ? '0' : scaleWords(fen(Math.round((end * half) / 2)));
      return { x: at(left - 6), y: at(y + 5), line: at(y), words };
    }),
    left: at(left),
    right: at(right),
    income: months.flatMap(({ inFen }, i) => rectOf(inFen, i, 0)),
    spending: months.flatMap(({ outFen }, i) => rectOf(outFen, i, 1)),
    months: months.map(({ month }, i) => ({
      x: at(left + slot * (i + 0.5)),
      y: at(bottom + 22),
      words: String(month),
    })),
  };
}

export type Slice = {
  /** Stands on its arc and before its words: the colour only repeats it. */
  readonly mark: string;
  readonly words: string;
  readonly percent: string;
  readonly colour: string;
  readonly path: string;
  /** Where the mark stands; an arc too short for it has none. */
  readonly label: Label | null;
};
export type Ring = { readonly viewBox: string; readonly slices: readonly Slice[] };

/** White on each is 4.5 : 1 or more, and so is each on white. */
export const RING_COLOURS = [
  '#0b6b3a',
  '#0c5cad',
  '#a34a00',
  '#8c1d18',
  '#5b3f94',
  '#4a5450',
  '#5c4300',
] as const;

const RING = { size: 200, outer: 96, inner: 52 };
const SHORTEST_WITH_MARK = 0.05;

/** What the money was spent on, the most first, clockwise from twelve. */
export function ringOf(causes: readonly CauseSum[]): Ring {
  const total = causes.reduce((sum, { spentFen }) => sum + spentFen, 0);
  let from = 0;
  const slices = causes.map(({ cause, spentFen }, i): Slice => {
    const share = total === 0 ? 0 : spentFen / total;
    const to = from + share;
    const mark = String(i + 1);
    const middle = point((from + to) / 2, (RING.outer + RING.inner) / 2);
    const slice = {
      mark,
      words: cause,
      percent: percentOf(share),
      colour: RING_COLOURS[i % RING_COLOURS.length] ?? RING_COLOURS[0],
      path: arcOf(from, to),
      label: share < SHORTEST_WITH_MARK ? null : { x: at(middle.x), y: at(middle.y + 6), words: mark },
    };
    from = to;
    return slice;
  });
  return { viewBox: `0 0 ${RING.size} ${RING.size}`, slices };
}

/** Rounded to whole percents; what is there is never 0 %. */
function percentOf(share: number): string {
  const rounded = Math.round(share * 100);
  return rounded === 0 && share > 0 ? '不到 1%' : `${rounded}%`;
}

function point(share: number, radius: number): { x: number; y: number } {
  const angle = 2 * Math.PI * share - Math.PI / 2;
  return { x: RING.size / 2 + radius * Math.cos(angle), y: RING.size / 2 + radius * Math.sin(angle) };
}

/** An arc of a whole circle has no direction: it is two circles, one inside the other, with a hole (even-odd). */
function arcOf(from: number, to: number): string {
  if (to - from > 0.9999) return circle(RING.outer) + circle(RING.inner);
  const [a, b] = [point(from, RING.outer), point(to, RING.outer)];
  const [c, d] = [point(to, RING.inner), point(from, RING.inner)];
  const { outer, inner } = RING;
  const far = to - from > 0.5 ? 1 : 0;
  return (
    `M${at(a.x)} ${at(a.y)}A${outer} ${outer} 0 ${far} 1 ${at(b.x)} ${at(b.y)}` +
    `L${at(c.x)} ${at(c.y)}A${inner} ${inner} 0 ${far} 0 ${at(d.x)} ${at(d.y)}Z`
  );
}

function circle(radius: number): string {
  const [left, right, middle] = [RING.size / 2 - radius, RING.size / 2 + radius, RING.size / 2];
  const arc = `A${radius} ${radius} 0 1 1`;
  return `M${left} ${middle}${arc} ${right} ${middle}${arc} ${left} ${middle}Z`;
}
