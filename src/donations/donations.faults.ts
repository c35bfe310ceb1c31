import { DomainError } from '../kernel/domain-error.js';
import type { FieldErrors } from '../platform/web/forms.js';
import {
  BankLineTaken,
  CompanyWithoutHome,
  DonorMerged,
  DonorPhoneInvalid,
  GivenInFuture,
  IntentUnclear,
  PurposeUnfit,
  UsccAlreadyKnown,
  UsccInvalid,
  UsccMissing,
} from './domain/donations.errors.js';

/** What a campaign has against a gift. */
const OF_CAMPAIGNS: ReadonlySet<string> = new Set([
  'CAMPAIGN_NOT_RUNNING',
  'CAMPAIGN_REPORTED',
  'CAMPAIGN_PURSE_DIFFERS',
  'DONOR_OUTSIDE_GROUP',
  'FEE_IN_CAMPAIGN',
  'PUBLIC_RAISING_REFUSED',
]);

/** A refusal about one field stands beside it; others go on to the filter. */
export function giftFaults(error: unknown): FieldErrors {
  if (error instanceof DomainError && OF_CAMPAIGNS.has(error.code))
    return { campaignId: `${error.message}${error.advice}` };
  if (error instanceof GivenInFuture) return { receivedOn: error.message, pledgedOn: error.message };
  if (error instanceof BankLineTaken) return { bankReference: `${error.message}${error.advice}` };
  if (error instanceof DonorMerged) return { donorId: `${error.message}${error.advice}` };
  if (error instanceof PurposeUnfit) return { purpose: `${error.message}${error.advice}` };
  if (error instanceof IntentUnclear) {
    const field = error.details['intent'] === 'PURPOSE' ? 'purpose' : 'purseId';
    return { [field]: error.message };
  }
  throw error;
}

export function donorFaults(error: unknown): FieldErrors {
  if (error instanceof UsccMissing || error instanceof UsccInvalid || error instanceof UsccAlreadyKnown)
    return { uscc: `${error.message}${error.advice}` };
  if (error instanceof DonorPhoneInvalid) return { phone: `${error.message}${error.advice}` };
  if (error instanceof CompanyWithoutHome) return { homePlace: `${error.message}${error.advice}` };
  throw error;
}
