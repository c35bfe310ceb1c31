import { randomUUID } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { Commands } from '../../src/audit/index.js';
import { AuditStore } from '../../src/audit/audit.store.js';
import { DutiesQueries, DutiesService } from '../../src/duties/index.js';
import { DutiesStore } from '../../src/duties/duties.store.js';
import type { Caller } from '../../src/kernel/actor.js';
import { dayOf } from '../../src/kernel/day.js';
import { fen } from '../../src/kernel/fen.js';
import { BalancesStore } from '../../src/ledger/balances.store.js';
import {
  GiftMoneyService,
  LedgerQueries,
  LedgerService,
  LedgerVerifier,
  MoneyBackService,
  MonthsRollup,
  MonthsVerifier,
} from '../../src/ledger/index.js';
import type { InflowKind } from '../../src/ledger/index.js';
import { LotsStore } from '../../src/ledger/lots.store.js';
import { SocietyMonthsStore } from '../../src/ledger/society-months.store.js';
import { VouchersStore } from '../../src/ledger/vouchers.store.js';
import { Calendar } from '../../src/platform/calendar/calendar.js';
import { HandClock } from '../../src/platform/clocks.js';
import { NumberGaps } from '../../src/platform/database/number-gaps.js';
import { Numbers } from '../../src/platform/database/numbers.js';
import { Reads } from '../../src/platform/database/reads.js';
import { Transactions } from '../../src/platform/database/transactions.js';
import { SystemIds } from '../../src/platform/system.js';
import { givenSealing } from '../support/seals.js';

/** The ledger and the duties over one database, put together by hand: no web, no people, no offices. */
export function booksOn(dataSource: DataSource, clock = new HandClock('2026-03-02T01:00:00.000Z')) {
  const ids = new SystemIds(clock);
  const reads = new Reads(dataSource);
  const transactions = new Transactions(dataSource);
  const commands = new Commands(transactions, new AuditStore(), givenSealing(), clock, ids);
  const vouchers = new VouchersStore(new Numbers(reads), ids, new SocietyMonthsStore());
  const [balances, lots] = [new BalancesStore(), new LotsStore(ids)];
  const calendar = new Calendar(reads, clock);
  return {
    clock,
    ids,
    reads,
    transactions,
    commands,
    ledger: new LedgerService(balances, vouchers, lots, commands, clock, ids),
    giftMoney: new GiftMoneyService(balances, vouchers, lots, clock, ids),
    moneyBack: new MoneyBackService(balances, vouchers, lots, clock),
    calendar,
    queries: new LedgerQueries(reads),
    verifier: new LedgerVerifier(reads, new NumberGaps(reads)),
    months: new MonthsVerifier(reads),
    rollup: new MonthsRollup(transactions),
    duties: new DutiesService(new DutiesStore(), calendar, commands, clock, ids),
    owed: new DutiesQueries(reads),
  };
}
export type Books = ReturnType<typeof booksOn>;

/** A society with its book and so much in its pool. */
export async function givenSociety(books: Books, heldFen = 0): Promise<string> {
  const societyId = randomUUID();
  await books.transactions.run((tx) => books.ledger.openBook(tx, { societyId, name: '柳溪村互助社' }));
  if (heldFen > 0) await receive(books, societyId, heldFen);
  return societyId;
}

/** The accountant of a society, under a key of its own unless it is to be the same again. */
export function accountantOf(societyId: string, key: string = randomUUID()): Caller {
  const actor = {
    accountId: societyId,
    personId: null,
    societyId,
    roles: ['accountant'],
    origin: 'test',
  } as const;
  return { actor, key };
}

export function receive(
  { ledger, clock }: Books,
  societyId: string,
  amountFen: number,
  more: {
    kind?: InflowKind;
    receivedOn?: ReturnType<typeof dayOf>;
    bankReference?: string;
    purseId?: string;
    key?: string;
  } = {},
) {
  const {
    kind = 'OPENING',
    receivedOn = dayOf(clock.now()),
    bankReference = null,
    purseId = null,
    key,
  } = more;
  return ledger.receive(accountantOf(societyId, key), {
    kind,
    amountFen: fen(amountFen),
    receivedOn,
    note: '',
    purseId,
    bankReference,
  });
}

export function reserve(
  { transactions, ledger }: Books,
  societyId: string,
  amountFen: number,
  purpose: string,
) {
  return transactions.run((tx) =>
    ledger.reserve(tx, { societyId, purpose, amountFen: fen(amountFen), threadId: null }),
  );
}

/** What a decision and its payment do to the books, in two units as in life. */
export async function accrueAndPay(
  { transactions, ledger, clock }: Books,
  societyId: string,
  amountFen: number,
  purpose: string,
  method: 'CARD' | 'CASH' = 'CARD',
) {
  const [threadId, orderId] = [randomUUID(), randomUUID()];
  const of = { societyId, threadId, amountFen: fen(amountFen), summary: '救助款 2026-0012' };
  await transactions.run((tx) =>
    ledger.accrue(tx, { ...of, purpose, cause: `decision:${purpose}`, at: clock.now() }),
  );
  const paid = await transactions.run((tx) =>
    ledger.pay(tx, { ...of, purpose, orderId, attempt: 1, method, paidAt: clock.now() }),
  );
  return { ...paid, orderId, threadId, purpose, societyId, amountFen: fen(amountFen) };
}

export type PaidOut = Awaited<ReturnType<typeof accrueAndPay>>;

/** The bank sends a payment back. */
export function payBack({ transactions, moneyBack, clock }: Books, paid: PaidOut, attempt = 1) {
  const { societyId, purpose, orderId, threadId, amountFen } = paid;
  const back = { societyId, purpose, orderId, threadId, amountFen, attempt, at: clock.now() };
  return transactions.run((tx) => moneyBack.payBack(tx, { ...back, summary: '银行退回救助款 2026-0012' }));
}

/** A part of a payment comes back from whoever had it. */
export function receiveInstalment(
  { transactions, moneyBack, clock }: Books,
  paid: PaidOut,
  amountFen: number,
) {
  const { societyId, orderId, threadId } = paid;
  const cause = `instalment:${randomUUID()}`;
  const of = { societyId, orderId, threadId, cause, writtenOffOn: null };
  const instalment = { ...of, amountFen: fen(amountFen), at: clock.now() };
  return transactions.run((tx) =>
    moneyBack.receiveInstalment(tx, { ...instalment, summary: '收到退回的救助款 2026-0012' }),
  );
}

/** What is on one account of a society's book: debits positive. */
export async function balanceOf({ reads }: Books, societyId: string, account: string): Promise<number> {
  const row = await reads.one<{ sum: number | string }>`
    SELECT COALESCE(SUM(amount_fen), 0) AS "sum" FROM voucher_lines
    WHERE society_id = ${societyId} AND account = ${account}`;
  return Number(row?.sum ?? 0);
}

/** Everything that a refusal must leave as it was. */
export async function snapshot({ queries }: Books, societyId: string) {
  const [fund, lots, vouchers] = [
    await queries.fund(societyId),
    await queries.lots(societyId),
    await queries.vouchers(societyId),
  ];
  return { fund, lots, vouchers };
}

export function refusalsIn(outcomes: readonly PromiseSettledResult<unknown>[]): unknown[] {
  return outcomes.filter((outcome) => outcome.status === 'rejected').map(({ reason }) => reason as unknown);
}
