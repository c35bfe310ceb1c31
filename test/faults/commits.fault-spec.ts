import { randomUUID } from 'node:crypto';
import { GiftsService } from '../../src/donations/index.js';
import { dayOf } from '../../src/kernel/day.js';
import { fen } from '../../src/kernel/fen.js';
import { LedgerService } from '../../src/ledger/index.js';
import { BankAnswersService } from '../../src/payments/index.js';
import { kinds } from '../support/databases.js';
import { give, givenDonor } from '../support/donations.js';
import { givenHouse } from '../support/house.js';
import type { House } from '../support/house.js';
import { expectSound } from '../support/sound.js';
import { as, givenCase, givenVillage, photo } from '../support/village.js';
import { report } from './support/counts.js';
import { behind, FaultProxy } from './support/fault-proxy.js';
import type { CommitFault } from './support/fault-proxy.js';

const mariadb = kinds.find(({ name }) => name === 'mariadb');

/** quality.md G5 and 7: every kind of command with money, while every second COMMIT goes wrong. */
(mariadb ? describe : describe.skip)('mariadb', () => {
  let proxy: FaultProxy;
  let house: House;
  let undisturbed: Record<string, number>;

  beforeAll(async () => {
    if (!mariadb) return;
    proxy = await FaultProxy.to(Number(new URL(process.env['TEST_DATABASE_URL'] ?? '').port));
    house = await givenHouse(behind(proxy, mariadb));
    undisturbed = await lived(house);
  });
  afterEach(async () => {
    proxy.mendCommits();
    await expectSound(house);
  });
  afterAll(async () => {
    await house.close();
    await proxy.close();
  });

  it.each<CommitFault>(['blind', 'dropped'])(
    'a village leaves the same books when COMMITs are %s',
    async (fault) => {
      const before = proxy.commits[fault];
      proxy.breakCommits(fault, { each: 2 });
      const disturbed = await lived(house);
      proxy.mendCommits();
      expect(disturbed).toEqual(undisturbed);
      const faults = proxy.commits[fault] - before;
      expect(faults).toBeGreaterThan(50);
      report(`every second COMMIT ${fault}`, { faults, ...disturbed });
    },
  );

  it('the comparison sees one gift more', async () => {
    const more = await lived(house, { gifts: 2 });
    expect(more).not.toEqual(undisturbed);
    expect(more['vouchers']).toBe(Number(undisturbed['vouchers']) + 1);
  });
});

/** A village that does each thing with money once, and how much there is of everything afterwards. */
async function lived(house: House, { gifts = 1 } = {}): Promise<Record<string, number>> {
  const village = await givenVillage(house, { heldFen: 3_000_000 });
  const accountant = () => as(village, 'accountant', randomUUID());
  const cashier = () => as(village, 'cashier', randomUUID());
  const today = dayOf(house.clock.now());
  const received = { receivedOn: today, method: 'CASH', bankReference: null, receivedBy: null } as const;
  const intent = { intent: 'UNRESTRICTED', intentWords: '', purseId: null, purpose: null } as const;
  const donorId = await givenDonor(village);
  for (let n = 0; n < gifts; n++) await give(village, 20_000, { donorId });

  const service = house.get(GiftsService);
  const mistyped = await give(village, 30_000, { donorId });
  await service.reverseGift(accountant(), { giftId: mistyped, reason: '金额记错' });
  const pledge = await service.pledgeGift(accountant(), {
    ...intent,
    donorId,
    amountFen: fen(40_000),
    pledgedOn: today,
  });
  await service.receivePledge(accountant(), { ...received, giftId: pledge.giftId, amountFen: fen(40_000) });
  const money = { amountFen: fen(50_000), receivedOn: today, bankReference: null, note: '来款' };
  const { giftId } = await service.recordUnknown(accountant(), money);
  await service.identifyGift(accountant(), { ...intent, giftId, donorId, nature: 'GIFT' });

  const ledger = house.get(LedgerService);
  const inflow = { kind: 'FEE', amountFen: fen(60_000), receivedOn: today, note: '会费' } as const;
  const booked = await ledger.receive(accountant(), inflow);
  await ledger.reverseInflow(accountant(), { voucherId: booked.voucherId, reason: '金额记错' });

  const answers = house.get(BankAnswersService);
  const refused = await givenCase(village, { at: 'APPROVED' });
  await answers.recordFailedPayment(cashier(), { orderId: refused.orderId, reason: 'BANK_REFUSED' });
  const back = await givenCase(village, { at: 'PAID' });
  const slip = { photo: await photo(), reason: 'BANK_REFUSED' } as const;
  await answers.recordReturnedPayment(cashier(), { ...slip, orderId: back.orderId });
  await givenCase(village, { at: 'CLOSED' });
  return countsOf(house, village.societyId);
}

async function countsOf({ dataSource }: House, societyId: string): Promise<Record<string, number>> {
  const OF_BOOK = 'book_id IN (SELECT id FROM books WHERE society_id = ?)';
  const OF_VOUCHER = `voucher_id IN (SELECT id FROM vouchers WHERE ${OF_BOOK})`;
  const counted: Record<string, string> = {
    vouchers: `vouchers WHERE ${OF_BOOK}`,
    lines: `voucher_lines WHERE ${OF_VOUCHER}`,
    lots: `lots WHERE ${OF_VOUCHER}`,
    allocations: `lot_allocations WHERE ${OF_VOUCHER}`,
    gifts: 'gifts WHERE society_id = ?',
    orders: 'payment_orders WHERE society_id = ?',
    notices: 'notices WHERE society_id = ?',
    duties: 'duties WHERE society_id = ?',
    acts: 'audit_acts WHERE society_id = ?',
  };
  const counts: Record<string, number> = {};
  for (const [name, rows] of Object.entries(counted)) {
    const [row] = await dataSource.query<{ n: number | string }[]>(`SELECT COUNT(*) AS "n" FROM ${rows}`, [
      societyId,
    ]);
    counts[name] = Number(row?.n);
  }
  const [pool] = await dataSource.query<{ n: number | string }[]>(
    `SELECT SUM(balance_fen) AS "n" FROM fund_balances WHERE ${OF_BOOK}`,
    [societyId],
  );
  counts['balanceFen'] = Number(pool?.n);
  return counts;
}
