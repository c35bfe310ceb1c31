import type { Ballot } from './board-vote.js';
import {
  ChairPresides,
  DirectorTwice,
  HandOfAStranger,
  NoHands,
  OwnBallotStands,
  PresiderAbsent,
  PresiderRecused,
  PresiderWithoutOffice,
  RecusedDirectorVotes,
} from './board.errors.js';

type Electorate = {
  readonly directorIds: readonly string[];
  readonly recusedIds: readonly string[];
  /** Who has voted for himself, by link or account: the sheet leaves them out. */
  readonly ownIds: readonly string[];
};

/** The two offices that may preside, as held on the day of the meeting. A village may have no deputy, or several. */
export type Presidency = { readonly chairs: readonly string[]; readonly deputies: readonly string[] };

/** Each hand belongs to one director of the snapshot who has not stood aside; a director who stayed away has none. */
export function checkHands({ directorIds, recusedIds, ownIds }: Electorate, hands: readonly Ballot[]): void {
  if (hands.length === 0) throw new NoHands();
  const raised = hands.map(({ directorId }) => directorId);
  if (new Set(raised).size !== raised.length) throw new DirectorTwice();
  if (raised.some((id) => !directorIds.includes(id))) throw new HandOfAStranger();
  if (raised.some((id) => recusedIds.includes(id))) throw new RecusedDirectorVotes();
  if (raised.some((id) => ownIds.includes(id))) throw new OwnBallotStands();
}

/**
 * Who presides signs the sheet, and with it approves the payment (domain.md 1.8: chair or deputy; a ballot is no
 * approval). So this person holds the office today, is in the room, and has not stood aside. The deputy presides only
 * where the chair stands aside or stays away (D4-19). Who voted for himself beforehand may be in the room, or not: the
 * sheet does not say.
 */
export function checkPresider(
  presiderId: string,
  { chairs, deputies }: Presidency,
  { recusedIds, ownIds }: Electorate,
  hands: readonly Ballot[],
): void {
  const isHere = (id: string) => hands.some(({ directorId }) => directorId === id);
  if (!chairs.includes(presiderId) && !deputies.includes(presiderId)) throw new PresiderWithoutOffice();
  if (recusedIds.includes(presiderId)) throw new PresiderRecused();
  if (!isHere(presiderId) && !ownIds.includes(presiderId)) throw new PresiderAbsent();
  if (!chairs.includes(presiderId) && chairs.some(isHere)) throw new ChairPresides();
}
