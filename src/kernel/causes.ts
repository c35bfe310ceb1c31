/**
 * The closed list of what may be printed on a village board (domain.md 1.5): a class of event, never a diagnosis, so
 * that no notice can name an illness.
 */
export const CAUSES = ['ILLNESS', 'ACCIDENT', 'FIRE', 'DISASTER', 'SCHOOLING', 'OTHER'] as const;
export type Cause = (typeof CAUSES)[number];

export const CAUSE_WORDS: Readonly<Record<Cause, string>> = {
  ILLNESS: '突发疾病',
  ACCIDENT: '意外事故',
  FIRE: '火灾',
  DISASTER: '自然灾害',
  SCHOOLING: '就学',
  OTHER: '其他突发困难',
};
