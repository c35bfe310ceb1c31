import { Injectable } from '@nestjs/common';
import type { MessageParameters } from '../kernel/message-templates.js';
import { Sealing } from '../platform/crypto/sealing.js';

/** What is sealed of a text: the number (null for the group) and what is filled in. */
export type MessageBody = { readonly to: string | null; readonly parameters: MessageParameters };

/** Seals what a text says and to whom, and makes the two indexes of a number. */
@Injectable()
export class MessageSeals {
  constructor(private readonly sealing: Sealing) {}

  seal(messageId: string, body: MessageBody): string {
    return this.sealing.seal(JSON.stringify(body), `messages/body/${messageId}`);
  }

  open(messageId: string, sealed: string): MessageBody {
    return JSON.parse(this.sealing.open(sealed, `messages/body/${messageId}`)) as MessageBody;
  }

  /** For what its owner said to one society: useless in another (quality.md T16). */
  choiceIndex(societyId: string, number: string): string {
    return this.sealing.blindIndex(`${societyId}/message-number`, number);
  }

  /** For how much a number got in a day, from whichever society; kept for two days. */
  dayIndex(number: string): string {
    return this.sealing.blindIndex('message-days/number', number);
  }
}
