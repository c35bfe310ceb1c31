import { DraftPapersPages } from '../draft-papers.pages.js';
import { NoticeTextSamples } from './notice-text-samples.js';
import { NoticeTextsController } from './notice-texts.controller.js';
import { NoticeTextsPages } from './notice-texts.pages.js';
import { NoticeTextsQueries } from './notice-texts.queries.js';
import { NoticeTextsReading } from './notice-texts.reading.js';
import { NoticeTextsService } from './notice-texts.service.js';
import { NoticeTextsStore } from './notice-texts.store.js';

/** What the module of notices takes in for the texts, and for the paper of a draft on which they are read first. */
export const noticeTextsControllers = [NoticeTextsPages, NoticeTextsController, DraftPapersPages];
export const noticeTextsProviders = [
  NoticeTextsStore,
  NoticeTextsQueries,
  NoticeTextsReading,
  NoticeTextSamples,
  NoticeTextsService,
];
