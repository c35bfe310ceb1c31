import type { Day } from '../../kernel/day.js';
import { fen } from '../../kernel/fen.js';
import type { Fen, Share } from '../../kernel/fen.js';

export const CHARTER_SCOPES = ['HUKOU', 'RESIDENT', 'ANY'] as const;
/** Whom a society may help: its own hukou, whoever lives there, or anybody in need there (seeds.md 4). */
export type CharterScope = (typeof CHARTER_SCOPES)[number];

export const CUSTODIES = ['OWN_ACCOUNT', 'HELD_BY_FEDERATION', 'VILLAGE_ACCOUNT'] as const;
/** Where the money lies (domain.md 1.2). */
export type Custody = (typeof CUSTODIES)[number];

export const NOTICE_DAY_KINDS = ['natural', 'working'] as const;
export type NoticeDayKind = (typeof NOTICE_DAY_KINDS)[number];

export const DAY_KIND_WORDS: Readonly<Record<NoticeDayKind, string>> = {
  natural: '自然日',
  working: '工作日',
};

/** What a charter lays down: all that the procedures of the society depend on, so that nothing of it is a constant. */
export type CharterTerms = {
  readonly validFrom: Day;
  readonly article: string;
  readonly perCaseLimitFen: Fen;
  readonly householdYearLimitFen: Fen;
  readonly householdYearLimitCount: number;
  readonly quorum: Share;
  readonly majority: Share;
  readonly noticeDays: number;
  readonly noticeDayKind: NoticeDayKind;
  readonly scope: CharterScope;
  readonly fastPathLimitFen: Fen;
  readonly voteHours: number;
  readonly payHours: number;
  readonly postWorkingDays: number;
  readonly paperWorkingDays: number;
  readonly custody: Custody;
  readonly numberPrefix: string;
  readonly publicContactOffice: string;
  readonly publicContactPhone: string;
  readonly publicContactAddress: string;
  readonly minBalanceFen: Fen;
};

/** One version of the charter of one society. */
export type Charter = CharterTerms & {
  readonly id: string;
  readonly societyId: string;
  readonly version: number;
};

/**
 * What most societies write, as a start for the form: two thirds and two thirds (model charter, domain.md 1.8), paid
 * in 24 hours, papers in ten working days (1.1), posted within three working days of the payment for seven natural
 * days (1.6, 2.1), an alarm below the 30,000 yuan of the start-up subsidy (3, rule 11).
 */
export const USUAL_TERMS = {
  article: '章程第十四条',
  perCaseLimitFen: fen(300_000),
  householdYearLimitFen: fen(500_000),
  householdYearLimitCount: 2,
  quorum: { numerator: 2, denominator: 3 },
  majority: { numerator: 2, denominator: 3 },
  noticeDays: 7,
  noticeDayKind: 'natural',
  scope: 'RESIDENT',
  fastPathLimitFen: fen(100_000),
  voteHours: 24,
  payHours: 24,
  postWorkingDays: 3,
  paperWorkingDays: 10,
  custody: 'OWN_ACCOUNT',
  minBalanceFen: fen(3_000_000),
} as const satisfies Partial<CharterTerms>;

export type CharterFault = { readonly term: keyof CharterTerms; readonly words: string };

type Bounds = {
  readonly term: keyof CharterTerms;
  readonly label: string;
  readonly min: number;
  readonly max: number;
};

/** Beyond these a number is a slip of the pen, not a rule. */
const BOUNDS: readonly Bounds[] = [
  { term: 'householdYearLimitCount', label: '每户每年次数', min: 1, max: 50 },
  { term: 'noticeDays', label: '公示天数', min: 1, max: 60 },
  { term: 'voteHours', label: '表决小时数', min: 1, max: 240 },
  { term: 'payHours', label: '打款小时数', min: 1, max: 240 },
  { term: 'postWorkingDays', label: '张贴工作日数', min: 1, max: 30 },
  { term: 'paperWorkingDays', label: '补材料工作日数', min: 1, max: 60 },
];

/** What in these terms contradicts itself or the law, all at once. */
export function charterFaultsIn(terms: CharterTerms): CharterFault[] {
  const faults: CharterFault[] = [];
  const refuse = (term: keyof CharterTerms, words: string) => void faults.push({ term, words });
  if (terms.perCaseLimitFen <= 0) refuse('perCaseLimitFen', '单笔最多要大于 0 元');
  if (terms.householdYearLimitFen < terms.perCaseLimitFen)
    refuse('householdYearLimitFen', '每户每年的限额不能低于单笔限额');
  if (terms.fastPathLimitFen < 0 || terms.fastPathLimitFen > terms.perCaseLimitFen)
    refuse('fastPathLimitFen', '快速救助的限额不能高于单笔限额');
  if (terms.minBalanceFen < 0) refuse('minBalanceFen', '余额提醒线不能是负数');
  if (!isShare(terms.quorum)) refuse('quorum', '到会人数的比例应在 0 和 1 之间');
  // Model charter of social groups, domain.md 1.8: no decision by less than half of those present.
  if (!isShare(terms.majority) || terms.majority.numerator * 2 < terms.majority.denominator)
    refuse('majority', '同意票的比例不能少于一半');
  for (const { term, label, min, max } of BOUNDS) {
    const value = terms[term];
    if (typeof value !== 'number' || !Number.isInteger(value) || value < min || value > max)
      refuse(term, `${label}应在 ${min} 至 ${max} 之间`);
  }
  return faults;
}

function isShare({ numerator, denominator }: Share): boolean {
  return (
    Number.isSafeInteger(numerator) &&
    Number.isSafeInteger(denominator) &&
    numerator > 0 &&
    numerator <= denominator
  );
}
