import { minutesOf } from '../../src/board/domain/minutes.js';
import type { MinutesFacts, MinutesStance } from '../../src/board/domain/minutes.js';
import { voteSheetOf } from '../../src/board/domain/vote-sheet.js';
import type { VoteSheetFacts } from '../../src/board/domain/vote-sheet.js';
import { demandLetter, endingNote, referralLetter, rejectionLetter } from '../../src/cases/domain/letters.js';
import type { LetterFacts } from '../../src/cases/domain/letters.js';
import { PAPER_KINDS } from '../../src/cases/domain/papers.js';
import { registrationForm } from '../../src/cases/domain/registration-form.js';
import type { RegistrationFacts } from '../../src/cases/domain/registration-form.js';
import { receiptPaper, redPaper, thanksPaper } from '../../src/donations/domain/receipt-paper.js';
import type { ReceiptContent, ReceiptFacts } from '../../src/donations/domain/receipt-paper.js';
import { statementOf, statementPaper } from '../../src/donations/domain/statement.js';
import type { StatementGift } from '../../src/donations/domain/statement.js';
import { addDays, day } from '../../src/kernel/day.js';
import { fen } from '../../src/kernel/fen.js';
import { outcomeOf } from '../../src/notices/domain/objection.js';
import type { FindingReason } from '../../src/notices/domain/objection.js';
import { receiptLetter, replyLetter } from '../../src/notices/domain/objection-letters.js';
import { contactOf, decisionSentence } from '../../src/notices/domain/resolution-notice.js';
import { PURPOSES } from '../../src/people/domain/consent.js';
import { RELIEF_PAPERS } from '../../src/funds/domain/rule.js';
import { DEDUCTIONS } from '../../src/funds/domain/worksheet.js';
import {
  decisionLetter,
  refundLetter,
  reliefEnding,
  reliefRejection,
  returnLetter,
} from '../../src/relief/domain/relief-letters.js';
import type { LetterGround } from '../../src/relief/domain/relief-letters.js';
import { sumWords } from '../../src/relief/domain/sum-words.js';
import { worksheetPaper } from '../../src/relief/domain/worksheet-paper.js';
import type { WorksheetFacts } from '../../src/relief/domain/worksheet-paper.js';
import { CAST } from './cast.js';
import type { BySize, Cast } from './cast.js';
import { ruleOf, sheetOf } from './relief.js';

/** A private paper, ready to be printed. */
export type PaperSample = {
  readonly template: string;
  readonly title: string;
  readonly author: string;
  readonly content: Readonly<Record<string, unknown>>;
};
type Samples = BySize<PaperSample> & Readonly<Record<string, PaperSample>>;

type Titled = { readonly title: readonly string[]; readonly issuer: string };

const paper = (template: string, content: Titled & object): PaperSample => ({
  ...{ template: `papers/${template}`, title: content.title.join(''), author: content.issuer },
  content: { ...content },
});

const letterFacts = (cast: Cast): LetterFacts => ({
  ...{
    caseNumber: cast.caseNumber,
    applicantName: cast.applicant,
    cause: 'OTHER',
    amountFen: cast.amountFen,
  },
  guardianName: cast === CAST.extreme ? cast.guardian : null,
  ...{ acceptedOn: day('2026-03-04'), on: day('2026-03-20') },
  frozen: { societyName: cast.society, charter: cast.charter },
});

const rejection = (cast: Cast): PaperSample =>
  paper(
    'rejection-letter',
    rejectionLetter({
      ...{ ...letterFacts(cast), counts: cast.counts, reason: 'PAPERS_MISSING', reviewer: cast.town },
    }),
  );

const demand = (cast: Cast): PaperSample =>
  paper(
    'demand-letter',
    demandLetter({
      ...{ ...letterFacts(cast), counts: cast.counts, reason: 'OUT_OF_SCOPE', reviewer: cast.town },
      ...{ paidOn: day('2026-03-06'), demandedFen: cast.amountFen, payBy: day('2026-04-19') },
    }),
  );

const referral = (cast: Cast, papers: number): PaperSample =>
  paper(
    'referral-letter',
    referralLetter({
      ...{
        ...letterFacts(cast),
        way: 'HAND_OVER',
        to: cast.town,
        group: cast.group,
        reason: 'TOO_FEW_ELECTORS',
      },
      enclosures: PAPER_KINDS.slice(0, papers),
    }),
  );

const ending = (cast: Cast, of: 'OWN_WISH' | 'DEATH' | 'UNREACHABLE'): PaperSample =>
  paper('ending-note', endingNote({ ...letterFacts(cast), ending: of }));

const stance = (more: Partial<MinutesStance> = {}): MinutesStance => ({
  ...{ kind: 'BALLOT', choice: 'yes', reason: null, how: 'HAND', byLink: false, recorder: '周明' },
  ...more,
});

const RULE = { quorum: { numerator: 2, denominator: 3 }, majority: { numerator: 2, denominator: 3 } };

const motionOf = ({ applicant, group }: Cast): string => `给予${group}${applicant}急难救助（突发疾病）`;

function minutes(
  cast: Cast,
  said: (i: number) => readonly MinutesStance[],
  more: Partial<MinutesFacts> = {},
) {
  const { society, counts, charter, directors } = cast;
  const content = minutesOf({
    ...{ society, sequence: 1, decisionNumber: counts.decisionNumber, charterArticle: charter.article },
    ...{ openedAt: new Date('2026-03-05T01:10:00Z'), metAt: new Date('2026-03-05T02:00:00Z'), place: null },
    ...{ decidedAt: new Date('2026-03-05T02:02:00Z'), motion: motionOf(cast), amountFen: cast.amountFen },
    ...{
      end: 'approved',
      closing: 'ALL_VOTED',
      voidWhy: null,
      presider: directors[0] ?? null,
      recorder: null,
    },
    directors: directors.map((name, i) => ({ name, said: said(i) })),
    sum: { rule: RULE, directors: counts.directors, recused: counts.recused, counts },
    ...more,
  });
  const title = `${society}理事会会议记录`;
  return { template: 'papers/minutes', title, author: society, content };
}

/** Everybody changed his mind, and the longest of all reasons stands beside two. */
function stormy(i: number): readonly MinutesStance[] {
  const recorder = '古丽巴哈尔·艾则孜';
  const phoned = stance({ how: 'PHONE', choice: 'abstain', recorder });
  if (i < 2)
    return [
      phoned,
      stance({ kind: 'RECUSAL', choice: null, reason: 'COLLATERAL_3', how: 'DECLARED', recorder: null }),
    ];
  return [phoned, stance({ how: 'PHONE', choice: i === 2 ? 'no' : 'yes', recorder })];
}

function voteSheet(cast: Cast, recused: number): PaperSample {
  const { society, counts, charter, directors } = cast;
  const facts: VoteSheetFacts = {
    ...{
      society,
      sequence: 1,
      charterArticle: charter.article,
      motion: motionOf(cast),
      amountFen: cast.amountFen,
    },
    ...{ openedAt: new Date('2026-03-05T01:10:00Z'), deadlineAt: new Date('2026-03-06T01:10:00Z') },
    sum: { rule: RULE, directors: counts.directors, recused, counts: { yes: 0, no: 0, abstain: 0 } },
    directors: directors.map((name, i) => ({ name, isRecused: i < recused, hasVoted: i === recused })),
    url: `${cast.publicUrl}/s/rounds/0192f000-0000-7000-8000-0000000000aa`,
  };
  const content = voteSheetOf(facts);
  return { template: 'papers/vote-sheet', title: `${society}签到表决表`, author: society, content };
}

function registration(cast: Cast, more: Partial<RegistrationFacts> | null): PaperSample {
  const issuer = { societyName: cast.society, charter: { ...cast.charter, perCaseLimitFen: fen(300_000) } };
  const facts: RegistrationFacts | null = more && {
    ...{ caseNumber: cast.caseNumber, acceptedOn: day('2026-03-04'), url: `${cast.publicUrl}/s/cases/x` },
    ...{
      name: cast.applicant,
      group: cast.group,
      bornOn: day('1980-06-15'),
      phoneTail: '5678',
      residence: 'HUKOU',
    },
    ...{ guardianName: null, cause: 'OTHER', amountFen: cast.amountFen, method: 'CARD', idPending: false },
    bank: { name: '农村信用社', holder: cast.applicant, cardTail: '8885' },
    ...{ consents: PURPOSES, pledged: true },
    visits: cast.directors.slice(0, 2).map((name) => ({ name, visitedOn: day('2026-03-04') })),
    papers: PAPER_KINDS.map((kind) => ({ kind, state: 'PRESENT', confirmedAt: null })),
    ...more,
  };
  return paper('registration', registrationForm(issuer, facts));
}

const ground = (cast: Cast, isChild = false): LetterGround => ({
  ...{
    number: cast.reliefNumber,
    applicantName: cast.applicant,
    guardianName: isChild ? cast.guardian : null,
  },
  ...{ fundName: cast.fund, submittedOn: day('2026-03-02'), cause: 'ILLNESS', on: day('2026-04-15') },
  ...{ federationName: cast.federation, charter: cast.charter },
});

const decided = (cast: Cast) => ({
  ...{ words: decisionSentence(cast.counts), number: cast.counts.decisionNumber, document: cast.document },
  preNotice: `${cast.charter.numberPrefix}救公〔2026〕${cast.serial}号`,
});

function decision(cast: Cast, used: number): PaperSample {
  const sheet = sheetOf(cast, used);
  const words = { ...decided(cast), capApplied: sheet.capApplied };
  const whole = used > 0 ? { advancedFen: fen(sheet.grantFen + 1), excessFen: fen(1) } : null;
  const letter = decisionLetter(
    ground(cast, used > 0),
    sheet.grantFen,
    sumWords(ruleOf(cast), sheet),
    words,
    whole,
  );
  return paper('relief-letter', letter);
}

function refund(cast: Cast): PaperSample {
  const amounts = { paidFen: cast.amountFen, laterFen: cast.amountFen, excessFen: cast.amountFen };
  const demanded = { reason: 'LESS_GRANTED', payBy: day('2026-05-15'), ...amounts } as const;
  return paper('relief-letter', refundLetter(ground(cast, true), demanded));
}

const refused = (cast: Cast): PaperSample => {
  const sum = sumWords(ruleOf(cast), sheetOf(cast));
  return paper('relief-letter', reliefRejection(ground(cast), 'CAP_EXHAUSTED', decided(cast), sum));
};

function worksheet(cast: Cast, invoices: number, used: number): PaperSample {
  const sheet = sheetOf(cast, used);
  const facts: WorksheetFacts = {
    ...{
      number: cast.reliefNumber,
      federationName: cast.federation,
      homeName: cast.society,
      group: cast.group,
    },
    ...{ applicantName: cast.applicant, guardianName: used > 0 ? cast.guardian : null, cause: 'ILLNESS' },
    ...{ submittedOn: day('2026-03-02'), fundName: cast.fund, rule: ruleOf(cast), sheet, approver: null },
    triedOn: used > 0 ? null : day('2026-03-05'),
    invoices: Array.from({ length: invoices }, (_, i) => ({
      number: used > 0 ? `${'9'.repeat(26)}${1000 + i}` : `2434200000${10_000_000 + i}`,
      amountFen: fen(Math.floor(sheet.totalFen / invoices)),
    })),
    policies: DEDUCTIONS.slice(0, 5).map((deduction, i) => ({
      ...{
        deduction,
        outcome: i < 2 ? 'APPLIED' : 'NOT_ELIGIBLE',
        amountFen: sheet.lines[i]?.amountFen ?? fen(0),
      },
      proof: i < 2 ? `${used > 0 ? 'JS20260218000000' : 'JS'}${20_260_218 + i}` : null,
    })),
    reviewers: used > 0 ? cast.directors.slice(0, 2) : [],
    url: `${cast.publicUrl}/s/relief/0192f000-0000-7000-8000-0000000000aa`,
  };
  return paper('worksheet', worksheetPaper(facts));
}

function receipt(cast: Cast, more: Partial<ReceiptFacts> = {}): ReceiptContent {
  const [donor = ''] = cast.donors;
  return receiptPaper({
    issuing: { mode: 'FISCAL', issuer: { id: 's', name: cast.society }, ticketCode: '34170026' },
    ...{
      number: '2026000007',
      checkCode: 'AB3D5F7H',
      issuedOn: day('2026-03-09'),
      givenOn: day('2026-03-05'),
    },
    payer: { isCompany: true, name: donor, uscc: '9100000000000000XX' },
    ...{ form: 'MONEY', purse: '救急难池 · 火灾', amountFen: cast.amountFen, receivedFen: cast.amountFen },
    ...{
      societyName: cast.society,
      reviewer: cast.directors[1] ?? null,
      receiver: cast.directors[0] ?? null,
    },
    publicUrl: cast.publicUrl,
    ...more,
  });
}

/** Of the federation, for a society whose money it took, goods, some of which went back. */
const strange = (cast: Cast): ReceiptContent =>
  receipt(cast, {
    issuing: { mode: 'FEDERATION', issuer: { id: 'f', name: cast.federation }, ticketCode: '34170000' },
    ...{ number: '20261234567', form: 'GOODS', purse: `${cast.fund} · 惠民医保重特大疾病项目` },
    receivedFen: fen(cast.amountFen + 100),
  });

const red = (cast: Cast): ReceiptContent =>
  redPaper(strange(cast), {
    ...{ number: '20261234568', checkCode: 'AB3D5F7J', issuedOn: day('2026-12-30'), reviewer: null },
    ...{ publicUrl: cast.publicUrl, amountFen: cast.amountFen, cause: 'REFUND' },
  });

function statement(cast: Cast, count: number): PaperSample {
  const gifts = Array.from({ length: count }, (_, i): StatementGift => {
    const amountFen = fen(Math.floor(cast.amountFen / Math.max(count, 1)) - i);
    const refundedFen = fen(i % 5 === 4 ? 100 : 0);
    const usedFen = fen(Math.floor(amountFen / 2));
    return {
      ...{
        givenOn: addDays(day('2026-01-06'), i),
        form: i % 7 === 6 ? 'GOODS' : 'MONEY',
        amountFen,
        usedFen,
      },
      ...{ refundedFen, managedFen: fen(0), unspentFen: fen(amountFen - usedFen - refundedFen) },
      ...{ purse: count > 20 ? `${cast.fund} · 火灾` : '救急难池', receiptNumber: `2026${100_000 + i}` },
    };
  });
  const [name = ''] = cast.donors;
  const donor = {
    name,
    isCompany: count > 0,
    uscc: count > 0 ? '9100000000000000XX' : null,
    issuer: cast.society,
  };
  return paper('donation-statement', statementPaper(statementOf(2026, day('2026-12-30'), gifts), donor));
}

const ofReceipt = (content: ReceiptContent): PaperSample => paper('donation-receipt', content);
const thanks = (content: ReceiptContent): PaperSample => paper('thank-you', thanksPaper(content));
const { short, usual, extreme } = CAST;

const objected = (cast: Cast, inTime: boolean) => ({
  ...{ number: '异2026-0003', ground: 'KIN' as const, inTime, issuer: cast.society },
  noticeNumber: `${cast.charter.numberPrefix}救公〔2026〕${cast.serial}号`,
  ...{ receivedAt: new Date('2026-03-12T02:00:00Z'), at: new Date('2026-03-19T02:00:00Z') },
  contact: contactOf(cast.charter),
});

const objectionReceipt = (cast: Cast, inTime: boolean): PaperSample =>
  paper(
    'objection-receipt',
    receiptLetter({ ...objected(cast, inTime), code: 'AB3D5F7H', queryUrl: `${cast.publicUrl}/o` }),
  );

function objectionReply(cast: Cast, inTime: boolean, reason: FindingReason): PaperSample {
  const found = { outcome: outcomeOf(reason), reason, to: cast.guardian, reviewer: cast.town };
  return paper('objection-reply', replyLetter({ ...objected(cast, inTime), ...found }));
}

/** By the name of the template: `papers.spec` looks that none is missing. */
export const PAPERS: Readonly<Record<string, Samples>> = {
  'rejection-letter': { short: rejection(short), usual: rejection(usual), extreme: rejection(extreme) },
  'demand-letter': { short: demand(short), usual: demand(usual), extreme: demand(extreme) },
  'referral-letter': { short: referral(short, 0), usual: referral(usual, 2), extreme: referral(extreme, 4) },
  'ending-note': {
    ...{
      short: ending(short, 'UNREACHABLE'),
      usual: ending(usual, 'OWN_WISH'),
      extreme: ending(extreme, 'DEATH'),
    },
  },
  minutes: {
    short: minutes(short, () => [], { end: 'lapsed', decisionNumber: null, metAt: null, amountFen: fen(0) }),
    usual: minutes(usual, (i) => [i === 1 ? stance({ how: 'OWN', byLink: true, recorder: null }) : stance()]),
    extreme: minutes(extreme, stormy, {
      place: '阿克塔木村党群服务中心二楼村民代表会议室',
      recorder: '欧阳娜娜',
    }),
  },
  'vote-sheet': { short: voteSheet(short, 0), usual: voteSheet(usual, 1), extreme: voteSheet(extreme, 2) },
  registration: {
    short: registration(short, null),
    usual: registration(usual, {}),
    extreme: registration(extreme, {
      guardianName: extreme.guardian,
      bank: null,
      method: 'CASH',
      idPending: true,
    }),
    blank: registration(extreme, null),
  },
  'relief-letter': {
    short: paper('relief-letter', reliefEnding(ground(short), 'NOT_COMPLETED')),
    usual: decision(usual, 0),
    extreme: decision(extreme, 40_000_000),
    return: paper(
      'relief-letter',
      returnLetter(ground(extreme, true), RELIEF_PAPERS, '盖章', day('2026-05-08')),
    ),
    demand: refund(extreme),
    refused: refused(usual),
    death: paper(
      'relief-letter',
      reliefEnding(ground(extreme), 'DEATH', { advancedFen: extreme.amountFen, demandedFen: fen(10_000) }),
    ),
  },
  worksheet: {
    short: worksheet(short, 1, 0),
    usual: worksheet(usual, 12, 0),
    extreme: worksheet(extreme, 60, 40_000_000),
  },
  'objection-receipt': {
    short: objectionReceipt(short, true),
    usual: objectionReceipt(usual, true),
    extreme: objectionReceipt(extreme, false),
  },
  'objection-reply': {
    short: objectionReply(short, true, 'NOTHING_TO_CHECK'),
    usual: objectionReply(usual, true, 'PAPERS_AGREE'),
    extreme: objectionReply(extreme, false, 'KIN_TOOK_PART'),
  },
  'donation-receipt': {
    short: ofReceipt(receipt(short, { payer: null, reviewer: null })),
    usual: ofReceipt(receipt(usual)),
    extreme: ofReceipt(strange(extreme)),
    red: ofReceipt(red(extreme)),
  },
  'thank-you': {
    short: thanks(receipt(short, { payer: null })),
    usual: thanks(receipt(usual)),
    extreme: thanks(strange(extreme)),
  },
  'donation-statement': {
    short: statement(short, 0),
    usual: statement(usual, 6),
    extreme: statement(extreme, 60),
  },
};
