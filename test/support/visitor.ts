import type { NestFastifyApplication } from '@nestjs/platform-fastify';

type Fields = Readonly<Record<string, string | readonly string[]>>;
type Reply = Awaited<ReturnType<NestFastifyApplication['inject']>>;
type OpenForm = { readonly page: Reply; send(typed: Fields): Promise<Reply> };

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"' };

/** As a browser reads the value of an attribute. */
export const plain = (text: string) =>
  text
    .replace(/&#x([\da-f]+);/gi, (_all, hex: string) => String.fromCodePoint(Number.parseInt(hex, 16)))
    .replace(/&(amp|lt|gt|quot);/g, (_all, name: string) => ENTITIES[name] ?? '');

/** Somebody with a browser: keeps cookies, sends forms with the hidden fields that the page gave. */
export class Visitor {
  readonly cookies: Record<string, string> = {};

  constructor(private readonly app: NestFastifyApplication) {}

  async get(url: string): Promise<Reply> {
    return this.keep(await this.app.inject({ url, cookies: this.cookies }));
  }

  /** Opens a page and finds the form that goes to `action`; without one, the first that posts. */
  async open(url: string, action?: string): Promise<OpenForm> {
    return this.formIn(await this.get(url), action);
  }

  /** The same on a page that a form has answered with. */
  formIn(page: Reply, action?: string): OpenForm {
    const forms = [...page.body.matchAll(/<form method="post" action="([^"]*)"[^>]*>([\s\S]*?)<\/form>/g)];
    const [, target = '', inside = ''] = forms.find(([, to]) => action === undefined || to === action) ?? [];
    if (target === '') throw new Error(`No form for ${action ?? 'anything'}: ${page.statusCode}`);
    const hidden = [...inside.matchAll(/type="hidden" name="([^"]+)" value="([^"]*)"/g)];
    const given = Object.fromEntries(hidden.map(([, name = '', value = '']) => [name, plain(value)]));
    return { page, send: (typed) => this.post(target, { ...given, ...typed }) };
  }

  async post(url: string, fields: Fields): Promise<Reply> {
    const body = new URLSearchParams();
    for (const [name, value] of Object.entries(fields))
      for (const each of [value].flat()) body.append(name, each);
    const reply = await this.app.inject({
      method: 'POST',
      url,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      payload: body.toString(),
      cookies: this.cookies,
    });
    return this.keep(reply);
  }

  async signIn(login: string, password: string): Promise<Reply> {
    const form = await this.open('/sign-in');
    return form.send({ login, password });
  }

  private keep(reply: Reply): Reply {
    for (const { name, value, expires, maxAge } of reply.cookies) {
      const isOver = maxAge === 0 || (expires !== undefined && expires.getTime() <= 0);
      if (isOver) Reflect.deleteProperty(this.cookies, name);
      else this.cookies[name] = value;
    }
    return reply;
  }
}
