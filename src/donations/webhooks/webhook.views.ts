import { instantShort } from '../../kernel/chinese/words.js';
import type { FieldErrors, Typed } from '../../platform/web/forms.js';
import { checkField, errorsOf, table, tag, textField } from '../../platform/web/views.js';
import type { CheckView, ErrorView, TableView, TagView, TextFieldView } from '../../platform/web/views.js';
import { DELIVERY_STATE_WORDS, WEBHOOK_EVENT_WORDS, WEBHOOK_EVENTS } from '../domain/webhook.js';
import type { WebhookEvent } from '../domain/webhook.js';
import type { DeliveryRow, EndpointRow } from './webhook.queries.js';
import type { WebhookMade } from './webhook.service.js';

export const WEBHOOKS = '/s/webhooks';

const eventWords = (event: string): string => WEBHOOK_EVENT_WORDS[event as WebhookEvent];

/** Of an address its host: the rest may hold what only the receiver should know. */
const hostOf = (url: string): string => new URL(url).host;

export type WebhooksView = {
  readonly title: string;
  readonly errors: readonly ErrorView[];
  readonly action: string;
  readonly endpoints: TableView;
  readonly url: TextFieldView;
  readonly events: CheckView;
};

export function webhooksView(
  endpoints: readonly EndpointRow[],
  typed: Typed,
  errors: FieldErrors,
): WebhooksView {
  return {
    title: '通知别的系统',
    errors: errorsOf(errors),
    action: WEBHOOKS,
    endpoints: table(
      '通知地址',
      ['地址', '通知什么', '现在'],
      endpoints.map((endpoint) => [
        { words: hostOf(endpoint.url), href: `${WEBHOOKS}/${endpoint.id}` },
        endpoint.events.map(eventWords).join('；'),
        { words: '', tag: endpointTag(endpoint) },
      ]),
      '还没有登记通知地址。',
    ),
    url: textField('url', '通知地址', typed, errors, {
      inputmode: 'text',
      hint: '对方系统给的，https:// 开头',
    }),
    events: checkField(
      'events[]',
      '要通知的事',
      WEBHOOK_EVENTS.map((value) => ({ value, label: WEBHOOK_EVENT_WORDS[value], hint: value })),
      typed,
      errors,
    ),
  };
}

function endpointTag({ endedAt, givenUp, waiting }: EndpointRow): TagView {
  if (endedAt !== null) return tag('grey', '已经停用');
  if (givenUp > 0) return tag('red', `${givenUp} 条没送到`);
  return waiting > 0 ? tag('yellow', `${waiting} 条等着送`) : tag('green', '都送到了');
}

export type WebhookMadeView = {
  readonly title: string;
  readonly secret: string | null;
  readonly next: string;
};

export function webhookMadeView({ endpointId, secret }: WebhookMade): WebhookMadeView {
  return { title: '通知地址登记好了', secret, next: `${WEBHOOKS}/${endpointId}` };
}

const STATE_COLOUR = { WAITING: 'yellow', SENT: 'green', GIVEN_UP: 'red' } as const;

export type DeliveryLine = {
  readonly title: string;
  readonly state: TagView;
  readonly lines: readonly string[];
  readonly replay: { readonly action: string; readonly words: string } | null;
};

export type WebhookView = {
  readonly title: string;
  readonly back: string;
  readonly url: string;
  readonly events: string;
  readonly state: TagView;
  readonly endAction: string | null;
  readonly replayAll: { readonly action: string; readonly words: string } | null;
  readonly deliveries: readonly DeliveryLine[];
  readonly older: string | null;
};

export function webhookView(endpoint: EndpointRow, deliveries: readonly DeliveryRow[]): WebhookView {
  const at = `${WEBHOOKS}/${endpoint.id}`;
  const isInUse = endpoint.endedAt === null;
  const last = deliveries.length === 50 ? deliveries.at(-1) : undefined;
  return {
    title: hostOf(endpoint.url),
    back: WEBHOOKS,
    url: endpoint.url,
    events: endpoint.events.map(eventWords).join('；'),
    state: endpointTag(endpoint),
    endAction: isInUse ? `${at}/end` : null,
    replayAll:
      isInUse && endpoint.givenUp > 0
        ? { action: `${at}/replay`, words: `把 ${endpoint.givenUp} 条没送到的再送一次` }
        : null,
    deliveries: deliveries.map((delivery) => deliveryLine(delivery, isInUse)),
    older: last ? `${at}?after=${last.id}` : null,
  };
}

function deliveryLine(delivery: DeliveryRow, isInUse: boolean): DeliveryLine {
  const { id, event, state, tries, lastStatus, lastWords, createdAt, nextAt, sentAt } = delivery;
  const answer = lastStatus === null ? lastWords : `对方回答 ${lastStatus}`;
  return {
    title: `${eventWords(event)}，${instantShort(createdAt)}`,
    state: tag(STATE_COLOUR[state], DELIVERY_STATE_WORDS[state]),
    lines: [
      `送过 ${tries} 次${answer === null ? '' : `，最近一次：${answer}`}`,
      ...(state === 'WAITING' && tries > 0 ? [`下一次 ${instantShort(nextAt)}`] : []),
      ...(sentAt === null ? [] : [`${instantShort(sentAt)} 送到`]),
      `编号 ${id}`,
    ],
    replay: isInUse ? { action: `${WEBHOOKS}/deliveries/${id}/replay`, words: '再送一次' } : null,
  };
}
