import { fen } from '../../kernel/fen.js';
import type { ReliefPaper } from '../../funds/domain/rule.js';
import { checkPapers, checkReviewer, checkScores, meanScore, reviewsNeeded } from './desk-rules.js';
import type { Score } from './desk-rules.js';
import {
  AssessorTied,
  ReliefPapersMissing,
  ReviewerHandled,
  ReviewerTwice,
  TooFewAssessors,
} from './relief.errors.js';

type Refusal = (new (...args: never[]) => Error) | null;

const scores = (...people: string[]): Score[] => people.map((personId) => ({ personId, score: 80 }));

it.each`
  brought                             | missing | because
  ${['ID_CARD', 'INVOICES']}          | ${0}    | ${'both are there'}
  ${['ID_CARD', 'INVOICES', 'DEBTS']} | ${0}    | ${'more may be there'}
  ${['ID_CARD']}                      | ${1}    | ${'one is missing'}
  ${[]}                               | ${2}    | ${'both are'}
`('$because', ({ brought, missing }: { brought: ReliefPaper[]; missing: number }) => {
  const check = () => {
    checkPapers({ papers: ['ID_CARD', 'INVOICES'] }, new Set(brought));
  };
  if (missing === 0) expect(check).not.toThrow();
  else expect(check).toThrow(ReliefPapersMissing);
});

it.each`
  given                         | tied     | refusal            | because
  ${scores('a', 'b', 'c')}      | ${[]}    | ${null}            | ${'three'}
  ${scores('a', 'b', 'c', 'd')} | ${[]}    | ${null}            | ${'more'}
  ${scores('a', 'b')}           | ${[]}    | ${TooFewAssessors} | ${'two'}
  ${scores('a', 'b', 'b')}      | ${[]}    | ${TooFewAssessors} | ${'two, one of them twice'}
  ${scores('a', 'b', 'c', 'c')} | ${[]}    | ${TooFewAssessors} | ${'nobody gives points twice'}
  ${scores('a', 'b', 'c')}      | ${['c']} | ${AssessorTied}    | ${'one is tied'}
  ${scores('a', 'b', 'c')}      | ${['z']} | ${null}            | ${'the tied one is not among them'}
`('$because', ({ given, tied, refusal }: { given: Score[]; tied: string[]; refusal: Refusal }) => {
  const check = () => {
    checkScores(given, new Set(tied));
  };
  if (refusal) expect(check).toThrow(refusal);
  else expect(check).not.toThrow();
});

it.each`
  points              | mean
  ${[80, 81, 82]}     | ${'81.0'}
  ${[80, 80, 81]}     | ${'80.3'}
  ${[80, 81, 81]}     | ${'80.7'}
  ${[0, 0, 0]}        | ${'0.0'}
  ${[100, 100, 100]}  | ${'100.0'}
  ${[86, 86, 87, 86]} | ${'86.3'}
`('the mean of $points is $mean', ({ points, mean }: { points: number[]; mean: string }) => {
  expect(meanScore(points.map((score) => ({ score })))).toBe(mean);
});

it.each`
  reviewer | handled       | reviewed | refusal            | because
  ${'r'}   | ${['a', 'b']} | ${[]}    | ${null}            | ${'new to the file'}
  ${'r'}   | ${['a', 'b']} | ${['s']} | ${null}            | ${'the second of two'}
  ${'a'}   | ${['a', 'b']} | ${[]}    | ${ReviewerHandled} | ${'had it in hands'}
  ${'r'}   | ${['a']}      | ${['r']} | ${ReviewerTwice}   | ${'two are two people'}
  ${null}  | ${[]}         | ${[]}    | ${ReviewerHandled} | ${'a program reviews nothing'}
`(
  '$reviewer reviews: $because',
  ({
    reviewer,
    handled,
    reviewed,
    refusal,
  }: {
    reviewer: string | null;
    handled: string[];
    reviewed: string[];
    refusal: Refusal;
  }) => {
    const check = () => {
      checkReviewer(reviewer, handled, reviewed);
    };
    if (refusal) expect(check).toThrow(refusal);
    else expect(check).not.toThrow();
  },
);

it.each`
  grant         | needed
  ${0}          | ${1}
  ${9_999_999}  | ${1}
  ${10_000_000} | ${2}
  ${50_000_000} | ${2}
`('$grant fen need $needed', ({ grant, needed }: { grant: number; needed: number }) => {
  expect(reviewsNeeded({ secondReviewFromFen: fen(10_000_000) }, fen(grant))).toBe(needed);
});
