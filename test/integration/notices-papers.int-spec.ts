import { readFileSync } from 'node:fs';
import { day } from '../../src/kernel/day.js';
import { contentOf } from '../../src/notices/domain/notice-content.js';
import { noticeNumberOf } from '../../src/notices/domain/notice-number.js';
import { keptOf } from '../../src/notices/domain/notice-words.js';
import type { NoticeKind, Worded } from '../../src/notices/index.js';
import { Config } from '../../src/platform/config.js';
import { sha256 } from '../../src/platform/crypto/hash.js';
import { PaperPrinter } from '../../src/platform/pdf/printer.js';
import { Templates } from '../../src/platform/web/templates.js';
import { WORDED } from '../support/notices.js';
import { canReadPapers, wordsOfPaper } from '../support/paper.js';

const NAMES: Readonly<Record<NoticeKind, string>> = {
  GRANT_POST: 'grant-post',
  RELIEF_PRE: 'relief-pre',
  RELIEF_RESULT: 'relief-result',
  REJECTION: 'rejection',
  REVOCATION: 'revocation',
  RESOLUTION: 'resolution',
  DONATION_LIST: 'donation-list',
  QUARTERLY_ACCOUNTS: 'quarterly-accounts',
  ANNUAL: 'annual',
  CORRECTION: 'correction',
};

const signing = {
  version: 1,
  signedOn: day('2026-03-09'),
  period: '公示期：张贴次日起7日（计划3月10日至3月16日）。',
  code: 'K7M4Q2XD',
  verifyUrl: 'https://huzhu.example/n/K7M4Q2XD',
};
/** A fund counts working days. */
const periodOf = ({ words }: Worded): string =>
  words.noticeDayKind === 'working'
    ? `公示期：张贴次日起${words.noticeDays}个工作日（计划3月10日至3月16日）。`
    : signing.period;
const printer = () => new PaperPrinter(new Config({}), new Templates('templates'));

const printed = (kind: NoticeKind) => printedAs(WORDED[kind]);

async function printedAs(worded: Worded) {
  const number = noticeNumberOf(worded.words.numberPrefix, 2026, 4);
  const content = contentOf(keptOf(worded), { ...signing, number, period: periodOf(worded) });
  const facts = {
    title: content.title.join(''),
    author: content.issuer,
    at: new Date('2026-03-09T01:00:00Z'),
  };
  return { content, ...(await printer().print({ template: content.template, content, facts })) };
}

/** The grant's paper is pinned beside the printer, with the content of the design's sample. */
const DECIDED = ['RELIEF_PRE', 'RELIEF_RESULT', 'REJECTION', 'REVOCATION', 'RESOLUTION'] as const;
const KINDS = [...DECIDED, 'DONATION_LIST', 'QUARTERLY_ACCOUNTS', 'ANNUAL', 'CORRECTION'] as const;
const isDecided = (kind: NoticeKind): boolean => DECIDED.some((each) => each === kind);
/** The sum of a fund's relief takes most of a page; accounts have several tables. */
const PAGES: Readonly<Partial<Record<NoticeKind, number>>> = {
  RELIEF_PRE: 2,
  RELIEF_RESULT: 2,
  QUARTERLY_ACCOUNTS: 2,
  ANNUAL: 3,
};

it.each(KINDS)('D4-39 %s has the words and the bytes that were committed', async (kind) => {
  const { content, pdf, pages } = await printed(kind);
  const pinned = (what: string) => readFileSync(`test/pinned/${NAMES[kind]}.${what}`, 'utf8').trim();
  expect(content).toEqual(JSON.parse(pinned('json')));
  expect(sha256(pdf)).toBe(pinned('sha256'));
  expect(sha256((await printed(kind)).pdf)).toBe(sha256(pdf));
  expect(pages).toBe(PAGES[kind] ?? 1);
});

/** domain.md 1.6: what no notice may lack, and what one of a decision has besides. */
const EVERY = [
  '救公〔2026〕4号',
  '（计划3月10日至3月16日）',
  '请实名或匿名向柳溪镇民政办反映（电话0000-1234567，地址柳溪镇政府一楼）',
  '2026年3月9日',
  '校验码K7M4Q2XD',
  'https://huzhu.example/n/K7M4Q2XD',
  '—1—',
];
const SUM = [
  ...['公示期：张贴次日起5个工作日', '费用合计', '995,400.00', '减：基本医保', '500,000.00', '减：大病保险'],
  ...['109,600.00', '自付费用', '385,800.00', '比例', '×60%', '救助金额（大写）'],
];
const VOTED = '经2026年3月5日理事会表决（理事5人，回避1人，应到4人，实到4人，同意';
const OWN: Readonly<Record<(typeof KINDS)[number], readonly string[]>> = {
  RELIEF_PRE: [
    '柳溪县慈善总会关于拟给予安心纾困慈善基金救助的公示柳慈救公〔2026〕4号',
    '依据《安心纾困慈善基金管理办法》第八条，经本会审核',
    '张*三（户内未成年人1名），柳溪村三组，突发疾病，拟由安心纾困慈善基金给予救助人民币贰拾叁万壹仟肆佰捌拾元整（¥231,480.00）',
    ...SUM,
    ...['已按规定于2026年3月6日先行拨付人民币', '（¥69,444.00），计入拟救助金额'],
    '其余救助款在公示期满、无异议或者异议不成立后拨付',
  ],
  RELIEF_RESULT: [
    '柳溪县慈善总会关于安心纾困慈善基金救助结果的公示柳慈救公〔2026〕4号',
    '张*三（户内未成年人1名），柳溪村三组，突发疾病，由安心纾困慈善基金给予救助人民币贰拾叁万壹仟肆佰捌拾元整（¥231,480.00）',
    ...SUM,
    '救助事前公示“柳慈救公〔2026〕3号”已经期满',
    '按“柳慈决〔2026〕3号”决定给予救助',
    ...['2026年3月6日69,444.00医院', '2026年3月18日162,036.00受助家庭'],
    '以上共计拨付人民币贰拾叁万壹仟肆佰捌拾元整（¥231,480.00）',
  ],
  REJECTION: [
    '柳溪村“救急难”互助社关于',
    '依据章程第十四条',
    '同意1人，不同意2人，弃权1人',
    '案号2026-0012，突发疾病：',
    '不予救助',
    '可以申请复核',
  ],
  REVOCATION: [
    ...['柳溪村“救急难”互助社关于', '柳溪救公〔2026〕4号', '依据章程第十四条'],
    '张*三，柳溪村三组，突发疾病，原救助金额人民币壹仟元整（¥1,000.00）',
    '因申请时所说的情况经查不属实，撤销该项救助，追回人民币壹仟元整（¥1,000.00），退回救急难池',
    '原公示“柳溪救公〔2026〕3号”同时撤销',
  ],
  RESOLUTION: [
    ...['柳溪村“救急难”互助社关于', '柳溪救公〔2026〕4号', '依据章程第十四条'],
    '作出如下决议（柳溪决〔2026〕3号）',
    '案号2026-0012',
    '已经追回人民币肆佰元整（¥400.00），其余人民币陆佰元整（¥600.00）',
    '予以核销',
  ],
  DONATION_LIST: [
    '柳溪村“救急难”互助社关于接受捐赠情况的公示柳溪救公〔2026〕4号',
    '依据《中华人民共和国慈善法》和章程，现将2026年1月6日至2026年3月8日接受的捐赠公示如下（会费不在内）',
    ...['1演示县柳编有限公司捐款2026年1月6日10,000.00', '2爱心人士物资2026年2月9日500.50'],
    '以上共3笔，合计人民币壹万零柒佰元伍角整（¥10,700.50），其中物资折价人民币伍佰元伍角整（¥500.50）',
    '有2笔的捐赠人没有同意公开姓名，写作“爱心人士”',
  ],
  QUARTERLY_ACCOUNTS: [
    '柳溪村“救急难”互助社关于2026年第一季度收支情况的公示柳溪救公〔2026〕4号',
    '现将2026年第一季度（2026年1月1日至2026年3月31日）收支情况公示如下',
    ...['期初结余人民币叁万元整（¥30,000.00）', '期末结余人民币叁万零伍佰贰拾元整（¥30,520.00）'],
    '另有不知道来款人的待认领来款人民币贰佰元整（¥200.00），不计入结余',
    ...['捐款2笔1,500.00会费1笔20.00合计—1,520.00', '救助：突发疾病1件1,000.00管理费用—0.00合计—1,000.00'],
    ...['本期救助1件', '救急难池30,000.0030,520.00', '凭证在柳溪镇民政办备查'],
  ],
  ANNUAL: [
    '柳溪村“救急难”互助社关于2026年度工作和收支情况的公示柳溪救公〔2026〕4号',
    ...['受理急难救助3件理事5人', '捐款2笔1,500.00会费1笔20.00合计—1,520.00'],
    '本年救助等业务支出1,000.00元，上年收入30,000.00元，占3.3%',
    '本年管理费用0.00元，本年总支出1,000.00元，占0%',
  ],
  CORRECTION: [
    '柳溪村“救急难”互助社关于“柳溪救公〔2026〕3号”公示的更正公告柳溪救公〔2026〕4号',
    '2026年3月7日签发的公示“柳溪救公〔2026〕3号”，经自查，现更正如下',
    '更正处原公示更正为救助对象·村组柳溪村三组柳溪村二组',
    '原公示的其他内容不变。以上各处以本公告为准',
  ],
};

(canReadPapers ? it : it.skip).each(KINDS)(
  '%s prints all that domain.md 1.6 asks for, and no name',
  async (kind) => {
    const { pdf, contentHash } = await printed(kind);
    const words = wordsOfPaper(pdf);
    const voted = isDecided(kind) ? [VOTED] : [];
    for (const needed of [...EVERY, ...voted, ...OWN[kind], contentHash]) expect(words).toContain(needed);
    for (const name of WORDED[kind].words.forbidden) expect(words).not.toContain(name);
    if (kind === 'REJECTION' || kind === 'RESOLUTION') expect(words).not.toMatch(/\*|三组/);
  },
);

type Sum = { readonly worded: Worded; readonly granted: string };

describe('the notices of a relief', () => {
  const { RELIEF_PRE, RELIEF_RESULT } = WORDED;
  const cap = { amountInWords: '伍拾万元整', amount: '500,000.00' };
  const textOf = async (worded: Worded) => (await printedAs(worded)).html.replace(/<[^>]*>|\s/g, '');

  it.each([RELIEF_PRE, RELIEF_RESULT])(
    '$kind says that the highest help was given where it was',
    async (worded) => {
      const capped = await textOf({ ...worded, words: { ...worded.words, cap } } as Worded);
      for (const words of [
        '每户最高救助额500,000.00',
        '救助金额（按最高限额救助）231,480.00',
        '每户最高救助额为人民币伍拾万元整（¥500,000.00）',
      ])
        expect(capped).toContain(words);
      expect(await textOf(worded)).not.toMatch(/最高/);
    },
  );

  it.each`
    worded           | granted
    ${RELIEF_PRE}    | ${'拟救助金额'}
    ${RELIEF_RESULT} | ${'救助金额'}
  `('$worded.kind shows the whole sum, line by line', async ({ worded, granted }: Sum) => {
    const lines = WORDED.RELIEF_PRE.words.sum.map(({ label, amount }) => `${label}${amount}`).join('');
    const end = `${granted}231,480.00${granted}（大写）贰拾叁万壹仟肆佰捌拾元整`;
    expect(await textOf(worded)).toContain(`项目金额（元）${lines}比例×60%${end}`);
  });

  it('say of no advance where nothing was paid before', async () => {
    const words = { ...RELIEF_PRE.words, advance: null };
    const text = await textOf({ kind: 'RELIEF_PRE', words });
    expect(text).toContain('救助款在公示期满、无异议或者异议不成立后拨付。');
    expect(text).not.toMatch(/先行|其余/);
  });

  it('D4-33 name only the case of whoever refused publication', async () => {
    for (const worded of [RELIEF_PRE, RELIEF_RESULT]) {
      const words = { ...worded.words, publishMode: 'NUMBER_ONLY' };
      const text = await textOf({ ...worded, words } as Worded);
      expect(text).toContain('案号2026-0012，突发疾病');
      expect(text).toContain('按规定不公开姓名，案卷由监事查验。');
      expect(text).not.toMatch(/张\*三|三组|未成年/);
    }
  });
});

describe('a long list of donors', () => {
  const { DONATION_LIST } = WORDED;
  const gifts = Array.from({ length: 200 }, (_, i) => ({
    giver: i % 3 === 0 ? '爱心人士' : `演示县第${i}柳编专业合作社联合社有限公司`,
    what: '捐款' as const,
    day: '2026年12月31日',
    amount: '1,234,567.89',
  }));

  (canReadPapers ? it : it.skip)(
    'goes over pages with its head again at the top of each, and no row is lost',
    async () => {
      const words = { ...DONATION_LIST.words, gifts };
      const { pdf, pages } = await printedAs({ kind: 'DONATION_LIST', words });
      const text = wordsOfPaper(pdf);
      expect(pages).toBeGreaterThan(5);
      // The last page may have nothing but the words below the table.
      expect([pages, pages - 1]).toContain(text.split('序号捐赠人捐赠收到日期金额（元）').length - 1);
      for (const place of [1, 99, 199, 200]) expect(text).toMatch(new RegExp(`${place}(演示县第|爱心人士)`));
    },
  );
});
