import type { TrailRow } from '../audit/index.js';
import type { RoundSummary } from '../board/index.js';
import type { Duty } from '../duties/index.js';
import type { Role } from '../kernel/actor.js';
import type { NoticeLine } from '../notices/index.js';
import type { PaymentOrder, RecoveryFacts } from '../payments/index.js';
import type { LookLine, PayeeAccountSummary, PersonSummary } from '../people/index.js';
import type { LinkView } from '../platform/web/views.js';
import type { Targets } from './case-acts.js';
import type { CaseSidelight } from './case-sidelights.js';
import type { CaseFacts, PaperFact, PhotoFact, VisitFact } from './cases.queries.js';
import type { Duplicate } from './domain/duplicates.js';
import type { HandoverFact } from './handovers.queries.js';
import type { LetterLine } from './letters.queries.js';
import type { MatchFact } from './matches.queries.js';

/** As whoever audits sees it: the course of the case, and none of the words that are kept sealed with it. */
export function withoutWords(facts: CasePageFacts): CasePageFacts {
  const silent = (handover: HandoverFact | null) => handover && { ...handover, note: null, answerNote: null };
  return {
    ...facts,
    papers: facts.papers.map((paper) => ({ ...paper, waiver: null })),
    handover: silent(facts.handover),
    cameFrom: silent(facts.cameFrom),
  };
}

/** What the page of a case is made of, gathered from every stop of its road. */
export type CasePageFacts = {
  readonly row: CaseFacts;
  readonly now: Date;
  readonly roles: readonly Role[];
  readonly applicant: PersonSummary;
  readonly registrar: PersonSummary | null;
  readonly account: PayeeAccountSummary | null;
  readonly story: string | null;
  /** What is sealed, masked; none for whoever may not look at the whole of it. */
  readonly looks: readonly LookLine[];
  readonly visits: readonly (VisitFact & { readonly name: string })[];
  readonly papers: readonly PaperFact[];
  readonly photos: readonly PhotoFact[];
  readonly duplicates: readonly Duplicate[];
  /** In other societies of the federation, without anything that names anybody. */
  readonly matches: readonly MatchFact[];
  /** Said of it by whoever watches over the society. */
  readonly sidelights: readonly CaseSidelight[];
  readonly duties: readonly Duty[];
  readonly targets: Targets;
  readonly rounds: readonly RoundSummary[];
  /** To the page of the fast path, for whoever may see it. */
  readonly fastPath: LinkView | null;
  readonly order: PaymentOrder | null;
  /** The newest first, drafts that were taken back too. */
  readonly notices: readonly NoticeLine[];
  /** None for whoever may not read them. */
  readonly letters: readonly LetterLine[];
  readonly recovery: RecoveryFacts | null;
  /** Who gets the money, where it is not the applicant. */
  readonly payee: PersonSummary | null;
  /** To whom the case was handed over. */
  readonly handover: HandoverFact | null;
  /** Of a case of the town: what a village handed up. */
  readonly cameFrom: HandoverFact | null;
  readonly trail: readonly (TrailRow & { readonly who: string | null })[];
};
