import { Module } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { DutiesModule, DutyThreads } from '../duties/index.js';
import { NoticesModule, NoticeSubjects } from '../notices/index.js';
import { MessagesModule } from '../messages/index.js';
import { OfficesModule } from '../offices/index.js';
import { PeopleModule } from '../people/index.js';
import { SocietiesModule } from '../societies/index.js';
import { BallotLinksService } from './ballot-links.service.js';
import { BallotPages } from './ballot.pages.js';
import { BallotsService } from './ballots.service.js';
import { BoardController } from './board.controller.js';
import { BoardPages } from './board.pages.js';
import { BoardQueries } from './board.queries.js';
import { BoardStore } from './board.store.js';
import { BoardSubjects } from './board-subjects.js';
import { BoardVerifier } from './board.verifier.js';
import { CHARTER, CharterMotionService } from './charter/charter-motion.service.js';
import { CharterController } from './charter/charter.controller.js';
import { CharterPages } from './charter/charter.pages.js';
import { DecidedCharter } from './charter/decided-charter.js';
import { Decisions } from './decisions.js';
import { HeldRounds } from './held-rounds.js';
import { LinksPages } from './links.pages.js';
import { MinutesService } from './minutes.service.js';
import { HouseMotion } from './motions/house-motion.js';
import { MotionAgain } from './motions/motion-again.js';
import { RuleMotionAnswers } from './motions/rule-motion-answers.js';
import { RuleMotionThread } from './motions/rule-motion-thread.js';
import { RuleMotionsQueries } from './motions/rule-motions.queries.js';
import { RuleMotionsService } from './motions/rule-motions.service.js';
import { RuleMotionsStore } from './motions/rule-motions.store.js';
import { RoundsService } from './rounds.service.js';
import { VoteSheets } from './vote-sheets.service.js';

@Module({
  imports: [SocietiesModule, PeopleModule, OfficesModule, DutiesModule, MessagesModule, NoticesModule],
  controllers: [BoardController, BoardPages, LinksPages, BallotPages, CharterPages, CharterController],
  providers: [
    BallotLinksService,
    BallotsService,
    BoardStore,
    BoardQueries,
    BoardSubjects,
    BoardVerifier,
    CharterMotionService,
    DecidedCharter,
    Decisions,
    HeldRounds,
    HouseMotion,
    MinutesService,
    MotionAgain,
    RoundsService,
    RuleMotionAnswers,
    RuleMotionsQueries,
    RuleMotionsService,
    RuleMotionsStore,
    RuleMotionThread,
    VoteSheets,
  ],
  exports: [
    BallotLinksService,
    BallotsService,
    BoardQueries,
    BoardSubjects,
    BoardVerifier,
    CharterMotionService,
    HouseMotion,
    MotionAgain,
    RoundsService,
    RuleMotionAnswers,
    RuleMotionsQueries,
    RuleMotionsService,
  ],
})
export class BoardModule implements OnModuleInit {
  constructor(
    private readonly subjects: BoardSubjects,
    private readonly notices: NoticeSubjects,
    private readonly threads: DutyThreads,
    private readonly charter: DecidedCharter,
    private readonly thread: RuleMotionThread,
  ) {}

  onModuleInit(): void {
    this.subjects.register(CHARTER, this.charter);
    this.notices.register(CHARTER, this.charter);
    this.threads.register(this.thread);
  }
}
