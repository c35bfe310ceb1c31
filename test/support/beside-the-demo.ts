import { BallotsService, BoardQueries, RoundsService } from '../../src/board/index.js';
import { fen } from '../../src/kernel/fen.js';
import { GiftsService } from '../../src/donations/index.js';
import { dayOf } from '../../src/kernel/day.js';
import { givenAppeal, givenBreach, givenUntrue, hear, propose } from './breaches.js';
import { give, givenDonor } from './donations.js';
import { askRefund, decideRefund, refund } from './gift-refunds.js';
import { disposeGoods, givenGoods } from './goods.js';
import type { House } from './house.js';
import { givenRunning, playSubject, raise } from './objections.js';
import { givenRelief, givenReliefGround, sendBack } from './relief.js';
import type { ReliefStop } from './relief.js';
import { as, DIRECTORS, givenCase, givenVillage } from './village.js';
import type { Stop, Village } from './village.js';

const RELIEF_STOPS: readonly ReliefStop[] = [
  ...(['SUBMITTED', 'POLICY_CHECKED', 'VERIFIED', 'ASSESSED', 'REVIEWED', 'PANEL'] as const),
  ...(['PRE_NOTICE', 'NOTICED', 'APPROVED', 'PAID'] as const),
];
const CASE_STOPS: readonly Stop[] = ['ACCEPTED', 'VERIFIED', 'VOTING', 'APPROVED', 'RUNNING'];

/**
 * A house with what the demo has none of: goods, refunds, a flag at each of its steps, an objection; and with whatever
 * owes something at that moment.
 */
export async function givenBesideTheDemo(house: House): Promise<void> {
  playSubject(house);
  const village = await givenVillage(house);
  await givenGoods(village).then(({ rice }) => disposeGoods(village, rice, 2));
  await givenMoneyBack(village);
  await givenFlags(village);
  for (const at of CASE_STOPS) await givenCase(village, { at, amountFen: 20_000 });
  await givenToApprove(village);
  await raise(village, await givenRunning(village));
  const ground = await givenReliefGround(house);
  for (const at of RELIEF_STOPS) await givenRelief(ground, { at });
  await sendBack(ground, await givenRelief(ground, { at: 'SUBMITTED' }));
}

/** One refund at each step, and money of which nobody knows whose it is. */
async function givenMoneyBack(village: Village): Promise<void> {
  const donorId = await givenDonor(village);
  await refund(village, await give(village, 50_000, { donorId }), 10_000);
  const agreed = await give(village, 60_000, { donorId });
  await decideRefund(village, await askRefund(village, agreed, 10_000));
  await askRefund(village, await give(village, 70_000, { donorId }), 10_000);
  await village.house.get(GiftsService).recordUnknown(as(village, 'accountant'), {
    ...{ amountFen: fen(12_300), receivedOn: dayOf(village.house.clock.now()), bankReference: 'U-1' },
    note: '',
  });
}

/** Decided by ballots of which each director cast one: nobody presided, and so the payment waits for its approval. */
async function givenToApprove(village: Village): Promise<void> {
  const { roundId } = await givenCase(village, { at: 'VOTING', amountFen: 20_000 });
  for (const post of DIRECTORS) {
    const ballot = { roundId, directorId: village.at[post].personId, choice: 'yes', why: null } as const;
    await village.house.get(BallotsService).castBallot(as(village, post), ballot);
  }
  const { state } = await village.house.get(BoardQueries).round(village.societyId, roundId);
  if (state === 'OPEN') await village.house.get(RoundsService).close(as(village, 'secretary'), { roundId });
}

async function givenFlags(village: Village): Promise<void> {
  await givenBreach(village, { amountFen: 20_000 });
  await givenAppeal(village);
  const untrue = await givenUntrue(village, { amountFen: 20_000 });
  await hear(village, (await propose(village, untrue.groundId)).breachId);
}
