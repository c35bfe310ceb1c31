import type { FieldErrors } from '../../platform/web/forms.js';
import { DonorMerged, GivenInFuture } from '../domain/donations.errors.js';
import {
  AlreadyExpired,
  GoodsLineWrong,
  KinNotExcluded,
  NothingAccepted,
  RecipientNotApproved,
  RecipientNotFound,
  StockShort,
} from '../domain/goods.errors.js';

type Fields = { readonly line: string; readonly count: string };

/** A refusal about one field stands beside it; null for any other. */
export function goodsFaults(error: unknown, { line, count }: Fields): FieldErrors | null {
  if (error instanceof GivenInFuture) return { receivedOn: error.message };
  if (error instanceof DonorMerged) return { donorId: `${error.message}${error.advice}` };
  if (error instanceof GoodsLineWrong || error instanceof NothingAccepted || error instanceof AlreadyExpired)
    return { [line]: `${error.message}${error.advice}` };
  if (error instanceof StockShort) return { [count]: `${error.message}${error.advice}` };
  if (error instanceof KinNotExcluded) return { isNoKin: `${error.message}${error.advice}` };
  if (error instanceof RecipientNotFound || error instanceof RecipientNotApproved)
    return { caseNumber: `${error.message}${error.advice}` };
  return null;
}
