import { randomUUID } from 'node:crypto';
import { AccessService, SessionsService } from '../../src/access/index.js';
import type { Visitor } from '../../src/access/index.js';
import { day } from '../../src/kernel/day.js';
import { OfficesQueries, OfficesService } from '../../src/offices/index.js';
import { kinds } from '../support/databases.js';
import { callerOf, givenHouse } from '../support/house.js';
import type { House } from '../support/house.js';
import { givenOfficer, PASSWORD } from '../support/officers.js';
import { givenSociety } from '../support/society.js';
import { expectSound } from '../support/sound.js';

const admin = { accountId: randomUUID(), roles: ['system-admin'] as const };
const WECHAT = 'Mozilla/5.0 (Linux; Android 13) Chrome/116.0 Mobile Safari/537.36 MicroMessenger/8.0.50';

describe.each(kinds)('$name', (kind) => {
  let house: House;
  let societyId: string;
  let sessions: SessionsService;

  beforeAll(async () => {
    house = await givenHouse(kind);
    sessions = house.get(SessionsService);
    societyId = await givenSociety(house);
  });
  afterAll(() => expectSound(house));
  afterAll(() => house.close());

  const signIn = (login: string, more: object = {}) =>
    sessions.signIn({
      ...{ login, password: PASSWORD, origin: 'web', keep: false, device: null, societyId: null },
      ...{ address: '182.96.14.7', userAgent: WECHAT },
      ...more,
    });
  const visitorOf = async (token: string): Promise<Visitor> => {
    const visitor = await sessions.visitorOf(token, 'web');
    if (!visitor) throw new Error('The session is gone');
    return visitor;
  };
  const isIn = async (token: string) => (await sessions.visitorOf(token, 'web')) !== null;
  const codeOf = async (asked: Promise<unknown>): Promise<string> =>
    asked.then(
      () => 'done',
      (error: unknown) => (error as { code?: string }).code ?? String(error),
    );

  it('lists where one is signed in, this one first, the address masked', async () => {
    const { login } = await givenOfficer(house, societyId);
    const phone = await signIn(login, { keep: true });
    house.clock.advance({ minutes: 5 });
    await signIn(login, { origin: 'api', userAgent: null });
    const listed = await sessions.devices(await visitorOf(phone.token));
    expect(
      listed.map(({ isThis, origin, kept, deviceWords, place }) => ({
        isThis,
        origin,
        kept,
        deviceWords,
        place,
      })),
    ).toEqual([
      { isThis: true, origin: 'web', kept: true, deviceWords: '安卓手机 · 微信', place: '182.96.*.*' },
      { isThis: false, origin: 'api', kept: false, deviceWords: null, place: '182.96.*.*' },
    ]);
    house.clock.advance({ hours: 12 });
    expect(await sessions.devices(await visitorOf(phone.token))).toHaveLength(1); // the program's is over
  });

  it('ends one: it is out from its next request on, and its device is a stranger’s again', async () => {
    const { login } = await givenOfficer(house, societyId);
    const [mine, lost] = [await signIn(login), await signIn(login)];
    const visitor = await visitorOf(mine.token);
    const lostId = (await visitorOf(lost.token)).sessionId;
    await sessions.endOne(callerOf(visitor.actor), lostId);
    expect([await isIn(mine.token), await isIn(lost.token)]).toEqual([true, false]);
    const known: { hash: string }[] = await house.dataSource.query(
      `SELECT token_hash AS "hash" FROM known_devices WHERE account_id = ?`,
      [visitor.actor.accountId],
    );
    expect(known).toHaveLength(1);
    expect(await codeOf(sessions.endOne(callerOf(visitor.actor), lostId))).toBe('SESSION_NOT_FOUND');
  });

  it('ends nobody else’s: another account’s session is not there', async () => {
    const [one, other] = [await givenOfficer(house, societyId), await givenOfficer(house, societyId)];
    const [mine, theirs] = [await signIn(one.login), await signIn(other.login)];
    const { actor } = await visitorOf(mine.token);
    const { sessionId } = await visitorOf(theirs.token);
    expect(await codeOf(sessions.endOne(callerOf(actor), sessionId))).toBe('SESSION_NOT_FOUND');
    expect(await isIn(theirs.token)).toBe(true);
  });

  it('ends all others at once, and the same command again ends none', async () => {
    const { login } = await givenOfficer(house, societyId);
    const mine = await signIn(login);
    const others = [await signIn(login), await signIn(login), await signIn(login)];
    const visitor = await visitorOf(mine.token);
    const caller = callerOf(visitor.actor);
    expect(await sessions.endOthers(caller, visitor)).toEqual({ ended: 3 });
    const later = await signIn(login);
    expect(await sessions.endOthers(caller, visitor)).toEqual({ ended: 3 });
    for (const { token } of others) expect(await isIn(token)).toBe(false);
    expect([await isIn(mine.token), await isIn(later.token)]).toEqual([true, true]);
  });

  it('an office given or taken ends every session of that person, and of nobody else', async () => {
    const [one, other] = [await givenOfficer(house, societyId), await givenOfficer(house, societyId)];
    const caller = () => callerOf({ ...admin, societyId });
    const offices = house.get(OfficesService);
    const [before, beside] = [[await signIn(one.login), await signIn(one.login)], await signIn(other.login)];
    const term = { societyId, personId: one.personId, fromOn: day('2026-01-01'), untilOn: day('2030-12-31') };
    await offices.appoint(caller(), { ...term, office: 'DIRECTOR' });
    for (const { token } of before) expect(await isIn(token)).toBe(false);
    const between = await signIn(one.login);
    const terms = await house.get(OfficesQueries).terms(societyId);
    const termId = terms.find(({ personId }) => personId === one.personId)?.id ?? '';
    await offices.endTerm(caller(), { societyId, termId, endedOn: day('2026-03-02') });
    expect([await isIn(between.token), await isIn(beside.token)]).toEqual([false, true]);
  });

  it('an appointment that is refused signs nobody out', async () => {
    const { login, personId } = await givenOfficer(house, societyId, 'CASHIER');
    const { token } = await signIn(login);
    const term = { societyId, personId, fromOn: day('2026-01-01'), untilOn: day('2030-12-31') };
    const refused = house
      .get(OfficesService)
      .appoint(callerOf({ ...admin, societyId }), { ...term, office: 'SUPERVISOR' });
    expect(await codeOf(refused)).not.toBe('done');
    expect(await isIn(token)).toBe(true);
  });

  it('a new password and a disabled account end every session', async () => {
    const { login, accountId } = await givenOfficer(house, societyId);
    const access = house.get(AccessService);
    const first = [await signIn(login), await signIn(login)];
    const { link } = await access.issueLink(callerOf(admin), accountId);
    await access.useLink(callerOf({}), link?.replace('/link/', '') ?? '', { login, password: PASSWORD });
    for (const { token } of first) expect(await isIn(token)).toBe(false);
    const { token } = await signIn(login);
    await access.disable(callerOf(admin), accountId);
    expect(await isIn(token)).toBe(false);
  });
});
