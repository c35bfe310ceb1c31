import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { DutyThreads } from '../../duties/index.js';
import { NoticeSubjects } from '../../notices/index.js';
import { AccountsController } from './accounts.controller.js';
import { ACCOUNTS } from './accounts.kind.js';
import { AccountsPages } from './accounts.pages.js';
import { AccountsQueries } from './accounts.queries.js';
import { AccountsReading } from './accounts.reading.js';
import { AccountsService } from './accounts.service.js';
import { AccountsStore } from './accounts.store.js';
import { AccountsSubject } from './accounts.subject.js';
import { YearWork } from './year-work.js';

/** Answers in the rooms above for public accounts. */
@Injectable()
export class AccountsAnswers implements OnModuleInit {
  constructor(
    private readonly threads: DutyThreads,
    private readonly subjects: NoticeSubjects,
    private readonly subject: AccountsSubject,
  ) {}

  onModuleInit(): void {
    this.threads.register(this.subject);
    this.subjects.register(ACCOUNTS, this.subject);
  }
}

/** Public accounts: for the module. */
export const accountsControllers = [AccountsPages, AccountsController];

export const accountsProviders = [
  AccountsAnswers,
  AccountsQueries,
  AccountsReading,
  AccountsService,
  AccountsStore,
  AccountsSubject,
  YearWork,
];
