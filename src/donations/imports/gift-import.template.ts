import writeExcelFile from 'write-excel-file/node';
import { ANONYMOUS, GIFT_CHOICES, GIFT_COLUMNS, MOST_GIFT_ROWS, plainCell } from '../domain/gift-import.js';
import type { GiftColumn } from '../domain/gift-import.js';

const WIDTHS: Partial<Record<GiftColumn, number>> = {
  name: 26,
  uscc: 24,
  phone: 15,
  homePlace: 16,
  bankReference: 24,
  purpose: 24,
  remark: 30,
};

const NOTES = [
  `一行是一笔捐赠，一次最多 ${MOST_GIFT_ROWS} 行；“姓名/单位全称”“金额(元)”“收到日期”“转账/现金”必填。`,
  `不愿留名的，姓名填“${ANONYMOUS}”，其他捐赠人资料空着。会费不是捐赠，不要填在这张表里。`,
  '个人/单位填 个人 或 单位；单位要填统一社会信用代码，个人不填。',
  `类别填：${(GIFT_CHOICES.group ?? []).join('、')}；空着的，单位算企业，个人算爱心人士。`,
  '信用代码、手机、银行流水号要用文本格式，不要用数字格式，否则最后几位会丢失。',
  '同一位捐赠人：单位看信用代码，个人看姓名和手机；没有手机的看姓名和家乡。已经登记过的会对上，不会再登记一次。',
  '署名公开填 是 或 否：捐赠人是否同意公开姓名。空着的，新登记的算不同意。',
  '金额按元填，如 1000、1,000.50 或 3.5万；收到日期写成 2026-03-09。',
  `意向填：${(GIFT_CHOICES.intent ?? []).join('、')}；空着就是不指定。指定用途的，在“用途/基金”里写一个词，如 火灾、就学；指定基金或者项目的写全名，项目写成 基金全名 · 项目名。`,
  '备注写捐赠人写的原话，只有社里看得到。不要写身份证号。',
  '有一格不对，整张表都不导入；照红格子改好再传。同一张表导入两次，不会重复。',
];

/** An empty sheet with the titles that are read; every cell below them is text, so that no number loses its end. */
export async function giftTemplateSheet(places: readonly string[] = []): Promise<Buffer> {
  const titles = Object.values(GIFT_COLUMNS).map((value) => ({
    value,
    fontWeight: 'bold' as const,
    format: '@',
  }));
  const blank = titles.map(() => ({ value: '', type: String, format: '@' }));
  const columns = (Object.keys(GIFT_COLUMNS) as GiftColumn[]).map((name) => ({ width: WIDTHS[name] ?? 13 }));
  // The names of funds come from whoever opened them.
  const named = places.length === 0 ? [] : ['可以指定的基金和项目：', ...places.map(plainCell)];
  const file = writeExcelFile([
    {
      data: [titles, ...Array.from({ length: 200 }, () => blank)],
      sheet: '捐赠',
      columns,
      stickyRowsCount: 1,
    },
    {
      data: [...NOTES, ...named].map((value) => [{ value, type: String }]),
      sheet: '怎么填',
      columns: [{ width: 120 }],
    },
  ]);
  return file.toBuffer();
}
