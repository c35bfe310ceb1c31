import { dayWords } from '../../kernel/chinese/words.js';
import type { Role } from '../../kernel/actor.js';
import { addDays, dateOf, day, monthOf, yearOf } from '../../kernel/day.js';
import type { Day } from '../../kernel/day.js';
import type { PledgeKind } from '../../people/domain/pledge.js';
import {
  AppealDayUnfit,
  BreachNeedsOtherSide,
  BreachNeedsSecondPerson,
  BreachOfOneself,
  BreachOver,
  HadPart,
  HearingTimeRuns,
  NotHeardYet,
  NotYoursToPropose,
  SilenceBeforeTold,
  SilenceByProposer,
} from './breach.errors.js';

/** How long the person may take to say something, before anything can be confirmed without them [P]. */
export const HEARING_WORKING_DAYS = 5;
/** How long the second person may take once the person was heard [P]. */
export const CONFIRM_WORKING_DAYS = 5;
/** Within which an appeal is answered [P]. */
export const APPEAL_WORKING_DAYS = 10;
/** No flag stands longer [P]. */
export const MOST_MONTHS = 24;
/** What the page offers; a program may ask for any number up to the most. */
export const USUAL_MONTHS = [6, 12, 24] as const;

/** Whose promise was broken: the applicant's or the officer's (seed row 40). */
export const BREACH_KIND_WORDS: Readonly<Record<PledgeKind, string>> = {
  APPLICANT: '求助时的承诺',
  OFFICER: '任职的诚信自律承诺',
};

/** For whoever takes in or judges what such a person asks for; what follows from it, each of them says for itself. */
export function standingWords({
  kind,
  untilOn,
  appealed,
}: {
  readonly kind: PledgeKind;
  readonly untilOn: Day;
  readonly appealed: boolean;
}): string {
  const appeal = appealed ? '，本人正在申诉' : '';
  return `这个人有一条失信标记：违反${BREACH_KIND_WORDS[kind]}，到${dayWords(untilOn)}为止${appeal}。`;
}

/** What shows it: a grant taken back because what was said was untrue, or the pledge of a term of office. */
export const GROUND_KINDS = ['REVOCATION', 'PLEDGE'] as const;
export type GroundKind = (typeof GROUND_KINDS)[number];

export const BREACH_STATES = ['HEARING', 'STANDS', 'DROPPED', 'LIFTED', 'OVERTURNED'] as const;
/** That it has run out is derived from its last day, and stored nowhere. */
export type BreachState = (typeof BREACH_STATES)[number];

export const BREACH_MOVES: Readonly<Record<BreachState, readonly BreachState[]>> = {
  HEARING: ['STANDS', 'DROPPED'],
  STANDS: ['LIFTED', 'OVERTURNED'],
  DROPPED: [],
  LIFTED: [],
  OVERTURNED: [],
};

const STATE_WORDS: Readonly<Record<Exclude<BreachState, 'HEARING' | 'STANDS'>, string>> = {
  DROPPED: '没有记入',
  LIFTED: '已提前解除',
  OVERTURNED: '申诉成立，已撤销',
};

type Standing = { readonly state: BreachState; readonly untilOn: Day | null };

/** Whether it has an effect on that day; its last day is one. */
export const isStanding = ({ state, untilOn }: Standing, today: Day): boolean =>
  state === 'STANDS' && untilOn !== null && untilOn >= today;

/** How it is with a flag on that day, in the words of a page. */
export function breachWords(
  flag: Standing & { readonly heard: boolean; readonly appealed: boolean },
  today: Day,
): string {
  if (flag.state === 'HEARING') return flag.heard ? '听过说明，等另一个人确认' : '等本人说明';
  if (flag.state !== 'STANDS') return STATE_WORDS[flag.state];
  if (!isStanding(flag, today)) return '已到期';
  return flag.appealed ? '有效，正在申诉' : '有效';
}

/** The last day of a flag that is confirmed `on` a day; the last of the month where the day is missing in it. */
export function lastDayOfBreach(on: Day, months: number): Day {
  const count = yearOf(on) * 12 + monthOf(on) - 1 + months;
  const [year, month] = [Math.floor(count / 12), (count % 12) + 1];
  const date = Math.min(dateOf(on), new Date(Date.UTC(year, month, 0)).getUTCDate());
  return day(`${year}-${String(month).padStart(2, '0')}-${String(date).padStart(2, '0')}`);
}

export const HEARD_WAYS = ['IN_PERSON', 'PHONE', 'WRITTEN', 'PROXY', 'SILENT'] as const;
/** How the person was heard. `SILENT`: was asked, and said nothing in time. */
export type HeardWay = (typeof HEARD_WAYS)[number];

export const HEARD_WORDS: Readonly<Record<HeardWay, string>> = {
  IN_PERSON: '本人当面说的',
  PHONE: '本人在电话里说的',
  WRITTEN: '本人交了书面说明',
  PROXY: '监护人或者替本人办事的人说的',
  SILENT: '通知了，到期没有说明',
};

/** How somebody was told where no text went out. */
export const TOLD_BY_HAND = ['IN_PERSON', 'PHONE', 'PAPER'] as const;
export type ToldByHand = (typeof TOLD_BY_HAND)[number];
/** How the person was told that there is something to say: a text that went out, else what an officer did. */
export type ToldWay = 'TEXT' | ToldByHand;
export type Told = { readonly toldHow: ToldWay; readonly toldOn: Day };

export const TOLD_WORDS: Readonly<Record<ToldWay, string>> = {
  TEXT: '发了短信',
  IN_PERSON: '当面告诉的',
  PHONE: '打电话告诉的',
  PAPER: '送了书面通知',
};

export const SIDES = ['CHAIR', 'SUPERVISOR', 'OFFICE'] as const;
/** For whom somebody speaks: the deputy stands in for the chair. */
export type Side = (typeof SIDES)[number];

export function sideOf(roles: readonly Role[]): Side | null {
  if (roles.includes('supervisor')) return 'SUPERVISOR';
  if (roles.includes('chair') || roles.includes('deputy')) return 'CHAIR';
  return roles.includes('secretary') ? 'OFFICE' : null;
}

/** Whoever leads or watches may flag an officer; an applicant the secretary-general too. */
export function proposingSide(kind: PledgeKind, roles: readonly Role[]): Side {
  const side = sideOf(roles);
  if (side === null || (kind === 'OFFICER' && side === 'OFFICE')) throw new NotYoursToPropose();
  return side;
}

export type Hands = { readonly personId: string | null; readonly accountId: string | null };

type Proposed = {
  readonly kind: PledgeKind;
  readonly personId: string;
  readonly proposedAs: Side;
  readonly proposedBy: string | null;
  readonly proposedByAccount: string | null;
};
type Confirming = Hands & { readonly roles: readonly Role[] };

/** Nobody proposes, confirms or lifts what is about himself. */
export function refuseOwn({ personId }: { readonly personId: string }, by: Hands): void {
  if (by.personId === personId) throw new BreachOfOneself();
}

/**
 * Two people flag somebody: who proposes does not confirm, under whichever account. An officer is flagged by the chair and
 * the supervisor together; `flagsSupervisor`: where it is about the supervisor, by chair and deputy.
 */
export function refuseConfirming(flag: Proposed, by: Confirming, flagsSupervisor: boolean): void {
  refuseOwn(flag, by);
  if (hasProposed(flag, by)) throw new BreachNeedsSecondPerson();
  const side = sideOf(by.roles);
  if (side === null || side === 'OFFICE') throw new BreachNeedsSecondPerson();
  if (flag.kind === 'OFFICER' && side === flag.proposedAs && !flagsSupervisor)
    throw new BreachNeedsOtherSide();
}

/** On whose home page it stands that a second person is waited for; never of whom it is about, nor of whoever proposed it. */
export function confirmingRole(
  { proposedAs }: Pick<Proposed, 'proposedAs'>,
  flaggedRoles: readonly Role[],
  proposerRoles: readonly Role[],
): Role {
  const [first, ...others]: [Role, ...Role[]] =
    proposedAs === 'CHAIR' ? ['supervisor', 'deputy', 'chair'] : ['chair', 'deputy', 'supervisor'];
  const isFree = (role: Role) => !flaggedRoles.includes(role) && !proposerRoles.includes(role);
  return [first, ...others].find(isFree) ?? first;
}

/** Whoever proposed it may take it back; a no of anybody else is a second person's. */
export const hasProposed = (
  { proposedBy, proposedByAccount }: Pick<Proposed, 'proposedBy' | 'proposedByAccount'>,
  by: Hands,
): boolean => isSame(by, { personId: proposedBy, accountId: proposedByAccount });

/** The person is heard first; who says nothing has had the whole time to. */
export function refuseUnheard({ heardAt }: { readonly heardAt: Date | null }): void {
  if (heardAt === null) throw new NotHeardYet(HEARING_WORKING_DAYS);
}

/** That nothing was said is written down by somebody else than whoever accuses. */
export function refuseSilenceBy(flag: Pick<Proposed, 'proposedBy' | 'proposedByAccount'>, by: Hands): void {
  if (hasProposed(flag, by)) throw new SilenceByProposer();
}

/** Silence counts only of somebody who was told: not on a day to come, and not before it was proposed. */
export function checkTold(told: Told | null, proposedOn: Day, today: Day): Told {
  if (told === null || told.toldOn < proposedOn || told.toldOn > today) throw new SilenceBeforeTold();
  return told;
}

/** `hearBy`: the last day of the time that runs from the day on which the person was told. */
export function refuseEarlySilence(hearBy: Day, today: Day): void {
  if (today <= hearBy) throw new HearingTimeRuns(hearBy);
}

export function refuseOver(flag: Standing, today: Day): void {
  if (!isStanding(flag, today)) throw new BreachOver();
}

export const APPEAL_STATES = ['WAITING', 'UPHELD', 'REJECTED'] as const;
export type AppealState = (typeof APPEAL_STATES)[number];
export type AppealOutcome = Exclude<AppealState, 'WAITING'>;

export const APPEAL_WORDS: Readonly<Record<AppealState, string>> = {
  WAITING: '等答复',
  UPHELD: '成立，标记已撤销',
  REJECTED: '不成立，标记不变',
};

export const APPEAL_WAYS = ['IN_PERSON', 'PHONE', 'WRITTEN', 'PROXY'] as const;
export type AppealWay = (typeof APPEAL_WAYS)[number];

export const APPEAL_WAY_WORDS: Readonly<Record<AppealWay, string>> = {
  IN_PERSON: '本人当面提的',
  PHONE: '本人打电话提的',
  WRITTEN: '本人交了书面申诉',
  PROXY: '监护人或者替本人办事的人提的',
};

/** It is made after the flag was confirmed, and not tomorrow. */
export function checkAppealDay(madeOn: Day, confirmedOn: Day, today: Day): void {
  if (madeOn > today || madeOn < confirmedOn) throw new AppealDayUnfit();
}

type Handled = {
  readonly personId: string;
  readonly proposedBy: string | null;
  readonly proposedByAccount: string | null;
  readonly heardBy: string | null;
  readonly heardByAccount: string | null;
  readonly confirmedBy: string | null;
  readonly confirmedByAccount: string | null;
};
type Recorded = { readonly recordedBy: string | null; readonly recordedByAccount: string | null };

/** Whoever proposed, heard or confirmed it, took the appeal down, or is flagged by it, decides no appeal against it. */
export function hadPart(flag: Handled, { recordedBy, recordedByAccount }: Recorded, by: Hands): boolean {
  const parts: Hands[] = [
    { personId: flag.proposedBy, accountId: flag.proposedByAccount },
    { personId: flag.heardBy, accountId: flag.heardByAccount },
    { personId: flag.confirmedBy, accountId: flag.confirmedByAccount },
    { personId: recordedBy, accountId: recordedByAccount },
  ];
  return by.personId === flag.personId || parts.some((part) => isSame(by, part));
}

export function refusePart(flag: Handled, appeal: Recorded, by: Hands): void {
  if (hadPart(flag, appeal, by)) throw new HadPart();
}

/** Within which somebody may be flagged by a grant that was taken back [P]: shorter than a flag is kept once it is over. */
const GROUND_DAYS = 365;

/** The last day on which somebody may be flagged by what was decided `on` a day. */
export const lastDayOfGround = (on: Day): Day => addDays(on, GROUND_DAYS);

function isSame(by: Hands, other: Hands): boolean {
  return (
    (by.personId !== null && by.personId === other.personId) ||
    (by.accountId !== null && by.accountId === other.accountId)
  );
}
