import { fen } from '../../kernel/fen.js';
import type { Counts } from './board-vote.js';
import { decisionNumber } from './decision-number.js';
import { minutesOf } from './minutes.js';
import type { MinutesFacts } from './minutes.js';
import { outcomeIn, ROUND_STATES } from './round-state.js';
import { decisionWords, resultWords, sumWords } from './vote-words.js';

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
    expect(resultWords(sum({ yes: 4, no: 0, abstain: 0 }))).toContain(
      '结果：到4人（4同意 0反对 0弃权）→ 通过',
    );
  });

  it('is short in the timeline, and names nobody', () => {
    expect(decisionWords('approved', { yes: 4, no: 0, abstain: 0 }, 1)).toBe(
      '表决通过：到4 同意4 反对0 弃权0 回避1',
    );
    expect(decisionWords('lapsed', { yes: 2, no: 0, abstain: 0 }, 0)).toBe(
      '表决作废（到会人数不够）：到2 同意2 反对0 弃权0 回避0',
    );
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

it('is open or has one outcome', () => {
  expect(ROUND_STATES.map(outcomeIn)).toEqual([null, 'approved', 'rejected', 'lapsed']);
});

describe('minutes', () => {
  const facts: MinutesFacts = {
    society: '柳溪村“救急难”互助社',
    sequence: 1,
    decisionNumber: '柳溪决〔2026〕1号',
    charterArticle: '章程第十四条',
    openedAt: new Date('2026-03-05T01:10:00.000Z'),
    handsAt: new Date('2026-03-05T02:00:00.000Z'),
    decidedAt: new Date('2026-03-05T02:02:00.000Z'),
    place: null,
    motion: '给予张*三急难救助',
    amountFen: fen(100_000),
    directors: [
      { name: '王大山', choice: 'yes', recusal: null },
      { name: '李秀英', choice: null, recusal: null },
      { name: '赵小龙', choice: null, recusal: 'COLLATERAL_3' },
    ],
    sum: sum({ yes: 4, no: 0, abstain: 0 }),
    outcome: 'approved',
    closing: 'ALL_VOTED',
    presider: '王大山',
    recorder: null,
  };

  it('hold who came, who stood aside and why, and each hand', () => {
    expect(minutesOf(facts).rows).toEqual([
      { name: '王大山', presence: '到会', stance: '同意' },
      { name: '李秀英', presence: '没到', stance: '没投票' },
      {
        name: '赵小龙',
        presence: '回避',
        stance: '三代以内旁系亲属（兄弟姐妹、叔伯姑舅姨、侄甥、堂表亲）',
      },
    ]);
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
    const lapsed = minutesOf({
      ...facts,
      decisionNumber: null,
      handsAt: null,
      presider: null,
      outcome: 'lapsed',
    });
    expect(lapsed).toMatchObject({ number: '', metAt: '（无）', presider: '（无）' });
    expect(lapsed.conclusion).toContain('作废');
    expect(minutesOf({ ...facts, amountFen: fen(0) }).amount).toBe('');
  });
});
