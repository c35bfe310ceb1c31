import { DonationListService, OpenBooksReading } from '../../src/donations/index.js';
import { MonthsRollup } from '../../src/ledger/index.js';
import { NoticesService } from '../../src/notices/index.js';
import { dayOf } from '../../src/kernel/day.js';
import { ApiClient, api, listening, signedIn } from '../support/clients.js';
import { kindsOverHttp } from '../support/databases.js';
import { give, givenDonor } from '../support/donations.js';
import { FormVisitor } from '../support/form-visitor.js';
import { givenHouse } from '../support/house.js';
import type { House } from '../support/house.js';
import { expectSound } from '../support/sound.js';
import { as, givenCase, givenVillage, photo } from '../support/village.js';
import type { Village } from '../support/village.js';

/** Planted: whoever reads them in public has found a leak. */
const HIDDEN = { donor: '顾藏名', applicant: '范长藏', phone: '13805660123' };
const LISTS = '/s/donations/lists';

describe.each(kindsOverHttp)('$name', (kind) => {
  let house: House;
  let village: Village;
  let stranger: FormVisitor;
  let here: string;

  beforeAll(async () => {
    house = await givenHouse(kind);
    stranger = new FormVisitor(house.app);
    village = await givenVillage(house, { heldFen: 100_000 });
    here = `/open/${village.boardCode}`;
    const agreed = await givenDonor(village, { name: '顾大江', publishesName: true, phone: HIDDEN.phone });
    const silent = await givenDonor(village, { name: HIDDEN.donor });
    await give(village, 50_000, { donorId: agreed, intentWords: `给${HIDDEN.applicant}` });
    await give(village, 20_000, { donorId: silent, intent: 'PURPOSE', purpose: '就学' });
    const applicant = { name: HIDDEN.applicant };
    await givenCase(village, { at: 'PAID', cause: 'FIRE', amountFen: 60_000, applicant });
  });
  afterAll(() => expectSound(house));
  afterAll(() => house.close());

  const purseCode = async (name: string): Promise<string> => {
    const wanted = { boardCode: village.boardCode, purseCode: null, year: null, after: null };
    const { purses } = await house.get(OpenBooksReading).read(wanted);
    return purses.find(({ restriction }) => restriction === name)?.code ?? '';
  };

  describe('the months of places', () => {
    it('are read by whoever passes by, place by place, down to the books of each society', async () => {
      await house.get(MonthsRollup).rollDue();
      const all = await stranger.get('/open/months');
      expect([all.status, all.body.includes('各地收支'), all.body.includes('2026 年每月')]).toEqual([
        200,
        true,
        true,
      ]);
      const { code, name } = await townOf(house, village);
      const town = await stranger.get(`/open/months?place=${code}`);
      for (const words of [
        `${name}各社收支`,
        '3 月',
        '1,700.00 元',
        '600.00 元',
        '1 笔',
        `/open/${village.boardCode}?year`,
      ])
        expect(town.body).toContain(words);
      const { status, body } = await new ApiClient(await listening(house), null).get(
        `/open-books/months?place=${code}&year=2026`,
      );
      expect([status, body]).toEqual([
        200,
        {
          place: expect.objectContaining({ code, name, level: 'TOWN' }) as unknown,
          year: 2026,
          months: [{ month: '2026-03', inFen: 170_000, outFen: 60_000, grants: 1 }],
          parts: [expect.objectContaining({ kind: 'ORGANISATION', code: village.boardCode }) as unknown],
        },
      ]);
    });

    it('of no place are not found, and of a year without books are empty', async () => {
      for (const place of ['99', '999999', "1' OR 1"])
        expect((await stranger.get(`/open/months?place=${encodeURIComponent(place)}`)).status).toBe(404);
      expect((await stranger.get('/open/months?year=2025')).body).toContain('这一年还没有记过账');
    });
  });

  describe('the open books', () => {
    it('are read by whoever passes by: figures, charts with their tables, and every line', async () => {
      const { status, body } = await stranger.get(here);
      expect(status).toBe(200);
      for (const words of [
        ...['收支公开', '今天更新（最近记账 2026年3月2日）', '现在结余', '1,100.00 元', '已留出', '还能用'],
        ...[
          '1,700.00',
          '600.00',
          '2026 年每月收支（元）',
          '2026 年用在哪些事上',
          '看每月的数字',
          '火灾 100%',
        ],
        ...[
          '顾大江 捐款',
          '爱心人士 捐款',
          '救助\u00a0· 火灾',
          '付 600.00',
          '收 500.00',
          '启动补助',
          '记-0001',
        ],
        ...[`href="/b/${village.boardCode}"`, `href="${here}.csv?year&#x3D;2026"`, `href="/open"`],
      ])
        expect(body).toContain(words);
      expect(body.match(/<svg class="chart"/g)).toHaveLength(1);
      expect(body.match(/<details>/g)).toHaveLength(2);
      expect(body).not.toMatch(/ style=|<style/);
    });

    it('name nobody who did not agree, on no page, in no file and in no answer', async () => {
      const program = new ApiClient(await listening(house), null);
      const purse = await purseCode('就学');
      const seen = [
        (await stranger.get('/open')).body,
        (await stranger.get(here)).body,
        (await stranger.get(`${here}?year=all`)).body,
        (await stranger.get(`${here}/${purse}`)).body,
        (await stranger.get(`${here}.csv?year=all`)).body,
        (await program.get(`/open-books/${village.boardCode}`)).text,
      ];
      for (const text of seen)
        for (const hidden of [...Object.values(HIDDEN), '顾*名', '范*藏', village.societyId])
          expect(text).not.toContain(hidden);
    });

    it('of a purse show what it has, and where nothing was spent, that', async () => {
      const { status, body } = await stranger.get(`${here}/${await purseCode('就学')}`);
      expect(status).toBe(200);
      for (const words of ['救急难池\u00a0· 就学', '200.00 元', '尚未支出', '爱心人士 捐款'])
        expect(body).toContain(words);
      for (const words of ['顾大江', '火灾', '启动补助']) expect(body).not.toContain(words);
    });

    it('of a year without anything are empty in words, and not in blanks', async () => {
      const { status, body } = await stranger.get(`${here}?year=2025`);
      expect([status, body.includes('尚未支出'), body.includes('没有收支')]).toEqual([200, true, true]);
      expect((await stranger.get(`${here}?year=now&after=x`)).status).toBe(200);
    });

    it('are a file for a table program: UTF-8 with a mark, a line each, and no formula', async () => {
      const other = await givenVillage(house, { heldFen: 0 });
      const sly = await givenDonor(other, { name: '=HYPERLINK("x","y")', publishesName: true });
      await give(other, 12_345, { donorId: sly });
      const { status, type, bytes, body } = await stranger.get(`/open/${other.boardCode}.csv?year=all`);
      expect([status, type]).toEqual([200, 'text/csv; charset=utf-8']);
      expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
      expect(body.replace('\uFEFF', '').split('\r\n')).toEqual([
        '日期,凭证,事项,用途,收入（元）,支出（元）',
        '2026-03-02,2026-记-0001,"\'=HYPERLINK(""x"",""y"") 捐款",救急难池,123.45,',
        '',
      ]);
      const page = await stranger.get(`/open/${other.boardCode}`);
      expect(page.body).toContain('=HYPERLINK(&quot;x&quot;,&quot;y&quot;) 捐款'.replaceAll('=', '&#x3D;'));
      const ofPurse = await stranger.get(`${here}.csv?year=2026&purse=${await purseCode('就学')}`);
      expect(ofPurse.body.trim().split('\r\n')).toHaveLength(2);
    });

    it('are an answer for programs, without a token', async () => {
      const program = new ApiClient(await listening(house), null);
      const { status, body } = await program.get(`/open-books/${village.boardCode}?year=all`);
      expect(status).toBe(200);
      expect(body).toMatchObject({
        ...{ boardCode: village.boardCode, year: null, next: null },
        figures: { incomeFen: 170_000, spendingFen: 60_000, balanceFen: 110_000, unclaimedFen: 0 },
        causes: [{ cause: '火灾', spentFen: 60_000, cases: 1 }],
        purses: [{ name: '救急难池' }, { name: '救急难池 · 就学', balanceFen: 20_000 }],
      });
      const [line] = body['lines'] as Record<string, unknown>[];
      expect(Object.keys(line ?? {}).sort()).toEqual([
        'amountFen',
        'day',
        'kind',
        'purse',
        'voucher',
        'words',
      ]);
      expect(await program.get('/open-books/AAAAAAAA')).toMatchObject({
        ...{ status: 404, code: 'OPEN_BOOKS_NOT_FOUND' },
      });
    });

    it('are not there for a code that nobody has: 404', async () => {
      for (const url of [
        ...[
          '/open/AAAAAAAA',
          '/open/AAAAAAAA.csv',
          '/open/x',
          `${here}/AAAAAAAA`,
          `${here}.csv?purse=AAAAAAAA`,
        ],
        `/open/${village.societyId}`,
      ])
        expect([url, (await stranger.get(url)).status]).toEqual([url, 404]);
    });

    it('are found in the index by name and by place, page by page', async () => {
      const all = await stranger.get('/open');
      expect([all.status, all.body.includes(`href="${here}"`)]).toEqual([200, true]);
      const none = await stranger.get(`/open?q=${encodeURIComponent('没有这个社%')}`);
      expect(none.body).toContain('没有找到');
      const [, code = ''] = /<option value="(\d+)"/.exec(all.body.slice(all.body.indexOf('<select'))) ?? [];
      const there = await stranger.get(`/open?place=${code}`);
      expect([there.status, /找到 [1-9]\d* 个/.test(there.body)]).toEqual([200, code !== '']);
      expect((await stranger.get('/open?place=990000')).body).toContain('找到 0 个');
      expect((await stranger.get(`/open?after=${village.boardCode}`)).body).not.toContain(`href="${here}"`);
    });

    it('are led to from the public board, and kept out of search engines', async () => {
      expect((await stranger.get(`/b/${village.boardCode}`)).body).toContain(`href="${here}"`);
      const reply = await house.app.inject({ url: here });
      expect(reply.headers['x-robots-tag']).toBe('noindex, noarchive');
    });
  });

  describe('a list of donors', () => {
    it('is drafted by the accountant, signed by the chair, and read by everybody', async () => {
      const accountant = await signedIn(house, village.at.accountant.login);
      const asked = await accountant.get(`${LISTS}/new`);
      for (const words of [
        '起草捐赠公示',
        '到今天（2026年3月2日）',
        '2 笔，合计 700.00 元',
        '没有还没公示的捐赠',
      ])
        expect(asked.body).toContain(words);
      const wrong = await accountant.post(LISTS, { span: 'LAST_QUARTER' });
      expect([wrong.status, wrong.body.includes('没有还没公示的捐赠')]).toEqual([422, true]);
      const drafted = await accountant.post(LISTS, { span: 'TODAY' });
      expect([drafted.status, drafted.location]).toEqual([303, expect.stringMatching(/^\/s\/notices\//)]);
      // The form as it stood: sent twice, it is one command.
      expect((await accountant.post(LISTS, { span: 'TODAY' })).location).toBe(drafted.location);

      const chair = await signedIn(house, village.at.chair.login);
      expect((await chair.get('/s')).body).toContain('捐赠公示\u00a0· 2 笔\u00a0· 700 元');
      const draft = await chair.get(drafted.location);
      for (const words of ['捐赠公示', '顾大江', '爱心人士', '柒佰元整', '签发公示'])
        expect(draft.body).toContain(words);
      const noticeId = drafted.location.replace('/s/notices/', '');
      const planned = { plannedPostingOn: dayOf(house.clock.now()) };
      expect((await accountant.post(`${drafted.location}/signature`, planned)).status).toBe(403);
      expect((await chair.post(`${drafted.location}/signature`, planned)).status).toBe(303);
      await house.get(NoticesService).recordPosting(as(village, 'secretary'), {
        ...{ noticeId, place: '村委会公示栏', postedAt: house.clock.now(), photo: await photo() },
      });
      const board = await stranger.get(`/b/${village.boardCode}`);
      const [, code = ''] = /href="\/n\/(\w{8})"/.exec(board.body) ?? [];
      expect(board.body).toContain('捐赠公示');
      const notice = await stranger.get(`/n/${code}`);
      for (const words of ['顾大江', '爱心人士', '500.00', '这张公示是真的'])
        expect(notice.body).toContain(words);
      expect(notice.body).not.toContain(HIDDEN.donor);
      const listed = await accountant.get(LISTS);
      for (const words of ['公示中', '2 笔，合计 700.00 元', '收到的捐赠都已经列进公示'])
        expect(listed.body).toContain(words);
      expect(listed.body).not.toContain('撤回');
    });

    it('is taken back after asking, and not by whoever only reads', async () => {
      await give(village, 3_000);
      const { listId } = await house
        .get(DonationListService)
        .draftList(as(village, 'secretary'), { span: 'TODAY' });
      const secretary = await signedIn(house, village.at.secretary.login);
      const chair = await signedIn(house, village.at.chair.login);
      const readOnly = await chair.get(`${LISTS}?withdraw=${listId}`);
      expect([readOnly.status, readOnly.body.includes('撤回这张草稿')]).toEqual([200, false]);
      expect((await chair.post(`${LISTS}/${listId}/withdrawal`, {})).status).toBe(403);
      expect((await secretary.get(`${LISTS}?withdraw=${listId}`)).body).toContain('撤回这张草稿');
      const done = await secretary.post(`${LISTS}/${listId}/withdrawal`, {});
      expect([done.status, done.location]).toEqual([303, LISTS]);
      await secretary.get(`${LISTS}/new`); // another form of the same office
      expect((await secretary.post(`${LISTS}/${listId}/withdrawal`, {})).status).toBe(409);
    });

    it('is drafted, listed and taken back by programs, once under a key, and D4-69 by none of another society', async () => {
      await give(village, 4_000);
      const program = await api(house, village.at.accountant.login);
      const key = 'list-of-march-2026';
      const answers = [
        await program.post('/donations/lists', { span: 'TODAY' }, key),
        await program.post('/donations/lists', { span: 'TODAY' }, key),
      ];
      expect(answers.map(({ status }) => status)).toEqual([201, 201]);
      expect(answers[1]?.body).toEqual(answers[0]?.body);
      expect(await program.post('/donations/lists', { span: 'TODAY' })).toMatchObject({
        ...{ status: 409, code: 'NOTHING_TO_LIST' },
      });
      expect((await program.post('/donations/lists', { span: 'ALL' })).status).toBe(422);
      const listed = await program.get('/donations/lists');
      expect(listed.body['items']).toMatchObject([{ noticeState: 'DRAFT' }, { noticeState: 'RUNNING' }]);

      const listId = String(answers[0]?.body['listId']);
      const other = await givenVillage(house, { heldFen: 0 });
      const elsewhere = await api(house, other.at.accountant.login);
      expect(await elsewhere.post(`/donations/lists/${listId}/withdrawal`, {})).toMatchObject({
        ...{ status: 404, code: 'DONATION_LIST_NOT_FOUND' },
      });
      expect((await elsewhere.get('/donations/lists')).body['items']).toEqual([]);
      expect((await program.post(`/donations/lists/${listId}/withdrawal`, {})).status).toBe(200);
    });
  });
});

async function townOf(house: House, { societyId }: Village): Promise<{ code: string; name: string }> {
  const [town] = await house.dataSource.query<{ code: string; name: string }[]>(
    `SELECT c.code AS "code", c.name AS "name" FROM organisations o JOIN regions r ON r.id = o.region_id
     JOIN region_codes c ON c.open_region_id = r.parent_id WHERE o.id = ?`,
    [societyId],
  );
  if (!town) throw new Error('A village without a town');
  return town;
}
