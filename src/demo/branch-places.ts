import { day } from '../kernel/day.js';
import { fen } from '../kernel/fen.js';
import { USUAL_TERMS } from '../societies/index.js';
import type { CharterTerms, Founding } from '../societies/index.js';
import { who } from './cast.js';
import type { Cast, Tie } from './cast.js';
import type { Place } from './set-up.js';

/*
 * A second village below its town union, where every way off the straight road has been gone once. Made up like the
 * first, and saying so.
 */

const CONTACT: Omit<CharterTerms, keyof typeof USUAL_TERMS | 'numberPrefix'> = {
  validFrom: day('2026-01-01'),
  publicContactOffice: '桥头乡民政办（演示）',
  publicContactPhone: '0000-7654321',
  publicContactAddress: '桥头乡政府一楼',
};

export const TOWN_CAST = {
  chair: who('尤演示', '乡里', '19690402', 20, { offices: ['CHAIR'], login: 'zhenlishizhang' }),
  deputy: who('许演示', '乡里', '19721003', 21, { offices: ['DEPUTY'] }),
  third: who('何演示', '乡里', '19760210', 22, { offices: ['DIRECTOR'] }),
  fourth: who('吕演示', '乡里', '19810707', 23, { offices: ['DIRECTOR'] }),
  fifth: who('施演示', '乡里', '19670915', 24, { offices: ['DIRECTOR'] }),
  secretary: who('张演示', '乡里', '19740318', 25, {
    offices: ['SECRETARY_GENERAL'],
    login: 'zhenmishuzhang',
  }),
  supervisor: who('孔演示', '乡里', '19711201', 26, { offices: ['SUPERVISOR'] }),
  cashier: who('曹演示', '乡里', '19860409', 27, { offices: ['CASHIER'] }),
  accountant: who('严演示', '乡里', '19800722', 28, { offices: ['ACCOUNTANT'] }),
  visitorOne: who('华演示', '乡里', '19910604', 29),
  visitorTwo: who('金演示', '乡里', '19931116', 30),
  /** He asks here too: one of the village below has the same number. */
  asksTwice: who('马演示', '乡里', '19831225', 52),
} satisfies Cast;

export const BELOW_CAST = {
  chair: who('魏演示', '一组', '19680422', 31, { offices: ['CHAIR'], login: 'hewanlishizhang' }),
  deputy: who('陶演示', '二组', '19710913', 32, { offices: ['DEPUTY'], login: 'hewanfulishizhang' }),
  third: who('姜演示', '三组', '19750120', 33, { offices: ['DIRECTOR'], login: 'hewanlishi' }),
  fourth: who('戚演示', '四组', '19800607', 34, { offices: ['DIRECTOR'] }),
  fifth: who('谢演示', '五组', '19660815', 35, { offices: ['DIRECTOR'] }),
  secretary: who('邹演示', '一组', '19730218', 36, {
    offices: ['SECRETARY_GENERAL'],
    login: 'hewanmishuzhang',
  }),
  supervisor: who('喻演示', '二组', '19701121', 37, { offices: ['SUPERVISOR'], login: 'hewanjianshi' }),
  cashier: who('柏演示', '三组', '19850329', 38, { offices: ['CASHIER'], login: 'hewanchuna' }),
  accountant: who('水演示', '四组', '19790712', 39, { offices: ['ACCOUNTANT'] }),
  neighbour: who('窦演示', '三组', '19921016', 40),
  teacher: who('章演示', '五组', '19880524', 41),
  /** Her child is helped; what the child gets is hers to take. */
  mother: who('云演示', '二组', '19870311', 42, { card: '6217001234567890171' }),
  child: who('苏演示', '二组', '20160901', 43, { guardian: 'mother' }),
  refused: who('潘演示', '一组', '19620514', 44, { card: '6217001234567890189' }),
  reviewed: who('葛演示', '四组', '19711208', 45, { card: '6217001234567890197' }),
  tied: who('奚演示', '五组', '19550102', 46, { card: '6217001234567890205' }),
  lapsed: who('彭演示', '三组', '19680330', 47),
  lapsedTwice: who('郎演示', '二组', '19591107', 48),
  costly: who('鲁演示', '一组', '19660218', 49),
  amended: who('韦演示', '四组', '19740822', 50, { card: '6217001234567890213' }),
  referred: who('昌演示', '三组', '19480903', 51),
  withdrawn: who('马演示', '五组', '19831225', 52),
  deceased: who('苗演示', '二组', '19401010', 53, { card: '6217001234567890221' }),
  urgent: who('凤演示', '一组', '19790606', 54, { card: '6217001234567890239' }),
  hasty: who('花演示', '四组', '19850717', 55, { card: '6217001234567890247' }),
  waiting: who('方演示', '三组', '19900228', 56),
  returned: who('俞演示', '五组', '19770319', 57, { card: '6217001234567890254' }),
  wrongCard: who('任演示', '一组', '19690928', 58, { card: '6217001234567890262' }),
  paysBack: who('袁演示', '二组', '19820421', 59, { card: '6217001234567890270' }),
  paidBack: who('柳演示', '三组', '19840813', 60, { card: '6217001234567890288' }),
  lost: who('酆演示', '四组', '19630730', 61, { card: '6217001234567890296' }),
  again: who('鲍演示', '五组', '19700125', 62, { card: '6217001234567890304' }),
  unnamed: who('史演示', '一组', '19570417', 63, { card: '6217001234567890312' }),
  byPhone: who('唐演示', '二组', '19811031', 64),
  together: who('费演示', '三组', '19651129', 65),
  /** Whose debts the charity fund of the federation relieves: see `relief.ts`. */
  indebted: who('贺演示', '三组', '19760512', 80, { card: '6217001234567890320' }),
  gravely: who('倪演示', '四组', '19700811', 81, { card: '6217001234567890338' }),
  toReview: who('汤演示', '一组', '19820927', 82, { card: '6217001234567890346' }),
  incomplete: who('滕演示', '二组', '19680105', 83, { card: '6217001234567890353' }),
  justAsked: who('殷演示', '五组', '19910630', 84, { card: '6217001234567890361' }),
} satisfies Cast;
export type BelowKey = keyof typeof BELOW_CAST;

/** The union, once the federation above it is known by its id. */
export function placeOfTown(parentId: string): Place {
  const founding: Founding = {
    name: '演示县桥头乡联合互助社',
    shortName: '桥头联合社',
    regionCode: '990121200',
    parentId,
    charter: {
      ...USUAL_TERMS,
      ...CONTACT,
      numberPrefix: '桥头',
      perCaseLimitFen: fen(2_000_000),
      householdYearLimitFen: fen(4_000_000),
    },
  };
  const inflows = [
    {
      kind: 'SUBSIDY',
      amountFen: fen(20_000_000),
      note: '县级统筹资金（演示）',
      bankReference: 'DEMO-T-0001',
    },
  ] as const;
  return { founding, inflows };
}

const TIES: readonly Tie[] = [
  { person: 'tied', relative: 'third', relation: 'IN_LAW' },
  { person: 'tied', relative: 'fourth', relation: 'COLLATERAL_3' },
];

/** The village, once the union above it is known by its id. */
export function placeBelow(parentId: string): Place {
  const founding: Founding = {
    name: '演示县河湾村“救急难”互助社',
    shortName: '河湾社',
    regionCode: '990121200204',
    parentId,
    charter: {
      ...USUAL_TERMS,
      ...CONTACT,
      scope: 'ANY',
      custody: 'HELD_BY_FEDERATION',
      numberPrefix: '河湾',
      minBalanceFen: fen(1_000_000),
    },
  };
  const inflows = [
    {
      kind: 'SUBSIDY',
      amountFen: fen(6_000_000),
      note: '县级启动资金（演示）',
      bankReference: 'DEMO-H-0001',
    },
  ] as const;
  return { founding, ties: TIES, inflows };
}
