/** The front door of offices: who holds which, on which day. */
import { OfficeSlot, OfficeTerm } from './office.entity.js';

export { latestUntilOf, OFFICE_WORDS, OFFICER_ROLES, rolesOf } from './domain/office.js';
export type { Office } from './domain/office.js';
export { PLEDGE_DAYS } from './domain/officer-pledge.js';
export { OfficerPledgesQueries } from './officer-pledges.queries.js';
export type { PledgedTerm } from './officer-pledges.queries.js';
export { OfficerPledgesService } from './officer-pledges.service.js';
export { OfficesModule } from './offices.module.js';
export { officesPermissions } from './offices.permissions.js';
export { OfficesQueries } from './offices.queries.js';
export type { Director, Holder } from './offices.queries.js';
export { OfficesService } from './offices.service.js';
export type { Appointment } from './offices.service.js';

export const officesEntities = [OfficeTerm, OfficeSlot];
