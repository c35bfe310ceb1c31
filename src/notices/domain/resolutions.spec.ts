import { caseOf, moneyOf, resolutionSentences } from './resolutions.js';
import type { Resolution } from './resolutions.js';

const money = (amountInWords: string, amount: string) => ({ amountInWords, amount });
const writtenOff = money('陆佰元整', '600.00');

it.each<[Resolution, string]>([
  [
    { about: 'CHARTER', charterVersion: 2, validFrom: '2026年4月1日' },
    '通过本社章程第2版，自2026年4月1日起施行，原章程同时停止执行。',
  ],
  [
    { about: 'FUND_RULE', rule: '安心纾困慈善基金救助规则', ruleVersion: 2, validFrom: '2026年4月1日' },
    '通过安心纾困慈善基金救助规则第2版，自2026年4月1日起施行，原规则同时停止执行。',
  ],
  [
    {
      about: 'WRITE_OFF',
      societyName: '石桥社',
      caseNumber: '2026-0012',
      recovered: money('肆佰元整', '400.00'),
      writtenOff,
    },
    '石桥社案号2026-0012应退回的救助款，已经追回人民币肆佰元整（¥400.00），其余人民币陆佰元整（¥600.00）经多次催收没有追回，予以核销。',
  ],
  [
    { about: 'WRITE_OFF', societyName: '石桥社', caseNumber: '2026-0012', recovered: null, writtenOff },
    '石桥社案号2026-0012应退回的救助款，人民币陆佰元整（¥600.00）经多次催收没有追回，予以核销。',
  ],
  [
    { about: 'CHANGE_OF_USE', moved: writtenOff, from: 'SCHOOLING', to: 'EMERGENCY' },
    '将原定用于助学的人民币陆佰元整（¥600.00），改用于急难救助。',
  ],
  [
    { about: 'UNCLAIMED_MONEY', taken: writtenOff, receivedOn: '2026年3月2日', days: 90 },
    '2026年3月2日收到、满90日没有找到来款人的人民币陆佰元整（¥600.00），转作不指定用途的互助支出。',
  ],
  [
    { about: 'FAST_PATH_NOT_RATIFIED', caseNumber: '2026-0012', paidOn: '2026年3月6日', granted: writtenOff },
    '案号2026-0012由紧急快办先行给予的救助人民币陆佰元整（¥600.00），2026年3月6日付出，理事会不予追认，交镇联合互助社复核。',
  ],
])('%j says in its first sentence: %s', (resolution, first) => {
  expect(resolutionSentences(resolution)[0]).toBe(first);
});

it('names a case and an amount only where it is about one', () => {
  const charter = { about: 'CHARTER', charterVersion: 2, validFrom: '2026年4月1日' } as const;
  const off = {
    about: 'WRITE_OFF',
    societyName: '石桥社',
    caseNumber: '2026-0012',
    recovered: null,
    writtenOff,
  } as const;
  expect([caseOf(charter), moneyOf(charter)]).toEqual([null, null]);
  const rule = { about: 'FUND_RULE', rule: '救助规则', ruleVersion: 2, validFrom: '2026年4月1日' } as const;
  expect([caseOf(rule), moneyOf(rule)]).toEqual([null, null]);
  expect([caseOf(off), moneyOf(off)]).toEqual(['2026-0012', writtenOff]);
});
