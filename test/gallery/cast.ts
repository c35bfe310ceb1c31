import { maskName } from '../../src/kernel/chinese/name-mask.js';
import { day } from '../../src/kernel/day.js';
import type { Day } from '../../src/kernel/day.js';
import { fen } from '../../src/kernel/fen.js';
import type { Fen } from '../../src/kernel/fen.js';
import { calendarOf, lastDayOfPeriod } from '../../src/kernel/working-days.js';
import type { DecisionCounts, NoticeCharter } from '../../src/notices/domain/resolution-notice.js';

/**
 * Each paper three times: as short as it may be, as it is on most days, and with the longest and strangest that the forms
 * let through. All people and places are made up.
 */
export const SIZES = ['short', 'usual', 'extreme'] as const;
export type Size = (typeof SIZES)[number];
export type BySize<T> = Readonly<Record<Size, T>>;

/** What the papers of one size are made of. */
export type Cast = {
  readonly society: string;
  readonly federation: string;
  readonly town: string;
  readonly charter: NoticeCharter;
  readonly fund: string;
  readonly document: string;
  /** Who asks for help, and who acts for a child. */
  readonly applicant: string;
  readonly guardian: string;
  readonly group: string;
  readonly directors: readonly string[];
  readonly donors: readonly string[];
  readonly amountFen: Fen;
  readonly counts: DecisionCounts;
  readonly caseNumber: string;
  readonly reliefNumber: string;
  readonly serial: number;
  readonly signedOn: Day;
  readonly publicUrl: string;
};

const DECIDED = '2026-03-05T02:00:00.000Z';

const short: Cast = {
  society: '上河村互助社',
  federation: '云溪县慈善总会',
  town: '云溪镇联合互助社',
  charter: {
    ...{ article: '章程第八条', numberPrefix: '上河', noticeDays: 3, noticeDayKind: 'natural' },
    publicContactOffice: '镇民政办',
    publicContactPhone: '0000-1234567',
    publicContactAddress: '镇政府一楼',
  },
  fund: '纾困基金',
  document: '《纾困办法》第八条',
  applicant: '甄安',
  guardian: '甄平',
  group: '一组',
  directors: ['甲一', '乙二', '丙三'],
  donors: ['丁四'],
  amountFen: fen(10_000),
  counts: {
    ...{ decidedAt: DECIDED, decisionNumber: '上河决〔2026〕1号' },
    ...{ directors: 3, recused: 0, electors: 3, present: 3, yes: 3, no: 0, abstain: 0 },
  },
  caseNumber: '2026-0001',
  reliefNumber: '慈救2026-0001',
  serial: 1,
  signedOn: day('2026-03-09'),
  publicUrl: 'https://huzhu.example',
};

const usual: Cast = {
  society: '柳溪村“救急难”互助社',
  federation: '柳溪县慈善总会',
  town: '柳溪镇联合互助社',
  charter: {
    ...{ article: '章程第十四条', numberPrefix: '柳溪', noticeDays: 7, noticeDayKind: 'natural' },
    publicContactOffice: '柳溪镇民政办',
    publicContactPhone: '0000-1234567',
    publicContactAddress: '柳溪镇政府一楼',
  },
  fund: '安心纾困慈善基金',
  document: '《安心纾困慈善基金管理办法》第八条',
  applicant: '范长河',
  guardian: '范大海',
  group: '柳溪村三组',
  directors: ['王大山', '李秀英', '赵小龙', '钱桂花', '孙建国'],
  donors: ['演示县柳编有限公司', '顾大江', '顾双双'],
  amountFen: fen(100_000),
  counts: {
    ...{ decidedAt: DECIDED, decisionNumber: '柳溪决〔2026〕3号' },
    ...{ directors: 5, recused: 1, electors: 4, present: 4, yes: 4, no: 0, abstain: 0 },
  },
  caseNumber: '2026-0012',
  reliefNumber: '慈救2026-0003',
  serial: 4,
  signedOn: day('2026-03-09'),
  publicUrl: 'https://huzhu.example',
};

const extreme: Cast = {
  society: '阿勒玛勒县巴扎尔加依镇阿克塔木村“救急难”村民互助社',
  federation: '阿勒玛勒自治州巴扎尔加依县慈善总会',
  town: '阿勒玛勒县巴扎尔加依镇“救急难”联合互助社',
  charter: {
    article: '《村“救急难”互助社章程》第一百二十八条第三款第（二）项',
    ...{ numberPrefix: '阿克塔木', noticeDays: 10, noticeDayKind: 'working' },
    publicContactOffice: '巴扎尔加依镇人民政府社会事务和村（社区）服务办公室',
    publicContactPhone: '0000-12345678',
    publicContactAddress: '阿勒玛勒县巴扎尔加依镇团结东路便民服务中心一楼大厅南侧社会救助综合受理窗口',
  },
  fund: '“安心纾困”因病因灾致困家庭专项慈善救助基金·重特大疾病项目',
  document: '《“安心纾困”因病因灾致困家庭专项慈善救助基金管理办法（试行）》第二十八条第一款',
  applicant: '𬭎䶮㛃',
  guardian: '古丽巴哈尔·阿不都热合曼·艾则孜',
  group: '阿克塔木村巴扎尔第二十八村民小组',
  directors: [
    ...['阿卜杜拉·买买提', '古丽巴哈尔·艾则孜', '欧阳娜娜', '诸葛不亮', '上官𬭎', '牛䶮', '马㛃', '木木'],
    ...['司马不疑', '东方未明', '西门大雪'],
  ],
  donors: [
    '阿勒玛勒自治州巴扎尔加依县丝路明珠农牧产品精深加工股份有限公司工会委员会',
    '阿卜杜拉·买买提',
    '𬭎䶮㛃',
  ],
  amountFen: fen(98_765_432_109),
  counts: {
    ...{ decidedAt: '2026-12-18T02:00:00.000Z', decisionNumber: '阿克塔木决〔2026〕128号' },
    ...{ directors: 11, recused: 2, electors: 9, present: 9, yes: 7, no: 1, abstain: 1 },
  },
  caseNumber: '2026-123456',
  reliefNumber: '慈救2026-123456',
  serial: 1288,
  signedOn: day('2026-12-24'),
  publicUrl: 'https://huzhu.balizhaerjiayi.alemaleixian.example',
};

export const CAST: BySize<Cast> = { short, usual, extreme };

/** A year that is published, and the next that is not: at its end a period is provisional. */
const CALENDAR = calendarOf({ years: [2026], holidays: [], makeUps: [] });
export { CALENDAR };

/** The last day of a notice that is posted on the day of its signature. */
export const lastDayOf = ({ signedOn, charter }: Cast): Day =>
  lastDayOfPeriod(signedOn, charter.noticeDays, charter.noticeDayKind, CALENDAR).lastDay;

/** Many people, each with a mask: of two with the same one the group tells which is meant. */
export const PEOPLE: readonly string[] = [
  ...['阿卜杜拉·买买提', '古丽巴哈尔·阿不都热合曼·艾则孜', '𬭎䶮㛃', '欧阳娜娜', '诸葛不亮', '木木', '牛䶮'],
  ...['上官𬭎', '司马不疑', '东方未明', '甄安', '甄有财', '贾如意', '尹小花', '吴中生', '史珍香', '夏天明'],
  ...[
    '秋毫',
    '冬青青',
    '南宫小小',
    '北堂大大',
    '雷阵雨',
    '白云飞',
    '黑土地',
    '金满仓',
    '银满屋',
    '铜豌豆',
    '铁柱子',
  ],
];

export const masked = (name: string): string => maskName(name);
