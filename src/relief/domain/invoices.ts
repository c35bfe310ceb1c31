import { parseYuan, sumOf } from '../../kernel/fen.js';
import type { Fen } from '../../kernel/fen.js';
import { InvoiceTwice, NoInvoices } from './relief.errors.js';

/** One invoice as it is claimed: its number as printed, and its whole amount. */
export type Invoice = { readonly number: string; readonly amountFen: Fen };

/** Upper case, without spaces and dashes: what a person typed twice is found twice. */
export function tidyInvoiceNumber(text: string): string {
  return text.normalize('NFKC').toUpperCase().replaceAll(/[\s-]/g, '');
}

export const isInvoiceNumber = (text: string): boolean => /^[0-9A-Z]{6,30}$/.test(text);

/** One line each: “12345678 99540.00”. Null for a line that is no invoice, with its place from 1. */
export function readInvoiceLines(text: string): {
  readonly invoices: Invoice[];
  readonly faultIn: number | null;
} {
  const invoices: Invoice[] = [];
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '');
  for (const [at, line] of lines.entries()) {
    const [, typed = '', amount = ''] =
      /^([^\s,、]+)[\s,、]+(\S+)$/u.exec(line.trim().normalize('NFKC')) ?? [];
    const number = tidyInvoiceNumber(typed);
    const amountFen = parseYuan(amount);
    if (!isInvoiceNumber(number) || amountFen === null || amountFen === 0)
      return { invoices, faultIn: at + 1 };
    invoices.push({ number, amountFen });
  }
  return { invoices, faultIn: null };
}

/** At least one, and none twice. */
export function checkInvoices(invoices: readonly Invoice[]): void {
  if (invoices.length === 0) throw new NoInvoices();
  const seen = new Set<string>();
  for (const [at, { number }] of invoices.entries()) {
    if (seen.has(number)) throw new InvoiceTwice(at + 1);
    seen.add(number);
  }
}

export const totalOf = (invoices: readonly Invoice[]): Fen =>
  sumOf(invoices.map(({ amountFen }) => amountFen));
