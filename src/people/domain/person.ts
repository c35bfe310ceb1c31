import { isMinorOn } from '../../kernel/age.js';
import type { Day } from '../../kernel/day.js';

/** Where a person belongs (seed row 4): registered here, living here without it, or from elsewhere. */
export const RESIDENCES = ['HUKOU', 'RESIDENT', 'OUTSIDER'] as const;
export type Residence = (typeof RESIDENCES)[number];

/** `PENDING`: no number yet. The case runs all the same, and the number is owed as a paper (D4-50). */
export type IdState = 'KNOWN' | 'PENDING';

export type Sex = 'male' | 'female';

/** Seed row 18: the four kinds of people in need, the three of "N", and none of them. */
export const CATEGORIES = [
  'NONE',
  'EXTREME_POVERTY',
  'SUBSISTENCE',
  'HEAVY_EXPENSE',
  'SUBSISTENCE_EDGE',
  'ELDERLY',
  'DISABLED',
  'MINOR',
] as const;
export type Category = (typeof CATEGORIES)[number];

/**
 * Seed row 25 counts nineteen tags and prints two of them; this is a closed list of our own. No tag names an illness:
 * health belongs to a case, under the consent that was given for it.
 */
export const TAGS = [
  'LIVES_ALONE',
  'EMPTY_NEST',
  'VERY_OLD',
  'ELDER_LEFT_BEHIND',
  'CHILD_LEFT_BEHIND',
  'WOMAN_LEFT_BEHIND',
  'ORPHAN',
  'WITHOUT_CARERS',
  'CHILD_IN_NEED',
  'SINGLE_PARENT',
  'LOST_ONLY_CHILD',
  'VETERAN',
  'ENTITLED_TO_CARE',
  'OUT_OF_POVERTY',
  'MAY_FALL_BACK',
  'NOBODY_CAN_WORK',
  'NOBODY_EMPLOYED',
  'WORKS_AWAY',
  'TENANT',
] as const;
export type Tag = (typeof TAGS)[number];

export const RESIDENCE_WORDS: Record<Residence, string> = {
  HUKOU: '户口在本村',
  RESIDENT: '常住本村，户口在外',
  OUTSIDER: '外来人员',
};

export const CATEGORY_WORDS: Record<Category, string> = {
  NONE: '都不是',
  EXTREME_POVERTY: '特困人员',
  SUBSISTENCE: '低保对象',
  HEAVY_EXPENSE: '支出型困难家庭',
  SUBSISTENCE_EDGE: '低保边缘家庭',
  ELDERLY: '老年人',
  DISABLED: '残疾人',
  MINOR: '未成年人',
};

export const TAG_WORDS: Record<Tag, string> = {
  LIVES_ALONE: '独居老人',
  EMPTY_NEST: '空巢老人',
  VERY_OLD: '高龄老人',
  ELDER_LEFT_BEHIND: '留守老人',
  CHILD_LEFT_BEHIND: '留守儿童',
  WOMAN_LEFT_BEHIND: '留守妇女',
  ORPHAN: '孤儿',
  WITHOUT_CARERS: '事实无人抚养儿童',
  CHILD_IN_NEED: '困境儿童',
  SINGLE_PARENT: '单亲家庭',
  LOST_ONLY_CHILD: '失独家庭',
  VETERAN: '退役军人',
  ENTITLED_TO_CARE: '优抚对象',
  OUT_OF_POVERTY: '脱贫户',
  MAY_FALL_BACK: '防返贫监测户',
  NOBODY_CAN_WORK: '无劳动力家庭',
  NOBODY_EMPLOYED: '零就业家庭',
  WORKS_AWAY: '外出务工',
  TENANT: '租房居住',
};

/**
 * Under eighteen (Civil Code, art. 17). Whoever has no known birthday counts as a minor when registered as one: a child
 * without papers is still a child.
 */
export function isMinor(
  person: { readonly bornOn: Day | null; readonly category: Category },
  today: Day,
): boolean {
  return person.bornOn === null ? person.category === 'MINOR' : isMinorOn(person.bornOn, today);
}
