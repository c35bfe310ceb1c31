import type { Clock } from '../../kernel/clock.js';
import { call, notTaken, textIn } from './call.js';
import { MessageDriver } from './message-driver.js';
import type { Message, Sent } from './message-driver.js';
import type { OperatorSettings } from './settings.js';
import { tc3 } from './signatures.js';
import { messageText, parametersInOrder } from '../../kernel/message-templates.js';

/** Its own trouble, a timeout behind its door among it: how far the text came it does not say. */
const UNSURE = /^InternalError(\..+)?$/;
/** Of the operator's faults, those that pass by themselves and took nothing. */
const PASSES =
  /^(RequestLimitExceeded(\..+)?|LimitExceeded\..+|FailedOperation\.InsufficientBalanceInSmsPackage)$/;

/** Tencent Cloud, SendSms of 2021-01-11, signed by TC3-HMAC-SHA256. */
export class TencentDriver extends MessageDriver {
  override readonly name = 'tencent';

  constructor(
    private readonly settings: OperatorSettings & { readonly appId: string; readonly region: string },
    private readonly clock: Clock,
    private readonly patienceMs?: number,
  ) {
    super();
  }

  override async send({ to, template, parameters }: Message): Promise<Sent> {
    messageText(template, parameters); // a text with a hole is written by nobody
    const { endpoint, keyId, keySecret, signName, templates, appId, region } = this.settings;
    const at = this.clock.now();
    const body = JSON.stringify({
      PhoneNumberSet: [`+86${to}`],
      SmsSdkAppId: appId,
      SignName: signName,
      TemplateId: templates[template],
      TemplateParamSet: parametersInOrder(template, parameters),
    });
    const headers = { 'content-type': 'application/json; charset=utf-8', host: endpoint.host };
    const authorization = tc3(
      { method: 'POST', path: '/', query: '', headers, body },
      { keyId, keySecret, service: 'sms', at },
    );
    const answered = await call({
      url: new URL('/', endpoint),
      headers: {
        'content-type': headers['content-type'],
        authorization,
        'x-tc-action': 'SendSms',
        'x-tc-version': '2021-01-11',
        'x-tc-timestamp': String(Math.floor(at.getTime() / 1000)),
        'x-tc-region': region,
      },
      body,
      patienceMs: this.patienceMs,
    });
    if (!answered.ok) return answered.sent;
    return this.read(answered.status, answered.json);
  }

  /** The whole call may be refused, or the one number of it. */
  private read(status: number, json: unknown): Sent {
    const response = fieldOf(json, 'Response');
    const fault = textIn(fieldOf(response, 'Error'), 'Code');
    const statuses = fieldOf(response, 'SendStatusSet');
    const first: unknown = Array.isArray(statuses) ? statuses[0] : undefined;
    const code = fault || textIn(first, 'Code');
    if (status === 200 && code === 'Ok')
      return { outcome: 'taken', reference: textIn(first, 'SerialNo') || null };
    return notTaken('腾讯云', { status, code, passes: PASSES.test(code), unsure: UNSURE.test(code) });
  }
}

function fieldOf(json: unknown, name: string): unknown {
  return json !== null && typeof json === 'object' ? (json as Record<string, unknown>)[name] : undefined;
}
