import { CharterMotionService, RoundsService } from '../../src/board/index.js';
import {
  CasesQueries,
  CasesService,
  EndingsService,
  HandoversService,
  RevocationsService,
  WriteOffsService,
} from '../../src/cases/index.js';
import { GiftsService, UnknownMoneyService } from '../../src/donations/index.js';
import { addDays, dayOf } from '../../src/kernel/day.js';
import { fen } from '../../src/kernel/fen.js';
import { FundRuleMotionService, FundsQueries } from '../../src/funds/index.js';
import { NoticesQueries } from '../../src/notices/index.js';
import { PaymentsService, RecoveriesQueries } from '../../src/payments/index.js';
import { SocietiesQueries } from '../../src/societies/index.js';
import { kinds } from '../support/databases.js';
import { give } from '../support/donations.js';
import { givenFund } from '../support/federation.js';
import { boardSays, givenApproved } from '../support/fast-path.js';
import { propose as proposeChange, resolve } from '../support/gift-refunds.js';
import { givenHouse } from '../support/house.js';
import type { House } from '../support/house.js';
import { assign, confirm, CORRECTED, propose, raise, REDECIDED, REJECTED } from '../support/objections.js';
import * as road from '../support/relief.js';
import type { ReliefGround } from '../support/relief.js';
import { staysSound } from '../support/sound.js';
import { as, givenCase, givenTown, givenVillage, handsOf, photo } from '../support/village.js';
import type { GivenCase, Stop, Village } from '../support/village.js';

type Scene = { readonly village: Village; readonly town: Village; readonly ground: ReliefGround };
/** Comes to the moment of the act, and gives the act back. */
type Prepare = (scene: Scene) => Promise<() => Promise<unknown>>;
type Act = {
  readonly act: string;
  readonly prepare: Prepare;
  /** What is drafted for the public: one for a decision, none for anything else. */
  readonly notices: readonly string[];
  /** What is written beside it to whoever it concerns. */
  readonly letters: readonly string[];
};

const at = (stop: Stop) => ({ at: stop, amountFen: 60_000 });
const say = async (of: Village, roundId: string, choice: 'yes' | 'no', few?: number) =>
  of.house.get(RoundsService).recordShowOfHands(as(of, 'secretary'), {
    ...{ roundId, presiderId: of.at.chair.personId, hands: handsOf(of, choice, few) },
    ...{ place: null, sheet: await photo() },
  });
/** Too few come, until the time is over. */
async function lapse(village: Village, roundId: string): Promise<void> {
  const { house } = village;
  await say(village, roundId, 'yes', 3);
  house.clock.advance({ days: 3 });
  await house.get(RoundsService).closeDue(house.clock.now());
}
const votes =
  (choice: 'yes' | 'no'): Prepare =>
  async ({ village }) => {
    const { roundId } = await givenCase(village, at('VOTING'));
    return () => say(village, roundId, choice);
  };
const revocation = async (village: Village, made: GivenCase, keptFen?: number) => {
  const { roundId } = await village.house.get(RevocationsService).askRevocation(as(village, 'secretary'), {
    ...{ caseId: made.caseId, reason: 'SOCIETY_ERROR', hearing: 'HEARD', findings: null, recusals: [] },
    keptFen: keptFen === undefined ? undefined : fen(keptFen),
  });
  return roundId;
};
const revokes =
  (choice: 'yes' | 'no', keptFen?: number): Prepare =>
  async ({ village }) => {
    const roundId = await revocation(village, await givenCase(village, at('SIGNED')), keptFen);
    return () => say(village, roundId, choice);
  };
const objects =
  (finding: typeof REJECTED): Prepare =>
  async ({ village }) => {
    const made = await givenCase(village, at('RUNNING'));
    const notice = await village.house.get(NoticesQueries).ofSubject('case', made.caseId, 'GRANT_POST');
    if (!notice) throw new Error('Nothing hangs');
    const raised = await raise(village, notice);
    const { accountant, reviewer } = village.at;
    await assign(village, raised, { inquirers: [accountant.personId, reviewer.personId] });
    if (finding === CORRECTED) await moveHouse(village, made);
    await propose(village, raised, finding, 'accountant');
    return () => confirm(village, raised, { post: 'reviewer' });
  };
/** A higher limit for a case, from a day on which the vote is over. */
const charterChange =
  (choice: 'yes' | 'no', few?: number): Prepare =>
  async ({ village }) => {
    const { house, societyId } = village;
    const today = dayOf(house.clock.now());
    const known = await house.get(SocietiesQueries).charterOn(societyId, today);
    const terms = { ...known, validFrom: addDays(today, 10), householdYearLimitCount: 3 };
    const asked = { terms, why: '去年有几户不够用' };
    const { roundId } = await house.get(CharterMotionService).propose(as(village, 'secretary'), asked);
    return () => (few === undefined ? say(village, roundId, choice) : lapse(village, roundId));
  };
/** Longer notices, by the board of the federation. */
const ruleChange =
  (hands: string): Prepare =>
  async ({ ground }) => {
    const { house, federationId } = ground;
    const { fundId } = await givenFund(house, federationId);
    const [last] = await house.get(FundsQueries).rules(fundId);
    if (!last) throw new Error('A fund without a rule');
    const validFrom = addDays(dayOf(house.clock.now()), 10);
    const terms = { ...last, validFrom, noticeDays: last.noticeDays + 1 };
    const asked = { fundId, terms, why: '上级要求公示时间更长' };
    const { roundId } = await house.get(FundRuleMotionService).propose(road.by(ground, 'secretary'), asked);
    return () => road.voteOn(ground, roundId, hands);
  };
/** The register is put right: the group on the paper is not the one in it. */
async function moveHouse({ house, societyId }: Village, { caseId }: GivenCase): Promise<void> {
  const { householdId } = await house.get(CasesQueries).case(societyId, caseId);
  const { Transactions } = await import('../../src/platform/database/transactions.js');
  await house
    .get(Transactions)
    .run((tx) => tx.change`UPDATE households SET group_name = ${'九组'} WHERE id = ${householdId}`);
}
const relief =
  (stop: road.ReliefStop, act: (ground: ReliefGround, made: road.GivenRelief) => Promise<unknown>): Prepare =>
  async ({ ground }) => {
    const made = await road.givenRelief(ground, { at: stop, totalFen: 1_000_000, reimbursed: {} });
    return () => act(ground, made);
  };

/** Every act of domain.md 1.6, and every other way in which the board or somebody else disposes of a matter. */
const ACTS: readonly Act[] = [
  {
    act: 'approved: nothing yet, it is published once it is paid',
    prepare: votes('yes'),
    notices: [],
    letters: [],
  },
  {
    act: 'approved and paid',
    prepare: async ({ village }) => {
      const { orderId } = await givenCase(village, at('APPROVED'));
      const proof = { orderId, photo: await photo(), witnesses: village.visitors };
      return () => village.house.get(PaymentsService).recordPayment(as(village, 'cashier'), proof);
    },
    ...{ notices: ['GRANT_POST'], letters: [] },
  },
  { act: 'rejected', prepare: votes('no'), notices: ['REJECTION'], letters: ['REJECTION'] },
  {
    act: 'lapsed',
    prepare: async ({ village }) => {
      const { roundId } = await givenCase(village, at('VOTING'));
      return () => lapse(village, roundId);
    },
    ...{ notices: [], letters: [] },
  },
  {
    act: 'lapsed twice, and so handed on',
    prepare: async ({ village }) => {
      const made = await givenCase(village, at('VOTING'));
      await lapse(village, made.roundId);
      const typed = { caseId: made.caseId, recusals: [] };
      const { roundId } = await village.house.get(CasesService).openRound(as(village, 'secretary'), typed);
      return () => lapse(village, roundId);
    },
    ...{ notices: [], letters: ['REFERRAL'] },
  },
  {
    act: 'escalated by the office',
    prepare: async ({ village }) => {
      const { caseId } = await givenCase(village, at('VERIFIED'));
      const typed = { caseId, reason: 'NO_BOARD', askedFen: null, note: null } as const;
      return () => village.house.get(HandoversService).escalate(as(village, 'secretary'), typed);
    },
    ...{ notices: [], letters: ['REFERRAL'] },
  },
  {
    act: 'withdrawn',
    prepare: async ({ village }) => {
      const { caseId } = await givenCase(village, at('APPROVED'));
      const typed = { caseId, reason: 'OWN_WISH', note: null } as const;
      return () => village.house.get(EndingsService).withdraw(as(village, 'clerk'), typed);
    },
    ...{ notices: [], letters: ['ENDING'] },
  },
  { act: 'revoked', prepare: revokes('yes'), notices: ['REVOCATION'], letters: ['DEMAND'] },
  { act: 'made smaller', prepare: revokes('yes', 20_000), notices: ['REVOCATION'], letters: ['DEMAND'] },
  { act: 'not revoked', prepare: revokes('no'), notices: [], letters: [] },
  {
    act: 'written off by the union',
    prepare: async ({ village, town }) => {
      const made = await givenCase(village, at('PAID'));
      await say(village, await revocation(village, made), 'yes');
      const recovery = await village.house.get(RecoveriesQueries).ofSubject('case', made.caseId);
      const typed = { recoveryId: recovery?.id ?? '', reason: 'NO_MEANS', recusals: [] } as const;
      const { roundId } = await town.house.get(WriteOffsService).ask(as(town, 'secretary'), typed);
      return () => say(town, roundId, 'yes');
    },
    ...{ notices: ['RESOLUTION'], letters: [] },
  },
  {
    act: 'money put to another use',
    prepare: async ({ village }) => {
      await give(village, 20_000, { intent: 'PURPOSE', purpose: '火灾' });
      const { roundId } = await proposeChange(village);
      return () => resolve(village, roundId);
    },
    ...{ notices: ['RESOLUTION'], letters: [] },
  },
  {
    act: 'money for which nobody came',
    prepare: async ({ village }) => {
      const receivedOn = dayOf(village.house.clock.now());
      const typed = { amountFen: fen(50_000), receivedOn, bankReference: null, note: '' };
      const { giftId } = await village.house
        .get(GiftsService)
        .recordUnknown(as(village, 'accountant'), typed);
      village.house.clock.advance({ days: 91 });
      const asked = await village.house
        .get(UnknownMoneyService)
        .askUnclaimed(as(village, 'secretary'), { giftId });
      return () => resolve(village, asked.roundId);
    },
    ...{ notices: ['RESOLUTION'], letters: [] },
  },
  {
    act: 'a new version of the charter',
    prepare: charterChange('yes'),
    notices: ['RESOLUTION'],
    letters: [],
  },
  { act: 'no new version of the charter', prepare: charterChange('no'), notices: [], letters: [] },
  { act: 'a charter for which too few came', prepare: charterChange('yes', 3), notices: [], letters: [] },
  {
    act: 'a new version of a fund’s rule',
    prepare: ruleChange('YYYYY'),
    notices: ['RESOLUTION'],
    letters: [],
  },
  { act: 'no new version of a fund’s rule', prepare: ruleChange('NNNNN'), notices: [], letters: [] },
  {
    act: 'a fast path not stood by',
    prepare: async ({ village }) => {
      const made = await givenApproved(village);
      return () => boardSays(village, made, 'no');
    },
    ...{ notices: ['RESOLUTION'], letters: [] },
  },
  {
    act: 'a fast path stood by',
    prepare: async ({ village }) => {
      const made = await givenApproved(village);
      return () => boardSays(village, made, 'yes');
    },
    ...{ notices: [], letters: [] },
  },
  {
    act: 'an objection upheld, decided anew',
    prepare: objects(REDECIDED),
    notices: ['CORRECTION'],
    letters: [],
  },
  {
    act: 'an objection upheld, a slip of the pen',
    prepare: objects(CORRECTED),
    notices: ['CORRECTION'],
    letters: [],
  },
  { act: 'an objection rejected', prepare: objects(REJECTED), notices: [], letters: [] },
  {
    act: 'relief carried by the panel',
    prepare: relief('PANEL', (ground, made) => road.vote(ground, made, 'YYYYY')),
    ...{ notices: ['RELIEF_PRE'], letters: [] },
  },
  {
    act: 'relief approved after its notice',
    prepare: relief('NOTICED', road.approve),
    ...{ notices: [], letters: ['DECISION'] },
  },
  {
    act: 'relief paid',
    prepare: relief('APPROVED', road.payAll),
    ...{ notices: ['RELIEF_RESULT'], letters: [] },
  },
  {
    act: 'relief rejected by the panel',
    prepare: relief('PANEL', (ground, made) => road.vote(ground, made, 'NNNNN')),
    ...{ notices: ['REJECTION'], letters: ['REJECTION'] },
  },
  {
    act: 'a panel that did not meet',
    prepare: relief('PANEL', async (ground, made) => {
      await road.vote(ground, made, 'YYY');
      ground.house.clock.advance({ days: 30 });
      await ground.house.get(RoundsService).closeDue(ground.house.clock.now());
      expect(await road.stateOf(ground, made)).toBe('REVIEWED');
    }),
    ...{ notices: [], letters: [] },
  },
  {
    act: 'relief returned for completion',
    prepare: relief('SUBMITTED', (ground, made) => road.sendBack(ground, made)),
    ...{ notices: [], letters: ['RETURN'] },
  },
  {
    act: 'relief withdrawn',
    prepare: relief('NOTICED', (ground, made) => road.end(ground, made, 'OWN_WISH')),
    ...{ notices: [], letters: ['ENDING'] },
  },
];

/** domain.md 1.6: every decision produces one public notice, and nothing else does; the private papers stand beside it. */
describe.each(kinds)('$name', (kind) => {
  let house: House;
  let scene: Scene;

  beforeAll(async () => {
    house = await givenHouse(kind);
    scene = { ground: await road.givenReliefGround(house) } as Scene;
  });
  beforeEach(async () => {
    const town = await givenTown(house);
    scene = { ...scene, town, village: await givenVillage(house, { parentId: town.societyId }) };
  });
  staysSound(() => house);
  afterAll(() => house.close());

  const kindsIn = async (table: string): Promise<string[]> => {
    const rows = await house.dataSource.query<{ kind: string }[]>(
      `SELECT kind AS "kind" FROM ${table} ORDER BY id`,
    );
    return rows.map((row) => row.kind);
  };
  const papers = async () => ({
    notices: await kindsIn('notices'),
    letters: [...(await kindsIn('case_letters')), ...(await kindsIn('relief_letters'))],
  });

  it.each(ACTS)('$act: $notices, and $letters beside it', async ({ prepare, notices, letters }) => {
    const act = await prepare(scene);
    const before = await papers();
    await act();
    const after = await papers();
    expect(drawn(before.notices, after.notices)).toEqual(notices);
    expect(drawn(before.letters, after.letters)).toEqual(letters);
  });
});

/** What is there more than before, of each kind. */
function drawn(before: readonly string[], after: readonly string[]): string[] {
  const rest = [...after];
  for (const each of before) rest.splice(rest.indexOf(each), 1);
  return rest;
}
