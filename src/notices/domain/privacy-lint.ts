import { DISEASE } from './diseases.js';
import { foldedOf, placeIn, placesOf, unparted } from './folded-text.js';
import type { Folded, Place } from './folded-text.js';
import type {
  AnnualContent,
  NoticeContent,
  QuarterlyAccountsContent,
  ReliefPreContent,
  ReliefResultContent,
} from './notice-content.js';
import { UNNAMED_DONOR } from './notice-words.js';
import type { AccountLine } from './notice-words.js';
import { numbersIn } from './number-shapes.js';
import type { NumberKind } from './number-shapes.js';
import { moneyWords } from './resolutions.js';
import { ACCOUNT, ADDRESS, EMAIL, SCHOOL } from './word-shapes.js';

export type HitKind =
  | NumberKind
  | 'EMAIL'
  | 'ACCOUNT'
  | 'ADDRESS'
  | 'SCHOOL'
  | 'DISEASE'
  | 'FULL_NAME'
  | 'UNMASKED'
  | 'UNAGREED'
  | 'MASKED_NAME'
  | 'SAME_MASK'
  | 'DIGITS_IN_NAME';

/** Where it stands, in characters of that text from 0; `to` is the first character behind it. */
export type Hit = Place & {
  readonly kind: HitKind;
  readonly field: string;
};

export type LintText = { readonly field: string; readonly text: string };
export type LintRules = {
  /** The one phone that may stand there: the charter's public contact. */
  readonly contactPhone: string;
  /** Full names of those whom the notice is about, and of their household. */
  readonly forbidden: readonly string[];
  /** Full names whose owners agree, as things stand, to be read by everybody: of donors, and of nobody else. */
  readonly agreed?: readonly string[];
};

/** Says where the office is that takes objections, as the charter has it: the one address on the sheet. */
const OBJECTION = '异议反映';

/** What stands where a name may stand: masked, or the number of the case. */
const SUBJECT = '·姓名';

/** What stands where a donor may stand: by the full name, with consent. */
const GIVER = '·捐赠人';

/** All that a person wrote or that was put together from words of persons, each under a name of its own. */
export function textsOf(content: NoticeContent): LintText[] {
  const title = content.title.map((text, i) => ({ field: `标题第${i + 1}行`, text }));
  return [
    ...title,
    { field: '文号', text: content.number },
    { field: '依据', text: content.basis },
    ...ownTextsOf(content),
    { field: OBJECTION, text: content.objection },
    { field: '补充说明', text: content.closing ?? '' },
    { field: '署名', text: content.issuer },
  ];
}

type Parts = Readonly<Record<string, string | null>>;

function ownTextsOf(content: NoticeContent): LintText[] {
  switch (content.kind) {
    case 'GRANT_POST':
      return content.items.flatMap((item, i) => {
        const { subject, group, cause, amountInWords, amount, paidOn, paidHow, remark } = item;
        const parts = { 姓名: subject, 村组: group, 事由: cause, 大写金额: amountInWords, 金额: amount };
        const of = content.items.length > 1 ? `救助对象第${i + 1}条` : '救助对象';
        return named(of, { ...parts, 打款日期: paidOn, 打款方式: paidHow, 说明: remark });
      });
    case 'RELIEF_PRE': {
      const { advance } = content;
      const paid = advance && `${advance.paidOn}，${moneyWords(advance)}`;
      return named('拟救助', { ...reliefParts(content), 先行拨付: paid, 说明: content.remark });
    }
    case 'RELIEF_RESULT': {
      const { preNotice, decisionNumber, payments, paid, remark } = content;
      const lines = numbered('拨付', payments, ({ paidOn, amount, to }) => `${paidOn}，${amount}，${to}`);
      const quoted = { 事前公示: preNotice, 决定文号: decisionNumber };
      const money = { ...lines, 共计拨付: moneyWords(paid), 说明: remark };
      return named('救助结果', { ...reliefParts(content), ...quoted, ...money });
    }
    case 'REJECTION': {
      const { subject, cause, outcome, note } = content;
      return named('不予救助', { 姓名: subject, 事由: cause, 结果: outcome, 说明: note });
    }
    case 'REVOCATION': {
      const { subject, group, minors, revokes, cause, granted, reason, demanded, remark } = content;
      const parts = { 姓名: subject, 村组: group, 未成年人: minors, 原公示: revokes, 事由: cause };
      const money = { 原救助金额: moneyWords(granted), 追回金额: moneyWords(demanded) };
      return named('撤销救助', { ...parts, ...money, 原因: reason, 说明: remark });
    }
    case 'RESOLUTION': {
      const { matter, subject, decisionNumber, sentences } = content;
      const lines = Object.fromEntries(sentences.map((text, i) => [`第${i + 1}句`, text]));
      return named('决议', { 事项: matter, 案号: subject, 决定文号: decisionNumber, ...lines });
    }
    case 'DONATION_LIST': {
      const { span, gifts, total, goods } = content;
      const lines = gifts.flatMap(({ place, giver, what, day, amount }) =>
        named(`捐赠第${place}笔`, { 捐赠人: giver, 捐赠: what, 日期: day, 金额: amount }),
      );
      const sums = { 期间: span, 合计: moneyWords(total), 物资: goods && moneyWords(goods) };
      return [...named('捐赠', sums), ...lines];
    }
    case 'QUARTERLY_ACCOUNTS':
      return accountTexts(content);
    case 'ANNUAL': {
      const work = numbered('工作', content.work, ({ label, count }) => `${label}：${count}`);
      const ratios = numbered('比例', content.ratios, (sentence) => sentence);
      return [...accountTexts(content), ...named('年度', { ...work, ...ratios })];
    }
    case 'CORRECTION':
      return [
        ...named('更正', { 原公示: content.corrects }),
        ...content.changes.flatMap(({ field, was, now }, i) => {
          const place = `更正第${i + 1}处`;
          const part = field.split('·').at(-1) ?? field;
          return [
            { field: place, text: field },
            ...named(`${place}原文`, { [part]: was }),
            ...named(`${place}更正`, { [part]: now }),
          ];
        }),
      ];
  }
}

function accountTexts(content: QuarterlyAccountsContent | AnnualContent): LintText[] {
  const { span, from, until, fund, opening, income, incomeTotal, spending, spendingTotal } = content;
  const { cases, moved, balance, purses, unclaimed, replaces, note } = content;
  const line = ({ label, count, amount }: AccountLine) => [label, count ?? '', amount].join('，');
  return named('收支', {
    ...{ 期间: span, 起日: from, 止日: until, 基金: fund, 期初结余: moneyWords(opening) },
    ...numbered('收入', income, line),
    ...numbered('支出', spending, line),
    ...{
      收入合计: moneyWords(incomeTotal),
      支出合计: moneyWords(spendingTotal),
      件数: cases,
      变更用途: moved,
    },
    ...numbered('资金', purses, ({ name, opening: was, closing: is }) => `${name}：${was}，${is}`),
    ...{ 期末结余: moneyWords(balance), 待认领: unclaimed && moneyWords(unclaimed), 原公示: replaces },
    说明: note,
  });
}

function reliefParts(content: ReliefPreContent | ReliefResultContent): Parts {
  const { subject, group, minors, cause, fund, sum, rate, grant, cap } = content;
  const parts = { 姓名: subject, 村组: group, 未成年人: minors, 事由: cause, 基金: fund };
  const lines = numbered('算式', sum, ({ label, amount }) => `${label}：${amount}`);
  const money = { 救助金额: moneyWords(grant), 最高限额: cap && moneyWords(cap) };
  return { ...parts, ...lines, 比例: rate, ...money };
}

const numbered = <T>(part: string, each: readonly T[], textOf: (one: T) => string): Parts =>
  Object.fromEntries(each.map((one, i) => [`${part}第${i + 1}行`, textOf(one)]));

const named = (of: string, parts: Parts): LintText[] =>
  Object.entries(parts).map(([part, text]) => ({ field: `${of}·${part}`, text: text ?? '' }));

/** D4-29: what must not stand on a wall for all to read. Nothing found is what lets the notice be signed. */
export function lintNotice(content: NoticeContent, rules: LintRules): Hit[] {
  const texts = textsOf(content);
  const hitsOf = (text: LintText): Hit[] =>
    text.field.endsWith(GIVER) ? giverHits(text, rules) : lintText(text, rules);
  return [...texts.flatMap(hitsOf), ...subjectHits(content, texts)];
}

/** Numbers of a person: in the name of a donor they are as wrong as anywhere. */
const NUMBERS: readonly HitKind[] = ['ID_NUMBER', 'CARD', 'PHONE', 'EMAIL', 'ACCOUNT'];

/**
 * A donor who agreed may be called what he is called: a firm by the name of an illness or of a house, and a person as
 * another one who did not agree. Whoever did not agree is 爱心人士, and nothing else.
 */
function giverHits(text: LintText, rules: LintRules): Hit[] {
  if (text.text === UNNAMED_DONOR) return [];
  if (!(rules.agreed ?? []).includes(text.text))
    return [{ kind: 'UNAGREED', field: text.field, from: 0, to: text.text.length }, ...lintText(text, rules)];
  return lintText(text, rules).filter(({ kind }) => NUMBERS.includes(kind));
}

const MASK = /[*＊]/u;
/** Of a society, or of a fund: 案号2026-0012, 案号慈救2026-0003. */
const CASE = /^案号(?:慈救)?\d{4}-\d{4,6}$/;

/**
 * How somebody may stand there (domain.md 1.5): masked or by the number of the case, and in a refusal by the number
 * alone. Of two with the same mask the group must say which is meant; digits never do.
 */
function subjectHits(content: NoticeContent, texts: readonly LintText[]): Hit[] {
  const whole = (kind: HitKind, found: readonly LintText[]): Hit[] =>
    found.map(({ field, text }) => ({ kind, field, from: 0, to: text.length }));
  const subjects = texts.filter(({ field }) => field.endsWith(SUBJECT));
  const masked = subjects.filter(({ text }) => MASK.test(text));
  const groupOf = ({ field }: LintText) =>
    texts.find((each) => each.field === field.replace(SUBJECT, '·村组'))?.text ?? '';
  const hasTwin = ({ text }: LintText) => masked.filter((other) => other.text === text).length > 1;
  return [
    ...whole(
      'UNMASKED',
      subjects.filter(({ text }) => !MASK.test(text) && !CASE.test(text)),
    ),
    ...whole('MASKED_NAME', content.kind === 'REJECTION' ? texts.filter(({ text }) => MASK.test(text)) : []),
    ...whole(
      'DIGITS_IN_NAME',
      masked.filter(({ text }) => /\p{Nd}/u.test(text)),
    ),
    ...whole(
      'SAME_MASK',
      masked.filter((text) => hasTwin(text) && groupOf(text) === ''),
    ),
  ];
}

export function lintText({ field, text }: LintText, rules: LintRules): Hit[] {
  const folded = foldedOf(text);
  const joined = unparted(folded);
  const shaped = (kind: HitKind, pattern: RegExp) =>
    placesOf(folded, pattern).map((place) => ({ ...place, kind }));
  return [
    ...numbersIn(folded, rules.contactPhone),
    ...shaped('EMAIL', EMAIL),
    ...shaped('ACCOUNT', ACCOUNT),
    ...(field === OBJECTION ? [] : shaped('ADDRESS', ADDRESS)),
    ...shaped('SCHOOL', SCHOOL),
    ...shaped('DISEASE', DISEASE),
    ...rules.forbidden.flatMap((name) => nameHits(joined, name)),
  ].map((hit) => ({ ...hit, field }));
}

/** A name is found also where a point or a hyphen parts its characters, or where its own dot is left out. */
function nameHits(folded: Folded, name: string): (Place & { readonly kind: 'FULL_NAME' })[] {
  const wanted = unparted(foldedOf(name)).text;
  if (Array.from(wanted).length < 2) return [];
  const hits: (Place & { readonly kind: 'FULL_NAME' })[] = [];
  for (let at = folded.text.indexOf(wanted); at >= 0; at = folded.text.indexOf(wanted, at + 1))
    hits.push({ ...placeIn(folded, at, wanted.length), kind: 'FULL_NAME' });
  return hits;
}

/** What it looks like, for whoever must take it out. The text itself is not repeated: a refusal is logged. */
export const HIT_WORDS: Readonly<Record<HitKind, string>> = {
  ID_NUMBER: '像身份证号码',
  CARD: '像银行卡号',
  PHONE: '像电话号码，公示里只能有章程定的公共联系电话',
  EMAIL: '像电子邮箱',
  ACCOUNT: '像微信号等网上的账号',
  ADDRESS: '像门牌地址',
  SCHOOL: '写了学校或班级',
  DISEASE: '写了病名或诊疗情况',
  FULL_NAME: '写了全名',
  UNMASKED: '姓名没有隐去',
  UNAGREED: '写了没有同意公开姓名的捐赠人',
  MASKED_NAME: '写了姓名，不予救助的公示只写案号',
  SAME_MASK: '和另一条遮盖后的姓名一样，要写明村民小组',
  DIGITS_IN_NAME: '姓名里有数字，只能用村民小组区分',
};

export function hitWords({ kind, field, from, to }: Hit): string {
  return `“${field}”第 ${from + 1} 到 ${to} 个字${HIT_WORDS[kind]}`;
}
