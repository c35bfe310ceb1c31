/** A column whose values are sealed: a change of the key must find every one of them (quality.md T17). */
export type SealedColumn = {
  readonly table: string;
  readonly column: string;
  /** What is bound into each value, with columns of its row in braces: `cases/story/{id}`. */
  readonly place: string;
  /** The columns that name a row. */
  readonly key: readonly string[];
};

/** The sealed columns of a table, each with the place that is bound into its values. */
export function sealedIn(
  table: string,
  places: Readonly<Record<string, string>>,
  key: readonly string[] = ['id'],
): SealedColumn[] {
  return Object.entries(places).map(([column, place]) => ({ table, column, place, key }));
}

/** The place of one value, as whoever sealed it named it. */
export function placeIn({ place }: SealedColumn, row: Readonly<Record<string, unknown>>): string {
  return place.replace(/\{(\w+)\}/g, (_all, name: string) => String(row[name]));
}
