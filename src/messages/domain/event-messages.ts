import { dateOf, dayOf, endOfDay, monthOf, timeOf } from '../../kernel/day.js';
import type { Day } from '../../kernel/day.js';
import type { Fen } from '../../kernel/fen.js';
import type { MessageParameters, TemplateId } from '../../kernel/message-templates.js';

/** What happened, by the few kinds that anybody is told of. */
export const MESSAGE_EVENTS = [
  'round.opened',
  'ballot.link',
  'case.accepted',
  'case.paid',
  'gift.used',
  'duties',
  'hearing.asked',
  'result.known',
] as const;
export type MessageEvent = (typeof MESSAGE_EVENTS)[number];

export const MESSAGE_EVENT_WORDS: Readonly<Record<MessageEvent, string>> = {
  'round.opened': '请理事表决',
  'ballot.link': '投票链接',
  'case.accepted': '申请受理',
  'case.paid': '款项付出',
  'gift.used': '捐赠用途',
  duties: '办事提醒',
  'hearing.asked': '请到社里来',
  'result.known': '有事告知',
};

/** What somebody is to be told: the text, and from when to when it is worth sending. To whom is not said here. */
export type MessageDraft = {
  readonly event: MessageEvent;
  /** What the text is about: called off by it. */
  readonly subjectId: string;
  /** The event by a name of its own, so that each reader is told of it once. */
  readonly cause: string;
  readonly template: TemplateId;
  readonly parameters: MessageParameters;
  /** Null: at once. */
  readonly notBefore: Date | null;
  /** Nobody is told afterwards; null: always worth knowing. */
  readonly expiresAt: Date | null;
  /** Whether the reader must have agreed; otherwise it is enough that he did not refuse. */
  readonly needsConsent: boolean;
};

const MINUTE_MS = 60_000;

/** A round has opened. A while later: a link by which to vote may follow at once, and then the link alone is sent. */
const LINK_MAY_FOLLOW_MS = 5 * MINUTE_MS;

export function roundOpened(round: {
  readonly roundId: string;
  readonly openedAt: Date;
  readonly deadlineAt: Date;
}): MessageDraft {
  return {
    event: 'round.opened',
    subjectId: round.roundId,
    cause: `round.opened:${round.roundId}`,
    template: 'please-vote-soon',
    parameters: { until: momentWords(round.deadlineAt) },
    notBefore: new Date(round.openedAt.getTime() + LINK_MAY_FOLLOW_MS),
    expiresAt: round.deadlineAt,
    needsConsent: false,
  };
}

/** A link was made for one director (pages.md 8, “SMS sent in parallel”); a newer one is another event. */
export function ballotLinkMade(link: {
  readonly linkId: string;
  readonly roundId: string;
  readonly deadlineAt: Date;
  readonly url: string;
}): MessageDraft {
  return {
    event: 'ballot.link',
    subjectId: link.roundId,
    cause: `ballot.link:${link.linkId}`,
    template: 'please-vote',
    parameters: { until: momentWords(link.deadlineAt), link: link.url },
    notBefore: null,
    expiresAt: link.deadlineAt,
    needsConsent: false,
  };
}

/** An application was accepted: of an emergency grant, or to a charity fund. */
export function applicationAccepted(accepted: {
  readonly caseId: string;
  readonly acceptedAt: Date;
}): MessageDraft {
  return {
    event: 'case.accepted',
    subjectId: accepted.caseId,
    cause: `case.accepted:${accepted.caseId}`,
    template: 'application-accepted',
    parameters: { day: dayInText(dayOf(accepted.acceptedAt)) },
    notBefore: null,
    expiresAt: null,
    needsConsent: false,
  };
}

/** Money went out (domain.md 4, the sample of a text): the reader's own sum, and the end of the card it went to. */
export function grantPaid(paid: {
  readonly caseId: string;
  readonly orderId: string;
  /** Which try of the order: what the bank sent back is told of anew. */
  readonly attempt: number;
  readonly amountFen: Fen;
  readonly paidAt: Date;
  /** The last four digits of the card; null where it was paid in cash. */
  readonly tail: string | null;
}): MessageDraft {
  const shared = { yuan: yuanInText(paid.amountFen), day: dayInText(dayOf(paid.paidAt)) };
  return {
    event: 'case.paid',
    subjectId: paid.caseId,
    cause: `case.paid:${paid.orderId}:${paid.attempt}`,
    ...(paid.tail === null
      ? { template: 'grant-paid-cash' as const, parameters: shared }
      : { template: 'grant-paid' as const, parameters: { ...shared, tail: paid.tail } }),
    notBefore: null,
    expiresAt: null,
    needsConsent: false,
  };
}

/** What of a donor's gifts was used, summed up over the time since the last telling; null where nothing was. */
export function giftsUsed(used: {
  readonly donorId: string;
  readonly day: Day;
  readonly households: number;
  /** Whether all of it falls into the day that ends with this telling. */
  readonly isOfToday: boolean;
  readonly url: string;
}): MessageDraft | null {
  if (used.households === 0) return null;
  return {
    event: 'gift.used',
    subjectId: used.donorId,
    cause: `gift.used:${used.day}`,
    template: 'gift-used',
    parameters: {
      when: used.isOfToday ? '今天' : '近日',
      households: countInText(used.households),
      link: used.url,
    },
    notBefore: null,
    // “今天” would be wrong tomorrow.
    expiresAt: endOfDay(used.day),
    needsConsent: true,
  };
}

/** The morning's reminder; null where nothing presses. */
export function dutiesOwed(owed: {
  readonly personId: string;
  readonly day: Day;
  readonly overdue: number;
  /** Not overdue yet, and due today or tomorrow. */
  readonly due: number;
}): MessageDraft | null {
  const { overdue, due } = owed;
  if (overdue === 0 && due === 0) return null;
  const texts =
    overdue === 0
      ? { template: 'duties-due' as const, parameters: { due: countInText(due) } }
      : due === 0
        ? { template: 'duties-overdue' as const, parameters: { overdue: countInText(overdue) } }
        : {
            template: 'duties-overdue-and-due' as const,
            parameters: { overdue: countInText(overdue), due: countInText(due) },
          };
  return {
    event: 'duties',
    subjectId: owed.personId,
    cause: `duties:${owed.day}`,
    ...texts,
    notBefore: null,
    expiresAt: endOfDay(owed.day),
    needsConsent: false,
  };
}

/** The same for the group of those who watch over all; null on a day without any. */
export function groupDuties(sum: {
  readonly day: Day;
  readonly overdue: number;
  readonly due: number;
}): MessageDraft | null {
  if (sum.overdue === 0 && sum.due === 0) return null;
  return {
    event: 'duties',
    subjectId: GROUP,
    cause: `duties:${sum.day}`,
    template: 'group-duties',
    parameters: { overdue: String(sum.overdue), due: String(sum.due) },
    notBefore: null,
    expiresAt: endOfDay(sum.day),
    needsConsent: false,
  };
}

/** Something is to be decided about the reader, who may speak first. */
export function heardUntil(asked: { readonly subjectId: string; readonly hearBy: Day }): MessageDraft {
  return {
    event: 'hearing.asked',
    subjectId: asked.subjectId,
    cause: `hearing.asked:${asked.subjectId}`,
    template: 'please-be-heard',
    parameters: { day: dayInText(asked.hearBy) },
    notBefore: null,
    expiresAt: endOfDay(asked.hearBy),
    needsConsent: false,
  };
}

/** It was decided, and may be appealed against. */
export const resultKnown = (known: Known): MessageDraft => decided(known, 'result-known');
/** It is over, and there is nothing left to be said against it. */
export const matterOver = (known: Known): MessageDraft => decided(known, 'matter-over');

/** `what`: which decision about the subject, so that each is told of once. */
type Known = { readonly subjectId: string; readonly what: string };

function decided(known: Known, template: TemplateId): MessageDraft {
  return {
    event: 'result.known',
    subjectId: known.subjectId,
    cause: `result.known:${known.subjectId}:${known.what}`,
    template,
    parameters: {},
    notBefore: null,
    expiresAt: null,
    needsConsent: false,
  };
}

/** The recipient that is no person. */
export const GROUP = 'GROUP';

const MOST_COUNTED = 9999;
const countInText = (count: number): string => String(Math.min(count, MOST_COUNTED));

function dayInText(of: Day): string {
  return `${monthOf(of)}月${dateOf(of)}日`;
}

function momentWords(at: Date): string {
  return `${dayInText(dayOf(at))}${timeOf(at)}`;
}

/** 1000.00, without commas: as domain.md 4 has it. */
function yuanInText(amount: Fen): string {
  return `${Math.floor(amount / 100)}.${String(amount % 100).padStart(2, '0')}`;
}
