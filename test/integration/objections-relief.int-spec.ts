import { randomUUID } from 'node:crypto';
import { DutiesQueries } from '../../src/duties/index.js';
import {
  IncidentsService,
  InquiriesService,
  NoticesQueries,
  NoticeSubjects,
  ObjectionsService,
  ReissuesService,
  StandingService,
} from '../../src/notices/index.js';
import type { Notice, NoticeKind } from '../../src/notices/index.js';
import { PeopleService } from '../../src/people/index.js';
import { kinds } from '../support/databases.js';
import { givenHouse } from '../support/house.js';
import type { House } from '../support/house.js';
import { CORRECTED, REDECIDED, REJECTED } from '../support/objections.js';
import * as road from '../support/relief.js';
import type { GivenRelief, ReliefGround, ReliefStop, Seat } from '../support/relief.js';
import { staysSound } from '../support/sound.js';

const { by, noticeOf, stateOf } = road;

/** What becomes of relief when somebody objects to what a fund published of it, by the real way of an objection. */
describe.each(kinds)('$name', (kind) => {
  let house: House;
  let ground: ReliefGround;

  beforeAll(async () => {
    house = await givenHouse(kind);
    ground = await road.givenReliefGround(house, { heldFen: 500_000_000 });
  });
  staysSound(() => house);
  afterAll(() => house.close());

  const said = { words: '有人说他家有两辆车', name: null, phone: null };
  const raise = async ({ id }: Pick<Notice, 'id'>) => {
    const { issue } = await house.get(NoticesQueries).notice(ground.federationId, id);
    const asked = { code: issue?.code ?? '', ground: 'UNTRUE', said } as const;
    return house
      .get(ObjectionsService)
      .raise({ key: `raise-${randomUUID()}`, origin: 'web', address: randomUUID() }, asked);
  };
  /** So little that one reviewer is enough: the other one is outside. */
  const given = (at: ReliefStop) => road.givenRelief(ground, { at, totalFen: 1_000_000, reimbursed: {} });
  const decide = async (objectionId: string, finding: typeof REJECTED) => {
    const other = 'otherReviewer';
    const inquiries = house.get(InquiriesService);
    const inquirers = [ground.at.accountant.personId, ground.at[other].personId];
    await inquiries.assign(by(ground, 'supervisor'), { objectionId, inquirers, together: [] });
    await inquiries.propose(by(ground, 'accountant'), { objectionId, ...finding, note: '查过行驶证' });
    return inquiries.decide(by(ground, other), { objectionId, agrees: true, words: null });
  };
  const owed = async ({ reliefId }: GivenRelief) =>
    (await house.get(DutiesQueries).ofThread(reliefId))
      .filter(({ settledAt }) => settledAt === null)
      .map((duty) => duty.kind)
      .sort();
  const wordsOf = async ({ reliefId }: GivenRelief, noticeKind: NoticeKind, numberOnly = false) =>
    (
      await house
        .get(NoticeSubjects)
        .of('relief')
        .wordsNow?.(ground.federationId, reliefId, { kind: noticeKind, numberOnly })
    )?.words;

  it('waits while it is looked into, and goes on when nothing was in it', async () => {
    const made = await given('RUNNING');
    const { objectionId } = await raise(await noticeOf(ground, made, 'RELIEF_PRE'));
    expect(await stateOf(ground, made)).toBe('OBJECTION_HOLD');
    await road.refused(ground, 'RELIEF_NOT_IN_STATE', () => road.approve(ground, made));
    await decide(objectionId, REJECTED);
    expect(await stateOf(ground, made)).toBe('PRE_NOTICE');
    await road.endNotice(ground, made, 'RELIEF_PRE');
    await road.approve(ground, made);
  });

  it('D4-40 waits for a letter of the last day that was written down after the end, and is asked for once', async () => {
    const made = await given('NOTICED');
    const notice = await noticeOf(ground, made, 'RELIEF_PRE');
    house.clock.advance({ hours: 9 });
    const { objectionId, inTime } = await house.get(ObjectionsService).register(by(ground, 'secretary'), {
      ...{ noticeId: notice.id, how: 'PAPER', ground: 'UNTRUE', said, letter: null },
      receivedAt: new Date((notice.endsAt?.getTime() ?? Number.NaN) - 600_000),
    });
    expect([inTime, await stateOf(ground, made)]).toEqual([true, 'OBJECTION_HOLD']);
    await road.refused(ground, 'RELIEF_NOT_IN_STATE', () => road.approve(ground, made));
    await decide(objectionId, REJECTED);
    expect([await stateOf(ground, made), await owed(made)]).toEqual(['PRE_NOTICE', ['END_NOTICE']]);
    await road.endNotice(ground, made, 'RELIEF_PRE');
    expect(await owed(made)).toEqual(['APPROVE_RELIEF']);
    await road.approve(ground, made);
  });

  it('waits for the last of several objections', async () => {
    const made = await given('RUNNING');
    const notice = await noticeOf(ground, made, 'RELIEF_PRE');
    const [first, second] = [await raise(notice), await raise(notice)];
    await decide(first.objectionId, REJECTED);
    expect(await stateOf(ground, made)).toBe('OBJECTION_HOLD');
    await decide(second.objectionId, REJECTED);
    expect(await stateOf(ground, made)).toBe('PRE_NOTICE');
  });

  it('is voted on anew when one was right: corrected in public, and the new notice takes the place of the old', async () => {
    const made = await given('RUNNING');
    const old = await noticeOf(ground, made, 'RELIEF_PRE');
    const { objectionId } = await raise(old);
    await decide(objectionId, REDECIDED);
    expect(await stateOf(ground, made)).toBe('REVIEWED');
    const correction = await house.get(NoticesQueries).ofSubject('relief', made.reliefId, 'CORRECTION');
    expect(correction).toMatchObject({ state: 'DRAFT', words: { changes: [] } });
    expect(await owed(made)).toEqual(['OPEN_PANEL', 'POST_NOTICE', 'SIGN_NOTICE']);
    await road.openPanel(ground, made);
    await road.vote(ground, made, 'YYYYY');
    const again = await noticeOf(ground, made, 'RELIEF_PRE');
    expect(again).toMatchObject({ version: 2, state: 'DRAFT' });
    await road.sign(ground, made, 'RELIEF_PRE');
    expect(await house.get(NoticesQueries).relationsOf(old.id)).toMatchObject([{ noticeId: again.id }]);
  });

  it.each(['PAID', 'CLOSED'] as const)(
    'stays paid when an objection to its result is upheld, and the desk says how much comes back: %s',
    async (at) => {
      const made = await given(at);
      if (at === 'PAID') {
        await road.sign(ground, made, 'RELIEF_RESULT');
        await road.post(ground, made, 'RELIEF_RESULT');
      }
      const { objectionId } = await raise(await noticeOf(ground, made, 'RELIEF_RESULT'));
      expect(await stateOf(ground, made)).toBe(at);
      await decide(objectionId, REDECIDED);
      expect(await stateOf(ground, made)).toBe(at);
      expect(await owed(made)).toContain('DECIDE_ANEW');
      await road.demand(ground, made, { amountFen: 100_000 });
      expect(await owed(made)).not.toContain('DECIDE_ANEW');
      expect(await stateOf(ground, made)).toBe('REFUND_DUE');
    },
  );

  it.each(['PAID', 'CLOSED'] as const)('stays as it is where nothing is to come back: %s', async (at) => {
    const made = await given(at);
    if (at === 'PAID') {
      await road.sign(ground, made, 'RELIEF_RESULT');
      await road.post(ground, made, 'RELIEF_RESULT');
    }
    const { objectionId } = await raise(await noticeOf(ground, made, 'RELIEF_RESULT'));
    await decide(objectionId, REDECIDED);
    const asked = { objectionId, reason: 'RESULT_RIGHT' } as const;
    await house.get(StandingService).letStand(by(ground, 'supervisor'), asked);
    expect(await owed(made)).not.toContain('DECIDE_ANEW');
    expect(await stateOf(ground, made)).toBe(at);
  });

  it('is handed in anew after an objection to its refusal was upheld', async () => {
    const made = await given('REJECTED');
    await road.sign(ground, made, 'REJECTION');
    await road.post(ground, made, 'REJECTION');
    const { objectionId } = await raise(await noticeOf(ground, made, 'REJECTION'));
    await decide(objectionId, REDECIDED);
    expect(await owed(made)).toContain('DECIDE_ANEW');
    await road.submit(ground, { personId: made.personId });
    expect(await owed(made)).not.toContain('DECIDE_ANEW');
  });

  const takeDown = ({ id: noticeId }: Pick<Notice, 'id'>) =>
    house.get(IncidentsService).suspend(by(ground, 'secretary'), {
      ...{ noticeId, kind: 'ADDRESS', way: 'OWN_CHECK', noticedAt: house.clock.now() },
    });
  const reissue = (noticeId: string) =>
    house.get(ReissuesService).reissue(by(ground, 'clerk'), { noticeId, numberOnly: true });

  it('is approved once, when the notice in the place of one that had ended is over too', async () => {
    const made = await given('RUNNING');
    const old = await noticeOf(ground, made, 'RELIEF_PRE');
    await road.endNotice(ground, made, 'RELIEF_PRE');
    expect(await owed(made)).toEqual(['APPROVE_RELIEF']);
    await takeDown(old);
    await reissue(old.id);
    await road.refused(ground, 'NOTICE_STILL_RUNS', () => road.approve(ground, made));
    await road.sign(ground, made, 'RELIEF_PRE');
    await road.post(ground, made, 'RELIEF_PRE');
    expect(await owed(made)).not.toContain('APPROVE_RELIEF');
    const { objectionId } = await raise(await noticeOf(ground, made, 'RELIEF_PRE'));
    await decide(objectionId, REJECTED);
    expect(await owed(made)).not.toContain('APPROVE_RELIEF');
    await road.refused(ground, 'NOTICE_STILL_RUNS', () => road.approve(ground, made));
    await road.endNotice(ground, made, 'RELIEF_PRE');
    expect(await owed(made)).toContain('APPROVE_RELIEF');
    await road.approve(ground, made);
  });

  it('is not published anew when its vote was undone, and so nothing waits in the way of the next vote', async () => {
    const made = await given('RUNNING');
    const old = await noticeOf(ground, made, 'RELIEF_PRE');
    const { objectionId } = await raise(old);
    await takeDown(old);
    await decide(objectionId, REDECIDED);
    const undone = { code: 'NOTICE_CANNOT_REISSUE', details: { why: 'undone' } };
    await expect(reissue(old.id)).rejects.toMatchObject(undone);
    await road.openPanel(ground, made);
    await road.vote(ground, made, 'YYYYY');
    expect(await noticeOf(ground, made, 'RELIEF_PRE')).toMatchObject({ version: 2, state: 'DRAFT' });
  });

  it('owes nothing for the result hung anew once the bank has sent the money back', async () => {
    const made = await given('PAID');
    await road.sign(ground, made, 'RELIEF_RESULT');
    await road.post(ground, made, 'RELIEF_RESULT');
    const old = await noticeOf(ground, made, 'RELIEF_RESULT');
    await takeDown(old);
    const { noticeId } = await reissue(old.id);
    const [order] = await road.ordersOf(ground, made);
    await road.bankReturns(ground, order?.orderId ?? '');
    expect(await house.get(NoticesQueries).notice(ground.federationId, noticeId)).toMatchObject({
      state: 'DISCARDED',
    });
    const left = (await house.get(DutiesQueries).open(ground.federationId)).filter(
      ({ subjectId }) => subjectId === noticeId,
    );
    expect(left).toEqual([]);
  });

  it('stays held where a slip of the pen is found that the register does not know of', async () => {
    const made = await given('RUNNING');
    const { objectionId } = await raise(await noticeOf(ground, made, 'RELIEF_PRE'));
    await expect(decide(objectionId, CORRECTED)).rejects.toMatchObject({ kind: 'invalid' });
    expect(await stateOf(ground, made)).toBe('OBJECTION_HOLD');
  });

  it('would say today word for word what was signed, where nothing has changed', async () => {
    const made = await given('PAID');
    for (const each of ['RELIEF_PRE', 'RELIEF_RESULT'] as const) {
      const { words } = await noticeOf(ground, made, each);
      expect(await wordsOf(made, each)).toMatchObject(words);
    }
  });

  it('D4-33 would name nobody who took the consent back, nor where it is asked so', async () => {
    const made = await given('RUNNING');
    const quiet = { publishMode: 'NUMBER_ONLY', person: '', group: '' };
    expect(await wordsOf(made, 'RELIEF_PRE')).toMatchObject({ publishMode: 'MASKED_NAME' });
    expect(await wordsOf(made, 'RELIEF_PRE', true)).toMatchObject(quiet);
    const { personId } = made;
    await house.get(PeopleService).giveConsents(by(ground.home, 'clerk'), {
      ...{ personId, answers: { PUBLISH: false }, how: 'PAPER' },
    });
    expect(await wordsOf(made, 'RELIEF_PRE')).toMatchObject(quiet);
  });

  it('is looked into by nobody who had a hand in it', async () => {
    const made = await given('PAID');
    const subject = house.get(NoticeSubjects).of('relief');
    const faultOf = (seat: Seat) =>
      subject.mayInquire?.(ground.federationId, made.reliefId, ground.at[seat].personId);
    for (const seat of ['clerk', 'reviewer', 'third', 'secretary', 'chair', 'cashier'] as const)
      expect([seat, await faultOf(seat)]).toEqual([seat, expect.stringMatching(/不能查/)]);
    for (const seat of ['accountant', 'supervisor'] as const)
      expect([seat, await faultOf(seat)]).toEqual([seat, null]);
  });
});
