import { dayWords, instantWords } from '../../kernel/chinese/words.js';
import { yuanText } from '../../kernel/fen.js';
import { purseName } from '../../ledger/index.js';
import type { FieldErrors } from '../../platform/web/forms.js';
import { errorsOf, row } from '../../platform/web/views.js';
import type { ErrorView, LinkView, SummaryRow } from '../../platform/web/views.js';
import type { Charter } from '../../societies/index.js';
import type { ChangeFacts, GiverFacts } from './change-of-use.queries.js';
import { AnswerCarriedOut, AnswerLinkUnknown, ChangeMovedOn } from '../domain/change-of-use.errors.js';
import { ANSWER_WORDS, CHANGE_REASON_WORDS } from '../domain/change-of-use.js';
import type { AnsweredHow, Said } from '../domain/change-of-use.js';

/** Where the same is asked of a giver who is signed in. */
export const MY_QUESTIONS = '/d/questions';

/** How he came to the question: himself, either way. */
type Asked = Exclude<AnsweredHow, 'PAPER'>;

/** Way back to his gifts, for whoever is signed in. */
const BACK = { href: '/d', words: '返回我的捐赠' } as const;
const backOf = (asked: Asked): LinkView | null => (asked === 'ACCOUNT' ? BACK : null);

/** The question is there no more: a page says so, and no error. */
export const isOver = (error: unknown): boolean =>
  error instanceof AnswerLinkUnknown || error instanceof AnswerCarriedOut || error instanceof ChangeMovedOn;

/** What a giver sees by his link, or in his account. The name is masked, since a link may be sent on. */
export type AnswerPageView = {
  readonly back: LinkView | null;
  readonly title: string;
  readonly hello: string;
  readonly errors: readonly ErrorView[];
  readonly facts: readonly SummaryRow[];
  readonly deadline: string | null;
  /** What he said before; null while he has said nothing. */
  readonly standing: string | null;
  readonly action: string;
  readonly choices: readonly { readonly value: Said; readonly words: string; readonly means: string }[];
  readonly contact: readonly SummaryRow[];
};

export type NoAnswerView = {
  readonly back: LinkView | null;
  readonly title: string;
  readonly why: string;
  readonly advice: string;
  readonly contact: readonly SummaryRow[];
};

const CHOICES = [
  { value: 'CONSENT', words: '同意改用', means: '没有用完的钱，照上面说的改用。' },
  { value: 'RETURN', words: '不同意，退给我', means: '没有用完的钱，退到您转来的账户。' },
  { value: 'THINK', words: '再想想', means: '钱先放着不动，您随时可以再点开这里答复。' },
] as const;

export function answerPageView({
  asked,
  action,
  societyName,
  change,
  giver,
  charter,
  errors,
}: {
  readonly asked: Asked;
  readonly action: string;
  readonly societyName: string;
  readonly change: ChangeFacts;
  readonly giver: GiverFacts;
  readonly charter: Charter;
  readonly errors: FieldErrors;
}): AnswerPageView {
  const { answer, answeredAt } = giver;
  const said = answer === 'WAITING' || answeredAt === null ? null : ANSWER_WORDS[answer];
  return {
    back: backOf(asked),
    title: '您捐的钱，想请您拿个主意',
    hello: `${giver.shownName}，您好。谢谢您的捐赠。${societyName}想把还没有用完的钱改作别用，要先问过您。`,
    errors: errorsOf(errors),
    facts: [
      row('还没有用完', `${yuanText(giver.frozenFen)} 元`),
      row('您原来指定', purseName(change.from)),
      row('想改用于', purseName(change.into)),
      row('为什么', CHANGE_REASON_WORDS[change.reason]),
    ],
    deadline: change.answerBy && dayWords(change.answerBy),
    standing:
      said === null || answeredAt === null
        ? null
        : `您在 ${instantWords(answeredAt)} 答复：${said}。办理以前还可以改。`,
    action,
    choices: CHOICES,
    contact: contactOf(charter),
  };
}

/**
 * Nothing can be answered by this link, for a reason that is said. Whose it was nobody knows of an unknown one; and what
 * was answered is not told any more once it is over, since a link may be sent on.
 */
export function noAnswerView(charter: Charter | null, asked: Asked): NoAnswerView {
  const back = backOf(asked);
  if (!charter)
    return {
      back,
      title: '没有这条答复链接',
      why: '链接可能没有复制全，或者已经换成新的。',
      advice: '请打开最近收到的那一条；还不行，请给互助社打电话，也可以在电话里答复。',
      contact: [],
    };
  return {
    back,
    title: '这件事已经办完了',
    why: '不用再答复。答复了什么，这里不再显示。',
    advice: '想知道您的钱怎么办的，请打电话。',
    contact: contactOf(charter),
  };
}

function contactOf({ publicContactOffice, publicContactPhone }: Charter): SummaryRow[] {
  const href = `tel:${publicContactPhone.replace(/[^\d+]/g, '')}`;
  return [row('找谁', publicContactOffice), row('电话', publicContactPhone, { href })];
}
