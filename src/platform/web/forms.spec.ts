import 'reflect-metadata';
import {
  AmountFen,
  Choice,
  Count,
  DayField,
  Flag,
  InstantField,
  Many,
  OptionalText,
  Text,
  Uuid,
} from './fields.js';
import { InvalidInput, parseForm, parseJson } from './forms.js';

class TestForm {
  @AmountFen()
  readonly amountFen!: number;

  @Text({ label: '姓名', max: 4 })
  readonly name!: string;

  @OptionalText({ label: '说明', max: 10 })
  readonly words?: string;

  @DayField('日期')
  readonly on!: string;

  @InstantField('时间', { optional: true })
  readonly at?: Date;

  @Choice(['CARD', 'CASH'], '请选收款方式')
  readonly method!: string;

  @Flag()
  readonly pledged!: boolean;

  @Count('天数', { min: 1, max: 30 })
  readonly days!: number;

  @Many('人员')
  readonly visitors!: string[];

  @Uuid()
  readonly personId!: string;
}

const id = '017f22e2-79b0-7cc3-98c4-dc0c0c07398f';
const typed = {
  amountFen: '1,000.50',
  name: ' 张三 ',
  words: '',
  on: '2026-03-09',
  at: '2026-03-09T08:40',
  method: 'CASH',
  pledged: 'yes',
  days: '７',
  'visitors[]': ['a', 'b'],
  personId: id,
};
const sent = {
  amountFen: 100_050,
  name: '张三',
  on: '2026-03-09',
  at: '2026-03-09T00:40:00Z',
  method: 'CASH',
  pledged: true,
  days: 7,
  visitors: ['a', 'b'],
  personId: id,
};

it('reads the same from what a person types and what a program sends', async () => {
  const form = await parseForm(TestForm, typed);
  const wanted = { ...sent, at: new Date('2026-03-09T00:40:00Z') };
  expect(form.ok && form.values).toMatchObject(wanted);
  expect(await parseJson(TestForm, sent)).toMatchObject(wanted);
});

it('keeps what was typed, letter by letter but for the spaces around, when something is wrong', async () => {
  const form = await parseForm(TestForm, { ...typed, amountFen: '1千', days: '0' });
  expect(form).toMatchObject({
    ok: false,
    errors: { amountFen: '请填写金额，如 1000', days: '天数填 1 到 30 之间的整数' },
    typed: { amountFen: '1千', name: '张三', visitors: ['a', 'b'] },
  });
});

it.each([
  ['amountFen', '', '请填写金额，如 1000'],
  ['amountFen', '0', '请填写金额，如 1000'],
  ['amountFen', '1,000.005', '请填写金额，如 1000'],
  ['name', '', '请填写姓名'],
  ['name', '张三李四王', '姓名最多 4 个字'],
  ['name', '张\u0000三', '姓名里有打不出来的符号，请重新输入'],
  ['on', '2026-02-30', '请填写日期，如 2026-03-09'],
  ['at', '2026-02-30T08:40', '请填写时间'],
  ['at', '2016-12-31T23:59:60', '请填写时间'],
  ['at', '2026-03-09T24:40', '请填写时间'],
  ['method', 'GOLD', '请选收款方式'],
  ['personId', '../x', '请从名单里选一位'],
])('%s "%s": %s', async (field, value, message) => {
  const form = await parseForm(TestForm, { ...typed, [field]: value });
  expect(form.ok ? {} : form.errors).toEqual({ [field]: message });
});

it.each([
  ['an amount as text, which might be yuan', { amountFen: '1000' }],
  ['half a fen', { amountFen: 1.5 }],
  ['a leap second, which no clock of ours shows', { at: '2016-12-31T23:59:60Z' }],
  ['an instant of a day that there is not', { at: '2026-02-30T00:40:00Z' }],
  ['an instant without its zone', { at: '2026-03-09T08:40:00' }],
  ['a number as text', { days: '7' }],
  ['a name that the form does not know', { isAdmin: true }],
  ['an object where text is wanted', { name: { toString: 'x' } }],
])('refuses from a program: %s', async (_what, change) => {
  await expect(parseJson(TestForm, { ...sent, ...change })).rejects.toThrow(InvalidInput);
});

it.each([null, [], 'text', 7])('refuses a body that is %p', async (body) => {
  await expect(parseJson(TestForm, body)).rejects.toThrow(InvalidInput);
});

it('lets no name of a field reach a prototype', async () => {
  const form = await parseForm(
    TestForm,
    JSON.parse('{"__proto__":{"ok":1},"__proto__[]":["x"],"constructor":"y"}'),
  );
  expect(form.ok).toBe(false);
  expect(({} as { ok?: unknown }).ok).toBeUndefined();
});

it('drops a field that was sent twice: no person types that', async () => {
  const form = await parseForm(TestForm, { ...typed, name: ['张三', '李四'] });
  expect(form.ok ? {} : form.errors).toEqual({ name: '请填写姓名' });
});

it('takes no tick for no, and no choice for an empty list', async () => {
  const unticked = Object.entries(typed).filter(([name]) => !['pledged', 'visitors[]'].includes(name));
  const form = await parseForm(TestForm, Object.fromEntries(unticked));
  expect(form.ok && form.values).toMatchObject({ pledged: false, visitors: [] });
});
