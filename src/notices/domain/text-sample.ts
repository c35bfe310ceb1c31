import { fen } from '../../kernel/fen.js';
import type { OwnTexts, TextKey } from './notice-texts.js';
import { inOwnWords } from './notice-words.js';
import type { Worded } from './notice-words.js';
import { commonOf, moneyOf } from './resolution-notice.js';
import type { NoticeIssuer } from './resolution-notice.js';

/** Numbers that no society has given to anything, so that a sample is taken for nothing else. */
const CASE = '0000-0000';
const AMOUNT = fen(100_000);

/** A notice about nobody on which the text stands, for whoever sets it. */
export function sampleOf(key: TextKey, issuer: NoticeIssuer, texts: OwnTexts): Worded {
  if (key === 'REJECTION_NOTE') return inOwnWords(rejection(issuer), texts);
  return inOwnWords(key === 'ACCOUNTS_NOTE' ? accounts(issuer) : grant(issuer), texts);
}

function grant(issuer: NoticeIssuer): Worded {
  const item = { cause: '突发疾病', ...moneyOf(AMOUNT), paidOn: '某月某日', paidHow: '已先行打款' };
  return {
    kind: 'GRANT_POST',
    words: {
      ...commonOf(issuer, '关于急难救助情况'),
      basis: `依据${issuer.charter.article}，经理事会表决，对下列对象先行给予救助，现予公示：`,
      ...{ publishMode: 'NUMBER_ONLY', caseNumber: CASE },
      items: [{ person: '', group: '', ...item }],
    },
  };
}

function rejection(issuer: NoticeIssuer): Worded {
  return {
    kind: 'REJECTION',
    words: {
      ...commonOf(issuer, '关于急难救助申请审议结果'),
      basis: `依据${issuer.charter.article}，经理事会表决，对下列申请不予救助，现予公示：`,
      ...{ caseNumber: CASE, cause: '突发疾病', outcome: 'NOT_ENOUGH_YES' },
    },
  };
}

function accounts(issuer: NoticeIssuer): Worded {
  const [nothing, some] = [moneyOf(fen(0)), moneyOf(AMOUNT)];
  return {
    kind: 'QUARTERLY_ACCOUNTS',
    words: {
      ...commonOf(issuer, '关于某年某季度收支情况'),
      basis: '依据章程和财务公开的规定，现将某年某季度收支情况公示如下。',
      ...{ span: '某年某季度', from: '某月某日', until: '某月某日', fund: null, moved: null, replaces: null },
      ...{ opening: nothing, incomeTotal: some, spendingTotal: nothing, balance: some, unclaimed: null },
      income: [{ label: '捐款', count: '1笔', amount: some.amount }],
      spending: [{ label: '管理费用', count: null, amount: nothing.amount }],
      cases: 0,
      purses: [{ name: '救急难池', opening: nothing.amount, closing: some.amount }],
    },
  };
}
