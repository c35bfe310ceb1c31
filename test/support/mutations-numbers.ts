import { named, SERIES, set } from './mutation.js';
import type { Mutation } from './mutation.js';

type Numbered = {
  readonly kind: string;
  readonly series: string;
  readonly table: string;
  readonly number: string;
  /** Whose numbers they are, in SQL, by a row of the numbered table and by one of `number_series`. */
  readonly ofRow: string;
  readonly ofSeries: string;
};

const ofOrganisation = (column: string) => named('organisations', column);

/** Every series of visible numbers. */
const NUMBERED: readonly Numbered[] = [
  {
    ...{ kind: 'case number gap', series: 'CASE', table: 'cases', number: 'number' },
    ...{ ofRow: ofOrganisation('society_id'), ofSeries: ofOrganisation('scope_id') },
  },
  {
    ...{ kind: 'decision number gap', series: 'decision', table: 'rounds', number: 'decision_serial' },
    ...{ ofRow: ofOrganisation('society_id'), ofSeries: ofOrganisation('scope_id') },
  },
  {
    ...{ kind: 'voucher number gap', series: 'voucher', table: 'vouchers', number: 'number' },
    ...{ ofRow: named('books', 'book_id'), ofSeries: named('books', 'scope_id') },
  },
  {
    ...{ kind: 'notice number gap', series: 'notice', table: 'notice_issues', number: 'serial' },
    ...{ ofRow: ofOrganisation('society_id'), ofSeries: ofOrganisation('scope_id') },
  },
  {
    ...{ kind: 'objection number gap', series: 'objection', table: 'notice_objections', number: 'serial' },
    ...{ ofRow: ofOrganisation('society_id'), ofSeries: ofOrganisation('scope_id') },
  },
  {
    ...{ kind: 'relief number gap', series: 'RELIEF', table: 'relief_cases', number: 'number' },
    ...{ ofRow: ofOrganisation('society_id'), ofSeries: ofOrganisation('scope_id') },
  },
  {
    ...{ kind: 'receipt number', series: 'donation-receipt', table: 'receipts', number: 'number' },
    ofRow: `'number_series/' || t.issuer_id || '/donation-receipt/' || t.series_year`,
    ofSeries: `'number_series/' || t.scope_id || '/donation-receipt/' || t.year`,
  },
];

/** quality.md R8: numbers run from 1 to the last one given, asked from both sides. */
const ALL: readonly Mutation[] = NUMBERED.flatMap(({ kind, series, table, number, ofRow, ofSeries }) => {
  const ofItsSeries = { key: SERIES, where: `t.series = '${series}'`, subject: ofSeries };
  const ofARow = { where: `t.${number} IS NOT NULL`, subject: ofRow };
  return [
    set(kind, `the series ${series} is gone`, 'number_series', null, ofItsSeries),
    set(kind, `${series} gave one too many`, 'number_series', 'last_number = last_number + 1', ofItsSeries),
    set(kind, `${series} gave one too few`, 'number_series', 'last_number = last_number - 1', ofItsSeries),
    set(kind, `a number of ${series} is left out`, table, `${number} = ${number} + 100`, ofARow),
    set(kind, `a number of ${series} is not one`, table, `${number} = 0`, ofARow),
  ];
});

const isOfObjections = ({ kind }: Mutation): boolean => kind === 'objection number gap';

/** The demo has every number but that of an objection, which another house has. */
export const NUMBER_MUTATIONS = ALL.filter((mutation) => !isOfObjections(mutation));
export const OBJECTION_NUMBER_MUTATIONS = ALL.filter(isOfObjections);
