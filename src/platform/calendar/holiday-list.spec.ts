import { HolidayListRefused } from './calendar.errors.js';
import { readHolidayList } from './holiday-list.js';

const off = (name: string, date: string) => ({ name, date, isOffDay: true });
const worked = (name: string, date: string) => ({ name, date, isOffDay: false });

/** The list of 2019, shortened: it names three days of the December before. */
const days = [
  worked('元旦', '2018-12-29'),
  off('元旦', '2018-12-30'),
  off('元旦', '2019-01-01'),
  off('春节', '2019-02-04'),
  off('“五一”国际劳动节', '2019-05-01'),
  off('国庆节、中秋节', '2019-10-01'),
];
const list = {
  year: 2019,
  papers: ['http://www.gov.cn/zhengce/content/2018-12/06/content_5346276.htm'],
  days,
};

const read = (json: unknown) => readHolidayList(JSON.stringify(json));

it('reads a list with its days of the December before', () => {
  const { year, days: listed } = read(list);
  expect(year).toBe(2019);
  expect(listed).toHaveLength(6);
  expect(listed[0]).toEqual({ day: '2018-12-29', kind: 'makeup', name: '元旦' });
  expect(listed[5]).toEqual({ day: '2019-10-01', kind: 'holiday', name: '国庆节、中秋节' });
});

it.each([
  [
    'D4-25 the empty file of a year not yet published',
    { year: 2027, papers: [], days: [] },
    '2027年的名单里没有元旦',
  ],
  ['a list cut off before National Day', { ...list, days: days.slice(0, 5) }, '没有国庆'],
  [
    'Spring Festival only as a worked day',
    { ...list, days: days.map((d) => ({ ...d, isOffDay: d.name !== '春节' })) },
    '没有春节',
  ],
  [
    'a day of another year',
    { ...list, days: [...days, off('元旦', '2020-01-01')] },
    '2020-01-01 不属于2019年',
  ],
  [
    'a day of November before',
    { ...list, days: [...days, off('元旦', '2018-11-30')] },
    '2018-11-30 不属于2019年',
  ],
  ['a day twice', { ...list, days: [...days, worked('春节', '2019-02-04')] }, '重复'],
  ['a day that is none', { ...list, days: [off('元旦', '2019-02-29'), ...days] }, '第1条的日期不存在'],
  ['a day without a name', { ...list, days: [off(' ', '2019-01-02'), ...days] }, '第1条没有节日名称'],
  [
    'a name too long for its column',
    { ...list, days: [off('节'.repeat(41), '2019-01-02'), ...days] },
    '超过40个字',
  ],
  [
    'a day that does not say which',
    { ...list, days: [...days, { name: '元旦', date: '2019-01-02' }] },
    '第7条没有写明',
  ],
  ['a day that is a text', { ...list, days: ['2019-01-01'] }, '第1条不是一天的记录'],
  ['a year out of all bounds', { ...list, year: 20190 }, '不在可导入的年份内'],
  ['half a year', { ...list, year: 2019.5 }, '没有 year 和 days'],
  ['no days', { year: 2019 }, '没有 year 和 days'],
  ['a list of years', [list], '没有 year 和 days'],
  ['null', null, '没有 year 和 days'],
])('refuses %s', (_, json, why) => {
  expect(() => read(json)).toThrow(HolidayListRefused);
  expect(() => read(json)).toThrow(why);
});

it('refuses what is no JSON', () => {
  expect(() => readHolidayList('404: Not Found')).toThrow('不是 JSON');
});

it('refuses more days than any year has had', () => {
  const many = Array.from({ length: 101 }, (_, i) =>
    off('元旦', `2019-01-${String(i + 1).padStart(2, '0')}`),
  );
  expect(() => read({ ...list, days: [...days, ...many.slice(1, 31), ...many.slice(0, 1)] })).toThrow(
    HolidayListRefused,
  );
});
