import { RoundsService } from '../../src/board/index.js';
import { ChangesOfUseQueries, ChangesOfUseService, GiftRefundsService } from '../../src/donations/index.js';
import type { ChangeTyped, GiverFacts, RefundAsked, RefundProof } from '../../src/donations/index.js';
import type { Said } from '../../src/donations/domain/change-of-use.js';
import { dayOf } from '../../src/kernel/day.js';
import { fen } from '../../src/kernel/fen.js';
import { LedgerQueries } from '../../src/ledger/index.js';
import { Transactions } from '../../src/platform/database/transactions.js';
import { as, handsOf, photo } from './village.js';
import type { Village } from './village.js';

let references = 0;

/** Asked by the accountant for a transfer that went astray, unless the test wants another. */
export async function askRefund(
  village: Village,
  giftId: string,
  amountFen: number,
  more: Partial<RefundAsked> = {},
): Promise<string> {
  const asked: RefundAsked = {
    ...{ giftId, reason: 'WRONG_TRANSFER', words: '转账时选错了收款人', paper: null },
    ...more,
    amountFen: fen(amountFen),
  };
  const { refundId } = await village.house
    .get(GiftRefundsService)
    .askRefund(as(village, 'accountant'), asked);
  return refundId;
}

export const decideRefund = (village: Village, refundId: string, approves = true) =>
  village.house
    .get(GiftRefundsService)
    .decideRefund(as(village, 'chair'), { refundId, approves, words: approves ? null : '先不退' });

export const payRefund = (village: Village, refundId: string, more: Partial<RefundProof> = {}) =>
  village.house.get(GiftRefundsService).payRefund(as(village, 'cashier'), {
    ...{ refundId, paidOn: dayOf(village.house.clock.now()), bankReference: `T-${String(++references)}` },
    ...more,
  });

/** All three steps, one after the other. */
export async function refund(village: Village, giftId: string, amountFen: number): Promise<string> {
  const refundId = await askRefund(village, giftId, amountFen);
  await decideRefund(village, refundId);
  await payRefund(village, refundId);
  return refundId;
}

export async function purseNamed({ house, societyId }: Village, name: string) {
  const purses = await house.get(LedgerQueries).purses(societyId);
  const found = purses.find(
    ({ fund, restriction }) => (restriction === 'none' ? fund : restriction) === name,
  );
  if (!found) throw new Error(`No purse ${name}`);
  return found;
}

/** What is left of 火灾 shall serve the pool, unless the test wants another. */
export async function propose(
  village: Village,
  more: Partial<ChangeTyped> & { readonly from?: string } = {},
) {
  const { from = '火灾', ...rest } = more;
  const typed: ChangeTyped = {
    purseId: (await purseNamed(village, from)).id,
    ...{ into: 'UNRESTRICTED', intoPurseId: null, intoPurpose: null, reason: 'SURPLUS' },
    ...{ useBefore: 'DISASTER', useAfter: 'EMERGENCY', planNumber: null },
    ...rest,
  };
  return village.house.get(ChangesOfUseService).proposeChange(as(village, 'secretary'), typed);
}

export const resolve = async (
  village: Village,
  roundId: string,
  choice: 'yes' | 'no' = 'yes',
  few?: number,
) =>
  village.house.get(RoundsService).recordShowOfHands(as(village, 'secretary'), {
    ...{ roundId, presiderId: village.at.chair.personId, hands: handsOf(village, choice, few) },
    ...{ place: null, sheet: await photo() },
  });

/** Proposed and resolved: the givers are asked from now on. */
export async function givenAsking(
  village: Village,
  more: Parameters<typeof propose>[1] = {},
): Promise<string> {
  const { changeId, roundId } = await propose(village, more);
  await resolve(village, roundId);
  return changeId;
}

export const changeOf = ({ house, societyId }: Village, changeId: string) =>
  house.get(ChangesOfUseQueries).change(societyId, changeId);

export async function giverOf(village: Village, changeId: string, amountFen: number): Promise<GiverFacts> {
  const givers = await village.house.get(ChangesOfUseQueries).giversOf(changeId);
  const found = givers.find((giver) => giver.amountFen === fen(amountFen));
  if (!found) throw new Error(`No giver of ${amountFen}`);
  return found;
}

/** What the giver of so much says on paper. */
export async function answer(village: Village, changeId: string, amountFen: number, said: Said) {
  const { id: giverId } = await giverOf(village, changeId, amountFen);
  return village.house
    .get(ChangesOfUseService)
    .recordAnswer(as(village, 'accountant'), { changeId, giverId, answer: said, paper: await photo() });
}

export const settle = (village: Village, changeId: string) =>
  village.house.get(ChangesOfUseService).settleChange(as(village, 'accountant'), { changeId });

export const callOff = (village: Village, changeId: string) =>
  village.house.get(ChangesOfUseService).callOffChange(as(village, 'secretary'), { changeId });

/** As if the receipt had been issued, or taken back, whoever issues receipts. */
export const markReceipt = ({ house }: Village, giftId: string, state: 'DUE' | 'ISSUED') =>
  house
    .get(Transactions)
    .run((tx) => tx.change`UPDATE gifts SET receipt_state = ${state} WHERE id = ${giftId}`);

export const markCampaign = ({ house }: Village, giftId: string, campaignId: string | null) =>
  house
    .get(Transactions)
    .run((tx) => tx.change`UPDATE gifts SET campaign_id = ${campaignId} WHERE id = ${giftId}`);
