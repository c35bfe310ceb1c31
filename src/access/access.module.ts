import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { APP_GUARD, DiscoveryModule } from '@nestjs/core';
import { PeopleModule } from '../people/index.js';
import type { PermissionRow } from '../platform/web/permissions.js';
import { SocietiesModule } from '../societies/index.js';
import { AccessController } from './access.controller.js';
import { AccessGuard } from './access.guard.js';
import { AccessPages } from './access.pages.js';
import { AccessQueries } from './access.queries.js';
import { AccessService } from './access.service.js';
import { AccessStore } from './access.store.js';
import { AdminPages } from './admin.pages.js';
import { CodePages } from './code.pages.js';
import { IdentitiesQueries } from './identities.queries.js';
import { IdentitiesStore } from './identities.store.js';
import { IdentityController } from './identity.controller.js';
import { IdentityFlows } from './identity-flows.js';
import { IdentityPages } from './identity.pages.js';
import { IdentityProvider } from './identity-provider.js';
import { IdentitySignIn } from './identity-sign-in.service.js';
import { HeldAccount } from './held-account.js';
import { MeController } from './me.controller.js';
import { MePages } from './me.pages.js';
import { PhonePages } from './phone.pages.js';
import { PhoneController } from './phone.controller.js';
import { PhoneSignIn } from './phone-sign-in.service.js';
import { PhonesQueries } from './phones.queries.js';
import { AccountPhonesStore } from './phones.store.js';
import { PermissionTable } from './permission-table.js';
import { RetentionOfTries } from './retention-tries.js';
import { RoleSources } from './role-sources.js';
import { RouteCheck } from './route-check.js';
import { Proofs } from './proofs.service.js';
import { SecondFactorService } from './second-factor.service.js';
import { SecondFactorStore } from './second-factor.store.js';
import { Passwords } from './secrets.js';
import { SessionOpener } from './session-opener.js';
import { SessionsQueries } from './sessions.queries.js';
import { SessionsService } from './sessions.service.js';
import { SessionsStore } from './sessions.store.js';
import { SignInService } from './sign-in.service.js';
import { AccessSweep } from './sweep.service.js';
import { Throttle } from './throttle.service.js';
import { TriesStore } from './tries.store.js';

@Module({})
export class AccessModule {
  /** With the rows of the whole house. Global, so that contexts below may register whence roles come. */
  static on(rows: readonly PermissionRow[]): DynamicModule {
    return {
      module: AccessModule,
      global: true,
      imports: [DiscoveryModule, SocietiesModule, PeopleModule],
      controllers: [
        AccessPages,
        CodePages,
        PhonePages,
        IdentityPages,
        MePages,
        AdminPages,
        AccessController,
        MeController,
        PhoneController,
        IdentityController,
      ],
      providers: [
        { provide: PermissionTable, useValue: new PermissionTable(rows) },
        { provide: APP_GUARD, useClass: AccessGuard },
        RouteCheck,
        RoleSources,
        Passwords,
        AccessStore,
        SessionsStore,
        SecondFactorStore,
        AccountPhonesStore,
        IdentitiesStore,
        TriesStore,
        AccessQueries,
        SessionsQueries,
        PhonesQueries,
        IdentitiesQueries,
        Throttle,
        AccessService,
        SecondFactorService,
        SessionOpener,
        SignInService,
        PhoneSignIn,
        IdentityProvider,
        IdentityFlows,
        IdentitySignIn,
        SessionsService,
        Proofs,
        AccessSweep,
        HeldAccount,
        RetentionOfTries,
      ],
      exports: [
        AccessSweep,
        AccessService,
        SessionsService,
        AccessQueries,
        PermissionTable,
        RoleSources,
        RouteCheck,
      ],
    };
  }
}
