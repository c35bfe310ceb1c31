import { CorrectionsController } from './corrections.controller.js';
import { CorrectionsPages } from './corrections.pages.js';
import { CorrectionsService } from './corrections.service.js';
import { DiscardsService } from './discards.service.js';
import { VersionsPages } from './versions.pages.js';

/** What the module of notices takes from here. */
export const noticeCorrectionsControllers = [CorrectionsController, CorrectionsPages, VersionsPages];
export const noticeCorrectionsProviders = [CorrectionsService, DiscardsService];
