import type { Day } from '../../kernel/day.js';
import type { Fen } from '../../kernel/fen.js';
import type { ReceiptState } from './gift.js';
import { WebhookUrlRefused } from './webhook.errors.js';

export const WEBHOOK_EVENTS = ['gift.received', 'gift.used'] as const;
export type WebhookEvent = (typeof WEBHOOK_EVENTS)[number];

export const WEBHOOK_EVENT_WORDS: Readonly<Record<WebhookEvent, string>> = {
  'gift.received': '收到捐赠',
  'gift.used': '捐赠用出去、退回来',
};

export const DELIVERY_STATES = ['WAITING', 'SENT', 'GIVEN_UP'] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];

export const DELIVERY_STATE_WORDS: Readonly<Record<DeliveryState, string>> = {
  WAITING: '等着送',
  SENT: '送到了',
  GIVEN_UP: '多次没送到',
};

/** What one society may have at once [P]. */
export const MOST_ENDPOINTS = 5;

/** The first of them that is free; null when all are taken. */
export function freeSlot(taken: readonly number[]): number | null {
  const slots = Array.from({ length: MOST_ENDPOINTS }, (_, i) => i + 1);
  return slots.find((slot) => !taken.includes(slot)) ?? null;
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** Standard Webhooks, “Reliability and retries”: how long after each try that failed the next one follows. */
export const RETRY_AFTER_MS: readonly number[] = [
  5_000,
  5 * MINUTE_MS,
  30 * MINUTE_MS,
  2 * HOUR_MS,
  5 * HOUR_MS,
  10 * HOUR_MS,
  14 * HOUR_MS,
  20 * HOUR_MS,
  24 * HOUR_MS,
];

/** Whoever sends keeps the delivery so long; the answer is waited for much shorter. */
export const LEASE_MS = MINUTE_MS;
export const ANSWER_MS = 10_000;

/** When the next try is due after `tries` that failed; null when it is given up. */
export function nextTryAt(tries: number, failedAt: Date): Date | null {
  const wait = RETRY_AFTER_MS[tries - 1];
  return wait === undefined ? null : new Date(failedAt.getTime() + wait);
}

/** What an answer means: taken, try again, or never again (410: the receiver has gone). */
export function outcomeOf(status: number | null): 'taken' | 'again' | 'gone' {
  if (status !== null && status >= 200 && status < 300) return 'taken';
  return status === 410 ? 'gone' : 'again';
}

const LONGEST_URL = 500;

/** Where events go. Only https, since they say how much was given; no name and password, which would stand in logs. */
export function readWebhookUrl(typed: string, { allowsPlain }: { readonly allowsPlain: boolean }): string {
  const text = typed.trim();
  if (text.length > LONGEST_URL) throw new WebhookUrlRefused(`地址最多 ${LONGEST_URL} 个字`);
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url) throw new WebhookUrlRefused('地址写成 https:// 开头');
  if (url.protocol !== 'https:' && !(allowsPlain && url.protocol === 'http:'))
    throw new WebhookUrlRefused('地址要用 https:// 开头，不能用别的');
  if (url.username !== '' || url.password !== '') throw new WebhookUrlRefused('地址里不能带账号密码');
  url.hash = '';
  return url.href;
}

type GiftSaid = {
  readonly giftId: string;
  readonly form: 'MONEY' | 'GOODS';
  readonly receiptState: ReceiptState;
  readonly amountFen: Fen;
  readonly day: Day;
  readonly fund: string;
  readonly restriction: string;
};

/**
 * The body of an event. Nothing personal: no name, no phone, no case, no words of the donor. `kind` of a use says
 * whether money went out (`PAID`) or came back; then the amount is negative.
 */
export function webhookBody(
  type: WebhookEvent,
  at: Date,
  said: GiftSaid & { readonly kind?: string },
): string {
  const { giftId, form, receiptState, amountFen, day, fund, restriction, kind } = said;
  const purse = { fund, restriction: restriction === 'none' ? null : restriction };
  const data = { giftId, form, receiptState, amountFen, day, purse, ...(kind === undefined ? {} : { kind }) };
  return JSON.stringify({ type, timestamp: at.toISOString(), data });
}
