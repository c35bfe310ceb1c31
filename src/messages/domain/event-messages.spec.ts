import { day } from '../../kernel/day.js';
import { fen } from '../../kernel/fen.js';
import { faultOfParameters, messageText } from '../../kernel/message-templates.js';
import {
  applicationAccepted,
  ballotLinkMade,
  dutiesOwed,
  giftsUsed,
  grantPaid,
  groupDuties,
  roundOpened,
} from './event-messages.js';
import type { MessageDraft } from './event-messages.js';

const at = new Date('2026-03-06T10:20:30.000Z');
const textOf = ({ template, parameters }: MessageDraft) => messageText(template, parameters);
const id = '01900000-0000-7000-8000-000000000001';

it('asks a director to vote some minutes after the opening, until the deadline', () => {
  const draft = roundOpened({ roundId: id, openedAt: at, deadlineAt: new Date('2026-03-07T10:20:30.000Z') });
  expect(textOf(draft)).toBe('有一件事请您表决，3月7日18:20截止。请登录互助系统投票，或者联系秘书长。');
  expect(draft.notBefore?.toISOString()).toBe('2026-03-06T10:25:30.000Z');
  expect(draft.expiresAt?.toISOString()).toBe('2026-03-07T10:20:30.000Z');
});

it('sends each link once, the newer one too', () => {
  const link = { roundId: id, deadlineAt: at, url: 'https://huzhu.example/v/Ab_-9' };
  const [first, second] = ['1', '2'].map((linkId) => ballotLinkMade({ ...link, linkId }));
  expect(first?.cause).not.toBe(second?.cause);
  expect(first && textOf(first)).toBe(
    '有一件事请您表决，3月6日18:20截止。打开链接投票：https://huzhu.example/v/Ab_-9。链接只给您一个人用，请勿转发。',
  );
});

it('says to an applicant that it was accepted', () => {
  const draft = applicationAccepted({ caseId: id, acceptedAt: at });
  expect(textOf(draft)).toContain('您的申请已于3月6日登记受理');
});

it.each([
  [100_000, '5341', '您的款项1000.00元已于3月6日转出，收款账户尾号5341。'],
  [5, '0001', '您的款项0.05元已于3月6日转出，收款账户尾号0001。'],
  [50_000_000_00, '9999', '您的款项50000000.00元已于3月6日转出，收款账户尾号9999。'],
  [100_010, null, '您的款项1000.10元已于3月6日当面付清。'],
])('says to a payee that %d fen were paid', (amount, tail, words) => {
  const paid = { caseId: id, orderId: id, attempt: 1, amountFen: fen(amount), paidAt: at, tail };
  expect(textOf(grantPaid(paid))).toContain(words);
  expect(grantPaid(paid).cause).not.toBe(grantPaid({ ...paid, attempt: 2 }).cause);
  expect(grantPaid(paid).cause.length).toBeLessThanOrEqual(80);
});

describe('to a donor', () => {
  const used = { donorId: id, day: day('2026-03-06'), isOfToday: true, url: 'http://localhost:3000/d' };

  it('counts households, and needs consent', () => {
    const draft = giftsUsed({ ...used, households: 2 });
    expect(draft && textOf(draft)).toBe(
      '您的捐赠今天用于2户。每一笔去向请看：http://localhost:3000/d。不想再收请告知互助社。',
    );
    expect(draft?.needsConsent).toBe(true);
    expect(draft?.expiresAt?.toISOString()).toBe('2026-03-06T16:00:00.000Z');
  });

  it('does not say “today” of more than a day, and nothing of nothing', () => {
    const draft = giftsUsed({ ...used, households: 1, isOfToday: false });
    expect(draft && textOf(draft)).toContain('您的捐赠近日用于1户');
    expect(giftsUsed({ ...used, households: 0 })).toBeNull();
  });
});

it.each([
  [0, 0, null],
  [0, 3, '您有3件事今明两天到期，请登录互助系统办理。'],
  [2, 0, '您有2件事已经过期，请今天登录互助系统办理。'],
  [2, 3, '您有2件事已经过期，3件事今明两天到期，请登录互助系统办理。'],
  [123_456, 0, '您有9999件事已经过期，请今天登录互助系统办理。'],
])('reminds of %d overdue and %d due', (overdue, due, words) => {
  const draft = dutiesOwed({ personId: id, day: day('2026-03-06'), overdue, due });
  expect(draft && textOf(draft)).toBe(words);
  if (draft) expect(faultOfParameters(draft.template, draft.parameters)).toBeNull();
});

it('tells a group of sums, none among them, but not of a day without any', () => {
  const sum = { day: day('2026-03-06'), overdue: 0, due: 12_345 };
  const draft = groupDuties(sum);
  expect(draft && textOf(draft)).toBe('各社共有0件事已经过期，12345件事今明两天到期，请登录互助系统督办。');
  expect(groupDuties({ ...sum, due: 0 })).toBeNull();
});
