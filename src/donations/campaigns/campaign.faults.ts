import type { FieldErrors } from '../../platform/web/forms.js';
import {
  AdminShareTooHigh,
  CampaignDaysWrong,
  CampaignTextPersonal,
  CertificateDaysWrong,
  PlanFiledLate,
  PlanMissing,
  QuotaRefused,
} from '../domain/campaign.errors.js';
import { IntentUnclear, PurposeUnfit } from '../domain/donations.errors.js';

/** A refusal about one field stands beside it; null for any other. */
export function campaignFaults(error: unknown): FieldErrors | null {
  if (error instanceof QuotaRefused) return { purposeWords: `${error.message}${error.advice}` };
  if (error instanceof CampaignTextPersonal)
    return { [error.field === '名称' ? 'name' : 'purposeWords']: `${error.message}${error.advice}` };
  if (error instanceof CampaignDaysWrong) return { startsOn: `${error.message}${error.advice}` };
  if (error instanceof PlanMissing) return { planNumber: `${error.message}${error.advice}` };
  if (error instanceof PlanFiledLate) return { planFiledOn: `${error.message}${error.advice}` };
  if (error instanceof AdminShareTooHigh) return { adminPercent: `${error.message}${error.advice}` };
  if (error instanceof CertificateDaysWrong) return { validUntil: `${error.message}${error.advice}` };
  if (error instanceof PurposeUnfit) return { purpose: `${error.message}${error.advice}` };
  if (error instanceof IntentUnclear) {
    const field = error.details['intent'] === 'PURPOSE' ? 'purpose' : 'purseId';
    return { [field]: error.message };
  }
  return null;
}
