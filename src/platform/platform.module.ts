import { join } from 'node:path';
import { Global, Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { Clock } from '../kernel/clock.js';
import { Ids } from '../kernel/ids.js';
import { Calendar } from './calendar/calendar.js';
import { ClockWatch } from './clock-watch.js';
import { Config } from './config.js';
import { KeyChange } from './crypto/key-change.js';
import { Keys } from './crypto/keys.js';
import { Sealing } from './crypto/sealing.js';
import { dataSourceOf } from './database/data-source.js';
import type { Patience, Schema } from './database/data-source.js';
import { isLostConnection } from './database/errors.js';
import { NumberGaps } from './database/number-gaps.js';
import { Numbers } from './database/numbers.js';
import { opened } from './database/opened.js';
import { Reads } from './database/reads.js';
import { checkSettings } from './database/settings.js';
import { Transactions } from './database/transactions.js';
import { FileSweep } from './files/file-sweep.js';
import { Files } from './files/files.js';
import { groupDriverOf, messageDriverOf } from './messages/driver-of.js';
import { GroupDriver, MessageDriver } from './messages/message-driver.js';
import { PrintPools } from './pdf/print-pool.js';
import { PaperPrinter } from './pdf/printer.js';
import { PdfSigner } from './pdf-signing/pdf-signer.js';
import { Templates } from './web/templates.js';

/** What the house is built on: settings, time and chance. The demo and the tests hand in their own. */
export type Ground = {
  readonly config: Config;
  readonly clock: Clock;
  readonly ids: Ids;
  /** Where `templates/` and `build/` lie. */
  readonly root: string;
} & Patience;

/** What every context may ask for: the clock, keys, rows to read, the door for writes, files, seals, paper. */
@Global()
@Module({})
export class PlatformModule {
  static on({ config, clock, ids, root, ...patience }: Ground, schema: Schema): DynamicModule {
    const signer = PdfSigner.by(config, clock); // at once: what is wrong with it is said before anything is opened
    const shared = [Calendar, Files, FileSweep, KeyChange, NumberGaps, Numbers, PaperPrinter, Reads];
    return {
      module: PlatformModule,
      imports: [
        TypeOrmModule.forRootAsync({
          // The data source comes whole. A server that is not there yet is waited for; one that cannot be trusted is not.
          useFactory: () => ({ type: 'better-sqlite3', database: '', toRetry: isLostConnection }),
          dataSourceFactory: () => opened(dataSourceOf(config.databaseUrl, schema, patience), checkSettings),
        }),
      ],
      providers: [
        ...shared,
        { provide: Config, useValue: config },
        { provide: Clock, useValue: clock },
        { provide: Ids, useValue: ids },
        { provide: Sealing, useFactory: () => new Sealing(new Keys(config.keyFile, !config.production)) },
        {
          provide: Transactions,
          useFactory: (rows: DataSource, watch: ClockWatch) => new Transactions(rows, watch),
          inject: [DataSource, ClockWatch],
        },
        {
          provide: ClockWatch,
          useFactory: (rows: DataSource) => new ClockWatch(clock, config.dataDir, rows),
          inject: [DataSource],
        },
        { provide: PrintPools, useFactory: () => new PrintPools(config, join(root, 'templates')) },
        { provide: GroupDriver, useFactory: () => groupDriverOf(config) },
        { provide: MessageDriver, useFactory: () => messageDriverOf(config, clock) },
        { provide: PdfSigner, useValue: signer },
        { provide: Templates, useFactory: () => new Templates(join(root, 'templates')) },
      ],
      exports: [
        ...shared,
        Config,
        Clock,
        ClockWatch,
        GroupDriver,
        Ids,
        MessageDriver,
        PdfSigner,
        PrintPools,
        Sealing,
        Templates,
        Transactions,
      ],
    };
  }
}
