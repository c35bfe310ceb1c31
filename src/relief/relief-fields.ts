import type { ReliefPaper } from '../funds/domain/rule.js';
import { RELIEF_PAPERS } from '../funds/domain/rule.js';
import type { Deduction } from '../funds/domain/worksheet.js';
import type { UploadedFiles } from '../platform/web/uploads.js';
import type { PaperTyped } from './relief-intake.service.js';

/** The name of a paper's photo in forms and in the API. */
export const PHOTO_FIELDS: Readonly<Record<ReliefPaper, string>> = {
  ID_CARD: 'idCard',
  HOUSEHOLD_REGISTER: 'householdRegister',
  INVOICES: 'invoicePhotos',
  INSURANCE_STATEMENT: 'insuranceStatement',
  DIAGNOSIS: 'diagnosis',
  EVENT_PROOF: 'eventProof',
  DEBTS: 'debtProof',
  CONSENT: 'consent',
  BANK_CARD: 'bankCard',
};

export function papersIn(uploads: UploadedFiles): PaperTyped[] {
  return RELIEF_PAPERS.flatMap((kind) => uploads.all(PHOTO_FIELDS[kind]).map((bytes) => ({ kind, bytes })));
}

/** What one policy is asked by, on the page. */
export const policyFields = (deduction: Deduction) =>
  ({ outcome: `${deduction}-outcome`, amount: `${deduction}-fen`, proof: `${deduction}-proof` }) as const;

/** The box for the points of one assessor. */
export const scoreField = (personId: string): string => `score-${personId}`;

/** A grant is paid in so many payments at most, as the page offers them. */
export const PLAN_LINES = [1, 2, 3, 4] as const;
export const planFields = (line: number) => ({ amount: `amount${line}`, to: `to${line}` }) as const;

/** Not the card of the family: the money goes straight to the hospital. */
export const NO_CARD = 'none';
export const NEW_CARD = 'new';
/** As the lists of a page call the family, where others are institutions. */
export const FAMILY = 'FAMILY';
