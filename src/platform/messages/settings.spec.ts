import { isForGroup, TEMPLATE_IDS } from '../../kernel/message-templates.js';
import { Config } from '../config.js';

const templates = TEMPLATE_IDS.filter((id) => !isForGroup(id))
  .map((id, i) => `${id}=SMS_${i}`)
  .join(',');
const aliyun = {
  MESSAGES_DRIVER: 'aliyun',
  SMS_KEY_ID: 'id',
  SMS_KEY_SECRET: 'hushed',
  SMS_SIGN_NAME: '互助社',
  SMS_TEMPLATES: templates,
};
const production = {
  NODE_ENV: 'production',
  HUZHU_PUBLIC_URL: 'https://huzhu.example',
  HUZHU_KEY_FILE: '/etc/huzhu/keys.json',
  HUZHU_COOKIE_SECRET: 'x'.repeat(32),
};

it('sends nothing as long as nothing is said', () => {
  expect(new Config({}).messages).toEqual({ driver: 'log', groupRobot: null });
});

it('reads what an operator needs', () => {
  const { messages } = new Config({ ...production, ...aliyun });
  expect(messages).toMatchObject({ driver: 'aliyun', keyId: 'id', keySecret: 'hushed', signName: '互助社' });
  expect('endpoint' in messages && messages.endpoint.href).toBe('https://dysmsapi.aliyuncs.com/');
  expect('templates' in messages && messages.templates['sign-in-code']).toBe('SMS_0');
});

it.each([
  ['an unknown driver', { MESSAGES_DRIVER: 'pigeon' }, /MESSAGES_DRIVER is log, file, aliyun or tencent/],
  ['a key that lacks', { ...aliyun, SMS_KEY_SECRET: '' }, /needs SMS_KEY_SECRET/],
  ['an app id that lacks', { ...aliyun, MESSAGES_DRIVER: 'tencent' }, /needs SMS_APP_ID/],
  [
    'a text that was not approved',
    { ...aliyun, SMS_TEMPLATES: 'sign-in-code=1' },
    /SMS_TEMPLATES lacks please-vote/,
  ],
  ['a text of nobody', { ...aliyun, SMS_TEMPLATES: `${templates},hello=1` }, /names no text of ours: hello/],
  [
    'plain http in production',
    { ...production, ...aliyun, SMS_ENDPOINT: 'http://x.example' },
    /SMS_ENDPOINT is no https/,
  ],
  ['no address', { ...aliyun, SMS_ENDPOINT: 'here' }, /SMS_ENDPOINT is no https/],
  [
    'a robot without its key',
    { WECOM_ROBOT_URL: 'https://qyapi.weixin.qq.com/cgi-bin/webhook/send' },
    /WECOM_ROBOT_URL has no key/,
  ],
])('refuses to start with %s, and quotes no secret', (_, environment, fault) => {
  const start = () => new Config(environment);
  expect(start).toThrow(fault);
  expect(start).not.toThrow(/hushed/);
});
