import { day } from '../kernel/day.js';
import { fen } from '../kernel/fen.js';
import { USUAL_TERMS } from '../societies/index.js';
import type { Founding } from '../societies/index.js';
import { who } from './cast.js';
import type { Cast, Tie } from './cast.js';

/**
 * A fictitious village, modelled on a report about the mutual-aid societies of one city: an outsider struck by illness
 * is found, the board meets the same day, 1,000 yuan is paid the next. Every name here is made up and says so: 演示
 * means demonstration.
 */
export const SOCIETY: Founding = {
  name: '演示县柳溪村“救急难”互助社',
  shortName: '柳溪社',
  regionCode: '990121100200',
  charter: {
    ...USUAL_TERMS,
    validFrom: day('2026-01-01'),
    scope: 'ANY',
    numberPrefix: '柳溪',
    publicContactOffice: '柳溪村公开联系处',
    publicContactPhone: '0000-1234567',
    publicContactAddress: '柳溪村村委会一楼',
    minBalanceFen: fen(3_000_000),
  },
};

/** Five directors (chair, deputy and three), and everybody else whom the procedure needs. */
export const VILLAGERS = {
  chair: who('赵演示', '一组', '19680412', 1, { offices: ['CHAIR'], login: 'lishizhang' }),
  deputy: who('钱演示', '二组', '19710923', 2, { offices: ['DEPUTY'], login: 'fulishizhang' }),
  third: who('孙演示', '三组', '19750130', 3, { offices: ['DIRECTOR'], login: 'lishi' }),
  employer: who('李演示', '四组', '19800617', 4, { offices: ['DIRECTOR'] }),
  fifth: who('周演示', '五组', '19660805', 5, { offices: ['DIRECTOR'] }),
  secretary: who('吴演示', '一组', '19730228', 6, { offices: ['SECRETARY_GENERAL'], login: 'mishuzhang' }),
  supervisor: who('郑演示', '二组', '19701111', 7, { offices: ['SUPERVISOR'], login: 'jianshi' }),
  cashier: who('王演示', '三组', '19850319', 8, { offices: ['CASHIER'], login: 'chuna' }),
  accountant: who('冯演示', '四组', '19790702', 9, { offices: ['ACCOUNTANT'], login: 'kuaiji' }),
  informant: who('陈演示', '五组', '19900514', 10, { offices: ['INFORMATION_OFFICER'], login: 'xinxiyuan' }),
  gridWorker: who('褚演示', '三组', '19921026', 11, {}),
  /** The outsider of the report; nothing tells here what the illness is. */
  outsider: who('范演示', '三组', '19890607', 12, { residence: 'OUTSIDER', card: '6217001234567890122' }),
  burnt: who('卫演示', '二组', '19640303', 13, { card: '6228480123456789015' }),
  fallen: who('蒋演示', '四组', '19580921', 14, { card: '6217001234567890130' }),
  student: who('沈演示', '一组', '20070115', 15, { card: '6217001234567890148' }),
  flooded: who('韩演示', '五组', '19770418', 16, { card: '6217001234567890155' }),
  injured: who('杨演示', '二组', '19820812', 17, { card: '6217001234567890163' }),
  sick: who('朱演示', '一组', '19550629', 18, {}),
  /** Has no papers yet: the case runs all the same. */
  unregistered: who('秦演示', '四组', null, 19, { residence: 'RESIDENT' }),
  /** From outside the office, for this year's audit. */
  auditor: who('审计员演示', '三组', '19830214', 96, { offices: ['AUDITOR'], login: 'shenjiyuan' }),
} satisfies Cast;

export type VillagerKey = keyof typeof VILLAGERS;

/** The outsider works for one of the directors: that director will stand aside. */
export const TIES: readonly Tie[] = [{ person: 'outsider', relative: 'employer', relation: 'EMPLOYER' }];

export const INFLOWS = [
  { kind: 'SUBSIDY', amountFen: fen(3_000_000), note: '县级启动资金', bankReference: 'DEMO-0001' },
  { kind: 'FEE', amountFen: fen(120_000), note: '2026年会费（演示）', bankReference: 'DEMO-0002' },
  { kind: 'INTEREST', amountFen: fen(1_286), note: '活期利息', bankReference: 'DEMO-0003' },
] as const;
