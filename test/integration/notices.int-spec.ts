import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { AuditQueries } from '../../src/audit/index.js';
import { DutiesQueries, DutiesService } from '../../src/duties/index.js';
import { day } from '../../src/kernel/day.js';
import { NOTICE_KINDS, NoticePapers } from '../../src/notices/index.js';
import type { Notice, NoticeWords, Worded } from '../../src/notices/index.js';
import { NoticeIssuing } from '../../src/notices/notice-issuing.js';
import { hashOf, sha256 } from '../../src/platform/crypto/hash.js';
import { kinds } from '../support/databases.js';
import {
  AUTHOR,
  chairOf,
  givenDraft,
  givenNotice,
  givenWall,
  photo,
  post,
  secretaryOf,
  sign,
  WORDED,
  wordsOf,
} from '../support/notices.js';
import type { Wall } from '../support/notices.js';

type Slip = { words: Partial<NoticeWords<'GRANT_POST'>>; found: string; from: number; to: number };

describe.each(kinds)('$name', (kind) => {
  let wall: Wall;
  let societyId: string;

  beforeAll(async () => (wall = await givenWall(kind)));
  afterAll(async () => {
    expect(await wall.verifier.check()).toEqual([]);
    await wall.close();
  });
  beforeEach(() => (societyId = randomUUID()));

  const noticeOf = (noticeId: string) => wall.queries.notice(societyId, noticeId);
  const draft = (words: Partial<NoticeWords<'GRANT_POST'>> = {}, subjectId?: string) =>
    givenDraft(wall, societyId, words, subjectId);
  const open = () => wall.get(DutiesQueries).open(societyId);
  const redraft = (noticeId: string, words: NoticeWords<'GRANT_POST'>) =>
    wall.transactions.run((tx) => wall.notices.redraft(tx, { noticeId, kind: 'GRANT_POST', words }));
  const discard = (subjectId: string) =>
    wall.transactions.run((tx) =>
      wall.notices.discardDraft(tx, { kind: 'GRANT_POST', subjectKind: 'case', subjectId }),
    );
  const unchanged = async (noticeId: string, act: () => Promise<unknown>): Promise<void> => {
    const before = await noticeOf(noticeId);
    await act();
    expect(await noticeOf(noticeId)).toEqual(before);
  };
  const signedNotice = async (words: Partial<NoticeWords<'GRANT_POST'>> = {}): Promise<Notice> => {
    const noticeId = await draft(words);
    await sign(wall, societyId, noticeId);
    return noticeOf(noticeId);
  };

  describe('a draft', () => {
    it('is one for one thing', async () => {
      const subjectId = randomUUID();
      await draft({}, subjectId);
      await expect(draft({}, subjectId)).rejects.toMatchObject({ code: 'NOTICE_ALREADY_DRAFTED' });
    });

    it('of ten at once is one', async () => {
      const subjectId = randomUUID();
      const outcomes = await Promise.allSettled(Array.from({ length: 10 }, () => draft({}, subjectId)));
      expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      for (const outcome of outcomes)
        if (outcome.status === 'rejected')
          expect(outcome.reason).toMatchObject({ code: 'NOTICE_ALREADY_DRAFTED' });
      expect(await wall.queries.allOfSubject('case', subjectId)).toHaveLength(1);
    });

    it('about a thing that was published is its next version, and each kind counts its own', async () => {
      const subjectId = randomUUID();
      const first = await draft({}, subjectId);
      await sign(wall, societyId, first);
      const second = await draft({}, subjectId);
      const taken = await givenNotice(wall, societyId, WORDED.REVOCATION, subjectId);
      const all = await wall.queries.allOfSubject('case', subjectId);
      expect(all.map(({ id, kind, version }) => [id, kind, version])).toEqual([
        [taken, 'REVOCATION', 1],
        [second, 'GRANT_POST', 2],
        [first, 'GRANT_POST', 1],
      ]);
      expect((await wall.queries.ofSubject('case', subjectId))?.id).toBe(taken);
      expect((await wall.queries.ofSubject('case', subjectId, 'GRANT_POST'))?.id).toBe(second);
      expect(await wall.queries.ofSubject('case', subjectId, 'REJECTION')).toBeNull();
      await sign(wall, societyId, second);
      expect((await noticeOf(second)).issue?.content.version).toBe(2);
    });

    it('is taken back once by ten at once, keeps its row and no name, and is not to be signed', async () => {
      const subjectId = randomUUID();
      const noticeId = await draft({}, subjectId);
      const presses = Array.from({ length: 10 }, () => discard(subjectId));
      expect((await Promise.all(presses)).filter(Boolean)).toHaveLength(1);
      expect(await noticeOf(noticeId)).toMatchObject({ state: 'DISCARDED', issue: null });
      expect(await wall.queries.forbiddenSealed(noticeId)).toBeNull();
      expect(await wall.queries.ofSubject('case', subjectId)).toBeNull();
      await unchanged(noticeId, async () => {
        const elsewhere = { code: 'NOTICE_NOT_DRAFT' };
        await expect(sign(wall, societyId, noticeId)).rejects.toMatchObject(elsewhere);
        await expect(redraft(noticeId, wordsOf())).rejects.toMatchObject(elsewhere);
      });
      const next = await draft({}, subjectId);
      expect(await noticeOf(next)).toMatchObject({ version: 2, state: 'DRAFT' });
    });

    it('is not taken back once it is signed, nor where there is none', async () => {
      const { id, subjectId } = await signedNotice();
      await unchanged(id, async () => {
        expect(await discard(subjectId)).toBe(false);
      });
      expect(await discard(randomUUID())).toBe(false);
    });

    it('of one kind is not taken back with that of another', async () => {
      const subjectId = randomUUID();
      const noticeId = await givenNotice(wall, societyId, WORDED.REVOCATION, subjectId);
      await unchanged(noticeId, async () => {
        expect(await discard(subjectId)).toBe(false);
      });
    });

    it('D4-33 is worded anew when the consent is withdrawn: by number alone, and nothing else is kept', async () => {
      const noticeId = await draft();
      await redraft(noticeId, wordsOf({ publishMode: 'NUMBER_ONLY', forbidden: ['张老三', '张小四'] }));
      const { words } = await noticeOf(noticeId);
      expect(JSON.stringify(words)).not.toMatch(/张\*三|三组/);
      await redraft(
        noticeId,
        wordsOf({ publishMode: 'NUMBER_ONLY', basis: '对张小四给予救助', forbidden: ['张小四'] }),
      );
      await expect(sign(wall, societyId, noticeId)).rejects.toMatchObject({ code: 'NOTICE_NOT_CLEAN' });
      await redraft(noticeId, wordsOf({ publishMode: 'NUMBER_ONLY' }));
      await sign(wall, societyId, noticeId);
      expect(wall.asked.at(-1)).toEqual({ kind: 'GRANT_POST', printsName: false });
      expect(JSON.stringify((await noticeOf(noticeId)).issue?.content)).not.toMatch(/张\*三|三组/);
    });

    it('is not worded anew as another kind, nor after the signature', async () => {
      const noticeId = await draft();
      const as = (worded: Worded) =>
        wall.transactions.run((tx) => wall.notices.redraft(tx, { noticeId, ...worded }));
      await unchanged(noticeId, () =>
        expect(as(WORDED.REJECTION)).rejects.toMatchObject({ code: 'NOTICE_NOT_DRAFT' }),
      );
      await sign(wall, societyId, noticeId);
      await unchanged(noticeId, () =>
        expect(redraft(noticeId, wordsOf())).rejects.toMatchObject({ code: 'NOTICE_NOT_DRAFT' }),
      );
    });

    it('D4-33 worded anew while it is being signed is not signed as it was', async () => {
      const noticeId = await draft();
      const issuing = wall.get(NoticeIssuing);
      const print = issuing.print.bind(issuing);
      const slow = jest.spyOn(issuing, 'print').mockImplementationOnce(async (...asked) => {
        const paper = await print(...asked);
        await redraft(noticeId, wordsOf({ publishMode: 'NUMBER_ONLY' }));
        return paper;
      });
      await expect(sign(wall, societyId, noticeId)).rejects.toMatchObject({ code: 'NOTICE_JUST_MOVED' });
      slow.mockRestore();
      expect(await noticeOf(noticeId)).toMatchObject({ state: 'DRAFT', issue: null });
      expect((await sign(wall, societyId, noticeId)).number).toBe('柳溪救公〔2026〕1号');
      expect(JSON.stringify((await noticeOf(noticeId)).issue?.content)).not.toContain('张*三');
    });

    it('keeps the names it must not hold sealed, and the signature erases them', async () => {
      const noticeId = await draft();
      const kept = async () => JSON.stringify(await wall.dataSource.query('SELECT * FROM notices'));
      expect(await kept()).not.toContain('张老三');
      expect(await wall.queries.forbiddenSealed(noticeId)).not.toBeNull();
      await sign(wall, societyId, noticeId);
      expect(await wall.queries.forbiddenSealed(noticeId)).toBeNull();
    });

    it('of another society is not found', async () => {
      const noticeId = await draft();
      await expect(sign(wall, societyId, noticeId, chairOf(randomUUID()))).rejects.toMatchObject({
        kind: 'not-found',
      });
    });
  });

  describe('the signature', () => {
    it('numbers, freezes, keeps the paper and its hashes', async () => {
      const { issue, state, plannedPostingOn } = await signedNotice();
      expect(state).toBe('SIGNED');
      expect(plannedPostingOn).toBe('2026-03-09');
      expect(issue?.number).toBe('柳溪救公〔2026〕1号');
      expect(issue?.content).toMatchObject({
        period: '公示期：张贴次日起7日（计划3月10日至3月16日）。',
        signedOn: '2026年3月9日',
        verifyUrl: `https://huzhu.example/n/${issue?.code ?? ''}`,
      });
      expect(hashOf(issue?.content)).toBe(issue?.contentHash);
      const pdf = issue && (await wall.get(NoticePapers).findPdf(issue));
      expect(pdf && sha256(pdf)).toBe(issue?.pdfSha256);
    });

    it('D4-39 prints the same bytes again, should the kept file be lost', async () => {
      const { issue } = await signedNotice();
      const papers = wall.get(NoticePapers);
      const again = issue && (await papers.findPdf({ ...issue, pdfFileId: randomUUID() }));
      expect(again && sha256(again)).toBe(issue?.pdfSha256);
      expect(issue && (await papers.findPdf({ ...issue, pdfSha256: '0'.repeat(64) }))).toBeNull();
    });

    it.each(NOTICE_KINDS)('of a %s freezes what its subject is told', async (noticeKind) => {
      const noticeId = await givenNotice(wall, societyId, WORDED[noticeKind]);
      await sign(wall, societyId, noticeId);
      await post(wall, societyId, noticeId);
      const { issue, kind: kept } = await noticeOf(noticeId);
      expect([kept, issue?.content.kind]).toEqual([noticeKind, noticeKind]);
      expect(wall.told.at(-1)).toMatchObject({ noticeId, kind: noticeKind, state: 'RUNNING' });
      expect(JSON.stringify(issue?.content)).not.toMatch(/张老三|张小宝/);
    });

    it('settles the duty of its own, and leaves that of another notice about the same thing', async () => {
      const subjectId = randomUUID();
      const noticeId = await givenNotice(wall, societyId, WORDED.REVOCATION, subjectId);
      const rule = { unit: 'working-days', count: 3, from: wall.clock.now() } as const;
      const owed = { societyId, threadId: subjectId, rule, kind: 'SIGN_NOTICE', ownerRole: 'chair' } as const;
      await wall.transactions.run(async (tx) => {
        await wall.get(DutiesService).open(tx, { ...owed, subjectKind: 'case', subjectId });
        await wall.get(DutiesService).open(tx, { ...owed, subjectKind: 'notice', subjectId: noticeId });
      });
      await sign(wall, societyId, noticeId);
      expect(await open()).toMatchObject([{ kind: 'SIGN_NOTICE', subjectId }]);
    });

    it('settles what was owed for it, and stands on the road of its case', async () => {
      const subjectId = randomUUID();
      const noticeId = await draft({}, subjectId);
      const rule = { unit: 'working-days', count: 3, from: wall.clock.now() } as const;
      const owed = { societyId, subjectKind: 'case', subjectId, threadId: subjectId, rule };
      await wall.transactions.run((tx) =>
        wall.get(DutiesService).open(tx, { ...owed, kind: 'SIGN_NOTICE', ownerRole: 'chair' }),
      );
      await sign(wall, societyId, noticeId);
      expect(await open()).toEqual([]);
      const [row] = await wall.get(AuditQueries).thread(societyId, subjectId);
      expect(row).toMatchObject({ act: 'signNotice', words: '签发公示 柳溪救公〔2026〕1号' });
    });

    it('gives the same answer to the same key, and numbers once', async () => {
      const noticeId = await draft();
      const caller = chairOf(societyId);
      const first = await sign(wall, societyId, noticeId, caller);
      expect(await sign(wall, societyId, noticeId, caller)).toEqual(first);
      expect((await signedNotice()).issue?.number).toBe('柳溪救公〔2026〕2号');
    });

    it('of one notice by ten at once gives one number', async () => {
      const noticeId = await draft();
      const signs = Array.from({ length: 10 }, () => sign(wall, societyId, noticeId));
      const outcomes = await Promise.allSettled(signs);
      expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      for (const outcome of outcomes)
        if (outcome.status === 'rejected')
          expect((outcome.reason as { code: string }).code).toMatch(/^NOTICE_(JUST_MOVED|NOT_DRAFT)$/);
      expect((await signedNotice()).issue?.number).toBe('柳溪救公〔2026〕2号');
    });

    it('of twenty notices at once leaves no gap', async () => {
      const drafts = await Promise.all(Array.from({ length: 20 }, () => draft()));
      const signed = await Promise.all(drafts.map((noticeId) => sign(wall, societyId, noticeId)));
      const numbers = signed.map(({ number }) => Number(/〕(\d+)号/.exec(number)?.[1])).sort((a, b) => a - b);
      expect(numbers).toEqual(Array.from({ length: 20 }, (_, i) => i + 1));
      expect(await wall.verifier.check()).toEqual([]);
    });

    it('takes no number for a paper that cannot be printed', async () => {
      const noticeId = await draft({ issuer: '\u{E123}溪村互助社' });
      await unchanged(noticeId, () =>
        expect(sign(wall, societyId, noticeId)).rejects.toMatchObject({
          code: 'GLYPH_MISSING',
          details: { codePoint: 'U+E123', field: '署名' },
        }),
      );
      expect((await signedNotice()).issue?.number).toBe('柳溪救公〔2026〕1号');
    });

    it.each`
      words                                            | found          | from | to    | because
      ${{ objection: '请打身份证341702198503140010' }} | ${'ID_NUMBER'} | ${5} | ${23} | ${'18 digits'}
      ${{ objection: '请打13812345678' }}              | ${'PHONE'}     | ${2} | ${13} | ${'a phone that is not the public contact'}
      ${{ basis: '打到6217001234567890122' }}          | ${'CARD'}      | ${2} | ${21} | ${'a card'}
      ${{ basis: '因白血病住院' }}                     | ${'DISEASE'}   | ${1} | ${4}  | ${'an illness'}
      ${{ basis: '对张老三给予救助' }}                 | ${'FULL_NAME'} | ${1} | ${4}  | ${'the full name'}
    `('D4-29 is refused for $because, and points at it', async (row: Slip) => {
      const { words, found, from, to } = row;
      const noticeId = await draft(words);
      await unchanged(noticeId, () =>
        expect(sign(wall, societyId, noticeId)).rejects.toMatchObject({
          code: 'NOTICE_NOT_CLEAN',
          details: { hits: 1, kind: found, from, to },
        }),
      );
    });

    it('D4-33 names the case alone of whoever refused publication', async () => {
      const { issue, words } = await signedNotice({ publishMode: 'NUMBER_ONLY' });
      const pdf = issue && (await wall.get(NoticePapers).findPdf(issue));
      expect(JSON.stringify([issue?.content, words])).not.toMatch(/张\*三|三组/);
      expect(issue?.content).toMatchObject({ items: [{ subject: '案号2026-0012' }] });
      expect(pdf?.toString('latin1')).not.toContain(
        `<${Buffer.from('组', 'utf16le').swap16().toString('hex')}>`,
      );
    });

    it('D4-19 is not given by the author, the applicant, or anybody without the office', async () => {
      const noticeId = await draft();
      const signAs = (actor: Parameters<typeof chairOf>[0], roles: readonly string[], personId: string) => {
        const caller = chairOf(actor);
        return sign(wall, societyId, noticeId, {
          ...caller,
          actor: { ...caller.actor, roles, personId } as never,
        });
      };
      const applicant = randomUUID();
      wall.vetoes.set(applicant, '您是这笔救助的申请人，不能签发它的公示。');
      await unchanged(noticeId, async () => {
        const forbidden = { code: 'MAY_NOT_SIGN', kind: 'forbidden' };
        await expect(signAs(societyId, ['chair'], AUTHOR.personId)).rejects.toMatchObject(forbidden);
        await expect(signAs(societyId, ['secretary'], randomUUID())).rejects.toMatchObject(forbidden);
        await expect(signAs(societyId, ['chair'], applicant)).rejects.toThrow('您是这笔救助的申请人');
      });
      expect((await signAs(societyId, ['deputy'], randomUUID())).number).toBe('柳溪救公〔2026〕1号');
    });

    it.each(['2026-03-08', '2026-03-25'])('refuses a posting planned for %s', async (on) => {
      const noticeId = await draft();
      const asked = { noticeId, plannedPostingOn: day(on) };
      await unchanged(noticeId, () =>
        expect(wall.notices.sign(chairOf(societyId), asked)).rejects.toMatchObject({
          code: 'PLANNED_POSTING_WRONG',
        }),
      );
    });
  });

  describe('the posting', () => {
    it('with its photo begins the period the next day, and is told to the case', async () => {
      const { id } = await signedNotice();
      const answer = await post(wall, societyId, id);
      expect(answer).toEqual({ state: 'RUNNING', firstDay: '2026-03-10', lastDay: '2026-03-16' });
      expect(await open()).toMatchObject([{ kind: 'END_NOTICE', dueAt: new Date('2026-03-16T16:00:00Z') }]);
      expect(wall.told.at(-1)).toMatchObject({
        noticeId: id,
        state: 'RUNNING',
        number: '柳溪救公〔2026〕1号',
      });
      expect((await noticeOf(id)).photos).toHaveLength(1);
    });

    it('by ten at once is recorded once', async () => {
      const { id } = await signedNotice();
      const outcomes = await Promise.allSettled(Array.from({ length: 10 }, () => post(wall, societyId, id)));
      expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      expect((await noticeOf(id)).photos).toHaveLength(1);
    });

    it('is refused before the signature, in the future, and for a file that is no photo', async () => {
      const noticeId = await draft();
      await unchanged(noticeId, () =>
        expect(post(wall, societyId, noticeId)).rejects.toMatchObject({ code: 'NOTICE_NOT_TO_POST' }),
      );
      await sign(wall, societyId, noticeId);
      const posting = { noticeId, place: '村委会公示栏', photo: null };
      const at = (text: string) => new Date(`${text}+08:00`);
      const record = (more: { postedAt: Date; photo?: Buffer }) =>
        wall.notices.recordPosting(secretaryOf(societyId), { ...posting, ...more });
      await unchanged(noticeId, async () => {
        const wrong = { code: 'POSTING_TIME_WRONG' };
        await expect(record({ postedAt: at('2026-03-09T10:00:00') })).rejects.toMatchObject(wrong);
        await expect(record({ postedAt: at('2026-03-08T10:00:00') })).rejects.toMatchObject(wrong);
        const noPhoto = { postedAt: wall.clock.now(), photo: Buffer.from('<svg/>') };
        await expect(record(noPhoto)).rejects.toMatchObject({ code: 'FILE_REFUSED' });
      });
    });
  });
});

describe.each(kinds)('$name', (kind) => {
  let wall: Wall;
  const societyId = randomUUID();

  beforeEach(async () => (wall = await givenWall(kind)));
  afterEach(async () => {
    expect(await wall.verifier.check()).toEqual([]);
    await wall.close();
  });

  const noticeOf = (noticeId: string) => wall.queries.notice(societyId, noticeId);
  const open = () => wall.get(DutiesQueries).open(societyId);
  const posted = async (withPhoto = true, words: Partial<NoticeWords<'GRANT_POST'>> = {}) => {
    const noticeId = await givenDraft(wall, societyId, words);
    await sign(wall, societyId, noticeId);
    await post(wall, societyId, noticeId, withPhoto);
    return noticeId;
  };

  it('D4-28 without a photo does not run; the photo is owed, and starts the period on the day after it', async () => {
    const noticeId = await posted(false);
    expect(await noticeOf(noticeId)).toMatchObject({ state: 'POSTED', firstDay: null, endsAt: null });
    expect(await open()).toMatchObject([{ kind: 'POSTING_PHOTO', dueAt: new Date('2026-03-10T01:00:00Z') }]);

    wall.clock.advance({ days: 3 });
    expect(await wall.get(DutiesQueries).overdue(societyId, wall.clock.now())).toHaveLength(1);
    expect(await wall.notices.endDue(wall.clock.now())).toEqual({ ended: 0 });
    const answer = await wall.notices.addPostingPhoto(secretaryOf(societyId), {
      noticeId,
      photo: await photo(),
    });
    expect(answer).toEqual({ state: 'RUNNING', firstDay: '2026-03-13', lastDay: '2026-03-19' });
    expect(await open()).toMatchObject([{ kind: 'END_NOTICE', dueAt: new Date('2026-03-19T16:00:00Z') }]);
  });

  it('D4-28 a photo within 24 hours counts from the posting', async () => {
    const noticeId = await posted(false);
    wall.clock.advance({ hours: 23 });
    const answer = await wall.notices.addPostingPhoto(secretaryOf(societyId), {
      noticeId,
      photo: await photo(),
    });
    expect(answer).toEqual({ state: 'RUNNING', firstDay: '2026-03-10', lastDay: '2026-03-16' });
  });

  it('D4-26 posted on 13 February runs to 24 February, over the holidays', async () => {
    await wall.close();
    wall = await givenWall(kind, '2026-02-13T01:00:00.000Z');
    const noticeId = await posted();
    expect(await noticeOf(noticeId)).toMatchObject({
      firstDay: '2026-02-14',
      lastDay: '2026-02-24',
      endsAt: new Date('2026-02-24T16:00:00Z'),
      provisional: false,
    });
  });

  it('ends at 24:00 of its last day, once, and tells the case; then it is archived with a photo', async () => {
    const noticeId = await posted();
    wall.clock.moveTo('2026-03-16T15:59:59.999Z');
    expect(await wall.notices.endDue(wall.clock.now())).toEqual({ ended: 0 });
    wall.clock.moveTo('2026-03-16T16:00:00.000Z');
    const timers = await Promise.all([1, 2, 3].map(() => wall.notices.endDue(wall.clock.now())));
    expect(timers.reduce((sum, { ended }) => sum + ended, 0)).toBe(1);
    expect(wall.told.filter(({ state }) => state === 'ENDED')).toMatchObject([{ noticeId }]);
    expect(await open()).toEqual([]);

    const secretary = secretaryOf(societyId);
    const none = wall.notices.archive(secretary, { noticeId, endPhoto: null });
    await expect(none).rejects.toMatchObject({ code: 'NOTICE_PHOTO_NEEDED' });
    await wall.notices.archive(secretary, { noticeId, endPhoto: await photo() });
    expect(await noticeOf(noticeId)).toMatchObject({ state: 'ARCHIVED' });
  });

  it('takes further photos while it runs, and none afterwards', async () => {
    const noticeId = await posted();
    const add = async () =>
      wall.notices.addPostingPhoto(secretaryOf(societyId), { noticeId, photo: await photo() });
    expect(await add()).toEqual({ state: 'RUNNING', firstDay: '2026-03-10', lastDay: '2026-03-16' });
    wall.clock.moveTo('2026-03-17T00:00:00.000Z');
    await wall.notices.endDue(wall.clock.now());
    await expect(add()).rejects.toMatchObject({ code: 'NOTICE_TAKES_NO_PHOTO' });
  });

  it('D4-25 does not end by a calendar that nobody has published, and is counted again when it is', async () => {
    wall.clock.moveTo('2026-12-28T01:00:00.000Z');
    const noticeId = await posted(true, { noticeDays: 3 });
    expect(await noticeOf(noticeId)).toMatchObject({ lastDay: '2026-12-31', provisional: true });
    wall.clock.moveTo('2027-01-02T01:00:00.000Z');
    expect(await wall.notices.endDue(wall.clock.now())).toEqual({ ended: 0 });

    const listed = {
      '2026-12-31': '元旦',
      '2027-01-01': '元旦',
      '2027-02-06': '春节',
      '2027-05-01': '劳动节',
      '2027-10-01': '国庆',
    };
    const holidays = Object.entries(listed).map(
      ([on, name]) => ({ day: day(on), kind: 'holiday', name }) as const,
    );
    await wall.get(DutiesService).importHolidays(chairOf(societyId), 2027, holidays, '国务院办公厅');
    expect(await wall.notices.endDue(wall.clock.now())).toEqual({ ended: 0 });
    expect(await noticeOf(noticeId)).toMatchObject({ lastDay: '2027-01-04', provisional: false });
    wall.clock.moveTo('2027-01-04T16:00:00.000Z');
    expect(await wall.notices.endDue(wall.clock.now())).toEqual({ ended: 1 });
  });

  it('numbers each year from 1', async () => {
    const first = await givenDraft(wall, societyId);
    await sign(wall, societyId, first);
    wall.clock.moveTo('2027-01-05T01:00:00.000Z');
    const second = await givenDraft(wall, societyId);
    expect((await sign(wall, societyId, second)).number).toBe('柳溪救公〔2027〕1号');
  });

  it('leaves signed notices, postings and photos to nobody who would change them', async () => {
    await posted();
    for (const table of ['notice_issues', 'notice_postings', 'notice_photos'])
      for (const change of [`UPDATE ${table} SET id = 'x'`, `DELETE FROM ${table}`])
        await expect(
          wall.transactions.run((tx) => tx.change(Object.assign([change], { raw: [change] }))),
        ).rejects.toThrow('append-only');
  });
});

it('prints what the sample of the design says', () => {
  const pinned = JSON.parse(readFileSync('test/pinned/grant-post.json', 'utf8')) as { basis: string };
  expect(wordsOf().basis).toBe(pinned.basis);
});
