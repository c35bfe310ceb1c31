import { day } from '../kernel/day.js';
import { fen } from '../kernel/fen.js';
import type { Office } from '../offices/index.js';
import { USUAL_TERMS } from '../societies/index.js';
import type { Founding } from '../societies/index.js';

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

export type Villager = {
  readonly name: string;
  readonly group: string;
  /** Day of birth and serial of a synthetic identity number; its place is no real one. */
  readonly born: string | null;
  readonly phone: string | null;
  readonly residence: 'HUKOU' | 'RESIDENT' | 'OUTSIDER';
  readonly card?: string;
  readonly offices?: readonly Office[];
  readonly login?: string;
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
} satisfies Record<string, Villager>;

export type VillagerKey = keyof typeof VILLAGERS;

function who(
  name: string,
  group: string,
  born: string | null,
  serial: number,
  more: Partial<Pick<Villager, 'residence' | 'card' | 'offices' | 'login'>>,
): Villager {
  const phone = `199000000${String(serial).padStart(2, '0')}`;
  return {
    residence: 'HUKOU',
    ...more,
    name,
    group,
    born: born === null ? null : identityNumber(born, serial),
    phone,
  };
}

/** GB 11643: a number of a place that does not exist (990121), with the check digit that belongs to it. */
function identityNumber(born: string, serial: number): string {
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  const body = `990121${born}${String(serial * 10).padStart(3, '0')}`;
  const sum = weights.reduce((total, weight, i) => total + weight * Number(body[i]), 0);
  return `${body}${'10X98765432'[sum % 11] ?? ''}`;
}
