import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { ScheduleModule } from '@nestjs/schedule';
import { AccessModule } from './access/index.js';
import { AuditModule } from './audit/index.js';
import { BoardModule } from './board/index.js';
import { BreachesModule } from './breaches/index.js';
import { CasesModule } from './cases/index.js';
import { DonationsModule } from './donations/index.js';
import { DutiesModule } from './duties/index.js';
import { FederationModule } from './federation/index.js';
import { FundsModule } from './funds/index.js';
import { HouseModule } from './house/index.js';
import { LedgerModule } from './ledger/index.js';
import { MessagesModule } from './messages/index.js';
import { NoticesModule, ObjectionsModule } from './notices/index.js';
import { OfficesModule } from './offices/index.js';
import { PaymentsModule } from './payments/index.js';
import { PeopleModule } from './people/index.js';
import { permissions } from './permissions.js';
import { PlatformModule } from './platform/platform.module.js';
import type { Ground } from './platform/platform.module.js';
import { ReliefModule } from './relief/index.js';
import { schema } from './schema.js';
import { SocietiesModule } from './societies/index.js';

@Module({})
export class AppModule {
  static on(ground: Ground): DynamicModule {
    return {
      module: AppModule,
      imports: [
        PlatformModule.on(ground, schema),
        ScheduleModule.forRoot({ intervals: ground.config.timers }),
        AuditModule,
        SocietiesModule,
        PeopleModule,
        AccessModule.on(permissions),
        OfficesModule,
        DutiesModule,
        MessagesModule,
        BreachesModule,
        NoticesModule,
        ObjectionsModule,
        BoardModule,
        LedgerModule,
        FundsModule,
        DonationsModule,
        PaymentsModule,
        CasesModule,
        ReliefModule,
        FederationModule,
        HouseModule,
      ],
    };
  }
}
