import type { Role } from '../../kernel/actor.js';

/** Who runs or watches the society's files: they see all of them (quality.md 6). */
const ALL_FILES: readonly Role[] = ['secretary', 'clerk', 'chair', 'deputy', 'supervisor'];
/** Who pays and who books see what proves a payment, and no one's identity card or illness. */
const PAYMENT_FILES: readonly Role[] = ['cashier', 'accountant'];
/** The originals that the books rest on, for whoever audits these (会计法 15). */
const VOUCHER_FILES: readonly Role[] = [...PAYMENT_FILES, 'auditor'];
/** Who reviews a case of relief has to see what it is judged by, and nothing of other cases. */
const RELIEF_FILES: readonly Role[] = ['reviewer'];

/** What may tell by its hand who objected: shown by its own page, to those who look into it. */
const NOBODYS_FILES = 'objection-';

/** What proves that money left, or came back. */
const isVoucher = (purpose: string): boolean => /^(?:payment|recovery)-/.test(purpose);

export function mayReadFile(purpose: string, roles: readonly Role[]): boolean {
  if (purpose.startsWith(NOBODYS_FILES)) return false;
  if (roles.some((role) => ALL_FILES.includes(role))) return true;
  const has = (readers: readonly Role[]) => roles.some((role) => readers.includes(role));
  return (
    (isVoucher(purpose) && has(VOUCHER_FILES)) ||
    (purpose.startsWith('donation-') && has(PAYMENT_FILES)) ||
    (purpose.startsWith('relief-') && has(RELIEF_FILES))
  );
}
