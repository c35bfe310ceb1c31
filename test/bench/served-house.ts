import type { Logger, QueryRunner } from 'typeorm';
import { Templates } from '../../src/platform/web/templates.js';
import { houseOn } from '../support/house.js';
import { answering, given } from './children.js';

export type Statement = { readonly sql: string; readonly values: readonly unknown[] };
/** What one unit of work wrote, in its order. */
export type Unit = readonly Statement[];
export type Shown = { readonly template: string; readonly view: object };

export type ServedGiven = { readonly databaseUrl: string; readonly dataDir: string; readonly at: string };
export type ServedQuestion = 'record' | 'recorded' | 'shown';
export type ServedAnswer = {
  readonly base: string;
  readonly units: readonly Unit[];
  /** The last page that was rendered. */
  readonly shown: Shown | null;
  readonly rssMb: number;
};

const nothing = (): void => undefined;

/** Notes the writes of every command that committed. */
class Recorder implements Logger {
  readonly units: Unit[] = [];
  private readonly underWay = new Map<QueryRunner, Statement[]>();

  logQuery(sql: string, values: unknown[] = [], runner?: QueryRunner): void {
    if (!runner) return;
    const unit = this.underWay.get(runner) ?? [];
    if (/^\s*(INSERT|UPDATE|DELETE)/i.test(sql)) {
      unit.push({ sql, values: values.map(plain) });
      this.underWay.set(runner, unit);
    }
    if (/^(COMMIT|ROLLBACK)/i.test(sql)) {
      this.underWay.delete(runner);
      if (/^COMMIT/i.test(sql) && unit.some((statement) => /INTO\s+["`]commands["`]/i.test(statement.sql)))
        this.units.push(unit);
    }
  }

  /** A refused unit is repeated. */
  readonly logQueryError = nothing;
  readonly logQuerySlow = nothing;
  readonly logSchemaBuild = nothing;
  readonly logMigration = nothing;
  readonly log = nothing;
}

/** As it goes to the database: one text for both, no class. */
function plain(value: unknown): unknown {
  if (value instanceof Date) return value.toISOString().replace('T', ' ').replace('Z', '');
  if (typeof value === 'boolean') return value ? 1 : 0;
  return value ?? null;
}

const { databaseUrl, dataDir, at } = given() as ServedGiven;
let shown: Shown | null = null;
// eslint-disable-next-line @typescript-eslint/unbound-method -- called with the instance below
const render = Templates.prototype.render;
const database = { url: databaseUrl, drop: () => Promise.resolve() };
const house = await houseOn({ database, dataDir }, at, { log: true, seals: true });
await house.app.listen(0, '127.0.0.1');
const base = await house.app.getUrl();
const recorder = new Recorder();
const said = (): ServedAnswer => ({
  base,
  units: recorder.units,
  shown,
  rssMb: Math.round(process.memoryUsage().rss / 2 ** 20),
});

answering<ServedAnswer>(
  said(),
  (question) => {
    if (question === ('record' satisfies ServedQuestion)) {
      Object.assign(house.dataSource, { logger: recorder });
      Templates.prototype.render = function (template, view) {
        shown = { template, view };
        return render.call(this, template, view);
      };
    }
    return Promise.resolve(said());
  },
  () => house.close(),
);
