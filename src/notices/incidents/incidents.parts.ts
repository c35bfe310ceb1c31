import { ExpiriesService } from './expiries.service.js';
import { GapsService } from './gaps.service.js';
import { IncidentsReach } from './incidents-reach.js';
import { IncidentsController } from './incidents.controller.js';
import { IncidentsPages } from './incidents.pages.js';
import { IncidentsQueries } from './incidents.queries.js';
import { IncidentsService } from './incidents.service.js';
import { IncidentsStore } from './incidents.store.js';
import { IncidentsVerifier } from './incidents.verifier.js';
import { ReissuesService } from './reissues.service.js';

/** What the module of notices takes from here. */
export const noticeIncidentsControllers = [IncidentsController, IncidentsPages];
export const noticeIncidentsProviders = [
  ExpiriesService,
  GapsService,
  IncidentsQueries,
  IncidentsReach,
  IncidentsService,
  IncidentsStore,
  IncidentsVerifier,
  ReissuesService,
];
