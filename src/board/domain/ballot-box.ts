import type { Choice } from './board-vote.js';
import {
  AlreadyRecused,
  BallotAfterRecusal,
  NotADirectorHere,
  NothingToTakeBack,
  OwnBallotStands,
} from './board.errors.js';
import type { RecusalReason } from './electorate.js';

/**
 * How a ballot was given: a HAND in the room, told to the office by PHONE, by the director's OWN act (a one-time link, or
 * an account), or by signing the minutes of a joint MEETING (一事一议).
 */
export const WAYS = ['HAND', 'PHONE', 'OWN', 'MEETING'] as const;
export type Way = (typeof WAYS)[number];

/** What one director said once: a ballot, a recusal, or that what the office had written down was a mistake. */
export type Stance = {
  readonly personId: string;
  /** 1, 2, … for one director in one round: the last one counts, the earlier ones stay on record. */
  readonly sequence: number;
  readonly kind: 'BALLOT' | 'RECUSAL' | 'RETRACTED';
  readonly choice: Choice | null;
  readonly reason: RecusalReason | null;
  /** A recusal is known at the OPENING, or DECLARED later. */
  readonly how: Way | 'OPENING' | 'DECLARED';
};

/** The stance of each director that counts. */
export function latestOf<Row extends Pick<Stance, 'personId' | 'sequence'>>(said: readonly Row[]): Row[] {
  const latest = new Map<string, Row>();
  for (const row of said) {
    const known = latest.get(row.personId);
    if (!known || row.sequence > known.sequence) latest.set(row.personId, row);
  }
  return [...latest.values()];
}

/** pages.md 8.3: what was told by phone counts, and waits for the director's own word. */
export function isUnconfirmed({ kind, how }: Pick<Stance, 'kind' | 'how'>): boolean {
  return kind === 'BALLOT' && how === 'PHONE';
}

/** A director whom the office can no longer write down: what somebody gave himself stands, and so does a recusal. */
export function speaksForHimself({ kind, how }: Pick<Stance, 'kind' | 'how'>): boolean {
  return kind === 'RECUSAL' || (kind === 'BALLOT' && how === 'OWN');
}

type Box = {
  readonly directors: readonly { readonly personId: string }[];
  readonly said: readonly Stance[];
};

const stanceIn = ({ said }: Box, directorId: string): Stance | undefined =>
  latestOf(said).find(({ personId }) => personId === directorId);

/** A ballot may be changed until the close, by whoever gave it, or by the office where the office wrote it down. */
export function checkBallot(box: Box, directorId: string, how: Way): void {
  if (!box.directors.some(({ personId }) => personId === directorId)) throw new NotADirectorHere();
  const standing = stanceIn(box, directorId);
  if (standing?.kind === 'RECUSAL') throw new BallotAfterRecusal();
  if (standing?.kind === 'BALLOT' && standing.how === 'OWN' && how !== 'OWN') throw new OwnBallotStands();
}

/** Only what the office was told by phone; a hand is put right with its sheet. */
export function checkRetraction(box: Box, directorId: string): void {
  checkBallot(box, directorId, 'PHONE');
  const standing = stanceIn(box, directorId);
  if (standing?.kind !== 'BALLOT' || standing.how !== 'PHONE') throw new NothingToTakeBack();
}

/** Whoever is tied stands aside, with a ballot or without: a ballot that was given then counts no more. */
export function checkRecusal(box: Box, directorId: string): void {
  if (!box.directors.some(({ personId }) => personId === directorId)) throw new NotADirectorHere();
  if (stanceIn(box, directorId)?.kind === 'RECUSAL') throw new AlreadyRecused();
}

/** A sheet is the whole truth about who was in the room: hands of an earlier sheet that it does not hold were a mistake. */
export function retractedBy(said: readonly Stance[], present: readonly string[]): Stance[] {
  return latestOf(said).filter(
    ({ personId, kind, how }) =>
      kind === 'BALLOT' && (how === 'HAND' || how === 'MEETING') && !present.includes(personId),
  );
}

/** What no sequence of lawful acts leaves behind, in words for the reconciler. */
export function orderFaultsOf(said: readonly Stance[]): string[] {
  const faults = new Set<string>();
  for (const { personId } of latestOf(said)) {
    const own = said.filter((stance) => stance.personId === personId).sort((a, b) => a.sequence - b.sequence);
    for (const [i, stance] of own.entries()) {
      const before = own[i - 1];
      if (stance.sequence !== i + 1) faults.add('一位理事的票序号不连续');
      if (before?.kind === 'RECUSAL') faults.add('有理事回避以后又记了票');
      if (
        before?.kind === 'BALLOT' &&
        before.how === 'OWN' &&
        stance.kind !== 'RECUSAL' &&
        stance.how !== 'OWN'
      )
        faults.add('理事本人投的票被代录的票改了');
    }
  }
  return [...faults];
}
