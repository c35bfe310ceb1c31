import type { Sent } from './message-driver.js';

/** How long an operator may take for its whole answer. */
export const PATIENCE_MS = 10_000;
const LONGEST_ANSWER = 64 * 1024;

/** What came back: the status and the JSON of it, or what kept it from coming. */
export type Answered =
  | { readonly ok: true; readonly status: number; readonly json: unknown }
  | { readonly ok: false; readonly refused: Extract<Sent, { outcome: 'refused' }> };

export type Call = {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly patienceMs?: number | undefined;
};

/**
 * Posts to an operator that the settings name: within a time for the whole answer, and along no redirect, since the keys
 * would follow it. Nothing of the answer is quoted in words: an operator repeats the number in some of its faults.
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
    const late = error instanceof Error && error.name === 'TimeoutError';
    return kept(late ? '运营商没有及时回答' : '连不上运营商');
  }
  if (answer.status >= 300 && answer.status < 400) return kept('运营商把请求转到了别处，没有跟去');
  if (text.length > LONGEST_ANSWER) return kept('运营商的回答读不懂');
  try {
    return { ok: true, status: answer.status, json: JSON.parse(text) };
  } catch {
    return kept(`运营商的回答读不懂（${answer.status}）`);
  }
}

function kept(words: string): Answered {
  return { ok: false, refused: { outcome: 'refused', words, again: true } };
}

/** A field of a JSON answer, as text; '' where there is none. */
export function textIn(json: unknown, name: string): string {
  const value =
    json !== null && typeof json === 'object' ? (json as Record<string, unknown>)[name] : undefined;
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';
}

/** A code of an operator, as far as it is one: letters, digits, dots. It names no person. */
export function codeWord(code: string): string {
  return /^[A-Za-z0-9_.-]{1,40}$/.test(code) ? code : '没有代码';
}
