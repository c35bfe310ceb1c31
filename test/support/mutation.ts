/** One row made wrong. `change` is what UPDATE sets, null takes the row away; `subject` is SQL for how it must be named. */
export type Mutation = {
  readonly kind: string;
  readonly because: string;
  readonly table: string;
  readonly key: readonly string[];
  readonly where: string;
  readonly change: string | null;
  readonly subject: string;
};

type Options = { readonly where?: string; readonly subject?: string; readonly key?: readonly string[] };

export function set(
  kind: string,
  because: string,
  table: string,
  change: string | null,
  options: Options = {},
): Mutation {
  const { where = '1 = 1', key = ['id'], subject = `'${table}/' || t.${key[0] ?? ''}` } = options;
  return { kind, because, table, key, where, change, subject };
}

export const SERIES = ['scope_id', 'series', 'year'];
export const named = (prefix: string, column: string): string => `'${prefix}/' || t.${column}`;
export const HASH = '0'.repeat(64);
export const MONTH: Options = {
  key: ['society_id', 'month'],
  subject: `'society_months/' || t.society_id || '/' || t.month`,
};
