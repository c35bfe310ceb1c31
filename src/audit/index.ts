/** The front door of audit: the one way to write, what was written, and its seal. */
import { AuditAct, CommandRow } from './audit.entity.js';
import { SealBatch, SealRow } from './seal/seal.entity.js';

export { AuditModule } from './audit.module.js';
export { auditPermissions } from './audit.permissions.js';
export { AuditQueries } from './audit.queries.js';
export type { TrailRow } from './audit.queries.js';
export { mayReadFile } from './domain/file-readers.js';
export { Commands } from './commands.service.js';
export type { Command, Mark, Trail } from './commands.service.js';
export { FileThreads } from './file-threads.js';
export type { FileThread } from './file-threads.js';
export { SealExport } from './seal/seal-export.js';
export { checkSealFile, knownHeadIn, printedHead } from './seal/seal-file.js';
export type { KnownHead, SealFinding, SealReport } from './seal/seal-file.js';
export { sealPermissions } from './seal/seal.permissions.js';
export { SealQueries } from './seal/seal.queries.js';
export { SealVerifier } from './seal/seal.verifier.js';
export { TrailSealer } from './seal/trail-sealer.service.js';

export const auditEntities = [CommandRow, AuditAct, SealBatch, SealRow];
