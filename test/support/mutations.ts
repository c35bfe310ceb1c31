import { HASH, MONTH, named, set } from './mutation.js';
import type { Mutation } from './mutation.js';
import { NUMBER_MUTATIONS } from './mutations-numbers.js';

export type { Mutation } from './mutation.js';

const NOTICE_OF_DUTY = `'notices/' || (SELECT n.id FROM notices n WHERE n.subject_id = t.subject_id AND n.state IN ('DRAFT', 'SIGNED'))`;

/** architecture.md 3: balance rows, lots, vouchers; quality.md R4, R6. */
const BOOKS: readonly Mutation[] = [
  set(
    'balance',
    'a fund says one fen more than its vouchers',
    'fund_balances',
    'balance_fen = balance_fen + 1',
  ),
  set('balance', 'a fund with money in it is gone', 'fund_balances', null, { where: 't.balance_fen > 0' }),
  set(
    'reserved',
    'one fen more is set aside than was asked for',
    'fund_balances',
    'reserved_fen = reserved_fen + 1',
  ),
  set(
    'purse lots',
    'a fund holds one fen back that no lot does',
    'fund_balances',
    'frozen_fen = frozen_fen + 1',
  ),
  set('reserved', 'a reservation is one fen smaller', 'reservations', 'amount_fen = amount_fen - 1', {
    where: `t.state = 'HELD'`,
    subject: named('fund_balances', 'balance_id'),
  }),
  set('reserved', 'a held reservation is gone', 'reservations', null, {
    where: `t.state = 'HELD'`,
    subject: named('fund_balances', 'balance_id'),
  }),
  set('lot', 'a lot has one fen less left than its allocations leave', 'lots', 'left_fen = left_fen - 1', {
    where: 't.left_fen > 0',
  }),
  set('frozen', 'a lot is frozen by nothing', 'lots', 'frozen_fen = frozen_fen + 1'),
  set('lot', 'what came in opened no lot', 'lots', null, {
    subject: named('vouchers', 'voucher_id'),
    where: 'NOT EXISTS (SELECT 1 FROM lot_allocations a WHERE a.lot_id = t.id)',
  }),
  set(
    'allocation',
    'a payment took one fen more of its lot',
    'lot_allocations',
    'amount_fen = amount_fen + 1',
    { where: `t.kind = 'PAID'`, subject: named('vouchers', 'voucher_id') },
  ),
  set('allocation', 'a payment took of no lot', 'lot_allocations', null, {
    where: `t.kind = 'PAID'`,
    subject: named('vouchers', 'voucher_id'),
  }),
  set('voucher line', 'a line is one fen more', 'voucher_lines', 'amount_fen = amount_fen + 1', {
    subject: named('vouchers', 'voucher_id'),
  }),
  set('voucher line', 'a line is gone', 'voucher_lines', null, { subject: named('vouchers', 'voucher_id') }),
  set(
    'month',
    'a month of a society says that one fen more came in',
    'society_months',
    'in_fen = in_fen + 1',
    MONTH,
  ),
  set('month', 'a month of a society is gone', 'society_months', null, MONTH),
  set(
    'month',
    'what the places above were told is another sum',
    'society_months',
    'rolled_out_fen = rolled_out_fen + 1',
    {
      ...MONTH,
      where: 't.pending = 0',
    },
  ),
  set('month of place', 'a place says one grant more', 'region_months', 'grants = grants + 1', {
    key: ['region_id', 'month'],
    subject: `'region_months/' || t.region_id || '/' || t.month`,
  }),
  set('seal', 'a voucher was moved to another day', 'vouchers', `day = '2026-01-01'`),
  set('seal', 'a line names another account', 'voucher_lines', `account = '1001'`, {
    where: `t.account = '1002'`,
  }),
  set(
    'custody',
    'what the federation holds for a village is another sum',
    'voucher_lines',
    'amount_fen = amount_fen - 1',
    {
      where: `t.account = '1701'`,
      subject: `'books/' || (SELECT b.id FROM books b WHERE b.held_by_id IS NOT NULL AND b.society_id = t.society_id)`,
    },
  ),
  set('seal', 'a reversal points to another voucher', 'vouchers', 'reversal_of = id'),
];

/** architecture.md 3, the cap; quality.md R4, G6. */
const CAPS: readonly Mutation[] = [
  set('cap', 'a household has used one fen less of its cap', 'cap_counters', 'used_fen = used_fen - 1', {
    where: 't.used_fen > 0',
  }),
  set('cap', 'one fen more of a cap is promised', 'cap_counters', 'reserved_fen = reserved_fen + 1'),
  set('cap move gap', 'a move of a cap is gone', 'cap_moves', null, {
    subject: named('cap_counters', 'counter_id'),
  }),
  set('cap claim', 'a claim is one fen larger than its moves', 'cap_claims', 'amount_fen = amount_fen + 1'),
  set('cap claim', 'a spent claim is held again', 'cap_claims', `state = 'HELD'`, {
    where: `t.state = 'SPENT'`,
  }),
  set(
    'cap group',
    'a household draws on the cap of another',
    'cap_members',
    `group_id = (SELECT MAX(g.id) FROM cap_groups g)`,
    {
      where: `t.identity LIKE 'person:%' AND t.group_id <> (SELECT MAX(g.id) FROM cap_groups g)`,
      subject: `'relief_cases/' || (SELECT MIN(r.id) FROM relief_cases r WHERE 'person:' || r.origin_person_id = t.identity)`,
    },
  ),
];

/** architecture.md 3, votes; quality.md R5, G7. */
const BOARD: readonly Mutation[] = [
  set('tally', 'a ballot was turned round', 'round_stances', `choice = 'no'`, {
    where: `t.choice = 'yes' AND EXISTS (SELECT 1 FROM rounds r WHERE r.id = t.round_id AND r.state = 'APPROVED')`,
    subject: named('rounds', 'round_id'),
  }),
  set('tally', 'a recusal is gone', 'round_stances', null, {
    where: `t.kind = 'RECUSAL' AND EXISTS (SELECT 1 FROM rounds r WHERE r.id = t.round_id AND r.state <> 'OPEN')`,
    subject: named('rounds', 'round_id'),
  }),
  set('tally', 'the row says that one more said yes', 'rounds', 'yes_count = yes_count + 1', {
    where: `t.state = 'APPROVED'`,
  }),
  set('tally', 'a rejected round is approved', 'rounds', `state = 'APPROVED'`, {
    where: `t.state = 'REJECTED'`,
  }),
  set(
    'tally',
    'the majority asked for was a larger one',
    'rounds',
    'majority_numerator = 2, majority_denominator = 1',
    { where: `t.state = 'APPROVED'` },
  ),
  set('tally', 'a director was taken out of the round', 'round_directors', null, {
    where: `EXISTS (SELECT 1 FROM rounds r WHERE r.id = t.round_id AND r.state = 'APPROVED')`,
    subject: named('rounds', 'round_id'),
  }),
  set('minutes', 'the minutes are gone', 'round_minutes', null, { subject: named('rounds', 'round_id') }),
  set('minutes hash', 'the minutes were exchanged', 'round_minutes', `content_hash = '${HASH}'`, {
    subject: named('rounds', 'round_id'),
  }),
];

/** architecture.md 3 and quality.md R7: orders, tries, returns, recoveries. */
const PAYMENTS: readonly Mutation[] = [
  set(
    'order without voucher',
    'an order is one fen more than was paid',
    'payment_orders',
    'amount_fen = amount_fen + 1',
    { where: `t.state = 'PAID'` },
  ),
  set('order without voucher', 'a paid order has lost its voucher', 'payment_orders', 'voucher_id = NULL', {
    where: `t.state = 'PAID'`,
  }),
  set('payment attempts', 'a paid order is to be paid again', 'payment_orders', `state = 'TO_PAY'`, {
    where: `t.state = 'PAID'`,
  }),
  set('payment attempts', 'a try is gone', 'payment_attempts', null, {
    where: `t.outcome = 'PAID'`,
    subject: named('payment_orders', 'order_id'),
  }),
  set('payment attempts', 'a paid try failed', 'payment_attempts', `outcome = 'FAILED'`, {
    where: `t.outcome = 'PAID' AND t.number = 1`,
    subject: named('payment_orders', 'order_id'),
  }),
  set(
    'return',
    'a return is booked by another voucher',
    'payment_attempts',
    `voucher_id = (SELECT MIN(v.id) FROM vouchers v)`,
    { where: `t.outcome = 'RETURNED'` },
  ),
  set(
    'order reservation',
    'money of an order to pay is no longer held',
    'payment_orders',
    `state = 'CANCELLED'`,
    { where: `t.state = 'TO_PAY'` },
  ),
  set('paid by its approver', 'whoever paid had approved it', 'payment_orders', 'cashier_id = approver_id', {
    where: `t.state = 'PAID' AND t.approver_id IS NOT NULL`,
  }),
  set(
    'recovery',
    'one fen more came back than the instalments',
    'recoveries',
    'recovered_fen = recovered_fen + 1',
  ),
  set('recovery', 'an instalment is gone', 'recovery_instalments', null, {
    subject: named('recoveries', 'recovery_id'),
  }),
  set(
    'recovery voucher',
    'a recovery has another voucher',
    'recoveries',
    `voucher_id = (SELECT MIN(v.id) FROM vouchers v)`,
  ),
  set('order to institution', 'the institution had another name', 'payee_institutions', `name = '别的医院'`, {
    subject: `'payment_orders/' || (SELECT MIN(o.id) FROM payment_orders o WHERE o.payee_id = t.id)`,
  }),
];

/** architecture.md 2 and 3: cases, their allowances, duties and branches. */
const CASES: readonly Mutation[] = [
  set('case state', 'a paid case is only approved', 'cases', `paid_at = NULL, state = 'APPROVED'`, {
    where: `t.state = 'PAID'`,
  }),
  set('case state', 'a case asks for one fen more than its order', 'cases', 'amount_fen = amount_fen + 1', {
    where: `t.state = 'PAID'`,
  }),
  set('case state', 'a case has another revision than was voted on', 'cases', `revision = '${HASH}'`, {
    where: `t.state = 'VOTING'`,
  }),
  set(
    'case state',
    'a case names another payee than its order',
    'cases',
    `payee_id = '${HASH.slice(0, 36)}'`,
    { where: `t.state = 'PAID'` },
  ),
  set('case state', 'a closed case was never published to its end', 'cases', 'notice_ended_at = NULL', {
    where: `t.state = 'CLOSED'`,
  }),
  set('case state', 'what was written off is not', 'case_write_offs', `state = 'KEPT'`, {
    subject: named('cases', 'case_id'),
  }),
  set(
    'household allowance',
    'a household has used one fen less',
    'household_years',
    'used_fen = used_fen - 1',
    {
      key: ['household_id', 'society_id', 'year'],
      where: 't.used_fen > 0',
      subject: `'household_years/' || t.household_id || '/' || t.year`,
    },
  ),
  set(
    'household allowance',
    'a household has been helped once less',
    'household_years',
    'used_count = used_count - 1',
    {
      key: ['household_id', 'society_id', 'year'],
      where: 't.used_count > 0',
      subject: `'household_years/' || t.household_id || '/' || t.year`,
    },
  ),
  set('household allowance', 'the count of a household is gone', 'household_years', null, {
    key: ['household_id', 'society_id', 'year'],
    where: 't.used_count > 0',
    subject: `'household_years/' || t.household_id || '/' || t.year`,
  }),
  set(
    'duty without subject',
    'something is owed for a case that is not there',
    'duties',
    `subject_id = '${HASH.slice(0, 36)}'`,
    { where: `t.subject_kind = 'case'` },
  ),
  set(
    'duty missing',
    'a notice that nobody signed is off the list',
    'duties',
    'settled_at = opened_at, open_key = NULL',
    {
      where: `t.kind = 'SIGN_NOTICE' AND t.open_key IS NOT NULL AND t.subject_kind = 'case'`,
      subject: NOTICE_OF_DUTY,
    },
  ),
  set(
    'duty missing',
    'a posting that nobody made is off the list',
    'duties',
    'settled_at = opened_at, open_key = NULL',
    {
      where: `t.kind = 'POST_NOTICE' AND t.open_key IS NOT NULL AND EXISTS (SELECT 1 FROM notices n WHERE n.subject_id = t.subject_id AND n.state = 'SIGNED')`,
      subject: NOTICE_OF_DUTY,
    },
  ),
  set(
    'duty missing',
    'a payment that nobody made is off the list',
    'duties',
    'settled_at = opened_at, open_key = NULL',
    {
      where: `t.kind = 'PAY' AND t.open_key IS NOT NULL AND EXISTS (SELECT 1 FROM payment_orders o WHERE o.subject_id = t.subject_id AND o.state = 'TO_PAY' AND o.attempts = 0)`,
      subject: named('cases', 'subject_id'),
    },
  ),
  set('duty missing', 'an open round is off the list', 'duties', 'settled_at = opened_at, open_key = NULL', {
    where: `t.kind = 'CLOSE_ROUND' AND t.open_key IS NOT NULL`,
    subject: named('rounds', 'subject_id'),
  }),
  set(
    'case papers',
    'papers that are not there are off the list',
    'duties',
    'settled_at = opened_at, open_key = NULL',
    {
      where: `t.kind = 'PAPERS' AND t.open_key IS NOT NULL AND EXISTS (SELECT 1 FROM cases c WHERE c.id = t.subject_id AND c.state = 'PAID')`,
      subject: named('cases', 'subject_id'),
    },
  ),
  set('duty missing', 'a notice hangs that nobody has to take down', 'duties', null, {
    where: `t.kind = 'END_NOTICE' AND t.open_key IS NOT NULL AND EXISTS (SELECT 1 FROM notices n JOIN cases c ON c.id = n.subject_id WHERE n.id = t.subject_id)`,
    subject: named('notices', 'subject_id'),
  }),
  set('duty missing', 'a duty is gone', 'duties', null, {
    where: `t.kind = 'SIGN_NOTICE' AND t.open_key IS NOT NULL AND t.subject_kind = 'case'`,
    subject: NOTICE_OF_DUTY,
  }),
  set('fast path', 'a fast path is open again', 'fast_paths', `state = 'OPEN'`, {
    where: `t.state = 'RATIFIED'`,
  }),
  set('fast path signatures', 'one of the three said no', 'fast_paths', `supervisor_said = 'no'`, {
    where: `t.state = 'RATIFIED'`,
    subject: named('cases', 'case_id'),
  }),
  set('fast path', 'one of three who were held off is not', 'fast_path_suspensions', null, {
    subject: named('fast_paths', 'fast_path_id'),
  }),
  set('handover', 'a handover is gone', 'case_handovers', null, {
    where: `t.kind = 'OFFICE'`,
    subject: named('cases', 'case_id'),
  }),
  set(
    'handover',
    'the case of another union is the answer',
    'case_handovers',
    `to_society_id = '${HASH.slice(0, 36)}'`,
    { where: 't.taken_case_id IS NOT NULL' },
  ),
  set('override', 'an override was granted to another household', 'case_overrides', `household_id = id`, {
    where: 't.used_case_id IS NOT NULL',
  }),
  set('letter content', 'a letter says something else', 'case_letters', `content_hash = '${HASH}'`),
  set('case papers', 'a paper of a closed case is gone', 'case_papers', null, {
    where: `t.state = 'PRESENT'`,
    subject: named('cases', 'case_id'),
  }),
];

/** architecture.md 4: what hangs on the wall. */
const NOTICES: readonly Mutation[] = [
  set(
    'notice content',
    'a word on the wall is another',
    'notice_issues',
    `content = REPLACE(content, '壹仟', '玖仟')`,
    { where: `t.content LIKE '%壹仟%'`, subject: named('notices', 'notice_id') },
  ),
  set('notice content', 'the hash is another', 'notice_issues', `content_hash = '${HASH}'`, {
    subject: named('notices', 'notice_id'),
  }),
  set('notice content', 'the paper is another', 'notice_issues', `pdf_sha256 = '${HASH}'`, {
    subject: named('notices', 'notice_id'),
  }),
  set('notice content', 'the number is another', 'notice_issues', `number = '演示救公〔2026〕99号'`, {
    subject: named('notices', 'notice_id'),
  }),
  set('notice content', 'the code is another', 'notice_issues', `code = 'AAAAAAAA'`, {
    subject: named('notices', 'notice_id'),
  }),
  set('notice state', 'it hangs, and nobody photographed it', 'notice_photos', null, {
    where: `t.moment = 'POSTING' AND EXISTS (SELECT 1 FROM notices n WHERE n.id = t.notice_id AND n.state = 'RUNNING')`,
    subject: named('notices', 'notice_id'),
  }),
  set('notice state', 'it hangs, and nobody wrote down where', 'notice_postings', null, {
    subject: named('notices', 'notice_id'),
    where: `EXISTS (SELECT 1 FROM notices n WHERE n.id = t.notice_id AND n.state = 'RUNNING')`,
  }),
  set('notice state', 'it ended before its period was over', 'notices', 'ended_at = posted_at', {
    where: `t.state = 'ENDED'`,
  }),
  set('notice state', 'a running notice is only signed', 'notices', `state = 'SIGNED'`, {
    where: `t.state = 'RUNNING'`,
  }),
  set('notice state', 'its period is shorter', 'notices', 'ends_at = posted_at', {
    where: `t.state = 'RUNNING'`,
  }),
  set('notice state', 'its last day is another', 'notices', `last_day = '2026-12-31'`, {
    where: `t.state = 'RUNNING'`,
  }),
  set(
    'notice objections',
    'it says that somebody objects',
    'notices',
    'open_objections = open_objections + 1',
    { where: `t.state = 'RUNNING'` },
  ),
];

/** Gifts, receipts, and what the public reads. */
const GIFTS: readonly Mutation[] = [
  set('gift', 'a gift is one fen larger than what came in', 'gifts', 'amount_fen = amount_fen + 1', {
    where: `t.state = 'RECEIVED' AND t.lot_id IS NOT NULL`,
  }),
  set('gift state', 'a received gift was only pledged', 'gifts', `state = 'PLEDGED'`, {
    where: `t.state = 'RECEIVED' AND t.lot_id IS NOT NULL`,
  }),
  set('gift purse', 'a gift is meant for another fund', 'gifts', `fund = '别的基金'`, {
    where: `t.state = 'RECEIVED' AND t.lot_id IS NOT NULL`,
  }),
  set('lot without gift', 'a lot has lost its gift', 'gift_lots', null, {
    key: ['lot_id'],
    subject: named('lots', 'lot_id'),
  }),
  set('gift lot', 'a gift names the lot of another', 'gifts', `lot_id = (SELECT MAX(l.id) FROM lots l)`, {
    where: `t.state = 'RECEIVED' AND t.lot_id <> (SELECT MAX(l.id) FROM lots l)`,
  }),
  set('receipt amount', 'a receipt is one fen more than the gift', 'receipts', 'amount_fen = amount_fen + 1'),
  set('receipt content', 'a receipt says something else', 'receipts', `content_hash = '${HASH}'`),
  set('receipt state', 'a gift with a receipt waits for one', 'gifts', `receipt_state = 'DUE'`, {
    where: `EXISTS (SELECT 1 FROM receipts r WHERE r.gift_id = t.id)`,
  }),
];

/** domain.md 2: relief of a fund. */
const RELIEF: readonly Mutation[] = [
  set('relief total', 'an invoice is one fen more', 'relief_invoices', 'amount_fen = amount_fen + 1', {
    where: 't.removed_at IS NULL',
    subject: named('relief_cases', 'relief_id'),
  }),
  set('relief paid', 'one fen more is said to be paid', 'relief_cases', 'paid_fen = paid_fen + 1', {
    where: `t.state = 'PAID'`,
  }),
  set(
    'relief claim',
    'the grant is one fen more than was claimed',
    'relief_cases',
    'grant_fen = grant_fen + 1',
    { where: `t.state = 'PAID'` },
  ),
  set(
    'relief order',
    'a payment is one fen less than its order',
    'relief_payments',
    'amount_fen = amount_fen - 1',
    { where: 't.paid_at IS NOT NULL' },
  ),
  set('relief invoice', 'an invoice that counts may be used again', 'relief_invoices', 'used_key = NULL', {
    where: 't.removed_at IS NULL AND t.used_key IS NOT NULL',
    subject: named('relief_cases', 'relief_id'),
  }),
  set(
    'relief refund',
    'one fen is said to have come back',
    'relief_cases',
    'refunded_fen = refunded_fen + 1',
    { where: `t.state = 'PAID'` },
  ),
  set('relief claim', 'a paid case is back before its vote', 'relief_cases', `state = 'ASSESSED'`, {
    where: `t.state = 'PAID'`,
  }),
  set('relief state', 'a case before its vote is paid', 'relief_cases', `state = 'PAID', claim = NULL`, {
    where: `t.state = 'ASSESSED'`,
  }),
  set(
    'relief sheet',
    'the sheet of the sum says something else',
    'relief_cases',
    `sheet = REPLACE(sheet, '"grantFen":', '"grantFen":1')`,
    { where: `t.state = 'PAID'` },
  ),
  set(
    'relief sheet',
    'what another office pays is one fen more',
    'relief_policies',
    'amount_fen = amount_fen + 1',
    {
      where: `t.amount_fen > 0 AND EXISTS (SELECT 1 FROM relief_cases r WHERE r.id = t.relief_id AND r.lap = t.lap AND r.state = 'PAID')`,
      subject: named('relief_cases', 'relief_id'),
    },
  ),
];

/** architecture.md 5: the trail and its seal. */
const TRAIL: readonly Mutation[] = [
  set('seal', 'an act was done by somebody else', 'audit_acts', `person_id = id`),
  set('seal', 'an act was never done', 'audit_acts', null),
  set('seal', 'the sealed leaf is another', 'seal_rows', `leaf = '${HASH}'`, {
    subject: `t.source || '/' || t.row_id`,
  }),
  set('seal', 'a head is another', 'seal_batches', `head = '${HASH}'`, {
    subject: named('seal_batches', 'number'),
  }),
];

export const MUTATIONS: readonly Mutation[] = [
  ...BOOKS,
  ...CAPS,
  ...BOARD,
  ...PAYMENTS,
  ...CASES,
  ...NOTICES,
  ...GIFTS,
  ...RELIEF,
  ...TRAIL,
  ...NUMBER_MUTATIONS,
];

/** What somebody may write differently without any promise being broken. */
export const UNPROMISED: readonly Mutation[] = [
  set('', 'the words of a lead', 'leads', `place = '别处'`),
  set('', 'the note on a try to pay', 'payment_attempts', `note = '别的话'`),
  set('', 'the words beside a lot', 'lots', `note = '别的话'`),
];
