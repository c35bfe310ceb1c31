import type { MessageParameters, TemplateId } from '../../kernel/message-templates.js';

/** One text for one phone. */
export type Message = {
  /** Eleven digits, as `readMobile` gives them. */
  readonly to: string;
  readonly template: TemplateId;
  readonly parameters: MessageParameters;
};

/** In front of whatever else is known of a text that may have left the house. */
export const UNKNOWN_WORDS = '不知道运营商收到没有';

/**
 * What came of one try. `words` name the fault for whoever looks after the system, in Chinese; they quote neither the
 * number nor the text. `again` is true where the text certainly went nowhere and another try may fare better; false where
 * it would not (a wrong number, a text that was not approved). `unknown`: the operator may have it, so that only a person
 * sends it once more.
 */
export type Sent =
  | { readonly outcome: 'taken'; /** The operator's own number of it. */ readonly reference: string | null }
  | { readonly outcome: 'refused'; readonly words: string; readonly again: boolean }
  | { readonly outcome: 'unknown'; readonly words: string };

/**
 * The door through which a text leaves the house: which operator stands behind it is a setting (MESSAGES_DRIVER). It
 * answers and never throws for what the other side does; it throws only for a text that cannot be written.
 * Inside a unit of work nothing is sent: texts of the trade go through the outbox of `messages`; a one-time code is sent
 * when its row is committed.
 */
export abstract class MessageDriver {
  abstract readonly name: string;
  abstract send(message: Message): Promise<Sent>;

  /** A code to sign in with: six digits, at once, by day and night. Whoever calls it limits how often. */
  sendCode(to: string, code: string): Promise<Sent> {
    return this.send({ to, template: 'sign-in-code', parameters: { code } });
  }
}

/** One text for a whole group. */
export type GroupMessage = Omit<Message, 'to'>;

/** A group of people that is told by a robot in it (WeCom). Texts for a group hold nothing that is meant for one person. */
export abstract class GroupDriver {
  abstract readonly name: string;
  abstract send(message: GroupMessage): Promise<Sent>;
}
