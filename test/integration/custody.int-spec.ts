import { CasesQueries } from '../../src/cases/index.js';
import { findAll } from '../../src/house/verify.js';
import { dayOf } from '../../src/kernel/day.js';
import { fen } from '../../src/kernel/fen.js';
import { LedgerQueries, LedgerService } from '../../src/ledger/index.js';
import { BankAnswersService, PaymentsService } from '../../src/payments/index.js';
import { SocietiesService, USUAL_TERMS } from '../../src/societies/index.js';
import { kinds } from '../support/databases.js';
import { givenFederation, ofFederation } from '../support/federation.js';
import { callerOf, givenHouse } from '../support/house.js';
import type { House } from '../support/house.js';
import { intruderIn } from '../support/intruder.js';
import { staysSound } from '../support/sound.js';
import { as, givenCase, givenVillage, photo } from '../support/village.js';
import type { Village } from '../support/village.js';
import { adoptCharter } from '../support/rules.js';

describe.each(kinds)('$name', (kind) => {
  let house: House;
  let federationId: string;
  let village: Village;

  beforeAll(async () => {
    house = await givenHouse(kind);
    federationId = await givenFederation(house);
    village = await givenVillage(house, {
      parentId: federationId,
      heldFen: 0,
      custody: 'HELD_BY_FEDERATION',
    });
  });
  staysSound(() => house);
  afterAll(() => house.close());

  const own = async () => (await house.get(LedgerQueries).fund(village.societyId)).balanceFen;
  const held = async () =>
    (await house.get(LedgerQueries).heldFor(federationId)).find(
      ({ societyId }) => societyId === village.societyId,
    )?.heldFen;
  const receive = (amountFen: number) =>
    house.get(LedgerService).receive(as(village, 'accountant'), {
      ...{ kind: 'SUBSIDY', amountFen: fen(amountFen), note: '', receivedOn: dayOf(house.clock.now()) },
    });
  /** The lines of a federation's book for one society. */
  const agencyLines = async () =>
    (
      await house.dataSource.query<{ account: string; amount: number | string }[]>(
        `SELECT l.account AS "account", l.amount_fen AS "amount" FROM voucher_lines l
         JOIN vouchers v ON v.id = l.voucher_id JOIN books b ON b.id = v.book_id
         WHERE b.society_id = '${federationId}' AND l.society_id = '${village.societyId}'
         ORDER BY v.year, v.number, l.position`,
      )
    ).map(
      ({ account, amount }) => `${Number(amount) > 0 ? 'Dr' : 'Cr'}${account} ${Math.abs(Number(amount))}`,
    );

  it('D4-59 books what comes in twice: as money in the society’s book, as an agency in the federation’s', async () => {
    await receive(3_000_000);
    expect([await own(), await held()]).toEqual([3_000_000, 3_000_000]);
    expect(await agencyLines()).toEqual(['Dr1701 3000000', 'Cr2601 3000000']);
    const { balanceFen } = await house.get(LedgerQueries).fund(federationId);
    expect(balanceFen).toBe(0); // it is no money of the federation's
  });

  it('D4-59 follows a grant through approval, payment and the bank’s return: only money moves the agency', async () => {
    const before = (await agencyLines()).length;
    const approved = await givenCase(village, { at: 'APPROVED', amountFen: 100_000 });
    expect(await agencyLines()).toHaveLength(before);
    const proof = { orderId: approved.orderId, photo: await photo() };
    await house.get(PaymentsService).recordPayment(as(village, 'cashier'), proof);
    expect((await agencyLines()).slice(before)).toEqual(['Cr1701 100000', 'Dr2601 100000']);
    expect([await own(), await held()]).toEqual([2_900_000, 2_900_000]);
    await house.get(BankAnswersService).recordReturnedPayment(as(village, 'cashier'), {
      ...{ orderId: approved.orderId, reason: 'BANK_REFUSED', photo: await photo() },
    });
    expect([await own(), await held()]).toEqual([3_000_000, 3_000_000]);
    expect(await house.get(CasesQueries).case(village.societyId, approved.caseId)).toMatchObject({
      state: 'APPROVED',
    });
  });

  it('D4-59 has no agency line for cash that is drawn and handed over in one voucher beyond its sum', async () => {
    const before = await held();
    await givenCase(village, { at: 'PAID', amountFen: 50_000, method: 'CASH', cause: 'FIRE' });
    expect(await held()).toBe(Number(before) - 50_000);
  });

  it('D4-59 takes a mistyped inflow out of both books', async () => {
    const before = [await own(), await held()];
    const { voucherId } = await receive(70_000);
    await house.get(LedgerService).reverseInflow(as(village, 'accountant'), { voucherId, reason: '记错了' });
    expect([await own(), await held()]).toEqual(before);
  });

  it('D4-59 keeps both books agreed when ten come at once, in several societies', async () => {
    const other = await givenVillage(house, {
      parentId: federationId,
      heldFen: 0,
      custody: 'HELD_BY_FEDERATION',
    });
    const before = Number(await held());
    await Promise.all(
      Array.from({ length: 10 }, (_each, n) =>
        n % 2 === 0
          ? receive(1_000)
          : house.get(LedgerService).receive(as(other, 'accountant'), {
              ...{ kind: 'FEE', amountFen: fen(10), note: '', receivedOn: dayOf(house.clock.now()) },
            }),
      ),
    );
    expect(await held()).toBe(before + 5_000);
    const both = await house.get(LedgerQueries).heldFor(federationId);
    expect(both.map(({ heldFen }) => Number(heldFen))).toEqual([before + 5_000, 50]);
  });

  it('refuses to let a federation hold what no federation stands above, or to change who holds it', async () => {
    const admin = callerOf({ roles: ['system-admin'] });
    const terms = { ...USUAL_TERMS, validFrom: dayOf(house.clock.now()), numberPrefix: '柳岸' } as const;
    const contact = {
      publicContactOffice: '柳岸县慈善总会办公室',
      publicContactPhone: '0000-7654321',
      publicContactAddress: '柳岸县政府二楼',
    };
    const charter = { ...terms, ...contact, custody: 'HELD_BY_FEDERATION' as const };
    await expect(
      house.get(SocietiesService).found(admin, {
        ...{ name: '没有上级的互助社', shortName: '无上级', regionCode: '990121100', charter },
      }),
    ).rejects.toMatchObject({ code: 'NOBODY_HOLDS_THE_MONEY' });
    house.clock.advance({ hours: 48 });
    const later = { ...charter, custody: 'OWN_ACCOUNT' as const, validFrom: dayOf(house.clock.now()) };
    await expect(adoptCharter(house, village.societyId, later)).rejects.toMatchObject({
      code: 'CUSTODY_STAYS',
    });
  });

  it('finds one fen that the two books tell differently', async () => {
    const intruder = await intruderIn(house.dataSource);
    try {
      await intruder.undoing(['voucher_lines'], async () => {
        await intruder.run(
          `UPDATE voucher_lines SET amount_fen = amount_fen + CASE account WHEN '1701' THEN 1 ELSE -1 END
           WHERE account IN ('1701', '2601') AND voucher_id IN (SELECT id FROM vouchers WHERE number = 1 AND cause LIKE 'custody:%')`,
        );
        const { findings } = await findAll(house.app);
        expect([...new Set(findings.map((finding) => finding.kind))]).toEqual(['custody']);
        expect(findings.length).toBeGreaterThan(1);
      });
    } finally {
      await intruder.close();
    }
  });

  it('gives a federation no part in the money: its own accountant books none of it', async () => {
    const purses = await house.get(LedgerQueries).purses(federationId);
    expect(purses.map(({ balanceFen }) => Number(balanceFen))).toEqual([0]);
    const mine = ofFederation(federationId, 'accountant');
    const before = await held();
    await house.get(LedgerService).receive(mine, {
      ...{ kind: 'SUBSIDY', amountFen: fen(500), note: '', receivedOn: dayOf(house.clock.now()) },
    });
    expect(await held()).toBe(before);
  });
});
