import { randomUUID } from 'node:crypto';
import type { DataSource } from 'typeorm';
import type { DutyDraft, DutyKind } from '../../src/duties/index.js';
import { clockOf, lastDayOf } from '../../src/duties/index.js';
import { DutyAlreadyOpen } from '../../src/duties/domain/duty.errors.js';
import type { Caller } from '../../src/kernel/actor.js';
import { day } from '../../src/kernel/day.js';
import type { ListedDay } from '../../src/platform/calendar/calendar.js';
import { HandClock } from '../../src/platform/clocks.js';
import { kinds, migrated } from '../support/databases.js';
import type { TestDatabase } from '../support/databases.js';
import { booksOn, refusalsIn } from './books.given.js';
import type { Books } from './books.given.js';

const at = (local: string) => new Date(`${local}:00+08:00`);

const administrator: Caller = {
  actor: { accountId: 'admin', personId: null, societyId: null, roles: ['system-admin'], origin: 'cli' },
  key: randomUUID(),
};

/** 2027 as it might be published: New Year's Day alone, and what a list must name besides. */
const holidays2027 = [
  ['2027-01-01', '元旦'],
  ['2027-02-06', '春节'],
  ['2027-05-01', '劳动节'],
  ['2027-10-01', '国庆节'],
].map(([date = '', name = '']): ListedDay => ({ day: day(date), kind: 'holiday', name }));

describe.each(kinds)('$name', (kind) => {
  let database: TestDatabase;
  let dataSource: DataSource;
  let books: Books;

  beforeAll(async () => {
    database = await kind.create();
    dataSource = await migrated(database);
    books = booksOn(dataSource, new HandClock(at('2026-02-13T17:00')));
  });
  afterAll(async () => {
    await dataSource.destroy();
    await database.drop();
  });

  const caseOf = () => ({
    societyId: randomUUID(),
    subjectKind: 'case',
    subjectId: randomUUID(),
    threadId: randomUUID(),
  });
  type Case = ReturnType<typeof caseOf>;

  const open = (of: Case, dutyKind: DutyKind, rule: DutyDraft['rule']) =>
    books.transactions.run((tx) =>
      books.duties.open(tx, { ...of, kind: dutyKind, ownerRole: 'cashier', rule }),
    );
  const settle = ({ subjectId }: Case, dutyKind: DutyKind, by: string | null = null) =>
    books.transactions.run((tx) =>
      books.duties.settle(tx, { kind: dutyKind, subjectId, at: books.clock.now(), byPersonId: by }),
    );
  const within = (count: number, from: string) => ({ unit: 'hours' as const, count, from: at(from) });
  const workingDays = (count: number, from: string) => ({
    unit: 'working-days' as const,
    count,
    from: at(from),
  });

  it('D4-21 approved 17:00 Fri 2026-02-13: pay due 24 hours later by the clock, though the festival begins', async () => {
    const of = caseOf();
    const due = await open(of, 'PAY', within(24, '2026-02-13T17:00'));
    expect(due).toEqual({ dueAt: at('2026-02-14T17:00'), provisional: false });
    const [duty] = await books.owed.open(of.societyId);
    expect(duty).toMatchObject({
      kind: 'PAY',
      dueAt: due.dueAt,
      rule: { unit: 'hours', count: 24 },
      settledAt: null,
    });
    expect(await books.owed.overdue(of.societyId, due.dueAt)).toEqual([]);
    expect(await books.owed.overdue(of.societyId, new Date(due.dueAt.getTime() + 1))).toHaveLength(1);
  });

  it('D4-23 one working day from Fri 2026-05-08 ends with Sat 2026-05-09, a make-up day', async () => {
    const { dueAt } = await open(caseOf(), 'SIGN_NOTICE', workingDays(1, '2026-05-08T09:00'));
    expect(lastDayOf(dueAt)).toBe('2026-05-09');
  });

  it('D4-25 one working day from 2026-12-31, 2027 absent: provisional, recalculated after import', async () => {
    const [of, done] = [caseOf(), caseOf()];
    const first = await open(of, 'PAPERS', workingDays(1, '2026-12-31T09:00'));
    await open(done, 'PAPERS', workingDays(1, '2026-12-31T09:00'));
    await settle(done, 'PAPERS');
    expect(first.provisional).toBe(true);
    expect(lastDayOf(first.dueAt)).not.toBe('2027-01-01');
    const [shown] = await books.owed.ofThread(of.threadId);
    expect(shown && clockOf(shown, at('2026-12-31T10:00')).words).toContain('暂定');

    const moved: ListedDay = { day: day('2027-01-04'), kind: 'holiday', name: '元旦' };
    const imported = () =>
      books.duties.importHolidays(administrator, 2027, [...holidays2027, moved], '国务院办公厅');
    expect(await imported()).toEqual({ recalculated: 1 });
    expect(await imported()).toEqual({ recalculated: 1 }); // the same command: the same answer
    const [duty] = await books.owed.open(of.societyId);
    expect(duty?.provisional).toBe(false);
    expect(duty && lastDayOf(duty.dueAt)).toBe('2027-01-05'); // Monday the 4th was given as a holiday
    const [settled] = await books.owed.ofThread(done.threadId);
    expect(settled).toMatchObject({ provisional: true }); // what is done is not counted anew
  });

  it('keeps one clock for one thing, though ten open it together', async () => {
    const of = caseOf();
    const opened = Array.from({ length: 10 }, () => open(of, 'PAY', within(24, '2026-02-13T17:00')));
    const refusals = refusalsIn(await Promise.allSettled(opened));
    expect(refusals).toHaveLength(9);
    expect(refusals.every((refusal) => refusal instanceof DutyAlreadyOpen)).toBe(true);
    await open(of, 'PAPERS', workingDays(10, '2026-02-13T17:00')); // another kind is another thing
    expect(await books.owed.open(of.societyId)).toHaveLength(2);
  });

  it('settles once, says so, and may then be opened again', async () => {
    const of = caseOf();
    await open(of, 'VISIT', within(24, '2026-02-13T17:00'));
    const answers = await Promise.all(Array.from({ length: 10 }, () => settle(of, 'VISIT', 'person')));
    expect(answers.filter(Boolean)).toHaveLength(1);
    expect(await settle(of, 'PAY')).toBe(false);
    expect(await books.owed.open(of.societyId)).toEqual([]);
    expect(await books.owed.ofThread(of.threadId)).toMatchObject([
      { kind: 'VISIT', settledAt: books.clock.now(), settledByPersonId: 'person' },
    ]);
    await open(of, 'VISIT', within(24, '2026-02-13T17:00'));
    expect(await books.owed.ofThread(of.threadId)).toHaveLength(2);
  });

  it('restarts an open clock from a later event, and leaves a settled one alone', async () => {
    const of = caseOf();
    await open(of, 'POST_NOTICE', workingDays(3, '2026-03-05T10:00'));
    const restart = () =>
      books.transactions.run((tx) =>
        books.duties.restart(tx, {
          kind: 'POST_NOTICE',
          subjectId: of.subjectId,
          rule: workingDays(3, '2026-03-06T09:30'),
        }),
      );
    const due = await restart();
    expect(due && lastDayOf(due.dueAt)).toBe('2026-03-11');
    const [duty] = await books.owed.open(of.societyId);
    expect(duty).toMatchObject({ dueAt: due?.dueAt, rule: { from: at('2026-03-06T09:30') } });
    await settle(of, 'POST_NOTICE');
    expect(await restart()).toBeNull();
  });

  it('calls off what nobody owes any more, of a whole case or of one subject', async () => {
    const of = caseOf();
    const round = { ...of, subjectId: randomUUID() };
    await open(of, 'OPEN_ROUND', within(24, '2026-02-13T17:00'));
    await open(round, 'CLOSE_ROUND', within(24, '2026-02-13T17:00'));
    const cancel = (what: { threadId: string } | { subjectId: string }) =>
      books.transactions.run((tx) => books.duties.cancel(tx, what));
    expect(await cancel({ subjectId: round.subjectId })).toBe(1);
    expect(await cancel({ threadId: of.threadId })).toBe(1);
    expect(await cancel({ threadId: of.threadId })).toBe(0);
    expect(await books.owed.ofThread(of.threadId)).toEqual([]);
    expect(await settle(of, 'OPEN_ROUND')).toBe(false);
  });

  it('shows a society its own duties, the most urgent first, and each role its own', async () => {
    const of = caseOf();
    await open(of, 'PAPERS', workingDays(10, '2026-03-05T10:00'));
    await open(of, 'PAY', within(24, '2026-03-05T10:00'));
    expect((await books.owed.open(of.societyId)).map((duty) => duty.kind)).toEqual(['PAY', 'PAPERS']);
    expect(await books.owed.open(of.societyId, { roles: ['chair', 'cashier'] })).toHaveLength(2);
    expect(await books.owed.open(of.societyId, { roles: ['chair'] })).toEqual([]);
    expect(await books.owed.open(randomUUID())).toEqual([]);
  });

  it('cannot be open and settled at once, whatever a statement says', async () => {
    const of = caseOf();
    await open(of, 'PAY', within(24, '2026-02-13T17:00'));
    const halfSettled = books.transactions.run(
      (tx) =>
        tx.change`UPDATE duties SET settled_at = ${books.clock.now()} WHERE subject_id = ${of.subjectId}`,
    );
    await expect(halfSettled).rejects.toThrow(/ck_duties_open/);
  });
});
