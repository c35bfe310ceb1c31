import { randomUUID } from 'node:crypto';
import { MatchesQueries, MatchesService, RevocationsService } from '../../src/cases/index.js';
import { RoundsService } from '../../src/board/index.js';
import { DutiesQueries } from '../../src/duties/index.js';
import { FindingsService, LeasesService, RectificationsService } from '../../src/federation/index.js';
import type { FindingKind, FindingReason } from '../../src/federation/index.js';
import { DeskGround } from '../../src/federation/desk-ground.js';
import { DeskQueries } from '../../src/federation/desk.queries.js';
import { readFilter } from '../../src/federation/domain/desk-filter.js';
import { GrantReading } from '../../src/federation/grant.reading.js';
import { countedGrants, waitingGrants } from '../../src/federation/queue.sql.js';
import { SavedViewsService } from '../../src/federation/saved-views.service.js';
import { sql } from '../../src/federation/sql.js';
import { addDays, dayOf } from '../../src/kernel/day.js';
import type { Day } from '../../src/kernel/day.js';
import { IncidentsService } from '../../src/notices/index.js';
import { PeopleService } from '../../src/people/index.js';
import { kinds } from '../support/databases.js';
import { by, givenDesk } from '../support/desk.js';
import type { Desk, Staff } from '../support/desk.js';
import { givenHouse } from '../support/house.js';
import type { House } from '../support/house.js';
import { expectSound } from '../support/sound.js';
import { as, givenCase, handsOf, idNumber, photo } from '../support/village.js';
import type { GivenCase, Village } from '../support/village.js';

describe.each(kinds)('$name', (kind) => {
  let house: House;
  let desk: Desk;

  beforeAll(async () => {
    house = await givenHouse(kind);
  });
  beforeEach(async () => {
    desk = await givenDesk(house);
  });
  afterAll(() => expectSound(house));
  afterAll(() => house.close());

  const today = (): Day => dayOf(house.clock.now());
  const paid = (amountFen = 100_000, village: Village = desk.village): Promise<GivenCase> =>
    givenCase(village, { at: 'PAID', amountFen });
  const find = (
    who: Staff,
    { caseId }: Pick<GivenCase, 'caseId'>,
    kindOf: FindingKind = 'IN_ORDER',
    more: { reason?: FindingReason; dueOn?: Day | null; words?: string | null; key?: string } = {},
  ) => {
    const usual: Record<FindingKind, FindingReason> = {
      IN_ORDER: 'COMPLETE',
      RECTIFY: 'PAPERS',
      REVOKE: 'FALSE_FACTS',
    };
    return house.get(FindingsService).record(by(desk, who, more.key), {
      caseId,
      kind: kindOf,
      reason: more.reason ?? usual[kindOf],
      dueOn: more.dueOn === undefined ? (kindOf === 'RECTIFY' ? addDays(today(), 10) : null) : more.dueOn,
      words: more.words ?? null,
    });
  };
  const queue = async (who: Staff = 'reviewer', query: Record<string, string> = {}) => {
    const asking = await house.get(DeskGround).askingOf(by(desk, who).actor);
    return house.get(DeskQueries).page(asking, readFilter(query), null);
  };
  const idsIn = async (who: Staff = 'reviewer', query: Record<string, string> = {}) =>
    (await queue(who, query)).rows.map(({ id }) => id);
  const rows = async <Row>(sql: string, ...values: string[]): Promise<Row[]> =>
    house.dataSource.query<Row[]>(sql, values);
  const openDuties = async (societyId: string, ...of: string[]) =>
    (await house.get(DutiesQueries).open(societyId)).filter((duty) => of.includes(duty.kind));
  const outcomeOf = async ({ caseId }: GivenCase) =>
    (
      await rows<{ id: string }>('SELECT id FROM grant_outcomes WHERE case_id = ? ORDER BY lap DESC', caseId)
    )[0]?.id ?? '';

  describe('the queue', () => {
    it('holds what was paid in every society below, down to a village below a town, and nothing else', async () => {
      const [near, ofTown, far] = [
        await paid(),
        await paid(100_000, desk.town),
        await paid(100_000, desk.far),
      ];
      await givenCase(desk.village, { at: 'APPROVED' });
      const other = await givenDesk(house);
      const foreign = await givenCase(other.village, { at: 'PAID' });
      const found = await queue();
      expect(found.rows.map(({ id }) => id).sort()).toEqual(
        [near, ofTown, far].map(({ caseId }) => caseId).sort(),
      );
      expect(found.count).toBe(3);
      expect(found.rows.map(({ id }) => id)).not.toContain(foreign.caseId);
      expect(found.rows[0]).toMatchObject({ kind: 'grant', state: 'WAITING', risk: 'NONE', lease: null });
    });

    it('is sorted by its deadlines, and paged without losing or doubling a row, even where two share an hour', async () => {
      const made: string[] = [];
      for (let i = 0; i < 5; i++) {
        made.push((await paid()).caseId);
        if (i % 2 === 1) house.clock.advance({ hours: 1 });
      }
      const asking = await house.get(DeskGround).askingOf(by(desk, 'reviewer').actor);
      const read: string[] = [];
      let place: { dueAt: Date; id: string } | null = null;
      for (let pages = 0; pages < 5; pages++) {
        const page = await house.get(DeskQueries).page(asking, readFilter({ view: 'all' }), place, 2);
        expect(page.count).toBe(5);
        read.push(...page.rows.map(({ id }) => id));
        place = page.next;
        if (!place) break;
      }
      expect([...read].sort()).toEqual([...made].sort());
      expect(read).toHaveLength(5);
    });

    it('is narrowed by each of its filters, and each count is that of a plain question', async () => {
      const fire = await givenCase(desk.village, { at: 'PAID', cause: 'FIRE' });
      const ill = await paid(300_000, desk.far);
      const [{ name }] = (await rows<{ name: string }>(
        'SELECT name FROM organisations WHERE id = ?',
        desk.far.societyId,
      )) as [{ name: string }];
      expect(await idsIn('reviewer', { cause: 'FIRE' })).toEqual([fire.caseId]);
      expect(await idsIn('reviewer', { society: name.slice(0, 6) })).toContain(ill.caseId);
      expect(await idsIn('reviewer', { society: '%' })).toEqual([]);
      expect(await idsIn('reviewer', { kind: 'relief' })).toEqual([]);
      expect((await idsIn('reviewer', { q: '1' })).length).toBe(2);
      expect(await idsIn('reviewer', { q: '慈救2026-0001' })).toEqual([]);
      expect(await idsIn('reviewer', { q: '绝不是编号' })).toEqual([]);
      expect(await idsIn('reviewer', { due: 'today' })).toEqual([]);
      await find('reviewer', ill);
      expect(await idsIn('reviewer', { view: 'all', state: 'SECOND' })).toEqual([ill.caseId]);
      expect(await idsIn('reviewer')).toEqual([fire.caseId]);
      expect((await idsIn('other')).length).toBe(2);
      const asking = await house.get(DeskGround).askingOf(by(desk, 'reviewer').actor);
      const counts = await house.get(DeskQueries).counts(asking);
      expect(counts).toEqual({ all: 2, mine: 1, today: 0, high: 0, duplicates: 0 });
      house.clock.advance({ days: 31 });
      expect((await idsIn('other', { due: 'late' })).length).toBe(2);
      const later = await house.get(DeskGround).askingOf(by(desk, 'reviewer').actor);
      expect(await house.get(DeskQueries).counts(later)).toMatchObject({ all: 2, today: 2 });
    });

    it('knows the signs: another card holder, somebody else who was paid, papers and notice that are late, a second time', async () => {
      const cardNumber = '6217001234500000017';
      await givenCase(desk.village, { at: 'PAID', cardNumber });
      const shared = await givenCase(desk.far, { at: 'PAID', cardNumber });
      const again = await givenCase(desk.far, { at: 'PAID', cause: 'FIRE', applicantId: shared.applicantId });
      const of = async (id: string) => (await queue()).rows.find((row) => row.id === id);
      expect(await of(shared.caseId)).toMatchObject({ risk: 'HIGH', nth: 1 });
      expect((await of(shared.caseId))?.signs).toEqual(
        expect.arrayContaining(['CARD_ELSEWHERE', 'MATCH_OPEN']),
      );
      expect((await of(again.caseId))?.signs).toContain('AGAIN_THIS_YEAR');
      house.clock.advance({ days: 20 });
      expect((await of(again.caseId))?.signs).toEqual(expect.arrayContaining(['PAPERS_LATE', 'NOTICE_LATE']));
      expect(await idsIn('reviewer', { view: 'high' })).toContain(shared.caseId);
      expect(await idsIn('reviewer', { view: 'duplicates' })).toContain(shared.caseId);
      const asking = await house.get(DeskGround).askingOf(by(desk, 'reviewer').actor);
      const counts = await house.get(DeskQueries).counts(asking);
      for (const view of ['high', 'duplicates', 'mine', 'all'] as const)
        expect([view, counts[view]]).toEqual([view, (await queue('reviewer', { view })).count]);
    });

    it('shows a paper that was to come down and hangs still, once its two hours are over', async () => {
      const { caseId, noticeId } = await givenCase(desk.village, { at: 'ENDED' });
      const signs = async () => (await queue()).rows.find(({ id }) => id === caseId)?.signs ?? [];
      const noticedAt = house.clock.now();
      await house.get(IncidentsService).suspend(as(desk.village, 'secretary'), {
        ...{ noticeId, kind: 'FULL_NAME', way: 'VILLAGER', noticedAt },
      });
      house.clock.advance({ hours: 2 });
      expect(await signs()).not.toContain('PAPER_HANGS');
      house.clock.moveTo(new Date(noticedAt.getTime() + 2 * 3_600_000 + 1));
      expect(await signs()).toContain('PAPER_HANGS');
      expect(await idsIn('reviewer', { view: 'high' })).toContain(caseId);
      const paper = { noticeId, downAt: house.clock.now(), places: 1, photo: null };
      await house.get(IncidentsService).recordPaperDown(as(desk.village, 'secretary'), paper);
      expect(await signs()).not.toContain('PAPER_HANGS');
    });

    it('drops what a match was explained to be, save a repeated claim', async () => {
      const applicant = { name: '重复', idNumber: idNumber() };
      await givenCase(desk.village, { at: 'PAID', applicant });
      const { caseId } = await givenCase(desk.far, { at: 'PAID', applicant });
      const [match] = await house.get(MatchesQueries).ofCase(caseId);
      expect(await idsIn('reviewer', { view: 'duplicates' })).toEqual([caseId]);
      const dispose = (reason: 'OTHER_EVENT' | 'SAME_EVENT') =>
        house.get(MatchesService).dispose(by(desk, 'reviewer'), { matchId: match?.id ?? '', reason });
      await dispose('OTHER_EVENT');
      expect(await idsIn('reviewer', { view: 'duplicates' })).toEqual([]);
      await dispose('SAME_EVENT');
      expect((await queue('reviewer', { view: 'duplicates' })).rows).toMatchObject([
        { id: caseId, risk: 'HIGH' },
      ]);
    });
  });

  describe('a lease', () => {
    const claim = (who: Staff, subjectId: string, key?: string) =>
      house.get(LeasesService).claim(by(desk, who, key), { subjectKind: 'grant', subjectId });

    it('is one person’s when ten take it together', async () => {
      const { caseId } = await paid();
      const staff: Staff[] = ['reviewer', 'other', 'third', 'supervisor', 'secretary', 'clerk'];
      const outcomes = await Promise.allSettled(
        Array.from({ length: 10 }, (_, i) => claim(staff[i % staff.length] ?? 'reviewer', caseId)),
      );
      const won = outcomes.filter(({ status }) => status === 'fulfilled');
      const [held] = await rows<{ account: string }>(
        'SELECT holder_account AS account FROM review_leases WHERE subject_id = ?',
        caseId,
      );
      const holder = staff.find((who) => desk.staff[who].accountId === held?.account);
      // Whoever has it may take it again; of the others none got it.
      const calls = Array.from({ length: 10 }, (_, i) => staff[i % staff.length]);
      expect(won).toHaveLength(calls.filter((who) => who === holder).length);
      for (const outcome of outcomes)
        if (outcome.status === 'rejected')
          expect(outcome.reason).toMatchObject({ code: 'REVIEW_LEASE_HELD' });
      expect(await rows('SELECT id FROM review_leases WHERE subject_id = ?', caseId)).toHaveLength(1);
    });

    it('is shown to the others, renewed by opening the page, given back, and over after ten minutes', async () => {
      const { caseId } = await paid();
      await claim('reviewer', caseId);
      expect((await queue('other')).rows).toMatchObject([{ id: caseId, lease: { maskedName: '周*兰' } }]);
      house.clock.advance({ minutes: 8 });
      const { actor } = by(desk, 'reviewer');
      await house.get(GrantReading).grant(actor, caseId, readFilter({}), null);
      house.clock.advance({ minutes: 8 });
      await expect(claim('other', caseId)).rejects.toMatchObject({ code: 'REVIEW_LEASE_HELD' });
      await house
        .get(LeasesService)
        .release(by(desk, 'reviewer'), { subjectKind: 'grant', subjectId: caseId });
      await claim('other', caseId);
      await expect(
        house.get(LeasesService).release(by(desk, 'reviewer'), { subjectKind: 'grant', subjectId: caseId }),
      ).rejects.toMatchObject({ code: 'REVIEW_LEASE_NOT_HELD' });
      house.clock.advance({ minutes: 10 });
      await claim('third', caseId);
    });

    it('keeps others from deciding while it holds, and ends with the decision', async () => {
      const made = await paid();
      await claim('reviewer', made.caseId);
      await expect(find('other', made)).rejects.toMatchObject({ code: 'REVIEW_LEASE_HELD' });
      expect(await rows('SELECT id FROM grant_findings WHERE scope_id = ?', desk.federationId)).toEqual([]);
      await find('reviewer', made);
      expect(await house.get(DeskQueries).lease(made.caseId, house.clock.now())).toBeNull();
      const free = await paid();
      await find('other', free);
    });

    it('is for what is at this desk: another federation’s case is not found', async () => {
      const other = await givenDesk(house);
      const { caseId } = await givenCase(other.village, { at: 'PAID' });
      await expect(claim('reviewer', caseId)).rejects.toMatchObject({ code: 'REVIEW_SUBJECT_NOT_FOUND' });
      await expect(find('reviewer', { caseId })).rejects.toMatchObject({ code: 'REVIEW_SUBJECT_NOT_FOUND' });
      const { actor } = by(desk, 'reviewer');
      await expect(house.get(GrantReading).grant(actor, caseId, readFilter({}), null)).rejects.toMatchObject({
        code: 'REVIEW_SUBJECT_NOT_FOUND',
      });
      await expect(claim('reviewer', randomUUID())).rejects.toMatchObject({
        code: 'REVIEW_SUBJECT_NOT_FOUND',
      });
    });
  });

  describe('a finding', () => {
    it('of a small grant counts by itself, and takes it off the desk', async () => {
      const made = await paid();
      expect(await find('reviewer', made)).toMatchObject({ outcome: 'IN_ORDER', findings: 1, needed: 1 });
      expect(await idsIn('other', { view: 'all' })).toEqual([]);
      await expect(find('other', made)).rejects.toMatchObject({ code: 'NOTHING_TO_REVIEW' });
    });

    it('of 2,000 yuan wants a second who says the same, and not the same person', async () => {
      const made = await paid(200_000);
      expect(await find('reviewer', made)).toMatchObject({ outcome: null, needed: 2 });
      await expect(find('reviewer', made)).rejects.toMatchObject({ code: 'REVIEWED_ALREADY' });
      expect(await idsIn('reviewer')).toEqual([]);
      expect((await queue('other')).rows).toMatchObject([
        { id: made.caseId, state: 'SECOND', firstReviewer: '周*兰' },
      ]);
      expect(await find('other', made, 'IN_ORDER', { reason: 'CALLED_BACK' })).toMatchObject({
        outcome: 'IN_ORDER',
      });
      expect(await idsIn('third', { view: 'all' })).toEqual([]);
    });

    it('that differs leaves it open: a third who joins one of the two decides', async () => {
      const made = await paid(200_000);
      await find('reviewer', made, 'IN_ORDER');
      expect(await find('other', made, 'REVOKE')).toMatchObject({ outcome: null, findings: 2 });
      expect((await queue('third')).rows).toMatchObject([{ state: 'SPLIT' }]);
      expect(await find('third', made, 'REVOKE')).toMatchObject({ outcome: 'REVOKE', findings: 3 });
      expect(await openDuties(desk.village.societyId, 'REVOKE_GRANT')).toHaveLength(1);
    });

    it('of the supervisor is for what is split, and decides it alone', async () => {
      const made = await paid(200_000);
      await expect(find('supervisor', made)).rejects.toMatchObject({ code: 'ONLY_SPLIT_REVIEWS' });
      await find('reviewer', made, 'IN_ORDER');
      expect(await idsIn('supervisor')).toEqual([]);
      await find('other', made, 'RECTIFY');
      expect(await idsIn('supervisor')).toEqual([made.caseId]);
      expect(await find('supervisor', made, 'IN_ORDER')).toMatchObject({ outcome: 'IN_ORDER' });
    });

    it('is one of ten at once: two of a small grant are never written', async () => {
      const small = await paid();
      const big = await paid(200_000);
      const staff: Staff[] = ['reviewer', 'other', 'third'];
      const race = (made: GivenCase) =>
        Promise.allSettled(Array.from({ length: 10 }, (_, i) => find(staff[i % 3] ?? 'reviewer', made)));
      const wonIn = async (made: GivenCase) =>
        (await race(made)).filter(({ status }) => status === 'fulfilled').length;
      expect(await wonIn(small)).toBe(1);
      expect(await wonIn(big)).toBe(2);
      expect(await rows('SELECT id FROM grant_outcomes WHERE scope_id = ?', desk.federationId)).toHaveLength(
        2,
      );
    });

    it('asked twice under one key is found once', async () => {
      const made = await paid();
      const first = await find('reviewer', made, 'IN_ORDER', { key: 'same-key-01' });
      expect(await find('reviewer', made, 'IN_ORDER', { key: 'same-key-01' })).toEqual(first);
      expect(await rows('SELECT id FROM grant_findings WHERE scope_id = ?', desk.federationId)).toHaveLength(
        1,
      );
    });

    it.each`
      kindOf        | reason           | days    | code                           | because
      ${'IN_ORDER'} | ${'FALSE_FACTS'} | ${null} | ${'REASON_OF_ANOTHER_FINDING'} | ${'a reason belongs to its finding'}
      ${'RECTIFY'}  | ${'PAPERS'}      | ${null} | ${'BAD_RECTIFY_DAY'}           | ${'without a day nobody owes it'}
      ${'RECTIFY'}  | ${'PAPERS'}      | ${0}    | ${'BAD_RECTIFY_DAY'}           | ${'today is over before it can be done'}
      ${'RECTIFY'}  | ${'PAPERS'}      | ${31}   | ${'BAD_RECTIFY_DAY'}           | ${'thirty days at most'}
      ${'REVOKE'}   | ${'FALSE_FACTS'} | ${3}    | ${'BAD_RECTIFY_DAY'}           | ${'the board has its own days'}
    `('$kindOf $reason $days: $code, $because', async ({ kindOf, reason, days, code }: Refused) => {
      const made = await paid();
      const dueOn = days === null ? null : addDays(today(), days);
      await expect(find('reviewer', made, kindOf, { reason, dueOn })).rejects.toMatchObject({ code });
      expect(await rows('SELECT id FROM grant_findings WHERE scope_id = ?', desk.federationId)).toEqual([]);
    });
    type Refused = { kindOf: FindingKind; reason: FindingReason; days: number | null; code: string };

    it('is not the secretary’s, nor of whoever is the applicant or kin by the federation’s register', async () => {
      const number = idNumber();
      const made = await givenCase(desk.village, {
        at: 'PAID',
        applicant: { name: '自己人', idNumber: number },
      });
      await expect(find('secretary', made)).rejects.toMatchObject({ code: 'NOT_A_REVIEWER' });
      const { personId: kinId } = await house.get(PeopleService).addPerson(by(desk, 'secretary'), {
        name: '自己人',
        group: '县里',
        residence: 'HUKOU',
        idNumber: number,
      });
      await house.get(PeopleService).declareKin(by(desk, 'secretary'), {
        personId: desk.staff.reviewer.personId,
        relativeId: kinId,
        relation: 'COLLATERAL_3',
      });
      await expect(find('reviewer', made)).rejects.toMatchObject({ code: 'REVIEWER_TIED' });
      await find('other', made);
    });

    it('is sealed in its own words, and stands in the trail without them', async () => {
      const made = await paid();
      await find('reviewer', made, 'RECTIFY', { words: '收条上的名字涂改过' });
      const kept = await rows<Record<string, unknown>>(
        'SELECT * FROM grant_findings WHERE case_id = ?',
        made.caseId,
      );
      const trail = await rows<Record<string, unknown>>(
        'SELECT * FROM audit_acts WHERE subject_id = ?',
        made.caseId,
      );
      expect(JSON.stringify([kept, trail])).not.toContain('涂改过');
      expect(JSON.stringify(trail)).toContain('总会审核：限期整改');
    });
  });

  describe('what a society is asked', () => {
    const answer = (rectificationId: string, village = desk.village, withPhoto: Buffer | null = null) =>
      house.get(RectificationsService).answer(as(village, 'secretary'), {
        rectificationId,
        words: '收条重新拍了',
        photo: withPhoto,
      });

    it('is a duty of its secretary until the day; the answer settles it and brings the row back', async () => {
      const made = await paid();
      await find('reviewer', made, 'RECTIFY');
      const [duty] = await openDuties(desk.village.societyId, 'RECTIFY');
      expect(duty).toMatchObject({ ownerRole: 'secretary', threadId: made.caseId });
      expect(dayOf(new Date((duty?.dueAt.getTime() ?? 0) - 1)) >= addDays(today(), 10)).toBe(true);
      expect(await idsIn('other', { view: 'all' })).toEqual([]);

      house.clock.advance({ days: 2 });
      const id = await outcomeOf(made);
      await answer(id, desk.village, await photo());
      expect(await openDuties(desk.village.societyId, 'RECTIFY')).toEqual([]);
      await expect(answer(id)).rejects.toMatchObject({ code: 'RECTIFICATION_ANSWERED' });
      expect((await queue('reviewer')).rows).toMatchObject([{ id: made.caseId, state: 'RECHECK' }]);
      expect(await idsIn('reviewer', { state: 'RECHECK' })).toEqual([made.caseId]);

      await find('reviewer', made, 'IN_ORDER', { reason: 'EXPLAINED' });
      expect(await idsIn('reviewer', { view: 'all' })).toEqual([]);
    });

    it('may be asked once more', async () => {
      const made = await paid();
      await find('reviewer', made, 'RECTIFY');
      await answer(await outcomeOf(made));
      await find('other', made, 'RECTIFY', { reason: 'RECORDS' });
      expect(await openDuties(desk.village.societyId, 'RECTIFY')).toHaveLength(1);
      await answer(await outcomeOf(made));
      await find('reviewer', made);
    });

    it('is nobody else’s to answer: another society finds nothing', async () => {
      const made = await paid();
      await find('reviewer', made, 'RECTIFY');
      await expect(answer(await outcomeOf(made), desk.far)).rejects.toMatchObject({
        code: 'RECTIFICATION_NOT_FOUND',
      });
      const fine = await paid();
      await find('reviewer', fine);
      await expect(answer(await outcomeOf(fine))).rejects.toMatchObject({ code: 'RECTIFICATION_NOT_FOUND' });
    });

    it('to revoke is answered by the revocation itself, and the row is gone', async () => {
      const made = await paid();
      await find('reviewer', made, 'REVOKE');
      expect(await openDuties(desk.village.societyId, 'REVOKE_GRANT')).toHaveLength(1);
      const { roundId } = await house.get(RevocationsService).askRevocation(as(desk.village, 'secretary'), {
        ...{ caseId: made.caseId, reason: 'FALSE_FACTS', hearing: 'HEARD', findings: null, recusals: [] },
      });
      await house.get(RoundsService).recordShowOfHands(as(desk.village, 'secretary'), {
        ...{ roundId, presiderId: desk.village.at.chair.personId, place: null },
        ...{ hands: handsOf(desk.village, 'yes'), sheet: await photo() },
      });
      expect(await openDuties(desk.village.societyId, 'REVOKE_GRANT', 'RECTIFY')).toEqual([]);
      expect(await idsIn('reviewer', { view: 'all' })).toEqual([]);
    });

    it('to revoke may be answered by why the board did not', async () => {
      const made = await paid();
      await find('reviewer', made, 'REVOKE');
      await answer(await outcomeOf(made));
      expect((await queue('reviewer')).rows).toMatchObject([{ id: made.caseId, state: 'RECHECK' }]);
    });

    it('leaves the desk when the grant is revoked before anybody looked', async () => {
      const made = await paid();
      const { roundId } = await house.get(RevocationsService).askRevocation(as(desk.village, 'secretary'), {
        ...{ caseId: made.caseId, reason: 'FALSE_FACTS', hearing: 'HEARD', findings: null, recusals: [] },
      });
      await house.get(RoundsService).recordShowOfHands(as(desk.village, 'secretary'), {
        ...{ roundId, presiderId: desk.village.at.chair.personId, place: null },
        ...{ hands: handsOf(desk.village, 'yes'), sheet: await photo() },
      });
      await expect(find('reviewer', made)).rejects.toMatchObject({ code: 'NOTHING_TO_REVIEW' });
      expect(await idsIn('reviewer', { view: 'all' })).toEqual([]);
    });
  });

  describe('saved views', () => {
    const save = (name: string, who: Staff = 'reviewer') =>
      house.get(SavedViewsService).save(by(desk, who), name, readFilter({ view: 'high', cause: 'FIRE' }));

    it('are named addresses of one account, twenty of them at most, and go when they are removed', async () => {
      for (let i = 1; i <= 20; i++) await save(`视图${i}`);
      await expect(save('再一个')).rejects.toMatchObject({ code: 'TOO_MANY_VIEWS' });
      const views = await house.get(SavedViewsService).list(by(desk, 'reviewer').actor);
      expect(views).toHaveLength(20);
      expect(views[0]).toMatchObject({ name: '视图1', query: 'view=high&cause=FIRE' });
      expect(await house.get(SavedViewsService).list(by(desk, 'other').actor)).toEqual([]);
      const id = views[4]?.id ?? '';
      await expect(house.get(SavedViewsService).remove(by(desk, 'other'), id)).rejects.toMatchObject({
        code: 'VIEW_NOT_FOUND',
      });
      await house.get(SavedViewsService).remove(by(desk, 'reviewer'), id);
      await save('再一个');
      await expect(save('再一个')).rejects.toMatchObject({ code: 'VIEW_NAME_TAKEN' });
    });

    it('of ten saved at once are all there', async () => {
      await Promise.all(Array.from({ length: 10 }, (_, i) => save(`同时${i}`)));
      expect(await house.get(SavedViewsService).list(by(desk, 'reviewer').actor)).toHaveLength(10);
    });
  });

  it('is no desk of a society or a town union', async () => {
    for (const village of [desk.village, desk.town])
      await expect(house.get(DeskGround).askingOf(village.at.secretary)).rejects.toMatchObject({
        code: 'NO_REVIEW_DESK',
      });
  });

  it('asks for signs by their whole keys: a part of one would read the marks of the federation for every row', async () => {
    if (kind.name !== 'sqlite') return;
    const own = await givenHouse(kind); // EXPLAIN leaves a snapshot open on its connection
    const there = await givenDesk(own);
    const asking = await own.get(DeskGround).askingOf(by(there, 'reviewer').actor);
    const asked = sql`WITH RECURSIVE ${waitingGrants(asking)} SELECT ${countedGrants(asking)} FROM waiting w`;
    const values = asked.values.map((value) => (value instanceof Date ? value.toISOString() : value));
    const plan: { detail: string }[] = await own.dataSource.query(
      `EXPLAIN QUERY PLAN ${asked.texts.join('?')}`,
      values,
    );
    const steps = plan.map(({ detail }) => detail);
    expect(steps).toContain('SEARCH z USING INDEX ix_case_marks_found (scope_id=? AND mark=?)');
    expect(steps).toContain('SEARCH c USING INDEX ix_cases_state (society_id=? AND state=?)');
    expect(steps.filter((step) => /^SCAN (?!b\b)/.test(step))).toEqual([]);
    await own.close();
  });
});
