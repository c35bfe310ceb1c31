import { RoundsService } from '../../src/board/index.js';
import { api, signedIn } from '../support/clients.js';
import type { ApiClient } from '../support/clients.js';
import { kinds } from '../support/databases.js';
import { boardSays, givenApproved } from '../support/fast-path.js';
import type { Answer, FormVisitor } from '../support/form-visitor.js';
import { givenHouse } from '../support/house.js';
import type { House } from '../support/house.js';
import { staysSound } from '../support/sound.js';
import { as, givenCase, givenTown, givenVillage, handsOf, photo } from '../support/village.js';
import type { Post, Village } from '../support/village.js';

/** Names the words that a page lacks, and not the whole page. */
function expectWords({ body, status }: Answer, words: readonly string[]): void {
  const said = body.replaceAll('\u00a0', ' '); // no line begins with a dot
  expect([status, words.filter((each) => !said.includes(each))]).toEqual([200, []]);
}

/** Over HTTP, the village and its town, by forms as a browser without script sends them, and by the API. */
describe.each(kinds)('$name', (kind) => {
  let house: House;
  let town: Village;
  let village: Village;

  beforeAll(async () => {
    house = await givenHouse(kind);
    town = await givenTown(house, { heldFen: 30_000_000 });
    village = await givenVillage(house, { parentId: town.societyId });
  });
  staysSound(() => house);
  afterAll(() => house.close());

  const at = (of: Village, post: Post): Promise<FormVisitor> => signedIn(house, of.at[post].login);
  const apiOf = (of: Village, post: Post): Promise<ApiClient> => api(house, of.at[post].login);
  const followed = ({ status, location, body }: Answer): string => {
    expect([status, status === 303 ? '' : body.replace(/\s+/g, ' ').slice(0, 3000)]).toEqual([303, '']);
    return location;
  };
  const linkIn = (body: string, pattern: RegExp): string =>
    pattern.exec(body.replaceAll('&#x3D;', '=').replaceAll('&amp;', '&'))?.[1] ?? '';

  it('hands a case to the town, which takes it on and pays; the village sees the result', async () => {
    const secretary = await at(village, 'secretary');
    const made = await givenCase(village, {
      ...{ at: 'VERIFIED', amountFen: 300_000, story: '夜里突然发病' },
      applicant: { name: '范长河' },
    });
    const page = `/s/cases/${made.number}`;
    const open = await secretary.get(page);
    expectWords(open, ['转镇联合社', '转别的部门']);
    expect(open.body).not.toContain('申请人要求复核');
    expectWords(await secretary.get(`${page}/escalation`), [
      '本社办不了的，转给柳河',
      '需要的钱超过本社单笔限额',
      '请先告诉申请人',
    ]);
    const none = await secretary.post(`${page}/escalation`, {});
    expect([none.status, none.body.includes('请选为什么转')]).toEqual([422, true]);
    const within = await secretary.post(`${page}/escalation`, { reason: 'OVER_LIMIT', askedFen: '3000' });
    expect([within.status, within.body.includes('没有超过')]).toEqual([422, true]);
    expect(within.body).toContain('value="3000"');
    const over = { reason: 'OVER_LIMIT', askedFen: '8000', note: '住院要押金' };
    expect(followed(await secretary.post(`${page}/escalation`, over))).toBe(page);
    const left = await secretary.get(page);
    expectWords(left, ['已转镇联合社', '转给了谁', '柳河', '等答复', '8,000.00 元', '住院要押金']);
    expect(left.body).not.toContain('记答复');

    const clerk = await at(town, 'clerk');
    const home = await clerk.get('/s');
    expectWords(home, ['今天要办 1 件', '范*河 · 突发疾病 · 8,000.00 元', '等答复，还剩', '村里转来的']);
    const desk = await clerk.get('/s/town');
    expectWords(desk, ['村里转来的', '范*河 · 突发疾病 · 8,000.00 元', '需要的钱超过本社单笔限额']);
    for (const words of ['范长河', '发病了', '夜里']) expect(desk.body).not.toContain(words);
    const one = linkIn(desk.body, /href="(\/s\/town\/handovers\/[\da-f-]{36})"/);
    const handover = await clerk.get(one);
    expectWords(handover, ['接过来办', '没有表决过', '看申请人说的经过', '住院要押金']);
    expect(handover.body).not.toMatch(/范长河|夜里突然/);
    const unsaid = await clerk.post(`${one}/story`, {});
    expect([unsaid.status, unsaid.body.includes('夜里突然')]).toEqual([422, false]);
    expectWords(await clerk.post(`${one}/story`, { reason: '核实要用' }), ['夜里突然发病']);

    await clerk.get(one);
    const own = followed(await clerk.post(`${one}/case`, { amountFen: '8000' }));
    expectWords(await clerk.get(own), ['从哪里转来', made.number, '范*河', '8,000.00 元', '已受理']);
    expectWords(await secretary.get(page), ['镇里正在办']);
    expect((await clerk.get(one)).body).not.toContain('接过来办');
  });

  it('answers the village directly, and the village reads it', async () => {
    const made = await givenCase(village, { at: 'VERIFIED', cause: 'FIRE' });
    const clerk = await at(village, 'clerk');
    await clerk.get(`/s/cases/${made.number}/escalation`);
    followed(await clerk.post(`/s/cases/${made.number}/escalation`, { reason: 'NO_BOARD' }));
    const secretary = await at(town, 'secretary');
    const desk = await secretary.get('/s/town');
    const links = [...desk.body.matchAll(/href="(\/s\/town\/handovers\/[\da-f-]{36})"/g)];
    const one = links.at(-1)?.[1] ?? '';
    await secretary.get(one);
    const wrong = await secretary.post(`${one}/answer`, { answer: 'RETURNED', answeredFen: '100' });
    expect([wrong.status, wrong.body.includes('只有“已经帮了”才写金额')]).toEqual([422, true]);
    const back = followed(
      await secretary.post(`${one}/answer`, { answer: 'RETURNED', note: '请改期再开会' }),
    );
    expect(back).toBe('/s/town');
    expectWords(await clerk.get(`/s/cases/${made.number}`), ['已答复', '退回，由本社重新办', '请改期再开会']);
  });

  it('refers to an office on paper, and the village writes down the answer', async () => {
    const made = await givenCase(village, { at: 'ACCEPTED', cause: 'SCHOOLING' });
    const page = `/s/cases/${made.number}`;
    const secretary = await at(village, 'secretary');
    expectWords(await secretary.get(`${page}/referral`), ['转别的部门', '转教育部门']);
    followed(await secretary.post(`${page}/referral`, { office: 'EDUCATION' }));
    expectWords(await secretary.get(page), ['教育部门', '请打印转办函送过去', '记答复']);
    await secretary.get(`${page}/answer`);
    const helped = { answer: 'HELPED', answeredFen: '1200', note: '减免学费' };
    followed(await secretary.post(`${page}/answer`, helped));
    expectWords(await secretary.get(page), ['已经帮了，1,200.00 元', '减免学费']);
  });

  it('says so where nobody stands above', async () => {
    const alone = await givenVillage(house);
    const made = await givenCase(alone, { at: 'VERIFIED' });
    const secretary = await at(alone, 'secretary');
    expectWords(await secretary.get(`/s/cases/${made.number}/escalation`), ['本社还没有上级镇联合社']);
    followed(await secretary.post(`/s/cases/${made.number}/escalation`, { reason: 'NO_BOARD' }));
    expectWords(await secretary.get(`/s/cases/${made.number}`), [
      '本社还没有上级镇联合社，请打印转办函送镇里',
      '记答复',
    ]);
    expect((await secretary.get('/s/town')).status).toBe(404);
  });

  it('D4-63 asks the town for a second time from the page that refused it', async () => {
    const first = await givenCase(village, {
      at: 'ACCEPTED',
      cause: 'DISASTER',
      applicant: { name: '范再来' },
    });
    const clerk = await at(village, 'clerk');
    await clerk.get('/s/cases/new');
    const need = { who: '范再来', applicantId: first.applicantId, cause: 'DISASTER', amountFen: '500' };
    const refused = await clerk.post('/s/cases/new', need);
    expect([refused.status, refused.body.includes('同一原因一年只救助一次')]).toEqual([422, true]);
    const form = linkIn(refused.body, /href="(\/s\/overrides\/new[^"]+)"/);
    expectWords(await clerk.get(form), ['请镇里批准', '范*来', '自然灾害', first.number]);
    const unsaid = await clerk.post('/s/overrides', {
      kind: 'SAME_CAUSE',
      personId: first.applicantId,
      cause: 'DISASTER',
    });
    expect([unsaid.status, unsaid.body.includes('请填写为什么要再救助一次')]).toEqual([422, true]);
    const asked = {
      kind: 'SAME_CAUSE',
      personId: first.applicantId,
      cause: 'DISASTER',
      note: '又发一次大水',
    };
    const waiting = followed(await clerk.post('/s/overrides', asked));
    const shown = await clerk.get(waiting);
    expectWords(shown, ['等镇里批']);
    expect(shown.body).not.toContain('送镇里</button>');

    const chair = await at(town, 'chair');
    expectWords(await chair.get('/s'), ['村里请批准 1 件']);
    const desk = await chair.get('/s/town');
    expectWords(desk, ['等批准的', '范*来 · 自然灾害，今年第二次']);
    expect(desk.body).not.toContain('范再来');
    const one = linkIn(desk.body, /href="(\/s\/town\/overrides\/[\da-f-]{36})"/);
    expectWords(await chair.get(one), [
      '批准：是另外一次，不是同一件事',
      '不批准：和上次是同一件事',
      '又发一次大水',
    ]);
    const unchosen = await chair.post(`${one}/decision`, {});
    expect([unchosen.status, unchosen.body.includes('请选批不批准')]).toEqual([422, true]);
    followed(await chair.post(`${one}/decision`, { reason: 'ANOTHER_EVENT', words: '村里核实过' }));
    expectWords(await chair.get(one), ['镇里已批准，还没用', '是另外一次，不是同一件事。村里核实过']);

    await clerk.get('/s/cases/new');
    expect(followed(await clerk.post('/s/cases/new', need))).toMatch(/^\/s\/cases\/drafts\//);
    expect((await (await at(town, 'deputy')).post(`${one}/decision`, { reason: 'SAME_EVENT' })).status).toBe(
      403,
    );
  });

  it('asks the town from the page of the round where papers are overdue', async () => {
    const earlier = await givenCase(village, { at: 'PAID', amountFen: 10_000, cause: 'ACCIDENT' });
    house.clock.advance({ days: 20 });
    const next = await givenCase(village, { at: 'ACCEPTED', amountFen: 10_000, cause: 'OTHER' });
    const clerk = await at(village, 'clerk');
    const free = await clerk.get(`/s/cases/${next.number}/rounds/new`);
    expect(free.body).not.toContain('过了期还没补齐');
    const link = `/s/overrides/new?kind=PAPERS_OVERDUE&person=${earlier.applicantId}`;
    expectWords(await clerk.get(link), ['上一件材料过期没补', earlier.number]);
    const desk = await (await at(town, 'secretary')).get('/s/town');
    expectWords(desk, ['材料没补齐', earlier.number, '余额够不够', '低于 30,000.00']);
    expectWords(await (await at(village, 'accountant')).get('/s'), ['余额低于 30,000.00 元']);
    expect((await (await at(village, 'cashier')).get('/s')).body).not.toContain('余额低于');
  });

  it('D4-68 lets the three of a fast path sign again, one by one, from the desk of the town', async () => {
    const own = await givenVillage(house, { parentId: town.societyId });
    const made = await givenApproved(own);
    await boardSays(own, made, 'no');
    const chair = await at(town, 'chair');
    const desk = await chair.get('/s/town');
    expectWords(desk, ['紧急快办要复核的', made.number, '理事长、秘书长、监事']);
    const one = linkIn(desk.body, /href="(\/s\/town\/fast-paths\/[\da-f-]{36})"/);
    expectWords(await chair.get(one), ['钱不追回', made.number, '恢复谁？', '为什么恢复？']);
    const unsaid = await chair.post(one, { reason: 'IN_ORDER' });
    expect([unsaid.status, unsaid.body.includes('请选恢复谁')]).toEqual([422, true]);
    expect(followed(await chair.post(one, { seat: 'chair', reason: 'IN_ORDER' }))).toBe(one);
    expectWords(await chair.get(one), ['秘书长、监事']);
    expect((await (await at(town, 'clerk')).get(one)).body).not.toContain('恢复谁');
    expect((await (await at(village, 'chair')).get(one)).status).toBe(404);
    const program = await apiOf(town, 'chair');
    const api = `/fast-paths/${one.split('/').at(-1) ?? ''}/restorations`;
    expect((await program.post(api, { seat: 'secretary', reason: 'CORRECTED' })).status).toBe(201);
    expect((await program.post(api, { seat: 'secretary', reason: 'CORRECTED' })).code).toBe(
      'NOBODY_HELD_OFF',
    );
  });

  it('gives up what a village cannot get back, from the desk of the town', async () => {
    const made = await givenCase(village, { at: 'PAID', cause: 'ILLNESS', applicant: { name: '范难还' } });
    const secretary = await at(village, 'secretary');
    await secretary.get(`/s/cases/${made.number}/revocation`);
    const asked = await secretary.post(`/s/cases/${made.number}/revocation`, {
      ...{ reason: 'PAID_TWICE', hearing: 'HEARD' },
    });
    const roundId = followed(asked).split('/').at(-1) ?? '';
    await house.get(RoundsService).recordShowOfHands(as(village, 'secretary'), {
      ...{ roundId, presiderId: village.at.chair.personId, place: null },
      ...{ hands: handsOf(village, 'yes'), sheet: await photo() },
    });
    const office = await at(town, 'secretary');
    const desk = await office.get('/s/town');
    expectWords(desk, ['各村要追回的钱', `${made.number} · 还差 1,000.00 元`]);
    expect(desk.body).not.toContain('范难还');
    const one = linkIn(desk.body, /href="(\/s\/town\/recoveries\/[\da-f-]{36})"/);
    expectWords(await office.get(one), ['追不回的钱', made.number, '为什么不再追？', '谁要回避']);
    const unsaid = await office.post(one, {});
    expect([unsaid.status, unsaid.body.includes('请选为什么不再追')]).toEqual([422, true]);
    expect(followed(await office.post(one, { reason: 'NO_MEANS' }))).toMatch(/^\/s\/rounds\//);
    expectWords(await office.get(one), ['看表决']);
    expect((await secretary.get(one)).status).toBe(404);
    const program = await apiOf(town, 'secretary');
    const again = await program.post(`/recoveries/${one.split('/').at(-1) ?? ''}/write-off`, {
      reason: 'NO_MEANS',
    });
    expect([again.status, again.code]).toEqual([409, 'WRITE_OFF_ALREADY_OPEN']);
  });

  it('does all of it by the API, and tells nobody else', async () => {
    const [secretary, office] = [await apiOf(village, 'secretary'), await apiOf(town, 'secretary')];
    const made = await givenCase(village, {
      at: 'VERIFIED',
      cause: 'ACCIDENT',
      applicant: { name: '范接口' },
    });
    const body = { reason: 'FUND_SHORT', askedFen: 9_000_000, note: '差得多' };
    const handed = await secretary.post(`/cases/${made.caseId}/escalation`, body);
    expect(handed.status).toBe(201);
    const handoverId = String(handed.body['handoverId']);
    const desk = await office.get('/town-desk');
    expect(desk.body['handovers']).toContainEqual(
      expect.objectContaining({
        id: handoverId,
        applicant: '范*口',
        reason: 'FUND_SHORT',
        askedFen: 9_000_000,
      }),
    );
    expect(desk.text).not.toMatch(/范接口|差得多/);
    expect((await secretary.get('/town-desk')).code).toBe('NO_DESK_HERE');
    const other = await apiOf(await givenTown(house), 'secretary');
    expect((await other.post(`/handovers/${handoverId}/case`, {})).code).toBe('HANDOVER_NOT_FOUND');
    expect((await office.post(`/handovers/${handoverId}/case`, {})).code).toBe('PER_CASE_LIMIT');
    const taken = await office.post(`/handovers/${handoverId}/case`, { amountFen: 500_000 });
    expect([taken.status, taken.body['verified']]).toEqual([201, false]);
    const late = await office.post(`/handovers/${handoverId}/answer`, { answer: 'NOT_HELPED' });
    expect([late.status, late.code]).toEqual([409, 'HANDOVER_NOT_OPEN']);

    const rejected = await secretary.post(`/cases/${made.caseId}/review`, {});
    expect([rejected.status, rejected.code]).toEqual([409, 'CASE_NOT_IN_STATE']);
    const referred = await givenCase(village, { at: 'ACCEPTED' });
    expect((await secretary.post(`/cases/${referred.caseId}/referral`, { office: 'HOUSING' })).status).toBe(
      201,
    );

    const twice = await givenCase(village, { at: 'ACCEPTED', cause: 'FIRE' });
    const asking = { kind: 'SAME_CAUSE', personId: twice.applicantId, cause: 'FIRE', note: '又着火' };
    const asked = await secretary.post('/overrides', asking);
    expect(asked.status).toBe(201);
    expect((await secretary.post('/overrides', { ...asking, cause: null })).status).toBe(422);
    const decision = `/overrides/${String(asked.body['overrideId'])}/decision`;
    expect((await secretary.post(decision, { reason: 'ANOTHER_EVENT' })).code).toBe('OVERRIDE_NOT_FOUND');
    expect((await other.post(decision, { reason: 'ANOTHER_EVENT' })).code).toBe('OVERRIDE_NOT_FOUND');
    expect((await office.post(decision, { reason: 'ANOTHER_EVENT' })).status).toBe(201);
    expect((await office.post(decision, { reason: 'SAME_EVENT' })).code).toBe('OVERRIDE_ALREADY_DECIDED');
  });
});
