import type { Role } from '../../kernel/actor.js';

/** Who runs or watches the society's files: they see all of them (quality.md 6). */
const ALL_FILES: readonly Role[] = ['secretary', 'clerk', 'chair', 'deputy', 'supervisor'];
/** Who pays and who books see what proves a payment, and no one's identity card or illness. */
const PAYMENT_FILES: readonly Role[] = ['cashier', 'accountant'];

export function mayReadFile(purpose: string, roles: readonly Role[]): boolean {
  if (roles.some((role) => ALL_FILES.includes(role))) return true;
  return purpose.startsWith('payment-') && roles.some((role) => PAYMENT_FILES.includes(role));
}
