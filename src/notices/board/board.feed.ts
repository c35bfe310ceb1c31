import type { AtomEntry, AtomFeed } from '../domain/atom.js';
import { stateWordsOf } from '../domain/notice-state-words.js';
import { KIND_WORDS } from '../domain/notice-words.js';
import type { NoticeLine } from '../notices.queries.js';
import type { BoardReading } from './board.reading.js';

type Latest = Awaited<ReturnType<BoardReading['latest']>>;

/**
 * The board as a feed: number, kind, state and period. Nobody stands in it, not even masked, and no amount: what a reader has
 * fetched nobody can take down again.
 */
export function feedOf({ society, societies, notices, updatedAt, now }: Latest, publicUrl: string): AtomFeed {
  const page = `${publicUrl}/b/${society.boardCode}`;
  const names = new Map(societies.map(({ id, name }) => [id, name]));
  return {
    id: `urn:uuid:${society.id}`,
    title: `${society.name}公示栏`,
    author: society.name,
    ...{ page, self: `${page}/feed.atom` },
    updated: updatedAt ?? now,
    entries: notices.map((notice) => entryOf(notice, names.get(notice.societyId) ?? '', publicUrl, now)),
  };
}

function entryOf(notice: NoticeLine, society: string, publicUrl: string, now: Date): AtomEntry {
  const { id, kind, issue, firstDay, lastDay } = notice;
  const period = firstDay && lastDay ? `，公示期 ${firstDay} 至 ${lastDay}` : '';
  return {
    id: `urn:uuid:${id}`,
    title: `${KIND_WORDS[kind]} ${issue?.number ?? ''}`,
    href: `${publicUrl}/n/${issue?.code ?? ''}`,
    updated: changedAt(notice, now),
    published: issue?.signedAt ?? now,
    category: KIND_WORDS[kind],
    summary: `${society}：${stateWordsOf(notice, now).tag}${period}`,
  };
}

/** The last that became of it. */
function changedAt({ issue, postedAt, endedAt, suspendedAt, withdrawnAt }: NoticeLine, now: Date): Date {
  const known = [issue?.signedAt, postedAt, endedAt, suspendedAt, withdrawnAt].flatMap((at) => at ?? []);
  return known.length === 0 ? now : new Date(Math.max(...known.map((at) => at.getTime())));
}
