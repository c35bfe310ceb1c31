import { workOut } from '../../funds/domain/worksheet.js';
import { USUAL_RULE } from '../../funds/domain/rule.js';
import { day } from '../../kernel/day.js';
import { fen } from '../../kernel/fen.js';
import {
  decisionLetter,
  refundLetter,
  RELIEF_LETTER_KINDS,
  RELIEF_LETTER_WORDS,
  reliefEnding,
  reliefRejection,
  returnLetter,
} from './relief-letters.js';
import type { LetterGround, ReliefLetter } from './relief-letters.js';
import { REFUND_REASONS, RELIEF_ENDINGS } from './relief-words.js';
import { sumWords } from './sum-words.js';

const ground: LetterGround = {
  ...{ number: '慈救2026-0003', applicantName: '范长河', guardianName: null, cause: 'ILLNESS' },
  ...{ fundName: '安心纾困慈善基金', federationName: '柳溪县慈善总会' },
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
  ...{ preNotice: '柳慈救公〔2026〕3号', number: '柳慈决〔2026〕3号', capApplied: false },
  document: '《安心纾困慈善基金管理办法》第八条',
};
const sheet = workOut(
  { totalFen: fen(99_540_000), deductions: { BASIC_INSURANCE: fen(60_960_000) } },
  USUAL_RULE,
  fen(0),
);
const sum = sumWords(USUAL_RULE, sheet);
const demanded = {
  ...({ reason: 'INSURER_PAID_LATER', payBy: day('2026-05-15') } as const),
  ...{ paidFen: fen(23_148_000), laterFen: fen(5_000_000), excessFen: fen(3_000_000) },
};

const LETTERS: readonly ReliefLetter[] = [
  returnLetter(ground, ['CONSENT'], null, day('2026-03-25')),
  decisionLetter(ground, sheet.grantFen, sum, decided),
  reliefRejection(ground, 'REJECTED', decided, null),
  refundLetter(ground, demanded),
  reliefEnding(ground, 'OWN_WISH'),
];
const textOf = ({ paragraphs, afterwards }: ReliefLetter) => [...paragraphs, ...afterwards].join('\n');

it('there is a letter of each kind, and each says whose it is, what for, whom to ask, and when', () => {
  expect(LETTERS.map(({ kind }) => kind)).toEqual(RELIEF_LETTER_KINDS);
  for (const letter of LETTERS) {
    expect(letter).toMatchObject({
      ...{ template: 'papers/relief-letter', to: '范长河', issuer: '柳溪县慈善总会', date: '2026年4月15日' },
      contact: '联系：柳溪县慈善总会办公室，电话0000-7654321，地址柳溪县政府二楼。',
    });
    expect(letter.number).toContain('编号：慈救2026-0003');
    expect(letter.paragraphs[0]).toContain('您于2026年3月2日因突发疾病申请安心纾困慈善基金救助');
    if (letter.kind !== 'ENDING') expect(letter.title[1]).toBe(RELIEF_LETTER_WORDS[letter.kind]);
  }
});

it('holds no number by which a person or an account is known', () => {
  for (const letter of LETTERS) expect(JSON.stringify(letter)).not.toMatch(/\d{8,}/);
});

it('goes to the guardian of a child, and to the family of somebody who died', () => {
  const child = { ...ground, applicantName: '范小宝', guardianName: '范长河' };
  expect(returnLetter(child, ['CONSENT'], null, day('2026-03-25')).to).toBe('范长河（范小宝的监护人）');
  const { to, paragraphs } = reliefEnding(ground, 'DEATH');
  expect(to).toBe('范长河的家属');
  expect(paragraphs[0]).toMatch(/^范长河于2026年3月2日因/);
});

it('asks for what is missing in a list, with a note as a sentence, until a day', () => {
  const { paragraphs } = returnLetter(ground, ['INVOICES', 'CONSENT'], '发票要盖章', day('2026-03-25'));
  expect(paragraphs.slice(1, 4)).toEqual([
    '1. 发票原件（加盖印章）；',
    '2. 签字的同意书。',
    '说明：发票要盖章。',
  ]);
  expect(paragraphs[4]).toMatch(/^请在2026年3月25日以前（含当日）.*不计入办理时限.*以后可以重新申请。$/);
});

it('decides with ground, votes, notice, figure and words, and shows the sum down to the grant', () => {
  const letter = decisionLetter(ground, sheet.grantFen, sum, decided);
  expect(letter.number).toBe('编号：慈救2026-0003，决议：柳慈决〔2026〕3号');
  expect(letter.paragraphs[0]).toBe(
    '您于2026年3月2日因突发疾病申请安心纾困慈善基金救助。依据《安心纾困慈善基金管理办法》第八条，经本会审核，经2026年3月25日理事会表决（理事5人，回避1人，应到4人，实到4人，同意4人），事前公示“柳慈救公〔2026〕3号”已经期满，无异议或者异议不成立，决定给予救助人民币贰拾叁万壹仟肆佰捌拾元整（¥231,480.00）。',
  );
  expect(letter.sum).toBe(sum);
  expect(letter.granted).toEqual({ label: '救助金额', amount: '231,480.00' });
  expect(textOf(letter)).toMatch(/多得的部分应当退回[\s\S]*30日内/);
  expect(textOf(letter)).not.toContain('最高限额');
});

it('D4-4 says of a grant at the cap that it is 按最高限额救助', () => {
  const letter = decisionLetter(ground, fen(10_000_000), sum, { ...decided, capApplied: true });
  expect(letter.granted?.label).toBe('救助金额（按最高限额救助）');
  expect(textOf(letter)).toContain('超过本户余下的额度，按最高限额救助');
});

it.each`
  advanced     | excess     | says
  ${6_944_400} | ${0}       | ${'（¥69,444.00）已经先行拨付，不再另行付款。'}
  ${6_944_400} | ${944_400} | ${'（¥69,444.00），比救助金额多人民币玖仟肆佰肆拾肆元整（¥9,444.00）；多付的部分，请按另行送达的退款通知书退回。'}
`(
  'says of $advanced advanced, $excess of it too much, what becomes of it',
  ({ advanced, excess, says }: { advanced: number; excess: number; says: string }) => {
    const whole = { advancedFen: fen(advanced), excessFen: fen(excess) };
    expect(textOf(decisionLetter(ground, sheet.grantFen, sum, decided, whole))).toContain(says);
    expect(textOf(decisionLetter(ground, sheet.grantFen, sum, decided))).not.toContain('先行拨付');
  },
);

it.each`
  reason                | words                                                   | sum
  ${'REJECTED'}         | ${'理由：理事会表决时，同意票没有达到章程规定的人数。'} | ${null}
  ${'NOTHING_TO_GRANT'} | ${'按规则计算没有可以救助的金额。'}                     | ${sum}
  ${'CAP_EXHAUSTED'}    | ${'本会如有其他适合的基金，您可以另行申请。'}           | ${sum}
`(
  'rejects for $reason with the reason, and the right to a review',
  ({ reason, words, sum: shown }: { reason: 'REJECTED'; words: string; sum: typeof sum | null }) => {
    const text = textOf(reliefRejection(ground, reason, { ...decided, number: null }, shown));
    expect(text).toContain(words);
    expect(text).toContain('30日内，书面或者口头向本会申请复核');
    expect(text.includes('计算如下')).toBe(shown !== null);
  },
);

it('demands an amount in words and figures, until a day, without the number of the account', () => {
  const text = textOf(refundLetter(ground, demanded));
  expect(text).toContain('本会已经付出救助款人民币贰拾叁万壹仟肆佰捌拾元整（¥231,480.00）');
  expect(text).toContain(
    '报销的人民币伍万元整（¥50,000.00）应当从自付费用中减去，经重新计算，请您退回人民币叁万元整（¥30,000.00）。',
  );
  expect(text).toMatch(/请在2026年5月15日以前（含当日）.*不写账号.*分期退回.*恢复本户的额度/);
  expect(text).toMatch(/10日内，要求本会当面听取您的陈述和申辩/);
});

it.each(REFUND_REASONS)('demands because of %s', (reason) => {
  const text = textOf(refundLetter(ground, { ...demanded, reason, laterFen: fen(0) }));
  expect(text).toMatch(/\n因.{8,}，经本会核定，请您退回人民币/);
});

it.each`
  reason                | title               | signer                      | says
  ${'OWN_WISH'}         | ${'撤回申请确认书'} | ${'申请人（监护人）签名：'} | ${'发票可以再用'}
  ${'HELPED_ELSEWHERE'} | ${'撤回申请确认书'} | ${'申请人（监护人）签名：'} | ${'已经得到别处的帮助'}
  ${'DEATH'}            | ${'终止办理确认书'} | ${'家属签名：'}             | ${'家属需要救助的'}
  ${'DUPLICATE'}        | ${'终止办理确认书'} | ${'申请人（监护人）签名：'} | ${'另一件照常办理'}
  ${'NOT_IN_NEED'}      | ${'终止办理确认书'} | ${'申请人（监护人）签名：'} | ${'救助范围'}
  ${'NOT_COMPLETED'}    | ${'终止办理告知书'} | ${null}                     | ${'逾期没有补齐'}
`(
  'ends with $title for $reason',
  ({
    reason,
    title,
    signer,
    says,
  }: Record<'title' | 'says', string> & { reason: 'DEATH'; signer: string | null }) => {
    const letter = reliefEnding(ground, reason);
    expect([letter.title[1], letter.signer]).toEqual([title, signer]);
    expect(textOf(letter)).toContain(says);
    expect(textOf(letter)).toContain('救助款尚未付出');
  },
);

it.each`
  advanced | demanded | says
  ${0}     | ${0}     | ${/救助款尚未付出。/}
  ${10000} | ${10000} | ${/已经先行拨付救助款.*（¥100.00）。[^]*款项中，.*（¥100.00）应当退回，另行送达退款通知书。/}
  ${10000} | ${4000}  | ${/（¥40.00）应当退回，另行送达退款通知书，其余的不要求退回。/}
  ${10000} | ${0}     | ${/已经先行拨付的款项不要求退回。/}
`(
  'ends with $advanced advanced and $demanded demanded, and says so',
  ({ advanced, demanded, says }: { advanced: number; demanded: number; says: RegExp }) => {
    const paid = { advancedFen: fen(advanced), demandedFen: fen(demanded) };
    const text = textOf(reliefEnding(ground, 'NOT_COMPLETED', paid));
    expect(text).toMatch(says);
    expect(text.includes('尚未付出')).toBe(advanced === 0);
  },
);

it.each(['NOT_CARRIED', 'LESS_GRANTED'] as const)('demands because of %s, which nobody chose', (reason) => {
  const text = textOf(refundLetter(ground, { ...demanded, reason, laterFen: fen(0) }));
  expect(text).toMatch(/\n因先行拨付以后.{8,}，经本会核定，请您退回人民币/);
});

it('has an ending for each', () => {
  for (const reason of RELIEF_ENDINGS)
    expect(textOf(reliefEnding(ground, reason))).not.toContain('undefined');
});
