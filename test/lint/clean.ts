import fc from 'fast-check';
import { CAUSE_WORDS } from '../../src/kernel/causes.js';
import { amountInWords } from '../../src/kernel/chinese/amount-in-words.js';
import { dayWords } from '../../src/kernel/chinese/words.js';
import { addDays, day } from '../../src/kernel/day.js';
import { fen, yuanText } from '../../src/kernel/fen.js';
import { KIND_WORDS } from '../../src/notices/domain/notice-words.js';
import { OUTCOME_WORDS, PAYEE_WORDS, REASON_WORDS } from '../../src/notices/domain/notice-reasons.js';
import { decisionSentence } from '../../src/notices/domain/resolution-notice.js';
import { RESOLUTION_WORDS, USE_WORDS } from '../../src/notices/domain/resolutions.js';
import { DEDUCTION_WORDS } from '../../src/funds/domain/worksheet.js';

const SEED = 20_260_309;
const sample = <T>(arbitrary: fc.Arbitrary<T>, count: number): T[] =>
  fc.sample(arbitrary, { seed: SEED, numRuns: count });

const amount = fc
  .oneof(fc.integer({ min: 1, max: 9_999 }), fc.integer({ min: 10_000, max: 99_999_999_999 }))
  .map(fen);
const someDay = fc.integer({ min: 0, max: 1500 }).map((days) => addDays(day('2024-01-01'), days));
const number = (max: number) => fc.integer({ min: 1, max });

const money = sample(amount, 40).map((each) => `救助金额人民币${amountInWords(each)}（¥${yuanText(each)}）`);
const days = sample(someDay, 30).flatMap((each) => [
  `${dayWords(each)}已先行打款`,
  `公示期：张贴次日起7日（计划${dayWords(each)}至${dayWords(addDays(each, 6))}）。`,
]);
const numbers = sample(
  fc.tuple(fc.constantFrom('柳溪', '阿克塔木', '柳慈', '上河'), number(9999)),
  30,
).flatMap(([prefix, serial]) => [
  `原公示“${prefix}救公〔2026〕${serial}号”同时撤销，以本公示为准。`,
  `作出如下决议（${prefix}决〔2026〕${serial}号）`,
  `案号${2024 + (serial % 4)}-${String(serial).padStart(4, '0')}`,
  `案号慈救2026-${String(serial).padStart(6, '0')}`,
]);
const votes = sample(fc.tuple(number(12), number(12), number(12), someDay), 30).map(
  ([yes, no, abstain, on]) =>
    decisionSentence({
      ...{
        decidedAt: `${on}T02:00:00.000Z`,
        decisionNumber: null,
        directors: yes + no + abstain + 1,
        recused: 1,
      },
      ...{ electors: yes + no + abstain, present: yes + no + abstain, yes, no, abstain },
    }),
);

const PLACES = [
  ...[
    '长征村',
    '炎陵县炎帝村',
    '炎亭镇',
    '石灰窑村',
    '黄花村',
    '三道沟村',
    '一九一团',
    '二十里铺村',
    '百善村',
  ],
  ...[
    '五里店',
    '十八里河',
    '金鸡岭村',
    '脑山村',
    '心安社区',
    '麻家坪',
    '药王庙村',
    '杏林社区',
    '和平里社区',
    '学院路社区',
  ],
  ...[
    '大学城社区',
    '楼前村',
    '号子口村',
    '单家集村',
    '栋梁村',
    '千户苗寨',
    '七星关',
    '万寿宫',
    '双河口',
    '长寿村',
  ],
];
const groups = PLACES.flatMap((place, i) => [
  `${place}第${i + 1}村民小组`,
  `${place}${'一二三四五六七八九'[i % 9] ?? ''}组`,
]);

const listed = [
  ...Object.values(CAUSE_WORDS),
  ...Object.values(KIND_WORDS),
  ...Object.values(OUTCOME_WORDS),
  ...Object.values(REASON_WORDS),
  ...Object.values(PAYEE_WORDS),
  ...Object.values(USE_WORDS),
  ...Object.values(RESOLUTION_WORDS),
  ...Object.values(DEDUCTION_WORDS).map((words) => `减：${words}`),
];

/** Sentences of real notices, laws and charters that come near to something that is not allowed. */
const NEAR = [
  ...[
    '突发疾病',
    '重大疾病',
    '因病致困',
    '因病致贫家庭',
    '大病保险',
    '大病救助',
    '城乡居民大病保险报销',
    '医疗救助',
    '突发急病',
  ],
  ...[
    '重特大疾病项目',
    '患病期间',
    '因突发疾病生活困难',
    '看病支出',
    '住院费用',
    '医疗机构',
    '医院',
    '疫情期间',
    '防疫物资',
  ],
  ...[
    '凭证',
    '身份证明材料',
    '征地补偿',
    '综合征收管理',
    '象征性',
    '贫瘠',
    '疏通渠道',
    '没有异议',
    '受灾痕迹',
    '火灾',
    '自然灾害',
  ],
  ...[
    '就学',
    '助学',
    '助残',
    '助老',
    '金秋助学',
    '大学生助学项目',
    '中小学生',
    '学费',
    '其他突发困难',
    '领导班子',
    '班子会议',
  ],
  ...[
    '办公室',
    '接待室',
    '第一会议室',
    '三楼以下不计',
    '第十四条第三款',
    '第（二）项',
    '一事一议',
    '第3版',
    '第128条',
  ],
  ...[
    '按最高限额救助',
    '每户最高救助额为人民币伍拾万元整（¥500,000.00）',
    '×60%',
    '比例为三分之二',
    '按各段比例',
    '1/2以上',
  ],
  ...[
    '户内未成年人1名',
    '户内未成年人12名',
    '张*三，柳溪村三组，意外事故',
    '欧阳*娜',
    '阿***·**提',
    '古****·******·**孜',
    '𬭎*㛃',
  ],
  ...[
    '《中华人民共和国慈善法》和章程',
    '《安心纾困慈善基金管理办法》第八条',
    '民发〔2019〕62号',
    '财综〔2024〕1号',
    '第81号令',
  ],
  ...[
    '公示期内如有异议，请实名或匿名向柳溪镇民政办反映（电话0566-1234567，地址柳溪镇政府一楼）。',
    '电话（0566）1234567',
  ],
  ...[
    '请致电0566-1234567转8012',
    '拨打12345热线',
    '监督电话：0566 1234567',
    '扫码查验',
    '校验码K7M4Q2XD',
    '满365日没有找到来款人',
  ],
  ...[
    '以上共250笔，合计人民币壹万零柒佰元伍角整（¥10,700.50）',
    '有2笔的捐赠人没有同意公开姓名，写作“爱心人士”。',
    '会费不在内',
  ],
  ...[
    '2026年第一季度',
    '二〇二六年三月五日',
    '二〇二六年度',
    '一百二十八户',
    '三千二百一十五个村',
    '共28户、112人',
    '10个工作日',
  ],
  ...[
    '先行拨付30%',
    '上年收入的百分之八十',
    '不低于百分之七十',
    '管理费用占百分之九点五',
    '期初结余',
    '待认领款项',
    '受理案件12件',
  ],
  ...[
    '经办这件快办的三人暂停使用紧急快办',
    '副理事长、秘书长批准，监事会签',
    '理事会不予追认',
    '交镇联合互助社复核',
    '微信公众号',
  ],
  ...[
    '请在微信里点开',
    '支付宝或者微信捐款',
    '手续费',
    '手工业',
    '技术服务',
    '移动公示栏',
    '突出问题',
    '增生产',
    '中和村',
    '风雨桥',
  ],
];

/** Every one of them may hang on a wall. */
export const CLEAN: readonly string[] = [
  ...new Set([...money, ...days, ...numbers, ...votes, ...groups, ...listed, ...NEAR]),
];
