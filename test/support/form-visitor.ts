import { randomUUID } from 'node:crypto';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';

type Body = Readonly<Record<string, string | readonly string[]>>;
type Files = Readonly<Record<string, Buffer>>;

export type Answer = {
  readonly status: number;
  readonly location: string;
  readonly type: string;
  /** Its headers, one to a line. */
  readonly head: string;
  readonly body: string;
  readonly bytes: Buffer;
};

/** A browser without script, and with a camera: sends forms with the hidden fields of the page it saw last. */
export class FormVisitor {
  private readonly cookies: Record<string, string> = {};
  private hidden: Record<string, string> = {};

  constructor(private readonly app: NestFastifyApplication) {}

  async get(url: string): Promise<Answer> {
    return this.send('GET', url, {});
  }

  async signIn(login: string, password: string): Promise<Answer> {
    await this.get('/sign-in');
    return this.post('/sign-in', { login, password });
  }

  async post(url: string, body: Body): Promise<Answer> {
    const fields = pairsOf({ ...this.hidden, ...body });
    return this.send('POST', url, {
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      payload: new URLSearchParams(fields).toString(),
    });
  }

  /** A form with photos. */
  async upload(url: string, body: Body, files: Files): Promise<Answer> {
    return this.send('POST', url, multipart({ ...this.hidden, ...body }, files));
  }

  /** What the browser would send along: the cookies, and the hidden fields of the page it saw last. */
  carried(): { readonly cookie: string; readonly hidden: Readonly<Record<string, string>> } {
    const pairs = Object.entries(this.cookies).map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
    return { cookie: pairs.join('; '), hidden: { ...this.hidden } };
  }

  private async send(
    method: 'GET' | 'POST',
    url: string,
    sent: { headers?: Record<string, string>; payload?: string | Buffer },
  ): Promise<Answer> {
    const reply = await this.app.inject({ method, url, cookies: this.cookies, ...sent });
    for (const { name, value } of reply.cookies) this.cookies[name] = value;
    const answer = {
      status: reply.statusCode,
      location: reply.headers.location ?? '',
      type: String(reply.headers['content-type'] ?? ''),
      head: Object.entries(reply.headers)
        .map(([name, value]) => `${name}: ${String(value)}`)
        .join('\n'),
      body: reply.body,
      bytes: reply.rawPayload,
    };
    if (answer.type.startsWith('text/html')) this.hidden = hiddenIn(answer.body);
    return answer;
  }
}

function pairsOf(body: Body): [string, string][] {
  return Object.entries(body).flatMap(([name, value]) =>
    [value].flat().map((each): [string, string] => [name, each]),
  );
}

/** The token against forgery, and the number of the form. */
function hiddenIn(html: string): Record<string, string> {
  const fields = html.matchAll(/name="(_csrf|submission_id)" value="([^"]*)"/g);
  return Object.fromEntries([...fields].map(([, name = '', value = '']) => [name, value]));
}

/** A body with files, as a browser or a program writes it. */
export function multipart(body: Body, files: Files): { headers: Record<string, string>; payload: Buffer } {
  const boundary = `form-${randomUUID()}`;
  const parts: [head: string, bytes: Buffer][] = [
    ...pairsOf(body).map(([name, value]): [string, Buffer] => [`name="${name}"`, Buffer.from(value)]),
    ...Object.entries(files).map(([name, bytes]): [string, Buffer] => [
      `name="${name}"; filename="photo.jpg"\r\nContent-Type: image/jpeg`,
      bytes,
    ]),
  ];
  const payload = Buffer.concat([
    ...parts.flatMap(([head, bytes]) => [
      Buffer.from(`--${boundary}\r\nContent-Disposition: form-data; ${head}\r\n\r\n`),
      bytes,
      Buffer.from('\r\n'),
    ]),
    Buffer.from(`--${boundary}--\r\n`),
  ]);
  return { headers: { 'content-type': `multipart/form-data; boundary=${boundary}` }, payload };
}
