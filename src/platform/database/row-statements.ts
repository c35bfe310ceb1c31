import type {
  DataSource,
  EntityManager,
  EntityMetadata,
  EntityTarget,
  FindManyOptions,
  ObjectLiteral,
  QueryRunner,
} from 'typeorm';

type Statement = { readonly sql: string; readonly values: readonly unknown[] };
type Column = EntityMetadata['columns'][number];

/** What a unit of work reads and writes whole rows by. */
export type Rows = Pick<
  EntityManager,
  'find' | 'findBy' | 'findOneBy' | 'findOneByOrFail' | 'countBy' | 'createQueryBuilder'
>;

/** SQLite takes no more values in one statement. */
const MOST_VALUES = 32_000;

/** Names of a table as SQL has them, kept for each data source. */
class Table {
  readonly columns: readonly Column[];
  readonly names: string;
  readonly path: string;
  private readonly byProperty: ReadonlyMap<string, Column>;

  constructor(
    private readonly dataSource: DataSource,
    private readonly metadata: EntityMetadata,
  ) {
    const { driver } = dataSource;
    this.columns = metadata.columns;
    this.names = this.columns.map(({ databaseName }) => driver.escape(databaseName)).join(', ');
    this.path = driver.escape(metadata.tableName);
    this.byProperty = new Map(this.columns.map((column) => [column.propertyName, column]));
  }

  /** What the driver binds for it: `null` where the row says nothing. */
  bound(column: Column, value: unknown): unknown {
    return this.dataSource.driver.preparePersistentValue(value, column) ?? null;
  }

  nameOf(column: Column): string {
    return this.dataSource.driver.escape(column.databaseName);
  }

  column(property: string): Column | undefined {
    return this.byProperty.get(property);
  }

  rowOf(raw: Readonly<Record<string, unknown>>): ObjectLiteral {
    const row = this.metadata.create() as Record<string, unknown>;
    for (const column of this.columns)
      row[column.propertyName] = this.dataSource.driver.prepareHydratedValue(
        raw[column.databaseName],
        column,
      );
    return row;
  }
}

const tables = new WeakMap<EntityMetadata, Table>();

function tableOf(dataSource: DataSource, entity: EntityTarget<ObjectLiteral>): Table {
  const metadata = dataSource.getMetadata(entity);
  const table = tables.get(metadata) ?? new Table(dataSource, metadata);
  tables.set(metadata, table);
  return table;
}

/**
 * INSERT of whole rows. TypeORM's own builder writes the text anew each time, and on SQLite puts numbers into it, so that no
 * two are alike and each is compiled anew; here one text serves for every row of a table.
 */
export function insertsOf(
  dataSource: DataSource,
  entity: EntityTarget<ObjectLiteral>,
  rows: readonly ObjectLiteral[],
): Statement[] {
  const table = tableOf(dataSource, entity);
  const marks = `(${table.columns.map(() => '?').join(', ')})`;
  const size = Math.floor(MOST_VALUES / table.columns.length);
  const statements: Statement[] = [];
  for (let from = 0; from < rows.length; from += size) {
    const some = rows.slice(from, from + size);
    statements.push({
      sql: `INSERT INTO ${table.path} (${table.names}) VALUES ${some.map(() => marks).join(', ')}`,
      values: some.flatMap((row) =>
        table.columns.map((column) => table.bound(column, column.getEntityValue(row))),
      ),
    });
  }
  return statements;
}

type Where = Readonly<Record<string, unknown>>;
type Order = Readonly<Record<string, unknown>>;

/** A condition of plain equality, as nearly all are; null for any other, which TypeORM writes. */
function equalities(
  table: Table,
  where: unknown,
): { readonly sql: string; readonly values: unknown[] } | null {
  if (where === undefined) return { sql: '', values: [] };
  if (typeof where !== 'object' || where === null || Array.isArray(where)) return null;
  const parts: string[] = [];
  const values: unknown[] = [];
  for (const [property, value] of Object.entries(where as Where)) {
    const column = table.column(property);
    if (!column || (typeof value !== 'string' && typeof value !== 'number')) return null;
    parts.push(`${table.nameOf(column)} = ?`);
    values.push(table.bound(column, value));
  }
  return { sql: parts.length > 0 ? ` WHERE ${parts.join(' AND ')}` : '', values };
}

function ordered(table: Table, order: Order): string | null {
  const parts: string[] = [];
  for (const [property, way] of Object.entries(order)) {
    const column = table.column(property);
    if (!column || (way !== 'ASC' && way !== 'DESC')) return null;
    parts.push(`${table.nameOf(column)} ${way}`);
  }
  return parts.length > 0 ? ` ORDER BY ${parts.join(', ')}` : '';
}

const PLAIN = new Set(['where', 'order', 'take']);

/** SELECT of whole rows; null where more is asked than equality, an order and a number of rows. */
function selectOf(table: Table, options: FindManyOptions): Statement | null {
  if (Object.keys(options).some((key) => !PLAIN.has(key))) return null;
  const where = equalities(table, options.where);
  const order = ordered(table, (options.order ?? {}) as Order);
  if (where === null || order === null) return null;
  const take = options.take === undefined ? '' : ` LIMIT ${String(Math.trunc(options.take))}`;
  return { sql: `SELECT ${table.names} FROM ${table.path}${where.sql}${order}${take}`, values: where.values };
}

/** The same answers as those of TypeORM's manager, for plain questions without its builder. */
export function rowsOn(runner: QueryRunner): Rows {
  const { manager, dataSource } = runner;
  const selected = async <Row extends ObjectLiteral>(
    entity: EntityTarget<Row>,
    options: FindManyOptions<Row>,
  ): Promise<Row[] | null> => {
    const table = tableOf(dataSource, entity);
    const statement = selectOf(table, options as FindManyOptions);
    if (!statement) return null;
    const raw = (await runner.query(statement.sql, [...statement.values])) as Record<string, unknown>[];
    return raw.map((each) => table.rowOf(each) as Row);
  };
  return {
    find: async (entity, options = {}) =>
      (await selected(entity, options)) ?? (await manager.find(entity, options)),
    findBy: async (entity, where) =>
      (await selected(entity, { where })) ?? (await manager.findBy(entity, where)),
    findOneBy: async (entity, where) => {
      const rows = await selected(entity, { where, take: 1 });
      return rows ? (rows[0] ?? null) : manager.findOneBy(entity, where);
    },
    findOneByOrFail: (entity, where) => manager.findOneByOrFail(entity, where),
    countBy: (entity, where) => manager.countBy(entity, where),
    createQueryBuilder: manager.createQueryBuilder.bind(manager),
  };
}
