import { quarterlyAccounts } from '../../src/donations/domain/accounts.js';
import type { AccountFigures, AccountsFacts, Quarter } from '../../src/donations/domain/accounts.js';
import { annualReport } from '../../src/donations/domain/annual.js';
import { CAUSE_WORDS, CAUSES } from '../../src/kernel/causes.js';
import { CASE_STATES } from '../../src/cases/domain/emergency-procedure.js';
import type { CaseState } from '../../src/cases/domain/emergency-procedure.js';
import { caseWork } from '../../src/cases/domain/year-work.js';
import { OFFICE_WORDS } from '../../src/offices/domain/office.js';
import { fen, negated } from '../../src/kernel/fen.js';
import type { NoticeWords, WorkLine } from '../../src/notices/domain/notice-words.js';
import type { Cast } from './cast.js';

/** How much happened: nothing, what happens in a village, or all kinds of money and of causes, in many purses. */
export type Busy = { readonly income: number; readonly causes: number; readonly purses: number };

const ENDED: readonly CaseState[] = ['CLOSED', 'REJECTED', 'REVOKED'];

const KINDS = ['GIFT', 'FEE', 'SUBSIDY', 'INTEREST', 'REFUNDED'] as const;

function figuresOf({ amountFen, fund }: Cast, busy: Busy): AccountFigures {
  const income = KINDS.slice(0, busy.income).map((kind, i) => {
    const part = fen(Math.floor(amountFen / (i + 2)));
    return { kind, amountFen: kind === 'REFUNDED' ? negated(part) : part, lines: 128 - i };
  });
  const causes = Object.values(CAUSE_WORDS)
    .slice(0, busy.causes)
    .map((cause, i) => ({ cause, cases: 28 - i, spentFen: fen(Math.floor(amountFen / (i + 9))) }));
  const [backFen, otherFen] = busy.causes > 3 ? [fen(100_000), fen(5)] : [fen(0), fen(0)];
  const administrationFen = fen(busy.causes > 0 ? Math.floor(amountFen / 100) : 0);
  const incomeFen = fen(income.reduce((sum, each) => sum + each.amountFen, 0));
  const given = causes.reduce((sum, { spentFen }) => sum + spentFen, 0);
  const spendingFen = fen(given - backFen + administrationFen + otherFen);
  const movedFen = negated(otherFen);
  const openingFen = fen(Math.floor(amountFen / 3));
  const balanceFen = fen(openingFen + incomeFen + movedFen - spendingFen);
  return {
    figures: { openingFen, incomeFen, spendingFen, movedFen, balanceFen, unclaimedFen: backFen },
    ...{
      income,
      causes,
      backFen,
      administrationFen,
      otherFen,
      cases: causes.reduce((sum, { cases }) => sum + cases, 0),
    },
    purses: Array.from({ length: busy.purses }, (_, i) => ({
      name: i === 0 ? '救急难池' : `${fund} · 第${i}项`,
      ...{
        openingFen: fen(Math.floor(openingFen / busy.purses)),
        closingFen: fen(Math.floor(balanceFen / busy.purses)),
      },
    })),
  };
}

const factsOf = (cast: Cast, quarter: Quarter, busy: Busy): AccountsFacts => ({
  ...{ period: { year: 2026, quarter }, societyName: cast.society, charter: cast.charter },
  ...{ fund: busy.purses > 5 ? cast.fund : null, account: figuresOf(cast, busy) },
  replaces: busy.purses > 5 ? `${cast.charter.numberPrefix}救公〔2026〕${cast.serial - 1}号` : null,
});

export const quarterOf = (cast: Cast, busy: Busy): NoticeWords<'QUARTERLY_ACCOUNTS'> =>
  quarterlyAccounts(factsOf(cast, 1, busy));

/** As the rooms count it: a case of each cause and end, what the fund gave, who holds office. */
function workOf({ causes }: Busy): WorkLine[] {
  const cases = CAUSES.slice(0, causes).flatMap((cause, i) =>
    (causes > 3 ? CASE_STATES : ENDED).map((state) => ({ cause, state, cases: 128 - i })),
  );
  const ofFund = ['收到基金救助申请', '基金决定给予救助', '基金不予救助'].map((label) => ({
    label,
    count: '12件',
  }));
  const offices = Object.values(OFFICE_WORDS).map((words) => ({ label: `年末在任${words}`, count: '5人' }));
  const published = [
    { label: '签发公示', count: '128张' },
    ...['收到对公示的异议和投诉', '其中成立的'].map((label) => ({ label, count: '2件' })),
  ];
  return [...caseWork(cases), ...(causes > 0 ? [...ofFund, ...published, ...offices] : [])];
}

export const yearOf = (cast: Cast, busy: Busy): NoticeWords<'ANNUAL'> =>
  annualReport({
    ...factsOf(cast, 0, busy),
    lastIncomeFen: fen(busy.income > 0 ? cast.amountFen : 0),
    work: workOf(busy),
  });
