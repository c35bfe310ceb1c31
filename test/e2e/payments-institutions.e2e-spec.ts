import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import type { Office } from '../../src/offices/index.js';
import { kindsOverHttp } from '../support/databases.js';
import { expectSound } from '../support/sound.js';
import {
  demand,
  givenInstitution,
  givenOfficer,
  givenOrder,
  givenTill,
  photo,
  reorderedTo,
} from '../integration/payments.given.js';
import type { Ordered, Till } from '../integration/payments.given.js';
import { atBoth } from './payments.visitors.js';
import type { Both } from './payments.visitors.js';

const PAGE = '/s/payments/institutions';
const API = '/payee-institutions';
const HOSPITAL = { name: '演示县人民医院', bankName: '农业银行演示县支行' };
/** Planted: whoever reads it anywhere but where the cashier asked for it has found a leak. */
const PLANTED = '34050166889977553311';

/** The number as it is, and as spaces, tags and groups of four cut it up. */
const holdsPlanted = (text: string): boolean =>
  [text, text.replace(/<[^>]*>|[\s·-]/g, '')].some((form) => form.includes(PLANTED));

/** What the program writes to the screen, which is where its log goes: a line of pino, or one of Nest. */
function listen(lines: string[]): () => void {
  const isOurs = (chunk: unknown) => {
    const text = Buffer.isBuffer(chunk) ? chunk.toString() : String(chunk);
    const ours = /^\{"level":|\[Nest\]/.test(text);
    if (ours) lines.push(text);
    return ours;
  };
  const write = process.stdout.write.bind(process.stdout) as (...given: unknown[]) => boolean;
  const { writeSync } = fs as unknown as Record<'writeSync', (...given: unknown[]) => number>;
  const spies = [
    jest
      .spyOn(process.stdout, 'write')
      .mockImplementation((...given: unknown[]) => isOurs(given[0]) || write(...given)),
    jest
      .spyOn(fs, 'writeSync')
      .mockImplementation((...given: unknown[]) =>
        given[0] === 1 && isOurs(given[1]) ? Buffer.byteLength(given[1] as string) : writeSync(...given),
      ),
  ];
  return () => {
    for (const spy of spies) spy.mockRestore();
  };
}

describe.each(kindsOverHttp)('$name', (kind) => {
  let till: Till;
  let slip: Buffer;
  let hush: () => void;
  const lines: string[] = [];

  beforeAll(async () => {
    lines.length = 0;
    hush = listen(lines);
    till = await givenTill(kind, { log: true });
    slip = await photo();
  });
  afterAll(() => expectSound(till.house));
  afterAll(async () => {
    hush();
    await till.close();
  });

  const officer = async (societyId: string, office: Office): Promise<Both> =>
    atBoth(till, societyId, await givenOfficer(till, societyId, '孙文', [office]));
  const cashierOf = ({ societyId, cashierId }: Ordered) => atBoth(till, societyId, cashierId);
  const payment = ({ orderId }: Ordered) => `/s/payments/${orderId}`;

  async function givenHospital(accountNumber?: string) {
    const given = await givenOrder(till);
    const draft = { ...HOSPITAL, ...(accountNumber ? { accountNumber } : {}) };
    const hospitalId = await givenInstitution(till, given.societyId, draft);
    const order = await reorderedTo(till, given, hospitalId);
    return { given: order, hospitalId, toPerson: given };
  }

  describe('the pages', () => {
    it('take an institution down, show it by its tail, and end it after asking', async () => {
      const { societyId } = await givenOrder(till);
      const { pages } = await officer(societyId, 'CLERK');
      const empty = await pages.get(PAGE);
      expect(empty.status).toBe(200);
      for (const words of ['收款机构', '登记收款机构', '还没有在用的收款机构'])
        expect(empty.body).toContain(words);

      const form = await pages.get(`${PAGE}/new`);
      for (const words of ['机构名称', '开户银行', '账号', 'data-secret', 'inputmode="numeric"'])
        expect(form.body).toContain(words);
      const typed = { ...HOSPITAL, accountNumber: '3405 0166-8899 0000 4321' };
      const added = await pages.post(PAGE, typed);
      expect([added.status, added.location]).toEqual([303, PAGE]);
      // The form as it stood: sent twice, it is one command.
      expect((await pages.post(PAGE, typed)).status).toBe(303);
      const listed = await pages.get(PAGE);
      for (const words of ['演示县人民医院', '农业银行演示县支行 尾号 4321', '2026年3月5日', '停用<span'])
        expect(listed.body).toContain(words);
      expect(listed.body).not.toContain('34050166');

      const [kept] = await till.institutionsOf.inUse(societyId);
      const id = kept?.id ?? '';
      const asked = await pages.get(`${PAGE}?end=${id}`);
      for (const words of ['停用这个机构', '不停用', '不能再打款到这个账户'])
        expect(asked.body).toContain(words);
      const ended = await pages.post(`${PAGE}/${id}/end`, {});
      expect([ended.status, ended.location]).toEqual([303, PAGE]);
      const after = await pages.get(PAGE);
      for (const words of ['还没有在用的收款机构', '已经停用的', '演示县人民医院'])
        expect(after.body).toContain(words);
      await pages.get(`${PAGE}/new`); // another form of the same office
      expect((await pages.post(`${PAGE}/${id}/end`, {})).status).toBe(409);
    });

    it.each`
      field              | value                      | words
      ${'name'}          | ${''}                      | ${'请填写机构名称'}
      ${'name'}          | ${`医院${PLANTED}`}        | ${'机构名称里不要写账号'}
      ${'name'}          | ${'医'.repeat(51)}         | ${'机构名称最多 50 个字'}
      ${'bankName'}      | ${''}                      | ${'请填写开户银行'}
      ${'bankName'}      | ${'农行 3405 0166 8899'}   | ${'开户银行里不要写账号'}
      ${'accountNumber'} | ${''}                      | ${'请填写账号'}
      ${'accountNumber'} | ${'1234567'}               | ${'账号应为 8 至 32 位数字'}
      ${'accountNumber'} | ${'3'.repeat(33)}          | ${'账号应为 8 至 32 位数字'}
      ${'accountNumber'} | ${'3405016688O800001234'}  | ${'账号应为 8 至 32 位数字'}
      ${'accountNumber'} | ${'<script>8888</script>'} | ${'账号应为 8 至 32 位数字'}
    `(
      'say beside $field what is wrong with $value, and keep what was typed: 422',
      async ({ field, value, words }: Record<'field' | 'value' | 'words', string>) => {
        const { societyId } = await givenOrder(till);
        const { pages } = await officer(societyId, 'SECRETARY_GENERAL');
        await pages.get(`${PAGE}/new`);
        const typed = { ...HOSPITAL, accountNumber: '340501668899', [field]: value };
        const { status, body } = await pages.post(PAGE, typed);
        expect(status).toBe(422);
        expect(body).toContain('还有 1 处没填好');
        expect(body).toMatch(new RegExp(`id="${field}-error"[^]*?${words}`));
        expect(body).not.toContain('<script>8888');
        const kept = field === 'bankName' ? HOSPITAL.name : HOSPITAL.bankName;
        expect(body).toContain(`value="${kept}"`);
        expect(await till.institutionsOf.all(societyId)).toEqual([]);
      },
    );

    it('say beside the account that it is known: 422', async () => {
      const { societyId } = await givenOrder(till);
      await givenInstitution(till, societyId, { accountNumber: '340501668899' });
      const { pages } = await officer(societyId, 'ACCOUNTANT');
      await pages.get(`${PAGE}/new`);
      const again = await pages.post(PAGE, { ...HOSPITAL, accountNumber: '3405 0166 8899' });
      expect(again.status).toBe(422);
      expect(again.body).toMatch(/id="accountNumber-error"[^]*?这个账号已经登记过/);
    });

    it('let the cashier and the chair look, and neither add nor end; a director not even look', async () => {
      const { given, hospitalId } = await givenHospital();
      const { societyId, chairId } = given;
      for (const { pages } of [await cashierOf(given), await atBoth(till, societyId, chairId)]) {
        const { status, body } = await pages.get(`${PAGE}?end=${hospitalId}`);
        expect([status, body.includes('演示县人民医院')]).toEqual([200, true]);
        for (const words of ['登记收款机构', '停用这个机构', '停用<span']) expect(body).not.toContain(words);
        expect((await pages.get(`${PAGE}/new`)).status).toBe(403);
        await pages.get(PAGE);
        expect((await pages.post(`${PAGE}/${hospitalId}/end`, {})).status).toBe(403);
      }
      const director = await officer(societyId, 'DIRECTOR');
      expect((await director.pages.get(PAGE)).status).toBe(403);
      expect((await till.institutionsOf.institution(societyId, hospitalId)).endedAt).toBeNull();
    });

    it('D4-69 know no institution of another society: 404', async () => {
      const [own, other] = [await givenHospital(), await givenHospital()];
      const { pages } = await officer(own.given.societyId, 'CLERK');
      await pages.get(`${PAGE}?end=${own.hospitalId}`); // a form of their own, to send elsewhere
      expect((await pages.post(`${PAGE}/${other.hospitalId}/end`, {})).status).toBe(404);
      expect((await pages.get(`${PAGE}?end=${other.hospitalId}`)).body).not.toContain('停用这个机构');
    });
  });

  describe('the page of a payment', () => {
    it('shows the institution by its name, the tail of its account, and no way to pay in cash', async () => {
      const { given, toPerson } = await givenHospital(PLANTED);
      const cashier = await cashierOf(given);
      const { status, body } = await cashier.pages.get(payment(given));
      expect(status).toBe(200);
      for (const words of ['演示县人民医院', '收款账户', '农业银行演示县支行 尾号 3311', '看完整账号'])
        expect(body).toContain(words);
      for (const words of ['收款卡', '见证人', '演******']) expect(body).not.toContain(words);
      expect((await cashier.pages.get(payment(toPerson))).body).toContain('收款卡');

      const secretary = await officer(given.societyId, 'SECRETARY_GENERAL');
      expect((await secretary.pages.get(payment(given))).body).toContain(`href="${PAGE}"`);
      expect(body).not.toContain(`href="${PAGE}"`);
    });

    it('warns where the institution has ended, and refuses the payment, until it goes to another', async () => {
      const { given, hospitalId } = await givenHospital();
      const clerk = await officer(given.societyId, 'CLERK');
      const asked = await clerk.pages.get(`${PAGE}?end=${hospitalId}`);
      expect(asked.body).toContain('还有 1 张付款单等着打到这里');
      await clerk.pages.post(`${PAGE}/${hospitalId}/end`, {});
      till.clock.advance({ minutes: 1 });
      const cashier = await cashierOf(given);
      const { body } = await cashier.pages.get(`${payment(given)}?card=full`);
      expect(body).toContain('这个收款机构已经停用');
      for (const words of ['看完整账号', '完整账号']) expect(body).not.toContain(words);
      const late = await cashier.pages.upload(`${payment(given)}/transfer`, {}, { photo: slip });
      expect([late.status, late.body.includes('不能再打款到它的账户')]).toEqual([409, true]);
    });

    it('is approved, refused by the bank, paid, and owed back, all under the name of the institution', async () => {
      const { toPerson, hospitalId } = await givenHospital();
      const unapproved = { approverId: null, approveHours: 24 };
      const given = await reorderedTo(till, toPerson, hospitalId, unapproved);
      const { orderId, societyId, chairId } = given;
      const chair = await atBoth(till, societyId, chairId);
      const waiting = await chair.pages.get(payment(given));
      for (const words of ['演示县人民医院', '同意付款', '请核对收款人、金额和收款账户'])
        expect(waiting.body).toContain(words);
      expect((await chair.pages.post(`${payment(given)}/approval`, {})).status).toBe(303);

      const cashier = await cashierOf(given);
      await cashier.pages.get(payment(given));
      const failed = await cashier.pages.post(`${payment(given)}/failures`, { reason: 'WRONG_ACCOUNT' });
      expect(failed.status).toBe(303);
      await cashier.pages.get(payment(given));
      const paid = await cashier.pages.upload(`${payment(given)}/transfer`, {}, { photo: slip });
      expect(paid.status).toBe(303);
      expect((await cashier.pages.get(payment(given))).body).toContain('演示县人民医院');
      const { recoveryId } = await demand(till, given);
      const owed = await cashier.pages.get(`/s/recoveries/${recoveryId}`);
      expect([owed.status, owed.body.includes('演示县人民医院')]).toEqual([200, true]);
      expect((await cashier.program.get(`/payments/${orderId}`)).body).toMatchObject({
        payeeKind: 'INSTITUTION',
        state: 'PAID',
      });
    });
  });

  describe('the API', () => {
    it('adds, lists and ends, each once under its key', async () => {
      const { societyId } = await givenOrder(till);
      const { program } = await officer(societyId, 'SECRETARY_GENERAL');
      const body = { ...HOSPITAL, accountNumber: '340501668899' };
      const key = randomUUID();
      const answers = [await program.post(API, body, key), await program.post(API, body, key)];
      expect(answers.map(({ status }) => status)).toEqual([201, 201]);
      expect(answers[1]?.body).toEqual(answers[0]?.body);
      const id = String(answers[0]?.body['institutionId']);
      expect(await program.post(API, body)).toMatchObject({
        ...{ status: 409, code: 'PAYEE_INSTITUTION_ALREADY_KNOWN' },
      });
      const { status, body: listed } = await program.get(API);
      expect([status, listed]).toEqual([
        200,
        {
          items: [
            {
              ...{ id, ...HOSPITAL, accountTail: '8899', endedAt: null },
              createdAt: expect.any(String) as string,
            },
          ],
        },
      ]);
      expect(await program.post(`${API}/${id}/end`, {})).toMatchObject({
        ...{ status: 200, body: { institutionId: id } },
      });
      expect(await program.post(`${API}/${id}/end`, {})).toMatchObject({
        ...{ status: 409, code: 'PAYEE_INSTITUTION_ENDED' },
      });
      expect(await program.post(`${API}/${randomUUID()}/end`, {})).toMatchObject({ status: 404 });
    });

    it.each`
      body                                                             | fields
      ${{}}                                                            | ${['name', 'bankName', 'accountNumber']}
      ${{ ...HOSPITAL, accountNumber: 340501668899 }}                  | ${['accountNumber']}
      ${{ ...HOSPITAL, accountNumber: null }}                          | ${['accountNumber']}
      ${{ ...HOSPITAL, accountNumber: ['340501668'] }}                 | ${['accountNumber']}
      ${{ ...HOSPITAL, accountNumber: '1234567' }}                     | ${['accountNumber']}
      ${{ ...HOSPITAL, name: '   ', accountNumber: '340501668899' }}   | ${['name']}
      ${{ ...HOSPITAL, name: PLANTED, accountNumber: '340501668899' }} | ${['name']}
      ${{ ...HOSPITAL, accountNumber: '340501668899', id: 'x' }}       | ${['id']}
    `(
      'names the fields of $body that are wrong: 422',
      async ({ body, fields }: { body: object; fields: string[] }) => {
        const { societyId } = await givenOrder(till);
        const { program } = await officer(societyId, 'CLERK');
        const answer = await program.post(API, body);
        expect([answer.status, answer.code]).toEqual([422, 'INVALID_INPUT']);
        expect(Object.keys(answer.body['errors'] as object).sort()).toEqual([...fields].sort());
        expect(holdsPlanted(answer.text)).toBe(false);
      },
    );
  });

  describe('the whole number', () => {
    it('is shown to the cashier alone, on asking, and each look stands in the trail', async () => {
      const { given, hospitalId } = await givenHospital(PLANTED);
      const cashier = await cashierOf(given);
      const shown = await cashier.pages.get(`${payment(given)}?card=full`);
      expect(shown.body).toContain('3405 0166 8899 7755 3311');
      expect(await till.audit.thread(given.societyId, given.threadId)).toMatchObject([
        { act: 'read', subjectKind: 'payee-institution', personId: given.cashierId },
      ]);
      for (const who of [given.chairId, given.accountantId]) {
        const { pages } = await atBoth(till, given.societyId, who);
        const { status, body } = await pages.get(`${payment(given)}?card=full`);
        expect([status, holdsPlanted(body)]).toEqual([200, false]);
      }
      expect(await till.audit.thread(given.societyId, given.threadId)).toHaveLength(1);
      await till.institutions.endInstitution(given.chair(), { institutionId: hospitalId });
    });

    it('stands in no page, no answer, no address, no row and no line of the log', async () => {
      const { given, hospitalId, toPerson } = await givenHospital();
      const clerk = await officer(given.societyId, 'CLERK');
      await clerk.pages.get(`${PAGE}/new`);
      const added = await clerk.pages.post(PAGE, { ...HOSPITAL, accountNumber: PLANTED });
      expect(added.status).toBe(303);
      const planted = (await till.institutionsOf.inUse(given.societyId)).find(({ id }) => id !== hospitalId);
      expect(planted?.accountTail).toBe('3311');
      const order = await reorderedTo(till, toPerson, planted?.id ?? '');
      const again = { ...HOSPITAL, accountNumber: PLANTED };

      const cashier = await cashierOf(order);
      const seen = [
        added.location + added.body,
        (await clerk.program.post(API, again)).text,
        (await clerk.program.post(API, { ...again, name: '' })).text,
        (await clerk.program.post(`/payments/${PLANTED}/transfer`, again)).text,
      ];
      for (const { pages, program } of [clerk, cashier]) {
        seen.push((await program.get(API)).text);
        seen.push((await program.get(`/payments/${order.orderId}`)).text);
        for (const url of [PAGE, `${PAGE}?end=${planted?.id ?? ''}`, payment(order)])
          seen.push((await pages.get(url)).body);
      }
      await cashier.pages.get(payment(order));
      const paid = await cashier.pages.upload(`${payment(order)}/transfer`, {}, { photo: slip });
      expect(paid.status).toBe(303);
      const { recoveryId } = await demand(till, order);
      for (const url of [payment(order), `/s/recoveries/${recoveryId}`])
        seen.push((await cashier.pages.get(url)).body);
      expect(seen.map(holdsPlanted)).toEqual(seen.map(() => false));

      const rows: string[] = [];
      for (const { tableName } of till.house.dataSource.entityMetadatas)
        rows.push(JSON.stringify(await till.house.dataSource.query(`SELECT * FROM ${tableName}`)));
      expect(rows.filter((text) => text.includes(planted?.id ?? ''))).not.toEqual([]);
      expect(rows.filter(holdsPlanted)).toEqual([]);
      const log = lines.join('\n');
      expect(log).toContain('/payee-institutions');
      expect(holdsPlanted(log)).toBe(false);
    });
  });
});
