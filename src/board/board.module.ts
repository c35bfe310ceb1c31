import { Module } from '@nestjs/common';
import { DutiesModule } from '../duties/index.js';
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
import { Decisions } from './decisions.js';
import { HeldRounds } from './held-rounds.js';
import { LinksPages } from './links.pages.js';
import { MinutesService } from './minutes.service.js';
import { RoundsService } from './rounds.service.js';
import { VoteSheets } from './vote-sheets.service.js';

@Module({
  imports: [SocietiesModule, PeopleModule, OfficesModule, DutiesModule],
  controllers: [BoardController, BoardPages, LinksPages, BallotPages],
  providers: [
    BallotLinksService,
    BallotsService,
    BoardStore,
    BoardQueries,
    BoardSubjects,
    BoardVerifier,
    Decisions,
    HeldRounds,
    MinutesService,
    RoundsService,
    VoteSheets,
  ],
  exports: [BallotLinksService, BallotsService, BoardQueries, BoardSubjects, BoardVerifier, RoundsService],
})
export class BoardModule {}
