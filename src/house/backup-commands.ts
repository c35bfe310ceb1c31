import type { INestApplicationContext } from '@nestjs/common';
import type { Command } from 'commander';
import type { Clock } from '../kernel/clock.js';
import { readThrough, writeBackup } from '../platform/backup/backup.js';
import type { BackupFile, Manifest } from '../platform/backup/backup.js';
import { makeBackupKey } from '../platform/backup/backup-key.js';
import { restoreBackup } from '../platform/backup/restore.js';
import type { Config } from '../platform/config.js';
import { noteRun } from '../platform/observability/last-runs.js';
import { schema } from '../schema.js';
import type { Add, Answer } from './command-answer.js';
import { findAll } from './verify.js';

type Ground = {
  readonly inside: (work: (app: INestApplicationContext) => Promise<Answer>) => Promise<Answer>;
  /** Settings and clock, without opening a database. */
  readonly outside: () => { readonly config: Config; readonly clock: Clock };
};

/** Everything in one encrypted file, and back: each is one command. */
export function addBackup(add: Add, { inside, outside }: Ground): void {
  add('backup:key <file>', 'make the key that backups are encrypted under; never writes over one', (file) => {
    makeBackupKey(file);
    return { status: 0, lines: [`made ${file}: keep it apart from the backups`], json: { file } };
  });
  const backup: Command = keyed(
    add('backup <file>', 'rows and files of this moment, encrypted, while the house serves', async (file) => {
      const { config, clock } = outside();
      const manifest = await writeBackup(config, clock, { file, keyFile: keyOf(backup) });
      const findings = manifest.sums.missingFiles.length;
      await noteRun(config.dataDir, 'backup', { at: manifest.about.madeAt, findings });
      return answerOf(`wrote ${file}`, manifest);
    }),
  );
  const check: Command = keyed(
    add('backup:check <file>', 'whether a backup is whole, and what it holds; writes nothing', async (file) =>
      answerOf(`${file} is whole`, await readThrough({ file, keyFile: keyOf(check) })),
    ),
  );
  const restore: Command = keyed(
    add('restore <file>', 'a backup into an empty database and file store, then verify', async (file) => {
      const { config } = outside();
      const from: BackupFile = { file, keyFile: keyOf(restore) };
      const manifest = await restoreBackup(config, schema, from);
      return inside(async (app) => {
        const { findings } = await findAll(app);
        const { status, lines, json } = answerOf('restored', manifest);
        const words = findings.map(({ kind, subject, words: what }) => `${kind}: ${subject}: ${what}`);
        return {
          status: findings.length > 0 ? 1 : status,
          lines: [...lines, ...words, `verify: ${String(findings.length)} findings`],
          json: { ...json, findings },
        };
      });
    }),
  );
}

const keyed = (command: Command): Command =>
  command.requiredOption('--key-file <file>', 'the key of the backups, made by backup:key');

const keyOf = (command: Command): string => command.opts<{ keyFile: string }>().keyFile;

function answerOf(done: string, { about, sums }: Manifest): Answer {
  const rows = sums.tables.reduce((sum, table) => sum + table.rows, 0);
  const missing = sums.missingFiles.map(
    (sha256) => `no file ${sha256}: the books name it, and it is not there`,
  );
  const sum = `${done}: ${String(rows)} rows of ${String(sums.tables.length)} tables, ${String(sums.files.count)} files, as of ${about.madeAt}`;
  return { status: missing.length > 0 ? 1 : 0, lines: [...missing, sum], json: { about, sums } };
}
