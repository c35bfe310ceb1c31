import type { Ballot } from './board-vote.js';
import {
  ChairPresides,
  DirectorTwice,
  HandOfAStranger,
  NoHands,
  PresiderAbsent,
  PresiderRecused,
  PresiderWithoutOffice,
  RecusedDirectorVotes,
} from './board.errors.js';

type Electorate = { readonly directorIds: readonly string[]; readonly recusedIds: readonly string[] };

/** The two offices that may preside, as held on the day of the meeting. A village may have no deputy, or several. */
export type Presidency = { readonly chairs: readonly string[]; readonly deputies: readonly string[] };

/** Each hand belongs to one director of the snapshot who has not stood aside; a director who stayed away has none. */
export function checkHands({ directorIds, recusedIds }: Electorate, hands: readonly Ballot[]): void {
  if (hands.length === 0) throw new NoHands();
  const raised = hands.map(({ directorId }) => directorId);
  if (new Set(raised).size !== raised.length) throw new DirectorTwice();
  if (raised.some((id) => !directorIds.includes(id))) throw new HandOfAStranger();
  if (raised.some((id) => recusedIds.includes(id))) throw new RecusedDirectorVotes();
}

/**
 * Who presides signs the sheet, and with it approves the payment (domain.md 1.8: chair or deputy; a ballot is no
 * approval). So this person holds the office today, is in the room, and has not stood aside. The deputy presides only
 * where the chair stands aside or stays away (D4-19).
 */
export function checkPresider(
  presiderId: string,
  { chairs, deputies }: Presidency,
  { recusedIds }: Electorate,
  hands: readonly Ballot[],
): void {
  const isHere = (id: string) => hands.some(({ directorId }) => directorId === id);
  if (!chairs.includes(presiderId) && !deputies.includes(presiderId)) throw new PresiderWithoutOffice();
  if (recusedIds.includes(presiderId)) throw new PresiderRecused();
  if (!isHere(presiderId)) throw new PresiderAbsent();
  if (!chairs.includes(presiderId) && chairs.some(isHere)) throw new ChairPresides();
}
