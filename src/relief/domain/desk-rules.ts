import type { Fen } from '../../kernel/fen.js';
import { RELIEF_PAPER_WORDS } from '../../funds/domain/rule.js';
import type { ReliefPaper, Rule } from '../../funds/domain/rule.js';
import { LEAST_ASSESSORS } from './relief-procedure.js';
import {
  AssessorTied,
  ReliefPapersMissing,
  ReviewerHandled,
  ReviewerTwice,
  TooFewAssessors,
} from './relief.errors.js';

/** Every paper that the rule wants is there; more may be. */
export function checkPapers({ papers }: Pick<Rule, 'papers'>, brought: ReadonlySet<ReliefPaper>): void {
  const missing = papers.filter((paper) => !brought.has(paper));
  if (missing.length > 0) throw new ReliefPapersMissing(missing.map((paper) => RELIEF_PAPER_WORDS[paper]));
}

/** 0 to 100 from one assessor. */
export type Score = { readonly personId: string; readonly score: number };

export function checkScores(scores: readonly Score[], tied: ReadonlySet<string>): void {
  const different = new Set(scores.map(({ personId }) => personId)).size;
  if (different < LEAST_ASSESSORS || different !== scores.length)
    throw new TooFewAssessors(LEAST_ASSESSORS, different);
  if (scores.some(({ personId }) => tied.has(personId))) throw new AssessorTied();
}

/** The mean, as the page shows it: 86.3. */
export function meanScore(scores: readonly Pick<Score, 'score'>[]): string {
  const sum = scores.reduce((total, { score }) => total + score, 0);
  return (Math.round((sum * 10) / scores.length) / 10).toFixed(1);
}

/** Maker is not checker, and two are two people. */
export function checkReviewer(
  reviewerId: string | null,
  handledBy: readonly (string | null)[],
  reviewedBy: readonly string[],
): void {
  if (reviewerId === null || handledBy.includes(reviewerId)) throw new ReviewerHandled();
  if (reviewedBy.includes(reviewerId)) throw new ReviewerTwice();
}

/** How many have to say yes to a grant of this amount. */
export function reviewsNeeded(
  { secondReviewFromFen }: Pick<Rule, 'secondReviewFromFen'>,
  grantFen: Fen,
): 1 | 2 {
  return grantFen >= secondReviewFromFen ? 2 : 1;
}
