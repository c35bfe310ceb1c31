import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { BoardSubjects } from '../../board/index.js';
import { DutyThreads } from '../../duties/index.js';
import { NoticeSubjects } from '../../notices/index.js';
import { ChangesOfUseController } from '../change-of-use/change-of-use.controller.js';
import { ChangesOfUsePages } from '../change-of-use/change-of-use.pages.js';
import { ChangesOfUseQueries } from '../change-of-use/change-of-use.queries.js';
import { ChangesOfUseService } from '../change-of-use/change-of-use.service.js';
import { ChangesOfUseStore } from '../change-of-use/change-of-use.store.js';
import { UseAnswerPages } from '../change-of-use/change-of-use-answer.pages.js';
import { UseQuestionsController } from '../change-of-use/use-questions.controller.js';
import { UseQuestionsPages } from '../change-of-use/use-questions.pages.js';
import { UseQuestionsQueries } from '../change-of-use/use-questions.queries.js';
import { DecidedChange } from '../change-of-use/change-of-use-decided.js';
import { ChangeOfUseThread } from '../change-of-use/change-of-use-thread.js';
import { DonationsVerifier } from '../donations.verifier.js';
import { GiftRefundsController } from './gift-refunds.controller.js';
import { GiftRefundsPages } from './gift-refunds.pages.js';
import { GiftRefundsQueries } from './gift-refunds.queries.js';
import { GiftRefundsService } from './gift-refunds.service.js';
import { GiftRefundsStore } from './gift-refunds.store.js';
import { UNCLAIMED_MONEY, USE_CHANGE } from '../change-of-use/house-motion.js';
import { DecidedUnclaimed } from '../change-of-use/unknown-money-decided.js';
import { UnknownMoneyQueries } from '../change-of-use/unknown-money.queries.js';
import { UnknownMoneyService } from '../change-of-use/unknown-money.service.js';
import { UnknownMoneyStore } from '../change-of-use/unknown-money.store.js';

/** Answers in the rooms above for what the board resolves about money that was given, and for what is owed of it. */
@Injectable()
export class GiftRefundsSubjects implements OnModuleInit {
  constructor(
    private readonly rounds: BoardSubjects,
    private readonly notices: NoticeSubjects,
    private readonly threads: DutyThreads,
    private readonly change: DecidedChange,
    private readonly unclaimed: DecidedUnclaimed,
    private readonly thread: ChangeOfUseThread,
  ) {}

  onModuleInit(): void {
    this.rounds.register(USE_CHANGE, this.change);
    this.notices.register(USE_CHANGE, this.change);
    this.rounds.register(UNCLAIMED_MONEY, this.unclaimed);
    this.notices.register(UNCLAIMED_MONEY, this.unclaimed);
    this.threads.register(this.thread);
  }
}

/** Refunds, changes of use, and money for which nobody came: for the module. Pages before the API, `/g/` by itself. */
export const giftRefundsControllers = [
  GiftRefundsPages,
  ChangesOfUsePages,
  UseAnswerPages,
  UseQuestionsPages,
  UseQuestionsController,
  GiftRefundsController,
  ChangesOfUseController,
];

export const giftRefundsProviders = [
  ChangeOfUseThread,
  ChangesOfUseQueries,
  ChangesOfUseService,
  ChangesOfUseStore,
  DecidedChange,
  DecidedUnclaimed,
  DonationsVerifier,
  GiftRefundsQueries,
  GiftRefundsService,
  GiftRefundsStore,
  GiftRefundsSubjects,
  UnknownMoneyQueries,
  UnknownMoneyService,
  UnknownMoneyStore,
  UseQuestionsQueries,
];
