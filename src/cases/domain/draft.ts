import type { Fen } from '../../kernel/fen.js';
import type { Purpose } from '../../people/domain/consent.js';
import type { Cause } from '../../kernel/causes.js';
import type { PaperKind } from './papers.js';
import type { PayMethod } from './revision.js';

export type CasePhoto = { readonly kind: PaperKind; readonly fileId: string };

/** The first page: who, what happened, how much, in whose words. */
export type DraftNeed = {
  readonly leadId: string | null;
  readonly applicantId: string;
  readonly cause: Cause;
  readonly amountFen: Fen;
  readonly story: string | null;
};

/** The second page: papers, payee, consent, visitors. Nobody has visited yet when the list is empty. */
export type DraftRest = {
  readonly method: PayMethod;
  readonly payeeAccountId: string | null;
  readonly consents: readonly Purpose[];
  readonly pledged: boolean;
  readonly visitors: readonly string[];
};

/** A case as it is being written down: the second page is still to come while `rest` is null. */
export type DraftContent = {
  readonly need: DraftNeed;
  readonly photos: readonly CasePhoto[];
  readonly rest: DraftRest | null;
};

/** All that an intake says, typed on two pages or sent by a program. */
export type Intake = DraftNeed & DraftRest & { readonly photos: readonly CasePhoto[] };

export function intakeOf({ need, photos, rest }: DraftContent): Intake | null {
  return rest === null ? null : { ...need, ...rest, photos };
}

/** Drafts hold what is personal, and are for finishing, not for keeping (pages.md 2). */
export const DRAFT_DAYS = 7;
