import { randomUUID } from 'node:crypto';
import sharp from 'sharp';
import { AuditQueries } from '../../src/audit/index.js';
import { CaseStopped } from '../../src/cases/domain/consent-rule.js';
import { DutiesQueries, DutiesService } from '../../src/duties/index.js';
import type { Caller } from '../../src/kernel/actor.js';
import { day } from '../../src/kernel/day.js';
import { fen } from '../../src/kernel/fen.js';
import { LedgerQueries, LedgerService, LedgerVerifier } from '../../src/ledger/index.js';
import { OfficesService } from '../../src/offices/index.js';
import type { Office } from '../../src/offices/index.js';
import {
  BankAnswersService,
  InstitutionsQueries,
  InstitutionsService,
  PaymentsQueries,
  PaymentsService,
  PaymentsVerifier,
  PaymentSubjects,
  RecoveriesQueries,
  RecoveriesService,
} from '../../src/payments/index.js';
import type {
  Failed,
  InstitutionDraft,
  OrderDraft,
  Paid,
  Recovered,
  Returned,
} from '../../src/payments/index.js';
import { PeopleService } from '../../src/people/index.js';
import type { PersonDraft } from '../../src/people/index.js';
import { Transactions } from '../../src/platform/database/transactions.js';
import type { Kind } from '../support/databases.js';
import { givenHouse } from '../support/house.js';
import { givenSociety } from '../support/society.js';

/** The afternoon of the sample notice on which the board decided. */
const DECIDED = '2026-03-05T09:00:00.000Z';

/** The house with its payments at hand; in place of a case stands a subject that writes down what it was told. */
export async function givenTill(kind: Kind, options: { readonly log?: boolean } = {}) {
  const house = await givenHouse(kind, DECIDED, options);
  const told: Paid[] = [];
  const back: { failed: Failed[]; returned: Returned[]; recovered: Recovered[] } = {
    failed: [],
    returned: [],
    recovered: [],
  };
  /** Whom the register ties to whoever is paid for. */
  const tied = new Set<string>();
  /** What was stopped, and when. */
  const stopped = new Map<string, Date>();
  const refusalAt = (subjectId: string, at: Date) => {
    const since = stopped.get(subjectId);
    return since && at > since ? Promise.reject(new CaseStopped()) : Promise.resolve();
  };
  const veto = (personId: string) => Promise.resolve(tied.has(personId) ? '您和申请人有关系。' : null);
  house.get(PaymentSubjects).register('test', {
    mayPay: (_societyId, _subjectId, personId) => veto(personId),
    mayApprove: (_societyId, _subjectId, personId) => veto(personId),
    refuseStopped: (_tx, subjectId, at) => refusalAt(subjectId, at),
    isStopped: (_societyId, subjectId) => Promise.resolve(stopped.has(subjectId)),
    paid: (_tx, paid) => Promise.resolve(void told.push(paid)),
    failed: (_tx, failed) => Promise.resolve(void back.failed.push(failed)),
    returned: (_tx, returned) => Promise.resolve(void back.returned.push(returned)),
    recovered: (_tx, recovered) => Promise.resolve(void back.recovered.push(recovered)),
    describe: () => Promise.resolve({ title: '突发疾病', facts: [], href: '/s/cases/2026-0012' }),
  });
  return {
    house,
    told,
    back,
    tied,
    stopped,
    clock: house.clock,
    transactions: house.get(Transactions),
    payments: house.get(PaymentsService),
    bank: house.get(BankAnswersService),
    institutions: house.get(InstitutionsService),
    institutionsOf: house.get(InstitutionsQueries),
    recoveries: house.get(RecoveriesService),
    recoveriesOf: house.get(RecoveriesQueries),
    queries: house.get(PaymentsQueries),
    verifier: house.get(PaymentsVerifier),
    ledger: house.get(LedgerService),
    books: house.get(LedgerQueries),
    booksVerifier: house.get(LedgerVerifier),
    duties: house.get(DutiesService),
    owed: house.get(DutiesQueries),
    people: house.get(PeopleService),
    offices: house.get(OfficesService),
    audit: house.get(AuditQueries),
    close: () => house.close(),
  };
}
export type Till = Awaited<ReturnType<typeof givenTill>>;

export function actingIn(societyId: string, personId: string | null, key: string = randomUUID()): Caller {
  const actor = { accountId: personId, personId, societyId, roles: ['cashier'], origin: 'test' } as const;
  return { actor, key };
}

export async function givenPerson({ people }: Till, societyId: string, draft: Partial<PersonDraft> = {}) {
  const whole = { name: '李建明', group: '三组', residence: 'HUKOU', ...draft } as const;
  return (await people.addPerson(actingIn(societyId, null), whole)).personId;
}

export async function givenOfficer(till: Till, societyId: string, name: string, offices: readonly Office[]) {
  const personId = await givenPerson(till, societyId, { name });
  const term = { fromOn: day('2026-01-01'), untilOn: day('2028-12-31') };
  for (const office of offices)
    await till.offices.appoint(actingIn(societyId, null), { societyId, personId, office, ...term });
  return personId;
}

export async function givenCard({ people }: Till, societyId: string, personId: string, cardNumber: string) {
  const draft = { personId, bankName: '农村信用社', cardNumber };
  return (await people.addPayeeAccount(actingIn(societyId, null), draft)).payeeAccountId;
}

export const CARD = '6217001234567890122';

/** A society with money, officers and a person in need; the board has decided, and 1,000 yuan are to be paid. */
export async function givenOrder(till: Till, more: Partial<OrderDraft> = {}) {
  const societyId = await givenSociety(till.house);
  await till.ledger.receive(actingIn(societyId, null), {
    kind: 'SUBSIDY',
    amountFen: fen(3_000_000),
    receivedOn: day('2026-01-10'),
    note: '',
  });
  const chairId = await givenOfficer(till, societyId, '王大海', ['CHAIR']);
  const deputyId = await givenOfficer(till, societyId, '李秀英', ['DEPUTY']);
  const cashierId = await givenOfficer(till, societyId, '周平', ['CASHIER']);
  const accountantId = await givenOfficer(till, societyId, '吴敏', ['ACCOUNTANT']);
  const payeeId = await givenPerson(till, societyId);
  const accountId = await givenCard(till, societyId, payeeId, CARD);
  const draft: OrderDraft = {
    societyId,
    subjectKind: 'test',
    subjectId: randomUUID(),
    threadId: randomUUID(),
    purpose: randomUUID(),
    caseNumber: '2026-0012',
    amountFen: fen(100_000),
    payeeId,
    payeeName: '李建明',
    payeeAccountId: more.method === 'CASH' ? null : accountId,
    method: 'CARD',
    approverId: chairId,
    orderedAt: till.clock.now(),
    ...more,
  };
  const orderId = await order(till, draft);
  const cashier = (key?: string) => actingIn(societyId, cashierId, key);
  const chair = (key?: string) => actingIn(societyId, chairId, key);
  return { ...draft, draft, orderId, chairId, deputyId, cashierId, accountantId, cashier, chair };
}
export type Ordered = Awaited<ReturnType<typeof givenOrder>>;

/** What the approval of a case does, in its one unit of work. */
export async function order(till: Till, draft: OrderDraft): Promise<string> {
  const { societyId, purpose, amountFen, threadId, subjectKind, subjectId, orderedAt } = draft;
  return till.transactions.run(async (tx) => {
    await till.ledger.reserve(tx, { societyId, purpose, amountFen, threadId });
    const summary = `批准救助 ${draft.caseNumber}`;
    await till.ledger.accrue(tx, {
      societyId,
      threadId,
      purpose,
      cause: `accrual:${purpose}`,
      amountFen,
      at: orderedAt,
      summary,
    });
    const rule = { unit: 'hours', count: 24, from: orderedAt } as const;
    const owed = { societyId, subjectKind, subjectId, threadId, ownerRole: 'cashier', rule } as const;
    await till.duties.open(tx, { ...owed, kind: 'PAY' });
    return (await till.payments.order(tx, draft)).orderId;
  });
}

/** Another order of the same society, for another matter. */
export async function reordered(till: Till, given: Ordered, change: Partial<OrderDraft>): Promise<Ordered> {
  const fresh = { subjectId: randomUUID(), threadId: randomUUID(), purpose: randomUUID() };
  const draft = { ...given.draft, ...fresh, ...change };
  return { ...given, ...draft, draft, orderId: await order(till, draft) };
}

let accounts = 0;

/** A hospital of the society, with an account of its own. */
export async function givenInstitution(
  { institutions }: Till,
  societyId: string,
  draft: Partial<InstitutionDraft> = {},
): Promise<string> {
  const accountNumber = `3405016688${String(++accounts).padStart(6, '0')}7788`;
  const whole = { name: '演示县人民医院', bankName: '农业银行演示县支行', accountNumber, ...draft };
  return (await institutions.addInstitution(actingIn(societyId, null), whole)).institutionId;
}

/** Another order of the same society, to be paid to an institution of it. */
export async function reorderedTo(
  till: Till,
  given: Ordered,
  institutionId: string,
  change: Partial<OrderDraft> = {},
): Promise<Ordered> {
  const payee = { payeeKind: 'INSTITUTION', payeeId: institutionId, payeeAccountId: institutionId } as const;
  return reordered(till, given, { ...payee, payeeName: '演示县人民医院', ...change });
}

/** What calls a case off before it is paid, in its one unit of work. */
export function callOff({ transactions, payments, ledger, clock }: Till, given: Ordered) {
  const { societyId, threadId, purpose, subjectKind, subjectId } = given;
  const at = clock.now();
  return transactions.run(async (tx) => {
    const called = await payments.cancel(tx, { subjectKind, subjectId, at, reason: '申请人撤回' });
    await ledger.release(tx, { purpose });
    const accrual = { societyId, threadId, cause: `accrual:${purpose}`, at, summary: '撤销批准 2026-0012' };
    await ledger.revokeAccrual(tx, accrual);
    return called;
  });
}

/** What revokes a paid case: so much of it is owed back. */
export function demand(
  { transactions, recoveries, clock }: Till,
  given: Ordered,
  amountFen = given.amountFen,
) {
  const { subjectKind, subjectId, payeeId: payerId } = given;
  const draft = { subjectKind, subjectId, payerId, amountFen: fen(amountFen), at: clock.now() };
  return transactions.run((tx) => recoveries.demand(tx, draft));
}

export function photo(): Promise<Buffer> {
  const canvas = { width: 40, height: 30, channels: 3, background: '#336699' } as const;
  return sharp({ create: canvas }).jpeg().toBuffer();
}

/** Everything that a refusal must leave as it was. */
export async function snapshot(till: Till, { societyId, orderId, threadId }: Ordered) {
  const recovery = await till.recoveriesOf.ofOrder(orderId);
  return {
    order: await till.queries.order(societyId, orderId),
    attempts: await till.queries.attemptsOf(orderId),
    recovery,
    instalments: recovery ? await till.recoveriesOf.instalmentsOf(recovery.id) : [],
    fund: await till.books.fund(societyId),
    vouchers: await till.books.vouchers(societyId),
    lots: await till.books.lots(societyId),
    duties: await till.owed.ofThread(threadId),
    told: [till.told, till.back.failed, till.back.returned, till.back.recovered].map(({ length }) => length),
  };
}
