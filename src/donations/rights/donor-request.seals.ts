import { Injectable } from '@nestjs/common';
import { Sealing } from '../../platform/crypto/sealing.js';

type Field = 'wish' | 'answer';

/** Seals what was said about a request in the row that it was said of. */
@Injectable()
export class DonorRequestSeals {
  constructor(private readonly sealing: Sealing) {}

  seal(field: Field, requestId: string, plain: string): string {
    return this.sealing.seal(plain, `donor_requests/${field}/${requestId}`);
  }

  open(field: Field, requestId: string, sealed: string | null): string | null {
    return sealed && this.sealing.open(sealed, `donor_requests/${field}/${requestId}`);
  }
}
