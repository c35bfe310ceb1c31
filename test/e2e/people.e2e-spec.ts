import { PeopleQueries, PeopleService } from '../../src/people/index.js';
import type { PersonDraft } from '../../src/people/index.js';
import { kinds } from '../support/databases.js';
import { FormVisitor } from '../support/form-visitor.js';
import { givenHouse } from '../support/house.js';
import type { House } from '../support/house.js';
import { givenAdmin, givenOfficer, PASSWORD } from '../support/officers.js';
import { givenPerson } from '../support/people.js';
import { sheetOfRows } from '../support/sheets.js';
import { givenSociety } from '../support/society.js';
import { expectSound } from '../support/sound.js';

const ID = '341702198503140010';
const CARD = '6217001234567890122';

describe.each(kinds)('$name', (kind) => {
  let house: House;
  let societyId: string;
  let secretary: FormVisitor;

  beforeAll(async () => {
    house = await givenHouse(kind);
  });
  afterAll(() => expectSound(house));
  afterAll(() => house.close());
  beforeEach(async () => {
    societyId = await givenSociety(house);
    secretary = await signedIn((await givenOfficer(house, societyId, 'SECRETARY_GENERAL')).login);
  });

  async function signedIn(login: string): Promise<FormVisitor> {
    const visitor = new FormVisitor(house.app);
    expect((await visitor.signIn(login, PASSWORD)).status).toBe(303);
    return visitor;
  }
  const given = (draft: Partial<PersonDraft> = {}, society = societyId) =>
    givenPerson({ people: house.get(PeopleService) }, society, draft);
  const queries = () => house.get(PeopleQueries);

  describe('名册', () => {
    it('lists who is there, with the tail of the phone and no ID number', async () => {
      const id = await given({ idNumber: ID, phone: '13900005341' });
      const { status, body } = await secretary.get('/s/people');
      expect(status).toBe(200);
      expect(body).toContain(`<a href="/s/people/${id}">李建明</a>`);
      expect(body).toContain('尾号 5341');
      expect(body).not.toMatch(/341702|13900005341/);
    });

    it.each(['李建', 'ljm', '5341'])('finds by %s, which never stands in an address', async (typed) => {
      await given({ phone: '13900005341' });
      await given({ name: '王芳' });
      await secretary.get('/s/people');
      const { status, location, body } = await secretary.post('/s/people/search', { q: typed });
      expect([status, location]).toEqual([200, '']);
      expect(body).toContain('找到 1 人');
      expect(body).toContain('李建明');
      expect(body).not.toContain('王芳');
    });

    it('says so when nobody is found, and asks again when nothing was typed', async () => {
      await secretary.get('/s/people');
      expect((await secretary.post('/s/people/search', { q: '赵' })).body).toContain('没有找到');
      const empty = await secretary.post('/s/people/search', { q: ' ' });
      expect(empty.status).toBe(422);
      expect(empty.body).toContain('请填写姓名、拼音首字母或电话后四位');
    });

    it('suggests by letters and digits, and answers nothing to a name in the address', async () => {
      const id = await given();
      const suggested = await secretary.get('/s/people/suggest?q=ljm');
      expect(JSON.parse(suggested.body)).toEqual({ items: [{ id, words: '李建明 三组' }] });
      const named = await secretary.get(`/s/people/suggest?q=${encodeURIComponent('李建明')}`);
      expect(JSON.parse(named.body)).toEqual({ items: [] });
    });
  });

  describe('登记一个人', () => {
    const typed = { name: '李建明', group: '三组', residence: 'HUKOU' };

    it('takes five answers and goes to the person', async () => {
      await secretary.get('/s/people/new');
      const done = await secretary.post('/s/people', {
        ...typed,
        idNumber: '11010519491231002x',
        phone: '13900005341',
      });
      expect(done.status).toBe(303);
      expect(done.location).toMatch(/^\/s\/people\/[\da-f-]{36}$/);
      const { body } = await secretary.get(done.location);
      for (const words of ['李建明', '1101**********002X', '1949年12月31日', '尾号 5341', '户口在本村'])
        expect(body).toContain(words);
      expect(body).not.toMatch(/11010519491231002|13900005341/);
    });

    it('asks again beside the field, and keeps what was typed: 422', async () => {
      await secretary.get('/s/people/new');
      const again = await secretary.post('/s/people', {
        ...typed,
        idNumber: '341702198503140011',
        phone: '1',
      });
      expect(again.status).toBe(422);
      expect(again.body).toContain('还有 2 处没填好');
      expect(again.body).toContain('身份证号码校验不通过');
      expect(again.body).toContain('电话应为 11 位手机号码');
      expect(again.body).toContain('value="李建明"');
      expect(await queries().search(societyId, '李建明')).toEqual([]);
    });

    it('wants a number or the tick that there is none', async () => {
      await secretary.get('/s/people/new');
      const again = await secretary.post('/s/people', typed);
      expect(again.body).toContain('请填写身份证号；还没有的，请勾选');
      const done = await secretary.post('/s/people', { ...typed, idPending: 'yes' });
      expect(done.status).toBe(303);
      expect((await secretary.get(done.location)).body).toContain('身份证待补');
    });

    it('D4-50 asks whether the same name, birthday and place is the same person', async () => {
      const twin = await given({ name: '逄某', bornOn: '1969-10-01' });
      const who = { ...typed, name: '逄某', idPending: 'yes', bornOn: '1969-10-01' };
      await secretary.get('/s/people/new');
      const asked = await secretary.post('/s/people', who);
      expect(asked.status).toBe(422);
      expect(asked.body).toContain(`<a href="/s/people/${twin}">逄某 三组</a>`);
      const done = await secretary.post('/s/people', { ...who, isAnother: 'yes' });
      expect(done.status).toBe(303);
      expect((await secretary.get(done.location)).body).toContain('可能是同一个人');
    });

    it('says beside the number that it is registered already', async () => {
      await given({ idNumber: ID });
      await secretary.get('/s/people/new');
      const again = await secretary.post('/s/people', { ...typed, idNumber: ID });
      expect(again.status).toBe(422);
      expect(again.body).toContain('这个身份证号在本社名册里已经有了');
    });
  });

  describe('one person', () => {
    it('takes a card, shows its tail, and warns of a strange holder', async () => {
      const id = await given();
      await secretary.get(`/s/people/${id}`);
      const typed = { bankName: '农商行', cardNumber: '6217001234567890123', holderName: '王五' };
      expect((await secretary.post(`/s/people/${id}/payee-accounts`, typed)).status).toBe(303);
      const { body } = await secretary.get(`/s/people/${id}`);
      expect(body).toContain('农商行 尾号 0123，户名 王五');
      expect(body).toContain('户名不是本人，也不是监护人');
      expect(body).toContain('卡号校验没通过');
      expect(body).not.toContain(CARD.slice(0, -1));
    });

    it('shows the page again when the card is none, without the number in it being lost', async () => {
      const id = await given();
      await secretary.get(`/s/people/${id}`);
      const again = await secretary.post(`/s/people/${id}/payee-accounts`, {
        bankName: '农商行',
        cardNumber: '12',
      });
      expect(again.status).toBe(422);
      expect(again.body).toContain('卡号应为 12 至 22 位数字');
      expect(again.body).toContain('<details open>');
    });

    it('finds a relative by name, and asks which one when there are several', async () => {
      const child = await given({ name: '李小明', idNumber: '371602201206012340' });
      const mother = await given({ name: '张桂芳', bornOn: '1980-01-01' });
      await given({ name: '张桂芳', group: '五组', bornOn: '1990-01-01' });
      await secretary.get(`/s/people/${child}`);
      const typed = { relative: '张桂芳', relation: 'LINEAL', isGuardian: 'yes' };
      const asked = await secretary.post(`/s/people/${child}/kin`, typed);
      expect(asked.status).toBe(422);
      expect(asked.body).toContain('是哪一位？');
      expect(asked.body).toContain('张桂芳 五组');
      const done = await secretary.post(`/s/people/${child}/kin`, { ...typed, relativeId: mother });
      expect(done.status).toBe(303);
      const { body } = await secretary.get(`/s/people/${child}`);
      for (const words of ['未成年人', '监护人', '直系亲属']) expect(body).toContain(words);
      expect(await queries().person(societyId, child)).toMatchObject({ guardianId: mother });
    });

    it('D4-32 takes the consents of a child from the guardian only', async () => {
      const guardianId = await given({ name: '张桂芳', bornOn: '1980-01-01' });
      const child = await given({ name: '李小明', idNumber: '371602201206012340', guardianId });
      const answers = { process: 'yes', healthBank: 'yes', verify: 'yes', publish: 'no' };
      await secretary.get(`/s/people/${child}/consents`);
      const refused = await secretary.upload(`/s/people/${child}/consents`, { ...answers, how: 'PAPER' }, {});
      expect(refused.status).toBe(422);
      expect(refused.body).toContain('须由监护人同意');
      const done = await secretary.upload(`/s/people/${child}/consents`, { ...answers, how: 'GUARDIAN' }, {});
      expect(done.status).toBe(303);
      expect(await queries().consentsOf(societyId, child)).toEqual({
        process: true,
        healthBank: true,
        verify: true,
        publish: false,
      });
    });

    it('takes the ID number later', async () => {
      const id = await given();
      await secretary.get(`/s/people/${id}`);
      expect((await secretary.post(`/s/people/${id}/id-number`, { idNumber: ID })).status).toBe(303);
      const { body } = await secretary.get(`/s/people/${id}`);
      expect(body).toContain('3417**********0010');
      expect(body).not.toContain('补身份证号');
    });

    it('D4-69 is not found from another society, whatever is asked', async () => {
      const id = await given({}, await givenSociety(house));
      expect((await secretary.get(`/s/people/${id}`)).status).toBe(404);
      for (const [act, body] of [
        ['payee-accounts', { bankName: '农商行', cardNumber: CARD }],
        ['kin', { relativeId: id, relation: 'SPOUSE' }],
        ['consents', { process: 'yes', how: 'PAPER' }],
        ['id-number', { idNumber: ID }],
      ] as const) {
        await secretary.get('/s/people/new');
        expect((await secretary.post(`/s/people/${id}/${act}`, body)).status).toBe(404);
      }
    });

    it('keeps cards and consents from the administrator, who enters people', async () => {
      const id = await given();
      const admin = await signedIn(await givenAdmin(house));
      await admin.get('/choose');
      await admin.post('/choose', { societyId });
      const page = await admin.get(`/s/people/${id}`);
      expect(page.status).toBe(200);
      expect(page.body).not.toContain('收款账户');
      expect((await admin.post(`/s/people/${id}/payee-accounts`, {})).status).toBe(403);
    });

    it('keeps them from the administrator in the API too, and not from the secretary', async () => {
      const id = await given();
      const { login } = await givenOfficer(house, societyId, 'CLERK');
      const keysFor = async (who: string) => {
        const url = '/api/v1/sessions';
        const payload = { login: who, password: PASSWORD, societyId };
        const { token } = (await house.app.inject({ method: 'POST', url, payload })).json<{
          token: string;
        }>();
        const headers = { authorization: `Bearer ${token}` };
        const reply = await house.app.inject({ url: `/api/v1/people/${id}`, headers });
        expect(reply.statusCode).toBe(200);
        return Object.keys(reply.json<object>());
      };
      const bank = ['payeeAccounts', 'consents'];
      expect(await keysFor(login)).toEqual(expect.arrayContaining(bank));
      expect((await keysFor(await givenAdmin(house))).filter((key) => bank.includes(key))).toEqual([]);
    });
  });

  describe('用表格导入', () => {
    const rows = [
      ['姓名', '村民小组', '身份证号', '爱好'],
      ['李建明', '三组', ID, '下棋'],
      ['王芳', '五组', '341702198503140011', null],
    ];

    it('gives a template, shows what it would do, and does it once confirmed', async () => {
      const page = await secretary.get('/s/people/import');
      expect(page.body).toContain('/s/people/import/template.xlsx');
      const template = await secretary.get('/s/people/import/template.xlsx');
      expect([template.status, template.bytes.subarray(0, 2).toString()]).toEqual([200, 'PK']);

      const shown = await secretary.upload('/s/people/import', {}, { sheet: await sheetOfRows(rows) });
      expect(shown.status).toBe(200);
      for (const words of [
        '新增',
        '1 人',
        '有误',
        '1 行',
        '第 3 行',
        '身份证号',
        '校验不通过',
        '爱好',
        '确认导入 1 人',
      ])
        expect(shown.body).toContain(words);
      expect(shown.body).not.toContain(ID);
      expect(await queries().search(societyId, '李建明')).toEqual([]);

      const [, importId = ''] = /name="importId" value="([^"]+)"/.exec(shown.body) ?? [];
      const done = await secretary.post('/s/people/import/confirm', { importId });
      expect(done.status).toBe(200);
      expect(done.body).toContain('新增 1 人，更新 0 人');
      expect(await queries().search(societyId, '李建明')).toHaveLength(1);
      await secretary.get('/s/people/import');
      expect((await secretary.post('/s/people/import/confirm', { importId })).status).toBe(404);
    });

    it('says what is wrong with a file that is no sheet, and asks for one when there is none: 422', async () => {
      await secretary.get('/s/people/import');
      const text = await secretary.upload('/s/people/import', {}, { sheet: Buffer.from('姓名,村民小组') });
      expect([text.status, text.body.includes('请先另存为 .xlsx')]).toEqual([422, true]);
      const none = await secretary.upload('/s/people/import', {}, {});
      expect([none.status, none.body.includes('请选择填好的表格')]).toEqual([422, true]);
    });
  });

  describe('API', () => {
    const api = async () => {
      const { login } = await givenOfficer(house, societyId, 'CLERK');
      const session = await house.app.inject({
        method: 'POST',
        url: '/api/v1/sessions',
        payload: { login, password: PASSWORD },
      });
      const { token } = session.json<{ token: string }>();
      let keys = 0;
      return (method: 'GET' | 'POST', url: string, payload?: object) =>
        house.app.inject({
          method,
          url: `/api/v1/people${url}`,
          headers: {
            authorization: `Bearer ${token}`,
            'idempotency-key': `people-${String(++keys)}-${token}`.slice(0, 40),
          },
          ...(payload ? { payload } : {}),
        });
    };
    const draft = { name: '李建明', group: '三组', residence: 'HUKOU', idNumber: ID, phone: '13900005341' };

    it('adds, reads, lists and finds', async () => {
      const call = await api();
      const added = await call('POST', '', draft);
      expect(added.statusCode).toBe(201);
      const { personId } = added.json<{ personId: string }>();
      const one = await call('GET', `/${personId}`);
      expect(one.json()).toMatchObject({
        name: '李建明',
        phoneTail: '5341',
        idState: 'KNOWN',
        kin: [],
        payeeAccounts: [],
      });
      expect((await call('GET', '')).json<{ items: { id: string }[] }>().items.map(({ id }) => id)).toContain(
        personId,
      );
      for (const found of [
        await call('GET', '/suggest?q=ljm'),
        await call('POST', '/suggest', { q: '李建' }),
      ])
        expect(found.json()).toMatchObject({ items: [{ id: personId }] });
      expect(one.body).not.toMatch(/341702|13900005341/);
    });

    it('takes card, kin, consents and a late number', async () => {
      const call = await api();
      const [id, other] = [await given(), await given({ name: '王芳' })];
      const answers = [
        await call('POST', `/${id}/payee-accounts`, { bankName: '农商行', cardNumber: CARD }),
        await call('POST', `/${id}/kin`, { relativeId: other, relation: 'SPOUSE' }),
        await call('POST', `/${id}/consents`, { process: 'yes', publish: 'no', how: 'PAPER' }),
        await call('POST', `/${id}/id-number`, { idNumber: ID }),
      ];
      expect(answers.map(({ statusCode }) => statusCode)).toEqual([201, 201, 201, 200]);
      expect((await call('GET', `/${id}`)).json()).toMatchObject({
        kin: [{ personId: other, relation: 'SPOUSE' }],
        payeeAccounts: [{ cardTail: '0122', matchesName: true }],
        consents: { process: true, healthBank: null, publish: false },
      });
    });

    it('D4-50 asks a program too: 409 with the candidates, and isAnother as the answer', async () => {
      const call = await api();
      const first = (await call('POST', '', draft)).json<{ personId: string }>();
      const twin = { ...draft, idNumber: undefined, idPending: true, bornOn: '1985-03-14' };
      const asked = await call('POST', '', twin);
      expect(asked.statusCode).toBe(409);
      expect(asked.json()).toMatchObject({
        code: 'PERSON_LOOKS_ALIKE',
        details: { personIds: first.personId, confirmWith: 'isAnother' },
      });
      expect(asked.body).not.toContain('李建明');
      expect(await queries().search(societyId, '李建明')).toHaveLength(1);
      expect((await call('POST', '', { ...twin, isAnother: true })).statusCode).toBe(201);
      expect(await queries().search(societyId, '李建明')).toHaveLength(2);
    });

    it('refuses with a stable code, and names no person', async () => {
      const call = await api();
      await call('POST', '', draft);
      const again = await call('POST', '', draft);
      expect([again.statusCode, again.json<{ code: string }>().code]).toEqual([
        409,
        'PERSON_ALREADY_REGISTERED',
      ]);
      const unknown = await call('POST', '', { ...draft, salary: 1 });
      expect([unknown.statusCode, unknown.json<{ code: string }>().code]).toEqual([422, 'INVALID_INPUT']);
      const named = await call('GET', `/suggest?q=${encodeURIComponent('李建明')}`);
      expect([named.statusCode, named.json<{ code: string }>().code]).toEqual([422, 'NAME_IN_ADDRESS']);
      const stranger = await call('GET', `/${await given({}, await givenSociety(house))}`);
      expect([stranger.statusCode, stranger.json<{ code: string }>().code]).toEqual([
        404,
        'PERSON_NOT_FOUND',
      ]);
      for (const { body } of [again, unknown, named, stranger]) expect(body).not.toMatch(/李建明|341702/);
    });
  });
});
