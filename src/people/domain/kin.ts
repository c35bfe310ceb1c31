/**
 * The ties that recuse (domain.md 1.8): spouse, lineal kin, collateral kin within three generations, close in-laws,
 * creditor or debtor, employer or employee. Each is said of a pair, so that it holds from whichever side it is read.
 */
export const RELATIONS = ['SPOUSE', 'LINEAL', 'COLLATERAL_3', 'IN_LAW', 'CREDITOR', 'EMPLOYER'] as const;
export type Relation = (typeof RELATIONS)[number];

export const RELATION_WORDS: Record<Relation, string> = {
  SPOUSE: '夫妻',
  LINEAL: '直系亲属（父母子女、祖孙）',
  COLLATERAL_3: '三代以内旁系亲属（兄弟姐妹、叔伯姑舅姨、侄甥、堂表亲）',
  IN_LAW: '近姻亲',
  CREDITOR: '债权债务关系',
  EMPLOYER: '雇佣关系',
};

/** One tie is one row, whoever declared it: the lower id comes first. */
export function pairOf(a: string, b: string): { readonly oneId: string; readonly otherId: string } {
  return a < b ? { oneId: a, otherId: b } : { oneId: b, otherId: a };
}
