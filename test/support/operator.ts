import { createServer } from 'node:http';
import type { Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { isForGroup, messageText, TEMPLATE_IDS } from '../../src/kernel/message-templates.js';
import type { TemplateId } from '../../src/kernel/message-templates.js';
import { PeopleSeals } from '../../src/people/people.seals.js';
import { Transactions } from '../../src/platform/database/transactions.js';
import type { House } from './house.js';

export type GotText = {
  readonly to: string;
  readonly template: TemplateId;
  readonly text: string;
  readonly parameters: Readonly<Record<string, string>>;
};

/** An operator of texts in this house: it takes all, unless the test wants otherwise. Our texts are its templates. */
export class TextOperator {
  readonly got: GotText[] = [];
  answer: (reply: ServerResponse, text: GotText) => void = says({ Code: 'OK', BizId: 'B1' });

  private constructor(private readonly server: Server) {}

  static async open(): Promise<TextOperator> {
    const server = createServer((request, reply) => {
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('end', () => {
        const text = read(Buffer.concat(parts).toString());
        operator.got.push(text);
        operator.answer(reply, text);
      });
    });
    // On a slow machine a line would be closed at the moment when the next text takes it.
    server.keepAliveTimeout = 0;
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const operator: TextOperator = new TextOperator(server);
    return operator;
  }

  /** What a house must be told of it. */
  get settings(): Record<string, string> {
    const { port } = this.server.address() as AddressInfo;
    return {
      MESSAGES_DRIVER: 'aliyun',
      SMS_ENDPOINT: `http://127.0.0.1:${port}`,
      SMS_KEY_ID: 'id',
      SMS_KEY_SECRET: 'secret',
      SMS_SIGN_NAME: '互助社',
      SMS_TEMPLATES: TEMPLATE_IDS.filter((id) => !isForGroup(id))
        .map((id) => `${id}=${id}`)
        .join(','),
    };
  }

  textsTo(number: string): string[] {
    return this.got.filter(({ to }) => to === number).map(({ text }) => text);
  }

  close(): void {
    this.server.closeAllConnections();
    this.server.close();
  }
}

export function says(json: object, status = 200): (reply: ServerResponse) => void {
  return (reply) => void reply.writeHead(status).end(JSON.stringify(json));
}

function read(body: string): GotText {
  const {
    PhoneNumbers: to = '',
    TemplateCode: code,
    TemplateParam = '{}',
  } = Object.fromEntries(new URLSearchParams(body));
  const template = code as TemplateId;
  const parameters = JSON.parse(TemplateParam) as Record<string, string>;
  return { to, template, parameters, text: messageText(template, parameters) };
}

let numbers = 0;

/** A mobile number that nobody else in the tests has. */
export function mobile(): string {
  return `139${String(++numbers).padStart(8, '0')}`;
}

/** Gives somebody of a register a number; null takes it away. */
export async function phoneOf(
  house: House,
  personId: string,
  number: string | null = mobile(),
): Promise<string> {
  const sealed = number === null ? null : house.get(PeopleSeals).seal('phone', personId, number);
  await house.get(Transactions).run(
    (tx) => tx.change`UPDATE persons SET phone_sealed = ${sealed}, phone_tail = ${number?.slice(-4) ?? null}
                      WHERE id = ${personId}`,
  );
  return number ?? '';
}

/** Forgets all texts: each test begins with none. */
export async function withoutTexts(house: House): Promise<void> {
  await house.get(Transactions).run(async (tx) => {
    await tx.change`DELETE FROM messages`;
    await tx.change`DELETE FROM message_choices`;
    await tx.change`DELETE FROM message_days`;
    await tx.change`DELETE FROM message_digests`;
  });
}
