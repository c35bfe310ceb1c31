import { dayWords } from '../../kernel/chinese/words.js';
import { addDays, daysBetween } from '../../kernel/day.js';
import type { Day } from '../../kernel/day.js';
import { fen } from '../../kernel/fen.js';
import type { Fen } from '../../kernel/fen.js';
import { REASON_WORDS } from '../../notices/domain/notice-reasons.js';
import type { RevocationReason } from '../../notices/domain/notice-reasons.js';
import { moneyWords } from '../../notices/domain/resolutions.js';
import { moneyOf } from './case-notices.js';
import { CAUSE_WORDS } from '../../kernel/causes.js';
import type { Cause } from '../../kernel/causes.js';
import { ESCALATION_REASONS, REVIEW_DAYS, TERMINATION_REASONS, WITHDRAWAL_REASONS } from './endings.js';
import { decisionSentence } from './grant-notice.js';
import type { DecisionCounts, NoticeCharter } from './grant-notice.js';
import { PAPER_WORDS } from './papers.js';
import type { PaperKind } from './papers.js';

/** Papers to one reader, with the full name on them: never posted, never on a public page. */
export const LETTER_KINDS = ['REJECTION', 'DEMAND', 'REFERRAL', 'ENDING'] as const;
export type LetterKind = (typeof LETTER_KINDS)[number];

export const LETTER_WORDS: Readonly<Record<LetterKind, string>> = {
  REJECTION: '不予救助告知书',
  DEMAND: '追回救助款通知书',
  REFERRAL: '转办函',
  ENDING: '撤回（终止）确认书',
};

/** The longest time to pay back (domain.md 2.1). */
export const DEMAND_DAYS = 30;
/** How long after a demand one may ask to be heard. */
const HEARING_DAYS = 10;

/** Who reviews where nobody else is named. */
export const TOWN_UNION = '镇联合互助社';

/** What the board may hold against an application, as the applicant reads it: a closed list. */
export const REJECTION_REASONS = [
  'NOT_ENOUGH_YES',
  'OUT_OF_SCOPE',
  'NOT_FOUND_TRUE',
  'COVERED_OTHERWISE',
  'YEAR_LIMIT',
  'PAPERS_MISSING',
] as const;
export type RejectionReason = (typeof REJECTION_REASONS)[number];

export const REJECTION_WORDS: Readonly<Record<RejectionReason, string>> = {
  NOT_ENOUGH_YES: '理事会表决时，同意票没有达到章程规定的人数',
  OUT_OF_SCOPE: '申请人或者事由不在章程规定的救助范围内',
  NOT_FOUND_TRUE: '核实时没有查到申请所说的困难',
  COVERED_OTHERWISE: '这次困难已经由保险或者其他救助解决',
  YEAR_LIMIT: '本户今年得到的救助已经达到章程规定的限额',
  PAPERS_MISSING: '证明事由的材料在约定的日期以前没有补齐',
};

/** Why a case goes elsewhere: to the town union, for a review, or to the office whose business it is. */
export const REFERRAL_REASONS = [...ESCALATION_REASONS, 'NOT_RATIFIED', 'OTHER_POLICY'] as const;
export type ReferralReason = (typeof REFERRAL_REASONS)[number];

export const REFERRAL_WORDS: Readonly<Record<ReferralReason, string>> = {
  TOO_FEW_ELECTORS: '应当回避的理事较多，余下的理事不足章程规定的人数',
  LAPSED_TWICE: '两轮表决到会人数都没有达到章程规定',
  OVER_LIMIT: '需要的金额超过本社单笔限额',
  FUND_SHORT: '本社救急难池现有资金不足',
  NO_BOARD: '本社理事会一时不能召开',
  REVIEW: '申请人不服本社不予救助的决定，要求复核',
  OBJECTION: '对本社不予救助公示的异议经查成立，需要重新审查',
  NOT_RATIFIED: '紧急快办没有得到理事会追认，需要复核',
  OTHER_POLICY: '这次困难属于贵单位负责的救助政策',
};

/** To the town union or another society a case is handed over; to another office it is referred. */
export type ReferralWay = 'HAND_OVER' | 'REFER';

/** How a case ends before the money is sent (domain.md 2.1). */
export const ENDINGS = [...WITHDRAWAL_REASONS, ...TERMINATION_REASONS] as const;
export type Ending = (typeof ENDINGS)[number];

export const ENDING_WORDS: Readonly<Record<Ending, string>> = {
  OWN_WISH: '申请人自愿撤回申请',
  HELPED_ELSEWHERE: '申请人已经得到别处的帮助，自愿撤回申请',
  DEATH: '申请人在救助款付出以前去世',
  DUPLICATE: '同一件事重复登记',
  NOT_IN_NEED: '核实后不属于急难',
  UNREACHABLE: '多次联系，没有找到申请人',
};

type CommonLetter = {
  readonly template: string;
  /** In pieces: a line of the title ends only between them. */
  readonly title: readonly string[];
  /** 案号：2026-0012，决议：柳溪决〔2026〕3号 */
  readonly number: string;
  /** What the case is, and what became of it. */
  readonly about: string;
  /** Whom to ask, and where: the charter's public contact. */
  readonly contact: string;
  readonly issuer: string;
  readonly date: string;
};

export type RejectionLetter = CommonLetter & {
  readonly kind: 'REJECTION';
  readonly to: string;
  readonly reason: string;
  readonly review: string;
};

export type DemandLetter = CommonLetter & {
  readonly kind: 'DEMAND';
  readonly to: string;
  readonly payment: string;
  readonly hearing: string;
};

export type ReferralLetter = CommonLetter & {
  readonly kind: 'REFERRAL';
  readonly to: string;
  readonly asked: string;
  readonly enclosures: string;
};

export type EndingNote = CommonLetter & {
  readonly kind: 'ENDING';
  readonly ended: string;
  readonly effect: string;
  /** Null where nobody is left to sign. */
  readonly signer: string | null;
};

/** A letter as it is frozen: every word ready, so that a later change of words changes no old paper. */
export type LetterContent = RejectionLetter | DemandLetter | ReferralLetter | EndingNote;

export type LetterFacts = {
  readonly caseNumber: string;
  readonly applicantName: string;
  /** Who acts for a child: the letter goes to them. */
  readonly guardianName: string | null;
  readonly acceptedOn: Day;
  readonly cause: Cause;
  readonly amountFen: Fen;
  /** The day of the letter. */
  readonly on: Day;
  readonly frozen: {
    readonly societyName: string;
    readonly charter: Pick<
      NoticeCharter,
      'article' | 'publicContactOffice' | 'publicContactPhone' | 'publicContactAddress'
    >;
  };
};

export type RejectionLetterFacts = LetterFacts & {
  readonly counts: DecisionCounts;
  readonly reason: RejectionReason;
  /** The town union by its name. */
  readonly reviewer: string;
};

/** 不予救助告知书: what was decided and when, the votes, why, and how to ask for a review (domain.md 1.6). */
export function rejectionLetter(facts: RejectionLetterFacts): RejectionLetter {
  const { counts, reason, reviewer } = facts;
  return {
    ...commonOf(facts, ['papers/rejection-letter', LETTER_WORDS.REJECTION], counts),
    kind: 'REJECTION',
    to: addresseeOf(facts),
    about: `您${dayWords(facts.acceptedOn)}提出的急难救助申请（${needWords(facts)}），${decisionSentence(counts)}，决定不予救助。`,
    reason: `理由：${REJECTION_WORDS[reason]}。依据：${facts.frozen.charter.article}。`,
    review: `不服本决定的，可以自收到本告知书之日起${REVIEW_DAYS}日内，书面或者口头向${reviewer}申请复核。`,
  };
}

export type DemandLetterFacts = LetterFacts & {
  readonly counts: DecisionCounts;
  readonly reason: RevocationReason;
  readonly paidOn: Day;
  readonly demandedFen: Fen;
  readonly payBy: Day;
  readonly reviewer: string;
};

/** The last day on which a demand of this day may be paid. */
export const latestPayBy = (on: Day): Day => addDays(on, DEMAND_DAYS);

/** 追回救助款通知书: how much, why, until when and into which account, and the right to be heard (domain.md 2.1). */
export function demandLetter(facts: DemandLetterFacts): DemandLetter {
  const { counts, reason, paidOn, amountFen, demandedFen, payBy, reviewer, on, frozen } = facts;
  if (demandedFen < 1 || demandedFen > amountFen)
    throw new RangeError('What is demanded back is a part of what was granted');
  const days = daysBetween(on, payBy);
  if (days < 1 || days > DEMAND_DAYS) throw new RangeError(`A demand is paid within ${DEMAND_DAYS} days`);
  const demanded = moneyWords(moneyOf(demandedFen));
  const kept = fen(amountFen - demandedFen);
  const decided = kept === 0 ? '撤销该项救助' : `把该项救助变更为${moneyWords(moneyOf(kept))}`;
  return {
    ...commonOf(facts, ['papers/demand-letter', LETTER_WORDS.DEMAND], counts),
    kind: 'DEMAND',
    to: addresseeOf(facts),
    about: `本社${dayWords(paidOn)}向您付出急难救助款（${needWords(facts)}）。${decisionSentence(counts)}，因${REASON_WORDS[reason]}，依据${frozen.charter.article}${decided}，请您退回${demanded}。`,
    payment: `请在${dayWords(payBy)}以前（含当日）按互助社账户退回；户名是本社名称，账号请当面向本社会计核对，本通知不写账号。一次退回有困难的，可以在这个日期以前申请分期退回。`,
    hearing: `有异议的，可以自收到本通知之日起${HEARING_DAYS}日内要求本社当面听取您的陈述和申辩，也可以向${reviewer}提出异议。`,
  };
}

export type ReferralLetterFacts = LetterFacts & {
  readonly way: ReferralWay;
  /** An office by its name, never a person. */
  readonly to: string;
  readonly group: string;
  readonly reason: ReferralReason;
  readonly enclosures: readonly PaperKind[];
};

/** 转办函, 转介函: hands a case to the town union or to another office, with what goes along. */
export function referralLetter(facts: ReferralLetterFacts): ReferralLetter {
  const { way, to, group, reason, enclosures, applicantName, acceptedOn } = facts;
  const words = { HAND_OVER: LETTER_WORDS.REFERRAL, REFER: '转介函' }[way];
  const papers = enclosures.map((kind) => PAPER_WORDS[kind]).join('、');
  const asked = { HAND_OVER: '转请贵单位办理', REFER: '转介贵单位，请依照有关政策办理' }[way];
  return {
    ...commonOf(facts, ['papers/referral-letter', words]),
    kind: 'REFERRAL',
    to,
    about: `本社${dayWords(acceptedOn)}受理了${group}${applicantName}的急难救助申请（${needWords(facts)}）。`,
    asked: `因${REFERRAL_WORDS[reason]}，现${asked}，并请将办理结果告知申请人和本社。`,
    enclosures: papers === '' ? '随函没有材料。' : `随函材料共${enclosures.length}项：${papers}（复印件）。`,
  };
}

export type EndingNoteFacts = LetterFacts & { readonly ending: Ending };

/** What follows for the money is always the same; what the family may do next is not. */
const NEXT: Partial<Record<Ending, string>> = {
  DEATH: '家属需要救助的，由理事会重新表决。',
  DUPLICATE: '已经登记的那一件照常办理。',
  UNREACHABLE: '找到申请人以后，可以重新申请。',
};
const EFFECT = '本社从即日起停止办理，已经留出的资金退回救急难池。';
const AGAIN = '以后又有困难的，可以重新申请。';

/** Whoever it concerns signs; nobody is left to sign for somebody who cannot be found. */
function signerOf(ending: Ending): string | null {
  if (ending === 'UNREACHABLE') return null;
  return ending === 'DEATH' ? '家属签名：' : '申请人（监护人）签名：';
}

/** 撤回申请、终止办理确认书: why a case ended before the money was sent, signed by whoever it concerns. */
export function endingNote(facts: EndingNoteFacts): EndingNote {
  const { ending, applicantName, acceptedOn } = facts;
  const withdrawn = (WITHDRAWAL_REASONS as readonly string[]).includes(ending);
  const words = withdrawn ? '撤回申请确认书' : '终止办理确认书';
  return {
    ...commonOf(facts, ['papers/ending-note', words]),
    kind: 'ENDING',
    about: `${applicantName}${dayWords(acceptedOn)}向本社提出急难救助申请（${needWords(facts)}），救助款尚未付出。`,
    ended: `因${ENDING_WORDS[ending]}，${withdrawn ? '撤回该项申请' : '终止办理该项申请'}。`,
    effect: `${EFFECT}${NEXT[ending] ?? AGAIN}`,
    signer: signerOf(ending),
  };
}

function commonOf(
  { caseNumber, on, frozen }: LetterFacts,
  [template, words]: readonly [string, string],
  counts: Pick<DecisionCounts, 'decisionNumber'> = { decisionNumber: null },
) {
  const { publicContactOffice, publicContactPhone, publicContactAddress } = frozen.charter;
  const { decisionNumber } = counts;
  return {
    template,
    title: [frozen.societyName, words],
    number: `案号：${caseNumber}${decisionNumber === null ? '' : `，决议：${decisionNumber}`}`,
    contact: `联系：${publicContactOffice}，${publicContactPhone}，${publicContactAddress}。`,
    issuer: frozen.societyName,
    date: dayWords(on),
  };
}

/** 突发疾病，人民币壹仟元整（¥1,000.00）: a letter has brackets enough. */
const needWords = ({ cause, amountFen }: Pick<LetterFacts, 'cause' | 'amountFen'>): string =>
  `${CAUSE_WORDS[cause]}，${moneyWords(moneyOf(amountFen))}`;

function addresseeOf({ applicantName, guardianName }: LetterFacts): string {
  return guardianName === null ? applicantName : `${guardianName}（${applicantName}的监护人）`;
}
