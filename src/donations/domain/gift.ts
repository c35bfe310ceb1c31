import { CAUSE_WORDS } from '../../kernel/causes.js';
import { earmarkOf, POOL, UNCLAIMED, UNRESTRICTED } from '../../ledger/domain/funds.js';
import type { Purse } from '../../ledger/domain/funds.js';
import { IntentUnclear, PurposeUnfit } from './donations.errors.js';

/**
 * Where a gift stands (domain.md 2.4). What became of its money afterwards is no state: it is read from the lots.
 * A pledge books nothing; unknown money waits until its giver is found.
 */
export const GIFT_STATES = ['PLEDGED', 'UNKNOWN', 'RECEIVED', 'ENDED'] as const;
export type GiftState = (typeof GIFT_STATES)[number];

export const GIFT_STATE_WORDS: Readonly<Record<GiftState, string>> = {
  PLEDGED: '已认捐，没到账',
  UNKNOWN: '待认领',
  RECEIVED: '已收到',
  ENDED: '已取消',
};

export const GIFT_ENDINGS = ['PLEDGE_WITHDRAWN', 'MISTYPED'] as const;
export type GiftEnding = (typeof GIFT_ENDINGS)[number];

/** The donor's written intent (Charity Law, art. 38): it decides the purse, and stays unless he agrees to another. */
export const INTENTS = ['UNRESTRICTED', 'SOCIETY', 'PURPOSE', 'FUND', 'PROJECT'] as const;
export type Intent = (typeof INTENTS)[number];

export const INTENT_WORDS: Readonly<Record<Intent, string>> = {
  UNRESTRICTED: '不指定，由社里安排',
  SOCIETY: '指定给本社救急难',
  PURPOSE: '指定一种用途',
  FUND: '指定一个基金',
  PROJECT: '指定一个项目',
};

/** No receipt is due for a fee, for goods it is after their valuation. */
export const RECEIPT_STATES = ['NONE', 'DUE', 'ISSUED', 'WAIVED'] as const;
export type ReceiptState = (typeof RECEIPT_STATES)[number];

export const RECEIPT_STATE_WORDS: Readonly<Record<ReceiptState, string>> = {
  NONE: '不开票据',
  DUE: '待开票据',
  ISSUED: '已开票据',
  WAIVED: '捐赠人不要票据',
};

export const GIFT_FORMS = ['MONEY', 'GOODS'] as const;
export type GiftForm = (typeof GIFT_FORMS)[number];

/** A purse as the donor's words name it: by its row for a fund or a project, by the purpose within the pool. */
export type Wanted = {
  readonly intent: Intent;
  readonly purpose: string | null;
  readonly purse: Purse | null;
};

/**
 * What money within the pool may be given for: one kind of event, as its cases name it. Another word would be the name
 * of a purse, which stands in public, and no case could ever be paid from it; what is meant for something else has a
 * project of the federation.
 */
export const PURPOSES: readonly string[] = Object.values(CAUSE_WORDS);

/** The purse of an intent. Money for one purpose never serves another (domain.md 3, rule 4; D4-53). */
export function purseOf({ intent, purpose, purse }: Wanted): Purse {
  switch (intent) {
    case 'UNRESTRICTED':
    case 'SOCIETY':
      return POOL;
    case 'PURPOSE':
      return earmarkOf(purposeOf(purpose));
    case 'FUND':
    case 'PROJECT':
      if (!purse || purse.fund === POOL.fund || purse.fund === UNCLAIMED.fund)
        throw new IntentUnclear(intent);
      if ((intent === 'FUND') !== (purse.restriction === UNRESTRICTED)) throw new IntentUnclear(intent);
      return purse;
  }
}

function purposeOf(typed: string | null): string {
  const purpose = (typed ?? '').trim();
  if (purpose === '') throw new IntentUnclear('PURPOSE');
  if (!PURPOSES.includes(purpose)) throw new PurposeUnfit(PURPOSES);
  return purpose;
}
