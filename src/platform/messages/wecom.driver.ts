import { call, notTaken, textIn } from './call.js';
import { GroupDriver } from './message-driver.js';
import type { GroupMessage, Sent } from './message-driver.js';
import { messageText } from '../../kernel/message-templates.js';

/** 45009: more than 20 texts in a minute. -1: busy, to be asked later. */
const PASSES = ['45009', '-1'];

/**
 * A robot in a group of WeCom. Its key stands in the address and is all the proof it asks for, so the address is a secret;
 * the text is read by the whole group.
 */
export class WecomDriver extends GroupDriver {
  override readonly name = 'wecom';

  constructor(
    private readonly robot: URL,
    private readonly patienceMs?: number,
  ) {
    super();
  }

  override async send({ template, parameters }: GroupMessage): Promise<Sent> {
    const answered = await call({
      url: this.robot,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ msgtype: 'text', text: { content: messageText(template, parameters) } }),
      patienceMs: this.patienceMs,
    });
    if (!answered.ok) return answered.sent;
    const code = textIn(answered.json, 'errcode');
    if (answered.status === 200 && code === '0') return { outcome: 'taken', reference: null };
    return notTaken('企业微信', { status: answered.status, code, passes: PASSES.includes(code) });
  }
}
