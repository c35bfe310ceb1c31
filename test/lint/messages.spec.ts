import { CAUSE_WORDS } from '../../src/kernel/causes.js';
import {
  faultOfParameters,
  MESSAGE_TEMPLATES,
  messageText,
  PARAMETER_KINDS,
  TEMPLATE_IDS,
  templateOf,
} from '../../src/kernel/message-templates.js';
import type { ParameterKind } from '../../src/kernel/message-templates.js';
import { ILLNESSES } from './illnesses.js';

const SAMPLES: Readonly<Record<ParameterKind, string>> = {
  code: '004711',
  count: '12',
  sum: '0',
  when: '今天',
  day: '3月6日',
  moment: '3月6日18:30',
  yuan: '1000.00',
  tail: '5341',
  link: 'https://huzhu.example/v/Ab_-9',
};

/** What must not be read by whoever carries a text or finds a phone. */
const FORBIDDEN = [
  ...Object.values(CAUSE_WORDS),
  ...ILLNESSES,
  ...[
    '救助',
    '救急难',
    '困难',
    '病',
    '医',
    '残疾',
    '低保',
    '孤儿',
    '贫',
    '火灾',
    '事故',
    '姓名',
    '先生',
    '女士',
    '理由',
  ],
];
/** 您 and nobody else: a text speaks to its reader of nobody by name. */
const NAMES = ['王小明', '欧阳娜娜', '张*三', '李某', '买买提·艾力', '3月6日张三', '今天张三', '张三5341'];

const sampleOf = (kinds: Readonly<Record<string, ParameterKind>>) =>
  Object.fromEntries(Object.entries(kinds).map(([name, kind]) => [name, SAMPLES[kind]]));

describe.each(TEMPLATE_IDS.map((id) => [id]))('%s', (id) => {
  const { text, parameters } = templateOf(id);

  it('holds the parameters that it says, and no other hole', () => {
    expect([...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)).toEqual(Object.keys(parameters));
    expect(messageText(id, sampleOf(parameters))).not.toMatch(/[{}]/);
  });

  it('names no cause, no illness and nobody', () => {
    const said = messageText(id, sampleOf(parameters));
    expect(FORBIDDEN.filter((word) => said.includes(word))).toEqual([]);
  });

  it('takes neither a name nor an illness for any parameter', () => {
    for (const name of Object.keys(parameters))
      for (const smuggled of [...NAMES, ...FORBIDDEN, 'Wang Xiaoming', '']) {
        const filled = { ...sampleOf(parameters), [name]: smuggled };
        expect(faultOfParameters(id, filled)).not.toBeNull();
        expect(() => messageText(id, filled)).toThrow('cannot be written');
      }
  });

  it('fits into three texts of seventy characters, and into what operators take', () => {
    expect(Array.from(messageText(id, sampleOf(parameters))).length).toBeLessThanOrEqual(200);
    expect(text).not.toMatch(/[【】]/);
  });
});

it('takes no parameter that a text does not name', () => {
  expect(faultOfParameters('please-vote-soon', { until: SAMPLES.moment, name: '王小明' })).not.toBeNull();
});

it('knows a sample of every kind', () => {
  for (const [kind, shape] of Object.entries(PARAMETER_KINDS))
    expect(SAMPLES[kind as ParameterKind]).toMatch(shape);
});

it('says with each text to applicants and donors how to leave', () => {
  for (const id of ['application-accepted', 'grant-paid', 'grant-paid-cash', 'gift-used'] as const)
    expect(MESSAGE_TEMPLATES[id].text).toContain('不想再收请告知互助社');
});

it('lets only the one-time code go past quiet hours and an opt-out', () => {
  expect(TEMPLATE_IDS.filter((id) => templateOf(id).isOneTimeCode)).toEqual(['sign-in-code']);
});
