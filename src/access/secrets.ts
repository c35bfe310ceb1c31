import { Injectable } from '@nestjs/common';
import { hash, verify } from '@node-rs/argon2';
import { sha256 } from '../platform/crypto/hash.js';
import { passwordText } from './domain/credentials.js';

/** argon2id (the package's default kind) at 19 MiB and two passes: OWASP's first choice. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** The hash of a password that nobody has. */
export const NOBODYS = hash('nobody', COST);

/** Slow hashes for what people think up. */
@Injectable()
export class Passwords {
  async hash(typed: string): Promise<string> {
    return hash(passwordText(typed), COST);
  }

  /** Takes as long for an unknown account as for a known one (quality.md G18). */
  async matches(known: string | null, typed: string): Promise<boolean> {
    const fits = await verify(known ?? (await NOBODYS), passwordText(typed));
    return fits && known !== null;
  }
}

/** What is kept of a secret of 256 bits: nobody can guess it, so that a fast hash is enough. */
export function tokenHash(token: string): string {
  return sha256(token);
}

/** A token as `Ids` makes it: anything else is not even looked up. */
export function isToken(text: unknown): text is string {
  return typeof text === 'string' && /^[\w-]{43}$/.test(text);
}
