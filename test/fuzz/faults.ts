import type { Request } from './mutations.js';

export type Given = { readonly status: number; readonly text: string };

/** What must never be in an answer: the frame of a stack, a statement, the word of a driver, a path of the server. */
const INSIDES =
  /\n\s+at (?:async )?[\w.<]+ ?\(?|node_modules|Sqlite(?:3)?Error|SQLITE_|\bER_[A-Z_]{4,}|QueryFailedError|\bSELECT\b.+\bFROM\b|\bINSERT INTO\b|\bdist\/src\/|file:\/\//s;

/** Null where the program answered as it should: whatever it is asked, it refuses in its own words or does it. */
export function faultOf({ status, text }: Given): string | null {
  if (status >= 500) return `status ${status}`;
  const inside = INSIDES.exec(text);
  return inside ? `it shows its inside: ${inside[0].slice(0, 80)}` : null;
}

/** So that what failed can be sent again. */
export function shown({ method, url, headers, body }: Request): string {
  const text = body === null ? '' : Buffer.isBuffer(body) ? body.toString('hex') : body;
  return `${method} ${url} ${JSON.stringify(headers)} ${text.slice(0, 300)}`;
}
