import { day } from '../../kernel/day.js';
import { fen } from '../../kernel/fen.js';
import { receiptPaper, redPaper, thanksPaper, traceUrl } from './receipt-paper.js';
import type { ReceiptFacts } from './receipt-paper.js';

const facts: ReceiptFacts = {
  issuing: { mode: 'FISCAL', issuer: { id: 's', name: '柳溪村互助社' }, ticketCode: '34170026' },
  number: '2026000007',
  checkCode: 'AB3D5F7H',
  payer: { isCompany: true, name: '演示县柳编有限公司', uscc: '9144030071526726XG' },
  issuedOn: day('2026-03-09'),
  givenOn: day('2026-03-05'),
  form: 'MONEY',
  purse: '救急难池 · 火灾',
  amountFen: fen(100_000),
  receivedFen: fen(100_000),
  societyName: '柳溪村互助社',
  reviewer: '陈会',
  receiver: '郑平',
  publicUrl: 'https://huzhu.example.org',
};

it('says what the rule asks for, amount and words of one figure', () => {
  expect(receiptPaper(facts)).toMatchObject({
    title: ['公益事业捐赠票据'],
    mark: '',
    ticketCode: '34170026',
    number: '2026000007',
    payer: '演示县柳编有限公司',
    payerUscc: '9144030071526726XG',
    checkCode: 'AB3D5F7H',
    issuedOn: '2026年3月9日',
    items: [
      {
        name: '捐赠收入 · 救急难池 · 火灾',
        unit: '笔',
        quantity: '1',
        price: '1,000.00',
        amount: '1,000.00',
      },
    ],
    totalInWords: '人民币壹仟元整',
    total: '¥1,000.00',
    remarks: '2026年3月5日收到。',
    issuer: '柳溪村互助社',
    reviewer: '陈会',
    receiver: '郑平',
    verifyUrl: 'https://huzhu.example.org/t?no=2026000007&code=AB3D5F7H',
  });
});

it.each([
  [
    'an internal one says that no tax office takes it',
    { issuing: { mode: 'INTERNAL', issuer: facts.issuing.issuer, ticketCode: null } },
    {
      title: ['捐赠收据'],
      mark: '（非税前扣除凭证）',
      ticketCode: '—',
      remarks: '2026年3月5日收到；非税前扣除凭证，不能用来抵税。',
    },
  ],
  [
    'one of the federation names it as 收款单位, and who took the money in',
    { issuing: { mode: 'FEDERATION', issuer: { id: 'f', name: '演示县慈善总会' }, ticketCode: '34170000' } },
    { issuer: '演示县慈善总会', ticketCode: '34170000', remarks: '2026年3月5日收到；由柳溪村互助社代收。' },
  ],
  ['whoever did not say who he is', { payer: null }, { payer: '爱心人士', payerUscc: '—' }],
  [
    'what went back before is said',
    { amountFen: fen(70_000) },
    { total: '¥700.00', remarks: '2026年3月5日收到；原捐 1,000.00 元，已退回 300.00 元。' },
  ],
  ['goods are valued', { form: 'GOODS' }, { remarks: '2026年3月5日收到；物资按验收时的公允价值计价。' }],
] as const)('%s', (_why, change, expected) => {
  expect(receiptPaper({ ...facts, ...change })).toMatchObject(expected);
});

it('is mirrored by a red one with its own number, in the words that it had', () => {
  const paper = receiptPaper(facts);
  const red = redPaper(paper, {
    ...{ number: '2026000009', checkCode: 'ZZ3D5F7H', issuedOn: day('2026-03-10'), reviewer: '陈会' },
    ...{ publicUrl: facts.publicUrl, amountFen: facts.amountFen, cause: 'ERROR' },
  });
  expect(red).toMatchObject({
    kind: 'RED',
    title: ['公益事业捐赠票据', '（红字）'],
    number: '2026000009',
    payer: paper.payer,
    items: [{ quantity: '-1', price: '1,000.00', amount: '-1,000.00' }],
    totalInWords: '人民币负壹仟元整',
    total: '-1,000.00',
    remarks: '红冲 2026年3月9日开的 2026000007 号票据：开票有误。原号作废，不再使用。',
    verifyUrl: traceUrl(facts.publicUrl, '2026000009', 'ZZ3D5F7H'),
  });
});

it('thanks a company and a person, each as it is addressed', () => {
  const company = thanksPaper(receiptPaper(facts));
  expect(company.to).toBe('演示县柳编有限公司');
  expect(company.paragraphs[0]).toBe(
    '贵单位2026年3月5日捐来的人民币壹仟元整（¥1,000.00），已经收到，记入“救急难池 · 火灾”，票据号码 2026000007。',
  );
  const person = thanksPaper(
    receiptPaper({ ...facts, payer: { isCompany: false, name: '顾双双', uscc: null } }),
  );
  expect(person.to).toBe('尊敬的顾双双');
  expect(person.paragraphs.join('')).toContain('AB3D5F7H');
});
