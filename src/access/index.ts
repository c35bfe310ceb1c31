/** The front door of access: who signs in, as what, and the table of who may reach what. */
import { Account, AccountPerson, OneTimeLink } from './account.entity.js';
import { AccountIdentity } from './identity.entity.js';
import { AccountPhone, SignInCode } from './phone.entity.js';
import { RecoveryCode, SecondFactor, SignInStep } from './second-factor.entity.js';
import { KnownDevice, Session, SignInFailure } from './session.entity.js';

export { AccessModule } from './access.module.js';
export { accessPermissions } from './access.permissions.js';
export { AccessQueries } from './access.queries.js';
export { AccountNotFound, AccountNotYours } from './domain/access.errors.js';
export { AccessService, LINK_HOURS } from './access.service.js';
export type { NewAccount, Opened } from './access.service.js';
export { askerOf } from './asker.js';
export { DEVICE_COOKIE, SESSION_COOKIE, sessionCookieOf } from './cookies.js';
export { PermissionTable } from './permission-table.js';
export { RoleSources } from './role-sources.js';
export type { AccountRoleSource, RoleSource } from './role-sources.js';
export { RouteCheck } from './route-check.js';
export { isToken, tokenHash } from './secrets.js';
export { SessionsService } from './sessions.service.js';
export type { Visitor } from './sessions.service.js';
export type { Origin, SignedIn } from './session-opener.js';
export { SecondFactorService } from './second-factor.service.js';
export { IdentitySignIn } from './identity-sign-in.service.js';
export { PhoneSignIn } from './phone-sign-in.service.js';
export { Proofs } from './proofs.service.js';
export { AccessSweep } from './sweep.service.js';
export { SignInService } from './sign-in.service.js';
export type { Attempt } from './sign-in.service.js';

export const accessEntities = [
  ...[Account, AccountPerson, OneTimeLink, Session, KnownDevice, SignInFailure],
  ...[SecondFactor, RecoveryCode, SignInStep, AccountPhone, SignInCode],
  AccountIdentity,
];
export { accessSealed } from './access.sealed.js';
