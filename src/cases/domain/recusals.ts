import type { DomainError } from '../../kernel/domain-error.js';
import type { Director, Recusal } from '../../board/domain/electorate.js';
import type { TieReason } from '../../people/domain/ties.js';
import { ApplicantCannotAct, KinCannotAct, RecusalOfNoDirector } from './case.errors.js';
import { tiesWords } from './visitors.js';
import type { Ties } from './visitors.js';

export type { Director };

/**
 * Who leaves the electorate before a round opens (domain.md 1.8). The applicant and whoever the register ties to the
 * applicant (declared kin, one household, one phone, card or address) leave whatever anybody ticks; the secretary adds
 * those whom only the village knows of: a creditor, an employer.
 */
export function recusalsOf(
  directors: readonly Director[],
  applicantId: string,
  ties: Ties,
  declared: readonly Recusal[],
): Recusal[] {
  const inOffice = new Set(directors.map((director) => director.personId));
  if (declared.some((recusal) => !inOffice.has(recusal.personId))) throw new RecusalOfNoDirector();

  const told = new Map(declared.map((recusal) => [recusal.personId, recusal.reason]));
  return directors.flatMap(({ personId }) => {
    const known = personId === applicantId ? 'SELF' : ties.get(personId)?.[0];
    const reason = known ?? told.get(personId);
    return reason === undefined ? [] : [{ personId, reason }];
  });
}

/** What nobody does in a case of his own or of his kin. */
export type CaseVetoAct =
  | '发起表决'
  | '签发公示'
  | '打款'
  | '改这个案件'
  | '结束这个案件'
  | '发起撤销'
  | '确认免交'
  | '转办'
  | '同意付款';

/** D4-19: the applicant, and whoever would be recused, moves no step of this case. Null says that he may. */
export function vetoOf(
  act: CaseVetoAct,
  personId: string | null,
  applicantId: string,
  reasons: readonly TieReason[],
): DomainError | null {
  if (personId === null) return null;
  if (personId === applicantId) return new ApplicantCannotAct(act);
  return reasons.length > 0 ? new KinCannotAct(act, tiesWords(reasons)) : null;
}

/** A tie to the applicant, as it was known when the round opened. */
export type Tie = { readonly personId: string; readonly reasons: readonly TieReason[] };

/** The same veto, from the ties that were written into the case. */
export function refuseTied(
  act: CaseVetoAct,
  personId: string | null,
  applicantId: string,
  tied: readonly Tie[],
): void {
  const reasons = tied.find((tie) => tie.personId === personId)?.reasons ?? [];
  const refusal = vetoOf(act, personId, applicantId, reasons);
  if (refusal) throw refusal;
}
