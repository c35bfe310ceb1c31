import { RequestFromTheFuture, RequestPending } from '../../people/domain/person-right.errors.js';
import type { FieldErrors } from '../../platform/web/forms.js';
import { DonorAsksOffice, WishMissing } from '../domain/donor-right.errors.js';

/** What is wrong with a request, beside its field; others go on to the filter. */
export function requestFaults(error: unknown): FieldErrors {
  if (error instanceof RequestFromTheFuture) return { askedOn: `${error.message}${error.advice}` };
  if (error instanceof RequestPending) return { kind: `${error.message}${error.advice}` };
  if (error instanceof DonorAsksOffice) return { kind: `${error.message}${error.advice}` };
  if (error instanceof WishMissing) return { wish: `${error.message}${error.advice}` };
  throw error;
}
