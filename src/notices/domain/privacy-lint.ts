import { DISEASE } from './diseases.js';
import type { NoticeContent } from './notice-content.js';

export type HitKind =
  'ID_NUMBER' | 'CARD' | 'PHONE' | 'EMAIL' | 'ADDRESS' | 'DISEASE' | 'FULL_NAME' | 'UNMASKED';

/** Where it stands, in characters of that text from 0; `to` is the first character behind it. */
export type Hit = {
  readonly kind: HitKind;
  readonly field: string;
  readonly from: number;
  readonly to: number;
};

export type LintText = { readonly field: string; readonly text: string };
export type LintRules = {
  /** The one phone that may stand there: the charter's public contact. */
  readonly contactPhone: string;
  /** Full names of those whom the notice is about, and of their household. */
  readonly forbidden: readonly string[];
};

/** Says where the office is that takes objections, as the charter has it: the one address on the sheet. */
const OBJECTION = '异议反映';
const ADDRESS = /\d+(?:号楼|栋|幢|单元|室|弄|号院|门牌)/gu;

/**
 * All that a person wrote or that was put together from words of persons, each under a name of its own; number, code
 * and period are ours.
 */
export function textsOf(content: NoticeContent): LintText[] {
  const title = content.title.map((text, i) => ({ field: `标题第${i + 1}行`, text }));
  const items = content.items.flatMap((item, i) => {
    const of = content.items.length > 1 ? `救助对象第${i + 1}条` : '救助对象';
    const { subject, group, cause, amountInWords, amount, paidOn, paidHow, remark } = item;
    const parts = { 姓名: subject, 村组: group, 事由: cause, 大写金额: amountInWords, 金额: amount };
    const rest = { 打款日期: paidOn, 打款方式: paidHow, 说明: remark };
    return Object.entries({ ...parts, ...rest }).map(([part, text]) => ({
      field: `${of}·${part}`,
      text: text ?? '',
    }));
  });
  return [
    ...title,
    { field: '依据', text: content.basis },
    ...items,
    { field: OBJECTION, text: content.objection },
    { field: '署名', text: content.issuer },
  ];
}

/** D4-29: what must not stand on a wall for all to read. Nothing found is what lets the notice be signed. */
export function lintNotice(content: NoticeContent, rules: LintRules): Hit[] {
  const texts = textsOf(content);
  const unmasked = texts
    .filter(({ field, text }) => field.endsWith('·姓名') && !text.includes('*') && !text.startsWith('案号'))
    .map(({ field, text }) => ({ kind: 'UNMASKED' as const, field, from: 0, to: text.length }));
  return [...texts.flatMap((text) => lintText(text, rules)), ...unmasked];
}

export function lintText({ field, text }: LintText, rules: LintRules): Hit[] {
  const folded = foldedOf(text);
  return [
    ...digitHits(folded, rules.contactPhone),
    ...chineseDigitHits(folded),
    ...patternHits(folded, 'EMAIL', /[\w.+-]+@[\w-]+\.[\w.]+/gu),
    ...(field === OBJECTION ? [] : patternHits(folded, 'ADDRESS', ADDRESS)),
    ...patternHits(folded, 'DISEASE', DISEASE),
    ...rules.forbidden.flatMap((name) => nameHits(folded, name)),
  ].map((hit) => ({ ...hit, field }));
}

type Span = Pick<Hit, 'kind' | 'from' | 'to'>;

/**
 * The text as a hider would not have written it: full-width characters folded, blanks left out; `at` says where each
 * character came from.
 */
type Folded = { readonly text: string; readonly at: readonly number[]; readonly length: number };

function foldedOf(text: string): Folded {
  let folded = '';
  const at: number[] = [];
  let place = 0;
  for (const char of text) {
    for (const plain of char.normalize('NFKC')) {
      if (/[\s\p{Cf}]/u.test(plain)) continue;
      folded += plain;
      at.push(...Array<number>(plain.length).fill(place));
    }
    place += char.length;
  }
  return { text: folded, at, length: text.length };
}

function spanIn(folded: Folded, kind: HitKind, from: number, length: number): Span {
  const to = folded.at[from + length] ?? folded.length;
  return { kind, from: folded.at[from] ?? 0, to };
}

function patternHits(folded: Folded, kind: HitKind, pattern: RegExp): Span[] {
  return Array.from(folded.text.matchAll(pattern), (match) =>
    spanIn(folded, kind, match.index, match[0].length),
  );
}

/** Digits, a hyphen or a bracket between them, an X at the end: whatever a number of a person looks like. */
const DIGITS = /\d(?:[\p{Pd}()]?\d)*[Xx]?/gu;

function digitHits(folded: Folded, contactPhone: string): Span[] {
  const contact = digitsOf(contactPhone);
  return Array.from(folded.text.matchAll(DIGITS)).flatMap((match) => {
    const kind = kindOfNumber(match[0], contact);
    return kind === null ? [] : [spanIn(folded, kind, match.index, match[0].length)];
  });
}

function kindOfNumber(number: string, contact: string): HitKind | null {
  const digits = digitsOf(number);
  if (digits === contact && contact !== '') return null;
  if (/^\d{17}[\dX]$/i.test(number.replace(/[^\dX]/gi, ''))) return 'ID_NUMBER';
  if (digits.length >= 13) return 'CARD';
  if (/^1[3-9]\d{9}$|^0\d{9,11}$|^[48]00\d{7}$/.test(digits)) return 'PHONE';
  const longestRun = Math.max(...number.split(/\D/).map((run) => run.length));
  return longestRun >= 7 ? 'PHONE' : null;
}

const digitsOf = (text: string): string => text.normalize('NFKC').replace(/\D/g, '');

/** 一三八零五六…: eleven figures in a row are no amount; amounts are written 壹贰叁, and ordinals are short. */
function chineseDigitHits(folded: Folded): Span[] {
  return patternHits(
    folded,
    'PHONE',
    /[〇零一二三四五六七八九\d]*[〇零一二三四五六七八九]{7,}[〇零一二三四五六七八九\d]*/gu,
  );
}

function nameHits(folded: Folded, name: string): Span[] {
  const wanted = foldedOf(name).text;
  if (Array.from(wanted).length < 2) return [];
  const hits: Span[] = [];
  for (let at = folded.text.indexOf(wanted); at >= 0; at = folded.text.indexOf(wanted, at + 1))
    hits.push(spanIn(folded, 'FULL_NAME', at, wanted.length));
  return hits;
}

/** What it looks like, for whoever must take it out. The text itself is not repeated: a refusal is logged. */
export const HIT_WORDS: Readonly<Record<HitKind, string>> = {
  ID_NUMBER: '像身份证号码',
  CARD: '像银行卡号',
  PHONE: '像电话号码，公示里只能有章程定的公共联系电话',
  EMAIL: '像电子邮箱',
  ADDRESS: '像门牌地址',
  DISEASE: '写了病名或诊疗情况',
  FULL_NAME: '写了全名',
  UNMASKED: '姓名没有隐去',
};

export function hitWords({ kind, field, from, to }: Hit): string {
  return `“${field}”第 ${from + 1} 到 ${to} 个字${HIT_WORDS[kind]}`;
}
