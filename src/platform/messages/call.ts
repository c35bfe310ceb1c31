import { UNKNOWN_WORDS } from './message-driver.js';
import type { Sent } from './message-driver.js';

/** How long an operator may take for its whole answer. */
export const PATIENCE_MS = 10_000;
const LONGEST_ANSWER = 64 * 1024;

/** Of what keeps a request from leaving, that which is certain: no line was opened, so nothing was sent. */
const NOT_LEFT = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN'];

type NotTaken = Exclude<Sent, { outcome: 'taken' }>;

/** What came back: the status and the JSON of it, or what kept it from coming. */
export type Answered =
  | { readonly ok: true; readonly status: number; readonly json: unknown }
  | { readonly ok: false; readonly sent: NotTaken };

export type Call = {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly patienceMs?: number | undefined;
};

/**
 * Posts to an operator that the settings name: within a time for the whole answer, and along no redirect, since the keys
 * would follow it. Nothing of the answer is quoted in words: an operator repeats the number in some of its faults. Once a
 * line was open the operator may have the text, whatever came back or did not.
 */
export async function call({ url, headers, body, patienceMs = PATIENCE_MS }: Call): Promise<Answered> {
  let answer: Response;
  let text: string;
  try {
    answer = await fetch(url, {
      method: 'POST',
      headers: { ...headers },
      body,
      redirect: 'manual',
      signal: AbortSignal.timeout(patienceMs),
    });
    text = await answer.text();
  } catch (error) {
    if (NOT_LEFT.includes(causeOf(error))) return kept(refused('连不上运营商', true));
    const late = error instanceof Error && error.name === 'TimeoutError';
    return kept(unknown(late ? '没有及时回答' : '连接断了'));
  }
  if (answer.status >= 300 && answer.status < 400)
    return kept(refused('运营商把请求转到了别处，没有跟去', false));
  if (text.length > LONGEST_ANSWER) return kept(unknown('回答太长'));
  try {
    return { ok: true, status: answer.status, json: JSON.parse(text) };
  } catch {
    return kept(unknown(`回答读不懂，${answer.status}`));
  }
}

const kept = (sent: NotTaken): Answered => ({ ok: false, sent });
const refused = (words: string, again: boolean): NotTaken => ({ outcome: 'refused', words, again });
const unknown = (why: string): NotTaken => ({ outcome: 'unknown', words: `${UNKNOWN_WORDS}（${why}）` });

/** The code of what made `fetch` fail; '' where it has none. */
function causeOf(error: unknown): string {
  return error instanceof Error ? textIn(error.cause, 'code') : '';
}

type Fault = {
  readonly status: number;
  /** The operator's own; '' where it gave none. */
  readonly code: string;
  /** It says clearly that the text was not taken now and may be later. */
  readonly passes: boolean;
  /** Its own trouble, which leaves open how far the text came. */
  readonly unsure?: boolean;
};

/** What an answer means that does not say "taken". */
export function notTaken(operator: string, { status, code, passes, unsure = false }: Fault): Sent {
  if (!passes && (unsure || code === '' || status >= 500))
    return unknown(`${operator}，${code === '' ? status : codeWord(code)}`);
  return refused(`${operator}没有收下（${codeWord(code)}）`, passes);
}

/** A field of a JSON answer, as text; '' where there is none. */
export function textIn(json: unknown, name: string): string {
  const value =
    json !== null && typeof json === 'object' ? (json as Record<string, unknown>)[name] : undefined;
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';
}

/** A code of an operator, as far as it is one: letters, digits, dots. It names no person. */
function codeWord(code: string): string {
  return /^[A-Za-z0-9_.-]{1,40}$/.test(code) ? code : '没有代码';
}
