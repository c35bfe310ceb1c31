import { randomUUID } from 'node:crypto';
import type { Clock } from '../../kernel/clock.js';
import { call, notTaken, textIn } from './call.js';
import { MessageDriver } from './message-driver.js';
import type { Message, Sent } from './message-driver.js';
import type { OperatorSettings } from './settings.js';
import { acs3, bodyHash, canonicalQuery } from './signatures.js';
import { messageText } from '../../kernel/message-templates.js';

/** Of the operator's faults, those that pass by themselves and took nothing: too many at once, no money left. */
const PASSES =
  /^(isv\.BUSINESS_LIMIT_CONTROL|isv\.AMOUNT_NOT_ENOUGH|isv\.OUT_OF_SERVICE|Throttling.*|ServiceUnavailable)$/;
/** Its own trouble: how far the text came it does not say. */
const UNSURE = /^(isp\.SYSTEM_ERROR|isp\.GATEWAY_ERROR|InternalError)$/;

/** Alibaba Cloud, SendSms of 2017-05-25, signed by ACS3-HMAC-SHA256. */
export class AliyunDriver extends MessageDriver {
  override readonly name = 'aliyun';

  constructor(
    private readonly settings: OperatorSettings,
    private readonly clock: Clock,
    private readonly patienceMs?: number,
  ) {
    super();
  }

  override async send({ to, template, parameters }: Message): Promise<Sent> {
    messageText(template, parameters); // a text with a hole is written by nobody
    const { endpoint, keyId, keySecret, signName, templates } = this.settings;
    // In the body and not in the query: addresses stand in the logs of everything in between, numbers must not.
    const body = canonicalQuery({
      PhoneNumbers: to,
      SignName: signName,
      TemplateCode: templates[template],
      TemplateParam: JSON.stringify(parameters),
    });
    const sent = {
      'content-type': 'application/x-www-form-urlencoded',
      'x-acs-action': 'SendSms',
      'x-acs-content-sha256': bodyHash(body),
      'x-acs-date': this.clock
        .now()
        .toISOString()
        .replace(/\.\d+Z$/, 'Z'),
      'x-acs-signature-nonce': randomUUID(),
      'x-acs-version': '2017-05-25',
    };
    // The host is signed too; fetch writes its header itself, the same.
    const headers = { ...sent, host: endpoint.host };
    const authorization = acs3({ method: 'POST', path: '/', query: '', headers, body }, keyId, keySecret);
    const answered = await call({
      url: new URL('/', endpoint),
      headers: { ...sent, authorization },
      body,
      patienceMs: this.patienceMs,
    });
    if (!answered.ok) return answered.sent;
    const code = textIn(answered.json, 'Code');
    if (answered.status === 200 && code === 'OK')
      return { outcome: 'taken', reference: textIn(answered.json, 'BizId') || null };
    const { status } = answered;
    return notTaken('阿里云', { status, code, passes: PASSES.test(code), unsure: UNSURE.test(code) });
  }
}
