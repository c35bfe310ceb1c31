import type { Clock } from '../../kernel/clock.js';
import type { Config } from '../config.js';
import { readSigningIdentity } from './signing-identity.js';
import type { SigningIdentity } from './signing-identity.js';
import { signedPdfOf } from './signature-update.js';

/** The organisation that signs files by machine, or nobody: it is one setting of the house, and optional. */
export class PdfSigner {
  constructor(private readonly identity: SigningIdentity | null) {}

  /** A certificate that cannot sign keeps the program from starting. */
  static by({ noticeP12File, noticeP12Password }: Config, clock: Clock): PdfSigner {
    const identity =
      noticeP12File === null ? null : readSigningIdentity(noticeP12File, noticeP12Password, clock.now());
    return new PdfSigner(identity);
  }

  /** Whoever signs at that moment: null without a certificate, and once it has expired under a running program. */
  signerAt(now: Date): Pick<SigningIdentity, 'name' | 'fingerprint'> | null {
    const { identity } = this;
    return identity && now >= identity.validFrom && now < identity.validUntil ? identity : null;
  }

  sign(pdf: Buffer, reason: string, at: Date): Buffer {
    if (!this.identity || !this.signerAt(at)) throw new Error('There is no certificate to sign with');
    return signedPdfOf(pdf, { identity: this.identity, reason, at });
  }
}
