import type { INestApplicationContext } from '@nestjs/common';
import type { Command } from 'commander';
import { Clock } from '../kernel/clock.js';
import { FileSweep } from '../platform/files/file-sweep.js';
import { RetentionService } from '../people/index.js';
import type { Add, Answer } from './command-answer.js';

type Inside = (work: (app: INestApplicationContext) => Promise<Answer>) => Promise<Answer>;

/** What is kept long enough: how much it is, and to forget it. The house does the same by itself once a day. */
export function addRetention(add: Add, inside: Inside): void {
  const command: Command = add('retention:run', 'forget what has been kept long enough', () =>
    inside(async (app) => {
      const { dryRun: isDry = false } = command.opts<{ dryRun?: boolean }>();
      const retention = app.get(RetentionService);
      const now = app.get(Clock).now();
      const counts = isDry ? await retention.dryRun(now) : await retention.run(now);
      const lines = counts.map(
        ({ kind, what, count }) => `${kind}: ${count} ${isDry ? 'due' : 'forgotten'} (${what})`,
      );
      return { status: 0, lines, json: { dryRun: isDry, counts } };
    }),
  ).option('--dry-run', 'count what is due, change nothing');

  add('files:sweep', 'remove bytes in the file store that no record names', () =>
    inside(async (app) => {
      const { unnamed, unfinished } = await app.get(FileSweep, { strict: false }).run();
      const line = `removed ${unnamed} that no record names, ${unfinished} half written`;
      return { status: 0, lines: [line], json: { unnamed, unfinished } };
    }),
  );
}
