import { Choice, Count, OptionalText } from '../../platform/web/fields.js';
import type { Quarter } from '../domain/accounts.js';
import type { AccountsAsked } from './accounts.service.js';

/** Which quarter, or the whole year. */
export const SPANS = ['Q1', 'Q2', 'Q3', 'Q4', 'YEAR'] as const;
export type Span = (typeof SPANS)[number];

export class AccountReportForm {
  @Count('年份', { min: 2000, max: 2100 })
  readonly year!: number;

  @Choice(SPANS, '请选择公示哪个季度，或者全年')
  readonly span!: Span;

  /** Of a federation one of its funds; nothing for the whole house. */
  @OptionalText({ label: '基金', max: 40 })
  readonly fund?: string;
}

export function accountsAskedOf({ year, span, fund }: AccountReportForm): AccountsAsked {
  const quarter = span === 'YEAR' ? 0 : (Number(span.slice(1)) as Quarter);
  return { year, quarter, fund: fund ?? null };
}

export const spanOf = (quarter: Quarter): Span => (quarter === 0 ? 'YEAR' : `Q${quarter}`);
