import { createHash, createHmac } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import type { IncomingHttpHeaders, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Logger } from '@nestjs/common';
import { TEMPLATE_IDS } from '../../kernel/message-templates.js';
import type { TemplateId } from '../../kernel/message-templates.js';
import { HandClock } from '../clocks.js';
import { AliyunDriver } from './aliyun.driver.js';
import { FileDriver } from './file.driver.js';
import { LogDriver } from './log.driver.js';
import { TencentDriver } from './tencent.driver.js';
import { WecomDriver } from './wecom.driver.js';

const NUMBER = '13912345678';
const clock = new HandClock('2026-03-06T10:20:30.456Z');
const approved = (prefix: string) =>
  Object.fromEntries(TEMPLATE_IDS.map((id, i) => [id, `${prefix}${i}`])) as Record<TemplateId, string>;

type Asked = { readonly url: string; readonly headers: IncomingHttpHeaders; readonly body: string };

/** An operator in this house, which knows the keys and checks each signature by code of its own. */
class Operator {
  readonly asked: Asked[] = [];
  answer: (asked: Asked, reply: ServerResponse) => void = () => undefined;

  private constructor(
    private readonly server: Server,
    readonly endpoint: URL,
  ) {}

  static async open(): Promise<Operator> {
    const server = createServer((request, reply) => {
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('end', () => {
        const asked = {
          url: request.url ?? '',
          headers: request.headers,
          body: Buffer.concat(parts).toString(),
        };
        operator.asked.push(asked);
        operator.answer(asked, reply);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const operator: Operator = new Operator(server, new URL(`http://127.0.0.1:${port}`));
    return operator;
  }

  says(json: unknown, status = 200): void {
    this.answer = (_, reply) => {
      reply.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(json));
    };
  }

  close(): void {
    this.server.closeAllConnections();
    this.server.close();
  }
}

let operator: Operator;
beforeEach(async () => {
  operator = await Operator.open();
});
afterEach(() => {
  operator.close();
});

const header = (headers: IncomingHttpHeaders, name: string): string => {
  const value = headers[name];
  if (typeof value !== 'string') throw new Error(`no ${name}`);
  return value;
};
const sha = (text: string) => createHash('sha256').update(text, 'utf8').digest('hex');

/** Read from the request alone, in the words of Alibaba's page: nothing of our own signing is used. */
function isSignedForAliyun({ headers, body }: Asked, secret: string): boolean {
  const [, names = '', signature] =
    /^ACS3-HMAC-SHA256 Credential=key-id,SignedHeaders=([^,]+),Signature=([0-9a-f]{64})$/.exec(
      header(headers, 'authorization'),
    ) ?? [];
  let text = 'POST\n/\n\n';
  for (const name of names.split(';')) text += `${name}:${header(headers, name)}\n`;
  text += `\n${names}\n${header(headers, 'x-acs-content-sha256')}`;
  const mac = createHmac('sha256', secret)
    .update(`ACS3-HMAC-SHA256\n${sha(text)}`)
    .digest('hex');
  const needed = ['host', 'x-acs-action', 'x-acs-content-sha256', 'x-acs-date', 'x-acs-signature-nonce'];
  return (
    mac === signature &&
    header(headers, 'x-acs-content-sha256') === sha(body) &&
    needed.every((name) => names.split(';').includes(name))
  );
}

/** The same in the words of Tencent's page. */
function isSignedForTencent({ headers, body }: Asked, secret: string): boolean {
  const seconds = header(headers, 'x-tc-timestamp');
  const date = new Date(Number(seconds) * 1000).toISOString().split('T')[0] ?? '';
  const text = `POST\n/\n\ncontent-type:${header(headers, 'content-type')}\nhost:${header(headers, 'host')}\n\ncontent-type;host\n${sha(body)}`;
  const toSign = `TC3-HMAC-SHA256\n${seconds}\n${date}/sms/tc3_request\n${sha(text)}`;
  let key = createHmac('sha256', `TC3${secret}`).update(date).digest();
  for (const part of ['sms', 'tc3_request']) key = createHmac('sha256', key).update(part).digest();
  const signature = createHmac('sha256', key).update(toSign).digest('hex');
  return (
    header(headers, 'authorization') ===
    `TC3-HMAC-SHA256 Credential=key-id/${date}/sms/tc3_request, SignedHeaders=content-type;host, Signature=${signature}`
  );
}

const settings = () => ({
  endpoint: operator.endpoint,
  keyId: 'key-id',
  keySecret: 'key-secret',
  signName: '柳溪互助社',
  templates: approved('T_'),
});
const accepted = { to: NUMBER, template: 'application-accepted', parameters: { day: '3月6日' } } as const;
const place = TEMPLATE_IDS.indexOf('application-accepted');

describe('aliyun', () => {
  const driver = (patienceMs?: number) => new AliyunDriver(settings(), clock, patienceMs);

  it('asks in the words of SendSms, signed, with nothing of a person in the address', async () => {
    operator.says({ Code: 'OK', Message: 'OK', BizId: '9006' });
    expect(await driver().send(accepted)).toEqual({ outcome: 'taken', reference: '9006' });
    const [asked] = operator.asked;
    if (!asked) throw new Error('Nothing came');
    expect(asked.url).toBe('/');
    expect(isSignedForAliyun(asked, 'key-secret')).toBe(true);
    expect(isSignedForAliyun(asked, 'another')).toBe(false);
    expect(isSignedForAliyun({ ...asked, body: asked.body.replace('139', '138') }, 'key-secret')).toBe(false);
    expect(asked.headers).toMatchObject({
      'x-acs-action': 'SendSms',
      'x-acs-version': '2017-05-25',
      'x-acs-date': '2026-03-06T10:20:30Z',
    });
    expect(Object.fromEntries(new URLSearchParams(asked.body))).toEqual({
      PhoneNumbers: NUMBER,
      SignName: '柳溪互助社',
      TemplateCode: `T_${place}`,
      TemplateParam: '{"day":"3月6日"}',
    });
    await driver().send(accepted);
    const nonces = operator.asked.map(({ headers }) => headers['x-acs-signature-nonce']);
    expect(new Set(nonces).size).toBe(2);
  });

  it.each([
    ['isv.BUSINESS_LIMIT_CONTROL', true],
    ['isv.MOBILE_NUMBER_ILLEGAL', false],
    ['isv.SMS_TEMPLATE_ILLEGAL', false],
    ['SignatureDoesNotMatch', false],
  ])('names the fault %s, and quotes neither number nor text', async (code, again) => {
    operator.says({ Code: code, Message: `not to ${NUMBER}` }, 400);
    const sent = await driver().send(accepted);
    expect(sent).toEqual({ outcome: 'refused', words: `阿里云没有收下（${code}）`, again });
  });

  it('asks again later where the operator clearly says so, or no line to it was opened', async () => {
    operator.says({ Code: 'ServiceUnavailable' }, 503);
    expect(await driver().send(accepted)).toMatchObject({ outcome: 'refused', again: true });
    operator.says({ Code: 'Throttling.User' }, 400);
    expect(await driver().send(accepted)).toMatchObject({ outcome: 'refused', again: true });
    const shut = await Operator.open();
    shut.close();
    const nobody = new AliyunDriver({ ...settings(), endpoint: shut.endpoint }, clock);
    expect(await nobody.send(accepted)).toEqual({ outcome: 'refused', words: '连不上运营商', again: true });
  });

  it('does not go along a redirect, and not again either', async () => {
    operator.answer = (_, reply) => void reply.writeHead(302, { location: 'http://127.0.0.1:9/' }).end();
    expect(await driver().send(accepted)).toEqual({
      outcome: 'refused',
      words: '运营商把请求转到了别处，没有跟去',
      again: false,
    });
  });

  const answers: readonly [string, string, (reply: ServerResponse) => void][] = [
    ['no answer in time', '没有及时回答', () => undefined],
    ['half an answer in time', '没有及时回答', (reply) => void reply.writeHead(200).write('{')],
    ['a line that was cut when the request had left', '连接断了', (reply) => void reply.destroy()],
    ['what is no JSON', '回答读不懂，200', (reply) => void reply.writeHead(200).end('<html>')],
    ['a gateway in between', '回答读不懂，502', (reply) => void reply.writeHead(502).end('<html>')],
    ['an answer without end', '回答太长', (reply) => void reply.end('x'.repeat(70_000))],
    ['JSON without a code', '阿里云，200', (reply) => void reply.end('{}')],
    [
      'trouble behind the door',
      '阿里云，isp.SYSTEM_ERROR',
      (reply) => void reply.writeHead(500).end('{"Code":"isp.SYSTEM_ERROR"}'),
    ],
    ['any other 5xx', '阿里云，Strange', (reply) => void reply.writeHead(500).end('{"Code":"Strange"}')],
  ];
  it.each(answers)('does not know whether the text arrived after %s', async (_, why, answer) => {
    operator.answer = (_asked, reply) => {
      answer(reply);
    };
    expect(await driver(300).send(accepted)).toEqual({
      outcome: 'unknown',
      words: `不知道运营商收到没有（${why}）`,
    });
    expect(operator.asked).toHaveLength(1);
  });

  it('never sends a text with a hole, or with what does not belong in it', async () => {
    operator.says({ Code: 'OK' });
    await expect(driver().send({ ...accepted, parameters: {} })).rejects.toThrow('lacks day');
    await expect(driver().send({ ...accepted, parameters: { day: '王小明' } })).rejects.toThrow('is no day');
    expect(operator.asked).toHaveLength(0);
  });
});

describe('tencent', () => {
  const driver = () =>
    new TencentDriver({ ...settings(), appId: '1400006666', region: 'ap-guangzhou' }, clock);
  const answering = (status: object) => ({ Response: { SendStatusSet: [status], RequestId: 'r' } });

  it('asks in the words of SendSms, signed, with the parameters in the order of the text', async () => {
    operator.says(answering({ Code: 'Ok', SerialNo: '5000:1' }));
    const link = 'https://huzhu.example/v/abc';
    const vote = { to: NUMBER, template: 'please-vote', parameters: { link, until: '3月6日18:20' } } as const;
    expect(await driver().send(vote)).toEqual({ outcome: 'taken', reference: '5000:1' });
    const [asked] = operator.asked;
    if (!asked) throw new Error('Nothing came');
    expect(isSignedForTencent(asked, 'key-secret')).toBe(true);
    expect(isSignedForTencent(asked, 'another')).toBe(false);
    expect(isSignedForTencent({ ...asked, body: `${asked.body} ` }, 'key-secret')).toBe(false);
    expect(asked.headers).toMatchObject({
      'x-tc-action': 'SendSms',
      'x-tc-version': '2021-01-11',
      'x-tc-region': 'ap-guangzhou',
    });
    expect(JSON.parse(asked.body)).toEqual({
      PhoneNumberSet: [`+86${NUMBER}`],
      SmsSdkAppId: '1400006666',
      SignName: '柳溪互助社',
      TemplateId: `T_${TEMPLATE_IDS.indexOf('please-vote')}`,
      TemplateParamSet: ['3月6日18:20', link],
    });
  });

  it('reads a fault of the whole call, and of the one number in a call that went well', async () => {
    operator.says({ Response: { Error: { Code: 'AuthFailure.SignatureFailure', Message: NUMBER } } });
    expect(await driver().send(accepted)).toEqual({
      outcome: 'refused',
      words: '腾讯云没有收下（AuthFailure.SignatureFailure）',
      again: false,
    });
    operator.says(answering({ Code: 'LimitExceeded.PhoneNumberThirtySecondLimit' }));
    expect(await driver().send(accepted)).toMatchObject({ outcome: 'refused', again: true });
    operator.says({ Response: { Error: { Code: 'InternalError.Timeout' } } });
    expect(await driver().send(accepted)).toMatchObject({
      outcome: 'unknown',
      words: '不知道运营商收到没有（腾讯云，InternalError.Timeout）',
    });
    operator.says({});
    expect(await driver().send(accepted)).toMatchObject({ outcome: 'unknown' });
  });
});

describe('the robot of a group', () => {
  const robot = () => new WecomDriver(new URL('/cgi-bin/webhook/send?key=693a91f6', operator.endpoint));
  const sums = { template: 'group-duties', parameters: { overdue: '3', due: '0' } } as const;

  it('says the text to the group behind its key', async () => {
    operator.says({ errcode: 0, errmsg: 'ok' });
    expect(await robot().send(sums)).toEqual({ outcome: 'taken', reference: null });
    expect(operator.asked[0]?.url).toBe('/cgi-bin/webhook/send?key=693a91f6');
    expect(JSON.parse(operator.asked[0]?.body ?? '')).toEqual({
      msgtype: 'text',
      text: { content: '各社共有3件事已经过期，0件事今明两天到期，请登录互助系统督办。' },
    });
  });

  it('comes again where it spoke too often, and not where its key is wrong', async () => {
    operator.says({ errcode: 45009, errmsg: 'api freq out of limit' });
    expect(await robot().send(sums)).toMatchObject({ outcome: 'refused', again: true });
    operator.says({ errcode: 93000, errmsg: 'invalid webhook url' });
    expect(await robot().send(sums)).toEqual({
      outcome: 'refused',
      words: '企业微信没有收下（93000）',
      again: false,
    });
  });
});

describe('the file', () => {
  it('keeps each text as a line that only its owner reads', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'huzhu-texts-'));
    const path = join(directory, 'messages', 'sent.jsonl');
    const driver = new FileDriver(path);
    await driver.sendCode(NUMBER, '004711');
    await driver.send(accepted);
    const lines = readFileSync(path, 'utf8').trim().split('\n');
    expect(lines.map((line) => (JSON.parse(line) as { to: string; text: string }).text)).toEqual([
      '您的验证码是004711，用于登录或确认身份，5分钟内有效。请勿告诉任何人，工作人员也不会向您索要。',
      '您的申请已于3月6日登记受理，正在办理。办到哪一步，请问互助社。不想再收请告知互助社。',
    ]);
    expect(statSync(path).mode & 0o077).toBe(0);
    rmSync(directory, { recursive: true });
  });
});

describe('the log', () => {
  it('never holds a whole number; in production no code either', async () => {
    const said: string[] = [];
    const spy = jest
      .spyOn(Logger.prototype, 'log')
      .mockImplementation((words: unknown) => void said.push(String(words)));
    await new LogDriver(false).sendCode(NUMBER, '004711');
    await new LogDriver(true).sendCode(NUMBER, '004711');
    spy.mockRestore();
    expect(said[0]).toContain('139****5678');
    expect(said[0]).toContain('004711');
    expect(said[1]).not.toContain('004711');
    expect(said.join()).not.toContain(NUMBER);
  });
});
