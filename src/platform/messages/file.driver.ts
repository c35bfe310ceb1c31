import { appendFile, mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { GroupDriver, MessageDriver } from './message-driver.js';
import type { GroupMessage, Message, Sent } from './message-driver.js';
import { messageText } from '../../kernel/message-templates.js';

/** One line of the file: what was to be sent, with the whole number; `to` is null for the group. */
export type FiledMessage = GroupMessage & { readonly to: string | null; readonly text: string };

/**
 * Writes each text as a line of JSON into a file that only its owner reads, and sends nothing: to try things out, for
 * tests, and where another program carries the texts to a modem.
 */
export class FileDriver extends MessageDriver {
  override readonly name = 'file';

  constructor(readonly path: string) {
    super();
  }

  override async send(message: Message): Promise<Sent> {
    return file(this.path, message, message.to);
  }
}

/** The same for the group. */
export class FileGroupDriver extends GroupDriver {
  override readonly name = 'file';

  constructor(readonly path: string) {
    super();
  }

  override async send(message: GroupMessage): Promise<Sent> {
    return file(this.path, message, null);
  }
}

async function file(path: string, { template, parameters }: GroupMessage, to: string | null): Promise<Sent> {
  const filed: FiledMessage = { to, template, parameters, text: messageText(template, parameters) };
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  await appendFile(path, `${JSON.stringify(filed)}\n`, { mode: 0o600 });
  return { outcome: 'taken', reference: null };
}
