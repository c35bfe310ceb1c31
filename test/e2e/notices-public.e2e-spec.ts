import { randomUUID } from 'node:crypto';
import { DataSource } from 'typeorm';
import { Timers } from '../../src/house/timers.js';
import { addHours } from '../../src/kernel/day.js';
import { CorrectionsService, IncidentsService, NoticesQueries } from '../../src/notices/index.js';
import type { Notice } from '../../src/notices/index.js';
import { permissions } from '../../src/permissions.js';
import { ApiClient, api, listening, signedIn } from '../support/clients.js';
import { kindsOverHttp } from '../support/databases.js';
import { givenFederation } from '../support/federation.js';
import { FormVisitor } from '../support/form-visitor.js';
import { givenHouse } from '../support/house.js';
import type { House } from '../support/house.js';
import { SIGNING_MORNING, WORDED, wordsOf } from '../support/notices.js';
import { givenOfficer } from '../support/officers.js';
import { givenPlayed, hangPlayed, playSubject, signPlayed } from '../support/played-subject.js';
import type { PlayedSubject } from '../support/played-subject.js';
import { expectSound } from '../support/sound.js';
import { as, givenTown, givenVillage, photo } from '../support/village.js';
import type { Village } from '../support/village.js';

/** Planted: whoever reads them in public after the notice is closed has found a leak. */
const SUBJECT = { person: '慕*莹', group: '柳溪村九十七组', amount: '7,654.32', cause: '自然灾害' };
const PLANTED = /慕\*莹|九十七组|7,654\.32|自然灾害/;

const planted = () => {
  const words = wordsOf();
  return { ...words, items: words.items.map((item) => ({ ...item, ...SUBJECT })) };
};

/** Every page, paper, picture, photo and list that anybody may ask for about a notice or a board. */
const PUBLIC = permissions
  .filter(({ scope, route }) => scope === 'public' && /^GET .*\/:(code|boardCode)(\/|$)/.test(route))
  .map(({ route }) => route.slice('GET '.length))
  .filter((path) => /^\/(n|b)\/|^\/api\/v1\/(boards|notices|public)/.test(path));

describe.each(kindsOverHttp)('$name', (kind) => {
  let house: House;
  let town: Village;
  let village: Village;
  let federationId: string;
  let played: PlayedSubject;

  beforeAll(async () => {
    house = await givenHouse(kind, SIGNING_MORNING);
    federationId = await givenFederation(house);
    town = await givenTown(house, { parentId: federationId });
    village = await givenVillage(house, { parentId: town.societyId });
    played = playSubject(house);
  });
  afterAll(async () => {
    await expectSound(house);
    await house.close();
  });

  const now = () => house.clock.now();
  const stranger = () => new FormVisitor(house.app);
  const at = (post: keyof Village['at'], where = village) => signedIn(house, where.at[post].login);
  const codeOf = async ({ id }: Pick<Notice, 'id'>): Promise<string> =>
    (await house.get(NoticesQueries).findById(id))?.issue?.code ?? '';
  const end = async (): Promise<void> => {
    house.clock.moveTo(addHours(now(), 24 * 9));
    await house.get(Timers).runDue();
  };
  const addressesOf = (code: string) =>
    PUBLIC.map((path) =>
      path
        .replace(':code', code)
        .replace(':boardCode', village.boardCode)
        .replace(/pages\/:\w+/, 'pages/1.png')
        .replace(/:\w+/g, '1'),
    );

  /** Whether anybody outside still reads of whom the notice speaks; of papers and pictures, whether they are handed out. */
  const leaksOf = async (code: string): Promise<string[]> => {
    const leaks: string[] = [];
    const boards = ['', '?state=ended', '?state=open'].map((asked) => `/b/${village.boardCode}${asked}`);
    const api = `/api/v1/boards/${village.boardCode}?state=ended`;
    for (const url of [...addressesOf(code), ...boards, `/b/${town.boardCode}`, api]) {
      const { status, type, body } = await stranger().get(url);
      expect(status).toBeLessThan(500);
      const isFile = /pdf|image/.test(type);
      if ((isFile && status === 200) || PLANTED.test(body)) leaks.push(url);
    }
    return leaks;
  };

  describe('what the public may not read any more', () => {
    const given = async (): Promise<{ notice: Notice; code: string }> => {
      const notice = await givenPlayed(village, { worded: { kind: 'GRANT_POST', words: planted() } });
      return { notice, code: await codeOf(notice) };
    };

    it('is read while it hangs', async () => {
      const { notice, code } = await given();
      const leaks = await leaksOf(code);
      for (const url of [
        `/n/${code}`,
        `/n/${code}/notice.pdf`,
        `/n/${code}/photos/1`,
        `/b/${village.boardCode}`,
      ])
        expect(leaks).toContain(url);
      expect(leaks).not.toContain(`/b/${village.boardCode}/feed.atom`);
      const listed = await stranger().get(`/api/v1/boards/${village.boardCode}`);
      expect(listed.body).toMatch(PLANTED);
      const down = { noticeId: notice.id, kind: 'OTHER', way: 'OTHER', noticedAt: now() } as const;
      await house.get(IncidentsService).suspend(as(village, 'clerk'), down);
    });

    it('is nowhere once it was taken down, but for its number; papers answer 410', async () => {
      const { notice, code } = await given();
      played.says.set(notice.subjectId, () => ({ kind: 'GRANT_POST', words: wordsOf() }));
      const corrected = await house
        .get(CorrectionsService)
        .correct(as(village, 'clerk'), { noticeId: notice.id });
      await signPlayed(village, corrected.noticeId);
      await hangPlayed(village, corrected.noticeId);
      const compared = await stranger().get(`/n/${code}/versions`);
      expect([compared.status, PLANTED.test(compared.body)]).toEqual([200, true]);
      const secretary = await at('secretary');
      await secretary.get(`/s/takedowns/${code}`);
      const typed = {
        kind: 'ADDRESS',
        way: 'VILLAGER',
        noticedAt: addHours(now(), 8).toISOString().slice(0, 16),
      };
      const done = await secretary.post(`/s/takedowns/${code}`, typed);
      expect([done.status, done.location]).toEqual([303, `/s/notices/${notice.id}/incident`]);
      const ofCorrection = await codeOf({ id: corrected.noticeId });
      expect([await leaksOf(code), await leaksOf(ofCorrection)]).toEqual([[], []]);
      for (const path of ['notice.pdf', 'photos/1', 'pages/1.png', 'versions']) {
        const { status } = await stranger().get(`/n/${code}/${path}`);
        expect([path, status]).toEqual([path, 410]);
      }
      const page = await stranger().get(`/n/${code}`);
      expect(page.status).toBe(200);
      for (const words of [notice.issue?.number ?? '-', '已撤下', '内容不再公开'])
        expect(page.body).toContain(words);
      expect(page.body).not.toContain(notice.issue?.contentHash.slice(0, 8));
      const board = await stranger().get(`/b/${village.boardCode}?state=ended`);
      expect(board.body).toContain(notice.issue?.number);
      await end();
    });

    it('is nowhere once its time was over, but for number, period and hashes; the office keeps it', async () => {
      const { notice, code } = await given();
      await end();
      expect((await stranger().get(`/n/${code}`)).body).toMatch(/内容展示到2026年\d+月\d+日，到期自动撤下/);
      expect(await leaksOf(code)).not.toEqual([]);
      house.clock.moveTo(addHours(now(), 24 * 90));
      await house.get(Timers).runDue();
      expect(await leaksOf(code)).toEqual([]);
      expect((await stranger().get(`/n/${code}/notice.pdf`)).status).toBe(410);
      const page = await stranger().get(`/n/${code}`);
      const hash = notice.issue?.pdfSha256.slice(0, 4) ?? '-';
      for (const words of [notice.issue?.number ?? '-', '已到期撤下', '公示结束', hash])
        expect(page.body).toContain(words);
      const secretary = await at('secretary');
      expect((await secretary.get(`/s/notices/${notice.id}`)).body).toMatch(PLANTED);
      expect((await secretary.get(`/s/notices/${notice.id}/notice.pdf`)).status).toBe(200);
      const verify = stranger();
      await verify.get('/verify');
      const found = await verify.post('/verify', { number: notice.issue?.number ?? '', code });
      expect([found.status, found.location]).toEqual([303, `/n/${code}`]);
    });
  });

  describe('the pages of the office', () => {
    it('lead from the notice to a correction, and the public to both versions', async () => {
      const notice = await givenPlayed(village);
      const code = await codeOf(notice);
      const clerk = await at('clerk');
      const nothing = await clerk.get(`/s/notices/${notice.id}/correction`);
      expect(nothing.body).toContain('请先改名册或者改登记');
      expect(nothing.body).not.toContain('起草更正公告</button>');
      const items = wordsOf().items.map((item) => ({ ...item, group: '柳溪村二组' }));
      played.says.set(notice.subjectId, () => ({ kind: 'GRANT_POST', words: wordsOf({ items }) }));
      const { body } = await clerk.get(`/s/notices/${notice.id}/correction`);
      for (const words of ['救助对象的村组', '柳溪村三组', '柳溪村二组', '起草更正公告</button>'])
        expect(body).toContain(words);
      const drafted = await clerk.post(`/s/notices/${notice.id}/correction`, {});
      expect(drafted.status).toBe(303);
      const correctionId = drafted.location.split('/').at(-1) ?? '';
      expect((await stranger().get(`/n/${code}/versions`)).status).toBe(404);
      await signPlayed(village, correctionId);
      await hangPlayed(village, correctionId);
      const shown = await stranger().get(`/n/${code}`);
      expect(shown.body).toContain(`/n/${code}/versions`);
      const both = await stranger().get(`/n/${code}/versions`);
      for (const words of ['两版对照', '柳溪村三组', '柳溪村二组', '原来的公示', '更正公告'])
        expect(both.body).toContain(words);
      expect((await stranger().get(`/n/${code}/notice.pdf`)).status).toBe(200);
    });

    it('write down the gap, beside the field what is wrong with it: 422', async () => {
      const notice = await givenPlayed(village);
      house.clock.moveTo(addHours(now(), 60));
      const clerk = await at('clerk');
      const gap = `/s/notices/${notice.id}/gap`;
      expect((await clerk.get(`/s/notices/${notice.id}`)).body).toContain(gap);
      await clerk.get(gap);
      const local = (hours: number) =>
        addHours(now(), hours + 8)
          .toISOString()
          .slice(0, 16);
      const typed = { goneAt: local(-50), upAt: local(-1), reason: 'WIND' };
      const blind = await clerk.upload(gap, typed, {});
      expect([blind.status, blind.body.includes('请拍一张照片再交')]).toEqual([422, true]);
      const wrong = await clerk.upload(gap, { ...typed, goneAt: local(-200) }, { photo: await photo() });
      expect([wrong.status, wrong.body.includes('不见的时间早于张贴时间')]).toEqual([422, true]);
      const done = await clerk.upload(gap, typed, { photo: await photo() });
      expect(done.status).toBe(303);
      const page = await stranger().get(`/n/${await codeOf(notice)}`);
      for (const words of ['公示中断', '被风吹掉，2 天']) expect(page.body).toContain(words);
    });

    it('keep the log of an incident, and lead to another notice', async () => {
      const notice = await givenPlayed(village);
      const code = await codeOf(notice);
      const clerk = await at('clerk');
      expect((await clerk.get(`/s/notices/${notice.id}/incident`)).status).toBe(409);
      await clerk.get(`/s/takedowns/${code}`);
      const empty = await clerk.post(`/s/takedowns/${code}`, {});
      expect([empty.status, empty.body.includes('请选择怎么发现的')]).toEqual([422, true]);
      const early = { kind: 'FULL_NAME', way: 'PERSON', noticedAt: '2020-01-01T08:00' };
      const refused = await clerk.post(`/s/takedowns/${code}`, early);
      expect([refused.status, refused.body.includes('那时还没有这张公示')]).toEqual([422, true]);
      const noticedAt = addHours(now(), 8).toISOString().slice(0, 16);
      await clerk.post(`/s/takedowns/${code}`, { ...early, noticedAt });
      const incident = `/s/notices/${notice.id}/incident`;
      for (const words of ['写了全名', '还没有记撤下', '重发公示</button>', '只写案号'])
        expect((await clerk.get(incident)).body).toContain(words);
      const down = `/s/notices/${notice.id}/paper-down`;
      expect((await clerk.upload(down, { downAt: noticedAt, places: '0' }, {})).status).toBe(422);
      await clerk.upload(down, { downAt: noticedAt, places: '2' }, { photo: await photo() });
      await clerk.get(incident);
      await clerk.post(`/s/notices/${notice.id}/incident-notes`, { kind: 'PERSON_TOLD', at: noticedAt });
      const log = (await clerk.get(incident)).body;
      for (const words of ['2 处', '告诉了本人']) expect(log).toContain(words);
      expect(log).not.toContain('记纸已撤下</button>');
      played.says.set(notice.subjectId, () => ({
        kind: 'GRANT_POST',
        words: wordsOf({ publishMode: 'NUMBER_ONLY' }),
      }));
      const again = await clerk.post(`/s/notices/${notice.id}/reissue`, { numberOnly: 'yes' });
      expect([again.status, again.location]).toEqual([303, expect.stringMatching(/^\/s\/notices\//)]);
      const noticeId = again.location.split('/').at(-1) ?? '';
      await signPlayed(village, noticeId);
      expect((await stranger().get(`/n/${code}`)).body).toContain(`/n/${await codeOf({ id: noticeId })}`);
    });

    it('are nobody else’s: 403 to other offices, 404 to other societies', async () => {
      const notice = await givenPlayed(village);
      const code = await codeOf(notice);
      const director = await at('third');
      for (const url of [
        `/s/takedowns/${code}`,
        `/s/notices/${notice.id}/correction`,
        `/s/notices/${notice.id}/gap`,
      ])
        expect((await director.get(url)).status).toBe(403);
      const elsewhere = await at('secretary', await givenVillage(house));
      for (const url of [
        `/s/takedowns/${code}`,
        `/s/notices/${notice.id}/correction`,
        `/s/notices/${notice.id}/gap`,
      ])
        expect((await elsewhere.get(url)).status).toBe(404);
    });

    it('let the reviewer of the federation take it down, and show the result in public', async () => {
      const notice = await givenPlayed(village);
      const code = await codeOf(notice);
      const { login } = await givenOfficer(house, federationId, 'REVIEWER');
      const reviewer = await signedIn(house, login);
      expect((await reviewer.get(`/s/notices/${notice.id}`)).status).toBe(403);
      await reviewer.get(`/s/takedowns/${code}`);
      const noticedAt = addHours(now(), 8).toISOString().slice(0, 16);
      const done = await reviewer.post(`/s/takedowns/${code}`, { kind: 'ILLNESS', way: 'ABOVE', noticedAt });
      expect([done.status, done.location]).toEqual([303, `/n/${code}`]);
      const clerk = await at('clerk');
      expect((await clerk.get(`/s/notices/${notice.id}/incident`)).body).toContain('由上级撤下');
    });
  });

  it('is all done by a program too', async () => {
    const notice = await givenPlayed(village);
    const code = await codeOf(notice);
    house.clock.moveTo(addHours(now(), 60));
    const clerk = await api(house, village.at.clerk.login);
    const fields = {
      ...{ goneAt: addHours(now(), -50).toISOString(), upAt: addHours(now(), -1).toISOString() },
      reason: 'TORN',
    };
    const gap = await clerk.upload(`/notices/${notice.id}/gaps`, fields, { photo: await photo() });
    expect([gap.status, gap.body['days']]).toEqual([200, 3]);
    expect((await clerk.get(`/notices/${notice.id}/gaps`)).body['items']).toMatchObject([
      { days: 3, reason: 'TORN' },
    ]);
    const nothing = await clerk.post(`/notices/${notice.id}/correction`, {});
    expect([nothing.status, nothing.code]).toEqual([409, 'NOTHING_TO_CORRECT']);
    const items = wordsOf().items.map((item) => ({ ...item, group: '柳溪村二组' }));
    played.says.set(notice.subjectId, () => ({ kind: 'GRANT_POST', words: wordsOf({ items }) }));
    const { changes } = (await clerk.get(`/notices/${notice.id}/correction`)).body;
    expect(changes).toEqual([{ field: '救助对象·村组', was: '柳溪村三组', now: '柳溪村二组' }]);
    expect((await clerk.post(`/notices/${notice.id}/correction`, {})).status).toBe(201);
    const asked = { kind: 'OTHER', way: 'OWN_CHECK', noticedAt: now().toISOString() };
    const down = await clerk.post(`/takedowns/${code}`, asked);
    expect([down.status, down.body]).toEqual([200, { noticeIds: [notice.id] }]);
    expect((await clerk.post(`/takedowns/${code}`, asked)).code).toBe('NOTICE_NOT_PUBLIC');
    expect((await clerk.post('/takedowns/ZZZZZZZZ', asked)).status).toBe(404);
    const paper = { downAt: now().toISOString(), places: '1' };
    expect((await clerk.upload(`/notices/${notice.id}/paper-down`, paper, {})).status).toBe(200);
    const told = { kind: 'NO_HARM', at: now().toISOString() };
    expect((await clerk.post(`/notices/${notice.id}/incident-notes`, told)).status).toBe(200);
    expect((await clerk.get(`/notices/${notice.id}/incident`)).body).toMatchObject({
      ...{ kind: 'OTHER', places: 1, notes: [{ kind: 'NO_HARM' }] },
    });
    expect((await clerk.post(`/notices/${notice.id}/reissue`, { numberOnly: true })).status).toBe(201);
  });

  describe('the board', () => {
    let quiet: Village;
    const queries = async (act: () => Promise<unknown>): Promise<number> => {
      const spy = jest.spyOn(house.get(DataSource), 'query');
      await act();
      const count = spy.mock.calls.length;
      spy.mockRestore();
      return count;
    };

    beforeAll(async () => {
      quiet = await givenTown(house, { parentId: federationId });
      const below = await givenVillage(house, { parentId: quiet.societyId });
      for (let i = 0; i < 33; i++)
        await givenPlayed(below, { worded: i === 0 ? WORDED.REJECTION : WORDED.GRANT_POST });
      await end();
      await givenPlayed(quiet, { worded: WORDED.RESOLUTION });
      await givenPlayed(below);
      village = below;
    });

    it('of a town shows those of its villages by name, and of one village its own', async () => {
      const { boardCode } = quiet;
      const { body } = await stranger().get(`/b/${boardCode}`);
      const name = /柳溪\d+村“救急难”互助社/.exec(body)?.[0] ?? '-';
      for (const words of ['决议公示', '救助公示', name, '最近更新：', '（今天）', 'feed.atom'])
        expect(body).toContain(words);
      const own = await stranger().get(`/b/${boardCode}?village=${boardCode}`);
      expect([own.body.includes('决议公示'), own.body.includes('张*三')]).toEqual([true, false]);
      const villages = await stranger().get(`/b/${boardCode}?village=${village.boardCode}&state=open`);
      expect([villages.body.includes('张*三'), /<td[^>]*>决议公示/.test(villages.body)]).toEqual([
        true,
        false,
      ]);
      const alone = await stranger().get(`/b/${village.boardCode}`);
      expect(/<td[^>]*>决议公示/.test(alone.body)).toBe(false);
    });

    it('is looked through by kind, state and year, as its address says; nonsense asks nothing', async () => {
      const here = `/b/${village.boardCode}`;
      const cells = async (asked: string) =>
        [...(await stranger().get(`${here}?${asked}`)).body.matchAll(/data-label="类别"[^>]*>([^<]+)</g)].map(
          ([, kindWords]) => kindWords,
        );
      expect(await cells('kind=REJECTION')).toEqual(['不予救助公示']);
      expect(await cells('state=open')).toEqual(['救助公示']);
      expect(await cells('state=ended&kind=GRANT_POST')).toHaveLength(30);
      expect(await cells('year=2019')).toEqual([]);
      expect(await cells('kind=x&state=y&year=z&after=1&village=%00')).toHaveLength(31);
    });

    it('goes back through its archive, each once and in order', async () => {
      const program = new ApiClient(await listening(house), null);
      const seen: string[] = [];
      for (let after: string | null = ''; after !== null;) {
        const path = `/boards/${village.boardCode}?state=ended&after=${encodeURIComponent(after)}`;
        const { body } = await program.get(path);
        seen.push(...(body['items'] as { number: string }[]).map(({ number }) => number));
        after = body['next'] as string | null;
      }
      expect(seen).toHaveLength(33);
      expect(new Set(seen).size).toBe(33);
      const serials = seen.map((number) => Number(/〕(\d+)号/.exec(number)?.[1]));
      expect(serials).toEqual([...serials].sort((a, b) => b - a));
      const first = await stranger().get(`/b/${village.boardCode}`);
      const [, older = ''] = /href="([^"]+)">更早结束的/.exec(first.body) ?? [];
      const second = await stranger().get(older.replaceAll('&amp;', '&').replaceAll('&#x3D;', '='));
      expect([second.body.includes('回到最新的'), second.body.includes('更早结束的')]).toEqual([true, false]);
    });

    it('asks the same number of questions, whatever hangs there and whatever is asked', async () => {
      const empty = await givenTown(house, { parentId: federationId });
      const counts = [];
      for (const url of [
        `/b/${quiet.boardCode}`,
        `/b/${empty.boardCode}`,
        `/b/${quiet.boardCode}?year=2026&kind=GRANT_POST`,
      ])
        counts.push(await queries(() => stranger().get(url)));
      expect(new Set(counts).size).toBe(1);
    });

    it('is followed as a feed: number, kind and period, nobody and no amount', async () => {
      const { status, type, body } = await stranger().get(`/b/${quiet.boardCode}/feed.atom`);
      expect([status, type]).toEqual([200, 'application/atom+xml; charset=utf-8']);
      expect(body.match(/<entry>/g)).toHaveLength(35);
      expect(body).toMatch(/<title>救助公示 柳溪救公〔2026〕\d+号<\/title>/);
      expect(body).not.toMatch(/张\*三|三组|1,000\.00|突发疾病|2026-0012/);
      const updated = [...body.matchAll(/<updated>([^<]+)</g)].map(([, text = '']) => text);
      expect([...updated.slice(1)].sort().at(-1)).toBe(updated[0]);
      const ids = [...body.matchAll(/<id>([^<]+)</g)].map(([, id]) => id);
      expect(new Set(ids).size).toBe(ids.length);
      const [running] = [...body.matchAll(/\/n\/(\w{8})"/g)].map(([, code = '']) => code);
      const notice = await house.get(NoticesQueries).findByCode(running ?? '');
      const asked = { noticeId: notice?.id ?? '', kind: 'OTHER', way: 'OTHER', noticedAt: now() } as const;
      await house.get(IncidentsService).suspend(as(village, 'secretary'), asked);
      const after = await stranger().get(`/b/${quiet.boardCode}/feed.atom`);
      expect(after.body).toContain(`urn:uuid:${notice?.id ?? ''}`);
      expect(after.body).toContain('已撤下');
    });

    it('of nobody is not found, whatever is asked of it', async () => {
      for (const url of [
        '/b/K7M4Q2XD',
        '/b/K7M4Q2XD/feed.atom',
        '/api/v1/boards/K7M4Q2XD',
        `/b/${randomUUID()}`,
      ])
        expect((await stranger().get(url)).status).toBe(404);
    });
  });
});
