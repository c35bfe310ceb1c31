import { randomUUID } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { NestFactory } from '@nestjs/core';
import type { INestApplicationContext } from '@nestjs/common';
import { SchedulerRegistry } from '@nestjs/schedule';
import { Command, CommanderError, InvalidArgumentError } from 'commander';
import { AccessService } from '../access/index.js';
import { AppModule } from '../app.module.js';
import {
  faultWords,
  GiftImportService,
  giftTemplateSheet,
  readGiftSheet,
  StatementsReading,
} from '../donations/index.js';
import { DutiesService } from '../duties/index.js';
import { DomainError } from '../kernel/domain-error.js';
import type { Actor, Caller } from '../kernel/actor.js';
import { readHolidayList } from '../platform/calendar/calendar.js';
import { FileProofs, NoticesExport, verdictJson, verdictLines } from '../notices/index.js';
import { Clock } from '../kernel/clock.js';
import { readMobile } from '../kernel/chinese/phone.js';
import { MessageDriver } from '../platform/messages/index.js';
import { HandClock } from '../platform/clocks.js';
import { Config } from '../platform/config.js';
import type { Environment } from '../platform/config.js';
import { KeyChange } from '../platform/crypto/key-change.js';
import { addKey, makeKeyFile, removeKey, useNewKey } from '../platform/crypto/key-ring.js';
import { NOTICED_WITHIN_MS } from '../platform/crypto/keys.js';
import { Sealing } from '../platform/crypto/sealing.js';
import { sha256 } from '../platform/crypto/hash.js';
import { noteRun } from '../platform/observability/last-runs.js';
import { projectRoot } from '../platform/project-root.js';
import { SystemClock, SystemIds } from '../platform/system.js';
import { readRegionList, SocietiesQueries, SocietiesService } from '../societies/index.js';
import { PeopleService, readPeopleSheet } from '../people/index.js';
import { readReliefSheet, ReliefImportService, reliefTemplateSheet } from '../relief/index.js';
import { sealedColumns } from '../sealed.js';
import { addBackup } from './backup-commands.js';
import { CommandLog } from './command-log.js';
import { addClock } from './clock-command.js';
import { prepareDatabase } from './prepare-database.js';
import type { Add, Answer, ExitStatus } from './command-answer.js';
import { addDoctor } from './doctor-command.js';
import { permissionsPage } from './permissions-page.js';
import { procedurePage } from './procedure-page.js';
import { addRetention } from './retention-commands.js';
import { addSeal } from './seal-commands.js';
import { Timers } from './timers.js';
import { findAll } from './verify.js';

export type { ExitStatus } from './command-answer.js';

type Options = { readonly json?: boolean };

/** The command line acts as the system administrator: whoever may run it owns the machine. */
const CLI: Actor = {
  accountId: null,
  personId: null,
  societyId: null,
  roles: ['system-admin'],
  origin: 'cli',
};

export async function runCommandLine(
  words: readonly string[],
  environment: Environment,
): Promise<ExitStatus> {
  let status: ExitStatus = 0;
  const program = programOf(environment, (given) => (status = given));
  try {
    await program.parseAsync([...words], { from: 'user' });
    return status;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    console.error(
      error instanceof DomainError ? `${error.message}${error.advice}（${error.code}）` : wordsOf(error),
    );
    return 1;
  }
}

function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { code = error.name } = error as { code?: string };
  return error.message === '' ? code : error.message; // several that failed together have none
}

function programOf(environment: Environment, end: (status: ExitStatus) => void): Command {
  const program = new Command('huzhu').description('互助 on the command line').exitOverride();
  const add = (
    name: string,
    about: string,
    work: (...args: string[]) => Promise<Answer> | Answer,
  ): Command => {
    const command: Command = program
      .command(name)
      .description(about)
      .option('--json', 'one JSON object instead of lines')
      .exitOverride()
      .action(async (...given: unknown[]) => {
        const args = given.filter((each): each is string => typeof each === 'string');
        const answer = await work(...args);
        if (command.opts<Options>().json) console.log(JSON.stringify(answer.json));
        else
          answer.lines.forEach((line) => {
            console.log(line);
          });
        end(answer.status);
      });
    return command;
  };
  addUpkeep(add, environment);
  addImports(add, environment);
  addNotices(add, environment);
  addMessages(add, environment);
  addSeal(add, (work) => inside(environment, work));
  addRetention(add, (work) => inside(environment, work));
  addDoctor(add, environment, (work) => inside(environment, work));
  addClock(add, environment);
  addBackup(add, { inside: (work) => inside(environment, work), outside: () => outside(environment) });
  return program;
}

function addUpkeep(add: Add, environment: Environment): void {
  add('migrate', 'bring the schema and the calendar up to date', async () => {
    const config = new Config(environment);
    const { migrations } = await prepareDatabase(config, new SystemClock());
    const lines = migrations.length > 0 ? migrations.map((name) => `done ${name}`) : ['nothing to do'];
    return { status: 0, lines, json: { migrations } };
  });
  add('verify', 'recompute every balance, lot, number, tally and notice from the rows', (): Promise<Answer> =>
    inside(environment, async (app) => {
      const { checked, findings } = await findAll(app);
      const { dataDir } = app.get(Config);
      await noteRun(dataDir, 'verify', { at: app.get(Clock).now().toISOString(), findings: findings.length });
      const lines = findings.map(({ kind, subject, words }) => `${kind}: ${subject}: ${words}`);
      const sum = `${checked.length} verifiers, ${findings.length} findings`;
      return { status: findings.length > 0 ? 1 : 0, lines: [...lines, sum], json: { checked, findings } };
    }),
  );
  add('admin:create', 'make an administrator; prints the one-time link where a password is set', () =>
    inside(environment, async (app) => {
      const path = await app.get(AccessService).createAdminLink(caller(randomUUID()));
      const link = `${new Config(environment).publicUrl}${path}`;
      return { status: 0, lines: [link], json: { link } };
    }),
  );
  add('keys:create <file>', 'make a key file; never writes over one', (file) => {
    makeKeyFile(file);
    return { status: 0, lines: [`made ${file}`], json: { file } };
  });
  addKeys(add, environment);
  add('export:permissions <file>', 'write the permission table as a page', (file) => {
    writeFileSync(file, permissionsPage());
    return { status: 0, lines: [`wrote ${file}`], json: { file } };
  });
  add('export:procedure <file>', 'write the procedure of a case as a page', (file) => {
    writeFileSync(file, procedurePage());
    return { status: 0, lines: [`wrote ${file}`], json: { file } };
  });
}

/** The other programs that serve notice the new key within five seconds: what they sealed before is found by then. */
function addKeys(add: Add, environment: Environment): void {
  add('keys:status', 'how many values and files each key seals', () =>
    inside(environment, async (app) => {
      const use = Object.fromEntries(await app.get(KeyChange).use(sealedColumns));
      const lines = Object.entries(use).map(([id, count]) => `${id}: ${String(count)}`);
      return { status: 0, lines, json: { current: app.get(Sealing).currentKeyId, use } };
    }),
  );
  add('keys:add', 'a new key that seals nothing yet: for the machines to get it first', () => {
    const id = addKey(new Config(environment).keyFile);
    return { status: 0, lines: [`${id} waits`], json: { id } };
  });
  add('keys:rotate', 'a new key for what is sealed from now on, and all else sealed again under it', () =>
    inside(environment, async (app) => {
      const { current, older } = await oldUse(app);
      if (older > 0)
        return refusedBy(`${String(older)} are still under an older key than ${current}: keys:reseal`, {
          older,
        });
      const id = useNewKey(new Config(environment).keyFile);
      await sleep(NOTICED_WITHIN_MS + 500);
      return sealedAgain(app, id);
    }),
  );
  add('keys:reseal', 'seal again under the key of now what an older one still seals', () =>
    inside(environment, (app) => sealedAgain(app, app.get(Sealing).currentKeyId)),
  );
  add(
    'keys:retire <id>',
    'take a key away that seals nothing any more; it is kept in a file beside the ring',
    (id) =>
      inside(environment, async (app) => {
        const change = app.get(KeyChange);
        const left = (await change.use(sealedColumns)).get(id) ?? 0;
        if (left > 0) return refusedBy(`${id} still seals ${String(left)}; run keys:reseal`, { id, left });
        const missing = await change.missingFiles();
        if (missing > 0)
          return refusedBy(`${String(missing)} files are not in this file store, so nobody knows their key`, {
            missing,
          });
        const aside = removeKey(new Config(environment).keyFile, id);
        return {
          status: 0,
          lines: [`${id} is gone; backups made before need ${aside}`],
          json: { id, left, aside },
        };
      }),
  );
}

const refusedBy = (line: string, json: object): Answer => ({ status: 1, lines: [line], json });

async function sealedAgain(app: INestApplicationContext, current: string): Promise<Answer> {
  const answer = await app.get(KeyChange).sealAgain(sealedColumns);
  const lines = [
    `${current} seals; sealed again: ${String(answer.values)} values, ${String(answer.files)} files`,
  ];
  return { status: 0, lines, json: { current, ...answer } };
}

/** How much is sealed under another key than the one of now. */
async function oldUse(app: INestApplicationContext): Promise<{ current: string; older: number }> {
  const current = app.get(Sealing).currentKeyId;
  const use = await app.get(KeyChange).use(sealedColumns);
  const older = [...use].reduce((sum, [id, count]) => (id === current ? sum : sum + count), 0);
  return { current, older };
}

function addImports(add: Add, environment: Environment): void {
  add('import:regions <file>', 'places with dated codes, from CSV', (file) =>
    inside(environment, async (app) => {
      const rows = readRegionList(readFileSync(file, 'utf8'));
      const answer = await app.get(SocietiesService).importRegions(caller(contentKey(file)), rows);
      return { status: 0, lines: [`${answer.added} added, ${answer.ended} ended`], json: answer };
    }),
  );
  add('import:holidays <file>', 'the holidays and make-up days of a year, from JSON', (file) =>
    inside(environment, async (app) => {
      const { year, days } = readHolidayList(readFileSync(file, 'utf8'));
      const answer = await app
        .get(DutiesService)
        .importHolidays(caller(contentKey(file)), year, days, 'import');
      return { status: 0, lines: [`${year}: ${answer.recalculated} deadlines recalculated`], json: answer };
    }),
  );
  add('import:people <boardCode> <file>', 'the register of a society, from xlsx', (boardCode, file) =>
    inside(environment, async (app) => {
      const society = await app.get(SocietiesQueries).byBoardCode(boardCode);
      if (!society) return { status: 1, lines: [`there is no society ${boardCode}`], json: { boardCode } };
      const sheet = await readPeopleSheet(readFileSync(file));
      const actor = { ...CLI, societyId: society.id };
      const answer = await app.get(PeopleService).importSheet({ actor, key: contentKey(file) }, sheet);
      const { added, updated, faulty, faults } = answer;
      const lines = [`${added} added, ${updated} updated, ${faulty} rows refused`];
      for (const { row, column, reason } of faults) lines.push(`row ${row}, ${column}: ${reason}`);
      return { status: faulty > 0 ? 1 : 0, lines, json: answer };
    }),
  );
  addReliefImport(add, environment);
  addGiftImport(add, environment);
  addStatement(add, environment);
}

/** All rows or none: a sheet with a wrong row submits nothing. */
function addReliefImport(add: Add, environment: Environment): void {
  const command: Command = add('import:relief <file>', 'applications to a charity fund, from xlsx', (file) =>
    inside(environment, async (app) => {
      const { society: boardCode, dryRun: isDry = false } = command.opts<{
        society: string;
        dryRun?: boolean;
      }>();
      const society = await app.get(SocietiesQueries).byBoardCode(boardCode);
      if (!society) return { status: 1, lines: [`there is no society ${boardCode}`], json: { boardCode } };
      const sheet = await readReliefSheet(readFileSync(file));
      const actor = { ...CLI, societyId: society.id };
      const answer = await app
        .get(ReliefImportService)
        .importSheet(actor, sheet, { key: contentKey(file), isDry });
      const { submitted, already, ready, faults } = answer;
      const sum = isDry ? `${ready} would be submitted` : `${submitted.length} submitted`;
      const lines = [`${sum}, ${already.length} there already, ${faults.length} faults`];
      for (const { row, number } of submitted) lines.push(`row ${row}: ${number}`);
      for (const { row, column, reason } of faults) lines.push(`row ${row}, ${column}: ${reason}`);
      return { status: faults.length > 0 ? 1 : 0, lines, json: answer };
    }),
  )
    .requiredOption('--society <boardCode>', 'the society that submits')
    .option('--dry-run', 'look at every row, submit nothing');
  add('export:relief-sheet <file>', 'an empty sheet for import:relief', async (file) => {
    writeFileSync(file, await reliefTemplateSheet());
    return { status: 0, lines: [`wrote ${file}`], json: { file } };
  });
}

/** All rows or none, in one unit: a sheet with a wrong cell records nothing. */
function addGiftImport(add: Add, environment: Environment): void {
  const command: Command = add('import:donations <file>', 'gifts and their donors, from xlsx', (file) =>
    inside(environment, async (app) => {
      const { society: boardCode, dryRun: isDry = false } = command.opts<{
        society: string;
        dryRun?: boolean;
      }>();
      const society = await app.get(SocietiesQueries).byBoardCode(boardCode);
      if (!society) return { status: 1, lines: [`there is no society ${boardCode}`], json: { boardCode } };
      const sheet = await readGiftSheet(readFileSync(file));
      const actor = { ...CLI, societyId: society.id };
      const imports = app.get(GiftImportService);
      const answer = isDry
        ? await imports.lookAt(actor, sheet)
        : await imports.importSheet({ actor, key: contentKey(file) }, sheet);
      const faults = 'faults' in answer ? answer.faults.map(faultWords) : [];
      const { gifts, amountFen, newDonors } = 'sums' in answer ? answer.sums : answer;
      const what = `${faults.length > 0 ? 0 : gifts} gifts, ${amountFen} fen, ${newDonors} new donors`;
      const sum = isDry ? `would record ${what}` : `recorded ${what}`;
      const lines = faults.length > 0 ? [`nothing recorded, ${faults.length} faults`] : [sum];
      for (const { row, column, reason } of faults) lines.push(`row ${row}, ${column}: ${reason}`);
      return { status: faults.length > 0 ? 1 : 0, lines, json: { ...answer, faults } };
    }),
  )
    .requiredOption('--society <boardCode>', 'the society that was given to')
    .option('--dry-run', 'look at every row, record nothing');
  add('export:donation-sheet <file>', 'an empty sheet for import:donations', async (file) => {
    writeFileSync(file, await giftTemplateSheet());
    return { status: 0, lines: [`wrote ${file}`], json: { file } };
  });
}

/** The file names the donor in full: it is written for whoever may run this, and the look is kept in the trail. */
function addStatement(add: Add, environment: Environment): void {
  const command: Command = add('statement', 'what a donor gave in a year, as PDF', () =>
    inside(environment, async (app) => {
      const { society: boardCode, donor, year, out } = command.opts<StatementOptions>();
      const society = await app.get(SocietiesQueries).byBoardCode(boardCode);
      if (!society) return { status: 1, lines: [`there is no society ${boardCode}`], json: { boardCode } };
      const reading = app.get(StatementsReading, { strict: false });
      const actor = { ...CLI, societyId: society.id };
      const { totals } = (await reading.of(society.id, donor, year)).statement;
      const pdf = await reading.printFor(actor, society.id, donor, year);
      writeFileSync(out, pdf, { mode: 0o600 });
      return { status: 0, lines: [`wrote ${out}: ${totals.gifts} gifts`], json: { file: out, year, totals } };
    }),
  )
    .requiredOption('--society <boardCode>', 'the society that was given to')
    .requiredOption('--donor <id>', 'the donor, by id')
    .requiredOption('--year <year>', 'the year, such as 2026')
    .requiredOption('--out <file>', 'the PDF to write');
}

/** Whether a file is one of ours, and all of ours of a year. */
function addNotices(add: Add, environment: Environment): void {
  add('notice:verify <file>', 'whether a PDF is a notice of ours, unchanged: 0 genuine, 1 not', (file) =>
    inside(environment, async (app) => {
      const found = await app.get(FileProofs, { strict: false }).of(readFileSync(file));
      const now = app.get(Clock).now();
      const status = found.verdict === 'GENUINE' ? 0 : 1;
      return { status, lines: verdictLines(found, now), json: verdictJson(found, now) };
    }),
  );
  const command: Command = add('export:notices', 'every signed notice of a year as PDF, with a list', () =>
    inside(environment, async (app) => {
      const {
        year,
        out,
        society: boardCode,
      } = command.opts<{ year: string; out: string; society?: string }>();
      const of = boardCode === undefined ? null : await app.get(SocietiesQueries).byBoardCode(boardCode);
      if (boardCode !== undefined && !of)
        return { status: 1, lines: [`there is no society ${boardCode}`], json: { boardCode } };
      const asked = { year: Number(year), societyId: of?.id ?? null, directory: out };
      const answer = await app
        .get(NoticesExport, { strict: false })
        .write({ ...asked, now: app.get(Clock).now() });
      const { kept, reprinted, already, failed } = answer;
      const sum = `${kept} written, ${reprinted} printed anew, ${already} there already, ${failed.length} failed`;
      const lines = [...failed.map(({ number, why }) => `${number}: ${why}`), sum];
      return { status: failed.length > 0 ? 1 : 0, lines, json: answer };
    }),
  )
    .requiredOption('--year <year>', 'the year, such as 2026', yearIn)
    .requiredOption('--out <directory>', 'where the files go; called again, it goes on')
    .option('--society <boardCode>', 'of one society alone');
}

/** Whether the way to a phone is open: the text that is sent says nothing. */
function addMessages(add: Add, environment: Environment): void {
  add(
    'messages:test <number>',
    'send a text of trial to a mobile number: 0 taken by the operator, 1 not',
    (number) =>
      inside(environment, async (app) => {
        const read = readMobile(number);
        if (!read.ok)
          return { status: 1, lines: ['not a mobile number of eleven digits'], json: { sent: false } };
        const driver = app.get(MessageDriver);
        const sent = await driver.send({ to: read.number, template: 'trial', parameters: {} });
        const isTaken = sent.outcome === 'taken';
        const words = isTaken ? `taken by ${driver.name}` : `refused by ${driver.name}: ${sent.words}`;
        return { status: isTaken ? 0 : 1, lines: [words], json: { driver: driver.name, ...sent } };
      }),
  );
}

function yearIn(text: string): string {
  if (!/^20\d\d$/.test(text)) throw new InvalidArgumentError('not a year');
  return text;
}

type StatementOptions = Record<'society' | 'donor' | 'year' | 'out', string>;

/** The same file twice is the same command. */
function contentKey(file: string): string {
  return `cli-${sha256(readFileSync(file)).slice(0, 40)}`;
}

function caller(key: string): Caller {
  return { actor: CLI, key: `cli-${key}-${String(process.pid)}`.slice(0, 80) };
}

/** What happens by the clock is the server's: a command does what it was told, and nothing beside it. */
function stopTimers(app: INestApplicationContext): void {
  const registry = app.get(SchedulerRegistry, { strict: false });
  for (const name of registry.getIntervals()) registry.deleteInterval(name);
  app.get(Timers).stopSealing(); // one that was due while the program booted, too
}

/** Runs with all services, no port. */
async function inside(
  environment: Environment,
  work: (app: INestApplicationContext) => Promise<Answer>,
): Promise<Answer> {
  const { config, clock } = outside(environment);
  if (config.databaseUrl.startsWith('sqlite:')) await prepareDatabase(config, clock);
  const app = await NestFactory.createApplicationContext(
    AppModule.on({ config, clock, ids: new SystemIds(clock), root: projectRoot() }),
    { logger: new CommandLog(), abortOnError: false },
  );
  stopTimers(app);
  try {
    return await work(app);
  } finally {
    await app.close();
  }
}

/** What the surroundings say, without opening anything. */
function outside(environment: Environment): { config: Config; clock: Clock } {
  const config = new Config(environment);
  return { config, clock: config.now ? new HandClock(config.now) : new SystemClock() };
}
