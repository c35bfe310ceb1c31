/** The front door of audit: the one way to write, and what was written. */
import { AuditAct, CommandRow } from './audit.entity.js';

export { AuditModule } from './audit.module.js';
export { auditPermissions } from './audit.permissions.js';
export { AuditQueries } from './audit.queries.js';
export type { TrailRow } from './audit.queries.js';
export { Commands } from './commands.service.js';
export type { Command, Mark, Trail } from './commands.service.js';

export const auditEntities = [CommandRow, AuditAct];
