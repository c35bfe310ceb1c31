/** How the written answer came to whoever had objected by name (domain.md 2.3): a closed list, and no word of what was said. */
export const HANDING_WAYS = ['IN_PERSON', 'POST', 'PHONE', 'SMS'] as const;
export type HandingWay = (typeof HANDING_WAYS)[number];

export const HANDING_WORDS: Readonly<Record<HandingWay, string>> = {
  IN_PERSON: '当面',
  POST: '邮寄',
  PHONE: '电话',
  SMS: '短信',
};

/** Working days from the answer until it is in the hands of whoever asked for it [P]. */
export const HAND_REPLY_DAYS = 2;

export type HandedFault = 'future' | 'before-reply';

/** A minute is forgiven: a form says no seconds. */
const SLACK_MS = 60_000;

/** Null where an answer that was written then may have been handed over at that moment; else why not. */
export function handedFault(handedAt: Date, writtenAt: Date, now: Date): HandedFault | null {
  if (handedAt.getTime() > now.getTime() + SLACK_MS) return 'future';
  return handedAt.getTime() < writtenAt.getTime() - SLACK_MS ? 'before-reply' : null;
}
