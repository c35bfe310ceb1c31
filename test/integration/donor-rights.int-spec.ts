import { AccessQueries } from '../../src/access/index.js';
import {
  DonationListService,
  DonorCopies,
  DonorLooksService,
  DonorRightsService,
  DonorsQueries,
  DonorsService,
  GiftsService,
  MyRightsService,
  ReceiptsService,
} from '../../src/donations/index.js';
import { myContactView, myRightsView } from '../../src/donations/rights/my-rights.views.js';
import type { DonorCopy } from '../../src/donations/index.js';
import type { DonorLookReason } from '../../src/donations/domain/donor-look.js';
import type { DonorRight } from '../../src/donations/domain/donor-right.js';
import type { DonorDraft } from '../../src/donations/domain/donor.js';
import { DutiesQueries } from '../../src/duties/index.js';
import { addDays, day, dayOf, startOfDay } from '../../src/kernel/day.js';
import { fen } from '../../src/kernel/fen.js';
import { MessagesOutbox, MessagesService } from '../../src/messages/index.js';
import {
  CorrectionsService,
  DiscardsService,
  ExpiriesService,
  NoticesQueries,
  NoticesService,
} from '../../src/notices/index.js';
import { lastDayKept, RetentionService } from '../../src/people/index.js';
import { LooksQueries } from '../../src/people/looks/looks.queries.js';
import { placeIn } from '../../src/platform/crypto/sealed-column.js';
import { Sealing } from '../../src/platform/crypto/sealing.js';
import { Transactions } from '../../src/platform/database/transactions.js';
import { sealedColumns } from '../../src/sealed.js';
import { kinds } from '../support/databases.js';
import { give, givenDonor } from '../support/donations.js';
import { givenDonorAccount, givenLinkedLogin } from '../support/donor-accounts.js';
import { askRefund, decideRefund, givenAsking, refund } from '../support/gift-refunds.js';
import { givenGoods } from '../support/goods.js';
import { callerOf, givenHouse } from '../support/house.js';
import type { House } from '../support/house.js';
import { expectSound } from '../support/sound.js';
import { as, givenCase, givenVillage, photo } from '../support/village.js';
import type { Post, Village } from '../support/village.js';

/** Each can only come from the field it was typed into. */
const WORDS = '暮色里说的心愿';
const HOME = '演示暮色村';
let phones = 0;
const phone = () => `1993456${String(++phones).padStart(4, '0')}`;
const NAMES = '甲乙丙丁戊己庚辛壬癸';

describe.each(kinds)('$name', (kind) => {
  let house: House;
  let village: Village;
  let names = 0;

  beforeAll(async () => {
    house = await givenHouse(kind);
    village = await givenVillage(house, { heldFen: 0 });
  });
  afterAll(() => expectSound(house));
  afterAll(() => house.close());

  const rights = () => house.get(DonorRightsService);
  const today = () => dayOf(house.clock.now());
  const record = (donorId: string, right: DonorRight = 'ERASE', post: Post = 'secretary', wish = '姓错了') =>
    rights().record(as(village, post), {
      ...{
        donorId,
        kind: right,
        how: 'IN_PERSON',
        askedOn: today(),
        wish: right === 'CORRECT' ? wish : null,
      },
    });
  const erase = (requestId: string, post: Post = 'chair') => rights().erase(as(village, post), { requestId });
  const receipts = () => house.get(ReceiptsService);
  const issue = (giftId: string) => receipts().issueReceipt(as(village, 'accountant'), { giftId });
  const owner = (accountId: string) => callerOf({ accountId, roles: ['donor'] });

  type Planted = { readonly donorId: string; readonly name: string; readonly phone: string };
  const planted = async (more: Partial<DonorDraft> = {}): Promise<Planted> => {
    const who = { name: `暮捐${NAMES.charAt(names++ % 10)}${NAMES.charAt(names % 7)}`, phone: phone() };
    const donorId = await givenDonor(village, { ...who, homePlace: HOME, publishesName: true, ...more });
    return { donorId, ...who, ...('name' in more ? { name: more.name ?? '' } : {}) };
  };
  /** A donor who gave, has his receipt, and of whom nothing is under way. */
  const given = async (more: Partial<DonorDraft> = {}) => {
    const donor = await planted(more);
    const giftId = await give(village, 10_000, { donorId: donor.donorId, intentWords: WORDS });
    await issue(giftId);
    return { ...donor, giftId };
  };

  const query = (sql: string) => house.dataSource.query<Record<string, unknown>[]>(sql);
  const tables = async (): Promise<string[]> => {
    const sql =
      kind.name === 'sqlite'
        ? `SELECT name AS "name" FROM sqlite_master WHERE type = 'table'`
        : `SELECT TABLE_NAME AS "name" FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE()`;
    return (await query(sql)).map(({ name }) => String(name));
  };
  /** Every value of every row, and what every seal holds, with the column in front. */
  const held = async (): Promise<string[]> => {
    const lines: string[] = [];
    for (const name of await tables())
      for (const row of await query(`SELECT * FROM "${name}"`)) lines.push(`${name}: ${JSON.stringify(row)}`);
    for (const column of sealedColumns)
      for (const row of await query(`SELECT * FROM "${column.table}"`)) {
        const sealed = row[column.column];
        if (typeof sealed !== 'string') continue;
        const words = house.get(Sealing).open(sealed, placeIn(column, row));
        lines.push(`${column.table}.${column.column}: ${words}`);
      }
    return lines;
  };
  const placesOf = async (markers: readonly string[]) => {
    const found = (await held()).filter((line) => markers.some((marker) => line.includes(marker)));
    return [...new Set(found.map((line) => line.slice(0, line.indexOf(':'))))].sort();
  };
  const owed = async () =>
    (await house.get(DutiesQueries).open(village.societyId)).filter((duty) => duty.kind === 'ANSWER_PERSON')
      .length;
  const text = (copy: DonorCopy | readonly DonorCopy[]) => JSON.stringify(copy);

  describe('erasing', () => {
    it('takes phone, home place, words and account; the name stays where receipts rest on it, and nowhere in public', async () => {
      const donor = await given();
      const { accountId, login } = await givenDonorAccount(village, donor.donorId);
      const waits = { subjectId: donor.donorId, cause: `gift.used:${donor.donorId}` };
      await house.get(Transactions).run((tx) =>
        house.get(MessagesOutbox).tell(
          tx,
          { societyId: village.societyId, id: donor.donorId, number: donor.phone },
          {
            ...{ event: 'gift.used', template: 'application-accepted', parameters: { day: '3月2日' } },
            ...{ notBefore: null, expiresAt: null, needsConsent: false, ...waits },
          },
        ),
      );
      expect(await placesOf([donor.phone])).toEqual(['donors.phone_sealed', 'messages.body_sealed']);
      expect(await placesOf([donor.name])).toEqual(['donors.name_sealed', 'receipts.content_sealed']);

      const { requestId } = await record(donor.donorId);
      expect(await owed()).toBe(1);
      await expect(erase(requestId, 'secretary')).rejects.toMatchObject({
        code: 'ERASURE_NEEDS_SECOND_PERSON',
      });
      await erase(requestId);

      expect(await placesOf([donor.phone, login])).toEqual([]);
      expect((await placesOf([WORDS, HOME])).filter((place) => !place.startsWith('receipts'))).toEqual([]);
      expect(await placesOf([donor.name])).toEqual(['donors.name_sealed', 'receipts.content_sealed']);
      expect(await owed()).toBe(0);
      expect(await house.get(DonorsQueries).donor(village.societyId, donor.donorId)).toMatchObject({
        ...{ publishesName: false, accountId: null, hasPhone: false, homePlace: null, givenFen: 10_000 },
      });
      expect(await house.get(AccessQueries).account(accountId)).toMatchObject({
        ...{ login: null, isDisabled: true },
      });
      expect(
        await query(`SELECT state AS "state" FROM messages WHERE recipient_id = '${donor.donorId}'`),
      ).toEqual([{ state: 'DROPPED' }]);
      await expect(erase(requestId)).rejects.toMatchObject({ code: 'REQUEST_ANSWERED' });
    });

    it('leaves not even the name of whoever never gave anything, and nothing is written under it any more', async () => {
      const donor = await planted();
      const { requestId } = await record(donor.donorId);
      await erase(requestId);
      expect(await placesOf([donor.name, donor.phone])).toEqual([]);
      await expect(give(village, 1_000, { donorId: donor.donorId })).rejects.toMatchObject({
        code: 'DONOR_ERASED',
      });
      const { rows } = await house.get(DonorsQueries).page(village.societyId, null);
      expect(rows.map(({ id }) => id)).not.toContain(donor.donorId);
      const draft = { kind: 'PERSON', group: 'CARING', name: donor.name, uscc: null } as const;
      await expect(
        house.get(DonorsService).changeDonor(as(village, 'accountant'), {
          ...{ donorId: donor.donorId, ...draft, phone: null, homePlace: null, publishesName: false },
        }),
      ).rejects.toMatchObject({ code: 'DONOR_ERASED' });
    });

    it('erases every record that was merged into his, whichever of them asked', async () => {
      const kept = await given({ name: '暮同名' });
      const gone = await given({ name: '暮同名' });
      const { requestId } = await record(gone.donorId);
      await house
        .get(DonorsService)
        .mergeDonors(as(village, 'accountant'), { keptId: kept.donorId, goneId: gone.donorId });
      await erase(requestId);
      expect(await placesOf([kept.phone, gone.phone])).toEqual([]);
      const named = (await held()).filter((line) => line === 'donors.name_sealed: 暮同名');
      expect(named).toHaveLength(1);
      expect(
        await query(
          `SELECT name_gone AS "gone" FROM donor_erasures WHERE donor_id IN ('${kept.donorId}', '${gone.donorId}') ORDER BY name_gone`,
        ),
      ).toEqual([{ gone: 0 }, { gone: 1 }]);
    });

    it('takes of a company the phone of its contact, and nothing else', async () => {
      const company = {
        kind: 'COMPANY',
        group: 'ENTERPRISE',
        name: '演示暮色厂',
        uscc: '9144030071526726XG',
      } as const;
      const donor = await given(company);
      // None of it is about the phone; a refund is, and it waits for that.
      await give(village, 5_000, { donorId: donor.donorId });
      const correction = await record(donor.donorId, 'CORRECT');
      const { requestId } = await record(donor.donorId);
      const refundId = await askRefund(
        village,
        await give(village, 1_000, { donorId: donor.donorId }),
        1_000,
      );
      await expect(erase(requestId)).rejects.toThrow(/^现在还不能删除：\S+那一笔的退款还没有办完。$/);
      await decideRefund(village, refundId, false);
      await erase(requestId);
      await rights().corrected(as(village, 'accountant'), correction);
      expect(await placesOf([donor.phone])).toEqual([]);
      expect(await house.get(DonorsQueries).donor(village.societyId, donor.donorId)).toMatchObject({
        ...{ shownName: '演示暮色厂', publishesName: true, homePlace: HOME, hasPhone: false },
      });
    });

    it('leaves an account that shows another society’s gifts, and its login', async () => {
      const other = await givenVillage(house, { heldFen: 0 });
      const donor = await given();
      const account = await givenDonorAccount(village, donor.donorId);
      const elsewhere = await givenDonor(other);
      await givenLinkedLogin(other, elsewhere, account);
      const { requestId } = await record(donor.donorId);
      await erase(requestId);
      expect(await house.get(AccessQueries).account(account.accountId)).toMatchObject({
        ...{ login: account.login, isDisabled: false },
      });
      expect(await house.get(DonorsQueries).donor(other.societyId, elsewhere)).toMatchObject({
        accountId: account.accountId,
      });
    });

    type Hinder = readonly [what: string, why: RegExp, prepare: (donorId: string) => Promise<unknown>];
    it.each<Hinder>([
      [
        'a pledge',
        /的认捐还没有到账/,
        (donorId) =>
          house.get(GiftsService).pledgeGift(as(village, 'accountant'), {
            ...{ donorId, amountFen: fen(100_000), pledgedOn: day('2026-03-01'), intent: 'UNRESTRICTED' },
            ...{ intentWords: '', purseId: null, purpose: null },
          }),
      ],
      [
        'a refund',
        /那一笔的退款还没有办完/,
        async (donorId) => askRefund(village, await give(village, 5_000, { donorId }), 5_000),
      ],
      ['a receipt', /那一笔的票据还没有开/, (donorId) => give(village, 5_000, { donorId })],
      [
        'money for one purpose',
        /指定用途的捐赠还有 70\.00 元没有用完/,
        async (donorId) => issue(await give(village, 7_000, { donorId, intent: 'PURPOSE', purpose: '火灾' })),
      ],
      ['a copy', /副本还没有交给本人/, (donorId) => record(donorId, 'COPY')],
      [
        'a list that names him',
        /有一张写了本人姓名的捐赠公示还没有签发/,
        () => house.get(DonationListService).draftList(as(village, 'accountant'), { span: 'TODAY' }),
      ],
    ])('refuses while there is %s, says so, and changes nothing', async (_, why, prepare) => {
      const { donorId } = await given();
      await prepare(donorId);
      const { requestId } = await record(donorId);
      const before = await held();
      const refused = erase(requestId);
      await expect(refused).rejects.toMatchObject({ code: 'ERASURE_HINDERED' });
      await expect(refused).rejects.toThrow(why);
      expect(await held()).toEqual(before);
      await rights().decline(as(village, 'chair'), { requestId, words: '还在办' });
      expect(await query(`SELECT state AS "state" FROM donor_requests WHERE id = '${requestId}'`)).toEqual([
        { state: 'DECLINED' },
      ]);
    });

    it('is refused while the giver is asked about another use', async () => {
      const own = await givenVillage(house, { heldFen: 0 });
      const donorId = await givenDonor(own, { phone: phone() });
      await give(own, 30_000, { donorId, intent: 'PURPOSE', purpose: '火灾' });
      await givenAsking(own);
      const asked = { donorId, kind: 'ERASE', how: 'PHONE', askedOn: today(), wish: null } as const;
      const { requestId } = await rights().record(as(own, 'secretary'), asked);
      await expect(rights().erase(as(own, 'chair'), { requestId })).rejects.toThrow(
        /有 1 件改变用途的事还在征求本人意见/,
      );
    });

    it('waits until a list that prints the name is out of public; whoever stands there unnamed does not wait', async () => {
      const own = await givenVillage(house, { heldFen: 0 });
      const [named, unnamed] = [
        await givenDonor(own, { phone: phone(), publishesName: true }),
        await givenDonor(own, { phone: phone() }),
      ];
      for (const donorId of [named, unnamed]) {
        const giftId = await give(own, 8_000, { donorId });
        await receipts().issueReceipt(as(own, 'accountant'), { giftId });
      }
      const { listId } = await house
        .get(DonationListService)
        .draftList(as(own, 'accountant'), { span: 'TODAY' });
      const notice = await house.get(NoticesQueries).ofSubject('donation-list', listId);
      const notices = house.get(NoticesService);
      const posting = { noticeId: notice?.id ?? '', place: '村委会公示栏', postedAt: house.clock.now() };
      await notices.sign(as(own, 'chair'), { noticeId: posting.noticeId, plannedPostingOn: today() });
      await notices.recordPosting(as(own, 'secretary'), { ...posting, photo: await photo() });
      const ask = (donorId: string) =>
        rights().record(as(own, 'secretary'), {
          ...{ donorId, kind: 'ERASE', how: 'PHONE', askedOn: today(), wish: null },
        });
      await rights().erase(as(own, 'chair'), await ask(unnamed));
      const waits = await ask(named);
      await expect(rights().erase(as(own, 'chair'), waits)).rejects.toThrow(
        /\d+号捐赠公示写了本人姓名，还在公开/,
      );
      // A correction that quotes the name is a paper of its own: in draft, and after the list is out of public.
      await house.get(DonorsService).changeDonor(as(own, 'accountant'), {
        ...{ donorId: named, kind: 'PERSON', group: 'CARING', name: '暮改名', uscc: null },
        ...{ phone: phone(), homePlace: null, publishesName: true },
      });
      const correction = await house
        .get(CorrectionsService)
        .correct(as(own, 'secretary'), { noticeId: posting.noticeId });
      await expect(rights().erase(as(own, 'chair'), waits)).rejects.toThrow(
        /有一张写了本人姓名的更正公告还没有签发；?.*捐赠公示写了本人姓名，还在公开/,
      );
      house.clock.advance({ days: 12 });
      await notices.endDue(house.clock.now());
      house.clock.advance({ days: 91 });
      await house.get(ExpiriesService).withdrawDue(house.clock.now());
      await expect(rights().erase(as(own, 'chair'), waits)).rejects.toThrow(
        /^现在还不能删除：有一张写了本人姓名的更正公告还没有签发。$/,
      );
      await house
        .get(DiscardsService)
        .discard(as(own, 'secretary'), { noticeId: correction.noticeId, reason: 'EXPIRED' });
      await rights().erase(as(own, 'chair'), waits);
      expect((await placesOf(['暮改名'])).filter((place) => place.startsWith('donors.'))).toEqual([
        'donors.name_sealed',
      ]);
    });

    it('a corrected name is printed by a correction of the list, unless its owner agrees no longer', async () => {
      const own = await givenVillage(house, { heldFen: 0 });
      const donorId = await givenDonor(own, { publishesName: true });
      const giftId = await give(own, 8_000, { donorId });
      await receipts().issueReceipt(as(own, 'accountant'), { giftId });
      const { listId } = await house
        .get(DonationListService)
        .draftList(as(own, 'accountant'), { span: 'TODAY' });
      const list = await house.get(NoticesQueries).ofSubject('donation-list', listId);
      const sign = (noticeId: string) =>
        house.get(NoticesService).sign(as(own, 'chair'), { noticeId, plannedPostingOn: today() });
      await sign(list?.id ?? '');
      const rename = (publishesName: boolean) =>
        house.get(DonorsService).changeDonor(as(own, 'accountant'), {
          ...{ donorId, kind: 'PERSON', group: 'CARING', name: '暮改名', uscc: null },
          ...{ phone: null, homePlace: null, publishesName },
        });
      await rename(true);
      const { noticeId } = await house
        .get(CorrectionsService)
        .correct(as(own, 'secretary'), { noticeId: list?.id ?? '' });
      await rename(false);
      await expect(sign(noticeId)).rejects.toThrow(/有捐赠人不再同意公开姓名/);
      await rename(true);
      // The earlier name turns out to be that of somebody else, who was never asked.
      const [printed] = list?.kind === 'DONATION_LIST' ? list.words.gifts : [];
      const earlier = printed?.giver ?? '';
      const namesake = await givenDonor(own, { name: earlier });
      await expect(sign(noticeId)).rejects.toThrow(/写了没有同意公开姓名的捐赠人/);
      await house.get(DonorsService).changeDonor(as(own, 'accountant'), {
        ...{ donorId: namesake, kind: 'PERSON', group: 'CARING', name: earlier, uscc: null },
        ...{ phone: null, homePlace: null, publishesName: true },
      });
      await sign(noticeId);
      expect((await house.get(NoticesQueries).findById(noticeId))?.state).toBe('SIGNED');
    });

    it('of two societies at once closes the account that shows nothing any more', async () => {
      const other = await givenVillage(house, { heldFen: 0 });
      const [here, there] = [await givenDonor(village), await givenDonor(other)];
      const account = await givenDonorAccount(village, here);
      await givenLinkedLogin(other, there, account);
      const asked = { kind: 'ERASE', how: 'PHONE', askedOn: today(), wish: null } as const;
      const first = await rights().record(as(village, 'secretary'), { ...asked, donorId: here });
      const second = await rights().record(as(other, 'secretary'), { ...asked, donorId: there });
      await Promise.all([
        rights().erase(as(village, 'chair'), first),
        rights().erase(as(other, 'chair'), second),
      ]);
      expect(await house.get(AccessQueries).account(account.accountId)).toMatchObject({
        ...{ login: null, isDisabled: true },
      });
    });

    it('and a list drafted at the same moment: whoever is erased stands in none by name', async () => {
      for (let i = 0; i < 5; i++) {
        const own = await givenVillage(house, { heldFen: 0 });
        const donorId = await givenDonor(own, { publishesName: true });
        const giftId = await give(own, 8_000, { donorId });
        await receipts().issueReceipt(as(own, 'accountant'), { giftId });
        const asked = { donorId, kind: 'ERASE', how: 'PHONE', askedOn: today(), wish: null } as const;
        const request = await rights().record(as(own, 'secretary'), asked);
        const [erased, drafted] = await Promise.allSettled([
          rights().erase(as(own, 'chair'), request),
          house.get(DonationListService).draftList(as(own, 'accountant'), { span: 'TODAY' }),
        ]);
        if (drafted.status === 'rejected') throw drafted.reason;
        const notice = await house.get(NoticesQueries).ofSubject('donation-list', drafted.value.listId);
        const isNamed = notice?.kind === 'DONATION_LIST' && notice.words.gifts[0]?.giver !== '爱心人士';
        expect({ isErased: erased.status === 'fulfilled', isNamed }).toEqual({
          isErased: !isNamed,
          isNamed: erased.status === 'rejected',
        });
      }
    });

    it('puts a name right still that stays, and drops what has nothing left to be done about, each on record', async () => {
      const stays = await given();
      const goes = await planted();
      const corrections = [];
      for (const { donorId } of [stays, goes]) {
        corrections.push((await record(donorId, 'CORRECT')).requestId);
        await erase((await record(donorId)).requestId);
      }
      const [kept = '', dropped = ''] = corrections;
      const states = await query(
        `SELECT id AS "id", state AS "state" FROM donor_requests WHERE kind = 'CORRECT'`,
      );
      expect(states).toEqual(
        expect.arrayContaining([
          { id: kept, state: 'WAITING' },
          { id: dropped, state: 'DECLINED' },
        ]),
      );
      const words = '信息已经删除，还没有办的另一个请求随之了结';
      expect(await query(`SELECT subject_id AS "id" FROM audit_acts WHERE words = '${words}'`)).toEqual([
        { id: goes.donorId },
      ]);
      await rights().corrected(as(village, 'secretary'), { requestId: kept });
    });

    it('is asked for once and carried out once of ten at a time', async () => {
      const { donorId, phone: number } = await given();
      const asked = await Promise.allSettled(Array.from({ length: 10 }, () => record(donorId)));
      const made = asked.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
      expect(made).toHaveLength(1);
      const [{ requestId }] = made as [(typeof made)[number]];
      const pressed = await Promise.allSettled(
        Array.from({ length: 10 }, (_, i) => erase(requestId, i % 2 === 0 ? 'chair' : 'accountant')),
      );
      expect(pressed.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      expect(await query(`SELECT id FROM donor_erasures WHERE donor_id = '${donorId}'`)).toHaveLength(1);
      expect(await placesOf([number])).toEqual([]);
    });

    it('is carried out by nobody on himself, under whichever part', async () => {
      const { donorId } = await given();
      const { accountId, login } = village.at.chair;
      await givenLinkedLogin(village, donorId, { accountId: accountId ?? '', login });
      const { requestId } = await record(donorId);
      await expect(erase(requestId, 'chair')).rejects.toMatchObject({ code: 'ERASURE_OF_ONESELF' });
      await erase(requestId, 'accountant');
      expect(await house.get(AccessQueries).account(accountId ?? '')).toMatchObject({
        login,
        isDisabled: false,
      });
    });

    it('keeps another society from all of it', async () => {
      const other = await givenVillage(house);
      const { donorId } = await planted();
      const { requestId } = await record(donorId, 'COPY');
      const nothing = { code: 'DONOR_REQUEST_NOT_FOUND' };
      await expect(
        house.get(DonorCopies).forOffice(as(other, 'accountant').actor, requestId),
      ).rejects.toMatchObject(nothing);
      await expect(rights().erase(as(other, 'chair'), { requestId })).rejects.toMatchObject(nothing);
      await expect(
        rights().record(as(other, 'secretary'), {
          ...{ donorId, kind: 'ERASE', how: 'PHONE', askedOn: today(), wish: null },
        }),
      ).rejects.toMatchObject({ code: 'DONOR_NOT_FOUND' });
      await rights().decline(as(village, 'chair'), { requestId, words: '本人撤回' });
    });

    it('never changes a row of what was erased, and of who looked', async () => {
      const change = (sql: string) =>
        house.get(Transactions).run((tx) => tx.change(Object.assign([sql], { raw: [] })));
      for (const sql of [
        'UPDATE donor_erasures SET fields = 9',
        'DELETE FROM donor_erasures',
        `UPDATE donor_looks SET reason = 'RECEIPT'`,
        'DELETE FROM donor_looks',
      ]) {
        if (sql.includes('looks')) await look((await planted()).donorId);
        await expect(change(sql)).rejects.toThrow(/append-only/);
      }
    });
  });

  describe('a copy', () => {
    it('for a donor without an account is opened by two pairs of hands, while the request waits', async () => {
      const donor = await given();
      const { requestId } = await record(donor.donorId, 'COPY');
      const secretary = as(village, 'secretary');
      const open = (post: Post) => house.get(DonorCopies).forOffice(as(village, post).actor, requestId);
      const needsAnother = { code: 'COPY_NEEDS_SECOND_PERSON' };
      await expect(open('secretary')).rejects.toMatchObject(needsAnother);
      await expect(rights().handOver(secretary, { requestId })).rejects.toMatchObject(needsAnother);
      await expect(rights().vouch(secretary, { requestId })).rejects.toMatchObject({
        code: 'COPY_VOUCHED_BY_WRITER',
      });
      const vouches = await Promise.allSettled(
        Array.from({ length: 10 }, (_, i) =>
          rights().vouch(as(village, i % 2 === 0 ? 'chair' : 'deputy'), { requestId }),
        ),
      );
      expect(vouches.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      const copy = await open('secretary');
      for (const words of [donor.name, donor.phone, HOME, WORDS, '100.00 元', '票据'])
        expect(text(copy)).toContain(words);
      expect(copy.kept).toMatchObject([{ until: lastDayKept('GIFT', today()) }]);
      expect(text(await open('accountant'))).toContain('为捐赠人做了一份全部信息');
      await rights().handOver(secretary, { requestId });
      await expect(open('secretary')).rejects.toMatchObject({ code: 'REQUEST_ANSWERED' });
    });

    it('is opened at once by whoever has an account, of every society, and by nobody of the office', async () => {
      const other = await givenVillage(house, { heldFen: 0 });
      const donor = await given();
      const goods = await givenGoods(village, donor.donorId);
      const back = await give(village, 4_000, { donorId: donor.donorId });
      await refund(village, back, 4_000);
      await give(other, 2_000, { donorId: await givenDonor(other, { name: '暮别处' }) });
      const account = await givenDonorAccount(village, donor.donorId);
      const elsewhere = await givenDonor(other, { name: '暮别处' });
      await givenLinkedLogin(other, elsewhere, account);
      await look(donor.donorId, 'CONTACT');
      await house.get(MessagesService).recordChoice(as(village, 'secretary'), village.societyId, {
        ...{ number: donor.phone, choice: 'NO' },
      });

      const copies = await house.get(MyRightsService).copy(owner(account.accountId).actor);
      expect(copies).toHaveLength(2);
      const [own] = copies;
      for (const words of [
        donor.name,
        donor.phone,
        account.login,
        '棉被',
        '退款 40.00 元',
        '联系本人',
        '不再收',
      ])
        expect(text(own ?? [])).toContain(words);
      expect(goods.giftId).not.toBe('');
      const { requestId } = await rights().ask(owner(account.accountId), {
        ...{ donorId: elsewhere, kind: 'ERASE', wish: null },
      });
      expect(requestId).not.toBe('');
      await expect(record(donor.donorId, 'COPY')).rejects.toMatchObject({ code: 'DONOR_HAS_OWN_COPY' });
      const looked = await query(
        `SELECT society_id AS "at" FROM audit_acts WHERE act = 'read' AND account_id = '${account.accountId}'`,
      );
      expect(looked.map(({ at }) => at).sort()).toEqual([village.societyId, other.societyId].sort());
      const asked = await query(
        `SELECT society_id AS "at", person_id AS "who" FROM audit_acts WHERE act = 'askDonorRequest' AND subject_id = '${elsewhere}'`,
      );
      expect(asked).toEqual([{ at: other.societyId, who: null }]);
      const { looks } = await house.get(LooksQueries).within(other.societyId, null);
      expect(looks).toEqual([]);
    });

    it('tells what came in from what was struck and from fees', async () => {
      const donor = await given();
      await give(village, 3_000, { donorId: donor.donorId, nature: 'FEE' });
      const struck = await give(village, 7_000, { donorId: donor.donorId });
      await house
        .get(GiftsService)
        .reverseGift(as(village, 'accountant'), { giftId: struck, reason: '记错了' });
      const kept = await house.get(DonorCopies).keptOf(donor.donorId);
      expect(kept.map(({ what }) => what)).toEqual([
        '1 笔捐赠的记录、凭证、票据和票据上的姓名，合计 100.00 元',
        '1 笔会费的记录和凭证，合计 30.00 元',
        '1 笔已经冲销的记录、凭证和票据',
      ]);
    });

    it('of what is to be put right is shown to whoever does it, on record each time', async () => {
      const donor = await planted();
      const { requestId } = await record(donor.donorId, 'CORRECT', 'secretary', '姓写错了');
      const request = { id: requestId, donorId: donor.donorId };
      const { actor } = as(village, 'accountant');
      expect(await house.get(DonorCopies).wishFor(actor, request)).toBe('姓写错了');
      await rights().corrected(as(village, 'accountant'), { requestId });
      expect(await house.get(DonorCopies).wishFor(actor, request)).toBeNull();
      expect(
        await query(
          `SELECT words AS "words" FROM audit_acts WHERE act = 'read' AND subject_id = '${donor.donorId}'`,
        ),
      ).toEqual([{ words: '看了捐赠人要改正的内容' }]);
    });

    it('shows no family that was helped', async () => {
      const own = await givenVillage(house, { heldFen: 0 });
      const donorId = await givenDonor(own);
      await give(own, 30_000, { donorId });
      await givenCase(own, { at: 'RUNNING', amountFen: 10_000 });
      const account = await givenDonorAccount(own, donorId);
      const copied = text(await house.get(MyRightsService).copy(owner(account.accountId).actor));
      expect(copied).toContain('100.00 元');
      expect(copied).not.toContain('范长河');
    });
  });

  describe('what the donor does himself', () => {
    it('changes phone and home place in every record, and asks for the rest', async () => {
      const donor = await given();
      const { accountId } = await givenDonorAccount(village, donor.donorId);
      const now = phone();
      const mine = house.get(MyRightsService);
      await mine.changeContact(owner(accountId), { phone: ` ${now} `, homePlace: '演示朝霞村' });
      expect(await mine.contactOf(owner(accountId).actor)).toEqual({
        ...{ phone: now, homePlace: '演示朝霞村', hasHome: true },
      });
      expect(await placesOf([donor.phone])).toEqual([]);
      expect((await house.get(DonorsQueries).find(village.societyId, now)).map(({ id }) => id)).toEqual([
        donor.donorId,
      ]);
      await expect(
        mine.changeContact(owner(accountId), { phone: '123', homePlace: null }),
      ).rejects.toMatchObject({ code: 'DONOR_PHONE_INVALID' });
      expect(await mine.contactOf(owner(accountId).actor)).toMatchObject({ phone: now });
    });

    it('names no home where a company alone gave, and is told so', async () => {
      const company = { kind: 'COMPANY', group: 'ENTERPRISE', name: '演示晨光厂' } as const;
      const donor = await given({ ...company, uscc: '914403001922038216' });
      const { accountId } = await givenDonorAccount(village, donor.donorId);
      const mine = house.get(MyRightsService);
      const shown = await mine.contactOf(owner(accountId).actor);
      expect(shown).toEqual({ phone: donor.phone, homePlace: null, hasHome: false });
      expect(myContactView(shown, {}, {})).toMatchObject({ title: '改手机', homePlace: null });
      const place = (isCompany: boolean) => ({ donorId: donor.donorId, society: '演示村', isCompany });
      expect(myRightsView([place(true)], [], {}, {}).contact).toBe('手机');
      expect(myRightsView([place(true), place(false)], [], {}, {}).contact).toBe('手机和家乡');
      const now = phone();
      await expect(
        mine.changeContact(owner(accountId), { phone: now, homePlace: HOME }),
      ).rejects.toMatchObject({ code: 'COMPANY_WITHOUT_HOME' });
      expect(await mine.contactOf(owner(accountId).actor)).toEqual(shown);
      await mine.changeContact(owner(accountId), { phone: now, homePlace: null });
      expect(await mine.contactOf(owner(accountId).actor)).toEqual({ ...shown, phone: now });
      expect(await house.get(DonorsQueries).donor(village.societyId, donor.donorId)).toMatchObject({
        homePlace: HOME,
      });
    });

    it('leaves in another society what he did not change, and what was sent to the old number goes with it', async () => {
      const other = await givenVillage(house, { heldFen: 0 });
      const donor = await given();
      const elsewhere = await givenDonor(other, { phone: phone(), homePlace: '演示晨雾村' });
      const account = await givenDonorAccount(village, donor.donorId);
      await givenLinkedLogin(other, elsewhere, account);
      await house.get(Transactions).run((tx) =>
        house.get(MessagesOutbox).tell(
          tx,
          { societyId: village.societyId, id: donor.donorId, number: donor.phone },
          {
            ...{ event: 'gift.used', template: 'application-accepted', parameters: { day: '3月2日' } },
            ...{ notBefore: null, expiresAt: null, needsConsent: false },
            ...{ subjectId: donor.donorId, cause: `gift.used:${donor.donorId}` },
          },
        ),
      );
      const mine = house.get(MyRightsService);
      const now = phone();
      expect(await mine.changeContact(owner(account.accountId), { phone: now, homePlace: HOME })).toEqual({
        records: 2,
      });
      expect(await placesOf([donor.phone])).toEqual([]);
      expect(await house.get(DonorsQueries).donor(other.societyId, elsewhere)).toMatchObject({
        homePlace: '演示晨雾村',
      });
      expect(await mine.changeContact(owner(account.accountId), { phone: now, homePlace: HOME })).toEqual({
        records: 0,
      });
      const trail = await query(
        `SELECT society_id AS "at" FROM audit_acts WHERE act = 'changeMyContact' AND subject_id = '${elsewhere}'`,
      );
      expect(trail).toEqual([{ at: other.societyId }]);
    });

    it('is not written over by a form of the office that was opened before', async () => {
      const donor = await given();
      const { accountId } = await givenDonorAccount(village, donor.donorId);
      const { version } = await house.get(DonorsQueries).donor(village.societyId, donor.donorId);
      const now = phone();
      await house.get(MyRightsService).changeContact(owner(accountId), { phone: now, homePlace: HOME });
      const form = {
        kind: 'PERSON',
        group: 'CARING',
        uscc: null,
        homePlace: HOME,
        publishesName: true,
      } as const;
      const save = (of: number) =>
        house.get(DonorsService).changeDonor(as(village, 'accountant'), {
          ...{ ...form, donorId: donor.donorId, name: donor.name, phone: donor.phone, version: of },
        });
      await expect(save(version)).rejects.toMatchObject({ code: 'DONOR_CHANGED_MEANWHILE' });
      expect(await placesOf([donor.phone])).toEqual([]);
      await save((await house.get(DonorsQueries).donor(village.societyId, donor.donorId)).version);
    });

    it('asks of nobody else’s record', async () => {
      const [own, strange] = [await given(), await given()];
      const { accountId } = await givenDonorAccount(village, own.donorId);
      const asked = { donorId: strange.donorId, kind: 'ERASE', wish: null } as const;
      await expect(rights().ask(owner(accountId), asked)).rejects.toMatchObject({ code: 'DONOR_NOT_FOUND' });
    });

    it('has a name put right by the office; what he wrote is not kept once it was', async () => {
      const donor = await given();
      const { accountId } = await givenDonorAccount(village, donor.donorId);
      const wish = '“暮”写成了“慕”';
      const { requestId } = await rights().ask(owner(accountId), {
        ...{ donorId: donor.donorId, kind: 'CORRECT', wish },
      });
      expect(await placesOf([wish])).toEqual(['donor_requests.wish_sealed']);
      await rights().corrected(as(village, 'accountant'), { requestId });
      expect(await placesOf([wish])).toEqual([]);
      await expect(rights().corrected(as(village, 'secretary'), { requestId })).rejects.toMatchObject({
        code: 'REQUEST_ANSWERED',
      });
    });
  });

  const look = (donorId: string, reason: DonorLookReason = 'RECEIPT', village_ = village) =>
    house.get(DonorLooksService).look(as(village_, 'accountant'), { donorId, reason });

  describe('a look at name and phone', () => {
    it('is on record with its reason, and stops at the limit of ten minutes, also of ten at once', async () => {
      const own = await givenVillage(house, { heldFen: 0 });
      const who = { name: '暮被看', phone: phone() };
      const donorId = await givenDonor(own, who);
      expect(await look(donorId, 'VERIFY_TRANSFER', own)).toEqual(who);
      const many = await Promise.allSettled(Array.from({ length: 10 }, () => look(donorId, 'RECEIPT', own)));
      expect(many.filter(({ status }) => status === 'fulfilled')).toHaveLength(4);
      await expect(look(donorId, 'CONTACT', own)).rejects.toMatchObject({ code: 'LOOK_LIMIT_REACHED' });
      const rows = await query(
        `SELECT sequence AS "n", reason AS "reason" FROM donor_looks WHERE donor_id = '${donorId}' ORDER BY sequence`,
      );
      expect(rows.map(({ n }) => Number(n))).toEqual([1, 2, 3, 4, 5]);
      const [trail] = await query(
        `SELECT words AS "words" FROM audit_acts WHERE act = 'unmask' AND subject_id = '${donorId}' ORDER BY id`,
      );
      expect(trail).toEqual({ words: '会计因“核对汇款”查看了捐赠人的姓名和手机' });
    });
  });

  it('forgets a phone when its period is over by the same step, with a row that says when', async () => {
    const own = await givenVillage(house, { heldFen: 0 });
    const number = phone();
    const donorId = await givenDonor(own, { phone: number });
    await give(own, 1_000, { donorId });
    const { requestId } = await rights().record(as(own, 'secretary'), {
      ...{ donorId, kind: 'COPY', how: 'PHONE', askedOn: today(), wish: null },
    });
    const after = startOfDay(addDays(lastDayKept('DONOR', today()), 1));
    await house.get(RetentionService).run(after);
    expect(await placesOf([number])).toEqual(['donors.phone_sealed']); // what he asked for is not answered yet
    await rights().decline(as(own, 'chair'), { requestId, words: '本人撤回' });
    await house.get(RetentionService).run(after);
    expect(await placesOf([number])).toEqual([]);
    expect(
      await query(
        `SELECT cause AS "cause", name_gone AS "gone" FROM donor_erasures WHERE donor_id = '${donorId}'`,
      ),
    ).toEqual([{ cause: `expired:${after.toISOString()}`, gone: 0 }]);
  });

  it('leaves decided refunds and the books of a donor who was erased as they were', async () => {
    const donor = await given();
    const REFUNDS = `SELECT r.* FROM gift_refunds r JOIN gifts g ON g.id = r.gift_id WHERE g.donor_id = '${donor.donorId}'`;
    const LOTS = 'SELECT id, amount_fen, left_fen FROM lots ORDER BY id';
    const giftId = await give(village, 5_000, { donorId: donor.donorId });
    await decideRefund(village, await askRefund(village, giftId, 1_000), false);
    await issue(giftId);
    const [lots, refunds] = [await query(LOTS), await query(REFUNDS)];
    expect(refunds).toHaveLength(1);
    const { requestId } = await record(donor.donorId);
    await erase(requestId);
    expect(await query(LOTS)).toEqual(lots);
    expect(await query(REFUNDS)).toEqual(refunds);
  });
});
