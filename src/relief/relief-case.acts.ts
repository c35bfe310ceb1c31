import { mayDoDuty } from '../cases/index.js';
import { DUTY_WORDS } from '../duties/index.js';
import type { Duty } from '../duties/index.js';
import { mayNameAccount } from './domain/account-rule.js';
import { toPayOf } from './domain/parts.js';
import { actsOn, dutyHref } from './relief-acts.js';
import type { ReliefLink } from './relief-acts.js';
import type { ReliefPageFacts } from './relief.reading.js';

/** The step that comes next, for whoever may do it; what else may be done stands under 其他. */
const NEXT = [
  'policies',
  'verification',
  'assessment',
  'review',
  'panel',
  'completion',
  'approval',
  'follow-up',
] as const;

const pageOf = ({ href }: ReliefLink): string => href.split('/').at(-1) ?? '';

export function actsNow(
  facts: ReliefPageFacts,
  open: readonly Duty[],
): { readonly next: readonly ReliefLink[]; readonly others: readonly ReliefLink[] } {
  const acts = actsOn(facts.known, facts.actor).filter((act) => isRipe(pageOf(act), facts));
  const isNext = (act: ReliefLink) =>
    NEXT.some((page) => page === pageOf(act)) || (pageOf(act) === 'advance' && waitsForSignature(facts));
  const own = acts.filter(isNext);
  const elsewhere = facts.desk ? [...ballotOf(facts), ...open.flatMap((duty) => actOf(duty, facts))] : [];
  const next = [...own, ...elsewhere.filter(({ href }) => !own.some((act) => act.href === href))];
  return { next, others: acts.filter((act) => !own.includes(act)) };
}

/** What is owed and done in another room: on the notice, at the cashier's, in the round. */
function actOf(
  { kind, subjectId }: Duty,
  { known, actor, notices, payments }: ReliefPageFacts,
): ReliefLink[] {
  if (kind === 'END_NOTICE' || !mayDoDuty(kind, actor.roles)) return [];
  const notice =
    notices.find(({ id }) => id === subjectId) ?? notices.find(({ state }) => state !== 'DISCARDED');
  const orders = payments.flatMap(({ state, orderId }) => (state === 'ORDERED' && orderId ? [orderId] : []));
  const href =
    kind === 'PAY'
      ? orders[0] && `/s/payments/${orders[0]}`
      : dutyHref(kind, {
          ...{ reliefId: known.id, state: known.state, subjectId },
          noticeId: notice?.id ?? null,
        });
  return href ? [{ words: DUTY_WORDS[kind].act, href }] : [];
}

/** A director votes on the page of the round. */
function ballotOf({ desk, actor }: ReliefPageFacts): ReliefLink[] {
  const round = desk?.rounds.find(({ state }) => state === 'OPEN');
  return round && actor.roles.includes('director')
    ? [{ words: '去评审', href: `/s/rounds/${round.id}` }]
    : [];
}

/** What the state allows and the moment does not yet, or no more, is not offered. */
function isRipe(page: string, facts: ReliefPageFacts): boolean {
  const { known, desk, actor, returns } = facts;
  switch (page) {
    case 'approval':
      return known.noticeEndedAt !== null;
    case 'follow-up':
      return known.followedUpAt === null;
    case 'review':
      return mayReview(facts);
    case 'return':
      return returns.length < 2;
    case 'plan':
      return toPayOf(known) > 0;
    case 'account':
      return mayNameAccount(known, facts.advanceToFamily);
    case 'advance':
      return desk?.advance
        ? waitsForSignature(facts)
        : mayAskAdvance(facts) && actor.roles.includes('secretary');
    default:
      return true;
  }
}

function mayReview({ known, desk, actor: { personId } }: ReliefPageFacts): boolean {
  const reviewed = desk?.reviews.some(({ reviewerId }) => reviewerId === personId) ?? false;
  return personId !== null && !known.handledBy.includes(personId) && !reviewed;
}

const mayAskAdvance = ({ sum }: ReliefPageFacts): boolean => (sum?.rule.advance.numerator ?? 0) > 0;

/** Asked for, and this person's signature is one of those that are missing. */
function waitsForSignature({ desk, actor }: ReliefPageFacts): boolean {
  if (!desk?.advance) return false;
  const { chairId, supervisorId, askedBy } = desk.advance;
  if (actor.personId === askedBy) return false;
  if (actor.roles.includes('supervisor')) return supervisorId === null;
  return (actor.roles.includes('chair') || actor.roles.includes('deputy')) && chairId === null;
}
