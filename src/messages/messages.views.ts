import { instantShort } from '../kernel/chinese/words.js';
import type { FieldErrors, Typed } from '../platform/web/forms.js';
import { choiceField, errorsOf, table, tag, textField } from '../platform/web/views.js';
import type { ChoiceView, ErrorView, TableView, TagView, TextFieldView } from '../platform/web/views.js';
import { COUNTED_DAYS, FAILED_KEPT_DAYS, MESSAGE_STATE_WORDS, MOST_A_DAY } from './domain/delivery.js';
import { MESSAGE_EVENT_WORDS } from './domain/event-messages.js';
import { MESSAGES_ON_A_PAGE } from './messages.queries.js';
import type { ChoiceLine, MessageCounts, MessageLine } from './messages.queries.js';

export const OFFICE_MESSAGES = '/s/messages';
export const ALL_MESSAGES = '/admin/messages';

const STATE_COLOUR = { WAITING: 'yellow', SENT: 'green', FAILED: 'red', DROPPED: 'grey' } as const;

export type MessageCard = {
  readonly title: string;
  readonly state: TagView;
  readonly lines: readonly string[];
  readonly retry: { readonly action: string; readonly words: string } | null;
};

type ListView = {
  readonly title: string;
  readonly counts: TableView;
  readonly retryAll: { readonly action: string; readonly words: string } | null;
  /** What was not sent, before all others. */
  readonly failed: readonly MessageCard[];
  readonly latest: readonly MessageCard[];
  readonly older: string | null;
  readonly limits: string;
};

export type MessagesShown = {
  readonly counts: MessageCounts;
  readonly failed: readonly MessageLine[];
  readonly latest: readonly MessageLine[];
};

function listView(at: string, { counts, failed, latest }: MessagesShown): ListView {
  const last = latest.length === MESSAGES_ON_A_PAGE ? latest.at(-1) : undefined;
  const isAnyKept = failed.some(({ isKept }) => isKept);
  return {
    title: '短信',
    counts: table(
      '现在有多少',
      ['情况', '条数:'],
      (['WAITING', 'SENT', 'FAILED', 'DROPPED'] as const).map((state) => [
        { words: '', tag: tag(STATE_COLOUR[state], MESSAGE_STATE_WORDS[state]) },
        String(counts[state]),
      ]),
      '还没有短信。',
    ),
    retryAll: isAnyKept ? { action: `${at}/failed/retry`, words: '没发出去的都再发一次' } : null,
    failed: failed.map((line) => cardOf(at, line)),
    latest: latest.filter(({ state }) => state !== 'FAILED').map((line) => cardOf(at, line)),
    older: last ? `${at}?after=${last.id}` : null,
    limits: `发出去的和不用发的，只数最近 ${COUNTED_DAYS} 天。夜里十点到早上七点不发。同一个号码一天最多 ${MOST_A_DAY} 条。没发出去满 ${FAILED_KEPT_DAYS} 天的，号码和内容删掉。`,
  };
}

function cardOf(at: string, line: MessageLine): MessageCard {
  const { id, event, tail, state, why, tries, nextAt, createdAt, sentAt, isKept, societyName } = line;
  return {
    title: `${MESSAGE_EVENT_WORDS[event]}，${tail === null ? '发到群里' : `尾号 ${tail}`}`,
    state: tag(STATE_COLOUR[state], MESSAGE_STATE_WORDS[state]),
    lines: [
      ...(societyName === null ? [] : [societyName]),
      `${instantShort(createdAt)} 写好`,
      ...(sentAt === null ? [] : [`${instantShort(sentAt)} 发出`]),
      ...(tries > 1 || state === 'FAILED' ? [`发过 ${tries} 次`] : []),
      ...(why === null ? [] : [why]),
      ...(state === 'WAITING' ? [`${instantShort(nextAt)} 以后发`] : []),
      ...(state === 'FAILED' && !isKept ? ['号码和内容已经删掉，请打电话告诉本人'] : []),
    ],
    retry: state === 'FAILED' && isKept ? { action: `${at}/${id}/retry`, words: '再发一次' } : null,
  };
}

export type AllMessagesView = ListView;

export function allMessagesView(shown: MessagesShown): AllMessagesView {
  return listView(ALL_MESSAGES, shown);
}

export type MessagesView = ListView & {
  readonly errors: readonly ErrorView[];
  readonly choices: TableView;
  readonly choiceAction: string;
  readonly number: TextFieldView;
  readonly choice: ChoiceView;
};

export function messagesView(
  shown: MessagesShown,
  choices: readonly ChoiceLine[],
  typed: Typed,
  errors: FieldErrors,
): MessagesView {
  return {
    ...listView(OFFICE_MESSAGES, shown),
    errors: errorsOf(errors),
    choices: table(
      '本人说过的',
      ['手机号码', '本人说', '什么时候'],
      choices.map(({ tail, choice, saidAt }) => [
        `尾号 ${tail}`,
        { words: '', tag: choice === 'YES' ? tag('green', '愿意收') : tag('grey', '不再收') },
        instantShort(saidAt),
      ]),
      '还没有人说过。',
    ),
    choiceAction: `${OFFICE_MESSAGES}/choices`,
    number: textField('number', '手机号码', typed, errors, { type: 'tel', inputmode: 'tel' }),
    choice: choiceField(
      'choice',
      '本人怎么说？',
      [
        { value: 'NO', label: '不再收', hint: '验证码照发' },
        { value: 'YES', label: '愿意收', hint: '捐赠人说了愿意，才告诉捐赠用到了哪里' },
      ],
      typed,
      errors,
    ),
  };
}
