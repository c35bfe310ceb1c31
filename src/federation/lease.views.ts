import { minutesLeft } from './domain/lease.js';
import type { QueueLease } from './domain/queue.js';
import type { Subject } from './leases.service.js';
import { leaseWords } from './queue.views.js';

export type LeaseView = {
  readonly words: string | null;
  /** Empty where there is nothing to press: somebody else is at it. */
  readonly action: string;
  readonly button: string;
  readonly subjectKind: string;
  readonly subjectId: string;
  readonly query: string;
};

type Looking = { readonly accountId: string | null; readonly now: Date; readonly query: string };

/** Who is at it and for how long; taken where it is free, and given back by whoever has it. */
export function leaseView(lease: QueueLease | null, subject: Subject, looking: Looking): LeaseView {
  const { accountId, now, query } = looking;
  const of = { ...subject, query };
  if (!lease) return { ...of, words: null, action: '/s/desk/claims', button: '我来审' };
  const words = `${leaseWords(lease, accountId)}，还有 ${minutesLeft(lease, now)} 分钟`;
  return lease.holderAccount === accountId
    ? { ...of, words, action: '/s/desk/releases', button: '放下' }
    : { ...of, words, action: '', button: '' };
}
