import { HASH, named, set } from './mutation.js';
import type { Mutation } from './mutation.js';
import { OBJECTION_NUMBER_MUTATIONS } from './mutations-numbers.js';

const NOBODY = `'${HASH.slice(0, 36)}'`;

/** The shelf, and what it is worth. */
const GOODS: readonly Mutation[] = [
  set('goods shelf', 'one piece more is on the shelf than came', 'goods_items', 'in_stock = in_stock + 1', {
    where: 't.in_stock > 0 AND t.in_stock < t.accepted',
  }),
  set('goods shelf', 'what left the shelf is written down nowhere', 'goods_moves', null, {
    where: `t.kind <> 'STOCKED'`,
    subject: named('goods_items', 'item_id'),
  }),
  set('goods worth', 'a piece is worth one fen more', 'goods_items', 'unit_value_fen = unit_value_fen + 1', {
    where: 't.in_stock > 0',
    subject: `'books/' || (SELECT b.id FROM books b WHERE b.society_id = t.society_id)`,
  }),
  set('goods gift', 'one piece more was given than the gift says', 'goods_items', 'accepted = accepted + 1', {
    where: 't.in_stock > 0',
    subject: named('goods_deliveries', 'delivery_id'),
  }),
];

/** What went back to givers. */
const REFUNDS: readonly Mutation[] = [
  set('refund', 'one fen more went back than its lots gave', 'gift_refunds', 'amount_fen = amount_fen + 1', {
    where: `t.state = 'PAID'`,
  }),
  set('refund', 'a refund that was paid is only agreed to', 'gift_refunds', `state = 'APPROVED'`, {
    where: `t.state = 'PAID'`,
  }),
  set(
    'frozen',
    'what is held back for a refund is held back for less',
    'gift_refund_parts',
    'amount_fen = amount_fen - 1',
    {
      where: `EXISTS (SELECT 1 FROM gift_refunds r WHERE r.id = t.refund_id AND r.state = 'APPROVED')`,
      subject: named('lots', 'lot_id'),
    },
  ),
  set('refund line', 'the bank paid one fen more', 'gift_refund_lines', 'amount_fen = amount_fen + 1'),
];

/** Broken pledges: two people, heard first, ended in time, and judged by a third. */
const BREACHES: readonly Mutation[] = [
  set('breach', 'whoever proposed it confirmed it', 'breach_flags', 'confirmed_by = proposed_by', {
    where: `t.state = 'STANDS'`,
  }),
  set('breach', 'somebody confirmed it for themselves', 'breach_flags', 'confirmed_by = person_id', {
    where: `t.state = 'STANDS'`,
  }),
  set('breach', 'it ends a day later than it may', 'breach_flags', `until_on = '2099-12-31'`, {
    where: `t.state = 'STANDS'`,
  }),
  set(
    'breach',
    'it was heard before it was proposed',
    'breach_flags',
    `heard_at = '2020-01-01 00:00:00.000'`,
    { where: `t.state = 'STANDS'` },
  ),
  set('breach', 'an appeal was upheld, and the flag stands', 'breach_appeals', `state = 'UPHELD'`, {
    where: `t.state = 'WAITING'`,
    subject: named('breach_flags', 'flag_id'),
  }),
  set('breach', 'an appeal is of another society', 'breach_appeals', `society_id = ${NOBODY}`, {
    subject: named('breach_flags', 'flag_id'),
  }),
  set('breach', 'nobody owes the answer to an appeal', 'duties', 'settled_at = opened_at, open_key = NULL', {
    where: `t.kind = 'ANSWER_APPEAL' AND t.open_key IS NOT NULL`,
    subject: named('breach_flags', 'thread_id'),
  }),
  set('breach', 'nobody owes the second person’s word', 'duties', 'settled_at = opened_at, open_key = NULL', {
    where: `t.kind = 'CONFIRM_BREACH' AND t.open_key IS NOT NULL`,
    subject: named('breach_flags', 'thread_id'),
  }),
];

/** What somebody objected to. */
const OBJECTIONS: readonly Mutation[] = [
  set(
    'objection answer',
    'nobody owes that two are named',
    'duties',
    'settled_at = opened_at, open_key = NULL',
    {
      where: `t.kind = 'ASSIGN_OBJECTION' AND t.open_key IS NOT NULL`,
      subject: named('notice_objections', 'subject_id'),
    },
  ),
  set('notice objections', 'an objection that is open is forgotten', 'notices', 'open_objections = 0', {
    where: 't.open_objections > 0',
  }),
];

/** Each kind that is owed exactly as long as a row says so, and where that row is. */
const OWED_BY: readonly (readonly [kind: string, table: string])[] = [
  ['VISIT', 'cases'],
  ['OPEN_ROUND', 'cases'],
  ['CLOSE_ROUND', 'rounds'],
  ['PAY', 'cases'],
  ['APPROVE_PAYMENT', 'payment_orders'],
  ['END_NOTICE', 'notices'],
  ['CHECK_POLICIES', 'relief_cases'],
  ['VERIFY_RELIEF', 'relief_cases'],
  ['ASSESS_RELIEF', 'relief_cases'],
  ['REVIEW_RELIEF', 'relief_cases'],
  ['OPEN_PANEL', 'relief_cases'],
  ['COMPLETE_RELIEF', 'relief_cases'],
  ['APPROVE_RELIEF', 'relief_cases'],
  ['PAY', 'relief_cases'],
  ['FOLLOW_UP', 'relief_cases'],
  ['RECOVER', 'recoveries'],
  ['ISSUE_RECEIPT', 'gifts'],
  ['IDENTIFY_MONEY', 'gifts'],
  ['APPROVE_REFUND', 'gift_refunds'],
  ['PAY_REFUND', 'gift_refunds'],
  ['ASSIGN_OBJECTION', 'notice_objections'],
];

const DUTIES: readonly Mutation[] = OWED_BY.flatMap(([kind, table]) => {
  const where = `t.kind = '${kind}' AND t.open_key IS NOT NULL
    AND EXISTS (SELECT 1 FROM ${table} s WHERE s.id = t.subject_id)`;
  const done = 'settled_at = opened_at, open_key = NULL';
  return [
    set('duty missing', `${kind} of ${table} is off the list`, 'duties', done, {
      where,
      subject: named(table, 'subject_id'),
    }),
    set(
      'duty without subject',
      `${kind} of nothing in ${table} is owed`,
      'duties',
      `subject_id = ${NOBODY}`,
      { where },
    ),
  ];
});

/** Of whatever the demo has none. */
export const MUTATIONS_BESIDE: readonly Mutation[] = [
  ...GOODS,
  ...REFUNDS,
  ...BREACHES,
  ...OBJECTIONS,
  ...DUTIES,
  ...OBJECTION_NUMBER_MUTATIONS,
];
