import { Module } from '@nestjs/common';
import { DutiesModule } from '../duties/index.js';
import { OfficesModule } from '../offices/index.js';
import { PeopleModule } from '../people/index.js';
import { SocietiesModule } from '../societies/index.js';
import { BoardController } from './board.controller.js';
import { BoardPages } from './board.pages.js';
import { BoardQueries } from './board.queries.js';
import { BoardStore } from './board.store.js';
import { BoardSubjects } from './board-subjects.js';
import { BoardVerifier } from './board.verifier.js';
import { Decisions } from './decisions.js';
import { MinutesService } from './minutes.service.js';
import { RoundsService } from './rounds.service.js';

@Module({
  imports: [SocietiesModule, PeopleModule, OfficesModule, DutiesModule],
  controllers: [BoardController, BoardPages],
  providers: [
    BoardStore,
    BoardQueries,
    BoardSubjects,
    BoardVerifier,
    Decisions,
    MinutesService,
    RoundsService,
  ],
  exports: [BoardQueries, BoardSubjects, BoardVerifier, RoundsService],
})
export class BoardModule {}
