import { ChangesOfUseQueries } from '../../src/donations/index.js';
import { RoundsService } from '../../src/board/index.js';
import { kinds } from '../support/databases.js';
import { api, signedIn } from '../support/clients.js';
import { give, givenDonor, giftOf } from '../support/donations.js';
import { FormVisitor } from '../support/form-visitor.js';
import {
  answer,
  askRefund,
  decideRefund,
  givenAsking,
  giverOf,
  markReceipt,
  purseNamed,
  refund,
} from '../support/gift-refunds.js';
import { givenHouse } from '../support/house.js';
import type { House } from '../support/house.js';
import { staysSound } from '../support/sound.js';
import { as, givenCase, givenVillage, handsOf, photo } from '../support/village.js';
import type { Post, Village } from '../support/village.js';

const words = (html: string) => html.replace(/<[^>]*>/g, '').replace(/\s+/g, ' ');

describe.each(kinds)('$name', (kind) => {
  let house: House;
  let village: Village;

  beforeAll(async () => {
    house = await givenHouse(kind);
  });
  beforeEach(async () => {
    village = await givenVillage(house, { heldFen: 0 });
  });
  staysSound(() => house);
  afterAll(() => house.close());

  const browser = (post: Post, of = village) => signedIn(house, of.at[post].login);
  const program = (post: Post, of = village) => api(house, of.at[post].login);
  const today = () => house.clock.now().toISOString().slice(0, 10);

  describe('a refund', () => {
    it('D4-71 goes through the pages of the accountant, the chair and the cashier', async () => {
      const giftId = await give(village, 50_000, { donorId: await givenDonor(village, { name: '顾长明' }) });
      await givenCase(village, { at: 'PAID', amountFen: 30_000 });
      const accountant = await browser('accountant');
      const form = await accountant.get(`/s/donations/${giftId}/refunds/new`);
      expect(words(form.body)).toContain('还能退 200.00 元');
      const asked = { reason: 'WRONG_TRANSFER', amountFen: '500', words: '转账时选错了收款人' };
      const refused = await accountant.upload(`/s/donations/${giftId}/refunds`, asked, {});
      expect(refused.status).toBe(422);
      expect(words(refused.body)).toContain('最多退 200.00 元。');
      expect(refused.body).toContain('value="转账时选错了收款人"');
      const made = await accountant.upload(
        `/s/donations/${giftId}/refunds`,
        { ...asked, amountFen: '200' },
        { paper: await photo() },
      );
      expect(made.status).toBe(303);
      const page = made.location;

      const chair = await browser('chair');
      expect(words((await chair.get('/s')).body)).toContain('退还捐款 200 元');
      expect(words((await chair.get(page)).body)).toContain('同意退吗？');
      const silent = await chair.post(`${page}/decision`, { decision: 'no' });
      expect([silent.status, words(silent.body).includes('请写明为什么不同意')]).toEqual([422, true]);
      expect((await chair.post(`${page}/decision`, { decision: 'yes' })).status).toBe(303);

      const cashier = await browser('cashier');
      expect(words((await cashier.get('/s')).body)).toContain('捐款没退');
      expect(words((await cashier.get(page)).body)).toContain('先在银行把 200.00 元退出去');
      const early = await cashier.post(`${page}/payment`, { paidOn: '2026-01-01', bankReference: 'T-1' });
      expect([early.status, words(early.body).includes('退款日期要在')]).toEqual([422, true]);
      const proof = { paidOn: today(), bankReference: 'T-1' };
      expect((await cashier.post(`${page}/payment`, proof)).status).toBe(303);
      const done = words((await accountant.get(page)).body);
      expect(done).toContain('已退还');
      expect(done).not.toContain('顾长明');
      expect(await giftOf(village, giftId)).toMatchObject({
        usedFen: 30_000,
        unspentFen: 0,
        refundedFen: 20_000,
      });
      expect(words((await accountant.get('/s/donations/refunds')).body)).toContain('200.00');
    });

    it('pays several of one giver by one transfer: ticked on the page, with the figure of the bank slip', async () => {
      const donorId = await givenDonor(village);
      const ids = [];
      for (const amount of [10_000, 20_000]) {
        const refundId = await askRefund(village, await give(village, 50_000, { donorId }), amount);
        await decideRefund(village, refundId);
        ids.push(refundId);
      }
      const [first = '', second = ''] = ids;
      const cashier = await browser('cashier');
      const page = `/s/donations/refunds/${first}`;
      expect(words((await cashier.get(page)).body)).toContain('这笔转账里，还退了他的哪几笔？');
      const proof = { paidOn: today(), bankReference: 'T-TWO', 'togetherWith[]': [second] };
      const unsaid = await cashier.post(`${page}/payment`, { ...proof, lineFen: '' });
      expect([unsaid.status, words(unsaid.body).includes('要填银行回单上的金额')]).toEqual([422, true]);
      expect(unsaid.body).toMatch(new RegExp(`value="${second}" checked`));
      const wrong = await cashier.post(`${page}/payment`, { ...proof, lineFen: '301' });
      expect([wrong.status, words(wrong.body).includes('一共 300.00 元，银行回单上是 301.00 元')]).toEqual([
        ...[422, true],
      ]);
      expect((await cashier.post(`${page}/payment`, { ...proof, lineFen: '300' })).status).toBe(303);
      const paid = words((await cashier.get(page)).body);
      for (const said of ['已退还', '一共 300.00 元，退了 2 笔', '同一笔转账还退了'])
        expect(paid).toContain(said);
      expect((await cashier.get(page)).body).toContain(`/s/donations/refunds/${second}`);
      const program_ = await program('cashier');
      expect(await program_.get(`/refunds/${second}`)).toMatchObject({
        ...{ status: 200, body: { state: 'PAID', lineFen: 30_000, lineRefunds: 2, bankReference: 'T-TWO' } },
      });
    });

    it('goes through the API, and says why not', async () => {
      const giftId = await give(village, 50_000);
      const accountant = await program('accountant');
      await markReceipt(village, giftId, 'ISSUED');
      const body = { reason: 'WRONG_TRANSFER', amountFen: 20_000, words: '转错了' };
      const out = await accountant.post(`/donations/${giftId}/refunds`, body);
      expect([out.status, out.code]).toEqual([409, 'RECEIPT_STILL_OUT']);
      await markReceipt(village, giftId, 'DUE');
      const made = await accountant.post(`/donations/${giftId}/refunds`, body);
      expect(made.status).toBe(201);
      const refundId = String(made.body['refundId']);
      const chair = await program('chair');
      expect((await chair.post(`/refunds/${refundId}/decision`, { decision: 'yes' })).body['state']).toBe(
        'APPROVED',
      );
      const cashier = await program('cashier');
      const paid = await cashier.post(`/refunds/${refundId}/payment`, {
        paidOn: today(),
        bankReference: 'T-2',
      });
      expect([paid.status, paid.body['state']]).toEqual([200, 'PAID']);
      const again = await cashier.post(`/refunds/${refundId}/payment`, {
        paidOn: today(),
        bankReference: 'T-3',
      });
      expect([again.status, again.code]).toEqual([409, 'REFUND_MOVED_ON']);
      const read = await chair.get(`/refunds/${refundId}`);
      expect(read.body).toMatchObject({ state: 'PAID', amountFen: 20_000, bankReference: 'T-2' });
      expect(read.text).not.toContain('转错了');
      expect((await chair.get('/refunds')).body['items']).toHaveLength(1);
      const other = await givenVillage(house, { heldFen: 0 });
      expect((await (await program('chair', other)).get(`/refunds/${refundId}`)).status).toBe(404);
    });

    it('is called off by the accountant, on the page', async () => {
      const giftId = await give(village, 50_000);
      const refundId = await askRefund(village, giftId, 20_000);
      const accountant = await browser('accountant');
      await accountant.get(`/s/donations/refunds/${refundId}`);
      const empty = await accountant.post(`/s/donations/refunds/${refundId}/end`, { endWords: '' });
      expect([empty.status, words(empty.body).includes('为什么撤回')]).toEqual([422, true]);
      const done = await accountant.post(`/s/donations/refunds/${refundId}/end`, {
        endWords: '捐赠人改主意了',
      });
      expect(done.status).toBe(303);
      expect(words((await accountant.get(done.location)).body)).toContain('已撤回');
    });
  });

  describe('a change of use', () => {
    const forFire = async (amountFen: number, name: string) =>
      give(village, amountFen, {
        ...{ donorId: await givenDonor(village, { name }), intent: 'PURPOSE', purpose: '火灾' },
      });

    it('goes from the form through the board to the answers and the other purse', async () => {
      await forFire(20_000, '顾长明');
      const giftId = await forFire(30_000, '顾短亮');
      const { id: purseId } = await purseNamed(village, '火灾');
      const secretary = await browser('secretary');
      const form = await secretary.get('/s/donations/changes-of-use/new');
      expect(form.body.match(/<option value="(突发疾病|火灾|就学|其他突发困难)"/g)).toHaveLength(4);
      const typed = {
        purseId,
        into: 'UNRESTRICTED',
        reason: 'SURPLUS',
        useBefore: 'DISASTER',
        useAfter: 'EMERGENCY',
      };
      const bad = await secretary.post('/s/donations/changes-of-use', { ...typed, into: 'PURPOSE' });
      expect([bad.status, words(bad.body).includes('请写明指定的用途')]).toEqual([422, true]);
      const asked = await secretary.post('/s/donations/changes-of-use', typed);
      expect(asked.status).toBe(303);
      expect(words((await secretary.get(asked.location)).body)).toContain('变更用途 救急难池 · 火灾');
      expect(words((await secretary.get('/s')).body)).toContain('变更用途 救急难池');
      const director = await browser('third');
      expect(words((await director.get('/s')).body)).toContain('变更用途 救急难池');
      const roundId = asked.location.split('/').at(-1) ?? '';
      await house.get(RoundsService).recordShowOfHands(as(village, 'secretary'), {
        ...{ roundId, presiderId: village.at.chair.personId, hands: handsOf(village, 'yes') },
        ...{ place: null, sheet: await photo() },
      });
      const accountant = await browser('accountant');
      expect(words((await accountant.get('/s')).body)).toContain('捐赠人还没答复');
      const list = await accountant.get('/s/donations/changes-of-use');
      const page = /\/s\/donations\/changes-of-use\/[0-9a-f-]{36}/.exec(list.body)?.[0] ?? '';
      const changeId = page.split('/').at(-1) ?? '';
      expect(words((await accountant.get(page)).body)).toContain('还有 2 位没有答复');

      const { id: giverId } = await giverOf(village, changeId, 20_000);
      const noPaper = await accountant.upload(`${page}/answers`, { giverId, answer: 'CONSENT' }, {});
      expect([noPaper.status, words(noPaper.body).includes('要有捐赠人签字的意见书')]).toEqual([422, true]);
      const paper = await photo();
      expect(
        (await accountant.upload(`${page}/answers`, { giverId, answer: 'RETURN' }, { paper })).status,
      ).toBe(303);

      const { id: other } = await giverOf(village, changeId, 30_000);
      await accountant.get(page);
      const made = await accountant.post(`${page}/links`, { giverId: other });
      const url = /\/g\/[\w-]+/.exec(made.body)?.[0] ?? '';
      expect(url.length).toBeGreaterThan(20);
      expect(words((await accountant.get(page)).body)).not.toContain('/g/');

      const giver = new FormVisitor(house.app);
      const open = await giver.get(url);
      expect(words(open.body)).toContain('还没有用完 300.00 元');
      expect(open.body).not.toContain('顾短亮');
      expect((await giverOf(village, changeId, 30_000)).answer).toBe('WAITING');
      expect((await giver.post(url, { answer: 'MAYBE' })).status).toBe(422);
      await giver.get(url);
      expect((await giver.post(url, { answer: 'CONSENT' })).status).toBe(303);
      expect(words((await giver.get(url)).body)).toContain('答复：同意改用。办理以前还可以改。');
      expect((await giver.get('/g/nonsense')).status).toBe(404);

      const waits = await accountant.get(page);
      expect(words(waits.body)).toContain('由理事长或者秘书长办');
      expect(waits.body).not.toContain(`${page}/settlement`);
      const written = await accountant.upload(
        `${page}/answers`,
        { giverId: other, answer: 'RETURN' },
        { paper },
      );
      expect([written.status, words(written.body).includes('自己答复过了')]).toEqual([422, true]);
      await accountant.get(page);
      expect((await accountant.post(`${page}/settlement`, {})).status).toBe(403);
      const chair = await browser('chair');
      expect(words((await chair.get(page)).body)).toContain('照答复办');
      expect((await chair.post(`${page}/settlement`, {})).status).toBe(303);
      expect(words((await accountant.get(page)).body)).toContain('办完了');
      const over = await giver.get(url);
      expect([over.status, /同意改用|退给我/.test(over.body)]).toEqual([410, false]);
      expect(await giftOf(village, giftId)).toMatchObject({ unspentFen: 30_000, frozenFen: 0 });
      expect(words((await chair.get('/s')).body)).toContain('公示没签');
      const cashier = await browser('cashier');
      expect(words((await cashier.get('/s')).body)).toContain('退还捐款 200 元');
    });

    it('goes through the API', async () => {
      await forFire(20_000, '顾长明');
      const { id: purseId } = await purseNamed(village, '火灾');
      const secretary = await program('secretary');
      const typed = {
        purseId,
        into: 'UNRESTRICTED',
        reason: 'SURPLUS',
        useBefore: 'DISASTER',
        useAfter: 'EMERGENCY',
      };
      const opened = await secretary.post('/changes-of-use', typed);
      expect(opened.status).toBe(201);
      const changeId = String(opened.body['changeId']);
      const accountant = await program('accountant');
      const early = await secretary.post(`/changes-of-use/${changeId}/settlement`, {});
      expect([early.status, early.code]).toEqual([409, 'CHANGE_OF_USE_MOVED_ON']);
      await house.get(RoundsService).recordShowOfHands(as(village, 'secretary'), {
        ...{ roundId: String(opened.body['roundId']), presiderId: village.at.chair.personId },
        ...{ hands: handsOf(village, 'yes'), place: null, sheet: await photo() },
      });
      const [giver] = await house.get(ChangesOfUseQueries).giversOf(changeId);
      const link = await accountant.post(`/changes-of-use/${changeId}/links`, { giverId: giver?.id });
      expect([link.status, String(link.body['url']).includes('/g/')]).toEqual([201, true]);
      const think = await accountant.post(`/changes-of-use/${changeId}/answers`, {
        giverId: giver?.id,
        answer: 'THINK',
      });
      expect(think.status).toBe(200);
      const upload = await accountant.upload(
        `/changes-of-use/${changeId}/answers`,
        { giverId: giver?.id ?? '', answer: 'CONSENT' },
        { paper: await photo() },
      );
      expect([upload.status, upload.body['answer']]).toEqual([200, 'CONSENT']);
      expect((await accountant.post(`/changes-of-use/${changeId}/settlement`, {})).status).toBe(403);
      const settled = await secretary.post(`/changes-of-use/${changeId}/settlement`, {});
      expect(settled.body).toEqual({ changeId, state: 'DONE', movedFen: 20_000, returnedFen: 0 });
      const read = await accountant.get(`/changes-of-use/${changeId}`);
      expect(read.body).toMatchObject({ state: 'DONE', movedFen: 20_000 });
      expect(read.text).not.toContain('顾长明');
      expect((await accountant.get('/changes-of-use')).body['items']).toHaveLength(1);
      const other = await givenVillage(house, { heldFen: 0 });
      expect((await (await program('accountant', other)).get(`/changes-of-use/${changeId}`)).status).toBe(
        404,
      );
    });

    it('is called off by the office, on the page', async () => {
      await forFire(20_000, '顾长明');
      const changeId = await givenAsking(village);
      await answer(village, changeId, 20_000, 'THINK');
      const secretary = await browser('secretary');
      const page = `/s/donations/changes-of-use/${changeId}`;
      expect(words((await secretary.get(page)).body)).toContain('撤回这次变更');
      expect((await secretary.post(`${page}/end`, {})).status).toBe(303);
      expect(words((await secretary.get(page)).body)).toContain('没有变更');
    });
  });

  it('money for which nobody came is put to the board from its page, after ninety days', async () => {
    const accountant = await program('accountant');
    const made = await accountant.post('/donations/unknown', { amountFen: 50_000, receivedOn: today() });
    const giftId = String(made.body['giftId']);
    const secretary = await browser('secretary');
    expect(words((await secretary.get('/s/donations/unclaimed')).body)).toContain('起');
    await secretary.get('/s/donations/changes-of-use/new');
    const early = await secretary.post(`/s/donations/${giftId}/unclaimed`, {});
    expect([early.status, words(early.body).includes('来款登记以后要等满 90 天')]).toEqual([409, true]);
    house.clock.advance({ days: 91 });
    const later = await browser('secretary');
    expect(words((await later.get('/s/donations/unclaimed')).body)).toContain('请理事会表决');
    const asked = await later.post(`/s/donations/${giftId}/unclaimed`, {});
    expect([asked.status, asked.location.startsWith('/s/rounds/')]).toEqual([303, true]);
    expect(words((await later.get(asked.location)).body)).toContain('无人认领的来款');
    const again = await (await program('secretary')).post(`/donations/${giftId}/unclaimed`, {});
    expect([again.status, again.code]).toEqual([409, 'UNCLAIMED_ALREADY_ASKED']);
    await refund(village, await give(village, 1_000), 1_000);
  });
});
