import { readFileSync } from 'node:fs';
import { USUAL_RULE } from '../../src/funds/domain/rule.js';
import type { Rule } from '../../src/funds/domain/rule.js';
import { workOut } from '../../src/funds/domain/worksheet.js';
import { day } from '../../src/kernel/day.js';
import { fen } from '../../src/kernel/fen.js';
import { Config } from '../../src/platform/config.js';
import { sha256 } from '../../src/platform/crypto/hash.js';
import { PaperPrinter } from '../../src/platform/pdf/printer.js';
import { Templates } from '../../src/platform/web/templates.js';
import {
  decisionLetter,
  refundLetter,
  reliefEnding,
  reliefRejection,
  returnLetter,
} from '../../src/relief/domain/relief-letters.js';
import type { LetterGround, ReliefLetter } from '../../src/relief/domain/relief-letters.js';
import { sumWords } from '../../src/relief/domain/sum-words.js';
import { worksheetPaper } from '../../src/relief/domain/worksheet-paper.js';
import type { WorksheetFacts, WorksheetPaper } from '../../src/relief/domain/worksheet-paper.js';
import { canReadPapers, wordsOfPaper } from '../support/paper.js';

const rule: Rule = {
  ...USUAL_RULE,
  ...{ id: 'rule', fundId: 'fund', version: 2, validFrom: day('2026-01-01') },
  document: '《安心纾困慈善基金管理办法》第八条',
};
/** A child, with somebody who acts for it: the longest that a reader can be. */
const ground: LetterGround = {
  ...{ number: '慈救2026-0003', applicantName: '范小宝', guardianName: '范长河', cause: 'ILLNESS' },
  ...{ fundName: '安心纾困慈善基金 · 惠民医保', federationName: '柳溪县慈善总会' },
  ...{ submittedOn: day('2026-03-02'), on: day('2026-04-15') },
  charter: {
    ...{ article: '章程第十四条', numberPrefix: '柳慈', noticeDays: 5, noticeDayKind: 'working' },
    publicContactOffice: '柳溪县慈善总会办公室',
    publicContactPhone: '0000-7654321',
    publicContactAddress: '柳溪县政府二楼',
  },
};
const decided = {
  words: '经2026年3月25日理事会表决（理事5人，回避1人，应到4人，实到4人，同意4人）',
  ...{ preNotice: '柳慈救公〔2026〕3号', number: '柳慈决〔2026〕3号', document: rule.document },
};
const bill = {
  totalFen: fen(99_540_000),
  deductions: { BASIC_INSURANCE: fen(50_000_000), SERIOUS_ILLNESS: fen(10_960_000) },
};
const plain = workOut(bill, rule, fen(0));
const capped = workOut(bill, rule, fen(40_000_000));
const unchecked = workOut({ totalFen: bill.totalFen, deductions: {} }, rule, fen(40_000_000));
const over = workOut(
  { totalFen: fen(1_000_000), deductions: { BASIC_INSURANCE: fen(1_200_000) } },
  rule,
  fen(0),
);

const facts: WorksheetFacts = {
  ...{ number: '慈救2026-0003', federationName: '柳溪县慈善总会', homeName: '柳溪村“救急难”互助社' },
  ...{ applicantName: '范小宝', guardianName: '范长河', group: '柳溪村三组', submittedOn: day('2026-03-02') },
  ...{ cause: 'ILLNESS', fundName: ground.fundName, rule, sheet: plain, triedOn: null },
  invoices: Array.from({ length: 12 }, (_each, i) => ({
    number: `2434200000${String(10_000_000 + i * 7)}`,
    amountFen: fen(8_295_000),
  })),
  policies: [
    {
      deduction: 'BASIC_INSURANCE',
      outcome: 'APPLIED',
      amountFen: fen(50_000_000),
      proof: 'JS20260218-0012',
    },
    { deduction: 'SERIOUS_ILLNESS', outcome: 'APPLIED', amountFen: fen(10_960_000), proof: 'DB2026-778' },
    { deduction: 'MEDICAL_AID', outcome: 'REFUSED', amountFen: fen(0), proof: null },
    { deduction: 'COMMERCIAL', outcome: 'NOT_ASKED', amountFen: fen(0), proof: null },
    { deduction: 'OTHER_AID', outcome: 'NOT_ELIGIBLE', amountFen: fen(0), proof: null },
  ],
  ...{ reviewers: ['周秀兰', '蒋邻'], approver: '王守成' },
  url: 'https://huzhu.example/s/relief/0192f000-0000-7000-8000-0000000000aa',
};
const notYet = { triedOn: day('2026-03-05'), reviewers: [], approver: null };
const one = (amount: number) => [{ number: '12345678', amountFen: fen(amount) }];

type Content = (ReliefLetter | (WorksheetPaper & { readonly template?: never })) & Record<string, unknown>;
type Case = { readonly content: Content; readonly pages: number; readonly says: readonly string[] };

const RECEIPT = ['送达回执', '收件人签名'];
const CASES: Readonly<Record<string, Case>> = {
  'relief-return': {
    content: returnLetter(
      ground,
      ['INSURANCE_STATEMENT', 'CONSENT'],
      '结算单要有医院盖章',
      day('2026-03-25'),
    ),
    pages: 1,
    says: [
      '补正通知书',
      '1.医保、保险结算单；2.签字的同意书。',
      '请在2026年3月25日以前（含当日）',
      ...RECEIPT,
    ],
  },
  'relief-decision': {
    content: decisionLetter(ground, plain.grantFen, sumWords(rule, plain), { ...decided, capApplied: false }),
    pages: 2,
    says: [
      '救助决定书',
      '编号：慈救2026-0003，决议：柳慈决〔2026〕3号',
      '×60%',
      '救助金额231,480.00',
      ...RECEIPT,
    ],
  },
  'relief-decision-capped': {
    content: decisionLetter(ground, capped.grantFen, sumWords(rule, capped), {
      ...decided,
      capApplied: true,
    }),
    pages: 2,
    says: ['余下额度100,000.00救助金额（按最高限额救助）100,000.00', '人民币壹拾万元整（¥100,000.00）'],
  },
  'relief-rejection': {
    content: reliefRejection(ground, 'REJECTED', decided, null),
    pages: 1,
    says: ['不予救助告知书', '理由：理事会表决时，', '30日内，书面或者口头向本会申请复核', ...RECEIPT],
  },
  'relief-demand': {
    content: refundLetter(ground, {
      ...{ reason: 'INSURER_PAID_LATER', payBy: day('2026-05-15') },
      ...{ paidFen: fen(23_148_000), laterFen: fen(5_000_000), excessFen: fen(3_000_000) },
    }),
    pages: 2,
    says: [
      '退款通知书',
      '请您退回人民币叁万元整（¥30,000.00）',
      '请在2026年5月15日以前（含当日）',
      ...RECEIPT,
    ],
  },
  'relief-ending': {
    content: reliefEnding(ground, 'OWN_WISH'),
    pages: 1,
    says: ['撤回申请确认书', '申请人（监护人）签名：', '经办人签名：', '发票可以再用'],
  },
  'relief-worksheet': {
    content: worksheetPaper(facts),
    pages: 3,
    says: [
      ...[
        '救助金额计算表编号：慈救2026-0003',
        '范小宝（监护人：范长河），柳溪村三组',
        '第八条（第2版，2026年1月1日起）',
      ],
      ...['12243420000010000077', '合计995,400.00', '基本医保已经报销或救助JS20260218-0012500,000.00'],
      ...['609,600.00', '自付费用的60%231,480.00', '人民币贰拾叁万壹仟肆佰捌拾元整'],
      ...['经办审核：周秀兰第二人审核：蒋邻理事长：王守成', '扫一扫：打开这一件', '____年__月__日'],
    ],
  },
  'relief-worksheet-tried': {
    content: worksheetPaper({
      ...{ ...facts, ...notYet, guardianName: null, policies: [] },
      ...{ invoices: one(99_540_000), sheet: unchecked },
    }),
    pages: 2,
    says: [
      ...['救助金额计算表（试算）', '试算：还没有评审，按2026年3月5日的规则', '基本医保还没有核对'],
      '按比例算出的597,240.00元超过余下额度100,000.00元，按最高限额救助100,000.00元。',
    ],
  },
  'relief-worksheet-over': {
    content: worksheetPaper({
      ...{ ...facts, ...notYet, sheet: over, invoices: one(1_000_000) },
      policies: facts.policies.slice(0, 1).map((each) => ({ ...each, amountFen: fen(1_200_000) })),
    }),
    pages: 2,
    says: ['注意：扣除合计比费用合计多2,000.00元，自付费用按零计算。', '人民币零元整', '第二人审核：不需要'],
  },
};

const printer = () => new PaperPrinter(new Config({}), new Templates('templates'));

function printed({ template = 'papers/worksheet', ...content }: Content) {
  const facts = {
    title: content.title.join(''),
    author: content.issuer,
    at: new Date('2026-03-09T01:00:00Z'),
  };
  return printer().print({ template, content, facts });
}

describe.each(Object.entries(CASES))('%s', (name, { content, pages, says }) => {
  it('D4-39 has the words and the bytes that were committed', async () => {
    const pinned = (what: string) => readFileSync(`test/pinned/${name}.${what}`, 'utf8').trim();
    expect(content).toEqual(JSON.parse(pinned('json')));
    const { pdf, pages: count } = await printed(content);
    expect(sha256(pdf)).toBe(pinned('sha256'));
    expect(sha256((await printed(content)).pdf)).toBe(sha256(pdf));
    expect(count).toBe(pages);
  });

  (canReadPapers ? it : it.skip)(
    'says all that it has to, whom it is from, and that it is private',
    async () => {
      const { pdf, contentHash } = await printed(content);
      const words = wordsOfPaper(pdf);
      const every = ['范小宝', '柳溪县慈善总会', '内部材料', '不张贴、不上网', contentHash, '—1—'];
      for (const needed of [...every, ...says]) expect(words).toContain(needed);
    },
  );
});

/** What may stand on a page by itself: no name and date without the text before them. */
it('D4-38 leaves no page to the signature alone', async () => {
  if (!canReadPapers) return;
  for (const { content } of Object.values(CASES)) {
    const { pdf } = await printed(content);
    const last = wordsOfPaper(pdf).split(/—\d+—/).at(-2) ?? '';
    expect(last.lastIndexOf('柳溪县慈善总会')).toBeGreaterThan(20);
  }
});
