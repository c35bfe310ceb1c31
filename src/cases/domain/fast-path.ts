import type { Day } from '../../kernel/day.js';
import type { DomainError } from '../../kernel/domain-error.js';
import type { Fen } from '../../kernel/fen.js';
import type { Office } from '../../offices/domain/office.js';
import { stepOf } from './emergency-procedure.js';
import type { Owed } from './emergency-procedure.js';
import {
  FastPathSuspended,
  FastPathWasStopped,
  FlaggedApplicant,
  FlaggedSigner,
  NoUntiedTrio,
  OnlySecretaryOpens,
  OverFastPathLimit,
  PapersOverdue,
  RatificationOverdue,
} from './fast-path.errors.js';

/** What cannot wait for the board (domain.md 2.1): a closed list, since a free word would make every need urgent. */
export const RISKS = ['LIFE', 'SHELTER'] as const;
export type Risk = (typeof RISKS)[number];

export const RISK_WORDS: Readonly<Record<Risk, string>> = { LIFE: '危及生命', SHELTER: '没有住处' };

/** From OPEN to one of the four next; from APPROVED to one of the last two, or to CANCELLED with its case. */
export type FastPathState =
  'OPEN' | 'APPROVED' | 'STOPPED' | 'EXPIRED' | 'CANCELLED' | 'RATIFIED' | 'NOT_RATIFIED';

export const FAST_PATH_WORDS: Readonly<Record<FastPathState, string>> = {
  OPEN: '等三人签',
  APPROVED: '三人都签了，等理事追认',
  STOPPED: '有人不同意，已停下',
  EXPIRED: '没有按时签完，已停下',
  CANCELLED: '已作废',
  RATIFIED: '理事会已追认',
  NOT_RATIFIED: '理事会没有追认，等镇联合社复核',
};

/** The chair and the secretary-general approve. The supervisor countersigns and may stop it, and approves nothing. */
export const SEATS = ['chair', 'secretary', 'supervisor'] as const;
export type Seat = (typeof SEATS)[number];
export type Answer = 'yes' | 'no';

export const SEAT_WORDS: Readonly<Record<Seat, string>> = {
  chair: '理事长',
  secretary: '秘书长',
  supervisor: '监事',
};

export const ANSWER_WORDS: Readonly<Record<Seat, Readonly<Record<Answer, string>>>> = {
  chair: { yes: '同意', no: '不同意' },
  secretary: { yes: '同意', no: '不同意' },
  supervisor: { yes: '会签', no: '叫停' },
};

/** Who must sign, and as what: the deputy where the chair cannot. */
export type Trio = {
  readonly chairId: string;
  readonly chairOffice: 'CHAIR' | 'DEPUTY';
  readonly secretaryId: string;
  readonly supervisorId: string;
};

export function seatOf(trio: Trio, personId: string | null): Seat | null {
  return SEATS.find((seat) => trio[`${seat}Id`] === personId) ?? null;
}

/** What each of the three has said so far, and when. */
export type Signatures = {
  readonly chairSaid: Answer | null;
  readonly chairAt: Date | null;
  readonly secretarySaid: Answer | null;
  readonly secretaryAt: Date | null;
  readonly supervisorSaid: Answer | null;
  readonly supervisorAt: Date | null;
};

export function signedBy(before: Signatures, seat: Seat, answer: Answer, at: Date): Signatures {
  return { ...before, [`${seat}Said`]: answer, [`${seat}At`]: at };
}

export function answersIn(signatures: Signatures): readonly (Answer | null)[] {
  return SEATS.map((seat) => signatures[`${seat}Said`]);
}

/** One no of any of the three stops it (D4-74); three yes approve. */
export function stateAfter(signatures: Signatures): 'OPEN' | 'APPROVED' | 'STOPPED' {
  const answers = answersIn(signatures);
  if (answers.includes('no')) return 'STOPPED';
  return answers.every((answer) => answer === 'yes') ? 'APPROVED' : 'OPEN';
}

/** The figures of the procedure's table. */
export const SIGN_HOURS = figureOf('openFastPath', 'VERIFIED', 'SIGN_FAST');
export const RATIFY_WORKING_DAYS = figureOf('approveFast', 'SIGNING', 'RATIFY');

function figureOf(
  act: 'openFastPath' | 'approveFast',
  from: 'VERIFIED' | 'SIGNING',
  wanted: Owed['duty'],
): number {
  const count = stepOf(act, from)?.owes.find(({ duty }) => duty === wanted)?.count;
  if (typeof count !== 'number') throw new Error(`The procedure names no time for ${wanted}`);
  return count;
}

export type OfficeHolder = { readonly personId: string; readonly offices: readonly Office[] };

/**
 * Three different people, none of them the applicant, the payee or tied to the applicant. D4-19: the deputy stands in
 * for a chair who is; for the secretary-general and the supervisor nobody does.
 */
export function trioOf(
  holders: readonly OfficeHolder[],
  openerId: string,
  isBound: (personId: string) => boolean,
): Trio | { readonly missing: Seat } {
  const of = (office: Office) =>
    holders.find(
      ({ personId, offices }) => personId !== openerId && offices.includes(office) && !isBound(personId),
    );
  if (isBound(openerId)) return { missing: 'secretary' };
  const chair = of('CHAIR');
  const head = chair ?? of('DEPUTY');
  if (!head) return { missing: 'chair' };
  const supervisor = of('SUPERVISOR');
  if (!supervisor) return { missing: 'supervisor' };
  return {
    chairId: head.personId,
    chairOffice: chair ? 'CHAIR' : 'DEPUTY',
    secretaryId: openerId,
    supervisorId: supervisor.personId,
  };
}

/** All that speaks for or against the fast path, as it is now. */
export type FastPathGrounds = {
  readonly amountFen: Fen;
  readonly limitFen: Fen;
  /** Whoever opens it holds the office of the secretary-general. */
  readonly opensAsSecretary: boolean;
  readonly wasStopped: boolean;
  readonly trio: Trio | { readonly missing: Seat };
  /** Whose fast path was not ratified, and no town union has let them on since. */
  readonly suspended: readonly string[];
  /** Numbers of the society's cases whose papers are overdue, and of those whose ratification is. */
  readonly papersOverdue: readonly string[];
  readonly ratificationOverdue: readonly string[];
  /** Breach flags that stand, of whoever applies or is paid, and of the three. */
  readonly breaches: readonly Breach[];
};

type Breach = {
  readonly personId: string;
  /** The applicant's or the payee's: else whoever signs. */
  readonly asks: boolean;
  readonly untilOn: Day;
};

/** Why a case may not take the fast path, or null; in the order in which a person would ask. */
export function refusalOfFastPath(grounds: FastPathGrounds): DomainError | null {
  const { amountFen, limitFen, trio, suspended, papersOverdue, ratificationOverdue } = grounds;
  if (!grounds.opensAsSecretary) return new OnlySecretaryOpens();
  if (amountFen > limitFen) return new OverFastPathLimit(limitFen, amountFen);
  if (grounds.wasStopped) return new FastPathWasStopped();
  if (papersOverdue.length > 0) return new PapersOverdue(papersOverdue);
  if (ratificationOverdue.length > 0)
    return new RatificationOverdue(ratificationOverdue, RATIFY_WORKING_DAYS);
  const asking = flaggedApplicant(grounds.breaches);
  if (asking) return asking;
  if ('missing' in trio) return new NoUntiedTrio(SEAT_WORDS[trio.missing], trio.missing === 'chair');
  const stayed = SEATS.find((seat) => suspended.includes(trio[`${seat}Id`]));
  if (stayed) return new FastPathSuspended(seatWords(stayed, trio));
  return flaggedSigner(grounds.breaches, trio);
}

/** What was confirmed between the opening and the last signature holds it up as it would have held up the opening. */
export function refusalOfFlags(breaches: readonly Breach[], trio: Trio): DomainError | null {
  return flaggedApplicant(breaches) ?? flaggedSigner(breaches, trio);
}

function flaggedApplicant(breaches: readonly Breach[]): DomainError | null {
  const asking = breaches.find(({ asks }) => asks);
  return asking ? new FlaggedApplicant(asking.untilOn) : null;
}

function flaggedSigner(breaches: readonly Breach[], trio: Trio): DomainError | null {
  const flagged = SEATS.find((seat) => breaches.some(({ personId }) => personId === trio[`${seat}Id`]));
  return flagged ? new FlaggedSigner(seatWords(flagged, trio)) : null;
}

/** 副理事长 where the deputy stands in. */
export function seatWords(seat: Seat, { chairOffice }: Pick<Trio, 'chairOffice'>): string {
  return seat === 'chair' && chairOffice === 'DEPUTY' ? '副理事长' : SEAT_WORDS[seat];
}

/** Why the town union lets somebody sign fast paths again. */
export const LIFT_REASONS = ['IN_ORDER', 'CORRECTED'] as const;
export type LiftReason = (typeof LIFT_REASONS)[number];

export const LIFT_WORDS: Readonly<Record<LiftReason, string>> = {
  IN_ORDER: '镇联合社复核，没有问题',
  CORRECTED: '镇联合社复核，已经改正',
};
