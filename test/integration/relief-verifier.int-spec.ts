import { DEDUCTIONS } from '../../src/funds/domain/worksheet.js';
import { findAll } from '../../src/house/verify.js';
import { ReliefDeskService, ReliefQueries, ReliefVerifier, RELIEF_STATES } from '../../src/relief/index.js';
import { kinds } from '../support/databases.js';
import { givenHouse } from '../support/house.js';
import type { House } from '../support/house.js';
import { intruderIn } from '../support/intruder.js';
import type { Intruder } from '../support/intruder.js';
import {
  advance,
  assess,
  by,
  givenRelief,
  givenReliefGround,
  givenUpheld,
  GRANT_FEN,
  openPanel,
  ordersOf,
  payBack,
  payOrder,
  policies,
  recheck,
  recoveriesOf,
  REIMBURSED,
  relief,
  review,
  verify,
} from '../support/relief.js';
import type { GivenRelief, ReliefGround } from '../support/relief.js';
import { expectSound } from '../support/sound.js';

/** One row made wrong, and the promises that it breaks. `{closed}` and its like stand for the id of that case. */
const SLIPS: readonly (readonly [broken: readonly string[], because: string, table: string, sql: string])[] =
  [
    [
      ['relief total'],
      'an invoice was made a fen dearer',
      'relief_invoices',
      `UPDATE relief_invoices SET amount_fen = amount_fen + 1 WHERE relief_id = '{closed}'`,
    ],
    [
      ['relief total', 'relief sheet'],
      'the sum on the case is a fen less',
      'relief_cases',
      `UPDATE relief_cases SET total_fen = total_fen - 1 WHERE id = '{panel}'`,
    ],
    [
      ['relief sheet'],
      'while an objection is open, what the insurance paid was made a fen more',
      'relief_policies',
      `UPDATE relief_policies SET amount_fen = amount_fen + 1
       WHERE relief_id = '{held}' AND deduction = 'BASIC_INSURANCE'`,
    ],
    [
      ['relief sheet'],
      'the rule is made to take off what was raised on the net, and the sheet does not',
      'fund_rule_versions',
      `UPDATE fund_rule_versions SET deducts_crowdfunding = 1
       WHERE id = (SELECT rule_id FROM relief_cases WHERE id = '{raised}')`,
    ],
    [
      ['relief total'],
      'an invoice that counted is said to be gone',
      'relief_invoices',
      `UPDATE relief_invoices SET removed_at = added_at, used_key = NULL WHERE relief_id = '{panel}'`,
    ],
    [
      ['relief paid'],
      'more is said to be paid than the payments are',
      'relief_cases',
      `UPDATE relief_cases SET paid_fen = paid_fen + 1 WHERE id = '{advanced}'`,
    ],
    [
      ['relief paid', 'relief order'],
      'a payment is another amount than its order',
      'relief_payments',
      `UPDATE relief_payments SET amount_fen = amount_fen - 1 WHERE relief_id = '{closed}'`,
    ],
    [
      ['relief order'],
      'a payment has lost its order',
      'payment_orders',
      `UPDATE payment_orders SET subject_id = 'nobody' WHERE thread_id = '{approved}'`,
    ],
    [
      ['relief order'],
      'a payment is called off, and its order stands',
      'relief_payments',
      `UPDATE relief_payments SET state = 'OFF' WHERE relief_id = '{approved}'`,
    ],
    [
      ['relief sheet', 'relief claim'],
      'the case is for a fen more than is held',
      'relief_cases',
      `UPDATE relief_cases SET grant_fen = grant_fen + 1 WHERE id = '{panel}'`,
    ],
    [
      ['relief claim'],
      'less is said to be advanced than was taken out of what is held',
      'relief_cases',
      `UPDATE relief_cases SET advanced_fen = 0 WHERE id = '{advanced}'`,
    ],
    [
      ['relief claim'],
      'the board votes on money that nobody holds',
      'relief_cases',
      `UPDATE relief_cases SET claim = NULL WHERE id = '{panel}'`,
    ],
    [
      ['relief claim'],
      'a case goes by a hold that is not there',
      'relief_cases',
      `UPDATE relief_cases SET claim = 'nobody' WHERE id = '{approved}'`,
    ],
    [
      ['relief claim'],
      'a case waits for its notice, and the cap has used it already',
      'relief_cases',
      `UPDATE relief_cases SET state = 'PRE_NOTICE', approved_at = NULL, approved_by = NULL WHERE id = '{approved}'`,
    ],
    [
      ['relief invoice'],
      'a case that counts has let go of its invoice',
      'relief_invoices',
      `UPDATE relief_invoices SET used_key = NULL WHERE relief_id = '{closed}'`,
    ],
    [
      ['relief invoice'],
      'a case that is over keeps its invoice from others',
      'relief_invoices',
      `UPDATE relief_invoices SET used_key = 'kept' WHERE relief_id = '{withdrawn}'`,
    ],
    [
      ['relief refund'],
      'more is demanded than its recoveries are',
      'relief_cases',
      `UPDATE relief_cases SET demanded_fen = demanded_fen + 1 WHERE id = '{refunding}'`,
    ],
    [
      ['relief refund'],
      'less is said to be back than came',
      'relief_cases',
      `UPDATE relief_cases SET refunded_fen = refunded_fen - 1 WHERE id = '{refunding}'`,
    ],
    [
      ['cap group', 'relief claim'],
      'what was advanced is more than is granted, and the case goes by another hold',
      'relief_cases',
      `UPDATE relief_cases SET claim = (SELECT p.claim FROM relief_payments p WHERE p.relief_id = '{closed}')
       WHERE id = '{excess}'`,
    ],
    [
      ['relief claim'],
      'more is said to be advanced than the cap has used for it',
      'relief_cases',
      `UPDATE relief_cases SET advanced_fen = advanced_fen + 1 WHERE id = '{excess}'`,
    ],
    [
      ['relief number gap'],
      'a number is missing between two',
      'relief_cases',
      `UPDATE relief_cases SET number = number + 1000 WHERE id = '{withdrawn}'`,
    ],
    [
      ['relief number gap'],
      'a number was given that no case has',
      'number_series',
      `UPDATE number_series SET last_number = last_number + 1
       WHERE series = 'RELIEF' AND scope_id = (SELECT society_id FROM relief_cases WHERE id = '{withdrawn}')`,
    ],
    [
      ['relief number gap'],
      'numbers were given in a year without cases',
      'number_series',
      `UPDATE number_series SET year = year - 1
       WHERE series = 'RELIEF' AND scope_id = (SELECT society_id FROM relief_cases WHERE id = '{withdrawn}')`,
    ],
    [
      ['relief state'],
      'a case is with the board, and its round is over',
      'rounds',
      `UPDATE rounds SET subject_id = 'nobody' WHERE subject_kind = 'relief' AND subject_id = '{panel}'`,
    ],
    [
      ['relief state'],
      'a case is approved on a round that came to nothing',
      'rounds',
      `UPDATE rounds SET state = 'REJECTED' WHERE subject_kind = 'relief' AND subject_id = '{approved}'`,
    ],
    [
      ['relief state'],
      'a case is approved, and keeps no counts of its vote',
      'relief_cases',
      `UPDATE relief_cases SET decision = NULL WHERE id = '{approved}'`,
    ],
    [
      ['relief state'],
      'the board was asked more often than there are rounds',
      'relief_cases',
      `UPDATE relief_cases SET panels = panels + 1 WHERE id = '{withdrawn}'`,
    ],
    [
      ['relief state'],
      'a case is said to be refused by the rule, and the board has rejected it',
      'relief_cases',
      `UPDATE relief_cases SET end_reason = 'NOTHING_TO_GRANT' WHERE id = '{rejected}'`,
    ],
    [
      ['relief state'],
      'what the board carried hangs nowhere',
      'notices',
      `UPDATE notices SET subject_id = 'nobody' WHERE subject_kind = 'relief' AND subject_id = '{advanced}'`,
    ],
    [
      ['relief state'],
      'a case is said to have hung, and its notice has not',
      'relief_cases',
      `UPDATE relief_cases SET notice_ended_at = submitted_at WHERE id = '{advanced}'`,
    ],
    [
      ['relief state'],
      'what was refused is told to nobody',
      'notices',
      `UPDATE notices SET subject_id = 'nobody' WHERE subject_kind = 'relief' AND subject_id = '{rejected}'`,
    ],
    [
      ['relief state'],
      'what was paid is published nowhere',
      'notices',
      `UPDATE notices SET subject_id = 'nobody'
       WHERE kind = 'RELIEF_RESULT' AND subject_kind = 'relief' AND subject_id = '{closed}'`,
    ],
    [
      ['relief state'],
      'the result has hung, and the case does not know of it',
      'relief_cases',
      `UPDATE relief_cases SET result_ended_at = NULL WHERE id = '{closed}'`,
    ],
  ];

describe.each(kinds)('$name', (kind) => {
  let house: House;
  let intruder: Intruder;
  const at: Record<string, string> = {};

  beforeAll(async () => {
    house = await givenHouse(kind);
    const ground = await givenReliefGround(house);
    const closed = await givenRelief(ground, { at: 'CLOSED' });
    const refunding = await givenRelief(ground, { at: 'REFUND_DUE' });
    const [recovery] = await recoveriesOf(ground, refunding);
    await payBack(ground, recovery?.id ?? '', 40_000);
    const approved = await givenRelief(ground, { at: 'APPROVED' });
    const advanced = await advancedCase(ground);
    const panel = await givenRelief(ground, { at: 'PANEL' });
    const withdrawn = await givenRelief(ground, { at: 'WITHDRAWN' });
    const rejected = await givenRelief(ground, { at: 'REJECTED' });
    const excess = await givenUpheld(ground, 6_000_000);
    await recheck(ground, excess, 5_000_000);
    await openPanel(ground, excess);
    const held = await givenRelief(ground, { at: 'OBJECTION_HOLD' });
    const raised = await raisedCase(ground);
    const made: Record<string, GivenRelief> = {
      ...{ closed, refunding, approved, advanced, panel, withdrawn, rejected, excess, held, raised },
    };
    for (const [name, { reliefId }] of Object.entries(made)) at[name] = reliefId;
  });
  afterAll(async () => {
    await intruder.close();
    await house.close();
  });

  it('finds nothing where the program did everything, in every state', async () => {
    const ground = await givenReliefGround(house);
    for (const state of RELIEF_STATES) await givenRelief(ground, { at: state });
    expect(await house.get(ReliefVerifier).check()).toEqual([]);
    await expectSound(house);
    intruder = await intruderIn(house.dataSource);
  });

  it.each(SLIPS)('finds %j: %s', async (broken, _because, table, sql) => {
    await intruder.undoing([table], async () => {
      await intruder.run(sql.replace(/\{(\w+)\}/g, (_whole, name: string) => at[name] ?? ''));
      const found = await house.get(ReliefVerifier).check();
      expect([...new Set(found.map((finding) => finding.kind))]).toEqual(broken);
      for (const { subject, words } of found) {
        expect(subject).toMatch(/^(relief_\w+|organisations)\/[\w-]+$/);
        expect(words).not.toMatch(/范|\d{12,}/);
      }
      expect((await findAll(house.app)).findings).toEqual(expect.arrayContaining(found));
    });
    await expectSound(house);
  });

  /** The family has raised money on the net, which the desk wrote down, and the rule does not take off. */
  async function raisedCase(ground: ReliefGround): Promise<GivenRelief> {
    const made = await givenRelief(ground);
    const typed = policies({ ...REIMBURSED, CROWDFUNDING: 2_000_000 }, DEDUCTIONS);
    const { reliefId } = made;
    await house.get(ReliefDeskService).checkPolicies(by(ground, 'clerk'), { reliefId, policies: typed });
    await verify(ground, made);
    await assess(ground, made);
    await review(ground, made);
    await openPanel(ground, made);
    expect(await relief(ground, made)).toMatchObject({ state: 'PANEL', grantFen: GRANT_FEN });
    return made;
  }

  async function advancedCase(ground: ReliefGround): Promise<GivenRelief> {
    const made = await givenRelief(ground, { at: 'PRE_NOTICE' });
    await advance(ground, made, 1_000_000);
    const [order] = await ordersOf(ground, made);
    await payOrder(ground, order?.orderId ?? '');
    expect((await relief(ground, made)).paidFen).toBe(1_000_000);
    expect(await house.get(ReliefQueries).payments(made.reliefId)).toHaveLength(1);
    return made;
  }
});
