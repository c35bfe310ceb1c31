/** The front door of board: what the contexts below it may use. */
import { BallotLink } from './ballot-link.entity.js';
import { RoundDirector } from './round-director.entity.js';
import { RoundMinutes } from './round-minutes.entity.js';
import { RoundStance } from './round-stance.entity.js';
import { Round } from './round.entity.js';
import { RuleMotion } from './motions/rule-motion.entity.js';

export { BallotLinksService } from './ballot-links.service.js';
export type { LinksAsked, MadeLink } from './ballot-links.service.js';
export { BallotsService } from './ballots.service.js';
export type { BallotAsked } from './ballots.service.js';
export { BoardModule } from './board.module.js';
export { boardPermissions } from './board.permissions.js';
export { BoardQueries } from './board.queries.js';
export type { RoundDirectorView, RoundSummary, RoundView, SaidView } from './board.queries.js';
export { BoardSubjects } from './board-subjects.js';
export type { BoardSubject, Decision, SubjectDescription } from './board-subjects.js';
export { BoardVerifier } from './board.verifier.js';
export type { Outcome } from './domain/board-vote.js';
export type { Director, Recusal, RecusalReason } from './domain/electorate.js';
export { reasonWords } from './domain/electorate.js';
export type { RoundState } from './domain/round-state.js';
export { RoundsService } from './rounds.service.js';
export type {
  JointMeeting,
  OpenedRound,
  Opening,
  RecusalAsked,
  ShowOfHands,
  VoidAsked,
} from './rounds.service.js';
export type { RoundAnswer } from './held-rounds.js';
export { CHARTER, CharterMotionService } from './charter/charter-motion.service.js';
export type { CharterProposal } from './charter/charter-motion.service.js';
export { charterPermissions } from './charter/charter.permissions.js';
export { changesBetween, earliestFrom } from './domain/rule-motion.js';
export { NothingChanges, RuleMotionPending, RuleTooSoon } from './domain/rule-motion.errors.js';
export { HouseMotion, issuerOf } from './motions/house-motion.js';
export type { MotionGround } from './motions/house-motion.js';
export { MotionAgain } from './motions/motion-again.js';
export { RuleMotionAnswers } from './motions/rule-motion-answers.js';
export { RuleMotionsQueries } from './motions/rule-motions.queries.js';
export type { RuleMotionFacts } from './motions/rule-motions.queries.js';
export { RuleMotionsService } from './motions/rule-motions.service.js';
export type { RuleAsking } from './motions/rule-motions.service.js';
export { motionsTable } from './motions/rule-motions.views.js';

export const boardEntities = [Round, RoundDirector, BallotLink, RoundStance, RoundMinutes, RuleMotion];
export { boardSealed } from './board.sealed.js';
