import { randomUUID } from 'node:crypto';
import { api, signedIn } from '../support/clients.js';
import type { ApiClient } from '../support/clients.js';
import { kindsOverHttp } from '../support/databases.js';
import { givenDesk } from '../support/desk.js';
import type { Desk, Staff } from '../support/desk.js';
import type { FormVisitor } from '../support/form-visitor.js';
import { givenHouse } from '../support/house.js';
import type { House } from '../support/house.js';
import { expectSound } from '../support/sound.js';
import { givenCase, idNumber, photo } from '../support/village.js';
import type { GivenCase } from '../support/village.js';

describe.each(kindsOverHttp)('$name', (kind) => {
  let house: House;
  let desk: Desk;
  const visitors = new Map<string, FormVisitor>();
  const programs = new Map<string, ApiClient>();

  beforeAll(async () => {
    house = await givenHouse(kind);
    desk = await givenDesk(house);
  });
  afterAll(() => expectSound(house));
  afterAll(() => house.close());

  const browser = async (who: Staff): Promise<FormVisitor> => {
    const known = visitors.get(who) ?? (await signedIn(house, desk.staff[who].login));
    visitors.set(who, known);
    return known;
  };
  const program = async (who: Staff): Promise<ApiClient> => {
    const known = programs.get(who) ?? (await api(house, desk.staff[who].login));
    programs.set(who, known);
    return known;
  };
  const paid = (amountFen = 100_000, more: object = {}): Promise<GivenCase> =>
    givenCase(desk.village, { at: 'PAID', amountFen, ...more });
  const hrefOf = (body: string, caseId: string) =>
    new RegExp(`href="(/s/desk/cases/${caseId}[^"]*)"`)
      .exec(body)?.[1]
      ?.replaceAll('&amp;', '&')
      .replaceAll('&#x3D;', '=') ?? '';

  describe('at the pages', () => {
    it('a grant goes from the queue over the check page to its end, and the next is offered', async () => {
      const [first, next] = [await paid(), await paid(100_000, { cause: 'FIRE' })];
      const reviewer = await browser('reviewer');
      const queue = await reviewer.get('/s/desk');
      expect(queue.status).toBe(200);
      for (const words of [
        '审核台',
        '待我审（2）',
        '今日到期（0）',
        '全部（2）',
        '共 2 件',
        '突发疾病',
        '快捷键',
      ])
        expect(queue.body).toContain(words);
      expect(queue.body).not.toContain('范长河');
      const href = hrefOf(queue.body, first.caseId);
      const page = await reviewer.get(href);
      for (const words of ['1 人与户', '5 公示', '6 其他救助', '范*河', '我来审', '时间线', '下一件'])
        expect([words, page.body.includes(words)]).toEqual([words, true]);
      expect(page.body).not.toContain('范长河');

      const claimed = await reviewer.post('/s/desk/claims', {
        subjectKind: 'grant',
        subjectId: first.caseId,
      });
      expect(claimed.status).toBe(303);
      expect((await reviewer.get(claimed.location)).body).toContain('我在审');
      expect((await (await browser('other')).get('/s/desk')).body).toContain('周*兰 在审');

      const query = href.split('?')[1] ?? '';
      const at = `/s/desk/cases/${first.caseId}`;
      await reviewer.get(href);
      const typed = { kind: 'IN_ORDER', reason: 'COMPLETE', words: '都看过', query };
      const check = await reviewer.post(`${at}/check`, typed);
      for (const words of ['核对一下', '合规', '材料齐全，程序完整', '都看过', '记下意见'])
        expect([words, check.body.includes(words)]).toEqual([words, true]);
      expect((await reviewer.get('/s/desk')).body).toContain('全部（2）'); // nothing was done yet
      await reviewer.get(href);
      await reviewer.post(`${at}/check`, typed);
      const changed = await reviewer.post(`${at}/findings`, { ...typed, change: 'yes' });
      expect([changed.status, changed.body.includes('都看过')]).toEqual([200, true]);
      const done = await reviewer.post(`${at}/findings`, typed);
      expect([done.status, done.location.startsWith(at)]).toEqual([303, true]);
      const after = await reviewer.get(done.location);
      for (const words of ['已定：合规', '这一件审完了', `下一件 ${next.number}`])
        expect([words, after.body.includes(words)]).toEqual([words, true]);
      expect((await reviewer.get('/s/desk')).body).toContain('全部（1）');
    });

    it('says beside its field what is missing: 422, and what was typed is kept', async () => {
      const { caseId } = await paid(100_000, { cause: 'ACCIDENT' });
      const reviewer = await browser('reviewer');
      await reviewer.get(`/s/desk/cases/${caseId}`);
      const nothing = await reviewer.post(`/s/desk/cases/${caseId}/check`, { words: '看过了' });
      for (const words of ['请选审核意见', '请选一条理由', '看过了', '错误：'])
        expect([nothing.status, words, nothing.body.includes(words)]).toEqual([422, words, true]);
      const wrong = await reviewer.post(`/s/desk/cases/${caseId}/check`, {
        ...{ kind: 'RECTIFY', reason: 'PAPERS', dueOn: '2027-01-01' },
      });
      expect([wrong.status, wrong.body.includes('最长 30 天')]).toEqual([422, true]);
      const mixed = await reviewer.post(`/s/desk/cases/${caseId}/check`, {
        kind: 'IN_ORDER',
        reason: 'FALSE_FACTS',
      });
      expect([mixed.status, mixed.body.includes('不是这种意见的理由')]).toEqual([422, true]);
    });

    it('tells the society, takes its answer with a photo, and shows both to the reviewer', async () => {
      const made = await paid(100_000, { cause: 'DISASTER' });
      const reviewer = await browser('reviewer');
      await reviewer.get(`/s/desk/cases/${made.caseId}`);
      const found = await reviewer.post(`/s/desk/cases/${made.caseId}/findings`, {
        ...{ kind: 'RECTIFY', reason: 'PAPERS', dueOn: '2026-03-12', words: '收条上没有日期' },
      });
      expect(found.status).toBe(303);
      const secretary = await signedIn(house, desk.village.at.secretary.login);
      const home = await secretary.get('/s');
      for (const words of ['总会要求整改', '记整改']) expect(home.body).toContain(words);
      const page = await secretary.get(`/s/cases/${made.number}`);
      for (const words of ['总会审核', '限期整改', '3月12日前整改']) expect(page.body).toContain(words);
      expect(page.body).not.toContain('收条上没有日期');
      const [, href = ''] = /href="(\/s\/rectifications\/[\w-]+)"/.exec(page.body) ?? [];
      const asked = await secretary.get(href);
      expect([asked.status, asked.body.includes('收条上没有日期')]).toEqual([200, true]);
      expect((await secretary.post(href, {})).status).toBe(422);
      await secretary.get(href);
      const answered = await secretary.upload(href, { words: '收条补了日期' }, { photo: await photo() });
      expect([answered.status, answered.location]).toEqual([303, href]);
      expect((await secretary.get(href)).body).toContain('已答复，等总会复核');
      expect((await secretary.get('/s')).body).not.toContain('总会要求整改');

      const queue = await reviewer.get('/s/desk?state=RECHECK');
      expect(queue.body).toContain('已整改，待复核');
      const back = await reviewer.get(`/s/desk/cases/${made.caseId}`);
      for (const words of ['第 1 次审核：限期整改', '收条补了日期', '收条上没有日期'])
        expect(back.body).toContain(words);
      const [, picture = ''] = /href="(\/s\/desk\/photos\/[\w-]+)"/.exec(back.body) ?? [];
      expect(await reviewer.get(picture)).toMatchObject({ status: 200, type: 'image/jpeg' });
      const cashier = await signedIn(house, desk.village.at.cashier.login);
      expect((await cashier.get(href)).status).toBe(403);
      const stranger = await signedIn(house, desk.far.at.secretary.login);
      expect((await stranger.get(href)).status).toBe(404);
    });

    it('lets a reviewer compare a pair and say what it is, without a name', async () => {
      const applicant = { name: '诸葛重复', idNumber: idNumber() };
      await givenCase(desk.far, { at: 'PAID', applicant });
      const after = await paid(100_000, { applicant });
      const reviewer = await browser('reviewer');
      const href = hrefOf((await reviewer.get('/s/desk?view=duplicates')).body, after.caseId);
      const page = await reviewer.get(href);
      for (const words of [
        '疑似重复 1',
        '并排看',
        '一样',
        '不同',
        '疑似重复没说明',
        '重复申请',
        '待查',
        '不是同一人',
        '允许的第二次',
      ])
        expect([words, page.body.includes(words)]).toEqual([words, true]);
      expect(page.body).not.toContain('诸葛重复');
      const [, action = ''] = /action="(\/s\/desk\/cases\/[\w-]+\/matches\/[\w-]+)"/.exec(page.body) ?? [];
      expect((await reviewer.post(action, {})).status).toBe(422);
      await reviewer.get(href);
      const said = await reviewer.post(action, { reason: 'OTHER_EVENT' });
      expect(said.status).toBe(303);
      expect((await reviewer.get('/s/desk?view=duplicates')).body).toContain('疑似重复（0）');
      await reviewer.get(href);
      const foreign = await reviewer.post(action.replace(/[\w-]+$/, randomUUID()), { reason: 'OTHER_EVENT' });
      expect(foreign.status).toBe(404);
    });

    it('hides the first finding from the second until they have looked', async () => {
      const { caseId } = await paid(250_000, { cause: 'OTHER' });
      const first = await browser('reviewer');
      await first.get(`/s/desk/cases/${caseId}`);
      await first.post(`/s/desk/cases/${caseId}/findings`, { kind: 'REVOKE', reason: 'NOT_IN_NEED' });
      const page = await (await browser('other')).get(`/s/desk/cases/${caseId}`);
      expect([page.body.includes('2 人复核（1/2）'), page.body.includes('第 1 审 周*兰 ✓')]).toEqual([
        true,
        true,
      ]);
      expect(page.body).not.toContain('第 1 审 周*兰：');
      expect((await first.get(`/s/desk/cases/${caseId}`)).body).toContain('第 1 审 周*兰：建议撤销');
    });

    it('keeps a view under a name, and lets it go', async () => {
      const reviewer = await browser('reviewer');
      await reviewer.get('/s/desk?view=all&cause=FIRE');
      expect((await reviewer.post('/s/desk/views', { name: '', query: 'view=all' })).status).toBe(422);
      await reviewer.get('/s/desk');
      const saved = await reviewer.post('/s/desk/views', { name: '火灾', query: 'view=all&cause=FIRE&x=1' });
      expect([saved.status, saved.location]).toEqual([303, '/s/desk?view=all&cause=FIRE']);
      const page = await reviewer.get(saved.location);
      const [, removal = ''] = /action="(\/s\/desk\/views\/[\w-]+\/removal)"/.exec(page.body) ?? [];
      expect(page.body).toContain('保存的视图');
      expect((await reviewer.post(removal, {})).status).toBe(303);
      expect((await reviewer.get('/s/desk')).body).not.toContain('保存的视图');
    });

    it('is in the menu of the federation’s reviewers alone, and elsewhere is not there', async () => {
      expect((await (await browser('reviewer')).get('/s')).body).toContain('href="/s/desk"');
      const village = await signedIn(house, desk.village.at.secretary.login);
      expect((await village.get('/s')).body).not.toContain('href="/s/desk"');
      const refused = await village.get('/s/desk');
      expect([refused.status, refused.body.includes('NO_REVIEW_DESK')]).toEqual([404, true]);
      const chair = await signedIn(house, desk.village.at.chair.login);
      expect((await chair.get('/s/desk')).status).toBe(403);
    });

    it.each([
      'view=nonsense',
      'after=what',
      'after=99999999999999999999_x',
      'cause=%00',
      'q=%25',
      'kind=grant&kind=relief',
      'society=%E2%80%AE',
      'risk=HIGH&due=late&state=ASSESSED',
    ])('reads /s/desk?%s as far as it makes sense', async (query) => {
      expect((await (await browser('reviewer')).get(`/s/desk?${query}`)).status).toBe(200);
    });
  });

  describe('to a program', () => {
    it('the queue, a claim, the facts and a finding are the same', async () => {
      const made = await paid(260_000, { cause: 'SCHOOLING' });
      const [one, other] = [await program('reviewer'), await program('other')];
      const { body } = await one.get('/desk?cause=SCHOOLING');
      expect(body).toMatchObject({
        count: 1,
        next: null,
        items: [{ kind: 'grant', id: made.caseId, state: 'WAITING' }],
      });
      const subject = { subjectKind: 'grant', subjectId: made.caseId };
      expect((await one.post('/desk/claims', subject)).status).toBe(201);
      expect(await other.post('/desk/claims', subject)).toMatchObject({
        status: 409,
        code: 'REVIEW_LEASE_HELD',
      });
      const finding = { kind: 'IN_ORDER', reason: 'COMPLETE' };
      expect(await other.post(`/desk/cases/${made.caseId}/findings`, finding)).toMatchObject({
        ...{ status: 409, code: 'REVIEW_LEASE_HELD' },
      });
      const read = await one.get(`/desk/cases/${made.caseId}`);
      expect(read.body).toMatchObject({ id: made.caseId, waiting: true, needed: 2, applicant: '范*河' });
      expect(read.text).not.toContain('范长河');
      const first = await one.post(`/desk/cases/${made.caseId}/findings`, finding);
      expect([first.status, first.body]).toEqual([
        201,
        expect.objectContaining({ outcome: null, needed: 2 }),
      ]);
      const blind = (await other.get(`/desk/cases/${made.caseId}`)).body;
      expect(blind).toMatchObject({ findings: [{ by: '周*兰', kind: null }] });
      const second = await other.post(`/desk/cases/${made.caseId}/findings`, finding);
      expect(second.body).toMatchObject({ outcome: 'IN_ORDER', findings: 2 });
    });

    it('a society answers, and a name more or a field wrong is refused', async () => {
      const made = await givenCase(desk.far, { at: 'PAID' });
      const reviewer = await program('reviewer');
      expect(
        await reviewer.post(`/desk/cases/${made.caseId}/findings`, {
          kind: 'RECTIFY',
          reason: 'PAPERS',
          extra: 1,
        }),
      ).toMatchObject({ status: 422, code: 'INVALID_INPUT' });
      expect(
        await reviewer.post(`/desk/cases/${made.caseId}/findings`, { kind: 'RECTIFY', reason: 'PAPERS' }),
      ).toMatchObject({ status: 422, code: 'BAD_RECTIFY_DAY' });
      const dueOn = '2026-03-20';
      await reviewer.post(`/desk/cases/${made.caseId}/findings`, {
        kind: 'RECTIFY',
        reason: 'PAPERS',
        dueOn,
      });
      const { body } = await reviewer.get(`/desk/cases/${made.caseId}`);
      const [{ id }] = body['outcomes'] as [{ id: string }];
      const secretary = await api(house, desk.far.at.secretary.login);
      const at = `/desk/rectifications/${id}/answer`;
      expect(await secretary.post(at, {})).toMatchObject({ status: 422, code: 'INVALID_INPUT' });
      expect(await secretary.post(at, { words: '补好了' })).toMatchObject({
        status: 201,
        body: { rectificationId: id },
      });
      expect(await secretary.post(at, { words: '再补' })).toMatchObject({
        status: 409,
        code: 'RECTIFICATION_ANSWERED',
      });
      const { items } = (await reviewer.get('/desk?state=RECHECK')).body as { items: { id: string }[] };
      expect(items.map((item) => item.id)).toContain(made.caseId);
    });

    it('views and parts: the supervisor watches, the secretary does not review', async () => {
      const reviewer = await program('reviewer');
      const saved = await reviewer.post('/desk/views', { name: '高的', query: 'view=high' });
      expect(saved.status).toBe(201);
      expect((await reviewer.get('/desk/views')).body).toEqual({
        items: [{ id: saved.body['viewId'], name: '高的', query: 'view=high' }],
      });
      expect((await reviewer.post(`/desk/views/${String(saved.body['viewId'])}/removal`, {})).status).toBe(
        201,
      );
      const { caseId } = await paid(100_000);
      const [secretary, supervisor] = [await program('secretary'), await program('supervisor')];
      const finding = { kind: 'IN_ORDER', reason: 'COMPLETE' };
      expect(await secretary.post(`/desk/cases/${caseId}/findings`, finding)).toMatchObject({ status: 403 });
      expect(await supervisor.post(`/desk/cases/${caseId}/findings`, finding)).toMatchObject({
        ...{ status: 403, code: 'ONLY_SPLIT_REVIEWS' },
      });
      expect((await supervisor.get('/desk?view=all')).status).toBe(200);
      expect(
        await reviewer.post('/desk/releases', { subjectKind: 'grant', subjectId: caseId }),
      ).toMatchObject({
        ...{ status: 409, code: 'REVIEW_LEASE_NOT_HELD' },
      });
    });
  });
});
