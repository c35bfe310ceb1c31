import { dayWords } from '../../kernel/chinese/words.js';
import type { Day } from '../../kernel/day.js';
import type { Fen } from '../../kernel/fen.js';
import { yuanText } from '../../kernel/fen.js';
import { CONSENT_WORDS, PLEDGE_WORDS, PURPOSES } from '../../people/domain/consent.js';
import type { Purpose } from '../../people/domain/consent.js';
import { RESIDENCE_WORDS } from '../../people/domain/person.js';
import type { Residence } from '../../people/domain/person.js';
import { CAUSE_WORDS, CAUSES } from '../../kernel/causes.js';
import type { Cause } from '../../kernel/causes.js';
import type { NoticeCharter } from './grant-notice.js';
import { PAPER_KINDS, PAPER_WORDS } from './papers.js';
import type { Paper } from './papers.js';
import type { PayMethod } from './revision.js';

type Box = { readonly mark: string; readonly words: string };
type Line = { readonly label: string; readonly value: string };

/** 急难救助登记表, blank or filled: the fields of the intake, the four consents and the pledge. */
export type RegistrationForm = {
  readonly kind: 'REGISTRATION';
  readonly title: readonly string[];
  readonly number: string;
  /** Two to a row: label, value, label, value. */
  readonly person: readonly (readonly [Line, Line])[];
  readonly need: readonly Line[];
  readonly consents: readonly Box[];
  readonly pledge: Box;
  readonly visits: readonly { readonly number: string; readonly who: string; readonly on: string }[];
  readonly papers: readonly Box[];
  /** Where to bring it; null once it was received. */
  readonly contact: string | null;
  readonly issuer: string;
  /** Null on a blank form: nobody has received it yet. */
  readonly date: string | null;
  /** The page of the case behind a sign-in; null on a blank form. */
  readonly verifyUrl: string | null;
};

export type FormIssuer = {
  readonly societyName: string;
  readonly charter: Pick<
    NoticeCharter,
    'publicContactOffice' | 'publicContactPhone' | 'publicContactAddress'
  > & {
    readonly perCaseLimitFen: Fen;
  };
};

/** A registered case as its paper shows it: no ID number and no card, which are copied from the originals by hand. */
export type RegistrationFacts = {
  readonly caseNumber: string;
  readonly acceptedOn: Day;
  readonly url: string;
  readonly name: string;
  readonly group: string;
  readonly bornOn: Day | null;
  readonly idPending: boolean;
  readonly phoneTail: string | null;
  readonly residence: Residence;
  readonly guardianName: string | null;
  readonly cause: Cause;
  readonly amountFen: Fen;
  readonly method: PayMethod;
  readonly bank: { readonly name: string; readonly holder: string; readonly cardTail: string } | null;
  readonly consents: readonly Purpose[];
  readonly pledged: boolean;
  readonly visits: readonly { readonly name: string; readonly visitedOn: Day }[];
  readonly papers: readonly Paper[];
};

/** As forms print it: a bracket to tick in, and one that is ticked. */
const [OPEN, TICKED] = ['( )', '(√)'];
const box = (ticked: boolean, words: string): Box => ({ mark: ticked ? TICKED : OPEN, words });
const choice = (options: readonly (readonly [boolean, string])[]): string =>
  options.map(([ticked, words]) => `${ticked ? TICKED : OPEN}${words}`).join(' ');
const line = (label: string, value: string): Line => ({ label, value });
/** To be filled in by hand; blanks would be lost on the way to the paper. */
const YEAR_MONTH_DAY = '____年__月__日';

/** Given a case, its form; given none, the blank one for whoever has no signal or no phone. */
export function registrationForm(
  { societyName, charter }: FormIssuer,
  facts: RegistrationFacts | null,
): RegistrationForm {
  const { publicContactOffice: office, publicContactPhone: phone, publicContactAddress: address } = charter;
  return {
    kind: 'REGISTRATION',
    title: [societyName, '急难救助登记表'],
    number: facts ? `案号：${facts.caseNumber}` : '案号：（登记后填写）',
    person: personLines(facts),
    need: needLines(facts, charter.perCaseLimitFen),
    consents: PURPOSES.map((purpose) =>
      box(facts?.consents.includes(purpose) ?? false, CONSENT_WORDS[purpose]),
    ),
    pledge: box(facts?.pledged ?? false, PLEDGE_WORDS),
    visits: ['一', '二'].map((number, place) => {
      const visit = facts?.visits[place];
      return { number, who: visit?.name ?? '', on: visit ? dayWords(visit.visitedOn) : YEAR_MONTH_DAY };
    }),
    papers: PAPER_KINDS.map((kind) => box(has(facts, kind), PAPER_WORDS[kind])),
    contact: facts ? null : `填好交到${office}（电话${phone}，地址${address}）。材料可以后补。`,
    issuer: societyName,
    date: facts ? dayWords(facts.acceptedOn) : null,
    verifyUrl: facts?.url ?? null,
  };
}

function personLines(facts: RegistrationFacts | null): (readonly [Line, Line])[] {
  const residence = facts
    ? RESIDENCE_WORDS[facts.residence]
    : choice(['本村', '外地'].map((words) => [false, words]));
  return [
    [line('姓名', facts?.name ?? ''), line('村民小组', facts?.group ?? '')],
    [
      line('身份证号', facts?.idPending ? '后补' : ''),
      line('出生日期', facts?.bornOn ? dayWords(facts.bornOn) : ''),
    ],
    [line('电话', facts?.phoneTail ? `尾号${facts.phoneTail}` : ''), line('户籍', residence)],
    [line('监护人', facts?.guardianName ?? ''), line('监护人电话', '')],
  ];
}

function needLines(facts: RegistrationFacts | null, limitFen: Fen): Line[] {
  const causes = CAUSES.map((cause) => [facts?.cause === cause, CAUSE_WORDS[cause]] as const);
  const methods = [
    [facts?.method === 'CARD', '银行卡（社保卡）'],
    [facts?.method === 'CASH', '现金（要2名见证人）'],
  ] as const;
  const bank = facts?.bank;
  return [
    line('事由', choice(causes)),
    line(
      '申请金额',
      facts ? `${yuanText(facts.amountFen)}元` : `__________元（本社单笔最多${yuanText(limitFen)}元）`,
    ),
    line('经过', ''),
    line('收款方式', choice(methods)),
    line(
      '收款账户',
      bank
        ? `${bank.name}，户名${bank.holder}，尾号${bank.cardTail}`
        : '开户行______________ 卡号______________________',
    ),
  ];
}

function has(facts: RegistrationFacts | null, kind: Paper['kind']): boolean {
  return facts?.papers.some((paper) => paper.kind === kind && paper.state === 'PRESENT') ?? false;
}
