/** The front door of board: what the contexts below it may use. */
import { RoundDirector } from './round-director.entity.js';
import { RoundMinutes } from './round-minutes.entity.js';
import { RoundStance } from './round-stance.entity.js';
import { Round } from './round.entity.js';

export { BoardModule } from './board.module.js';
export { boardPermissions } from './board.permissions.js';
export { BoardQueries } from './board.queries.js';
export type { RoundDirectorView, RoundSummary, RoundView } from './board.queries.js';
export { BoardSubjects } from './board-subjects.js';
export type { BoardSubject, Decision, SubjectDescription } from './board-subjects.js';
export { BoardVerifier } from './board.verifier.js';
export type { Outcome } from './domain/board-vote.js';
export type { Director, Recusal, RecusalReason } from './domain/electorate.js';
export { reasonWords } from './domain/electorate.js';
export type { RoundState } from './domain/round-state.js';
export { RoundsService } from './rounds.service.js';
export type { OpenedRound, Opening, RoundAnswer, ShowOfHands } from './rounds.service.js';

export const boardEntities = [Round, RoundDirector, RoundStance, RoundMinutes];
