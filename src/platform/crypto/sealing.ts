import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';
import type { KeyRing } from './key-ring.js';

const ALGORITHM = 'aes-256-gcm';
const NONCE = 12;
const TAG = 16;

/**
 * Seals single fields (ID number, phone, card) with AES-256-GCM. The key's id stands in each value, and the place
 * (`table/column/row`) is bound in: a sealed card copied to another person's row does not open (quality.md T17).
 */
export class Sealing {
  constructor(private readonly keys: KeyRing) {}

  seal(plain: string, context: string): string {
    return `${this.keys.current}.${this.sealBytes(Buffer.from(plain, 'utf8'), context).toString('base64')}`;
  }

  open(sealed: string, context: string): string {
    const [keyId = '', body = ''] = sealed.split('.', 2);
    return this.openWith(keyId, Buffer.from(body, 'base64'), context).toString('utf8');
  }

  /** The same for files; the key's id goes in front as one line. */
  sealFile(plain: Buffer, context: string): Buffer {
    return Buffer.concat([Buffer.from(`${this.keys.current}\n`), this.sealBytes(plain, context)]);
  }

  openFile(sealed: Buffer, context: string): Buffer {
    const end = sealed.indexOf('\n');
    return this.openWith(sealed.subarray(0, end).toString(), sealed.subarray(end + 1), context);
  }

  /**
   * Finds equal values without opening any: HMAC-SHA-256, 64 hexadecimal digits. The purpose (`society/id-number`)
   * keeps the index of one society useless in another.
   */
  blindIndex(purpose: string, value: string): string {
    return createHmac('sha256', this.keys.index).update(`${purpose}\n${value}`).digest('hex');
  }

  private sealBytes(plain: Buffer, context: string): Buffer {
    const nonce = randomBytes(NONCE);
    const cipher = createCipheriv(ALGORITHM, this.key(this.keys.current), nonce);
    cipher.setAAD(Buffer.from(context));
    const body = Buffer.concat([cipher.update(plain), cipher.final()]);
    return Buffer.concat([nonce, cipher.getAuthTag(), body]);
  }

  private openWith(keyId: string, bytes: Buffer, context: string): Buffer {
    const decipher = createDecipheriv(ALGORITHM, this.key(keyId), bytes.subarray(0, NONCE));
    decipher.setAAD(Buffer.from(context));
    decipher.setAuthTag(bytes.subarray(NONCE, NONCE + TAG));
    return Buffer.concat([decipher.update(bytes.subarray(NONCE + TAG)), decipher.final()]);
  }

  private key(id: string): Buffer {
    const key = this.keys.sealing.get(id);
    if (!key) throw new Error(`The key ring does not hold ${id}`);
    return key;
  }
}
