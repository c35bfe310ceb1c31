/** What belongs to no room: the door, the timers, the signs on the wall. */
export { addApiDocs } from './api-docs.js';
export { firstAdministrator } from './first-administrator.js';
export { HouseModule } from './house.module.js';
export { housePermissions } from './house.permissions.js';
export { Timers } from './timers.js';
export { prepareDatabase } from './prepare-database.js';
export { findAll } from './verify.js';
export { projectRoot } from '../platform/project-root.js';
