import { findAll } from '../../src/house/verify.js';
import { kinds } from '../support/databases.js';
import { givenHouse } from '../support/house.js';
import type { House } from '../support/house.js';
import { intruderIn } from '../support/intruder.js';
import type { Intruder } from '../support/intruder.js';
import { expectSound } from '../support/sound.js';
import { givenCase, givenVillage } from '../support/village.js';
import type { GivenCase, Stop, Village } from '../support/village.js';

type Ground = { readonly village: Village; readonly closed: GivenCase; readonly voting: GivenCase } & Record<
  'approved' | 'running' | 'accepted',
  GivenCase
>;

/** One row made wrong, and the one promise that it breaks. `tables` are all that the slip touches. */
type Slip = {
  readonly kind: string;
  readonly because: string;
  /** What follows from it, and is named as well. */
  readonly also?: readonly string[];
  readonly tables: readonly string[];
  readonly sql: (ground: Ground) => readonly string[];
};

const SLIPS: readonly Slip[] = [
  {
    kind: 'balance',
    because: 'the fund says one fen more than its vouchers',
    tables: ['fund_balances'],
    sql: () => ['UPDATE fund_balances SET balance_fen = balance_fen + 1'],
  },
  {
    kind: 'balance',
    because: 'the fund says one fen less',
    tables: ['fund_balances'],
    sql: () => ['UPDATE fund_balances SET balance_fen = balance_fen - 1'],
  },
  {
    kind: 'reserved',
    because: 'one fen more is set aside than rounds asked for',
    tables: ['fund_balances'],
    sql: () => ['UPDATE fund_balances SET reserved_fen = reserved_fen + 1'],
  },
  {
    kind: 'reserved',
    because: 'a reservation that is held was made smaller',
    tables: ['reservations'],
    sql: ({ voting }) => [
      `UPDATE reservations SET amount_fen = amount_fen - 1 WHERE purpose = '${voting.roundId}'`,
    ],
  },
  {
    kind: 'lot',
    because: 'a lot has one fen less left than its allocations leave',
    tables: ['lots'],
    sql: () => ['UPDATE lots SET left_fen = left_fen - 1'],
  },
  {
    kind: 'lot',
    because: 'a lot is larger than the money that came in',
    tables: ['lots'],
    sql: () => ['UPDATE lots SET amount_fen = amount_fen + 1, left_fen = left_fen + 1'],
  },
  {
    kind: 'allocation',
    because: 'a payment used one fen less of the lots than it paid',
    tables: ['lots', 'lot_allocations'],
    sql: ({ closed }) => [
      `UPDATE lots SET left_fen = left_fen + 1 WHERE id IN (SELECT lot_id FROM lot_allocations WHERE order_id = '${closed.orderId}')`,
      `UPDATE lot_allocations SET amount_fen = amount_fen - 1 WHERE order_id = '${closed.orderId}'`,
    ],
  },
  {
    kind: 'voucher line',
    because: 'a voucher no longer sums to zero',
    tables: ['voucher_lines'],
    sql: ({ closed }) => [
      `UPDATE voucher_lines SET amount_fen = amount_fen + 1 WHERE account = '5101' AND thread_id = '${closed.caseId}'`,
    ],
  },
  {
    kind: 'voucher line',
    because: 'the lines of an accrual are gone',
    tables: ['voucher_lines'],
    sql: ({ approved }) => [`DELETE FROM voucher_lines WHERE thread_id = '${approved.caseId}'`],
  },
  {
    kind: 'voucher number gap',
    because: 'a voucher bears a number further on',
    tables: ['vouchers'],
    sql: () => ['UPDATE vouchers SET number = number + 100 WHERE number = 2'],
  },
  {
    kind: 'voucher number gap',
    because: 'a number was given to no voucher',
    tables: ['number_series'],
    sql: () => [`UPDATE number_series SET last_number = last_number + 1 WHERE series = 'voucher'`],
  },
  {
    kind: 'notice number gap',
    because: 'a number was given to no notice',
    tables: ['number_series'],
    sql: () => [`UPDATE number_series SET last_number = last_number + 1 WHERE series = 'notice'`],
  },
  {
    kind: 'notice number gap',
    because: 'a notice bears a serial further on',
    tables: ['notice_issues'],
    sql: ({ running }) => [
      `UPDATE notice_issues SET serial = serial + 7 WHERE notice_id = '${running.noticeId}'`,
    ],
  },
  {
    kind: 'decision number gap',
    because: 'a number was given to no decision',
    tables: ['number_series'],
    sql: () => [`UPDATE number_series SET last_number = last_number + 1 WHERE series = 'decision'`],
  },
  {
    kind: 'decision number gap',
    because: 'a decision bears a serial further on',
    tables: ['rounds'],
    sql: ({ closed }) => [
      `UPDATE rounds SET decision_serial = decision_serial + 7 WHERE id = '${closed.roundId}'`,
    ],
  },
  {
    kind: 'tally',
    because: 'a hand was turned round after the decision',
    tables: ['round_stances'],
    sql: ({ closed, village }) => [
      `UPDATE round_stances SET choice = 'no' WHERE round_id = '${closed.roundId}' AND person_id = '${village.at.fifth.personId}'`,
    ],
  },
  {
    kind: 'tally',
    because: 'a ballot is gone',
    tables: ['round_stances'],
    sql: ({ closed, village }) => [
      `DELETE FROM round_stances WHERE round_id = '${closed.roundId}' AND person_id = '${village.at.fifth.personId}'`,
    ],
  },
  {
    kind: 'tally',
    because: 'the row says that more said yes than did',
    tables: ['rounds'],
    sql: ({ closed }) => [`UPDATE rounds SET yes_count = yes_count + 1 WHERE id = '${closed.roundId}'`],
  },
  {
    kind: 'minutes hash',
    because: 'the minutes were exchanged',
    tables: ['round_minutes'],
    sql: ({ closed }) => [
      `UPDATE round_minutes SET content_hash = '${'0'.repeat(64)}' WHERE round_id = '${closed.roundId}'`,
    ],
  },
  {
    kind: 'minutes',
    because: 'the minutes are gone',
    tables: ['round_minutes'],
    sql: ({ closed }) => [`DELETE FROM round_minutes WHERE round_id = '${closed.roundId}'`],
  },
  {
    kind: 'notice content',
    because: 'what is shown is not what was signed',
    tables: ['notice_issues'],
    sql: ({ running }) => [
      `UPDATE notice_issues SET content = REPLACE(content, '壹仟', '玖仟') WHERE notice_id = '${running.noticeId}'`,
    ],
  },
  {
    kind: 'notice content',
    because: 'the number on the wall is another than the one signed',
    tables: ['notice_issues'],
    sql: ({ running }) => [
      `UPDATE notice_issues SET number = '柳溪救公〔2026〕99号' WHERE notice_id = '${running.noticeId}'`,
    ],
  },
  {
    kind: 'notice content',
    because: 'the paper is another than the one signed',
    tables: ['notice_issues'],
    sql: ({ running }) => [
      `UPDATE notice_issues SET pdf_sha256 = '${'0'.repeat(64)}' WHERE notice_id = '${running.noticeId}'`,
    ],
  },
  {
    kind: 'notice state',
    because: 'the period runs, and no photo shows the paper on its wall',
    tables: ['notice_photos'],
    sql: ({ running }) => [`DELETE FROM notice_photos WHERE notice_id = '${running.noticeId}'`],
  },
  {
    kind: 'notice state',
    because: 'it is said to hang, and nobody wrote down where',
    tables: ['notice_postings'],
    sql: ({ running }) => [`DELETE FROM notice_postings WHERE notice_id = '${running.noticeId}'`],
  },
  {
    kind: 'order without voucher',
    because: 'a paid order has lost its voucher',
    tables: ['payment_orders'],
    sql: ({ closed }) => [`UPDATE payment_orders SET voucher_id = NULL WHERE id = '${closed.orderId}'`],
  },
  {
    kind: 'duty without subject',
    because: 'something is owed for a case that is not there',
    tables: ['duties'],
    sql: ({ accepted }) => [
      `UPDATE duties SET subject_id = '0192f000-0000-7000-8000-00000000dead' WHERE subject_id = '${accepted.caseId}'`,
    ],
  },
  {
    kind: 'case state',
    because: 'a case says that nobody has been asked, while the board votes',
    also: ['duty missing'],
    tables: ['cases'],
    sql: ({ voting }) => [`UPDATE cases SET state = 'VERIFIED' WHERE id = '${voting.caseId}'`],
  },
  {
    kind: 'case state',
    because: 'the board voted on another content than the case has now',
    tables: ['cases'],
    sql: ({ voting }) => [`UPDATE cases SET revision = '${'0'.repeat(64)}' WHERE id = '${voting.caseId}'`],
  },
  {
    kind: 'household allowance',
    because: 'a household has used less than its cases',
    tables: ['household_years'],
    sql: () => ['UPDATE household_years SET used_fen = used_fen - 1'],
  },
];

describe.each(kinds)('$name', (kind) => {
  let house: House;
  let intruder: Intruder;
  let ground: Ground;

  beforeAll(async () => {
    house = await givenHouse(kind);
    const village = await givenVillage(house);
    const at = (stop: Stop) => givenCase(village, { at: stop });
    const closed = await at('CLOSED'); // first, since it moves the clock
    ground = {
      village,
      closed,
      accepted: await at('ACCEPTED'),
      voting: await at('VOTING'),
      approved: await at('APPROVED'),
      running: await at('RUNNING'),
    };
    for (const stop of ['VERIFIED', 'PAID', 'SIGNED'] as const) await at(stop);
    await givenCase(village, { at: 'PAID', method: 'CASH', cause: 'FIRE' });
  });
  afterAll(async () => {
    await expectSound(house);
    await intruder.close();
    await house.close();
  });

  it('finds nothing where everything was done by the program, at every stop of the road', async () => {
    expect((await findAll(house.app)).checked).toHaveLength(21);
    await expectSound(house);
    intruder = await intruderIn(house.dataSource);
  });

  it.each(SLIPS)('finds a $kind: $because', async ({ kind: broken, also = [], tables, sql }) => {
    await intruder.undoing(tables, async () => {
      for (const statement of sql(ground)) await intruder.run(statement);
      const { findings } = await findAll(house.app);
      expect([...new Set(findings.map((finding) => finding.kind))]).toEqual([broken, ...also]);
      for (const { subject, words } of findings) {
        expect(subject).toMatch(/^[a-z_]+\/[\w-]+(\/\d+)?$/);
        expect(words).not.toMatch(/范长河|\d{12,}/);
      }
    });
    expect((await findAll(house.app)).findings).toEqual([]);
  });
});
