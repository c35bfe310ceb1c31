import { BoardQueries, RoundsService } from '../../src/board/index.js';
import { FundsQueries } from '../../src/funds/index.js';
import { LedgerQueries, LedgerService } from '../../src/ledger/index.js';
import { fen } from '../../src/kernel/fen.js';
import { day } from '../../src/kernel/day.js';
import { Transactions } from '../../src/platform/database/transactions.js';
import { api, signedIn } from '../support/clients.js';
import type { ApiClient } from '../support/clients.js';
import { kinds } from '../support/databases.js';
import { givenFederation, givenFund, ofFederation } from '../support/federation.js';
import type { FormVisitor } from '../support/form-visitor.js';
import { givenHouse } from '../support/house.js';
import type { House } from '../support/house.js';
import { givenOfficer } from '../support/officers.js';
import { givenSociety } from '../support/society.js';
import { expectSound } from '../support/sound.js';
import { photo } from '../support/village.js';

const RULE = {
  ...{
    validFrom: '2026-01-01',
    document: '《安心纾困慈善基金管理办法》第八条',
    ratePercent: '60',
    grain: 'FEN',
  },
  ...{ rounding: 'DOWN', capFen: '50万', capWindow: 'LIFETIME', noticeDays: '5', noticeDayKind: 'working' },
  ...{ advancePercent: '30', secondReviewFromFen: '100000' },
  ...{ 'causes[]': ['ILLNESS', 'DISASTER', 'ACCIDENT'], 'papers[]': ['ID_CARD', 'INVOICES'] },
};
const WHY = '上级的管理办法改了';
const FUND = { ...RULE, name: '安心纾困慈善基金（演示）', purpose: '帮大病、灾害、事故后背债的家庭' };

describe.each(kinds)('$name', (kind) => {
  let house: House;
  let federationId: string;
  let villageId: string;
  let chairId: string;
  let chair: FormVisitor;
  let program: ApiClient;

  beforeAll(async () => {
    house = await givenHouse(kind);
    federationId = await givenFederation(house);
    villageId = await givenSociety(house, undefined, {
      ...{ parentId: federationId, custody: 'HELD_BY_FEDERATION' as const },
    });
    const { login, personId } = await givenOfficer(house, federationId, 'CHAIR');
    chairId = personId;
    for (let i = 0; i < 3; i += 1) await givenOfficer(house, federationId, 'DIRECTOR');
    chair = await signedIn(house, login);
    program = await api(house, (await givenOfficer(house, federationId, 'SECRETARY_GENERAL')).login);
  });
  afterAll(() => expectSound(house));
  afterAll(() => house.close());

  const tree = async () => (await house.get(FundsQueries).tree(federationId))?.nodes ?? [];
  /** The board of the federation, all of one mind. */
  const raiseAll = async (roundId: string) => {
    const { directors } = await house.get(BoardQueries).round(federationId, roundId);
    const hands = directors.map(({ personId: directorId }) => ({ directorId, choice: 'yes' as const }));
    const sheet = await photo();
    await house.get(RoundsService).recordShowOfHands(ofFederation(federationId, 'secretary'), {
      ...{ roundId, hands, sheet, place: null, presiderId: chairId },
    });
  };
  const named = async (name: string) => {
    const node = (await tree()).find((each) => each.name === name);
    if (!node) throw new Error(`There is no ${name}`);
    return node;
  };

  it('opens its home to a reviewer, who is led to the funds and reads no case', async () => {
    const reviewer = await signedIn(house, (await givenOfficer(house, federationId, 'REVIEWER')).login);
    const home = await reviewer.get('/s');
    expect(home.status).toBe(200);
    for (const words of ['审核员', '现在没有要办的事。', '慈善基金', 'href="/s/funds"'])
      expect(home.body).toContain(words);
    for (const words of ['登记急难', '全部案件', '最近 5 件', '看明细'])
      expect(home.body).not.toContain(words);
    expect((await reviewer.get('/s/funds')).status).toBe(200);
    expect((await reviewer.get('/s/cases')).status).toBe(403);
  });

  it('says where no fund is, and opens the first with its rule: 303 to its page', async () => {
    expect((await chair.get('/s/funds')).body).toContain('还没有设立基金');
    const form = await chair.get('/s/funds/new');
    for (const words of ['每户最多救助多少？', 'value="500000"', 'value="60"'])
      expect(form.body).toContain(words);
    const { status, location } = await chair.post('/s/funds', FUND);
    expect(status).toBe(303);
    const page = await chair.get(location);
    for (const words of [
      ...['安心纾困慈善基金（演示）', '现行规则（第 1 版）', '自付费用的 60%', '500,000 元，一户一辈子累计'],
      ...['5 个工作日', '救命的，最多 30%', '突发疾病、意外事故、自然灾害', '设项目', '修订规则'],
    ])
      expect(page.body).toContain(words);
  });

  it('says beside the field what the rule may not be, and keeps what was typed: 422', async () => {
    await chair.get('/s/funds/new');
    const over = await chair.post('/s/funds', { ...FUND, name: '另一个基金', capFen: '500000.01' });
    expect(over.status).toBe(422);
    for (const words of ['不能超过 500,000 元', 'value="500000.01"', 'value="另一个基金"'])
      expect(over.body).toContain(words);
    const tiers = await chair.post('/s/funds', { ...FUND, name: '另一个基金', upToFen: '1万' });
    expect([tiers.status, tiers.body.includes('最后一段不设上限')]).toEqual([422, true]);
    const taken = await chair.post('/s/funds', FUND);
    expect([taken.status, taken.body.includes('已经有同名的基金或项目')]).toEqual([422, true]);
    expect(await tree()).toHaveLength(1);
  });

  it('sets projects below it, three floors and no more', async () => {
    const root = await named(FUND.name);
    await chair.get(`/s/funds/${root.id}/projects/new`);
    const made = await chair.post(`/s/funds/${root.id}/projects`, {
      name: '惠民医保',
      purpose: '补医保报销后的自付',
    });
    expect(made.status).toBe(303);
    const project = await named('惠民医保');
    const below = await program.post(`/funds/${project.id}/projects`, {
      ...{ name: '子项目甲（演示）', purpose: '演示用的子项目' },
    });
    expect(below.status).toBe(201);
    const deeper = { name: '第四层', purpose: '不应该有的一层' };
    const refused = await program.post(`/funds/${String(below.body['fundId'])}/projects`, deeper);
    expect([refused.status, refused.code]).toEqual([422, 'NOTHING_BELOW_SUB_PROJECT']);
    const page = await chair.get(`/s/funds/${String(below.body['fundId'])}`);
    expect(page.body).toContain(`按“${FUND.name}”的规则办理`);
  });

  it('D4-53 keeps the money of each apart: what came for a project is not in the fund, nor in the pool', async () => {
    const accountant = await signedIn(house, (await givenOfficer(house, federationId, 'ACCOUNTANT')).login);
    const purses = await house.get(LedgerQueries).purses(federationId);
    const purse = purses.find(({ restriction }) => restriction === '惠民医保');
    const form = await accountant.get('/s/ledger/inflows/new');
    expect(form.body).toContain(`${FUND.name} · 惠民医保`);
    const typed = { kind: 'SUBSIDY', amountFen: '10000', receivedOn: '2026-03-01', purseId: purse?.id ?? '' };
    const booked = await accountant.post('/s/ledger/inflows', typed);
    expect(booked.status).toBe(303);
    expect((await accountant.get(booked.location)).body).toContain(`${FUND.name} · 惠民医保`);
    expect([(await named('惠民医保')).freeFen, (await named(FUND.name)).freeFen]).toEqual([1_000_000, 0]);
    const asked = house.get(Transactions).run((tx) =>
      house.get(LedgerService).reserve(tx, {
        ...{ societyId: federationId, purpose: 'round-of-the-pool', threadId: null, amountFen: fen(100) },
      }),
    );
    await expect(asked).rejects.toMatchObject({ code: 'FUND_CANNOT_COVER', details: { heldFen: 0 } });
    const page = await accountant.get('/s/ledger');
    for (const words of ['各基金和项目', '启动补助（', '10,000.00']) expect(page.body).toContain(words);
  });

  it('D4-59 says in the federation’s books whose money it holds, and in the society’s who holds it', async () => {
    const note = {
      kind: 'SUBSIDY',
      amountFen: fen(3_000_000),
      receivedOn: day('2026-03-01'),
      note: '',
    } as const;
    await house.get(LedgerService).receive(ofFederation(villageId, 'accountant'), note);
    const page = await chair.get('/s/ledger');
    for (const words of ['代管的各社资金', '30,000.00', '不算总会的收入']) expect(page.body).toContain(words);
    const answer = await program.get('/ledger');
    expect(answer.body['held']).toEqual([
      expect.objectContaining({ societyId: villageId, heldFen: 3_000_000 }),
    ]);
    const village = await signedIn(house, (await givenOfficer(house, villageId, 'CASHIER')).login);
    expect((await village.get('/s/ledger')).body).toContain('慈善总会代管，存在总会的账户里');
  });

  it('takes an inflow back out of the purse that it went into', async () => {
    const purses = await house.get(LedgerQueries).purses(federationId);
    const purse = purses.find(({ restriction, fund }) => restriction === 'none' && fund === FUND.name);
    const inflow = { kind: 'SUBSIDY', amountFen: fen(700), receivedOn: day('2026-03-01'), note: '' } as const;
    const accountant = ofFederation(federationId, 'accountant');
    const { voucherId } = await house
      .get(LedgerService)
      .receive(accountant, { ...inflow, purseId: purse?.id ?? null });
    expect((await named(FUND.name)).balanceFen).toBe(700);
    await house
      .get(LedgerService)
      .reverseInflow(ofFederation(federationId, 'accountant'), { voucherId, reason: '记错了' });
    expect((await named(FUND.name)).balanceFen).toBe(0);
  });

  it('D4-1 works the printed example out on its page, and by program the same', async () => {
    const { id } = await named(FUND.name);
    await chair.get(`/s/funds/${id}/estimate`);
    const page = await chair.post(`/s/funds/${id}/estimate`, {
      totalFen: '99.54万',
      BASIC_INSURANCE: '60.96万',
    });
    expect(page.status).toBe(200);
    for (const words of ['大约能救助 231,480.00 元', '贰拾叁万壹仟肆佰捌拾元整', '385,800.00', '× 60%'])
      expect(page.body).toContain(words);
    const sheet = await program.post(`/funds/${id}/estimates`, {
      ...{ totalFen: 99_540_000, BASIC_INSURANCE: 60_960_000, usedFen: 40_000_000 },
    });
    expect(sheet.body).toMatchObject({ baseFen: 38_580_000, grantFen: 10_000_000, capApplied: true });
    const wrong = await chair.post(`/s/funds/${id}/estimate`, { totalFen: '一百万' });
    expect([wrong.status, wrong.body.includes('还有 1 处没填好')]).toEqual([422, true]);
  });

  it('adopts a rule from a later day, and never changes one that held', async () => {
    const { id } = await named(FUND.name);
    const form = await chair.get(`/s/funds/${id}/rules/new`);
    expect(form.body).toContain('value="60"');
    const wrongs = [
      [{ why: WHY }, '不晚于上一版的生效日'],
      [{ why: WHY, validFrom: '2026-03-03', ratePercent: '50' }, '表决截止以后才能生效，最早是 2026-03-04'],
      [{ validFrom: '2026-04-01' }, '为什么修订'],
    ] as const;
    for (const [wrong, words] of wrongs) {
      const again = await chair.post(`/s/funds/${id}/rules`, { ...RULE, ...wrong });
      expect([again.status, words, again.body.includes(words)]).toEqual([422, words, true]);
    }
    const tiered = { ratePercent: '50', upToFen: '10万', secondRatePercent: '70', validFrom: '2026-04-01' };
    const asked = await chair.post(`/s/funds/${id}/rules`, { ...RULE, ...tiered, why: WHY });
    expect(asked.status).toBe(303);
    const round = await chair.get(asked.location);
    for (const words of ['修订', '第2版', WHY]) expect(round.body).toContain(words);
    const waiting = await chair.get(`/s/funds/${id}`);
    expect(waiting.body).toContain('规则第 2 版正在表决');
    for (const words of ['将要生效', '修订规则']) expect(waiting.body).not.toContain(words);
    await raiseAll(asked.location.split('/').at(-1) ?? '');
    const page = await chair.get(`/s/funds/${id}`);
    for (const words of [
      '现行规则（第 1 版）',
      '将要生效（第 2 版）',
      '自付费用 100,000 元以内 50%，再往上 70%',
    ])
      expect(page.body).toContain(words);
    const estimate = () => program.post(`/funds/${id}/estimates`, { totalFen: 20_000_000 });
    expect((await estimate()).body).toMatchObject({ grantFen: 12_000_000 });
    const changed = house.dataSource.query(
      `UPDATE fund_rule_versions SET cap_fen = 1 WHERE fund_id = '${id}'`,
    );
    await expect(changed).rejects.toThrow();
  });

  it('asks the board by program too, and says once more what waits', async () => {
    const { id } = await named(FUND.name);
    const { 'causes[]': causes, 'papers[]': papers, ...rest } = RULE;
    const numbers = { ratePercent: 55, noticeDays: 5, advancePercent: 30 };
    const money = { capFen: 50_000_000, secondReviewFromFen: 10_000_000 };
    const typed = { ...rest, ...numbers, ...money, causes, papers, deductsCrowdfunding: false, why: WHY };
    const asked = await program.post(`/funds/${id}/rules`, { ...typed, validFrom: '2026-05-01' });
    expect([asked.status, Object.keys(asked.body)]).toEqual([201, ['motionId', 'roundId']]);
    const again = await program.post(`/funds/${id}/rules`, { ...typed, validFrom: '2026-05-02' });
    expect([again.status, again.code]).toEqual([409, 'RULE_MOTION_PENDING']);
    const read = await program.get(`/funds/${id}`);
    expect(read.body['motions']).toEqual([
      expect.objectContaining({ state: 'VOTING', version: 3 }),
      expect.objectContaining({ state: 'ADOPTED', version: 2, inForceFrom: '2026-04-01' }),
    ]);
  });

  it('lets the database refuse a cap above 500,000 yuan, whoever writes it', async () => {
    const [rule] = await house.dataSource.query<Record<string, unknown>[]>(
      'SELECT * FROM fund_rule_versions LIMIT 1',
    );
    const row = { ...rule, id: 'x'.repeat(36), version: 99, valid_from: '2030-01-01', cap_fen: 50_000_001 };
    const columns = Object.keys(row).map((name) => `"${name}"`);
    const marks = columns.map(() => '?').join(', ');
    const insert = `INSERT INTO fund_rule_versions (${columns.join(', ')}) VALUES (${marks})`;
    await expect(
      house.dataSource.transaction((rows) => rows.query(insert, Object.values(row))),
    ).rejects.toThrow(/ck_fund_rule_versions_cap|CHECK/);
  });

  it('shows a village the funds that stand above it, and lets it open none', async () => {
    const { login } = await givenOfficer(house, villageId, 'CHAIR');
    const village = await signedIn(house, login);
    const list = await village.get('/s/funds');
    expect([list.status, list.body.includes(FUND.name), list.body.includes('设立基金')]).toEqual([
      200,
      true,
      false,
    ]);
    const { id } = await named(FUND.name);
    expect((await village.get(`/s/funds/${id}`)).body).not.toContain('修订规则');
    await village.get(`/s/funds/${id}/estimate`); // any form of its own
    const refused = await village.post('/s/funds', { ...FUND, name: '村里的基金' });
    expect([refused.status, refused.body.includes('只有慈善总会能设立基金')]).toEqual([409, true]);
    await village.get(`/s/funds/${id}/estimate`);
    const ruled = await village.post(`/s/funds/${id}/rules`, { ...RULE, validFrom: '2026-09-01', why: WHY });
    expect(ruled.status).toBe(409);
  });

  it('D4-69 finds no fund of another federation', async () => {
    const other = await givenFederation(house);
    const { fundId } = await givenFund(house, other);
    for (const path of [`/s/funds/${fundId}`, `/s/funds/${fundId}/estimate`])
      expect((await chair.get(path)).status).toBe(404);
    const ruled = await program.post(`/funds/${fundId}/projects`, {
      name: '别人的项目',
      purpose: '不应该有的',
    });
    expect([ruled.status, ruled.code]).toEqual([404, 'FUND_NOT_FOUND']);
    const alone = await givenSociety(house);
    const stranger = await signedIn(house, (await givenOfficer(house, alone, 'CLERK')).login);
    expect((await stranger.get('/s/funds')).body).toContain('上级还没有慈善总会');
  });
});
