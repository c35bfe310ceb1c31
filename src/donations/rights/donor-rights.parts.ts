import { DonorLooksService } from '../donors/donor-looks.service.js';
import { DonorLooksStore } from '../donors/donor-looks.store.js';
import { DonorCopies } from './donor-copy.reading.js';
import { DonorCopyQueries } from './donor-copy.queries.js';
import { DonorEraser } from './donor-eraser.store.js';
import { DonorHinders } from './donor-hinders.queries.js';
import { DonorRequestSeals } from './donor-request.seals.js';
import { DonorRequestThread } from './donor-request-thread.js';
import { DonorRequestsQueries } from './donor-requests.queries.js';
import { DonorRequestsStore } from './donor-requests.store.js';
import { DonorRightsController } from './donor-rights.controller.js';
import { DonorRightsPages } from './donor-rights.pages.js';
import { DonorRightsService } from './donor-rights.service.js';
import { MyRightsController } from './my-rights.controller.js';
import { MyRightsPages } from './my-rights.pages.js';
import { MyRightsService } from './my-rights.service.js';

/** The rights of donors, and who looked at their data: for the module. */
export const donorRightsControllers = [
  ...[DonorRightsPages, DonorRightsController],
  ...[MyRightsPages, MyRightsController],
];

export const donorRightsProviders = [
  DonorLooksService,
  DonorLooksStore,
  DonorCopies,
  DonorCopyQueries,
  DonorEraser,
  DonorHinders,
  DonorRequestSeals,
  DonorRequestThread,
  DonorRequestsQueries,
  DonorRequestsStore,
  DonorRightsService,
  MyRightsService,
];
