import { RELATIONS } from '../../people/domain/kin.js';
import { tieWords } from '../../people/domain/ties.js';
import type { TieReason } from '../../people/domain/ties.js';
import { AlreadyRecused, NotADirectorHere } from './board.errors.js';

/** Fewer than this many left after recusal are no board: the town union decides instead (domain.md 1.8, D4-16). */
export const LEAST_ELECTORS = 3;

/**
 * Why a director stands aside (domain.md 1.8). What the register knows of two people, in its own words, and what only
 * the director knows: OTHER.
 */
export type RecusalReason = TieReason | 'OTHER';

/** What a director may declare: the list of the charter, and the household, which the register may not know yet. */
export const DECLARED_REASONS: readonly RecusalReason[] = ['SELF', ...RELATIONS, 'HOUSEHOLD', 'OTHER'];

export function reasonWords(reason: RecusalReason): string {
  return reason === 'OTHER' ? '其他可能影响公正的关系' : tieWords(reason);
}

/** A director in office when the round opened. Who joins or leaves the board later changes nothing here (D4-18). */
export type Director = { readonly personId: string; readonly name: string };
export type Recusal = { readonly personId: string; readonly reason: RecusalReason };

/** The directors of the snapshot that may vote: all of them but the recused. */
export function electorsOf<Row extends { readonly personId: string }>(
  directors: readonly Row[],
  recusals: readonly { readonly personId: string }[],
): Row[] {
  const recused = new Set(recusals.map(({ personId }) => personId));
  return directors.filter(({ personId }) => !recused.has(personId));
}

/** The electorate with which a round opens. It may be too few for a board: then the round ends as it opens. */
export function electorateOf(
  directors: readonly Director[],
  recusals: readonly { readonly personId: string }[],
): Director[] {
  if (new Set(directors.map(({ personId }) => personId)).size !== directors.length)
    throw new Error('A director stands twice in the snapshot');
  for (const [i, { personId }] of recusals.entries()) {
    if (!directors.some((director) => director.personId === personId)) throw new NotADirectorHere();
    if (recusals.findIndex((each) => each.personId === personId) !== i) throw new AlreadyRecused();
  }
  return electorsOf(directors, recusals);
}
