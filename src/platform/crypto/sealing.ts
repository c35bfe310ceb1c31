import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';
import type { Keys } from './keys.js';

const ALGORITHM = 'aes-256-gcm';
const NONCE = 12;
const TAG = 16;

/**
 * Seals single fields (ID number, phone, card) with AES-256-GCM. The key's id stands in each value, and the place
 * (`table/column/row`) is bound in: a sealed card copied to another person's row does not open (quality.md T17).
 */
export class Sealing {
  constructor(private readonly keys: Pick<Keys, 'current' | 'find' | 'index'>) {}

  get currentKeyId(): string {
    return this.keys.current[0];
  }

  seal(plain: string, context: string): string {
    const [keyId, key] = this.keys.current;
    return `${keyId}.${sealBytes(key, Buffer.from(plain, 'utf8'), context).toString('base64')}`;
  }

  open(sealed: string, context: string): string {
    const [keyId = '', body = ''] = sealed.split('.', 2);
    return this.openWith(keyId, Buffer.from(body, 'base64'), context).toString('utf8');
  }

  /** The same for files; the key's id goes in front as one line. */
  sealFile(plain: Buffer, context: string): Buffer {
    const [keyId, key] = this.keys.current;
    return Buffer.concat([Buffer.from(`${keyId}\n`), sealBytes(key, plain, context)]);
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

  private openWith(keyId: string, bytes: Buffer, context: string): Buffer {
    const decipher = createDecipheriv(ALGORITHM, this.keys.find(keyId), bytes.subarray(0, NONCE));
    decipher.setAAD(Buffer.from(context));
    decipher.setAuthTag(bytes.subarray(NONCE, NONCE + TAG));
    return Buffer.concat([decipher.update(bytes.subarray(NONCE + TAG)), decipher.final()]);
  }
}

function sealBytes(key: Buffer, plain: Buffer, context: string): Buffer {
  const nonce = randomBytes(NONCE);
  const cipher = createCipheriv(ALGORITHM, key, nonce);
  cipher.setAAD(Buffer.from(context));
  const body = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), body]);
}

/** Under which key a value was sealed: it stands in front of it. */
export const keyIdOf = (sealed: string): string => sealed.slice(0, sealed.indexOf('.'));
