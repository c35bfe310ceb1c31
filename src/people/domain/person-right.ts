import type { Day } from '../../kernel/day.js';
import {
  CopyNeedsSecondPerson,
  CopyVouchedByWriter,
  ErasureNeedsSecondPerson,
  ErasureOfOneself,
  RequestFromTheFuture,
} from './person-right.errors.js';

export const RIGHTS = ['COPY', 'ERASE'] as const;
/** What a person may ask of whoever holds data about them, beside a correction (PIPL, art. 45 and 47). */
export type Right = (typeof RIGHTS)[number];

export const RIGHT_WORDS: Readonly<Record<Right, string>> = {
  COPY: '要一份自己信息的副本',
  ERASE: '删除自己的信息',
};

export const WAYS_ASKED = ['IN_PERSON', 'WRITTEN', 'PHONE'] as const;
export type WayAsked = (typeof WAYS_ASKED)[number];

export const WAY_ASKED_WORDS: Readonly<Record<WayAsked, string>> = {
  IN_PERSON: '本人（或监护人）当面说的',
  WRITTEN: '写了书面申请',
  PHONE: '打电话说的',
};

export const REQUEST_STATES = ['WAITING', 'DONE', 'DECLINED'] as const;
export type RequestState = (typeof REQUEST_STATES)[number];

export const REQUEST_WORDS: Readonly<Record<RequestState, string>> = {
  WAITING: '还没有办',
  DONE: '已经办好',
  DECLINED: '没有同意',
};

/** Within which a person is answered. The law says “in time” (PIPL, art. 50); the figure is ours. */
export const ANSWER_WORKING_DAYS = 15;

/** Throws where the day on which it was asked is still to come. */
export function checkAskedOn(askedOn: Day, today: Day): void {
  if (askedOn > today) throw new RequestFromTheFuture();
}

/** Stands where words or a name were that may not be empty. */
export const ERASED = '（已删除）';

type Hands = { readonly personId: string | null; readonly accountId: string | null };
type Asked = {
  readonly personId: string;
  readonly recordedBy: string | null;
  readonly recordedByAccount: string | null;
};

/**
 * Two people erase: what is gone cannot be put right. Who wrote the request down does not carry it out, under whichever
 * account; and nobody erases what is held about himself.
 */
export function refuseOneHand(asked: Asked, by: Hands): void {
  if (hasWrittenDown(asked, by)) throw new ErasureNeedsSecondPerson();
  if (by.personId === asked.personId) throw new ErasureOfOneself();
}

/**
 * Two people hand out a copy as well: one alone would read the whole village. Whoever wrote the request down opens it only
 * when somebody else has asked the person, so that an office of one can answer and no further eyes see the copy.
 */
export function refuseOwnCopy(asked: Asked & Vouched, by: Hands): void {
  if (!isVouched(asked) && hasWrittenDown(asked, by)) throw new CopyNeedsSecondPerson();
}

/** Throws where it is the writer's own request that is vouched for. */
export function refuseOwnVouch(asked: Asked, by: Hands): void {
  if (hasWrittenDown(asked, by)) throw new CopyVouchedByWriter();
}

type Vouched = { readonly vouchedAt: Date | null };
export const isVouched = ({ vouchedAt }: Vouched): boolean => vouchedAt !== null;

export function hasWrittenDown(
  { recordedBy, recordedByAccount }: Omit<Asked, 'personId'>,
  by: Hands,
): boolean {
  return (
    (by.personId !== null && by.personId === recordedBy) ||
    (by.accountId !== null && by.accountId === recordedByAccount)
  );
}
