/** The front door of the federation: its desk, which looks at what was given and waits for a word. */
import { deskEntities } from './desk.entity.js';

export type { FindingKind, FindingReason } from './domain/findings.js';
export { FederationModule } from './federation.module.js';
export { federationPermissions } from './federation.permissions.js';
export { FederationVerifier } from './federation.verifier.js';
export { FindingsService } from './findings.service.js';
export type { Found, GrantFindingTyped } from './findings.service.js';
export { LeasesService } from './leases.service.js';
export { RectificationsService } from './rectifications.service.js';

export const federationEntities = deskEntities;
export { federationSealed } from './federation.sealed.js';
