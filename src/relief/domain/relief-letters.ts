import { amountInWords } from '../../kernel/chinese/amount-in-words.js';
import { dayWords } from '../../kernel/chinese/words.js';
import { CAUSE_WORDS } from '../../kernel/causes.js';
import type { Cause } from '../../kernel/causes.js';
import type { Day } from '../../kernel/day.js';
import { fen, yuanText } from '../../kernel/fen.js';
import type { Fen } from '../../kernel/fen.js';
import { RELIEF_PAPER_WORDS } from '../../funds/domain/rule.js';
import type { ReliefPaper } from '../../funds/domain/rule.js';
import type { NoticeCharter } from '../../cases/domain/grant-notice.js';
import type { SumLine, SumWords } from './sum-words.js';
import { OWN_WISHES } from './relief-words.js';
import type { RefundReason, ReliefEnd, ReliefEnding } from './relief-words.js';

/** To one reader, with the full name: never posted, never on a public page. */
export const RELIEF_LETTER_KINDS = ['RETURN', 'DECISION', 'REJECTION', 'DEMAND', 'ENDING'] as const;
export type ReliefLetterKind = (typeof RELIEF_LETTER_KINDS)[number];

export const RELIEF_LETTER_WORDS: Readonly<Record<ReliefLetterKind, string>> = {
  RETURN: '补正通知书',
  DECISION: '救助决定书',
  REJECTION: '不予救助告知书',
  DEMAND: '退款通知书',
  ENDING: '撤回（终止）确认书',
};

/** A letter as it is frozen: every word ready, so that a later change of words changes no old paper. */
export type ReliefLetter = {
  readonly kind: ReliefLetterKind;
  readonly template: string;
  /** In pieces: a line of the title ends only between them. */
  readonly title: readonly string[];
  /** 编号：慈救2026-0003，决议：柳岸决〔2026〕3号 */
  readonly number: string;
  readonly to: string;
  /** What comes before the worksheet, where there is one. */
  readonly paragraphs: readonly string[];
  /** The worksheet as the case and the notice show it; null where there is none. */
  readonly sum: SumWords | null;
  /** What the worksheet comes to; null where nothing is granted. */
  readonly granted: SumLine | null;
  /** What comes after it. */
  readonly afterwards: readonly string[];
  /** Who signs it: 申请人（监护人）签名：. Null where it is only handed over, with a receipt. */
  readonly signer: string | null;
  readonly contact: string;
  readonly issuer: string;
  readonly date: string;
};

export type LetterGround = {
  readonly number: string;
  readonly applicantName: string;
  /** Who reads it where the applicant is a child. */
  readonly guardianName: string | null;
  readonly fundName: string;
  readonly submittedOn: Day;
  readonly cause: Cause;
  readonly on: Day;
  readonly federationName: string;
  readonly charter: NoticeCharter;
};

/** How long one may ask for a review, and to be heard. */
const REVIEW_DAYS = 30;
const HEARING_DAYS = 10;

const money = (amount: Fen) => `人民币${amountInWords(amount)}（¥${yuanText(amount)}）`;

function letterOf(
  kind: ReliefLetterKind,
  ground: LetterGround,
  said: Pick<ReliefLetter, 'paragraphs'> & Partial<ReliefLetter>,
): ReliefLetter {
  const { charter, federationName, number, on } = ground;
  const { publicContactOffice: office, publicContactPhone: phone, publicContactAddress: address } = charter;
  return {
    kind,
    template: 'papers/relief-letter',
    title: [federationName, RELIEF_LETTER_WORDS[kind]],
    number: `编号：${number}`,
    to: readerOf(ground),
    sum: null,
    granted: null,
    afterwards: [],
    signer: null,
    contact: `联系：${office}，电话${phone}，地址${address}。`,
    issuer: federationName,
    date: dayWords(on),
    ...said,
  };
}

function readerOf({ applicantName, guardianName }: LetterGround): string {
  return guardianName === null ? applicantName : `${guardianName}（${applicantName}的监护人）`;
}

const asked = ({ submittedOn, fundName, cause }: LetterGround, who = '您') =>
  `${who}于${dayWords(submittedOn)}因${CAUSE_WORDS[cause]}申请${fundName}救助`;

/** 补正通知书: what is missing, until when, and that the time of the desk stands still. */
export function returnLetter(
  ground: LetterGround,
  items: readonly ReliefPaper[],
  note: string | null,
  dueOn: Day,
): ReliefLetter {
  const last = items.length - 1;
  return letterOf('RETURN', ground, {
    paragraphs: [
      `${asked(ground)}。经核对，申请材料还不齐全，请补交下列材料：`,
      ...items.map((item, at) => `${at + 1}. ${RELIEF_PAPER_WORDS[item]}${at === last ? '。' : '；'}`),
      ...(note === null ? [] : [`说明：${sentenceOf(note)}`]),
      `请在${dayWords(dueOn)}以前（含当日）将上述材料交到提交申请的互助社，或者直接交到本会。补正的时间不计入办理时限。逾期没有补齐的，本次申请终止办理，以后可以重新申请。`,
    ],
  });
}

/** What a person typed, as a sentence. */
const sentenceOf = (text: string): string =>
  /[。！？]$/u.test(text.trim()) ? text.trim() : `${text.trim()}。`;

export type DecidedWords = {
  /** 经2026年3月5日理事会表决（…） */
  readonly words: string;
  readonly preNotice: string;
  /** Of the resolution; null where it has none. */
  readonly number: string | null;
  /** The rule: 《安心纾困慈善基金管理办法》第八条. */
  readonly document: string;
  readonly capApplied: boolean;
};

/** What was advanced, where nothing is left to be paid: as much as the grant, or more. */
export type AdvancedWhole = { readonly advancedFen: Fen; readonly excessFen: Fen };

function advancedWords({ advancedFen, excessFen }: AdvancedWhole): string {
  if (excessFen === 0) return `救助款${money(advancedFen)}已经先行拨付，不再另行付款。`;
  return `本会已经先行拨付${money(advancedFen)}，比救助金额多${money(excessFen)}；多付的部分，请按另行送达的退款通知书退回。`;
}

/** 救助决定书: how much, on what ground, worked out how, and what whoever gets it has to do (Charity Law, art. 60). */
export function decisionLetter(
  ground: LetterGround,
  grantFen: Fen,
  sum: SumWords,
  { words, preNotice, number, document, capApplied }: DecidedWords,
  advanced: AdvancedWhole | null = null,
): ReliefLetter {
  const granted = capApplied ? '救助金额（按最高限额救助）' : '救助金额';
  return letterOf('DECISION', ground, {
    ...(number === null ? {} : { number: `编号：${ground.number}，决议：${number}` }),
    paragraphs: [
      `${asked(ground)}。依据${document}，经本会审核，${words}，事前公示“${preNotice}”已经期满，无异议或者异议不成立，决定给予救助${money(grantFen)}。`,
      '救助金额计算如下：',
    ],
    sum,
    granted: { label: granted, amount: yuanText(grantFen) },
    afterwards: [
      ...(capApplied ? ['按比例算出的金额超过本户余下的额度，按最高限额救助。'] : []),
      ...(advanced ? [advancedWords(advanced)] : []),
      '请将救助款用于申请时所说的困难，并保存有关凭据；本会将在付款以后回访。收到救助款以后又得到医保、保险报销或者其他救助的，请及时告知本会重新计算，多得的部分应当退回。',
      `对救助金额有异议的，可以自收到本决定书之日起${REVIEW_DAYS}日内，书面或者口头向本会申请复核。`,
    ],
  });
}

type RejectionReason = Extract<ReliefEnd, 'REJECTED' | 'NOTHING_TO_GRANT' | 'CAP_EXHAUSTED'>;

const REJECTION_WORDS: Readonly<Record<RejectionReason, string>> = {
  REJECTED: '理事会表决时，同意票没有达到章程规定的人数',
  NOTHING_TO_GRANT: '扣除医保、保险和其他救助以后，按规则计算没有可以救助的金额',
  CAP_EXHAUSTED: '本户在本基金的最高救助额已经用完',
};

/** 不予救助告知书: why, and how to ask again (domain.md 1.6). */
export function reliefRejection(
  ground: LetterGround,
  reason: RejectionReason,
  { words, number, document }: Pick<DecidedWords, 'words' | 'number' | 'document'>,
  sum: SumWords | null,
): ReliefLetter {
  return letterOf('REJECTION', ground, {
    ...(number === null ? {} : { number: `编号：${ground.number}，决议：${number}` }),
    paragraphs: [
      `${asked(ground)}。依据${document}，${words}，决定不予救助。`,
      `理由：${REJECTION_WORDS[reason]}。`,
      ...(sum === null ? [] : ['计算如下：']),
    ],
    sum,
    afterwards: [
      ...(reason === 'CAP_EXHAUSTED' ? ['本会如有其他适合的基金，您可以另行申请。'] : []),
      `不服本决定的，可以自收到本告知书之日起${REVIEW_DAYS}日内，书面或者口头向本会申请复核。不予救助不影响您因别的困难再次申请，也不影响您向乡镇人民政府申请社会救助。`,
    ],
  });
}

const REFUND_BECAUSE: Readonly<Record<RefundReason, string>> = {
  INSURER_PAID_LATER: '医保或者保险在付款以后又有报销',
  OTHER_USE: '救助款没有用于申请的事项',
  FALSE_FACTS: '申请时所说的情况经查不属实',
  WRONG_SUM: '原来的金额计算有误',
  NOT_CARRIED: '先行拨付以后，该项申请最后没有获得救助',
  LESS_GRANTED: '先行拨付以后费用有变化，重新评审批准的救助金额少于已经先行拨付的金额',
};

/** How long one has to pay back (domain.md 2.2). */
export const DAYS_TO_PAY_BACK = 30;

/** 退款通知书: how much, why, until when and into which account, and the right to be heard. */
export function refundLetter(
  ground: LetterGround,
  demanded: {
    readonly reason: RefundReason;
    readonly paidFen: Fen;
    readonly laterFen: Fen;
    readonly excessFen: Fen;
    readonly payBy: Day;
  },
): ReliefLetter {
  const { reason, paidFen, laterFen, excessFen, payBy } = demanded;
  const later = laterFen > 0 ? `，报销的${money(laterFen)}应当从自付费用中减去，经重新计算` : '，经本会核定';
  return letterOf('DEMAND', ground, {
    paragraphs: [
      `${asked(ground)}，本会已经付出救助款${money(paidFen)}。`,
      `因${REFUND_BECAUSE[reason]}${later}，请您退回${money(excessFen)}。`,
      `请在${dayWords(payBy)}以前（含当日）退到本会账户；户名是本会名称，账号请按下面的电话核对，本通知不写账号。一次退回有困难的，可以在这个日期以前申请分期退回。退回的款项归还原基金，并按实际退回的金额恢复本户的额度。`,
      `有异议的，可以自收到本通知书之日起${HEARING_DAYS}日内，要求本会当面听取您的陈述和申辩。`,
    ],
  });
}

type EndedBefore = ReliefEnding | 'NOT_COMPLETED';

const ENDED_WORDS: Readonly<Record<EndedBefore, string>> = {
  OWN_WISH: '按照申请人的意愿，撤回该项申请',
  HELPED_ELSEWHERE: '因已经得到别处的帮助，按照申请人的意愿，撤回该项申请',
  DEATH: '因申请人去世，终止办理该项申请',
  DUPLICATE: '因同一件事重复申请，终止办理该项申请',
  NOT_IN_NEED: '经核实不属于本基金的救助范围，终止办理该项申请',
  NOT_COMPLETED: '因申请材料逾期没有补齐，终止办理该项申请',
};

/** What may be done next is not always the same. */
const NEXT: Partial<Record<EndedBefore, string>> = {
  DEATH: '家属需要救助的，可以另行申请。',
  DUPLICATE: '已经登记的另一件照常办理。',
};
const AGAIN = '本次申请所用的发票可以再用；以后需要救助的，可以重新申请。';

/** Whoever it concerns signs; who let the time pass is not there to sign. */
function signerOf(reason: EndedBefore): string | null {
  if (reason === 'NOT_COMPLETED') return null;
  return reason === 'DEATH' ? '家属签名：' : '申请人（监护人）签名：';
}

function endingTitle(reason: EndedBefore): string {
  if (reason === 'NOT_COMPLETED') return '终止办理告知书';
  return OWN_WISHES.includes(reason) ? '撤回申请确认书' : '终止办理确认书';
}

/** What had been paid when a case ended, and what of it is demanded back. */
export type PaidBefore = { readonly advancedFen: Fen; readonly demandedFen: Fen };
const NOTHING_PAID: PaidBefore = { advancedFen: fen(0), demandedFen: fen(0) };

function paidWords({ advancedFen }: PaidBefore): string {
  return advancedFen === 0 ? '救助款尚未付出' : `本会已经先行拨付救助款${money(advancedFen)}`;
}

function backWords({ advancedFen, demandedFen }: PaidBefore): string {
  if (advancedFen === 0) return '';
  if (demandedFen === 0) return '已经先行拨付的款项不要求退回。';
  const rest = advancedFen > demandedFen ? '，其余的不要求退回' : '';
  return `已经先行拨付的款项中，${money(demandedFen)}应当退回，另行送达退款通知书${rest}。`;
}

/** 撤回申请、终止办理: why a case ended without a grant, and what became of money that had left, signed by whoever it concerns. */
export function reliefEnding(
  ground: LetterGround,
  reason: EndedBefore,
  paid: PaidBefore = NOTHING_PAID,
): ReliefLetter {
  const { applicantName, federationName } = ground;
  const isDeath = reason === 'DEATH';
  return letterOf('ENDING', ground, {
    title: [federationName, endingTitle(reason)],
    ...(isDeath ? { to: `${applicantName}的家属` } : {}),
    paragraphs: [
      `${asked(ground, isDeath ? applicantName : '您')}，${paidWords(paid)}。`,
      `${ENDED_WORDS[reason]}。`,
      `本会从即日起停止办理，已经留出的资金和额度退回基金。${backWords(paid)}${NEXT[reason] ?? AGAIN}已经交来的材料留在案卷里，依照规定保管和保密。`,
    ],
    signer: signerOf(reason),
  });
}
