import { KIND_WORDS } from '../notices/index.js';
import type { NoticeLine } from '../notices/index.js';
import type { LinkView } from '../platform/web/views.js';

type Line = Pick<NoticeLine, 'id' | 'kind' | 'version' | 'state' | 'openObjections' | 'issue'>;

/**
 * What whoever works on a case has to know of its notices: that somebody objects, or that one was taken down. By number:
 * who objected and what was said stands with the objection, for those who look into it.
 */
export function noticeWarnings(notices: readonly Line[]): LinkView[] {
  return notices.flatMap((notice) => {
    const name = `${KIND_WORDS[notice.kind]} ${notice.issue?.number ?? ''}`.trim();
    const href = `/s/notices/${notice.id}`;
    if (isTakenDown(notice, notices)) return [{ words: `${name} 已撤下，等重发`, href }];
    return notice.openObjections > 0 ? [{ words: `${name} 有异议，查明中`, href }] : [];
  });
}

/** Taken down, and nothing has been drafted in its place. */
export function isTakenDown({ state, kind, version }: Line, all: readonly Line[]): boolean {
  const isReplaced = all.some(
    (other) => other.kind === kind && other.version > version && other.state !== 'DISCARDED',
  );
  return state === 'SUSPENDED' && !isReplaced;
}
