import { FundsService, USUAL_RULE } from '../funds/index.js';
import { day, dayOf } from '../kernel/day.js';
import { fen } from '../kernel/fen.js';
import { LedgerQueries, LedgerService } from '../ledger/index.js';
import { USUAL_TERMS } from '../societies/index.js';
import { who } from './cast.js';
import type { Cast } from './cast.js';
import { setUp } from './set-up.js';
import type { Place } from './set-up.js';
import type { Stage } from './stage.js';

/*
 * The federation above the town union, with the fund that relieves families of debt and an umbrella programme of nine
 * sub-projects. One name of the nine is that of a report; all others, like everybody here, are made up and say so.
 */

export const FEDERATION_CAST = {
  chair: who('盛演示', '县里', '19650607', 70, { offices: ['CHAIR'], login: 'zonghuihuizhang' }),
  deputy: who('梅演示', '县里', '19700115', 71, { offices: ['DEPUTY'] }),
  third: who('林演示', '县里', '19740923', 72, { offices: ['DIRECTOR'] }),
  secretary: who('钟演示', '县里', '19780430', 73, {
    offices: ['SECRETARY_GENERAL'],
    login: 'zonghuimishuzhang',
  }),
  supervisor: who('徐演示', '县里', '19721012', 74, { offices: ['SUPERVISOR'] }),
  cashier: who('邱演示', '县里', '19880218', 75, { offices: ['CASHIER'] }),
  accountant: who('骆演示', '县里', '19830806', 76, { offices: ['ACCOUNTANT'], login: 'zonghuikuaiji' }),
  /** Two, since a second pair of eyes is another person's. */
  reviewer: who('审核甲演示', '县里', '19860125', 77, { offices: ['REVIEWER'], login: 'zonghuishenhe1' }),
  otherReviewer: who('审核乙演示', '县里', '19891103', 78, {
    offices: ['REVIEWER'],
    login: 'zonghuishenhe2',
  }),
  clerk: who('经办演示', '县里', '19940516', 79, { offices: ['CLERK'], login: 'zonghuijingban' }),
  auditor: who('审计演示', '县里', '19810320', 95, { offices: ['AUDITOR'], login: 'zonghuishenji' }),
} satisfies Cast;

const FEDERATION: Place = {
  founding: {
    name: '演示县慈善总会',
    shortName: '演示总会',
    regionCode: '990121',
    charter: {
      ...USUAL_TERMS,
      validFrom: day('2026-01-01'),
      numberPrefix: '演示慈',
      publicContactOffice: '演示县慈善总会办公室',
      publicContactPhone: '0000-7654300',
      publicContactAddress: '演示县政府二楼',
      perCaseLimitFen: fen(50_000_000),
      householdYearLimitFen: fen(50_000_000),
    },
  },
  inflows: [],
};

export const RELIEF_FUND = '安心纾困慈善基金（演示）';
const UMBRELLA = '一米阳光慈善基金（演示）';
const SUB_PROJECTS = [
  '惠民医保',
  ...['甲', '乙', '丙', '丁', '戊', '己', '庚', '辛'].map((name) => `子项目${name}（演示）`),
];

export async function playFederation(stage: Stage): Promise<void> {
  await setUp(stage, FEDERATION);
  const funds = stage.service(FundsService);
  const rule = { ...USUAL_RULE, validFrom: day('2026-01-01') };
  await funds.openFund(stage.as('chair'), {
    name: RELIEF_FUND,
    purpose: '大病、灾害、事故以后自己付得太多、背了债的家庭，国家的政策用足以后再帮一把',
    rule: { ...rule, document: '《安心纾困慈善基金管理办法（演示）》第八条' },
  });
  const { fundId } = await funds.openFund(stage.as('chair'), {
    name: UMBRELLA,
    purpose: '定向募集、专款专用的小额帮扶，一个子项目管一件事',
    rule: {
      ...rule,
      document: '《一米阳光慈善基金管理办法（演示）》第五条',
      capFen: fen(1_000_000),
      capWindow: 'NATURAL_YEAR',
    },
  });
  const { fundId: projectId } = await funds.openProject(stage.as('chair'), {
    ...{ parentId: fundId, name: '一米阳光（演示）', purpose: '九个子项目的总项目' },
  });
  for (const name of SUB_PROJECTS)
    await funds.openProject(stage.as('chair'), { parentId: projectId, name, purpose: `定向用于${name}` });
  await receive(stage, RELIEF_FUND, 'none', 200_000_000);
  await receive(stage, UMBRELLA, '惠民医保', 6_899_000);
}

async function receive(stage: Stage, fund: string, restriction: string, amount: number): Promise<void> {
  const purses = await stage.service(LedgerQueries).purses(stage.societyId);
  const purse = purses.find((each) => each.fund === fund && each.restriction === restriction);
  await stage.service(LedgerService).receive(stage.as('accountant'), {
    ...{ kind: 'SUBSIDY', amountFen: fen(amount), receivedOn: dayOf(stage.clock.now()), note: '演示款' },
    ...{ purseId: purse?.id ?? null, bankReference: `DEMO-F-${restriction}-${amount}` },
  });
}
