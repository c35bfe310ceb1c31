import { maskName } from '../kernel/chinese/name-mask.js';
import { instantWords, remainingWords } from '../kernel/chinese/words.js';
import { yuanText } from '../kernel/fen.js';
import type { FieldErrors, Typed } from '../platform/web/forms.js';
import { errorsOf, row } from '../platform/web/views.js';
import type { ErrorView, SelectView, SummaryRow } from '../platform/web/views.js';
import type { Charter } from '../societies/index.js';
import type { SubjectDescription } from './board-subjects.js';
import type { RoundDirectorView, RoundView } from './board.queries.js';
import { endIn } from './domain/round-state.js';
import { END_WORDS, sumWords } from './domain/vote-words.js';
import { ownFormOf, reasonField } from './round-forms.views.js';
import type { OwnFormView } from './round-forms.views.js';

/** What a director sees by a link: everything is masked, since a link may be sent on. */
export type BallotView = {
  readonly title: string;
  readonly hello: string;
  readonly facts: readonly SummaryRow[];
  readonly sum: string;
  readonly deadline: string;
  /** Null for whoever has stood aside. */
  readonly own: OwnFormView | null;
  readonly recusal: { readonly action: string; readonly reason: SelectView; readonly isOpen: boolean } | null;
  readonly contact: readonly SummaryRow[];
  readonly errors: readonly ErrorView[];
};

export type NoBallotView = {
  readonly title: string;
  readonly why: string;
  readonly advice: string;
  readonly contact: readonly SummaryRow[];
};

export type BallotFacts = {
  readonly token: string;
  readonly round: RoundView;
  readonly director: RoundDirectorView;
  readonly subject: SubjectDescription;
  readonly charter: Charter;
  readonly now: Date;
  readonly typed: Typed;
  readonly errors: FieldErrors;
};

export function ballotView({
  token,
  round,
  director,
  subject,
  charter,
  now,
  ...form
}: BallotFacts): BallotView {
  const { typed, errors } = form;
  const isRecused = director.reason !== null;
  const { rule, recused, counts } = round;
  return {
    title: `${round.societyName} · 请您表决`,
    hello: `${maskName(director.name)}理事，您好`,
    facts: [
      ...subject.facts.map(({ label, value }) => row(label, value)),
      row('金额', `${yuanText(round.amountFen)} 元`),
      row('依据', `${round.charterArticle}，第${round.sequence}轮`),
    ],
    sum: sumWords({ rule, directors: round.directors.length, recused, counts }),
    deadline: `${instantWords(round.deadlineAt)}（${remainingWords(now, round.deadlineAt)}）`,
    own: isRecused ? null : ownFormOf(director, `/v/${token}/ballot`, typed, errors),
    recusal: isRecused
      ? null
      : {
          action: `/v/${token}/recusal`,
          reason: reasonField(typed, errors),
          isOpen: 'reason' in errors,
        },
    contact: contactOf(charter),
    errors: errorsOf(errors),
  };
}

/** Nothing can be said by this link any more, for a reason that is said. */
export function closedView(round: RoundView, charter: Charter): NoBallotView {
  const end = endIn(round.state);
  return {
    title: '这一轮表决已经结束',
    why: end === null ? '已经过了截止时间，按截止前的票定结果。' : `结果：${END_WORDS[end]}。`,
    advice: '票不能再投，也不能再改。有疑问，请打电话。',
    contact: contactOf(charter),
  };
}

export function revokedView(charter: Charter): NoBallotView {
  return {
    title: '这条链接已经换成新的',
    why: '秘书长给您重新做过一条投票链接，这一条就不能用了。',
    advice: '请打开最近收到的那一条；没有收到，请打电话。',
    contact: contactOf(charter),
  };
}

/** Whose it was nobody knows, so that there is no number to give. */
export function unknownView(): NoBallotView {
  return {
    title: '没有这条投票链接',
    why: '链接可能没有复制全，或者不是本系统发的。',
    advice: '请回到收到的消息里再点一次；还不行，请给您社的秘书长打电话，也可以在电话里告诉他您的意见。',
    contact: [],
  };
}

function contactOf({ publicContactOffice, publicContactPhone }: Charter): SummaryRow[] {
  const href = `tel:${publicContactPhone.replace(/[^\d+]/g, '')}`;
  return [row('找谁', publicContactOffice), row('电话', publicContactPhone, { href })];
}
