import { readFileSync } from 'node:fs';
import { day } from '../../src/kernel/day.js';
import { contentOf } from '../../src/notices/domain/notice-content.js';
import { keptOf } from '../../src/notices/domain/notice-words.js';
import type { NoticeKind } from '../../src/notices/index.js';
import { Config } from '../../src/platform/config.js';
import { sha256 } from '../../src/platform/crypto/hash.js';
import { PaperPrinter } from '../../src/platform/pdf/printer.js';
import { Templates } from '../../src/platform/web/templates.js';
import { WORDED } from '../support/notices.js';
import { canReadPapers, wordsOfPaper } from '../support/paper.js';

const NAMES: Readonly<Record<NoticeKind, string>> = {
  GRANT_POST: 'grant-post',
  REJECTION: 'rejection',
  REVOCATION: 'revocation',
  RESOLUTION: 'resolution',
};

const signing = {
  version: 1,
  number: '柳溪救公〔2026〕4号',
  signedOn: day('2026-03-09'),
  period: '公示期：张贴次日起7日（计划3月10日至3月16日）。',
  code: 'K7M4Q2XD',
  verifyUrl: 'https://huzhu.example/n/K7M4Q2XD',
};
const printer = () => new PaperPrinter(new Config({}), new Templates('templates'));

async function printed(kind: NoticeKind) {
  const content = contentOf(keptOf(WORDED[kind]), signing);
  const facts = {
    title: content.title.join(''),
    author: content.issuer,
    at: new Date('2026-03-09T01:00:00Z'),
  };
  return { content, ...(await printer().print({ template: content.template, content, facts })) };
}

/** The grant's paper is pinned beside the printer, with the content of the design's sample. */
const KINDS = ['REJECTION', 'REVOCATION', 'RESOLUTION'] as const;

it.each(KINDS)('D4-39 %s has the words and the bytes that were committed', async (kind) => {
  const { content, pdf, pages } = await printed(kind);
  const pinned = (what: string) => readFileSync(`test/pinned/${NAMES[kind]}.${what}`, 'utf8').trim();
  expect(content).toEqual(JSON.parse(pinned('json')));
  expect(sha256(pdf)).toBe(pinned('sha256'));
  expect(sha256((await printed(kind)).pdf)).toBe(sha256(pdf));
  expect(pages).toBe(1);
});

/** domain.md 1.6: what no notice may lack. */
const EVERY = [
  '柳溪村“救急难”互助社关于',
  '柳溪救公〔2026〕4号',
  '依据章程第十四条，经2026年3月5日理事会表决（理事5人，回避1人，应到4人，实到4人，同意',
  '公示期：张贴次日起7日（计划3月10日至3月16日）',
  '请实名或匿名向柳溪镇民政办反映（电话0000-1234567，地址柳溪镇政府一楼）',
  '2026年3月9日',
  '校验码K7M4Q2XD',
  'https://huzhu.example/n/K7M4Q2XD',
  '—1—',
];
const OWN: Readonly<Record<(typeof KINDS)[number], readonly string[]>> = {
  REJECTION: ['同意1人，不同意2人，弃权1人', '案号2026-0012，突发疾病：', '不予救助', '可以申请复核'],
  REVOCATION: [
    '张*三，柳溪村三组，突发疾病，原救助金额人民币壹仟元整（¥1,000.00）',
    '因申请时所说的情况经查不属实，撤销该项救助，追回人民币壹仟元整（¥1,000.00），退回救急难池',
    '原公示“柳溪救公〔2026〕3号”同时撤销',
  ],
  RESOLUTION: [
    '作出如下决议（柳溪决〔2026〕3号）',
    '案号2026-0012',
    '已经追回人民币肆佰元整（¥400.00），其余人民币陆佰元整（¥600.00）',
    '予以核销',
  ],
};

(canReadPapers ? it : it.skip).each(KINDS)(
  '%s prints all that domain.md 1.6 asks for, and no name',
  async (kind) => {
    const { pdf, contentHash } = await printed(kind);
    const words = wordsOfPaper(pdf);
    for (const needed of [...EVERY, ...OWN[kind], contentHash]) expect(words).toContain(needed);
    for (const name of WORDED[kind].words.forbidden) expect(words).not.toContain(name);
    if (kind !== 'REVOCATION') expect(words).not.toMatch(/\*|三组/);
  },
);
