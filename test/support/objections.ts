import { randomUUID } from 'node:crypto';
import { dayOf } from '../../src/kernel/day.js';
import {
  InquiriesService,
  NoticesQueries,
  NoticesService,
  NoticeSubjects,
  ObjectionsQueries,
  ObjectionsService,
} from '../../src/notices/index.js';
import type {
  Notice,
  NoticeFacts,
  NoticeSubject,
  Raised,
  Registration,
  Worded,
} from '../../src/notices/index.js';
import { Transactions } from '../../src/platform/database/transactions.js';
import type { House } from './house.js';
import { wordsOf } from './notices.js';
import { as, photo } from './village.js';
import type { Post, Village } from './village.js';

/** What the subject of a notice was told, in order: the test plays it. */
export type Played = {
  readonly told: { readonly what: 'objected' | 'cleared' | 'upheld'; readonly facts: NoticeFacts }[];
  /** What it was told of an end. */
  readonly ended: NoticeFacts[];
  /** Who is tied to the matter at all, and who is merely not outside it. */
  readonly vetoes: Map<string, string>;
  /** Why nobody may sign it any more, as where the list behind it has changed: that ties nobody to it. */
  unsignable: string | null;
  readonly insiders: Map<string, string>;
  /** What a notice about each subject would say today. */
  readonly today: Map<string, Worded>;
};

export const SUBJECT = 'objected';

/** Answers in a house for notices that are about nothing. */
export function playSubject(house: House): Played {
  const played: Played = {
    unsignable: null,
    told: [],
    ended: [],
    vetoes: new Map(),
    insiders: new Map(),
    today: new Map(),
  };
  const nothing = () => Promise.resolve();
  const tell = (what: Played['told'][number]['what']) => (_tx: unknown, facts: NoticeFacts) => {
    played.told.push({ what, facts });
    return Promise.resolve();
  };
  const subject: NoticeSubject = {
    maySign: (_societyId, _subjectId, personId) =>
      Promise.resolve(played.unsignable ?? played.vetoes.get(personId) ?? null),
    mayAssign: (_societyId, _subjectId, personId) => Promise.resolve(played.vetoes.get(personId) ?? null),
    mayInquire: (_societyId, _subjectId, personId) =>
      Promise.resolve(played.vetoes.get(personId) ?? played.insiders.get(personId) ?? null),
    posted: nothing,
    ended: (_tx, facts) => Promise.resolve(void played.ended.push(facts)),
    describe: () => Promise.resolve({ title: '理事会的一件事', facts: [], href: '/s' }),
    objected: tell('objected'),
    cleared: tell('cleared'),
    upheld: tell('upheld'),
    wordsNow: (_societyId, subjectId) => Promise.resolve(played.today.get(subjectId) ?? null),
  };
  house.get(NoticeSubjects).register(SUBJECT, subject);
  return played;
}

/** A notice that hangs, of seven natural days from tomorrow. */
export async function givenRunning(village: Village, subjectId: string = randomUUID()): Promise<Notice> {
  const notice = await givenSigned(village, subjectId);
  const { house, societyId } = village;
  const posting = { noticeId: notice.id, place: '村委会公示栏', postedAt: house.clock.now() };
  await house
    .get(NoticesService)
    .recordPosting(as(village, 'secretary'), { ...posting, photo: await photo() });
  return house.get(NoticesQueries).notice(societyId, notice.id);
}

export async function givenSigned(village: Village, subjectId: string = randomUUID()): Promise<Notice> {
  const { house, societyId } = village;
  const notices = house.get(NoticesService);
  const about = { societyId, subjectKind: SUBJECT, subjectId, threadId: subjectId };
  const draft = { ...about, author: village.at.clerk, kind: 'GRANT_POST', words: wordsOf() } as const;
  const { noticeId } = await house.get(Transactions).run((tx) => notices.draft(tx, draft));
  await notices.sign(as(village, 'chair'), { noticeId, plannedPostingOn: dayOf(house.clock.now()) });
  return house.get(NoticesQueries).notice(societyId, noticeId);
}

const SAID = { words: '金额和我听说的不一样', name: null, phone: null } as const;

/** By the code on the paper, without a name unless the test says one. */
export function raise(
  { house }: Pick<Village, 'house'>,
  { issue }: Notice,
  {
    key = `raise-${randomUUID()}`,
    address = randomUUID(),
    ...said
  }: { key?: string; address?: string; words?: string; name?: string | null; phone?: string | null } = {},
): Promise<Raised> {
  const asked = { code: issue?.code ?? '', ground: 'AMOUNT', said: { ...SAID, ...said } } as const;
  return house.get(ObjectionsService).raise({ key, origin: 'web', address }, asked);
}

/** By telephone, as the secretary takes it down. */
export function register(
  village: Village,
  { id: noticeId }: Notice,
  more: Partial<Registration> = {},
  post: Post = 'secretary',
): Promise<Raised> {
  const asked: Registration = {
    ...{ noticeId, how: 'PHONE', receivedAt: village.house.clock.now(), ground: 'UNTRUE' },
    ...{ said: { ...SAID, name: '欧阳暮秋', phone: '19912345678' }, letter: null },
    ...more,
  };
  return village.house.get(ObjectionsService).register(as(village, post), asked);
}

/** The supervisor asks the accountant and a director. */
export const assign = (
  village: Village,
  { objectionId }: Pick<Raised, 'objectionId'>,
  {
    inquirers,
    together = [],
    post = 'supervisor',
  }: { inquirers?: string[]; together?: string[]; post?: Post } = {},
) => {
  const pair = inquirers ?? [village.at.accountant.personId, village.at.third.personId];
  const asked = { objectionId, inquirers: pair, together };
  return village.house.get(InquiriesService).assign(as(village, post), asked);
};

type Proposed = Pick<Parameters<InquiriesService['propose']>[1], 'outcome' | 'reason'>;
export const REJECTED: Proposed = { outcome: 'REJECTED', reason: 'PAPERS_AGREE' };
export const REDECIDED: Proposed = { outcome: 'UPHELD_REDECIDE', reason: 'FACT_WRONG' };
export const CORRECTED: Proposed = { outcome: 'UPHELD_TEXT', reason: 'TEXT_WRONG' };

export const propose = (
  village: Village,
  { objectionId }: Pick<Raised, 'objectionId'>,
  finding: Proposed = REJECTED,
  post: Post = 'accountant',
) => {
  const asked = { objectionId, ...finding, note: '看了票据和表决单' };
  return village.house.get(InquiriesService).propose(as(village, post), asked);
};

export const confirm = (
  village: Village,
  { objectionId }: Pick<Raised, 'objectionId'>,
  { agrees = true, post = 'third' }: { agrees?: boolean; post?: Post } = {},
) => {
  const words = agrees ? null : '票据还没看全';
  return village.house.get(InquiriesService).decide(as(village, post), { objectionId, agrees, words });
};

/** From the supervisor to the answer. */
export async function settle(
  village: Village,
  raised: Pick<Raised, 'objectionId'>,
  finding: Proposed = REJECTED,
) {
  await assign(village, raised);
  await propose(village, raised, finding);
  return confirm(village, raised);
}

export const objectionOf = ({ house, societyId }: Village, { objectionId }: Pick<Raised, 'objectionId'>) =>
  house.get(ObjectionsQueries).objection({ societyId, personId: null }, objectionId);
