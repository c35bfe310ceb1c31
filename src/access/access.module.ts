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
import { PermissionTable } from './permission-table.js';
import { RoleSources } from './role-sources.js';
import { RouteCheck } from './route-check.js';
import { Passwords } from './secrets.js';
import { SessionsService } from './sessions.service.js';
import { SessionsStore } from './sessions.store.js';

@Module({})
export class AccessModule {
  /** With the rows of the whole house. Global, so that contexts below may register whence roles come. */
  static on(rows: readonly PermissionRow[]): DynamicModule {
    return {
      module: AccessModule,
      global: true,
      imports: [DiscoveryModule, SocietiesModule, PeopleModule],
      controllers: [AccessPages, AdminPages, AccessController],
      providers: [
        { provide: PermissionTable, useValue: new PermissionTable(rows) },
        { provide: APP_GUARD, useClass: AccessGuard },
        RouteCheck,
        RoleSources,
        Passwords,
        AccessStore,
        SessionsStore,
        AccessQueries,
        AccessService,
        SessionsService,
      ],
      exports: [AccessService, SessionsService, AccessQueries, PermissionTable, RoleSources, RouteCheck],
    };
  }
}
