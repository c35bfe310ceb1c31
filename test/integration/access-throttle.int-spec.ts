import { randomUUID } from 'node:crypto';
import { AccessService, AccessSweep, SessionsService } from '../../src/access/index.js';
import { Passwords } from '../../src/access/secrets.js';
import { TriesStore } from '../../src/access/tries.store.js';
import { kinds } from '../support/databases.js';
import { callerOf, givenHouse } from '../support/house.js';
import type { House } from '../support/house.js';
import { givenOfficer, PASSWORD } from '../support/officers.js';
import { givenSociety } from '../support/society.js';
import { expectSound } from '../support/sound.js';

const GUESSES = 10_000;
const HOURS = 10;
const MOST_AN_HOUR = 10;

/** How many passwords were really looked at, hour by hour. */
type Looked = number[];

const addressOf = (i: number) => `${1 + (i % 200)}.${(i >> 8) % 256}.${i % 256}.7`;

describe.each(kinds)('$name', (kind) => {
  let house: House;
  let societyId: string;
  let sessions: SessionsService;

  beforeAll(async () => {
    house = await givenHouse(kind);
    sessions = house.get(SessionsService);
    societyId = await givenSociety(house);
  });
  afterEach(() => jest.restoreAllMocks());
  afterAll(() => expectSound(house));
  afterAll(() => house.close());

  const attempt = (
    login: string,
    password: string,
    { device = null, address = null }: { device?: string | null; address?: string | null } = {},
  ) => sessions.signIn({ login, password, device, address, origin: 'web', keep: false, societyId: null });
  const codeOf = async (asked: Promise<unknown>): Promise<string> =>
    asked.then(
      () => 'done',
      (error: unknown) => (error as { code?: string }).code ?? 'unknown',
    );

  /**
   * Strangers guess from many addresses, evenly over ten hours of the clock in the test's hand. That none was right is
   * not decided by argon2, which would take ten minutes: what counts is how often it was asked.
   */
  async function attack(
    login: string,
    guesses: number,
    each: (hour: number) => Promise<void>,
  ): Promise<Looked> {
    const looked: Looked = Array.from({ length: HOURS }, () => 0);
    let hour = 0;
    jest.spyOn(house.get(Passwords), 'matches').mockImplementation(async (_known, typed) => {
      if (typed !== PASSWORD) looked[hour] = (looked[hour] ?? 0) + 1;
      return Promise.resolve(typed === PASSWORD);
    });
    const anHour = guesses / HOURS;
    for (hour = 0; hour < HOURS; hour++) {
      for (let i = 0; i < anHour; i++) {
        await attempt(login, `guess ${hour} ${i}`, { address: addressOf(hour * anHour + i) }).catch(
          () => undefined,
        );
        house.clock.advance({ seconds: 3600 / anHour });
        if (i === Math.floor(anHour / 2)) await each(hour);
      }
    }
    return looked;
  }
  const expectHeld = (looked: Looked) => {
    for (const count of looked) expect(count).toBeLessThanOrEqual(MOST_AN_HOUR);
  };

  it('looks at ten of 10,000 guesses an hour at most, and the rightful person gets in on a known device all the time', async () => {
    const { login } = await givenOfficer(house, societyId);
    const { device } = await attempt(login, PASSWORD);
    const answers: string[] = [];
    const looked = await attack(login, GUESSES, async () => {
      answers.push(await codeOf(attempt(login, PASSWORD, { device, address: '117.136.1.9' })));
    });
    expectHeld(looked);
    expect(looked[0]).toBe(10);
    expect(looked.slice(1).every((count) => count === 4)).toBe(true);
    expect(answers).toEqual(Array.from({ length: HOURS }, () => 'done'));
  }, 600_000);

  it('control: without the count the same guesses are all looked at, and the expectation fails', async () => {
    const { login } = await givenOfficer(house, societyId);
    const store = house.get(TriesStore);
    jest.spyOn(store, 'find').mockResolvedValue(null);
    jest.spyOn(store, 'count').mockResolvedValue(undefined);
    const looked = await attack(login, 200, () => Promise.resolve());
    expect(looked.reduce((sum, count) => sum + count)).toBe(200);
    expect(() => {
      expectHeld(looked);
    }).toThrow();
  });

  it('gives nobody ten more guesses because the rightful person signs in meanwhile, wherever that is', async () => {
    const { login } = await givenOfficer(house, societyId);
    let looked = 0;
    for (let minute = 0; minute < 60; minute++) {
      if ((await codeOf(attempt(login, `guess ${randomUUID()}`))) === 'WRONG_CREDENTIALS') looked++;
      house.clock.advance({ minutes: 1 });
      await codeOf(attempt(login, PASSWORD)); // now and then let in, on a device that is new each time
    }
    expect(looked).toBeLessThanOrEqual(MOST_AN_HOUR);
  });

  it('counts no try of a person who signs in again and again without a slip', async () => {
    const { login } = await givenOfficer(house, societyId);
    for (let i = 0; i < 12; i++) expect(await codeOf(attempt(login, PASSWORD))).toBe('done');
  });

  it('counts a known device apart for each account that it is known to', async () => {
    const [one, other] = [await givenOfficer(house, societyId), await givenOfficer(house, societyId)];
    const { device } = await attempt(one.login, PASSWORD);
    expect((await attempt(other.login, PASSWORD, { device })).device).toBe(device);
    for (let i = 0; i < 5; i++) await codeOf(attempt(one.login, 'wrong-password', { device }));
    expect(await codeOf(attempt(one.login, PASSWORD, { device }))).toBe('TOO_MANY_TRIES');
    expect(await codeOf(attempt(other.login, PASSWORD, { device }))).toBe('done');
  });

  it('takes a device that was not used for a year for a stranger', async () => {
    const { login } = await givenOfficer(house, societyId);
    const { device } = await attempt(login, PASSWORD);
    for (let i = 0; i < 4; i++) await codeOf(attempt(login, 'wrong-password'));
    expect(await codeOf(attempt(login, 'wrong-password', { device }))).toBe('WRONG_CREDENTIALS');
    house.clock.advance({ days: 366 });
    for (let i = 0; i < 4; i++) await codeOf(attempt(login, 'wrong-password'));
    expect(await codeOf(attempt(login, PASSWORD, { device }))).toBe('TOO_MANY_TRIES');
  });

  it('slows one address down that goes through many accounts, and no known device behind it', async () => {
    const { login } = await givenOfficer(house, societyId);
    const address = '182.96.14.7';
    const { device } = await attempt(login, PASSWORD, { address });
    jest.spyOn(house.get(Passwords), 'matches').mockResolvedValue(false);
    const codes: string[] = [];
    for (let i = 0; i < 70; i++) codes.push(await codeOf(attempt(`victim${i}`, 'guess', { address })));
    expect(codes.filter((code) => code === 'WRONG_CREDENTIALS')).toHaveLength(60);
    jest.restoreAllMocks();
    expect(await codeOf(attempt(login, PASSWORD, { address }))).toBe('TOO_MANY_TRIES');
    expect(await codeOf(attempt(login, PASSWORD, { address, device }))).toBe('done');
    expect(await codeOf(attempt(login, PASSWORD, { address: '182.97.14.7' }))).toBe('done');
    house.clock.advance({ seconds: 20 });
    expect(await codeOf(attempt(login, PASSWORD, { address }))).toBe('done');
  });

  it('keeps the count of a guess that was refused by the network out of the account', async () => {
    const officer = await givenOfficer(house, societyId);
    await house.get(AccessService).issueLink(callerOf({ roles: ['system-admin'] }), officer.accountId);
    const rows = async (): Promise<unknown[]> => house.dataSource.query('SELECT * FROM sign_in_failures');
    house.clock.advance({ hours: 2 });
    jest.spyOn(house.get(Passwords), 'matches').mockResolvedValue(false);
    for (let i = 0; i < 60; i++) await codeOf(attempt(`other${i}`, 'guess', { address: '9.9.9.9' }));
    const before = (await rows()).length;
    expect(await codeOf(attempt('one-more', 'guess', { address: '9.9.9.9' }))).toBe('TOO_MANY_TRIES');
    expect((await rows()).length).toBe(before);
  });

  it('forgets what is older than a day, and keeps what still counts', async () => {
    const { login } = await givenOfficer(house, societyId);
    const sweep = house.get(AccessSweep);
    const count = async (): Promise<number> => {
      const [row]: { n: number | string }[] = await house.dataSource.query(
        'SELECT COUNT(*) AS "n" FROM sign_in_failures',
      );
      return Number(row?.n ?? 0);
    };
    while ((await sweep.forgetOld(new Date(house.clock.now().getTime() + 30 * 3_600_000))) > 0);
    jest.spyOn(house.get(Passwords), 'matches').mockResolvedValue(false);
    for (let i = 0; i < 5; i++) await codeOf(attempt(`nobody-${i}`, 'guess'));
    house.clock.advance({ hours: 24 });
    for (let i = 0; i < 4; i++) await codeOf(attempt(login, 'guess'));
    expect(await sweep.forgetOld(house.clock.now())).toBe(0);
    house.clock.advance({ hours: 2 });
    const before = await count();
    expect(await sweep.forgetOld(house.clock.now())).toBe(5);
    expect(await count()).toBe(before - 5);
    house.clock.advance({ hours: 21 });
    expect(await sweep.forgetOld(house.clock.now())).toBe(0); // the fourth wrong try of the login still counts
    await codeOf(attempt(login, 'guess'));
    expect(await codeOf(attempt(login, 'guess'))).toBe('TOO_MANY_TRIES');
  });
});
