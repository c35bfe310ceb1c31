import { fen } from '../../src/kernel/fen.js';
import { kinds } from '../support/databases.js';
import { intruderIn } from '../support/intruder.js';
import type { Intruder } from '../support/intruder.js';
import { expectSound } from '../support/sound.js';
import {
  callOff,
  demand,
  givenInstitution,
  givenOrder,
  givenTill,
  photo,
  reordered,
  reorderedTo,
} from './payments.given.js';
import type { Ordered, Till } from './payments.given.js';

/** An order at each end of its road, all of one society. */
type Ground = Record<
  'waiting' | 'paid' | 'returned' | 'failed' | 'off' | 'owing' | 'givenUp' | 'hospital',
  Ordered
> & { readonly recoveryId: string };

/** One row made wrong, and the one promise that it breaks. `tables` are all that the slip touches. */
type Slip = {
  readonly kind: string;
  readonly because: string;
  readonly tables: readonly string[];
  readonly sql: (ground: Ground) => readonly string[];
};

const SLIPS: readonly Slip[] = [
  {
    kind: 'order without voucher',
    because: 'a paid order has lost its voucher',
    tables: ['payment_orders'],
    sql: ({ paid }) => [`UPDATE payment_orders SET voucher_id = NULL WHERE id = '${paid.orderId}'`],
  },
  {
    kind: 'order to institution',
    because: 'the institution is not there',
    tables: ['payee_institutions'],
    sql: ({ hospital }) => [`DELETE FROM payee_institutions WHERE id = '${hospital.payeeId}'`],
  },
  {
    kind: 'order to institution',
    because: 'the institution is that of another society',
    tables: ['payee_institutions'],
    sql: ({ hospital }) => [
      `UPDATE payee_institutions SET society_id = 'another' WHERE id = '${hospital.payeeId}'`,
    ],
  },
  {
    kind: 'order to institution',
    because: 'the order names somebody else than its account does',
    tables: ['payment_orders'],
    sql: ({ hospital }) => [
      `UPDATE payment_orders SET payee_name = '演示县中医院' WHERE id = '${hospital.orderId}'`,
    ],
  },
  {
    kind: 'order to institution',
    because: 'it went to the card of a person',
    tables: ['payment_orders'],
    sql: ({ hospital, paid }) => [
      `UPDATE payment_orders SET payee_account_id = '${paid.payeeAccountId ?? ''}'
       WHERE id = '${hospital.orderId}'`,
    ],
  },
  {
    kind: 'order to institution',
    because: 'it was paid in cash',
    tables: ['payment_orders'],
    sql: ({ hospital }) => [`UPDATE payment_orders SET method = 'CASH' WHERE id = '${hospital.orderId}'`],
  },
  {
    kind: 'order to institution',
    because: 'it was paid after the institution had ended',
    tables: ['payee_institutions'],
    sql: ({ hospital }) => [
      `UPDATE payee_institutions SET ended_at = '2026-03-01 00:00:00.000', account_index = NULL
       WHERE id = '${hospital.payeeId}'`,
    ],
  },
  {
    kind: 'order to institution',
    because: 'a person is said to be an institution',
    tables: ['payment_orders'],
    sql: ({ waiting }) => [
      `UPDATE payment_orders SET payee_kind = 'INSTITUTION' WHERE id = '${waiting.orderId}'`,
    ],
  },
  {
    kind: 'payment attempts',
    because: 'a try is counted that nobody wrote down',
    tables: ['payment_orders'],
    sql: ({ failed }) => [`UPDATE payment_orders SET attempts = attempts + 1 WHERE id = '${failed.orderId}'`],
  },
  {
    kind: 'payment attempts',
    because: 'the line of a failure is gone',
    tables: ['payment_attempts'],
    sql: ({ failed }) => [`DELETE FROM payment_attempts WHERE order_id = '${failed.orderId}'`],
  },
  {
    kind: 'payment attempts',
    because: 'a payment came back, and nobody wrote it down',
    tables: ['payment_attempts'],
    sql: ({ returned }) => [
      `DELETE FROM payment_attempts WHERE order_id = '${returned.orderId}' AND outcome = 'RETURNED'`,
    ],
  },
  {
    kind: 'return',
    because: 'the return is booked by the voucher of something else',
    tables: ['payment_attempts'],
    sql: ({ returned, waiting }) => [
      `UPDATE payment_attempts SET voucher_id = (SELECT id FROM vouchers WHERE cause = 'accrual:${waiting.purpose}')
       WHERE order_id = '${returned.orderId}' AND outcome = 'RETURNED'`,
    ],
  },
  {
    kind: 'order reservation',
    because: 'nothing is held for an order that is to be paid again',
    tables: ['reservations', 'fund_balances'],
    sql: ({ returned }) => [
      `UPDATE reservations SET state = 'SPENT' WHERE purpose = '${returned.purpose}'`,
      `UPDATE fund_balances SET reserved_fen = reserved_fen - 100000 WHERE reserved_fen >= 100000`,
    ],
  },
  {
    kind: 'order reservation',
    because: 'money is still held for an order that was called off',
    tables: ['reservations', 'fund_balances'],
    sql: ({ off }) => [
      `UPDATE reservations SET state = 'HELD' WHERE purpose = '${off.purpose}'`,
      `UPDATE fund_balances SET reserved_fen = reserved_fen + 100000 WHERE reserved_fen >= 100000`,
    ],
  },
  {
    kind: 'payable without order',
    because: 'the books owe a case more than its order says',
    tables: ['payment_orders'],
    sql: ({ waiting }) => [
      `UPDATE payment_orders SET amount_fen = amount_fen - 1 WHERE id = '${waiting.orderId}'`,
    ],
  },
  {
    kind: 'payable without order',
    because: 'a case was paid what the books do not owe it',
    tables: ['voucher_lines'],
    sql: ({ paid }) => [
      `UPDATE voucher_lines SET account = '3101'
       WHERE account = '2209' AND amount_fen < 0 AND thread_id = '${paid.threadId}'`,
    ],
  },
  {
    kind: 'recovery',
    because: 'less is said to have come back than the instalments say',
    tables: ['recovery_instalments'],
    sql: ({ recoveryId }) => [
      `UPDATE recovery_instalments SET amount_fen = amount_fen + 1 WHERE recovery_id = '${recoveryId}'`,
    ],
  },
  {
    kind: 'recovery',
    because: 'more is demanded than was paid',
    tables: ['recoveries', 'voucher_lines'],
    sql: ({ recoveryId }) => [
      `UPDATE recoveries SET demanded_fen = demanded_fen + 1 WHERE id = '${recoveryId}'`,
      `UPDATE voucher_lines SET amount_fen = amount_fen + CASE account WHEN '1122' THEN 1 ELSE -1 END
       WHERE voucher_id = (SELECT voucher_id FROM recoveries WHERE id = '${recoveryId}')`,
    ],
  },
  {
    kind: 'recovery voucher',
    because: 'the demand is booked by the voucher of something else',
    tables: ['voucher_lines'],
    sql: ({ recoveryId }) => [
      `UPDATE voucher_lines SET account = '5401'
       WHERE account = '1122' AND voucher_id = (SELECT voucher_id FROM recoveries WHERE id = '${recoveryId}')`,
    ],
  },
  {
    kind: 'recovery voucher',
    because: 'less was written off than the books say',
    tables: ['recoveries'],
    sql: ({ givenUp }) => [
      `UPDATE recoveries SET written_off_fen = written_off_fen - 1 WHERE order_id = '${givenUp.orderId}'`,
    ],
  },
  {
    kind: 'recovery',
    because: 'less is said to have come in after the write-off than the instalments say',
    tables: ['recovery_instalments'],
    sql: ({ givenUp }) => [
      `UPDATE recovery_instalments SET amount_fen = amount_fen + 1
       WHERE recovery_id = (SELECT id FROM recoveries WHERE order_id = '${givenUp.orderId}')`,
    ],
  },
  {
    kind: 'recovery voucher',
    because: 'what came in after the write-off never came to the bank',
    tables: ['voucher_lines'],
    sql: ({ givenUp }) => [
      `UPDATE voucher_lines SET account = '5401' WHERE account = '1002' AND amount_fen = 20000
       AND thread_id = '${givenUp.threadId}'`,
    ],
  },
  {
    kind: 'receivable without recovery',
    because: 'somebody is said to owe what nobody demanded',
    tables: ['voucher_lines'],
    sql: ({ waiting }) => [
      `UPDATE voucher_lines SET account = '1122' WHERE account = '5101' AND thread_id = '${waiting.threadId}'`,
    ],
  },
];

describe.each(kinds)('$name', (kind) => {
  let till: Till;
  let ground: Ground;
  let intruder: Intruder;

  beforeAll(async () => {
    till = await givenTill(kind);
    const slip = await photo();
    const waiting = await givenOrder(till);
    const another = () => reordered(till, waiting, {});
    const pay = async (given: Ordered): Promise<Ordered> => {
      await till.payments.recordPayment(given.cashier(), { orderId: given.orderId, photo: slip });
      return given;
    };
    const bank = ({ orderId }: Ordered) => ({ orderId, reason: 'BANK_REFUSED', photo: slip }) as const;
    const paid = await pay(await another());
    const returned = await pay(await another());
    await till.bank.recordReturnedPayment(returned.cashier(), bank(returned));
    const failed = await another();
    await till.bank.recordFailedPayment(failed.cashier(), bank(failed));
    const off = await another();
    await callOff(till, off);
    const [owing, givenUp] = [await pay(await another()), await pay(await another())];
    const { recoveryId } = await demand(till, owing);
    await till.recoveries.recordInstalment(owing.cashier(), {
      ...{ recoveryId, amountFen: fen(40_000), photo: slip },
    });
    const lost = await demand(till, givenUp);
    await till.transactions.run((tx) =>
      till.recoveries.writeOff(tx, { ...lost, societyId: waiting.societyId, at: till.clock.now() }),
    );
    await till.recoveries.recordInstalment(givenUp.cashier(), {
      ...{ recoveryId: lost.recoveryId, amountFen: fen(20_000), photo: slip },
    });
    const hospital = await pay(
      await reorderedTo(till, waiting, await givenInstitution(till, waiting.societyId)),
    );
    ground = { hospital, waiting, paid, returned, failed, off, owing, givenUp, recoveryId };
    await expectSound(till.house);
    intruder = await intruderIn(till.house.dataSource);
  });
  afterAll(async () => {
    await expectSound(till.house);
    await intruder.close();
    await till.close();
  });

  it.each(SLIPS)('finds a $kind: $because', async ({ kind: broken, tables, sql }) => {
    await intruder.undoing(tables, async () => {
      for (const statement of sql(ground)) await intruder.run(statement);
      const findings = await till.verifier.check();
      expect([...new Set(findings.map((finding) => finding.kind))]).toEqual([broken]);
      for (const { subject, words } of findings) {
        expect(subject).toMatch(/^[a-z_]+\/[\w-]+$/);
        expect(words).not.toMatch(/李建明|\d{12,}/);
      }
    });
    expect(await till.verifier.check()).toEqual([]);
  });
});
