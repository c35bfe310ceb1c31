import { randomUUID } from 'node:crypto';
import type { Notice } from '../../src/notices/index.js';
import { NoticesQueries } from '../../src/notices/index.js';
import { ApiClient, api, listening, signedIn } from '../support/clients.js';
import { kindsOverHttp } from '../support/databases.js';
import { FormVisitor } from '../support/form-visitor.js';
import { givenHouse } from '../support/house.js';
import type { House } from '../support/house.js';
import { MARKERS, markersIn, textOfPdf } from '../support/markers.js';
import { wordsOf } from '../support/notices.js';
import { givenRunning, playSubject, settle } from '../support/objections.js';
import type { Played } from '../support/objections.js';
import { expectSound } from '../support/sound.js';
import { givenTown, givenVillage, photo } from '../support/village.js';
import type { Post, Village } from '../support/village.js';

const MONDAY = '2026-03-09T01:00:00.000Z';
const SAID = {
  ground: 'AMOUNT',
  words: `听说${MARKERS.diagnosis}`,
  name: MARKERS.name,
  phone: MARKERS.mobile,
};

describe.each(kindsOverHttp)('$name', (kind) => {
  let house: House;
  let town: Village;
  let village: Village;
  let notice: Notice;
  let played: Played;

  beforeAll(async () => {
    house = await givenHouse(kind, MONDAY);
    played = playSubject(house);
    town = await givenTown(house);
    village = await givenVillage(house, { heldFen: 0, parentId: town.societyId });
  });
  beforeEach(async () => (notice = await givenRunning(village)));
  afterAll(async () => {
    await expectSound(house);
    await house.close();
  });

  const stranger = () => new FormVisitor(house.app);
  const at = (post: Post, where = village) => signedIn(house, where.at[post].login);
  const program = (post: Post, where = village) => api(house, where.at[post].login);
  const code = () => notice.issue?.code ?? '';
  const held = async () =>
    (await house.get(NoticesQueries).notice(village.societyId, notice.id)).openObjections;

  /** By telephone: the secretary, at a page. */
  const registered = async (fields: Record<string, string> = {}) => {
    const secretary = await at('secretary');
    const form = `/s/notices/${notice.id}/objections`;
    await secretary.get(`${form}/new`);
    const typed = { how: 'PHONE', receivedAt: '2026-03-09T09:00', ...SAID, ...fields };
    const page = await secretary.upload(form, typed, { letter: await photo() });
    const [, objectionId = ''] = /\/s\/objections\/([\da-f-]{36})/.exec(page.body) ?? [];
    return { page, objectionId, secretary, again: () => secretary.upload(form, typed, {}) };
  };

  describe('a villager without an account', () => {
    it('objects from the page of the notice, is told a number and a code at once, and the same when the form goes twice', async () => {
      const visitor = stranger();
      const page = await visitor.get(`/n/${code()}`);
      expect(page.body).toContain(`href="/n/${code()}/objection"`);
      await visitor.get(`/n/${code()}/objection`);
      const first = await visitor.post(`/n/${code()}/objection`, SAID);
      expect([first.status, first.location]).toEqual([
        303,
        expect.stringMatching(/^\/o\/[2-9A-HJ-NP-Z]{8}\?new=1$/),
      ]);
      const second = await visitor.post(`/n/${code()}/objection`, SAID);
      expect(second.location).toBe(first.location);
      expect(await held()).toBe(1);

      const own = await visitor.get(first.location);
      const number = /异2026-\d{4}/.exec(own.body)?.[0] ?? '';
      for (const words of [
        number,
        first.location.slice(3, 11),
        '已受理，正在安排人查',
        '没有答复以前，公示期不结束',
      ])
        expect(own.body).toContain(words);
      const shown = await stranger().get(`/n/${code()}`);
      expect(shown.body).toContain(number);
      expect([markersIn(own.body), markersIn(shown.body)]).toEqual([[], []]);
    });

    it('is told beside the field what is missing, and keeps what was typed: 422', async () => {
      const visitor = stranger();
      await visitor.get(`/n/${code()}/objection`);
      const sent = await visitor.post(`/n/${code()}/objection`, { words: '', name: '王某' });
      expect(sent.status).toBe(422);
      for (const words of ['请选哪里有问题', '具体情况至少 2 个字', 'value="王某"'])
        expect(sent.body).toContain(words);
      expect(await held()).toBe(0);
    });

    it('finds it again by the code however it is typed, takes it back, and is not asked by any other', async () => {
      const visitor = stranger();
      await visitor.get(`/n/${code()}/objection`);
      const { location } = await visitor.post(`/n/${code()}/objection`, { ...SAID, name: '' });
      const own = location.slice(3, 11);
      const typed = ` ${own.slice(0, 4).toLowerCase()} ${own.slice(4)} `;
      const found = await visitor.get(`/o?code=${encodeURIComponent(typed)}`);
      expect([found.status, found.location]).toEqual([303, `/o/${own}`]);
      expect((await visitor.get('/o?code=12')).status).toBe(422);
      expect((await visitor.get('/o/ZZZZ9999')).status).toBe(404);
      await visitor.get(`/o/${own}`);
      const back = await visitor.post(`/o/${own}/withdrawal`, {});
      expect([back.status, back.location]).toEqual([303, `/o/${own}`]);
      expect((await visitor.get(`/o/${own}`)).body).toContain('提出人已撤回');
      expect(await held()).toBe(0);
    });

    it('who is signed in besides is nobody here', async () => {
      const director = await at('fifth');
      await director.get(`/n/${code()}/objection`);
      await director.post(`/n/${code()}/objection`, SAID);
      const acts: Record<string, unknown>[] = await house.dataSource.query(
        `SELECT account_id AS "account" FROM audit_acts WHERE act = 'raiseObjection' ORDER BY at DESC, id DESC LIMIT 1`,
      );
      expect(acts).toEqual([{ account: null }]);
    });
  });

  describe('what was said and by whom', () => {
    const readers: readonly Post[] = ['supervisor', 'accountant', 'third'];
    const others: readonly Post[] = [
      'secretary',
      'clerk',
      'chair',
      'deputy',
      'fourth',
      'cashier',
      'reviewer',
    ];

    it('is read by the two and the supervisor alone, on the page, in the API and on paper; each look is in the trail', async () => {
      const { page, objectionId } = await registered();
      expect([page.status, markersIn(page.body)]).toEqual([201, []]);
      await settle(village, { objectionId });
      for (const post of [...readers, ...others]) {
        const [browser, client] = [await at(post), await program(post)];
        const mayRead = readers.includes(post);
        const item = await browser.get(`/s/objections/${objectionId}`);
        const json = await client.get(`/objections/${objectionId}`);
        const list = await browser.get('/s/objections');
        const reply = await browser.get(`/s/objections/${objectionId}/reply.pdf`);
        const letter = await browser.get(`/s/objections/${objectionId}/photos/letter`);
        const seen = (text: string) => markersIn(text).sort();
        const whole = mayRead ? ['diagnosis', 'mobile', 'name'] : [];
        expect([post, item.status, seen(item.body)]).toEqual([post, 200, whole]);
        expect([post, json.status, seen(json.text)]).toEqual([post, 200, whole]);
        expect([post, seen(list.body)]).toEqual([post, []]);
        // The secretary hands the answer over, and so sees the name on it; nothing else of it.
        const mayHold = mayRead || post === 'secretary';
        expect([post, reply.status, letter.status]).toEqual([
          ...[post, mayHold ? 200 : 404, mayRead ? 200 : 404],
        ]);
        if (reply.status === 200) expect(seen(textOfPdf(reply.bytes))).not.toContain('diagnosis');
      }
      const looks: { count: number | string }[] = await house.dataSource.query(
        `SELECT COUNT(*) AS "count" FROM audit_acts WHERE act = 'read' AND subject_id = ? AND words LIKE '看异议的内容%'`,
        [objectionId],
      );
      expect(Number(looks[0]?.count)).toBe(readers.length * 2);
    });

    it('stands in no list, no timeline, no public page and no file of the office', async () => {
      const { objectionId, secretary } = await registered();
      const home = await at('supervisor');
      const [file] = await house.dataSource.query<{ id: string }[]>(
        `SELECT letter_file_id AS "id" FROM notice_objections WHERE id = ?`,
        [objectionId],
      );
      expect((await secretary.get(`/s/files/${file?.id ?? ''}`)).status).toBe(404);
      expect((await (await at('supervisor')).get(`/s/files/${file?.id ?? ''}`)).status).toBe(404);
      for (const [who, url] of [
        [secretary, '/s'],
        [secretary, `/s/notices/${notice.id}`],
        [home, '/s'],
        [home, '/s/objections'],
        [stranger(), `/n/${code()}`],
        [stranger(), `/b/${village.boardCode}`],
      ] as const) {
        const { status, body } = await who.get(url);
        expect([url, status, markersIn(body)]).toEqual([url, 200, []]);
      }
      expect((await home.get('/s')).body).toContain('安排人查');
    });

    it('comes back in no refusal of a program', async () => {
      const open = new ApiClient(await listening(house), null);
      const path = `/public/notices/${code()}/objections`;
      const refused = await open.post(path, { ...SAID, ground: MARKERS.name });
      expect([refused.status, markersIn(refused.text)]).toEqual([422, []]);
      const unknown = await open.post('/public/notices/ZZZZ9999/objections', SAID);
      expect([unknown.status, markersIn(unknown.text)]).toEqual([404, []]);
    });
  });

  describe('the office', () => {
    it('takes it down once, gives a receipt without a name, and is told when the moment cannot be', async () => {
      const { page, objectionId, secretary } = await registered();
      const [number = ''] = /异2026-\d{4}/.exec(page.body) ?? [];
      expect(page.body).toContain('登记好了');
      const receipt = await secretary.get(`/s/objections/${objectionId}/receipt.pdf`);
      expect(receipt.type).toContain('application/pdf');
      const text = textOfPdf(receipt.bytes).replace(/\s/g, '');
      if (text.includes('受理回执')) expect(text).toContain(number);
      expect(markersIn(textOfPdf(receipt.bytes))).toEqual([]);
      const early = await registered({ receivedAt: '2026-03-01T09:00' });
      expect([early.page.status, early.page.body.includes('早于公示签发的时间')]).toEqual([422, true]);
      expect(early.page.body).toContain('value="2026-03-01T09:00"');
    });

    it('walks from the supervisor to the answer by its pages; another society finds nothing', async () => {
      const { objectionId } = await registered();
      const one = `/s/objections/${objectionId}`;
      const { accountant, third, clerk } = village.at;
      const supervisor = await at('supervisor');
      const page = await supervisor.get(one);
      for (const words of ['请哪两个人查？', '公示是他拟的', '公示是他签的'])
        expect(page.body).toContain(words);
      const alone = await supervisor.post(`${one}/assignment`, { 'inquirers[]': [accountant.personId] });
      expect([alone.status, alone.body.includes('要选两个人')]).toEqual([422, true]);
      const tied = await supervisor.post(`${one}/assignment`, {
        'inquirers[]': [accountant.personId, clerk.personId],
      });
      expect(tied.status).toBe(422);
      const named = await supervisor.post(`${one}/assignment`, {
        'inquirers[]': [accountant.personId, third.personId],
      });
      expect([named.status, named.location]).toEqual([303, one]);

      const first = await at('accountant');
      expect((await first.get('/s')).body).toContain('看异议');
      await first.get(one);
      const extended = await first.post(`${one}/extension`, { reason: 'RECORDS' });
      expect(extended.status).toBe(303);
      await first.get(one);
      const none = await first.post(`${one}/findings`, { reason: '', note: '' });
      expect([none.status, none.body.includes('请选查明的情况')]).toEqual([422, true]);
      const found = await first.post(`${one}/findings`, { reason: 'AMOUNT_RIGHT', note: '核对了转账单' });
      expect(found.status).toBe(303);
      expect((await first.get(one)).body).toContain('等另一位确认');

      const second = await at('third');
      expect((await second.get(one)).body).toContain('核对了转账单');
      const why = await second.post(`${one}/decision`, { agrees: 'no', words: '' });
      expect([why.status, why.body.includes('请写明为什么退回')]).toEqual([422, true]);
      const agreed = await second.post(`${one}/decision`, { agrees: 'yes' });
      expect([agreed.status, agreed.location]).toEqual([303, one]);
      expect((await second.get(one)).body).toContain('打印异议答复书');
      expect(await held()).toBe(0);

      const other = await givenVillage(house, { heldFen: 0 });
      const strange = await at('supervisor', other);
      expect((await strange.get(one)).status).toBe(404);
      expect((await strange.post(`${one}/assignment`, { submission_id: randomUUID() })).status).toBe(404);
    });
  });

  describe('the written answer', () => {
    it('is printed and handed over by the secretary: the page says so, and whoever objected reads it by the code', async () => {
      const { objectionId } = await registered();
      await settle(village, { objectionId });
      const one = `/s/objections/${objectionId}`;
      const secretary = await at('secretary');
      expect((await secretary.get('/s')).body).toContain('交答复书');
      const page = await secretary.get(one);
      for (const words of [
        '已经写好，还没有交给提出人',
        '答复书怎么交给提出人的？',
        '当面',
        '邮寄',
        '电话',
        '短信',
      ])
        expect(page.body).toContain(words);
      expect(markersIn(page.body)).toEqual([]);
      const none = await secretary.post(`${one}/handing`, { how: '', handedAt: '2026-03-09T09:00' });
      expect([none.status, none.body.includes('请选怎么交的')]).toEqual([422, true]);
      const early = await secretary.post(`${one}/handing`, { how: 'SMS', handedAt: '2026-03-01T09:00' });
      expect([early.status, early.body.includes('早于答复书写好的时间')]).toEqual([422, true]);
      const handed = await secretary.post(`${one}/handing`, { how: 'SMS', handedAt: '2026-03-09T09:00' });
      expect([handed.status, handed.location]).toEqual([303, one]);
      expect((await secretary.get(one)).body).toMatch(/交给了提出人（短信）/);
      expect((await secretary.get('/s')).body).not.toContain(`href="${one}"`);
      const json = await (await program('supervisor')).get(`/objections/${objectionId}`);
      expect(json.body).toMatchObject({ handedHow: 'SMS', handedAt: '2026-03-09T01:00:00.000Z' });
    });

    it('is written down by a program once, and by nobody who may not hold it', async () => {
      const { objectionId } = await registered();
      const hand = async (post: Post, where = village) =>
        (await program(post, where)).post(`/objections/${objectionId}/handing`, {
          ...{ how: 'IN_PERSON', handedAt: house.clock.now().toISOString() },
        });
      expect((await hand('secretary')).code).toBe('NO_REPLY_TO_HAND');
      await settle(village, { objectionId });
      expect([(await hand('cashier')).status, (await hand('cashier')).code]).toEqual([
        409,
        'NOT_TO_HAND_OVER',
      ]);
      const elsewhere = await givenVillage(house, { heldFen: 0 });
      expect((await hand('secretary', elsewhere)).status).toBe(404);
      expect((await hand('secretary')).status).toBe(200);
      expect([(await hand('third')).status, (await hand('third')).code]).toEqual([
        409,
        'REPLY_HANDED_BEFORE',
      ]);
    });
  });

  describe('the draft of a correction', () => {
    const corrected = async (): Promise<string> => {
      const items = wordsOf().items.map((item) => ({ ...item, group: '柳溪村二组' }));
      played.today.set(notice.subjectId, { kind: 'GRANT_POST', words: wordsOf({ items }) });
      const { body } = await (await program('clerk')).post(`/notices/${notice.id}/correction`, {});
      return (body as { noticeId: string }).noticeId;
    };

    it('is given up on its page, with a reason; then it shows that, and another may be drafted', async () => {
      const noticeId = await corrected();
      const clerk = await at('clerk');
      const one = `/s/notices/${noticeId}`;
      expect((await clerk.get(one)).body).toContain('收回这张没签发的稿子');
      const none = await clerk.post(`${one}/discard`, { reason: '' });
      expect([none.status, none.body.includes('请选为什么收回')]).toEqual([422, true]);
      const given = await clerk.post(`${one}/discard`, { reason: 'OWN_CHECK' });
      expect([given.status, given.location]).toEqual([303, one]);
      const { body } = await clerk.get(one);
      expect(body).toContain('已收回');
      expect(body).not.toContain('收回这张没签发的稿子');
      expect((await (await at('chair')).get(`/s/notices/${await corrected()}`)).body).not.toContain(
        '收回这张',
      );
    });

    it('is given up by a program; not by the chair, nor twice, nor by another society', async () => {
      const noticeId = await corrected();
      const discard = async (post: Post, where = village) =>
        (await program(post, where)).post(`/notices/${noticeId}/discard`, { reason: 'NOT_WANTED' });
      const elsewhere = await givenVillage(house, { heldFen: 0 });
      expect((await discard('secretary', elsewhere)).status).toBe(404);
      expect((await discard('chair')).status).toBe(403);
      expect((await discard('secretary')).body).toEqual({ noticeId, owed: null });
      expect((await discard('secretary')).code).toBe('NOTICE_NOT_DRAFT');
    });
  });

  describe('a program', () => {
    it('goes the same road, and hears of the amount of nobody’s business', async () => {
      const open = new ApiClient(await listening(house), null);
      const key = randomUUID();
      const path = `/public/notices/${code()}/objections`;
      const raised = await open.post(path, SAID, key);
      expect([raised.status, Object.keys(raised.body).sort()]).toEqual([201, ['code', 'inTime', 'number']]);
      expect((await open.post(path, SAID, key)).body).toEqual(raised.body);
      expect((await open.post(path, SAID, null)).code).toBe('IDEMPOTENCY_KEY_REQUIRED');

      const supervisor = await program('supervisor');
      const { items } = (await supervisor.get('/objections')).body as {
        items: { id: string; number: string }[];
      };
      const id = items.find(({ number }) => number === raised.body['number'])?.id ?? '';
      const { accountant, third } = village.at;
      const pair = { inquirers: [accountant.personId, third.personId] };
      expect((await (await program('chair')).post(`/objections/${id}/assignment`, pair)).code).toBe(
        'NOT_THE_ASSIGNER',
      );
      expect((await supervisor.post(`/objections/${id}/assignment`, pair)).status).toBe(200);
      const [one, other] = [await program('accountant'), await program('third')];
      const finding = { reason: 'FACT_WRONG', note: '两份材料对不上' };
      expect((await one.post(`/objections/${id}/findings`, finding)).status).toBe(200);
      expect((await one.post(`/objections/${id}/decision`, { agrees: 'yes' })).code).toBe(
        'OTHER_HAND_NEEDED',
      );
      expect((await other.post(`/objections/${id}/decision`, { agrees: 'no' })).status).toBe(422);
      const decided = await other.post(`/objections/${id}/decision`, { agrees: 'yes' });
      expect(decided.body).toMatchObject({
        outcome: 'UPHELD_REDECIDE',
        correctionId: expect.any(String) as string,
      });
    });
  });

  it('runs out before the eyes of the union above', async () => {
    const { objectionId } = await registered();
    expect(objectionId).not.toBe('');
    house.clock.advance({ days: 3 });
    const { body } = await (await at('secretary', town)).get('/s/town');
    expect(body).toContain('异议没安排人查');
    expect(body).toContain(notice.issue?.number ?? '-');
    const supervisor = await at('supervisor');
    expect((await supervisor.get('/s/objections')).body).toMatch(/card--red[\s\S]*已超/);
  });
});
