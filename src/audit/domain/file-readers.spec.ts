import type { Role } from '../../kernel/actor.js';
import { mayReadFile } from './file-readers.js';

it.each<[purpose: string, role: Role, may: boolean]>([
  ['case-id_card', 'secretary', true],
  ['case-cause_proof', 'supervisor', true],
  ['case-cause_proof', 'cashier', false],
  ['case-id_card', 'accountant', false],
  ['payment-proof', 'cashier', true],
  ['payment-proof', 'accountant', true],
  ['payment-proof', 'director', false],
  ['donation-agreement', 'accountant', true],
  ['donation-agreement', 'director', false],
  ['sign-in-sheet', 'cashier', false],
  ['relief-invoices', 'reviewer', true],
  ['case-id_card', 'reviewer', false],
  ['relief-invoices', 'cashier', false],
  ['objection-letter', 'secretary', false],
  ['objection-withdrawal', 'supervisor', false],
])('%s is shown to a %s: %p', (purpose, role, may) => {
  expect(mayReadFile(purpose, [role])).toBe(may);
});
