import { randomUUID } from 'node:crypto';
import { AccountsService } from '../../src/donations/index.js';
import { dayOf } from '../../src/kernel/day.js';
import { NoticesService } from '../../src/notices/index.js';
import { api, signedIn } from '../support/clients.js';
import { kindsOverHttp } from '../support/databases.js';
import type { FormVisitor } from '../support/form-visitor.js';
import { givenHouse } from '../support/house.js';
import type { House } from '../support/house.js';
import { canReadPapers, wordsOfPaper } from '../support/paper.js';
import { expectSound } from '../support/sound.js';
import { as, givenCase, givenVillage } from '../support/village.js';
import type { Village } from '../support/village.js';

const TEXTS = '/s/notices/texts';
const OWN = '公示期内有异议，请向【联系处】说，电话【电话】，不留姓名、匿名都行。';

describe.each(kindsOverHttp)('$name', (kind) => {
  let house: House;
  let village: Village;

  beforeAll(async () => {
    house = await givenHouse(kind);
    village = await givenVillage(house, { heldFen: 200_000 });
  });
  afterAll(() => expectSound(house));
  afterAll(() => house.close());

  const browser = (post: Parameters<typeof as>[1]): Promise<FormVisitor> =>
    signedIn(house, village.at[post].login);
  const typed = { text: OWN, validFrom: '2026-03-02' };

  describe('the texts of notices', () => {
    it('are tried on a notice before they hold, and nothing is kept of the trial', async () => {
      const secretary = await browser('secretary');
      const page = await secretary.get(`${TEXTS}/OBJECTION`);
      expect(page.body).toContain('怎样提异议');
      const sample = await secretary.post(`${TEXTS}/OBJECTION/sample`, typed);
      expect(sample.status).toBe(200);
      expect(sample.body).toContain('写在公示上是这样');
      expect(sample.body).toMatch(/公示期内有异议，请向[^【]+说，电话\d{4}-\d+，不留姓名、匿名都行。/);
      expect(sample.body).toContain(`${OWN}</textarea>`);
      expect((await secretary.get(TEXTS)).body).not.toContain('不留姓名');
    });

    it.each`
      text                                 | says                | because
      ${'请匿名反映异议，电话【电话】。'}  | ${'少了【联系处】'} | ${'whom to turn to is missing'}
      ${`${OWN}<script>alert(1)</script>`} | ${'数字、字母'}     | ${'markup'}
      ${`${OWN}{{constructor}}`}           | ${'数字、字母'}     | ${'a template'}
      ${''}                                | ${'请写一句话'}     | ${'nothing was written'}
    `('come back with what is wrong beside the field: $because', async ({ text, says }: Wrong) => {
      const secretary = await browser('secretary');
      for (const path of ['', '/sample']) {
        await secretary.get(`${TEXTS}/OBJECTION`);
        const again = await secretary.post(`${TEXTS}/OBJECTION${path}`, { ...typed, text });
        expect(again.status).toBe(422);
        expect(again.body).toContain(says);
        expect(again.body).not.toContain('<script>alert');
      }
    });
    type Wrong = { text: string; says: string };

    it('hold for the notices drafted after, with their draft on paper before anybody signs', async () => {
      const chair = await browser('chair');
      await chair.get(`${TEXTS}/OBJECTION`);
      const set = await chair.post(`${TEXTS}/OBJECTION`, typed);
      expect([set.status, set.location]).toEqual([303, TEXTS]);
      expect((await chair.get(TEXTS)).body).toContain('本单位的说法');

      const { noticeId } = await paid();
      const { body } = await chair.get(`/s/notices/${noticeId}`);
      expect(body).toContain('不留姓名、匿名都行。');
      expect(body).toContain(`href="/s/notices/${noticeId}/draft.pdf"`);
      const draft = await chair.get(`/s/notices/${noticeId}/draft.pdf`);
      expect([draft.status, draft.type]).toEqual([200, 'application/pdf']);
      if (canReadPapers) expect(wordsOfPaper(draft.bytes)).toMatch(/样稿·未签发.*不留姓名、匿名都行。/);

      const asked = { noticeId, plannedPostingOn: dayOf(house.clock.now()) };
      await house.get(NoticesService).sign(as(village, 'chair'), asked);
      const gone = await chair.get(`/s/notices/${noticeId}/draft.pdf`);
      expect(gone.status).toBe(409);
      expect(gone.body).toContain('没有样稿了');
    });

    it('are taken back by a button', async () => {
      const chair = await browser('chair');
      const page = await chair.get(`${TEXTS}/OBJECTION`);
      expect(page.body).toContain('用回上一级的说法');
      const { status } = await chair.post(`${TEXTS}/OBJECTION`, { ...typed, takeBack: 'yes' });
      expect(status).toBe(303);
      expect((await chair.get(TEXTS)).body).not.toContain('不留姓名');
    });

    it('that do not exist are not found, whatever they are called', async () => {
      const chair = await browser('chair');
      for (const key of ['NOTHING', '__proto__', 'constructor', 'toString'])
        expect((await chair.get(`${TEXTS}/${key}`)).status).toBe(404);
    });

    it('are read and set by programs too', async () => {
      const program = await api(house, village.at.chair.login);
      const sent = { text: '欢迎大家监督。', validFrom: '2026-03-02' };
      const set = await program.post('/notices/texts/CLOSING', sent);
      expect([set.status, set.body]).toEqual([201, { key: 'CLOSING', version: 1, validFrom: '2026-03-02' }]);
      const { body } = await program.get('/notices/texts');
      expect(body).toMatchObject({
        items: expect.arrayContaining([expect.objectContaining({ key: 'CLOSING', isOwn: true })]) as unknown,
      });
      const wrong = await program.post('/notices/texts/CLOSING', { ...sent, text: 'Welcome' });
      expect([wrong.status, wrong.body]).toMatchObject([422, { code: 'NOTICE_TEXT_REFUSED' }]);
    });
  });

  /** A case that is paid: its notice waits for the chair. */
  const paid = async (): Promise<{ noticeId: string }> => {
    await givenCase(village, { at: 'PAID' });
    const rows: { id: string }[] = await house.dataSource.query(
      `SELECT id FROM notices WHERE society_id = ? AND state = 'DRAFT' AND kind = 'GRANT_POST' ORDER BY created_at DESC, id DESC`,
      [village.societyId],
    );
    return { noticeId: rows[0]?.id ?? '' };
  };

  it('the draft of another society is not found', async () => {
    const { noticeId } = await paid();
    const other = await givenVillage(house, { heldFen: 0 });
    const stranger = await signedIn(house, other.at.chair.login);
    expect((await stranger.get(`/s/notices/${noticeId}/draft.pdf`)).status).toBe(404);
    expect((await stranger.get(`/s/notices/${randomUUID()}/draft.pdf`)).status).toBe(404);
  });

  describe('public accounts', () => {
    it('are refused beside the field while their time runs, and lead to their notice when it is over', async () => {
      const accountant = await browser('accountant');
      await accountant.get('/s/account-reports/new');
      const early = await accountant.post('/s/account-reports', { year: '2026', span: 'Q1' });
      expect(early.status).toBe(422);
      expect(early.body).toContain('2026年第一季度还没有过完');
      house.clock.moveTo('2026-04-01T01:00:00.000Z');
      const later = await browser('accountant');
      await house.get(AccountsService).askDue(house.clock.now());
      const list = await later.get('/s/account-reports');
      expect(list.body).toMatch(/2026年第一季度[\s\S]*没有公示/);
      expect((await later.get('/s')).body).toContain('2026年第一季度收支公示');
      const form = await later.get('/s/account-reports/new?year=2026&span=Q1');
      expect(form.body).toMatch(/value="2026"/);
      const drafted = await later.post('/s/account-reports', { year: '2026', span: 'Q1' });
      expect(drafted.status).toBe(303);
      const notice = await later.get(drafted.location);
      expect(notice.body).toContain('关于2026年第一季度');
      expect(notice.body).toContain('管理费用');
      expect((await later.get('/s/account-reports')).body).toContain('待签发');
    });

    it('are drafted by programs too, and another society sees none of them', async () => {
      const program = await api(house, village.at.secretary.login);
      const drafted = await program.post('/account-reports', { year: 2026, span: 'Q1' });
      expect(drafted.status).toBe(201);
      const { body } = await program.get('/account-reports');
      expect(body).toMatchObject({ items: [{ year: 2026, quarter: 1, fund: null, noticeState: 'DRAFT' }] });
      const other = await givenVillage(house, { heldFen: 0 });
      const stranger = await api(house, other.at.secretary.login);
      expect((await stranger.get('/account-reports')).body).toEqual({ items: [] });
      const early = await program.post('/account-reports', { year: 2026, span: 'YEAR' });
      expect([early.status, early.body]).toMatchObject([409, { code: 'ACCOUNTS_NOT_OVER' }]);
    });
  });
});
