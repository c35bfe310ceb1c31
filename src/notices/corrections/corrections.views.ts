import { dayWords } from '../../kernel/chinese/words.js';
import { dayOf } from '../../kernel/day.js';
import { table, row } from '../../platform/web/views.js';
import type { LinkView, SummaryRow, TableView } from '../../platform/web/views.js';
import type { CorrectedText } from '../domain/notice-words.js';
import { KIND_WORDS } from '../domain/notice-words.js';
import type { Notice } from '../notices.queries.js';

const COLUMNS = ['哪一处', '公示上写的', '更正成'];

/** 救助对象·村组 reads better on a page as 救助对象的村组. */
const placeWords = (field: string): string => field.replace('·', '的');

export function changesTable(changes: readonly CorrectedText[], empty: string): TableView {
  const rows = changes.map(({ field, was, now }) => [placeWords(field), was, now]);
  return table('原文和更正', COLUMNS, rows, empty);
}

export type CorrectionView = {
  readonly title: string;
  readonly back: string;
  readonly facts: readonly SummaryRow[];
  readonly changes: TableView;
  /** Why it cannot be corrected as things stand, and what to do first. */
  readonly refusal: string | null;
  readonly takedown: LinkView | null;
  readonly action: string | null;
};

export type CorrectionFacts = {
  readonly notice: Notice;
  readonly changes: readonly CorrectedText[];
  readonly refusal: string | null;
  /** A correction would name somebody who may not be named: taking down is the way. */
  readonly mustTakeDown: boolean;
};

export function correctionView({ notice, changes, refusal, mustTakeDown }: CorrectionFacts): CorrectionView {
  const at = `/s/notices/${notice.id}`;
  const { issue } = notice;
  const code = issue?.code ?? '';
  return {
    title: '发更正公告',
    back: at,
    facts: [
      row('更正哪一张', `${KIND_WORDS[notice.kind]} ${issue?.number ?? ''}`),
      row('签发', issue ? dayWords(dayOf(issue.signedAt)) : ''),
    ],
    changes: changesTable(changes, '和现在的登记一样，没有可以更正的地方。'),
    refusal,
    takedown: mustTakeDown ? { words: '去撤下这张公示', href: `/s/takedowns/${code}` } : null,
    action: refusal === null ? `${at}/correction` : null,
  };
}

/** One correction, as the public compares it with what it corrects. */
export type ComparedVersion = {
  readonly number: string;
  readonly href: string;
  readonly signed: string;
  readonly changes: TableView;
  readonly html: string;
};

export type VersionsView = {
  readonly title: string;
  readonly number: string;
  readonly href: string;
  readonly signed: string;
  readonly html: string;
  readonly corrections: readonly ComparedVersion[];
  readonly links: readonly LinkView[];
};
