import { AuditQueries } from '../../src/audit/index.js';
import { PeopleQueries } from '../../src/people/index.js';
import { ReliefAccountService, ReliefTransferService } from '../../src/relief/index.js';
import { kinds } from '../support/databases.js';
import { givenHouse } from '../support/house.js';
import type { House } from '../support/house.js';
import {
  advance,
  applicantIn,
  approve,
  by,
  decideObjection,
  givenHome,
  givenHospital,
  givenRelief,
  givenReliefGround,
  GRANT_FEN,
  hold,
  nameAccount,
  newCard,
  openPanel,
  ordersOf,
  part,
  payAll,
  plan,
  refused,
  relief,
  stateOf,
} from '../support/relief.js';
import type { GivenRelief, Home, ReliefGround } from '../support/relief.js';
import { expectSound } from '../support/sound.js';

/** The card of a family that had none at hand when it asked (domain.md 1.10). */
describe.each(kinds)('$name', (kind) => {
  let house: House;
  let ground: ReliefGround;

  beforeAll(async () => {
    house = await givenHouse(kind);
    ground = await givenReliefGround(house);
  });
  afterAll(async () => {
    await expectSound(house);
    await house.close();
  });

  const without = (at: 'SUBMITTED' | 'REVIEWED' | 'PANEL' | 'PRE_NOTICE' | 'NOTICED' | 'OBJECTION_HOLD') =>
    givenRelief(ground, { at, card: false });
  const cardOf = (made: GivenRelief) => newCard(ground, made.home, made.personId);

  it.each(['SUBMITTED', 'REVIEWED', 'PANEL', 'PRE_NOTICE', 'NOTICED', 'OBJECTION_HOLD'] as const)(
    'is named at %s, where none was, by whoever answers for the family',
    async (at) => {
      const made = await without(at);
      expect((await relief(ground, made)).accountId).toBeNull();
      await nameAccount(ground, made);
      const { accountId, applicantId, state } = await relief(ground, made);
      expect(state).toBe(at === 'NOTICED' ? 'PRE_NOTICE' : at);
      // A card of the copy in the register of the federation.
      const cards = await house.get(PeopleQueries).payeeAccounts(ground.federationId, applicantId);
      expect(cards.map(({ id }) => id)).toEqual([accountId]);
    },
  );

  it('is what the grant is then paid to', async () => {
    const made = await without('NOTICED');
    await refused(ground, 'FAMILY_ACCOUNT_MISSING', () => approve(ground, made));
    await refused(ground, 'FAMILY_ACCOUNT_MISSING', () => plan(ground, made, [part(GRANT_FEN)]));
    await nameAccount(ground, made);
    await plan(ground, made, [part(GRANT_FEN)]);
    await approve(ground, made);
    const { accountId, applicantId } = await relief(ground, made);
    const [first] = await ordersOf(ground, made);
    expect(first?.order).toMatchObject({ payeeId: applicantId, payeeAccountId: accountId });
    await payAll(ground, made);
    expect(await stateOf(ground, made)).toBe('PAID');
  });

  it('stands in the trail of whoever named it, without a number, and is sealed as the others are', async () => {
    const made = await without('SUBMITTED');
    await nameAccount(ground, made);
    const trail = await house.get(AuditQueries).thread(made.home.societyId, made.reliefId);
    const named = trail.find(({ act }) => act === 'nameReliefAccount');
    expect(named?.words).toBe('登记家庭的收款账户');
    expect(JSON.stringify(trail)).not.toMatch(/农村信用社|\d{12,}/);
    const rows = await house.dataSource.query<unknown[]>('SELECT * FROM relief_cases WHERE id = ?', [
      made.reliefId,
    ]);
    expect(JSON.stringify(rows)).not.toContain('农村信用社');
  });

  it('may be another one until the panel opens, and the trail says that it was changed', async () => {
    const made = await givenRelief(ground, { at: 'REVIEWED' });
    const before = (await relief(ground, made)).accountId;
    const card = await cardOf(made);
    await nameAccount(ground, made, card);
    const after = (await relief(ground, made)).accountId;
    expect(after).not.toBe(before);
    await refused(ground, 'RELIEF_ACCOUNT_SAME', () => nameAccount(ground, made, card));
    const trail = await house.get(AuditQueries).thread(made.home.societyId, made.reliefId);
    expect(trail.map(({ words }) => words)).toContain('换了家庭的收款账户');
    await openPanel(ground, made);
    const later = await cardOf(made);
    await refused(ground, 'RELIEF_ACCOUNT_FIXED', () => nameAccount(ground, made, later));
  });

  it.each(['PANEL', 'PRE_NOTICE', 'OBJECTION_HOLD'] as const)(
    'that is known is not changed at %s',
    async (at) => {
      const made = await givenRelief(ground, { at });
      const card = await cardOf(made);
      await refused(ground, 'RELIEF_ACCOUNT_FIXED', () => nameAccount(ground, made, card));
    },
  );

  it('to which two have signed an advance stays, also when the vote is undone', async () => {
    const made = await givenRelief(ground, { at: 'PRE_NOTICE' });
    await advance(ground, made, 100);
    await hold(ground, made);
    await decideObjection(ground, made, 'UPHELD');
    const card = await cardOf(made);
    await refused(ground, 'RELIEF_ACCOUNT_FIXED', () => nameAccount(ground, made, card));
    const toHospital = await givenRelief(ground, { at: 'PRE_NOTICE', card: false });
    await advance(ground, toHospital, 100, await givenHospital(ground));
    await nameAccount(ground, toHospital);
  });

  it('is a card of the applicant, and of nobody else', async () => {
    const made = await without('SUBMITTED');
    const stranger = await applicantIn(ground, ground.home);
    const theirs = await newCard(ground, ground.home, stranger);
    await refused(ground, 'ACCOUNT_NOT_OF_PAYEE', () => nameAccount(ground, made, theirs));
    const nobodys = '0192f000-0000-7000-8000-00000000dead';
    await refused(ground, 'ACCOUNT_NOT_OF_PAYEE', () => nameAccount(ground, made, nobodys));
  });

  it('is named by the home: not by the desk, and by no other society', async () => {
    const made = await without('SUBMITTED');
    const card = await cardOf(made);
    const naming = (of: Home) => () =>
      house
        .get(ReliefAccountService)
        .nameAccount(by(of, 'clerk'), { reliefId: made.reliefId, payeeAccountId: card });
    const desk: Home = { societyId: ground.federationId, at: ground.at };
    await refused(ground, 'ONLY_THE_HOME', naming(desk));
    const neighbour = await givenHome(house, ground.federationId);
    await refused(ground, 'RELIEF_NOT_FOUND', naming(neighbour));
  });

  it('is named by the federation for its own, and by the new home of a file that was handed on', async () => {
    const { secretary, clerk } = ground.at;
    const own: Home = { societyId: ground.federationId, at: { secretary, clerk } };
    const theirs = await givenRelief(ground, { home: own, card: false });
    const card = await cardOf(theirs);
    await nameAccount(ground, theirs, card);
    expect((await relief(ground, theirs)).accountId).toBe(card);

    const made = await without('SUBMITTED');
    const home = await givenHome(house, ground.federationId);
    const to = { reliefId: made.reliefId, toSocietyId: home.societyId };
    const asker = by(ground, 'clerk');
    const handOn = () => house.get(ReliefTransferService).transferHome(asker, to);
    // Whoever did not hear the answer asks again, and hears it.
    expect(await handOn()).toEqual(await handOn());
    const old = await cardOf(made);
    await refused(ground, 'RELIEF_NOT_FOUND', () => nameAccount(ground, made, old));
    const { originPersonId } = await relief(ground, made);
    await nameAccount(ground, { ...made, home, personId: originPersonId });
    expect((await relief(ground, made)).accountId).not.toBeNull();
  });

  it('is named once under one key, however often the button is pressed', async () => {
    const made = await without('SUBMITTED');
    const card = await cardOf(made);
    const key = `account-of-${made.reliefId}`;
    await Promise.all(Array.from({ length: 10 }, () => nameAccount(ground, made, card, key)));
    const trail = await house.get(AuditQueries).thread(made.home.societyId, made.reliefId);
    expect(trail.filter(({ act }) => act === 'nameReliefAccount')).toHaveLength(1);
  });
});
