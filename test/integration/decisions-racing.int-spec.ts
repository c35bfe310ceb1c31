import { setTimeout as sleep } from 'node:timers/promises';
import { BoardQueries, RoundsService } from '../../src/board/index.js';
import {
  AmendmentsService,
  CasesQueries,
  EndingsService,
  RevocationsService,
} from '../../src/cases/index.js';
import { fen } from '../../src/kernel/fen.js';
import { LedgerQueries } from '../../src/ledger/index.js';
import { BankAnswersService, PaymentsService } from '../../src/payments/index.js';
import { kinds } from '../support/databases.js';
import { givenHouse } from '../support/house.js';
import type { House } from '../support/house.js';
import { often } from '../support/often.js';
import { staysSound } from '../support/sound.js';
import { as, givenCase, givenVillage, handsOf, photo } from '../support/village.js';
import type { GivenCase, Village } from '../support/village.js';

const AMOUNT_FEN = 10_000;
const STEP_MS = 2;
const RACES = often('RACES', { short: 20, long: 200 });
const FEWER = often('RACES', { short: 12, long: 50 });

/** Closing against a late ballot stands with the ballots, two overrides with the overrides: as many rounds of each. */
describe.each(kinds)('$name', (kind) => {
  let house: House;
  let village: Village;

  beforeAll(async () => {
    house = await givenHouse(kind);
    village = await givenVillage(house, { heldFen: 900_000_000 });
  });
  staysSound(() => house);
  afterAll(() => house.close());

  const caseOf = ({ caseId }: GivenCase) => house.get(CasesQueries).case(village.societyId, caseId);
  const fund = () => house.get(LedgerQueries).fund(village.societyId);
  const say = async (roundId: string) =>
    house.get(RoundsService).recordShowOfHands(as(village, 'secretary'), {
      ...{ roundId, presiderId: village.at.chair.personId, place: null, sheet: await photo() },
      hands: handsOf(village, 'yes'),
    });
  /** All of them; each side must have come first at least once, or it was no race. `first` is how it ends when A does. */
  const race = async (
    { at, first, races = RACES }: { at: 'VOTING' | 'APPROVED' | 'PAID'; first: string; races?: number },
    run: (made: GivenCase, leadMs: number) => Promise<string>,
  ): Promise<void> => {
    const seen = new Map<string, number>();
    // Whoever won gives the other a longer start, twice as long until the other wins, and less each time after: the two
    // meet in the middle, on a fast machine as on a slow one.
    for (let n = 0, leadMs = 0, stepMs = STEP_MS; n < races; n += 1) {
      const made = await givenCase(village, { at, amountFen: AMOUNT_FEN });
      const outcome = await run(made, leadMs);
      leadMs += outcome === first ? -stepMs : stepMs;
      seen.set(outcome, (seen.get(outcome) ?? 0) + 1);
      stepMs = seen.size < 2 ? 2 * stepMs : Math.max(STEP_MS, stepMs / 2);
    }
    expect([...seen.values()].reduce((sum, count) => sum + count, 0)).toBe(races);
    expect(seen.size).toBe(2);
  };
  /** Both at once, with a start of so many milliseconds for A, or below nothing for B. */
  const together = <A, B>(leadMs: number, a: () => Promise<A>, b: () => Promise<B>) => {
    const late = <Of>(ms: number, act: () => Promise<Of>) => (ms > 0 ? sleep(ms).then(act) : act());
    return Promise.allSettled([late(-leadMs, a), late(leadMs, b)]);
  };

  it(`an edit against the last hands, ${RACES} rounds: the board decides on what it saw, or on nothing`, async () => {
    await race({ at: 'VOTING', first: 'APPROVED' }, async (made, leadMs) => {
      const row = await caseOf(made);
      const edit = () =>
        house.get(AmendmentsService).amend(as(village, 'clerk'), {
          ...{ caseId: made.caseId, amountFen: fen(5_000), cause: row.cause, story: null, reason: 'TYPO' },
          ...{ payee: { relation: 'SELF', payeeId: row.payeeId, reason: null }, method: row.method },
          payeeAccountId: row.payeeAccountId,
        });
      const [voted, amended] = await together(leadMs, () => say(made.roundId), edit);
      expect(amended.status).toBe('fulfilled');
      if (voted.status === 'rejected') expect(voted.reason).toMatchObject({ code: 'ROUND_ALREADY_CLOSED' });
      expect(await caseOf(made)).toMatchObject({ state: 'VERIFIED', amountFen: 5_000, countedYear: null });
      const [round] = await house.get(BoardQueries).roundsOf('case', made.caseId);
      expect(round).toMatchObject({
        amountFen: AMOUNT_FEN,
        state: voted.status === 'fulfilled' ? 'APPROVED' : 'VOIDED',
      });
      return String(round?.state);
    });
  });

  it(`a payment against a withdrawal, ${FEWER} rounds: the money is out or free, and never both`, async () => {
    await race({ at: 'APPROVED', first: 'PAID', races: FEWER }, async (made, leadMs) => {
      const before = await fund();
      const proof = { orderId: made.orderId, photo: await photo() };
      const [paid, taken] = await together(
        leadMs,
        () => house.get(PaymentsService).recordPayment(as(village, 'cashier'), proof),
        () =>
          house.get(EndingsService).withdraw(as(village, 'clerk'), {
            ...{ caseId: made.caseId, reason: 'OWN_WISH', note: null },
          }),
      );
      expect([paid.status, taken.status].sort()).toEqual(['fulfilled', 'rejected']);
      const { state } = await caseOf(made);
      expect(state).toBe(paid.status === 'fulfilled' ? 'PAID' : 'WITHDRAWN');
      const { balanceFen, reservedFen } = await fund();
      expect(reservedFen).toBe(before.reservedFen - AMOUNT_FEN);
      expect(balanceFen).toBe(before.balanceFen - (state === 'PAID' ? AMOUNT_FEN : 0));
      return state;
    });
  });

  it(`a payment that comes back against its revocation, ${RACES} rounds: owed to the applicant or by the applicant`, async () => {
    const slip = await photo();
    await race({ at: 'PAID', first: 'APPROVED' }, async (made, leadMs) => {
      const { roundId } = await house.get(RevocationsService).askRevocation(as(village, 'secretary'), {
        ...{ caseId: made.caseId, reason: 'FALSE_FACTS', hearing: 'HEARD', findings: null, recusals: [] },
      });
      const before = await fund();
      const [returned, revoked] = await together(
        leadMs,
        () =>
          house.get(BankAnswersService).recordReturnedPayment(as(village, 'cashier'), {
            ...{ orderId: made.orderId, reason: 'BANK_REFUSED', photo: slip },
          }),
        () => say(roundId),
      );
      expect([returned.status, revoked.status].sort()).toEqual(['fulfilled', 'rejected']);
      const { state } = await caseOf(made);
      expect(state).toBe(returned.status === 'fulfilled' ? 'APPROVED' : 'REVOKED');
      const { balanceFen, reservedFen } = await fund();
      const back = state === 'APPROVED' ? AMOUNT_FEN : 0;
      expect([balanceFen, reservedFen]).toEqual([before.balanceFen + back, before.reservedFen + back]);
      return state;
    });
  });
});
