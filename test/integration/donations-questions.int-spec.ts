import { randomUUID } from 'node:crypto';
import {
  ChangesOfUseService,
  DonorAccountsService,
  DonorsService,
  MyGiftsQueries,
} from '../../src/donations/index.js';
import type { Said } from '../../src/donations/domain/change-of-use.js';
import { kinds } from '../support/databases.js';
import { give, givenDonor, giftOf } from '../support/donations.js';
import { givenDonorAccount, givenLinkedLogin } from '../support/donor-accounts.js';
import {
  answer as onPaper,
  callOff,
  changeOf,
  givenAsking,
  giverOf,
  purseNamed,
  settle,
} from '../support/gift-refunds.js';
import { callerOf, givenHouse } from '../support/house.js';
import type { House } from '../support/house.js';
import { staysSound } from '../support/sound.js';
import { as, givenVillage } from '../support/village.js';
import type { Village } from '../support/village.js';
import { refusalsIn } from './books.given.js';

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

  const changes = () => house.get(ChangesOfUseService);
  const say = (accountId: string, giverId: string, said: Said, key = randomUUID()) =>
    changes().answerAsOwner({ ...callerOf({ accountId, roles: ['donor'] }), key }, { giverId, answer: said });
  const openOf = async (accountId: string) => (await house.get(MyGiftsQueries).home(accountId)).questions;
  const answerOf = async (giverId: string, changeId: string, amountFen: number) => {
    const { id, answer, how } = await giverOf(village, changeId, amountFen);
    expect(id).toBe(giverId);
    return { answer, how };
  };

  /** A donor with an account, of whom so much for 火灾 shall serve another purpose. */
  async function givenQuestion(amountFen = 20_000) {
    const donorId = await givenDonor(village);
    const giftId = await give(village, amountFen, { donorId, intent: 'PURPOSE', purpose: '火灾' });
    const { accountId, login } = await givenDonorAccount(village, donorId);
    const changeId = await givenAsking(village);
    const { id: giverId } = await giverOf(village, changeId, amountFen);
    return { donorId, giftId, accountId, login, changeId, giverId };
  }

  it('is put to every record of the account, once each, and to nobody else', async () => {
    const { accountId, login, giverId, changeId } = await givenQuestion();
    const other = await givenVillage(house, { heldFen: 0 });
    const there = await givenDonor(other);
    for (const amountFen of [3_000, 4_000])
      await give(other, amountFen, { donorId: there, intent: 'PURPOSE', purpose: '火灾' });
    await givenLinkedLogin(other, there, { login, accountId });
    const elsewhere = await givenAsking(other);
    const { id: second } = await giverOf(other, elsewhere, 7_000);
    expect(await openOf(accountId)).toMatchObject([
      { giverId, changeId, frozenFen: 20_000, answer: 'WAITING', from: { restriction: '火灾' } },
      { giverId: second, changeId: elsewhere, societyId: other.societyId, frozenFen: 7_000 },
    ]);
    const stranger = await givenDonorAccount(village, await givenDonor(village));
    expect(await openOf(stranger.accountId)).toEqual([]);
    const none = { code: 'USE_QUESTION_NOT_FOUND' };
    await expect(say(stranger.accountId, giverId, 'CONSENT')).rejects.toMatchObject(none);
    await expect(say(accountId, randomUUID(), 'CONSENT')).rejects.toMatchObject(none);
    expect(await answerOf(giverId, changeId, 20_000)).toEqual({ answer: 'WAITING', how: null });
  });

  it('is answered and answered otherwise until it is carried out, and by nobody for him', async () => {
    const { accountId, giverId, changeId, giftId } = await givenQuestion();
    await say(accountId, giverId, 'THINK');
    await expect(settle(village, changeId)).rejects.toMatchObject({ code: 'NOTHING_TO_SETTLE' });
    await expect(onPaper(village, changeId, 20_000, 'CONSENT')).rejects.toMatchObject({
      code: 'ANSWERED_BY_GIVER',
    });
    await say(accountId, giverId, 'RETURN');
    await say(accountId, giverId, 'CONSENT');
    expect(await openOf(accountId)).toMatchObject([{ giverId, answer: 'CONSENT' }]);
    await settle(village, changeId);
    expect(await giftOf(village, giftId)).toMatchObject({ unspentFen: 20_000, frozenFen: 0 });
    expect(Number((await purseNamed(village, '救急难池')).freeFen)).toBe(20_000);
    expect(await openOf(accountId)).toEqual([]);
    await expect(say(accountId, giverId, 'RETURN')).rejects.toMatchObject({
      code: 'CHANGE_OF_USE_MOVED_ON',
    });
    const trail = await house.dataSource.query<{ society: string; account: string; roles: string }[]>(
      `SELECT society_id AS "society", account_id AS "account", roles AS "roles" FROM audit_acts
       WHERE act = 'answerUseQuestion' AND subject_id = ?`,
      [changeId],
    );
    expect(trail).toEqual(
      Array.from({ length: 3 }, () => ({ society: village.societyId, account: accountId, roles: 'donor' })),
    );
  });

  it('may stand on paper first, and is his to change', async () => {
    const { accountId, giverId, changeId } = await givenQuestion();
    await onPaper(village, changeId, 20_000, 'CONSENT');
    await say(accountId, giverId, 'RETURN');
    expect(await answerOf(giverId, changeId, 20_000)).toEqual({ answer: 'RETURN', how: 'ACCOUNT' });
    const [row] = await house.dataSource.query<{ paper: string | null }[]>(
      'SELECT paper_file_id AS "paper" FROM use_change_givers WHERE id = ?',
      [giverId],
    );
    expect(row?.paper).toBeNull();
    expect((await settle(village, changeId)).returnedFen).toBe(20_000);
  });

  it('sent twice under one key is said once; ten at once leave one answer, whole', async () => {
    const { accountId, giverId, changeId } = await givenQuestion();
    const twice = [await say(accountId, giverId, 'THINK', 'one-key-of-a-form')];
    twice.push(await say(accountId, giverId, 'THINK', 'one-key-of-a-form'));
    expect(twice[0]).toEqual(twice[1]);
    const version = await versionOf(giverId);
    const said = Array.from({ length: 10 }, (_, i): Said => (i % 2 === 0 ? 'CONSENT' : 'RETURN'));
    const tries = await Promise.allSettled(said.map((each) => say(accountId, giverId, each)));
    expect(refusalsIn(tries)).toEqual([]);
    expect(await versionOf(giverId)).toBe(version + 10);
    const { answer, how } = await answerOf(giverId, changeId, 20_000);
    expect([['CONSENT', 'RETURN'].includes(answer), how]).toEqual([true, 'ACCOUNT']);
    const { movedFen, returnedFen } = await settle(village, changeId);
    expect([movedFen, returnedFen]).toEqual(answer === 'CONSENT' ? [20_000, 0] : [0, 20_000]);
  });

  it('by the link and by the account at once: one of them stands, with its own word', async () => {
    const { accountId, giverId, changeId } = await givenQuestion();
    const { url } = await changes().makeLink(as(village, 'accountant'), { changeId, giverId });
    const token = url?.split('/').at(-1) ?? '';
    for (let turn = 0; turn < 5; turn++) {
      await Promise.all([
        changes().answerByLink(randomUUID(), { token, answer: 'CONSENT' }, village.societyId),
        say(accountId, giverId, 'RETURN'),
      ]);
      expect([
        { answer: 'CONSENT', how: 'LINK' },
        { answer: 'RETURN', how: 'ACCOUNT' },
      ]).toContainEqual(await answerOf(giverId, changeId, 20_000));
    }
    const [byLink, byAccount, settled] = await Promise.allSettled([
      changes().answerByLink(randomUUID(), { token, answer: 'CONSENT' }, village.societyId),
      say(accountId, giverId, 'RETURN'),
      settle(village, changeId),
    ]);
    if (settled.status === 'rejected') throw settled.reason;
    const { answer } = await answerOf(giverId, changeId, 20_000);
    const { movedFen, returnedFen } = settled.value;
    // What was carried out is what stands, whoever came too late for it.
    expect([movedFen, returnedFen]).toEqual(answer === 'CONSENT' ? [20_000, 0] : [0, 20_000]);
    for (const late of refusalsIn([byLink, byAccount]))
      expect(late).toMatchObject({ code: 'CHANGE_OF_USE_MOVED_ON' });
  });

  it('and the change called off at once: said or too late, and nothing of the money is lost', async () => {
    const { accountId, giverId, changeId, giftId } = await givenQuestion();
    const tries = await Promise.allSettled([say(accountId, giverId, 'RETURN'), callOff(village, changeId)]);
    expect(tries[1].status).toBe('fulfilled');
    for (const late of refusalsIn(tries)) expect(late).toMatchObject({ code: 'CHANGE_OF_USE_MOVED_ON' });
    expect(await changeOf(village, changeId)).toMatchObject({ state: 'DROPPED', thawedFen: 20_000 });
    expect(await giftOf(village, giftId)).toMatchObject({ unspentFen: 20_000, frozenFen: 0 });
  });

  it('is nobody’s any more once the account is cut off, and goes with the record that his was merged into', async () => {
    const same = { name: '顾大湖' };
    const [keptId, goneId] = [await givenDonor(village, same), await givenDonor(village, same)];
    await give(village, 20_000, { donorId: goneId, intent: 'PURPOSE', purpose: '火灾' });
    const { accountId } = await givenDonorAccount(village, goneId);
    const changeId = await givenAsking(village);
    const { id: giverId } = await giverOf(village, changeId, 20_000);
    await house.get(DonorsService).mergeDonors(as(village, 'accountant'), { keptId, goneId });
    expect(await openOf(accountId)).toMatchObject([{ giverId }]);
    await say(accountId, giverId, 'CONSENT');
    await house.get(DonorAccountsService).endInvitation(as(village, 'accountant'), keptId);
    expect(await openOf(accountId)).toEqual([]);
    await expect(say(accountId, giverId, 'RETURN')).rejects.toMatchObject({
      code: 'USE_QUESTION_NOT_FOUND',
    });
    expect(await answerOf(giverId, changeId, 20_000)).toEqual({ answer: 'CONSENT', how: 'ACCOUNT' });
  });

  async function versionOf(giverId: string): Promise<number> {
    const [row] = await house.dataSource.query<{ version: number | string }[]>(
      'SELECT version AS "version" FROM use_change_givers WHERE id = ?',
      [giverId],
    );
    return Number(row?.version);
  }
});
