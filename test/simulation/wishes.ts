import type { House } from '../support/house.js';
import { multipart } from '../support/form-visitor.js';
import type { AtDesk, World } from './world.js';

/** How often the wish is in the books: counted in the rows of the trade, which know nothing of keys. */
export type Effect = { readonly sql: string; readonly values: readonly (string | number)[] };

/** One thing that somebody wants done once, however often it has to be asked. */
export type Wish = {
  readonly name: string;
  readonly act: Act;
  readonly post: AtDesk;
  readonly path: string;
  readonly body: Readonly<Record<string, unknown>>;
  readonly photo?: { readonly field: string; readonly bytes: Buffer };
  /** Null where rows do not say which wish they come from: those are counted all together. */
  readonly effect: Effect | null;
  /** What it moves at the bank when it is done, in fen. */
  readonly movesFen: number;
  /** The bank's message of which it is the answer. */
  readonly about?: string;
  key: string;
  state: 'asked' | 'unknown' | 'done' | 'refused';
  answer: unknown;
  code: string;
  asked: number;
};

export type WishDraft = Pick<Wish, 'act' | 'post' | 'path' | 'body'> &
  Partial<Pick<Wish, 'photo' | 'effect' | 'movesFen' | 'about'>> & { readonly what: string };

/** The acts of the simulation, and where each leaves exactly one row more in the books. */
export const TOTALS = {
  registerCase: 'SELECT COUNT(*) AS "n" FROM cases WHERE society_id = ?',
  openRound: 'SELECT COUNT(*) AS "n" FROM rounds WHERE society_id = ?',
  castBallot: `SELECT COUNT(*) AS "n" FROM round_stances s JOIN rounds r ON r.id = s.round_id
               WHERE s.kind = 'BALLOT' AND s.how = 'OWN' AND r.society_id = ?`,
  withdrawCase: `SELECT COUNT(*) AS "n" FROM cases WHERE state = 'WITHDRAWN' AND society_id = ?`,
  recordPayment: `SELECT COUNT(*) AS "n" FROM payment_attempts WHERE outcome = 'PAID' AND society_id = ?`,
  recordReturnedPayment: `SELECT COUNT(*) AS "n" FROM payment_attempts WHERE outcome = 'RETURNED' AND society_id = ?`,
  recordFailedPayment: `SELECT COUNT(*) AS "n" FROM payment_attempts WHERE outcome = 'FAILED' AND society_id = ?`,
  recordInflow: `SELECT COUNT(*) AS "n" FROM lots l JOIN fund_balances f ON f.id = l.balance_id JOIN books b ON b.id = f.book_id
                 WHERE l.source = 'SUBSIDY' AND b.society_id = ?`,
  recordDonation: 'SELECT COUNT(*) AS "n" FROM gifts WHERE society_id = ?',
  askRefund: 'SELECT COUNT(*) AS "n" FROM gift_refunds WHERE society_id = ?',
  decideRefund: 'SELECT COUNT(*) AS "n" FROM gift_refunds WHERE decided_at IS NOT NULL AND society_id = ?',
  payRefund: 'SELECT COUNT(*) AS "n" FROM gift_refund_lines WHERE society_id = ?',
  signNotice: 'SELECT COUNT(*) AS "n" FROM notices WHERE signed_at IS NOT NULL AND society_id = ?',
} as const;
export type Act = keyof typeof TOTALS;
export const ACTS = Object.keys(TOTALS) as Act[];

export async function countedBy(house: House, { sql, values }: Effect): Promise<number> {
  const [row] = await house.dataSource.query<{ n: number | string }[]>(sql, [...values]);
  return Number(row?.n);
}

/** Sends it as a program with a token does. The answer may never come: then this never ends. */
export async function send({ house, tokens }: World, wish: Wish): Promise<{ status: number; body: unknown }> {
  const { photo } = wish;
  const sent = photo
    ? multipart(wish.body as Record<string, string>, { [photo.field]: photo.bytes })
    : { headers: { 'content-type': 'application/json' }, payload: JSON.stringify(wish.body) };
  const reply = await house.app.inject({
    method: 'POST',
    url: `/api/v1${wish.path}`,
    headers: { ...sent.headers, authorization: `Bearer ${tokens[wish.post]}`, 'idempotency-key': wish.key },
    payload: sent.payload,
  });
  return { status: reply.statusCode, body: reply.body === '' ? null : (JSON.parse(reply.body) as unknown) };
}
