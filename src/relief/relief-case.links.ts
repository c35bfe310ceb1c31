import type { Role } from '../kernel/actor.js';
import { dayShort } from '../kernel/chinese/words.js';
import { dayOf } from '../kernel/day.js';
import type { RoundSummary } from '../board/index.js';
import { KIND_WORDS } from '../notices/index.js';
import type { LinkView } from '../platform/web/views.js';
import { RELIEF_LETTER_WORDS } from './domain/relief-letters.js';
import { has } from './relief-facts.views.js';
import type { PaymentLine, ReliefPageFacts } from './relief.reading.js';

const OFFICE: readonly Role[] = ['secretary', 'clerk'];
const ROUND_READERS: readonly Role[] = [...OFFICE, 'chair', 'deputy', 'director', 'supervisor', 'auditor'];
const NOTICE_READERS: readonly Role[] = [...ROUND_READERS, 'cashier', 'accountant'];
const ORDER_READERS: readonly Role[] = [
  'secretary',
  'chair',
  'deputy',
  'supervisor',
  'cashier',
  'accountant',
  'auditor',
];
/** Papers with a full name on them: for whoever hands them over or answers for them. */
const LETTER_READERS: readonly Role[] = [...OFFICE, 'chair', 'deputy', 'supervisor', 'reviewer'];

/** The stops of the road that the case has reached: votes, notices, letters. A society is led to what is public. */
export function linksOf(facts: ReliefPageFacts): LinkView[] {
  const { notices, desk, roles } = facts;
  const papers = has(roles, LETTER_READERS) ? paperLinks(facts) : [];
  if (!desk)
    return [
      ...notices.flatMap(({ kind, issue }) =>
        issue ? [{ words: `${KIND_WORDS[kind]} ${issue.number}`, href: `/n/${issue.code}` }] : [],
      ),
      ...papers,
    ];
  const rounds = desk.rounds.map((round) => ({ words: panelWords(round), href: `/s/rounds/${round.id}` }));
  const published = notices
    .filter(({ state }) => state !== 'DISCARDED')
    .map(({ id, kind, issue }) => ({
      words: `${KIND_WORDS[kind]} ${issue?.number ?? '（还没签）'}`,
      href: `/s/notices/${id}`,
    }));
  return [
    ...(has(roles, ROUND_READERS) ? rounds : []),
    ...(has(roles, NOTICE_READERS) ? published : []),
    ...papers,
  ];
}

function paperLinks({ known, letters, sum }: ReliefPageFacts): LinkView[] {
  const written = letters.map(({ id, kind, madeAt }) => ({
    words: `${RELIEF_LETTER_WORDS[kind]}（${dayShort(dayOf(madeAt))}）`,
    href: `/s/relief/${known.id}/letters/${id}`,
  }));
  if (!sum) return written;
  return [...written, { words: '救助金额计算表', href: `/s/relief/${known.id}/worksheet.pdf` }];
}

function panelWords({ sequence, present, electors, yes, no, abstain }: RoundSummary): string {
  return `评审第 ${sequence} 轮：应到 ${electors}，到 ${present}（${yes}同意 ${no}反对 ${abstain}弃权）`;
}

/** To what is owed back, where something is; else to the order itself. */
export function paymentLinks(
  { desk, roles }: ReliefPageFacts,
  { orderId, recoveryId }: PaymentLine,
): string | null {
  if (!desk || !has(roles, ORDER_READERS)) return null;
  if (recoveryId !== null) return `/s/recoveries/${recoveryId}`;
  return orderId && `/s/payments/${orderId}`;
}
