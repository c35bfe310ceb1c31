import { createHmac, timingSafeEqual } from 'node:crypto';
import { codeOf, counterOf, stepsToTry } from './domain/totp.js';

/** RFC 4226, 4: at least 128 bits, better 160. */
export const SECRET_BYTES = 20;

/** The code of one step (RFC 6238 with HMAC-SHA-1). */
export function totp(secret: Buffer, step: number, digits?: number): string {
  return codeOf(createHmac('sha1', secret).update(counterOf(step)).digest(), digits);
}

/** The step that the code is of; null when it is of none that is good now. */
export function matchingStep(secret: Buffer, code: string, now: Date, lastStep: number): number | null {
  const typed = Buffer.from(code);
  const same = (step: number) => {
    const right = Buffer.from(totp(secret, step));
    return right.length === typed.length && timingSafeEqual(right, typed);
  };
  return stepsToTry(now, lastStep).find(same) ?? null;
}
