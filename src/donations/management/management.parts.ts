import { ManagementController } from './management.controller.js';
import { ManagementPages } from './management.pages.js';
import { ManagementQueries } from './management.queries.js';
import { ManagementReading } from './management.reading.js';
import { ManagementService } from './management.service.js';
import { ManagementStore } from './management.store.js';

/** The running of the house, as far as gifts pay for it: for the module. Pages before the API. */
export const managementControllers = [ManagementPages, ManagementController];

export const managementProviders = [ManagementQueries, ManagementReading, ManagementService, ManagementStore];
