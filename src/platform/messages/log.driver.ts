import { Logger } from '@nestjs/common';
import { maskPhone } from '../../kernel/chinese/phone.js';
import { GroupDriver, MessageDriver } from './message-driver.js';
import type { GroupMessage, Message, Sent } from './message-driver.js';
import { messageText, templateOf } from '../../kernel/message-templates.js';

/** Sends nothing, and says in the log what it would have sent. In production codes and links are left out of it. */
export class LogDriver extends MessageDriver {
  override readonly name = 'log';
  private readonly logger = new Logger(LogDriver.name);

  constructor(private readonly production: boolean) {
    super();
  }

  override send({ to, template, parameters }: Message): Promise<Sent> {
    const text = messageText(template, parameters);
    const shown = this.production ? templateOf(template).text : text;
    this.logger.log(`A text for ${maskPhone(to)} (${template}): ${shown}`);
    return Promise.resolve({ outcome: 'taken', reference: null });
  }
}

/** The same for a group that has no robot: what it is told holds nothing of anybody. */
export class LogGroupDriver extends GroupDriver {
  override readonly name = 'log';
  private readonly logger = new Logger(LogGroupDriver.name);

  override send({ template, parameters }: GroupMessage): Promise<Sent> {
    this.logger.log(`A text for the group (${template}): ${messageText(template, parameters)}`);
    return Promise.resolve({ outcome: 'taken', reference: null });
  }
}
