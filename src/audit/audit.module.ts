import { Global, Module } from '@nestjs/common';
import { APP_INTERCEPTOR } from '@nestjs/core';
import { AuditQueries } from './audit.queries.js';
import { AuditStore } from './audit.store.js';
import { Commands } from './commands.service.js';
import { FileThreads } from './file-threads.js';
import { FilesPages } from './files.pages.js';
import { RefusalTrail } from './refusal-trail.js';
import { sealControllers, sealProviders } from './seal/seal.parts.js';

/** Global: every context writes through `Commands`. */
@Global()
@Module({
  controllers: [FilesPages, ...sealControllers],
  providers: [
    AuditStore,
    AuditQueries,
    Commands,
    FileThreads,
    ...sealProviders,
    { provide: APP_INTERCEPTOR, useClass: RefusalTrail },
  ],
  exports: [AuditQueries, Commands, FileThreads, ...sealProviders],
})
export class AuditModule {}
