import { randomUUID } from 'node:crypto';
import { NoticesQueries, NoticesService, NoticeSubjects } from '../../src/notices/index.js';
import type { Notice, NoticeFacts, NoticeKind, Worded } from '../../src/notices/index.js';
import { Transactions } from '../../src/platform/database/transactions.js';
import { dayOf } from '../../src/kernel/day.js';
import type { House } from './house.js';
import { wordsOf } from './notices.js';
import { as, photo } from './village.js';
import type { Village } from './village.js';

export const PLAYED = 'played';

/** What a notice is about, played by the test: what it would say today, and what it was told. */
export type PlayedSubject = {
  readonly told: NoticeFacts[];
  /** By subject: what is said today. A subject that is not here can word nothing. */
  readonly says: Map<string, (asked: { kind: NoticeKind; numberOnly: boolean }) => Worded>;
};

export function playSubject(house: House): PlayedSubject {
  const played: PlayedSubject = { told: [], says: new Map() };
  const tell = (_tx: unknown, facts: NoticeFacts) => Promise.resolve(void played.told.push(facts));
  house.get(NoticeSubjects).register(PLAYED, {
    maySign: () => Promise.resolve(null),
    posted: tell,
    ended: tell,
    describe: () => Promise.resolve({ title: '一件事', facts: [], href: '/s' }),
    wordsNow: (_societyId, subjectId, asked) => Promise.resolve(played.says.get(subjectId)?.(asked) ?? null),
  });
  return played;
}

type Wanted = {
  readonly worded?: Worded;
  readonly subjectId?: string;
  /** SIGNED, hung without a photo, or hung with one. */
  readonly at?: 'DRAFT' | 'SIGNED' | 'POSTED' | 'RUNNING';
};

/** A notice about something that the test answers for, brought to its state. */
export async function givenPlayed(village: Village, wanted: Wanted = {}): Promise<Notice> {
  const { house, societyId } = village;
  const {
    worded = { kind: 'GRANT_POST', words: wordsOf() },
    subjectId = randomUUID(),
    at = 'RUNNING',
  } = wanted;
  const about = { societyId, subjectKind: PLAYED, subjectId, threadId: subjectId };
  const author = { accountId: village.at.clerk.accountId, personId: village.at.clerk.personId };
  const { noticeId } = await house
    .get(Transactions)
    .run((tx) => house.get(NoticesService).draft(tx, { ...about, author, ...worded }));
  if (at !== 'DRAFT') await signPlayed(village, noticeId);
  if (at === 'POSTED' || at === 'RUNNING') await hangPlayed(village, noticeId, at === 'RUNNING');
  return house.get(NoticesQueries).notice(societyId, noticeId);
}

export async function signPlayed(village: Village, noticeId: string): Promise<void> {
  const plannedPostingOn = dayOf(village.house.clock.now());
  await village.house.get(NoticesService).sign(as(village, 'chair'), { noticeId, plannedPostingOn });
}

export async function hangPlayed(village: Village, noticeId: string, withPhoto = true): Promise<void> {
  const posting = { noticeId, place: '村委会公示栏', postedAt: village.house.clock.now() };
  const hung = { ...posting, photo: withPhoto ? await photo() : null };
  await village.house.get(NoticesService).recordPosting(as(village, 'secretary'), hung);
}
