import { randomUUID } from 'node:crypto';
import { AccessService, RoleSources } from '../../src/access/index.js';
import { RoundsService } from '../../src/board/index.js';
import { RevocationsService } from '../../src/cases/index.js';
import {
  DonorAccountsService,
  DonorsService,
  GiftsService,
  MyGiftsQueries,
  TraceQueries,
  TraceReading,
} from '../../src/donations/index.js';
import { traceFault } from '../../src/donations/domain/trace.js';
import { dayOf, day } from '../../src/kernel/day.js';
import { fen } from '../../src/kernel/fen.js';
import { GiftMoneyService } from '../../src/ledger/index.js';
import { RecoveriesQueries, RecoveriesService } from '../../src/payments/index.js';
import { PeopleService } from '../../src/people/index.js';
import { Transactions } from '../../src/platform/database/transactions.js';
import { kinds } from '../support/databases.js';
import { give, givenDonor, giftOf } from '../support/donations.js';
import { givenDonorAccount, givenLinkedLogin } from '../support/donor-accounts.js';
import { callerOf, givenHouse } from '../support/house.js';
import type { House } from '../support/house.js';
import { PASSWORD } from '../support/officers.js';
import { staysSound } from '../support/sound.js';
import { as, givenCase, givenVillage, handsOf, photo } from '../support/village.js';
import type { GivenCase, Village } from '../support/village.js';
import { refusalsIn } from './books.given.js';
import { givenMany } from './donations-many.given.js';

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

  const traceOf = async (giftId: string) => {
    const { trace } = await house.get(TraceQueries).ofGift(village.societyId, giftId);
    expect(traceFault(trace)).toBeNull();
    return trace;
  };
  const toldOf = (giftId: string) => house.get(TraceReading).ofGift(village.societyId, giftId);
  const invite = (donorId: string, login: string | null = null, key?: string) =>
    house.get(DonorAccountsService).inviteDonor(as(village, 'accountant', key), { donorId, login });

  const donorAccount = (donorId: string) => givenDonorAccount(village, donorId);

  describe('the trace of a gift', () => {
    it('leads every fen to its case, in the words that a giver may read', async () => {
      const giftId = await give(village, 150_000);
      await givenCase(village, { at: 'PAID', cause: 'ILLNESS', amountFen: 60_000 });
      await givenCase(village, { at: 'RUNNING', cause: 'FIRE', amountFen: 40_000 });
      expect(await traceOf(giftId)).toMatchObject({
        receivedFen: 150_000,
        usedFen: 100_000,
        unspentFen: 50_000,
      });
      const told = await toldOf(giftId);
      expect(
        told.uses.map(({ usedFen, told: use }) => [Number(usedFen), use?.causeWords, use?.notice]),
      ).toEqual([
        [60_000, '突发疾病', null],
        [40_000, '火灾', null],
      ]);
      expect(told.holder).toBeNull();
      expect(told.uses[0]?.told?.place.isOwn).toBe(false);
    });

    it('of what a case took of two gifts shows each its own part', async () => {
      const [one, other] = [await give(village, 30_000), await give(village, 90_000)];
      await givenCase(village, { at: 'PAID', amountFen: 100_000 });
      expect(await traceOf(one)).toMatchObject({ usedFen: 30_000, unspentFen: 0 });
      expect(await traceOf(other)).toMatchObject({ usedFen: 70_000, unspentFen: 20_000 });
    });

    it('D4-72 shows what was paid, and what of it came back', async () => {
      const giftId = await give(village, 100_000);
      await gaveBack(await givenCase(village, { at: 'PAID', amountFen: 100_000 }), 40_000);
      const trace = await traceOf(giftId);
      expect(trace.lines.map(({ kind: of, amountFen }) => [of, Number(amountFen)])).toEqual([
        ['PAID', 100_000],
        ['RECOVERED', -40_000],
      ]);
      expect(trace).toMatchObject({ usedFen: 60_000, recoveredFen: 40_000, unspentFen: 40_000 });
    });

    it('D4-71 shows what was refunded, and counts what was moved to another purse once', async () => {
      const giftId = await give(village, 50_000);
      const { lotId } = (
        await house.dataSource.query<{ lotId: string }[]>(
          'SELECT lot_id AS "lotId" FROM gift_lots WHERE gift_id = ?',
          [giftId],
        )
      )[0] ?? { lotId: '' };
      const out = { societyId: village.societyId, lotId, day: dayOf(house.clock.now()), summary: '改用途' };
      await house.get(Transactions).run(async (tx) => {
        const moved = await house.get(GiftMoneyService).repurpose(tx, {
          ...{ ...out, amountFen: fen(20_000), cause: `moved:${giftId}` },
          into: { fund: '救急难池', restriction: '助学' },
        });
        await tx.change`INSERT INTO gift_lots (lot_id, gift_id) VALUES (${moved.lotId}, ${giftId})`;
      });
      const trace = await traceOf(giftId);
      expect(trace).toMatchObject({ receivedFen: 50_000, movedFen: 20_000, unspentFen: 50_000, usedFen: 0 });
      expect(trace.moves).toMatchObject([{ amountFen: 20_000, to: { restriction: '助学' } }]);
      expect(trace.left.map(({ restriction, amountFen }) => [restriction, Number(amountFen)])).toEqual([
        ['none', 30_000],
        ['助学', 20_000],
      ]);
    });

    it('follows money whose giver was found later', async () => {
      const { giftId } = await house.get(GiftsService).recordUnknown(as(village, 'accountant'), {
        ...{ amountFen: fen(50_000), receivedOn: day('2026-03-02'), bankReference: null, note: '' },
      });
      await house.get(GiftsService).identifyGift(as(village, 'accountant'), {
        ...{ giftId, donorId: await givenDonor(village), nature: 'GIFT' },
        ...{ intent: 'UNRESTRICTED', intentWords: '', purseId: null, purpose: null },
      });
      await givenCase(village, { at: 'PAID', amountFen: 20_000 });
      expect(await traceOf(giftId)).toMatchObject({
        receivedFen: 50_000,
        usedFen: 20_000,
        unspentFen: 30_000,
      });
    });

    it('of what was mistyped nothing was received', async () => {
      const giftId = await give(village, 50_000);
      await house.get(GiftsService).reverseGift(as(village, 'accountant'), { giftId, reason: '打错了' });
      expect(await traceOf(giftId)).toMatchObject({ receivedFen: 0, unspentFen: 0 });
    });

    it('D4-69 another society’s gift is not found', async () => {
      const giftId = await give(village, 50_000);
      const other = await givenVillage(house, { heldFen: 0 });
      await expect(house.get(TraceQueries).ofGift(other.societyId, giftId)).rejects.toMatchObject({
        code: 'GIFT_NOT_FOUND',
      });
    });

    /** The board takes the grant back, and so much of it comes in. */
    async function gaveBack({ caseId }: GivenCase, amountFen: number): Promise<void> {
      const { roundId } = await house.get(RevocationsService).askRevocation(as(village, 'secretary'), {
        ...{ caseId, reason: 'FALSE_FACTS', hearing: 'HEARD', findings: '保险已经全部赔付', recusals: [] },
      });
      await house.get(RoundsService).recordShowOfHands(as(village, 'secretary'), {
        ...{ roundId, presiderId: village.at.chair.personId, hands: handsOf(village, 'yes'), place: null },
        sheet: await photo(),
      });
      const recovery = await house.get(RecoveriesQueries).ofSubject('case', caseId);
      await house.get(RecoveriesService).recordInstalment(as(village, 'cashier'), {
        ...{ recoveryId: recovery?.id ?? '', amountFen: fen(amountFen), photo: await photo() },
      });
    }
  });

  describe('the place of a family', () => {
    it('is named from the fifth case of its village on, and its notice with it', async () => {
      const giftId = await give(village, 2_000_000);
      for (let i = 0; i < 4; i++) await givenCase(village, { at: 'RUNNING', amountFen: 10_000 });
      const four = await toldOf(giftId);
      const own = await villageNameOf();
      expect(four.uses.map(({ told }) => [told?.place.words === own, told?.notice ?? null])).toEqual(
        Array.from({ length: 4 }, () => [false, null]),
      );
      expect(four.holder).toBeNull();

      await givenCase(village, { at: 'RUNNING', amountFen: 10_000 });
      const five = await toldOf(giftId);
      expect(five.uses.map(({ told }) => [told?.place.words, told?.notice === null])).toEqual(
        Array.from({ length: 5 }, () => [own, false]),
      );
      expect(five.holder).toContain(own);
    });

    async function villageNameOf(): Promise<string> {
      const [row] = await house.dataSource.query<{ name: string }[]>(
        'SELECT c.name AS "name" FROM organisations o JOIN region_codes c ON c.open_region_id = o.region_id WHERE o.id = ?',
        [village.societyId],
      );
      return row?.name ?? '';
    }
  });

  describe('an account of a donor', () => {
    const officerAccount = async (office: 'chair' | 'cashier') => {
      const { login } = village.at[office];
      const accountId = await house
        .get(Transactions)
        .run((tx) => house.get(AccessService).accountOfLogin(tx, login));
      return { login, accountId: accountId ?? '' };
    };
    const answer = ({ accountId }: { accountId: string }, donorId: string, said: 'ACCEPT' | 'DECLINE') =>
      house
        .get(DonorAccountsService)
        .answerOffer(callerOf({ accountId, roles: ['signed-in'] }), { donorId, answer: said });
    const offersOf = async ({ accountId }: { accountId: string }) =>
      (await house.get(MyGiftsQueries).home(accountId)).offers.map(({ donorId }) => donorId);
    const rolesOf = ({ accountId }: { accountId: string }) =>
      house.get(RoleSources).rolesOfAccount(accountId);
    const useLink = (link: string | null, login: string) =>
      house
        .get(AccessService)
        .useLink(callerOf({}), link?.replace('/link/', '') ?? '', { login, password: PASSWORD });
    const wordsOn = async (donorId: string) => {
      const rows = await house.dataSource.query<{ words: string }[]>(
        `SELECT words AS "words" FROM audit_acts
         WHERE subject_id = ? AND act IN ('inviteDonor', 'answerOffer', 'endInvitation') ORDER BY id`,
        [donorId],
      );
      return rows.map(({ words }) => words);
    };

    it('is opened by a link, sees its own gifts in every society, and has the role of a donor', async () => {
      const donorId = await givenDonor(village);
      const giftId = await give(village, 50_000, { donorId });
      const { login, accountId } = await donorAccount(donorId);

      const other = await givenVillage(house, { heldFen: 0 });
      const there = await givenDonor(other);
      const second = await give(other, 30_000, { donorId: there });
      await givenLinkedLogin(other, there, { login, accountId });
      const { gifts } = await house.get(MyGiftsQueries).all(accountId);
      expect(new Set(gifts.map(({ gift }) => gift.id))).toEqual(new Set([giftId, second]));

      const stranger = await give(village, 10_000, { donorId: await givenDonor(village) });
      await expect(house.get(MyGiftsQueries).gift(accountId, stranger)).rejects.toMatchObject({
        code: 'GIFT_NOT_FOUND',
      });
    });

    it('gets another link while it is the donor’s alone, and none once it opens more', async () => {
      const donorId = await givenDonor(village);
      const first = await invite(donorId);
      const again = await invite(donorId);
      expect(again.link).not.toBe(first.link);
      await expect(
        house.get(AccessService).useLink(callerOf({}), first.link?.replace('/link/', '') ?? '', {
          ...{ login: 'late-donor', password: PASSWORD },
        }),
      ).rejects.toMatchObject({ code: 'LINK_SPENT' });

      const account = await donorAccount(donorId);
      const other = await givenVillage(house, { heldFen: 0 });
      await givenLinkedLogin(other, await givenDonor(other), account);
      await expect(invite(donorId)).rejects.toMatchObject({ code: 'ACCOUNT_NOT_YOURS' });
    });

    it('never takes over an officer’s account, nor an administrator’s', async () => {
      const [donorId, another] = [await givenDonor(village), await givenDonor(village)];
      const chair = await officerAccount('chair');
      await givenLinkedLogin(village, donorId, chair);
      await expect(invite(donorId)).rejects.toMatchObject({ code: 'ACCOUNT_NOT_YOURS' });
      await expect(invite(donorId, chair.login)).rejects.toMatchObject({ code: 'DONOR_HAS_ACCOUNT' });
      await invite(another, chair.login);
      await expect(answer(chair, another, 'ACCEPT')).rejects.toMatchObject({ code: 'ACCOUNT_HAS_DONOR' });
      expect(await offersOf(chair)).toEqual([another]);
    });

    it('is not joined to a donor without its owner’s word', async () => {
      const donorId = await givenDonor(village);
      await give(village, 20_000, { donorId });
      const [chair, cashier] = [await officerAccount('chair'), await officerAccount('cashier')];
      expect(await invite(donorId, chair.login)).toEqual({ donorId, offered: true, link: null });
      const home = await house.get(MyGiftsQueries).home(chair.accountId);
      expect([home.records, home.gifts, home.offers.length]).toEqual([[], [], 1]);
      await expect(answer(cashier, donorId, 'ACCEPT')).rejects.toMatchObject({ code: 'OFFER_NOT_FOUND' });
      await expect(answer(cashier, donorId, 'DECLINE')).rejects.toMatchObject({ code: 'OFFER_NOT_FOUND' });

      await invite(donorId, cashier.login);
      expect([await offersOf(chair), await offersOf(cashier)]).toEqual([[], [donorId]]);
      await expect(answer(chair, donorId, 'ACCEPT')).rejects.toMatchObject({ code: 'OFFER_NOT_FOUND' });
      await answer(cashier, donorId, 'DECLINE');
      expect([await offersOf(cashier), await rolesOf(cashier)]).toEqual([[], []]);
      expect((await house.get(MyGiftsQueries).all(cashier.accountId)).records).toEqual([]);

      await invite(donorId, cashier.login);
      expect(await rolesOf(cashier)).toEqual(['donor']);
      expect(await answer(cashier, donorId, 'ACCEPT')).toEqual({ donorId, linked: true });
      expect((await house.get(MyGiftsQueries).all(cashier.accountId)).gifts).toHaveLength(1);
      expect(await offersOf(cashier)).toEqual([]);
      expect(await wordsOn(donorId)).toEqual([
        ...['请捐赠人用已有的账号认领', '请捐赠人用已有的账号认领', '捐赠人答复：不是我'],
        ...['请捐赠人用已有的账号认领', '捐赠人认领：是我的'],
      ]);
    });

    it('keeps the owner’s word with the society whose gifts they are, whatever office he acts in elsewhere', async () => {
      const other = await givenVillage(house, { heldFen: 0 });
      const chair = await officerAccount('chair');
      const { personId } = village.at.chair;
      const { accountId } = chair;
      const acting = () => callerOf({ accountId, personId, societyId: village.societyId, roles: ['chair'] });
      for (const said of ['DECLINE', 'ACCEPT'] as const) {
        const donorId = await givenDonor(other);
        const asked = { donorId, login: chair.login };
        await house.get(DonorAccountsService).inviteDonor(as(other, 'accountant'), asked);
        await house.get(DonorAccountsService).answerOffer(acting(), { donorId, answer: said });
        const rows = await house.dataSource.query<object[]>(
          `SELECT society_id AS "societyId", person_id AS "personId", account_id AS "accountId"
           FROM audit_acts WHERE subject_id = ? AND act = 'answerOffer'`,
          [donorId],
        );
        expect(rows).toEqual([{ societyId: other.societyId, personId: null, accountId: chair.accountId }]);
      }
    });

    it('tells nobody which logins there are: an unknown one and an administrator’s have the same answer', async () => {
      const donorId = await givenDonor(village);
      const admin = { login: `admin-${randomUUID().slice(0, 8)}`, password: PASSWORD };
      const { accountId } = await house
        .get(AccessService)
        .openAccount(callerOf({ roles: ['system-admin'] }), { admin: true, ...admin });
      await invite(donorId, village.at.chair.login);
      for (const login of ['nobody-of-that-name', admin.login])
        expect(await invite(donorId, login)).toEqual({ donorId, offered: true, link: null });
      expect(await offersOf({ accountId })).toEqual([]);
      expect(await offersOf(await officerAccount('chair'))).toEqual([]);
      expect(new Set(await wordsOn(donorId)).size).toBe(1);
    });

    it('is accepted once of ten times at once, and asked no more once a link was made', async () => {
      const [donorId, another] = [await givenDonor(village), await givenDonor(village)];
      const chair = await officerAccount('chair');
      await invite(donorId, chair.login);
      const said = await Promise.allSettled(
        Array.from({ length: 10 }, () => answer(chair, donorId, 'ACCEPT')),
      );
      expect(refusalsIn(said)).toMatchObject(Array.from({ length: 9 }, () => ({ code: 'OFFER_NOT_FOUND' })));
      const cashier = await officerAccount('cashier');
      await invite(another, cashier.login);
      await invite(another);
      expect(await offersOf(cashier)).toEqual([]);
    });

    it('offered to a login and given a link at once: the one or the other, and never both', async () => {
      const outcomes = new Set<string>();
      for (let race = 0; race < 6; race++) {
        const of = await givenVillage(house, { heldFen: 0 });
        const donorId = await givenDonor(of);
        const by = (login: string | null) =>
          house.get(DonorAccountsService).inviteDonor(as(of, 'accountant'), { donorId, login });
        const { login } = of.at.chair;
        const accountId = await house
          .get(Transactions)
          .run((tx) => house.get(AccessService).accountOfLogin(tx, login));
        const chair = { accountId: accountId ?? '' };
        await by(login);
        const [linked, accepted] = await Promise.allSettled([by(null), answer(chair, donorId, 'ACCEPT')]);
        const [row] = await house.dataSource.query<{ account: string; offered: string | null }[]>(
          'SELECT account_id AS "account", offered_account_id AS "offered" FROM donors WHERE id = ?',
          [donorId],
        );
        expect(row?.offered).toBeNull();
        if (accepted.status === 'fulfilled') {
          // The owner was first: no link is made that would open an officer's account.
          expect(row?.account).toBe(chair.accountId);
          expect(refusalsIn([linked])).toMatchObject([{ code: 'ACCOUNT_NOT_YOURS' }]);
        } else {
          expect(row?.account).not.toBe(chair.accountId);
          expect([linked.status, accepted.reason]).toMatchObject(['fulfilled', { code: 'OFFER_NOT_FOUND' }]);
        }
        outcomes.add(accepted.status);
      }
      expect(outcomes.size).toBeGreaterThan(0);
    });

    it('is cut off by the accountant, and another link may be made', async () => {
      const donorId = await givenDonor(village);
      const chair = await officerAccount('chair');
      await givenLinkedLogin(village, donorId, chair);
      const accounts = house.get(DonorAccountsService);
      const other = await givenVillage(house, { heldFen: 0 });
      await expect(accounts.endInvitation(as(other, 'accountant'), donorId)).rejects.toMatchObject({
        code: 'DONOR_NOT_FOUND',
      });
      expect(await accounts.endInvitation(as(village, 'accountant'), donorId)).toEqual({ donorId });
      expect((await house.get(MyGiftsQueries).home(chair.accountId)).records).toEqual([]);
      await expect(accounts.endInvitation(as(village, 'accountant'), donorId)).rejects.toMatchObject({
        code: 'DONOR_WITHOUT_ACCOUNT',
      });
      expect(await wordsOn(donorId)).toContain('断开捐赠人的账号');
      expect((await invite(donorId)).link).toMatch(/^\/link\//);
    });

    it('is not taken over by a link from before it accepted', async () => {
      const donorId = await givenDonor(village);
      const account = await donorAccount(donorId);
      const { link } = await invite(donorId);
      const other = await givenVillage(house, { heldFen: 0 });
      await givenLinkedLogin(other, await givenDonor(other), account);
      await expect(useLink(link, account.login)).rejects.toMatchObject({ code: 'LINK_SPENT' });
    });

    it('is not taken over by a link from before a person was joined to it', async () => {
      const donorId = await givenDonor(village);
      const { login } = await donorAccount(donorId);
      const { link } = await invite(donorId);
      const { societyId } = await givenVillage(house, { heldFen: 0 });
      const admin = { accountId: randomUUID(), roles: ['system-admin'] as const };
      const { personId } = await house
        .get(PeopleService)
        .addPerson(callerOf({ ...admin, societyId }), { name: '王大山', group: '三组', residence: 'HUKOU' });
      await house.get(AccessService).joinAccount(callerOf(admin), { login, societyId, personId });
      await expect(useLink(link, login)).rejects.toMatchObject({ code: 'LINK_SPENT' });
    });

    it('is one, though ten links are asked for at once', async () => {
      const donorId = await givenDonor(village);
      const asked = await Promise.allSettled(Array.from({ length: 10 }, () => invite(donorId)));
      expect(refusalsIn(asked)).toEqual([]);
      const rows = await house.dataSource.query<{ n: number | string }[]>(
        'SELECT COUNT(DISTINCT l.account_id) AS "n" FROM one_time_links l JOIN donors d ON d.account_id = l.account_id WHERE d.id = ?',
        [donorId],
      );
      expect(Number(rows[0]?.n)).toBe(1);
      const open = await house.dataSource.query<{ n: number | string }[]>(
        'SELECT COUNT(*) AS "n" FROM one_time_links l JOIN donors d ON d.account_id = l.account_id WHERE d.id = ? AND l.spent_at IS NULL',
        [donorId],
      );
      expect(Number(open[0]?.n)).toBe(1);
    });

    it('a form that was sent twice shows the secret once', async () => {
      const donorId = await givenDonor(village);
      const first = await invite(donorId, null, 'same-key-of-a-form');
      expect(await invite(donorId, null, 'same-key-of-a-form')).toEqual({ ...first, link: null });
    });

    it('D4-69 another society’s donor is not found', async () => {
      const other = await givenVillage(house, { heldFen: 0 });
      await expect(invite(await givenDonor(other))).rejects.toMatchObject({ code: 'DONOR_NOT_FOUND' });
    });

    it('goes on with the record that his was merged into', async () => {
      const same = { name: '顾大河' };
      const [keptId, goneId] = [await givenDonor(village, same), await givenDonor(village, same)];
      const giftId = await give(village, 20_000, { donorId: goneId });
      const { accountId } = await donorAccount(goneId);
      await house.get(DonorsService).mergeDonors(as(village, 'accountant'), { keptId, goneId });
      const { records, gifts } = await house.get(MyGiftsQueries).all(accountId);
      expect(records.map(({ donorId }) => donorId)).toEqual([keptId]);
      expect(gifts.map(({ gift }) => gift.id)).toEqual([giftId]);
    });

    it('says how it stands in public, and changes what was not asked of nobody else', async () => {
      const donorId = await givenDonor(village, { publishesName: true });
      const neighbour = await givenDonor(village, { publishesName: true });
      const { accountId } = await donorAccount(donorId);
      const caller = callerOf({ accountId, roles: ['signed-in', 'donor'] });
      expect(await house.get(DonorAccountsService).signGifts(caller, { publishesName: false })).toEqual({
        records: 1,
      });
      const rows = await house.dataSource.query<{ id: string; publishes: number | string }[]>(
        'SELECT id AS "id", publishes_name AS "publishes" FROM donors WHERE id IN (?, ?)',
        [donorId, neighbour],
      );
      expect(Object.fromEntries(rows.map(({ id, publishes }) => [id, Number(publishes)]))).toEqual({
        [donorId]: 0,
        [neighbour]: 1,
      });
    });
  });

  it('agrees with the list of gifts, whatever happened', async () => {
    const giftId = await give(village, 120_000);
    await givenCase(village, { at: 'PAID', amountFen: 70_000 });
    const [trace, row] = [await traceOf(giftId), await giftOf(village, giftId)];
    expect([trace.usedFen, trace.unspentFen, trace.refundedFen]).toEqual([
      ...[row.usedFen, row.unspentFen, row.refundedFen],
    ]);
  });
});

/** Rows written by SQL, since what counts here is how many questions are asked, not who may write. */
describe.each(kinds)('$name', (kind) => {
  let house: House;
  let village: Village;

  beforeAll(async () => {
    house = await givenHouse(kind);
    village = await givenVillage(house, { heldFen: 0 });
  });
  afterAll(() => house.close());

  it('a company of 300 gifts and 2,000 uses asks no more questions than one of 3 and 20', async () => {
    await give(village, 2_000_000);
    const { caseId } = await givenCase(village, { at: 'RUNNING', amountFen: 10_000 });
    const small = await givenMany(house, village, { gifts: 3, uses: 20, caseId });
    const large = await givenMany(house, village, { gifts: 300, uses: 2_000, caseId });
    const asked = async (accountId: string) => {
      const spy = jest.spyOn(house.dataSource, 'query');
      const started = performance.now();
      const { gifts } = await house.get(MyGiftsQueries).all(accountId);
      const tookMs = performance.now() - started;
      const questions = spy.mock.calls.length;
      spy.mockRestore();
      for (const { trace } of gifts) expect(traceFault(trace)).toBeNull();
      return { gifts: gifts.length, uses: gifts.flatMap(({ uses }) => uses).length, questions, tookMs };
    };
    const [few, many] = [await asked(small), await asked(large)];
    expect([few.gifts, few.uses]).toEqual([3, 20]);
    expect([many.gifts, many.uses]).toEqual([300, 2_000]);
    expect(many.questions).toBe(few.questions);
    expect(few.questions).toBeLessThan(20);
  });
});
