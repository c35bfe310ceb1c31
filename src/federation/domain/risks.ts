/** What speaks for a closer look. None of them decides anything: each is said in words, and a person looks. */
export const SIGNS = [
  'CARD_ELSEWHERE',
  'MATCH_OPEN',
  'REPEAT_CLAIM',
  'VERIFY_ABNORMAL',
  'PAPER_HANGS',
  'PAYEE_NOT_SELF',
  'FAST_PATH',
  'PAPERS_LATE',
  'NOTICE_LATE',
  'AGAIN_THIS_YEAR',
  'RETURNED_BEFORE',
] as const;
export type Sign = (typeof SIGNS)[number];

/** One of these alone is a high risk; of the light ones it takes three. */
export const HEAVY = 3;
export const LIGHT = 1;

const POINTS: Readonly<Record<Sign, number>> = {
  CARD_ELSEWHERE: HEAVY,
  MATCH_OPEN: HEAVY,
  REPEAT_CLAIM: HEAVY,
  VERIFY_ABNORMAL: HEAVY,
  PAPER_HANGS: HEAVY,
  PAYEE_NOT_SELF: LIGHT,
  FAST_PATH: LIGHT,
  PAPERS_LATE: LIGHT,
  NOTICE_LATE: LIGHT,
  AGAIN_THIS_YEAR: LIGHT,
  RETURNED_BEFORE: LIGHT,
};

export const RISK_LEVELS = ['HIGH', 'SOME', 'NONE'] as const;
export type RiskLevel = (typeof RISK_LEVELS)[number];
export const RISK_WORDS: Readonly<Record<RiskLevel, string>> = { HIGH: '高', SOME: '有', NONE: '无' };

export function riskOf(signs: readonly Sign[]): RiskLevel {
  const points = signs.reduce((sum, sign) => sum + POINTS[sign], 0);
  if (points >= HEAVY) return 'HIGH';
  return points > 0 ? 'SOME' : 'NONE';
}

const SIGN_WORDS: Readonly<Record<Exclude<Sign, 'AGAIN_THIS_YEAR'>, string>> = {
  CARD_ELSEWHERE: '收款账号用在另一件',
  MATCH_OPEN: '疑似重复没说明',
  REPEAT_CLAIM: '说明是重复申请',
  VERIFY_ABNORMAL: '核实结果异常',
  PAPER_HANGS: '该撤的公示纸逾期没撤',
  PAYEE_NOT_SELF: '收款人不是本人',
  FAST_PATH: '走了紧急快办',
  PAPERS_LATE: '材料逾期',
  NOTICE_LATE: '公示逾期',
  RETURNED_BEFORE: '退回补正过',
};

/** `nth` is the how-manieth grant of the household in its year. */
export function signWords(sign: Sign, nth: number): string {
  return sign === 'AGAIN_THIS_YEAR' ? `同一户今年第 ${nth} 次` : SIGN_WORDS[sign];
}
