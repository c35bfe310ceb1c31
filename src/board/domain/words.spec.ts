import { fen } from '../../kernel/fen.js';
import type { Counts } from './board-vote.js';
import { decisionNumber } from './decision-number.js';
import { minutesOf } from './minutes.js';
import type { MinutesFacts } from './minutes.js';
import type { MinutesStance } from './minutes.js';
import { endIn, ROUND_STATES } from './round-state.js';
import { voteSheetOf } from './vote-sheet.js';
import { endWords, resultWords, sumWords } from './vote-words.js';

const rule = { quorum: { numerator: 2, denominator: 3 }, majority: { numerator: 2, denominator: 3 } };
const sum = (counts: Counts) => ({ rule, directors: 5, recused: 1, counts });

describe('the sum shown before the close', () => {
  it('is the sum of the village, word for word', () => {
    expect(sumWords(sum({ yes: 4, no: 0, abstain: 0 }))).toBe(
      '理事5人，回避1人，应到4人，需3人到会，到会的2/3同意才通过；现在：到4人（4同意 0反对 0弃权）→ 按现在的票会通过',
    );
  });

  it.each([
    [{ yes: 1, no: 1, abstain: 1 }, '现在：到3人（1同意 1反对 1弃权）→ 按现在的票不会通过'],
    [{ yes: 2, no: 0, abstain: 0 }, '现在：到2人（2同意 0反对 0弃权）→ 按现在的票到会人数不够，会作废'],
    [{ yes: 0, no: 0, abstain: 0 }, '现在：到0人（0同意 0反对 0弃权）→ 按现在的票到会人数不够，会作废'],
  ])('%j: %s', (counts, words) => {
    expect(sumWords(sum(counts))).toContain(words);
  });

  it('becomes the result', () => {
    expect(resultWords(sum({ yes: 4, no: 0, abstain: 0 }), 'approved')).toContain(
      '结果：到4人（4同意 0反对 0弃权）→ 通过',
    );
    expect(resultWords(sum({ yes: 1, no: 0, abstain: 0 }), 'voided')).toContain('→ 表决终止');
  });

  it('D4-16 says how few were left, even where nobody was', () => {
    const none = { rule, directors: 3, recused: 3, counts: { yes: 0, no: 0, abstain: 0 } };
    expect(resultWords(none, 'escalated')).toBe(
      '理事3人，回避3人，应到0人；结果：回避后只剩 0 位理事，不足 3 位，转镇联合社',
    );
  });

  it('is short in the timeline, and names nobody', () => {
    const four = { yes: 4, no: 0, abstain: 0 };
    expect(endWords('approved', 4, 1, four)).toBe('表决通过：到4 同意4 反对0 弃权0 回避1');
    expect(endWords('rejected', 4, 1, four)).toBe('表决不通过：到4 同意4 反对0 弃权0 回避1');
    expect(endWords('lapsed', 5, 0, { ...four, yes: 2 })).toBe(
      '表决作废（到会人数不够）：到2 同意2 反对0 弃权0 回避0',
    );
    expect(endWords('voided', 5, 0, four)).toBe('表决终止：到4 同意4 反对0 弃权0 回避0');
    expect(endWords('escalated', 2, 3, four)).toBe('回避后只剩 2 位理事，不足 3 位，转镇联合社');
  });
});

describe('a decision number', () => {
  it('is that of the society and the year', () => {
    expect(decisionNumber('柳溪', 2026, 1)).toBe('柳溪决〔2026〕1号');
    expect(decisionNumber('柳溪', 2027, 12)).toBe('柳溪决〔2027〕12号');
  });

  it('begins at one', () => {
    expect(() => decisionNumber('柳溪', 2026, 0)).toThrow('Not a number of a series');
  });
});

it('is open or has one end', () => {
  expect(ROUND_STATES.map(endIn)).toEqual([null, 'approved', 'rejected', 'lapsed', 'escalated', 'voided']);
});

const stance = (more: Partial<MinutesStance>): MinutesStance => ({
  kind: 'BALLOT',
  choice: 'yes',
  reason: null,
  how: 'HAND',
  byLink: false,
  recorder: '周明',
  ...more,
});
const recusal = (more: Partial<MinutesStance> = {}): MinutesStance =>
  stance({ kind: 'RECUSAL', choice: null, reason: 'COLLATERAL_3', how: 'OPENING', ...more });
const byLink = stance({ how: 'OWN', byLink: true, recorder: null });

describe('minutes', () => {
  const facts: MinutesFacts = {
    society: '柳溪村“救急难”互助社',
    sequence: 1,
    decisionNumber: '柳溪决〔2026〕1号',
    charterArticle: '章程第十四条',
    openedAt: new Date('2026-03-05T01:10:00.000Z'),
    metAt: new Date('2026-03-05T02:00:00.000Z'),
    decidedAt: new Date('2026-03-05T02:02:00.000Z'),
    place: null,
    motion: '给予张*三急难救助',
    amountFen: fen(100_000),
    directors: [],
    sum: sum({ yes: 4, no: 0, abstain: 0 }),
    end: 'approved',
    closing: 'ALL_VOTED',
    voidWhy: null,
    presider: '王大山',
    recorder: null,
  };
  const rowsOf = (...said: readonly MinutesStance[]) => {
    const { rows, notes } = minutesOf({ ...facts, directors: [{ name: '王大山', said }] });
    return [rows[0]?.way, rows[0]?.stance, ...notes];
  };

  it.each([
    ['a hand', [stance({})], ['举手', '同意（记录人周明）']],
    [
      'what was told by phone',
      [stance({ how: 'PHONE' })],
      ['电话', '同意（电话·由秘书长代录·待本人确认，记录人周明）'],
    ],
    ['a ballot by link', [byLink], ['链接', '同意']],
    ['a ballot by account', [{ ...byLink, byLink: false }], ['本人登录', '同意']],
    ['signed minutes', [stance({ how: 'MEETING', choice: 'no' })], ['会议', '不同意（记录人周明）']],
    ['a recusal', [recusal()], ['回避', '三代以内旁系亲属（兄弟姐妹、叔伯姑舅姨、侄甥、堂表亲）']],
    ['nothing', [], ['没投', '没投票']],
    [
      'what was taken back',
      [stance({ how: 'PHONE' }), stance({ how: 'PHONE', kind: 'RETRACTED', choice: null })],
      ['没投', '没投票', '王大山：先是同意（电话），后撤回代录的票。'],
    ],
    [
      'a changed ballot',
      [stance({ how: 'PHONE', choice: 'no' }), byLink],
      ['链接', '同意', '王大山：先是不同意（电话），后改为同意（链接）。'],
    ],
    [
      'a recusal after a ballot',
      [byLink, recusal({ how: 'DECLARED', reason: 'CREDITOR', byLink: true, recorder: null })],
      ['回避', '债权债务关系', '王大山：先是同意（链接），后回避，先前的票不计。'],
    ],
  ])('show the way of %s', (_what, said, row) => {
    expect(rowsOf(...said)).toEqual(row);
  });

  it('have every word ready', () => {
    expect(minutesOf(facts)).toMatchObject({
      number: '柳溪决〔2026〕1号',
      round: '第1轮',
      metAt: '2026年3月5日（周四）10:00',
      place: '',
      amount: '人民币壹仟元整（¥1,000.00）',
      conclusion: '会议通过上述事项。',
      recorder: '（无）',
    });
  });

  it('of a round that lapsed have no number, and say so', () => {
    const lapsed = minutesOf({ ...facts, decisionNumber: null, metAt: null, presider: null, end: 'lapsed' });
    expect(lapsed).toMatchObject({ number: '', metAt: '（无）', presider: '（无）' });
    expect(lapsed.conclusion).toContain('作废');
    expect(minutesOf({ ...facts, amountFen: fen(0) }).amount).toBe('');
  });

  it('D4-16 of too few electors say how many were left, and whither it goes', () => {
    const few = { ...sum({ yes: 1, no: 0, abstain: 0 }), recused: 3 };
    const escalated = minutesOf({ ...facts, sum: few, end: 'escalated', closing: 'TOO_FEW' });
    expect(escalated.conclusion).toBe('回避后只剩 2 位理事，不足 3 位，转镇联合社。');
    expect(escalated.closing).toBe('表决随即结束，未形成决定。');
  });

  it('of a round that was ended say why', () => {
    const voided = minutesOf({ ...facts, end: 'voided', closing: 'VOIDED', voidWhy: '申请人撤回' });
    expect(voided.conclusion).toBe('本轮表决终止：申请人撤回。');
    expect(voided.closing).toContain('留存备查');
  });
});

it('has a sheet to sign, with what is known already', () => {
  const sheet = voteSheetOf({
    society: '柳溪村“救急难”互助社',
    sequence: 2,
    charterArticle: '章程第十四条',
    openedAt: new Date('2026-03-05T01:10:00.000Z'),
    deadlineAt: new Date('2026-03-06T01:10:00.000Z'),
    motion: '给予张*三急难救助',
    amountFen: fen(100_000),
    sum: sum({ yes: 1, no: 0, abstain: 0 }),
    directors: [
      { name: '王大山', isRecused: false, hasVoted: false },
      { name: '李秀英', isRecused: false, hasVoted: true },
      { name: '赵小龙', isRecused: true, hasVoted: false },
    ],
    url: 'https://huzhu.example/s/rounds/1',
  });
  expect(sheet.rows).toEqual([
    { name: '王大山', signed: '', recused: '' },
    { name: '李秀英', signed: '已自己投票', recused: '' },
    { name: '赵小龙', signed: '—', recused: '已回避' },
  ]);
  expect(sheet).toMatchObject({
    round: '第2轮',
    basis: '章程第十四条：理事5人，回避1人，应到4人，需3人到会，到会的2/3同意才通过',
    openedOn: '2026年3月5日',
    isTall: true,
    verifyUrl: 'https://huzhu.example/s/rounds/1',
  });
});
