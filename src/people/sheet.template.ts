import writeExcelFile from 'write-excel-file/node';
import { CATEGORY_WORDS, TAG_WORDS } from './domain/person.js';
import { COLUMNS, RESIDENCE_TITLES } from './domain/people-sheet.js';

const WIDTHS: Partial<Record<keyof typeof COLUMNS, number>> = {
  idNumber: 22,
  guardianIdNumber: 22,
  tags: 24,
};

const NOTES = [
  '“姓名”和“村民小组”必填，其余知道多少填多少；空着的不会改动名册里原有的内容。',
  '身份证号、电话要用文本格式，不要用数字格式，否则最后几位会丢失。',
  '出生日期写成 1985-03-14；有身份证号的不用填。',
  `居住情况填：${Object.values(RESIDENCE_TITLES).join('、')}。`,
  `困难类别填：${Object.values(CATEGORY_WORDS).join('、')}。`,
  `标签可以填几个，用顿号隔开：${Object.values(TAG_WORDS).join('、')}。`,
  '户号相同的算一户；不填户号的各算一户。',
];

/** An empty sheet with the titles that are read; every cell below them is text, so that no number loses its end. */
export async function templateSheet(): Promise<Buffer> {
  const titles = Object.values(COLUMNS).map((value) => ({ value, fontWeight: 'bold' as const, format: '@' }));
  const blank = titles.map(() => ({ value: '', type: String, format: '@' }));
  const columns = (Object.keys(COLUMNS) as (keyof typeof COLUMNS)[]).map((name) => ({
    width: WIDTHS[name] ?? 12,
  }));
  const file = writeExcelFile([
    { data: [titles, ...Array.from({ length: 100 }, () => blank)], sheet: '名册', columns },
    { data: NOTES.map((value) => [{ value }]), sheet: '怎么填', columns: [{ width: 90 }] },
  ]);
  return file.toBuffer();
}
