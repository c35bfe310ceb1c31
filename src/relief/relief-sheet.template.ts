import writeExcelFile from 'write-excel-file/node';
import { CAUSE_WORDS } from '../kernel/causes.js';
import { RELIEF_COLUMNS } from './domain/relief-sheet.js';

const WIDTHS: Partial<Record<keyof typeof RELIEF_COLUMNS, number>> = {
  idNumber: 22,
  fund: 24,
  project: 18,
  invoices: 48,
  story: 36,
};

const NOTES = [
  '一行是一件申请；申请人要先登记在本社名册里，姓名和身份证号要和名册一样。',
  '身份证号、收款卡尾号要用文本格式，不要用数字格式，否则号码会变。',
  '基金、项目填全名；直接向基金申请的，项目空着。',
  `事由填：${Object.values(CAUSE_WORDS).join('、')}。`,
  '发票写成：号码 金额；号码 金额。号码和金额之间空一格，几张之间用分号隔开，如 12345678 99540.00；12345679 1200。',
  '负债是家里为这件事还欠的钱，按元填，没有就空着。',
  '收款卡尾号是名册里登记的卡号最后四位；只登记了一张卡的可以空着。',
  '公示同意填 是 或 否：是否同意遮盖姓名后公示。',
  '已签同意书填 是：申请人（监护人）已经在同意书和承诺书上签字，签字的原件在社里。',
  '有一行不对，整张表都不导入；照提示改好再导入。同一张表导入两次，不会重复。',
  '材料的照片不在表里：总会退回补正以后，在每一件的页面上补来。',
];

/** An empty sheet with the titles that are read; every cell below them is text, so that no number loses its end. */
export async function reliefTemplateSheet(): Promise<Buffer> {
  const titles = Object.values(RELIEF_COLUMNS).map((value) => ({
    value,
    fontWeight: 'bold' as const,
    format: '@',
  }));
  const blank = titles.map(() => ({ value: '', type: String, format: '@' }));
  const columns = (Object.keys(RELIEF_COLUMNS) as (keyof typeof RELIEF_COLUMNS)[]).map((name) => ({
    width: WIDTHS[name] ?? 12,
  }));
  const file = writeExcelFile([
    { data: [titles, ...Array.from({ length: 100 }, () => blank)], sheet: '基金救助', columns },
    { data: NOTES.map((value) => [{ value }]), sheet: '怎么填', columns: [{ width: 110 }] },
  ]);
  return file.toBuffer();
}
