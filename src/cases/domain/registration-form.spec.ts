import { day } from '../../kernel/day.js';
import { fen } from '../../kernel/fen.js';
import { registrationForm } from './registration-form.js';
import type { RegistrationFacts } from './registration-form.js';

const issuer = {
  societyName: '柳溪村“救急难”互助社',
  charter: {
    publicContactOffice: '柳溪镇民政办',
    publicContactPhone: '0000-1234567',
    publicContactAddress: '柳溪镇政府一楼',
    perCaseLimitFen: fen(300_000),
  },
};
const facts: RegistrationFacts = {
  caseNumber: '2026-0012',
  acceptedOn: day('2026-03-04'),
  url: 'https://huzhu.example/s/cases/2026-0012',
  name: '范长河',
  group: '三组',
  bornOn: day('1980-06-15'),
  idPending: false,
  phoneTail: '5678',
  residence: 'HUKOU',
  guardianName: null,
  cause: 'FIRE',
  amountFen: fen(100_000),
  method: 'CARD',
  bank: { name: '农村信用社', holder: '范长河', cardTail: '0122' },
  consents: ['PROCESS', 'HEALTH_BANK'],
  pledged: true,
  visits: [{ name: '蒋邻', visitedOn: day('2026-03-04') }],
  papers: [{ kind: 'ID_CARD', state: 'PRESENT', confirmedAt: null }],
};
const marksIn = (form: ReturnType<typeof registrationForm>) => form.consents.map(({ mark }) => mark);
const valueOf = (form: ReturnType<typeof registrationForm>, label: string) =>
  [...form.person.flat(), ...form.need].find((line) => line.label === label)?.value;

it('is blank where there is no case: every field, the four consents and the pledge to tick, and no QR', () => {
  const form = registrationForm(issuer, null);
  expect(marksIn(form)).toEqual(['( )', '( )', '( )', '( )']);
  expect(form.pledge).toEqual({ mark: '( )', words: '我承诺所说的情况属实；如有隐瞒，愿意退回救助金。' });
  expect(form).toMatchObject({ date: null, verifyUrl: null });
  expect(valueOf(form, '事由')).toBe('( )突发疾病 ( )意外事故 ( )火灾 ( )自然灾害 ( )就学 ( )其他突发困难');
  expect(valueOf(form, '申请金额')).toContain('本社单笔最多3,000.00元');
  expect(form.contact).toContain('填好交到柳溪镇民政办');
});

it('is filled from a case: what was ticked, by whom it was seen, and where its page is', () => {
  const form = registrationForm(issuer, facts);
  expect(marksIn(form)).toEqual(['(√)', '(√)', '( )', '( )']);
  expect(valueOf(form, '事由')).toContain('(√)火灾');
  expect(valueOf(form, '收款账户')).toBe('农村信用社，户名范长河，尾号0122');
  expect(form.visits).toEqual([
    { number: '一', who: '蒋邻', on: '2026年3月4日' },
    { number: '二', who: '', on: '____年__月__日' },
  ]);
  expect(form.papers[0]).toEqual({ mark: '(√)', words: '身份证' });
  expect(form).toMatchObject({ verifyUrl: facts.url, date: '2026年3月4日', contact: null });
});

it.each([
  [{ idPending: true }, '身份证号', '后补'],
  [{ idPending: false }, '身份证号', ''],
  [{ phoneTail: null }, '电话', ''],
  [{ bornOn: null }, '出生日期', ''],
  [{ guardianName: '范大山' }, '监护人', '范大山'],
])('D4-50 with %j says of %s: "%s"', (change, label, value) => {
  expect(valueOf(registrationForm(issuer, { ...facts, ...change }), label)).toBe(value);
});
