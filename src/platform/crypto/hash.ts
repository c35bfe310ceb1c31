import { createHash, timingSafeEqual } from 'node:crypto';

/** JSON with the names of every object in order, so that equal contents are equal texts. Dates are ISO 8601. */
export function canonicalJson(value: unknown): string {
  if (value instanceof Date) return JSON.stringify(value.toISOString());
  if (Buffer.isBuffer(value)) return JSON.stringify(`sha256:${sha256(value)}`);
  if (Array.isArray(value)) return `[${value.map((each) => canonicalJson(each ?? null)).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const entries = Object.entries(value)
    .filter(([, each]) => each !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([name, each]) => `${JSON.stringify(name)}:${canonicalJson(each)}`).join(',')}}`;
}

/** 64 hexadecimal digits. */
export function sha256(bytes: string | Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** How long it takes says nothing of how much of a typed code was right. */
export function isSameSecret(kept: string, typed: string): boolean {
  return timingSafeEqual(Buffer.from(sha256(kept)), Buffer.from(sha256(typed)));
}

export function hashOf(value: unknown): string {
  return sha256(canonicalJson(value));
}
