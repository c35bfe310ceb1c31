import { SocietiesQueries } from '../../src/societies/index.js';
import { dayOf } from '../../src/kernel/day.js';
import { api, signedIn } from '../support/clients.js';
import { kindsOverHttp } from '../support/databases.js';
import type { FormVisitor } from '../support/form-visitor.js';
import { givenHouse } from '../support/house.js';
import type { House } from '../support/house.js';
import { raiseHands } from '../support/rules.js';
import { expectSound } from '../support/sound.js';
import { givenVillage } from '../support/village.js';
import type { Village } from '../support/village.js';

const WHY = '去年有几户不够用';

describe.each(kindsOverHttp)('$name', (kind) => {
  let house: House;
  let village: Village;
  let secretary: FormVisitor;
  let chair: FormVisitor;

  beforeAll(async () => {
    house = await givenHouse(kind);
    village = await givenVillage(house);
    secretary = await signedIn(house, village.at.secretary.login);
    chair = await signedIn(house, village.at.chair.login);
  });
  afterAll(() => expectSound(house));
  afterAll(() => house.close());

  const roundIn = (location: string) => location.split('/').at(-1) ?? '';
  /** What the form holds when it is opened, as a browser would send it back. */
  const typed = async (change: Record<string, string> = {}) => {
    const { body } = await secretary.get('/s/charter/motions/new');
    const fields: Record<string, string> = {};
    for (const [tag] of body.matchAll(/<input[^>]*>/g)) {
      const name = /name="([^"]+)"/.exec(tag)?.[1] ?? '';
      const value = /value="([^"]*)"/.exec(tag)?.[1] ?? '';
      if (tag.includes('type="hidden"') || (tag.includes('type="radio"') && !tag.includes('checked')))
        continue;
      fields[name] = value;
    }
    return { ...fields, why: WHY, ...change };
  };

  it('shows whoever has an office what the society goes by, and the way to change it to two', async () => {
    const page = await secretary.get('/s/charter');
    expect(page.status).toBe(200);
    for (const words of ['现行章程（第 1 版', '单笔最多', '3,000 元', '修订章程', '还没有提过修订'])
      expect(page.body).toContain(words);
    const supervisor = await signedIn(house, village.at.supervisor.login);
    const read = await supervisor.get('/s/charter');
    expect([read.status, read.body.includes('/s/charter/motions/new')]).toEqual([200, false]);
    expect((await supervisor.get('/s/charter/motions/new')).status).toBe(403);
  });

  it('says beside the field what the charter may not be, and keeps what was typed: 422', async () => {
    const wrongs = [
      [{ perCaseLimitFen: '9000' }, '每户每年的限额不能低于单笔限额'],
      [{ validFrom: dayOf(house.clock.now()) as string }, '表决截止以后才能生效'],
      [{ custody: 'HELD_BY_FEDERATION' }, '钱由谁代管，在建社时定下'],
      [{}, '没有要修订的内容'],
      [{ perCaseLimitFen: '4000', why: '' }, '为什么修订'],
    ] as const;
    for (const [wrong, words] of wrongs) {
      const again = await secretary.post('/s/charter/motions', await typed(wrong));
      expect([again.status, words, again.body.includes(words)]).toEqual([422, words, true]);
    }
    expect(await house.get(SocietiesQueries).charters(village.societyId)).toHaveLength(1);
  });

  it('goes to the board, is refused, is asked again, and holds from its day with its notice', async () => {
    const asked = await secretary.post('/s/charter/motions', await typed({ perCaseLimitFen: '4000' }));
    expect([asked.status, asked.location]).toEqual([303, expect.stringMatching(/^\/s\/rounds\//)]);
    const round = await chair.get(asked.location);
    for (const words of ['修订章程', '3,000 元 → 4,000 元', WHY]) expect(round.body).toContain(words);
    const waiting = await secretary.get('/s/charter');
    expect(waiting.body).toContain('第 2 版正在表决');
    expect(waiting.body).not.toContain('href="/s/charter/motions/new"');
    expect((await chair.get('/s')).body).toContain('修订章程');
    await raiseHands(village, roundIn(asked.location), 'no');
    expect((await secretary.get('/s/charter')).body).toContain('没有通过');

    const again = await secretary.post('/s/charter/motions', await typed({ perCaseLimitFen: '4500' }));
    await raiseHands(village, roundIn(again.location), 'yes');
    const page = await secretary.get('/s/charter');
    for (const words of ['现行章程（第 1 版', '将要生效（第 2 版', '4,500 元', '已经通过'])
      expect(page.body).toContain(words);
    const home = await chair.get('/s');
    expect(home.body).toContain('公示没签');
    const notice = /href="(\/s\/notices\/[^"]+)"/.exec(home.body)?.[1] ?? '';
    expect((await chair.get(notice)).body).toContain('通过本社章程第2版');
  });

  it('is asked by program, with the code of a refusal', async () => {
    const program = await api(house, village.at.secretary.login);
    const read = await program.get('/charter');
    const [last] = read.body['versions'] as [Record<string, unknown>];
    expect(last).toMatchObject({ version: 2, perCaseLimitFen: 450_000 });
    const own = ['id', 'societyId', 'version'];
    const terms = Object.fromEntries(Object.entries(last).filter(([name]) => !own.includes(name)));
    const body = { ...terms, quorum: '2/3', majority: '3/4', validFrom: '2026-09-01', why: WHY };
    const early = await program.post('/charter/motions', { ...body, validFrom: '2026-03-03' });
    expect([early.status, early.code]).toEqual([
      409,
      expect.stringMatching(/RULE_TOO_SOON|CHARTER_BACKDATED/),
    ]);
    const asked = await program.post('/charter/motions', body);
    expect([asked.status, Object.keys(asked.body)]).toEqual([201, ['motionId', 'roundId']]);
    const again = await program.post('/charter/motions', { ...body, validFrom: '2026-09-02' });
    expect([again.status, again.code]).toEqual([409, 'RULE_MOTION_PENDING']);
  });
});
