import { RoundsService } from '../board/index.js';
import type { Recusal } from '../board/index.js';
import {
  CasesQueries,
  CasesService,
  FastPathService,
  HandoversService,
  RevocationsService,
  AmendmentsService,
  WriteOffsService,
} from '../cases/index.js';
import type { AmendmentTyped } from '../cases/index.js';
import { day, dayOf } from '../kernel/day.js';
import { fen } from '../kernel/fen.js';
import { NoticesQueries, NoticesService } from '../notices/index.js';
import {
  BankAnswersService,
  PaymentsQueries,
  RecoveriesQueries,
  RecoveriesService,
} from '../payments/index.js';
import { demoPhoto } from './photos.js';
import { openRound, pay, post, raiseHands, register } from './road.js';
import type { OpenCase, Ordered } from './road.js';
import type { Stage } from './stage.js';

/*
 * The steps off the straight road, each by whoever has to do it, through the services that the pages use.
 */

export const BOARD = ['chair', 'deputy', 'third', 'fourth', 'fifth'] as const;
const LOOKED = ['neighbour', 'teacher'] as const;

type Need = Parameters<typeof register>[2];

export function seen(
  stage: Stage,
  key: string,
  cause: Need['cause'],
  amountFen = 100_000,
): Promise<OpenCase> {
  return register(stage, key, { cause, amountFen: fen(amountFen) }, LOOKED);
}

/** Seen, put to the board, and said yes or no to by all five. */
export async function decided(
  stage: Stage,
  key: string,
  cause: Need['cause'],
  choice: 'yes' | 'no' = 'yes',
): Promise<Ordered> {
  const round = await openRound(stage, await seen(stage, key, cause));
  await raiseHands(stage, round, BOARD, choice);
  return round;
}

/** Paid, and its notice signed and on the board. */
export async function paidAndPosted(stage: Stage, open: OpenCase, reference: string): Promise<void> {
  await pay(stage, open, reference);
  await publish(stage, 'case', open.caseId);
}

/** The newest notice of a subject, signed by the chair and posted by the secretary. */
export async function publish(stage: Stage, subjectKind: string, subjectId: string): Promise<void> {
  const notice = await stage.service(NoticesQueries).ofSubject(subjectKind, subjectId);
  if (!notice) throw new Error(`There is no notice of ${subjectKind}`);
  const plannedPostingOn = day(dayOf(stage.clock.now()));
  await stage.service(NoticesService).sign(stage.as('chair'), { noticeId: notice.id, plannedPostingOn });
  await post(stage, notice.id);
}

export async function openRoundWithout(
  stage: Stage,
  { caseId }: OpenCase,
  recusals: readonly Recusal[],
): Promise<void> {
  await stage.service(CasesService).openRound(stage.as('secretary'), { caseId, recusals });
}

export async function amend(
  stage: Stage,
  { caseId }: OpenCase,
  change: Partial<AmendmentTyped>,
): Promise<void> {
  const cases = stage.service(CasesQueries);
  const row = await cases.case(stage.societyId, caseId);
  await stage.service(AmendmentsService).amend(stage.as('secretary'), {
    ...{ caseId, amountFen: row.amountFen, cause: row.cause, reason: 'NEED_CHANGED' },
    ...{ story: await cases.story(stage.societyId, caseId), method: row.method },
    ...{ payee: { relation: row.payeeRelation, payeeId: row.payeeId, reason: null } },
    ...{ payeeAccountId: row.payeeAccountId, ...change },
  });
}

export async function openFast(
  stage: Stage,
  { caseId }: OpenCase,
  risk: 'LIFE' | 'SHELTER',
): Promise<string> {
  const opened = await stage.service(FastPathService).open(stage.as('secretary'), { caseId, risk });
  return opened.fastPathId;
}

export async function signFast(stage: Stage, fastPathId: string): Promise<void> {
  for (const seat of ['chair', 'supervisor'])
    await stage.service(FastPathService).sign(stage.as(seat), { fastPathId, answer: 'yes' });
}

export async function ratify(stage: Stage, open: OpenCase, choice: 'yes' | 'no'): Promise<void> {
  const asked = { caseId: open.caseId, recusals: [] };
  const { roundId } = await stage.service(FastPathService).askRatification(stage.as('secretary'), asked);
  await raiseHands(stage, { ...open, roundId }, BOARD, choice);
}

export async function refuseByBank(
  stage: Stage,
  { caseId }: OpenCase,
  when: 'before' | 'after',
): Promise<void> {
  const orderId = await orderOf(stage, caseId);
  const bank = stage.service(BankAnswersService);
  const cashier = stage.as('cashier');
  if (when === 'before') await bank.recordFailedPayment(cashier, { orderId, reason: 'NAME_MISMATCH' });
  else
    await bank.recordReturnedPayment(cashier, { orderId, reason: 'BANK_REFUSED', photo: await demoPhoto(6) });
}

export async function revoke(stage: Stage, open: OpenCase): Promise<void> {
  const { roundId } = await stage.service(RevocationsService).askRevocation(stage.as('secretary'), {
    ...{ caseId: open.caseId, reason: 'FALSE_FACTS', hearing: 'HEARD', recusals: [] },
    findings: '回访时看到的情况和登记的不一样（演示）。',
  });
  await raiseHands(stage, { ...open, roundId }, BOARD);
  await publish(stage, 'case', open.caseId);
}

export async function instalment(stage: Stage, open: OpenCase, amountFen: number): Promise<void> {
  const recoveryId = await recoveryOf(stage, open);
  const paid = { recoveryId, amountFen: fen(amountFen), photo: await demoPhoto(5) };
  await stage.service(RecoveriesService).recordInstalment(stage.as('cashier'), paid);
}

/** The union's own board gives up the rest, on its own public board. */
export async function writeOff(town: Stage, below: Stage, open: OpenCase): Promise<void> {
  const asked = { recoveryId: await recoveryOf(below, open), reason: 'NO_MEANS', recusals: [] } as const;
  const { roundId, writeOffId } = await town.service(WriteOffsService).ask(town.as('secretary'), asked);
  await raiseHands(town, { ...open, roundId }, BOARD);
  await publish(town, 'write-off', writeOffId);
}

/** The union makes a case of its own of what was handed up, and helps. */
export async function helpFromTown(town: Stage, handoverId: string): Promise<void> {
  const taken = await town
    .service(HandoversService)
    .takeOn(town.as('secretary'), { handoverId, amountFen: null });
  const { caseId } = taken;
  await town.service(CasesService).verifyCase(town.as('secretary'), {
    ...{ caseId, note: null, visitedOn: dayOf(town.clock.now()) },
    visitors: [town.personId('visitorOne'), town.personId('visitorTwo')],
  });
  const round = await openRound(town, taken);
  await raiseHands(town, round, BOARD);
  await paidAndPosted(town, taken, 'DEMO-T-PAY-0001');
}

export async function meetTogether(stage: Stage, { roundId }: Ordered): Promise<void> {
  await stage.service(RoundsService).recordJointMeeting(stage.as('secretary'), {
    ...{ roundId, presiderId: stage.personId('chair'), outcome: 'approved', place: '村委会会议室' },
    presentIds: BOARD.map((key) => stage.personId(key)),
    minutes: await demoPhoto(14),
  });
}

async function orderOf(stage: Stage, caseId: string): Promise<string> {
  const order = await stage.service(PaymentsQueries).ofSubject('case', caseId);
  if (!order) throw new Error('There is no payment order');
  return order.id;
}

async function recoveryOf(stage: Stage, { caseId }: OpenCase): Promise<string> {
  const recovery = await stage.service(RecoveriesQueries).ofSubject('case', caseId);
  if (!recovery) throw new Error('Nothing is owed back');
  return recovery.id;
}
