import type { Director, Recusal } from '../../board/domain/electorate.js';
import type { TieReason } from '../../people/domain/ties.js';
import { recusalsOf } from '../../cases/domain/recusals.js';
import { tiesWords } from '../../cases/domain/visitors.js';
import { ReliefTied } from './relief.errors.js';

/** Somebody of the federation whom its register ties to the applicant. */
export type ReliefTie = { readonly personId: string; readonly reasons: readonly TieReason[] };

/** The applicant, and whoever is tied to the applicant, moves no step of this case (domain.md 2). Null says that one may. */
export function tieRefusal(
  personId: string | null,
  applicantId: string,
  tied: readonly ReliefTie[],
): ReliefTied | null {
  if (personId === null) return null;
  if (personId === applicantId) return new ReliefTied('本人');
  const reasons = tied.find((tie) => tie.personId === personId)?.reasons ?? [];
  return reasons.length > 0 ? new ReliefTied(tiesWords(reasons)) : null;
}

/**
 * Directors who stand aside: whom the register knows of, and whom the secretary adds (domain.md 1.8). Throws for whoever is
 * no director.
 */
export function panelRecusals(
  directors: readonly Director[],
  applicantId: string,
  tied: readonly ReliefTie[],
  declared: readonly Recusal[],
): Recusal[] {
  const ties = new Map(tied.map(({ personId, reasons }) => [personId, reasons]));
  return recusalsOf(directors, applicantId, ties, declared);
}
