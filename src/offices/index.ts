/** The front door of offices: who holds which, on which day. */
import { OfficeSlot, OfficeTerm } from './office.entity.js';

export { OFFICE_WORDS, OFFICER_ROLES, rolesOf } from './domain/office.js';
export type { Office } from './domain/office.js';
export { OfficesModule } from './offices.module.js';
export { officesPermissions } from './offices.permissions.js';
export { OfficesQueries } from './offices.queries.js';
export type { Director, Holder } from './offices.queries.js';
export { OfficesService } from './offices.service.js';
export type { Appointment } from './offices.service.js';

export const officesEntities = [OfficeTerm, OfficeSlot];
