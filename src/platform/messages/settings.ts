import { isForGroup, TEMPLATE_IDS } from '../../kernel/message-templates.js';
import type { TemplateId } from '../../kernel/message-templates.js';

/** What an operator of texts wants to know of us. */
export type OperatorSettings = {
  readonly endpoint: URL;
  readonly keyId: string;
  readonly keySecret: string;
  /** 签名, as the operator approved it; stands before each text as 【…】. */
  readonly signName: string;
  /** The operator's own id of each text that it approved. */
  readonly templates: Readonly<Record<TemplateId, string>>;
};

export type MessageSettings = (
  | { readonly driver: 'log' | 'file' }
  | ({ readonly driver: 'aliyun' } & OperatorSettings)
  | ({ readonly driver: 'tencent'; readonly appId: string; readonly region: string } & OperatorSettings)
) & {
  /** The address of a robot in a group of WeCom, with its key; null: no group is told. */
  readonly groupRobot: URL | null;
};

const ENDPOINTS = {
  aliyun: 'https://dysmsapi.aliyuncs.com',
  tencent: 'https://sms.tencentcloudapi.com',
} as const;

type Read = {
  /** A setting by its name, trimmed; '' where it is not set. */
  readonly text: (name: string) => string;
  readonly faults: string[];
  readonly production: boolean;
};

/** Reads MESSAGES_DRIVER and what belongs to it. What is wrong is added to `faults`; no value is quoted: some are secrets. */
export function readMessageSettings(read: Read): MessageSettings {
  const { text, faults } = read;
  const groupRobot = addressIn(read, 'WECOM_ROBOT_URL', null);
  if (groupRobot && !groupRobot.searchParams.get('key'))
    faults.push('WECOM_ROBOT_URL has no key=… : copy the whole address of the robot');
  const driver = text('MESSAGES_DRIVER') || 'log';
  if (driver === 'log' || driver === 'file') return { driver, groupRobot };
  if (driver !== 'aliyun' && driver !== 'tencent') {
    faults.push('MESSAGES_DRIVER is log, file, aliyun or tencent');
    return { driver: 'log', groupRobot };
  }
  const needed = (name: string) => {
    const value = text(name);
    if (!value) faults.push(`MESSAGES_DRIVER=${driver} needs ${name}`);
    return value;
  };
  const operator: OperatorSettings = {
    endpoint: addressIn(read, 'SMS_ENDPOINT', ENDPOINTS[driver]) ?? new URL(ENDPOINTS[driver]),
    keyId: needed('SMS_KEY_ID'),
    keySecret: needed('SMS_KEY_SECRET'),
    signName: needed('SMS_SIGN_NAME'),
    templates: templatesIn(needed('SMS_TEMPLATES'), faults),
  };
  if (driver === 'aliyun') return { driver, groupRobot, ...operator };
  const [appId, region] = [needed('SMS_APP_ID'), text('SMS_REGION') || 'ap-guangzhou'];
  return { driver, groupRobot, ...operator, appId, region };
}

/** `sign-in-code=SMS_1,please-vote=SMS_2`: each of our texts once. */
function templatesIn(typed: string, faults: string[]): Record<TemplateId, string> {
  const pairs = typed
    .split(',')
    .filter(Boolean)
    .map((pair) => pair.trim().split('=', 2) as [string, string?]);
  const given = new Map(pairs.map(([id, theirs]) => [id.trim(), theirs?.trim() ?? '']));
  const unknown = [...given.keys()].filter((id) => !TEMPLATE_IDS.some((ours) => ours === id));
  if (unknown.length > 0) faults.push(`SMS_TEMPLATES names no text of ours: ${unknown.join(', ')}`);
  const missing = TEMPLATE_IDS.filter((id) => !isForGroup(id) && !given.get(id));
  if (typed && missing.length > 0) faults.push(`SMS_TEMPLATES lacks ${missing.join(', ')}`);
  return Object.fromEntries(TEMPLATE_IDS.map((id) => [id, given.get(id) ?? ''])) as Record<
    TemplateId,
    string
  >;
}

/** An address of another's; only https in production, since a key goes there. */
function addressIn({ text, faults, production }: Read, name: string, otherwise: string | null): URL | null {
  const typed = text(name) || otherwise;
  if (typed === null) return null;
  const url = URL.canParse(typed) ? new URL(typed) : null;
  const allowed = production ? ['https:'] : ['https:', 'http:'];
  if (!url || !allowed.includes(url.protocol)) {
    faults.push(`${name} is no https:// address`);
    return null;
  }
  return url;
}
