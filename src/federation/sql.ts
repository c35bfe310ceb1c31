import type { Value } from '../platform/database/transactions.js';

/** A piece of SQL with its bound values, to be put into a larger one: a filter that does not filter is not there at all. */
export type Sql = { readonly texts: readonly string[]; readonly values: readonly Value[] };

const isSql = (value: Value | Sql): value is Sql =>
  typeof value === 'object' && value !== null && 'texts' in value;

/** Like the templates of `Reads`: every `${value}` is bound, never pasted; only another piece becomes part of the text. */
export function sql(text: TemplateStringsArray, ...given: (Value | Sql)[]): Sql {
  const texts: string[] = [text[0] ?? ''];
  const values: Value[] = [];
  const append = (more: string) => texts.push((texts.pop() ?? '') + more);
  for (const [i, value] of given.entries()) {
    if (isSql(value)) {
      append(value.texts[0] ?? '');
      texts.push(...value.texts.slice(1));
      values.push(...value.values);
      append(text[i + 1] ?? '');
    } else {
      values.push(value);
      texts.push(text[i + 1] ?? '');
    }
  }
  return { texts, values };
}

/** Conditions that all hold; without one, what always holds. */
export function all(conditions: readonly Sql[]): Sql {
  const [first, ...rest] = conditions;
  return first ? rest.reduce((whole, each) => sql`${whole} AND ${each}`, first) : sql`1 = 1`;
}

/** In the form that `Reads` takes. */
export const textOf = ({ texts }: Sql): TemplateStringsArray =>
  Object.assign([...texts], { raw: [...texts] });
