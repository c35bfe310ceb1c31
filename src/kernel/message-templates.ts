/**
 * Every text that may leave the house for a phone or a group. The words are fixed, and what is filled in has a kind with a
 * closed shape: digits, a day, a link of ours. So no name, no cause and no illness can stand in a text: whoever carries it
 * (operator, cloud, a lost phone) reads only that there is something to look at. Operators approve each text by its words:
 * after a change it must be approved anew (docs/operations.md).
 */
export const PARAMETER_KINDS = {
  /** Six digits of a one-time code. */
  code: /^\d{6}$/,
  /** How many: 1 to 9999. */
  count: /^[1-9]\d{0,3}$/,
  /** How many, none included. */
  sum: /^(?:0|[1-9]\d{0,8})$/,
  /** When money was used: in the day that ends now, or in more than one. */
  when: /^(?:今天|近日)$/,
  /** A day as read: 3月6日. */
  day: /^(?:[1-9]|1[0-2])月(?:[1-9]|[12]\d|3[01])日$/,
  /** A day and an hour: 3月6日18:30. */
  moment: /^(?:[1-9]|1[0-2])月(?:[1-9]|[12]\d|3[01])日(?:[01]\d|2[0-3]):[0-5]\d$/,
  /** The reader's own money, in yuan: 1000.00. */
  yuan: /^(?:0|[1-9]\d{0,8})\.\d{2}$/,
  /** The last four digits of the reader's own card. */
  tail: /^\d{4}$/,
  /** A page of ours: an address with a code in it, never a name. */
  link: /^https?:\/\/[A-Za-z0-9.:[\]-]{1,100}(?:\/[A-Za-z0-9_-]{1,80}){0,4}$/,
} as const;
export type ParameterKind = keyof typeof PARAMETER_KINDS;

type Template = {
  /** With {names} where a parameter stands. */
  readonly text: string;
  /** In the order of the text: Tencent numbers them so. */
  readonly parameters: Readonly<Record<string, ParameterKind>>;
  /** Whether it goes at once, at night too, and past an opt-out: only what the reader asked for this minute. */
  readonly isOneTimeCode: boolean;
};

/** Whoever reads it can leave: what is said to the office, the office takes down (退订). */
const LEAVE = '不想再收请告知互助社。';

export const MESSAGE_TEMPLATES = {
  'sign-in-code': {
    text: '您的验证码是{code}，用于登录或确认身份，5分钟内有效。请勿告诉任何人，工作人员也不会向您索要。',
    parameters: { code: 'code' },
    isOneTimeCode: true,
  },
  /** To a director, beside the link that was just made for him alone. */
  'please-vote': {
    text: '有一件事请您表决，{until}截止。打开链接投票：{link}。链接只给您一个人用，请勿转发。',
    parameters: { until: 'moment', link: 'link' },
    isOneTimeCode: false,
  },
  /** To a director, when a round has opened. */
  'please-vote-soon': {
    text: '有一件事请您表决，{until}截止。请登录互助系统投票，或者联系秘书长。',
    parameters: { until: 'moment' },
    isOneTimeCode: false,
  },
  'application-accepted': {
    text: `您的申请已于{day}登记受理，正在办理。办到哪一步，请问互助社。${LEAVE}`,
    parameters: { day: 'day' },
    isOneTimeCode: false,
  },
  'grant-paid': {
    text: `您的款项{yuan}元已于{day}转出，收款账户尾号{tail}。没有收到，或者不是您本人，请联系互助社。${LEAVE}`,
    parameters: { yuan: 'yuan', day: 'day', tail: 'tail' },
    isOneTimeCode: false,
  },
  'grant-paid-cash': {
    text: `您的款项{yuan}元已于{day}当面付清。没有收到，或者不是您本人，请联系互助社。${LEAVE}`,
    parameters: { yuan: 'yuan', day: 'day' },
    isOneTimeCode: false,
  },
  /** To a donor who agreed, at most once a day. */
  'gift-used': {
    text: `您的捐赠{when}用于{households}户。每一笔去向请看：{link}。${LEAVE}`,
    parameters: { when: 'when', households: 'count', link: 'link' },
    isOneTimeCode: false,
  },
  'duties-due': {
    text: '您有{due}件事今明两天到期，请登录互助系统办理。',
    parameters: { due: 'count' },
    isOneTimeCode: false,
  },
  'duties-overdue': {
    text: '您有{overdue}件事已经过期，请今天登录互助系统办理。',
    parameters: { overdue: 'count' },
    isOneTimeCode: false,
  },
  'duties-overdue-and-due': {
    text: '您有{overdue}件事已经过期，{due}件事今明两天到期，请登录互助系统办理。',
    parameters: { overdue: 'count', due: 'count' },
    isOneTimeCode: false,
  },
  /** To the group of those who watch over all societies: sums of the whole house. */
  'group-duties': {
    text: '各社共有{overdue}件事已经过期，{due}件事今明两天到期，请登录互助系统督办。',
    parameters: { overdue: 'sum', due: 'sum' },
    isOneTimeCode: false,
  },
  /** To whoever may speak before something is decided about them. */
  'please-be-heard': {
    text: `有一件和您有关的事要办，请您在{day}以前到互助社，或者打电话，说说您的情况。${LEAVE}`,
    parameters: { day: 'day' },
    isOneTimeCode: false,
  },
  /** What was decided about the reader, who may appeal against it. */
  'result-known': {
    text: `和您有关的一件事有了结果，请到互助社看；不服的，可以在互助社提出申诉。${LEAVE}`,
    parameters: {},
    isOneTimeCode: false,
  },
  /** What was asked, decided or appealed against is done with. */
  'matter-over': {
    text: `和您有关的一件事已经办完，结果请到互助社看，或者打电话问。${LEAVE}`,
    parameters: {},
    isOneTimeCode: false,
  },
  /** Sent by hand, to see whether the way to a phone is open. */
  trial: {
    text: '这是一条试发的短信，看看能不能收到。请不用理会。',
    parameters: {},
    isOneTimeCode: false,
  },
} as const satisfies Readonly<Record<string, Template>>;

export type TemplateId = keyof typeof MESSAGE_TEMPLATES;
export const TEMPLATE_IDS = Object.keys(MESSAGE_TEMPLATES) as readonly TemplateId[];

export type MessageParameters = Readonly<Record<string, string>>;

export function templateOf(id: TemplateId): Template {
  return MESSAGE_TEMPLATES[id];
}

/** What a group reads, by a robot in it, and no phone. */
export function isForGroup(id: TemplateId): boolean {
  return id.startsWith('group-');
}

/**
 * What is wrong with the parameters of a text, in plain English for the log (it quotes no value); null when each one is
 * there, none is too many, and each has its shape.
 */
export function faultOfParameters(id: TemplateId, parameters: MessageParameters): string | null {
  const kinds = templateOf(id).parameters;
  const extra = Object.keys(parameters).find((name) => !(name in kinds));
  if (extra !== undefined) return `${id} has no parameter ${extra}`;
  for (const [name, kind] of Object.entries(kinds)) {
    const value = parameters[name];
    if (value === undefined) return `${id} lacks ${name}`;
    if (!PARAMETER_KINDS[kind].test(value)) return `${name} of ${id} is no ${kind}`;
  }
  return null;
}

/** The text as it is read. Throws where the parameters do not fit: a text with a hole never goes out. */
export function messageText(id: TemplateId, parameters: MessageParameters): string {
  const fault = faultOfParameters(id, parameters);
  if (fault !== null) throw new Error(`A message cannot be written: ${fault}`);
  return templateOf(id).text.replace(/\{(\w+)\}/g, (_, name: string) => parameters[name] ?? '');
}

/** The parameters in the order of the text, for operators that number them. */
export function parametersInOrder(id: TemplateId, parameters: MessageParameters): readonly string[] {
  return Object.keys(templateOf(id).parameters).map((name) => parameters[name] ?? '');
}
