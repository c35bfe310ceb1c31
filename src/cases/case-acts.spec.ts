import type { Duty, DutyKind } from '../duties/index.js';
import { actOf, dutyTag, isRipe } from './case-acts.js';
import type { Targets } from './case-acts.js';

const now = new Date('2026-03-02T01:00:00Z');
const inHours = (hours: number) => new Date(now.getTime() + hours * 3_600_000);
const dutyOf = (kind: DutyKind, dueAt = inHours(48)): Duty => ({
  id: 'duty',
  societyId: 'society',
  kind,
  subjectKind: 'case',
  subjectId: kind === 'CLOSE_ROUND' ? 'round' : 'case',
  threadId: 'case',
  ownerRole: 'secretary',
  rule: { unit: 'hours', count: 24, from: now },
  openedAt: now,
  dueAt,
  provisional: false,
  settledAt: null,
  settledByPersonId: null,
});
const targets = (change: Partial<Targets> = {}): Targets => ({
  number: '2026-0012',
  state: 'PAID',
  applicantId: 'person',
  orderId: 'order',
  recoveryId: 'recovery',
  toApprove: false,
  papersHandedIn: false,
  notices: [{ id: 'notice', kind: 'GRANT_POST', state: 'SIGNED' }],
  ...change,
});

it.each`
  state         | href                               | because
  ${'PAID'}     | ${'/s/cases/2026-0012/revocation'} | ${'the board is asked to take it back'}
  ${'APPROVED'} | ${'/s/cases/2026-0012/amendment'}  | ${'nothing has left yet'}
  ${'REJECTED'} | ${'/s/cases/2026-0012/review'}     | ${'the town is asked'}
  ${'REVOKED'}  | ${'/s/recoveries/recovery'}        | ${'what is demanded back is given up by the town'}
`(
  'a case that is $state is decided anew at $href: $because',
  ({ state, href }: { state: 'PAID'; href: string }) => {
    expect(actOf(dutyOf('DECIDE_ANEW'), ['secretary'], targets({ state }))?.href).toBe(href);
  },
);

it.each`
  kind                | roles             | words           | href                               | because
  ${'VISIT'}          | ${['clerk']}      | ${'记核实'}     | ${'/s/cases/2026-0012/visits'}     | ${'the office writes it down'}
  ${'OPEN_ROUND'}     | ${['secretary']}  | ${'请大家表决'} | ${'/s/cases/2026-0012/rounds/new'} | ${'the secretary asks the board'}
  ${'CLOSE_ROUND'}    | ${['secretary']}  | ${'记表决结果'} | ${'/s/rounds/round'}               | ${'the duty is about its round'}
  ${'PAY'}            | ${['cashier']}    | ${'记打款'}     | ${'/s/payments/order'}             | ${'the cashier pays'}
  ${'PAY'}            | ${['secretary']}  | ${undefined}    | ${undefined}                       | ${'nobody else does'}
  ${'PAPERS'}         | ${['clerk']}      | ${'补材料'}     | ${'/s/cases/2026-0012/papers'}     | ${'whoever has the file'}
  ${'CONFIRM_WAIVER'} | ${['supervisor']} | ${'确认免交'}   | ${'/s/cases/2026-0012/papers'}     | ${'the supervisor looks at the reason'}
  ${'CONFIRM_WAIVER'} | ${['secretary']}  | ${undefined}    | ${undefined}                       | ${'who waived it does not confirm it'}
  ${'ID_NUMBER'}      | ${['clerk']}      | ${'补身份证号'} | ${'/s/people/person'}              | ${'it belongs into the register'}
  ${'SIGN_NOTICE'}    | ${['deputy']}     | ${'签公示'}     | ${'/s/notices/notice'}             | ${'D4-19 the deputy stands in for the chair'}
  ${'SIGN_NOTICE'}    | ${['secretary']}  | ${undefined}    | ${undefined}                       | ${'the author does not sign'}
  ${'POST_NOTICE'}    | ${['secretary']}  | ${'打印公示单'} | ${'/s/notices/notice'}             | ${'print, hang, photograph'}
`('$kind for $roles: $words, $because', ({ kind, roles, words, href }: Row) => {
  const act = actOf(dutyOf(kind), roles, targets());
  expect([act?.words, act?.href]).toEqual([words, href]);
});
type Row = { kind: DutyKind; roles: never[]; words?: string; href?: string };

it('has no button where there is nothing to open yet', () => {
  expect(actOf(dutyOf('PAY'), ['cashier'], targets({ orderId: null }))).toBeNull();
  expect(actOf(dutyOf('SIGN_NOTICE'), ['chair'], targets({ notices: [] }))).toBeNull();
});

it.each`
  kind             | paid     | state       | ripe     | because
  ${'PAPERS'}      | ${false} | ${'SIGNED'} | ${false} | ${'their clock begins anew with the payment'}
  ${'PAPERS'}      | ${true}  | ${'SIGNED'} | ${true}  | ${'the money has left'}
  ${'POST_NOTICE'} | ${true}  | ${'DRAFT'}  | ${false} | ${'nothing unsigned hangs on a wall'}
  ${'POST_NOTICE'} | ${true}  | ${'SIGNED'} | ${true}  | ${'it can be printed'}
  ${'PAY'}         | ${false} | ${'DRAFT'}  | ${true}  | ${'payment waits for nothing'}
`('$kind, paid $paid, notice $state: ripe $ripe, $because', ({ kind, paid, state, ripe }: Ripe) => {
  expect(
    isRipe(dutyOf(kind), paid, targets({ notices: [{ id: 'notice', kind: 'GRANT_POST', state }] })),
  ).toBe(ripe);
});
it('has nothing to hand in while only waivers wait for the supervisor', () => {
  expect(isRipe(dutyOf('PAPERS'), true, targets({ papersHandedIn: true }))).toBe(false);
  expect(isRipe(dutyOf('CONFIRM_WAIVER'), true, targets({ papersHandedIn: true }))).toBe(true);
});

it('asks the cashier for nothing while the chair has not approved the payment', () => {
  expect(isRipe(dutyOf('PAY'), false, targets({ toApprove: true }))).toBe(false);
});

it.each`
  subject     | subjectId  | href                  | because
  ${'case'}   | ${'case'}  | ${'/s/notices/grant'} | ${'what was resolved besides is not what the case owes'}
  ${'notice'} | ${'board'} | ${'/s/notices/board'} | ${'the duty names its notice'}
  ${'notice'} | ${'gone'}  | ${undefined}          | ${'a notice of another case'}
`('a duty of $subject $subjectId leads to $href: $because', ({ subject, subjectId, href }: Leads) => {
  const notices = [
    { id: 'board', kind: 'RESOLUTION', state: 'DRAFT' },
    { id: 'taken', kind: 'GRANT_POST', state: 'DISCARDED' },
    { id: 'grant', kind: 'GRANT_POST', state: 'DRAFT' },
  ] as const;
  const duty = { ...dutyOf('SIGN_NOTICE'), subjectKind: subject, subjectId };
  expect(actOf(duty, ['chair'], targets({ notices }))?.href).toBe(href);
});
type Leads = { subject: string; subjectId: string; href?: string };

type Ripe = { kind: DutyKind; paid: boolean; state: 'DRAFT'; ripe: boolean };

it.each`
  hours | colour      | words
  ${-3} | ${'red'}    | ${'已超 3 小时 没打款（限 24 小时）'}
  ${2}  | ${'yellow'} | ${'还剩 2 小时 没打款'}
  ${72} | ${'blue'}   | ${'还剩 3 天 没打款'}
`('says $words in $colour', ({ hours, colour, words }: { hours: number; colour: string; words: string }) => {
  expect(dutyTag(dutyOf('PAY', inHours(hours)), now)).toEqual({ colour, words });
});

it.each`
  kind                 | roles            | href                     | because
  ${'APPROVE_PAYMENT'} | ${['deputy']}    | ${'/s/payments/order'}   | ${'D4-19 the deputy stands in for the chair'}
  ${'APPROVE_PAYMENT'} | ${['cashier']}   | ${undefined}             | ${'who pays does not approve'}
  ${'FIX_PAYMENT'}     | ${['secretary']} | ${'/s/payments/order'}   | ${'the account is put right in the office'}
  ${'RECOVER'}         | ${['cashier']}   | ${'/s/recoveries/order'} | ${'the cashier takes what comes back'}
`('$kind for $roles: $href, $because', ({ kind, roles, href }: Row) => {
  const duty = { ...dutyOf(kind), subjectId: 'order' };
  expect(actOf(duty, roles, targets())?.href ?? undefined).toBe(href);
});
