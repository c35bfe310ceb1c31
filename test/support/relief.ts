import sharp from 'sharp';
import { BoardQueries, RoundsService } from '../../src/board/index.js';
import type { Recusal } from '../../src/board/index.js';
import { DutiesQueries } from '../../src/duties/index.js';
import { FundsService } from '../../src/funds/index.js';
import type { ReliefPaper, RuleTerms } from '../../src/funds/domain/rule.js';
import { DEDUCTIONS } from '../../src/funds/domain/worksheet.js';
import type { Deduction } from '../../src/funds/domain/worksheet.js';
import type { Caller } from '../../src/kernel/actor.js';
import { addDays, dayOf } from '../../src/kernel/day.js';
import { fen } from '../../src/kernel/fen.js';
import { LedgerQueries, LedgerService, UNRESTRICTED } from '../../src/ledger/index.js';
import { ObjectionSteps } from '../../src/notices/objections/objection-steps.js';
import { NoticesQueries, NoticesService, NoticeSubjects } from '../../src/notices/index.js';
import type { NoticeFacts, NoticeKind, NoticeLine, NoticeSubject } from '../../src/notices/index.js';
import { OfficesService, rolesOf } from '../../src/offices/index.js';
import type { Office } from '../../src/offices/index.js';
import {
  BankAnswersService,
  InstitutionsService,
  PaymentsQueries,
  PaymentsService,
  RecoveriesQueries,
  RecoveriesService,
} from '../../src/payments/index.js';
import { PeopleService } from '../../src/people/index.js';
import type { PersonDraft } from '../../src/people/index.js';
import {
  RELIEF,
  RELIEF_PAYMENT,
  ReliefAccountService,
  ReliefAdvanceService,
  ReliefAfterService,
  ReliefDecisionService,
  ReliefDeskService,
  ReliefEndingService,
  ReliefIntakeService,
  ReliefPanelService,
  ReliefQueries,
} from '../../src/relief/index.js';
import type {
  Application,
  Invoice,
  PlannedPart,
  PolicyChecked,
  ReliefState,
} from '../../src/relief/index.js';
import type { ReliefLetter } from '../../src/relief/domain/relief-letters.js';
import { RELIEF_STATE_WORDS } from '../../src/relief/domain/relief-words.js';
import { ReliefNotInState } from '../../src/relief/domain/relief.errors.js';
import { ReliefSeals } from '../../src/relief/relief.seals.js';
import { ReliefStore } from '../../src/relief/relief.store.js';
import { Transactions } from '../../src/platform/database/transactions.js';
import type { Tx } from '../../src/platform/database/transactions.js';
import { givenFederation, ofFederation, ruleFrom } from './federation.js';
import { callerOf } from './house.js';
import type { House } from './house.js';
import { givenSociety } from './society.js';
import { cardNumber, idNumber, personIn, photo, stopTimers } from './village.js';
import type { Village } from './village.js';

/** Every office in other hands: nobody here may do two things of one case. */
const SEATS = {
  chair: ['王大山', 'CHAIR'],
  deputy: ['李秀英', 'DEPUTY'],
  third: ['赵小龙', 'DIRECTOR'],
  fourth: ['钱桂花', 'DIRECTOR'],
  fifth: ['孙建国', 'DIRECTOR'],
  secretary: ['周明', 'SECRETARY_GENERAL'],
  clerk: ['吴兰', 'CLERK'],
  supervisor: ['褚正', 'SUPERVISOR'],
  cashier: ['郑平', 'CASHIER'],
  accountant: ['陈会', 'ACCOUNTANT'],
  reviewer: ['秦审', 'REVIEWER'],
  otherReviewer: ['许核', 'REVIEWER'],
} as const satisfies Record<string, readonly [name: string, office: Office]>;
export type Seat = keyof typeof SEATS;

const HOME_SEATS = {
  secretary: ['蒋社', 'SECRETARY_GENERAL'],
  clerk: ['沈办', 'CLERK'],
} as const satisfies Record<string, readonly [name: string, office: Office]>;
export type HomeSeat = keyof typeof HOME_SEATS;

const BOARD = ['chair', 'deputy', 'third', 'fourth', 'fifth'] as const satisfies readonly Seat[];
const ASSESSORS = ['third', 'fourth', 'fifth'] as const satisfies readonly Seat[];

type Holder = { readonly personId: string; readonly societyId: string; readonly office: Office };

/** A society below the federation, which submits for its families. */
export type Home = { readonly societyId: string; readonly at: Readonly<Record<HomeSeat, Holder>> };

/** A whole village as such a home. */
export function homeIn({ societyId, at: { secretary, clerk } }: Village): Home {
  return {
    societyId,
    at: {
      secretary: { societyId, personId: secretary.personId, office: HOME_SEATS.secretary[1] },
      clerk: { societyId, personId: clerk.personId, office: HOME_SEATS.clerk[1] },
    },
  };
}

export type Fund = { readonly fundId: string; readonly name: string };

/** A federation whose offices are filled, a fund of it with money in its purse, and a village below. */
export type ReliefGround = {
  readonly house: House;
  readonly federationId: string;
  readonly at: Readonly<Record<Seat, Holder>>;
  readonly fund: Fund;
  readonly home: Home;
};

/** Much more than any of these tests gives away. */
const HELD_FEN = 100_000_000_000;

export async function givenReliefGround(
  house: House,
  rule: Partial<RuleTerms> & { readonly heldFen?: number } = {},
): Promise<ReliefGround> {
  stopTimers(house);
  const { heldFen = HELD_FEN, ...terms } = rule;
  const federationId = await givenFederation(house);
  const at = await seated(house, federationId, SEATS);
  const fund = await givenFundWithMoney(house, federationId, { ...terms, heldFen });
  return { house, federationId, at, fund, home: await givenHome(house, federationId) };
}

/** Below the federation, or on its own. */
export async function givenHome(house: House, federationId: string | null): Promise<Home> {
  const societyId = await givenSociety(house, undefined, { parentId: federationId });
  return { societyId, at: await seated(house, societyId, HOME_SEATS) };
}

let funds = 0;

/** Its notice hangs for one day unless it says otherwise: a year of cases fits into the calendar that is published. */
export async function givenFundWithMoney(
  house: House,
  federationId: string,
  { heldFen = HELD_FEN, ...terms }: Partial<RuleTerms> & { readonly heldFen?: number } = {},
): Promise<Fund> {
  const name = `安心纾困慈善基金（第${++funds}号）`;
  const rule = ruleFrom(house, { noticeDays: 1, noticeDayKind: 'natural', ...terms });
  const opening = { name, purpose: '帮大病、灾害、事故后背债的家庭', rule };
  const { fundId } = await house.get(FundsService).openFund(ofFederation(federationId), opening);
  await giveTo(house, federationId, { fund: name, restriction: null }, heldFen);
  return { fundId, name };
}

/** A project of the fund, with money of its own. */
export async function givenProject(
  { house, federationId, fund }: ReliefGround,
  heldFen: number,
): Promise<Fund> {
  const name = `惠民医保（第${++funds}号）`;
  const opening = { parentId: fund.fundId, name, purpose: '大病' };
  const { fundId } = await house.get(FundsService).openProject(ofFederation(federationId), opening);
  await giveTo(house, federationId, { fund: fund.name, restriction: name }, heldFen);
  return { fundId, name };
}

/** As the ledger calls it; null for what is tied to the fund alone. */
type PurseName = { readonly fund: string; readonly restriction: string | null };

async function giveTo(house: House, federationId: string, of: PurseName, heldFen: number): Promise<void> {
  if (heldFen === 0) return;
  const { id: purseId } = await purse({ house, federationId }, of);
  const inflow = { kind: 'OPENING', amountFen: fen(heldFen), receivedOn: dayOf(house.clock.now()) } as const;
  await house.get(LedgerService).receive(ofFederation(federationId, 'accountant'), {
    ...{ ...inflow, note: '', purseId },
  });
}

/** What lies in the purse of a fund, or of a project of it. */
export async function purse(
  { house, federationId }: Pick<ReliefGround, 'house' | 'federationId'>,
  { fund, restriction }: PurseName,
) {
  const purses = await house.get(LedgerQueries).purses(federationId);
  const found = purses.find(
    (each) => each.fund === fund && each.restriction === (restriction ?? UNRESTRICTED),
  );
  if (!found) throw new Error(`The book has no purse ${fund}/${String(restriction)}`);
  return found;
}

async function seated<Name extends string>(
  house: House,
  societyId: string,
  seats: Readonly<Record<Name, readonly [name: string, office: Office]>>,
): Promise<Record<Name, Holder>> {
  const admin = callerOf({ societyId, accountId: societyId, roles: ['system-admin'] });
  const holders: Partial<Record<Name, Holder>> = {};
  for (const seat of Object.keys(seats) as Name[]) {
    const [name, office] = seats[seat];
    const personId = await personIn(house, societyId, { name });
    const fromOn = addDays(dayOf(house.clock.now()), -10);
    const term = { societyId, personId, office, fromOn, untilOn: addDays(fromOn, 1500), pledged: true };
    await house.get(OfficesService).appoint(callerOf(admin.actor), term);
    holders[seat] = { personId, societyId, office };
  }
  return holders as Record<Name, Holder>;
}

/** Whoever holds the seat, under a key of its own. */
export function by<Name extends string>(
  { at }: { readonly at: Readonly<Record<Name, Holder>> },
  seat: Name,
  key?: string,
): Caller {
  const { personId, societyId, office } = at[seat];
  return callerOf({ accountId: personId, personId, societyId, roles: rolesOf([office]) }, key);
}

/** The bill of domain.md 4 (D4-1): 995,400 yuan, of which 609,600 came back. */
export const TOTAL_FEN = 99_540_000;
export const REIMBURSED: Partial<Record<Deduction, number>> = {
  BASIC_INSURANCE: 40_000_000,
  SERIOUS_ILLNESS: 15_000_000,
  MEDICAL_AID: 5_960_000,
};
export const GRANT_FEN = 23_148_000;

let invoices = 0;

export function invoice(amountFen: number, number = `INV${String(++invoices).padStart(8, '0')}`): Invoice {
  return { number, amountFen: fen(amountFen) };
}

/** An answer to each question: what is not said was not asked for. */
export function policies(
  reimbursed: Partial<Record<Deduction, number>>,
  asked: readonly Deduction[] = DEDUCTIONS.filter((each) => each !== 'CROWDFUNDING'),
): PolicyChecked[] {
  return asked.map((deduction) => {
    const amountFen = fen(reimbursed[deduction] ?? 0);
    if (amountFen === 0) return { deduction, outcome: 'NOT_ELIGIBLE', amountFen, proof: null };
    return { deduction, outcome: 'APPLIED', amountFen, proof: `JS-${deduction}` };
  });
}

export const PAPERS: readonly ReliefPaper[] = [
  'ID_CARD',
  'HOUSEHOLD_REGISTER',
  'INVOICES',
  'INSURANCE_STATEMENT',
  'CONSENT',
  'BANK_CARD',
];

let small: Promise<Buffer> | undefined;

/** A paper of the file, small: there are many of them. */
export function paper(): Promise<Buffer> {
  const canvas = { width: 16, height: 16, channels: 3, background: '#f4f1e8' } as const;
  return (small ??= sharp({ create: canvas }).jpeg().toBuffer());
}

/** The main road, in order. Between the pre-notice and the approval it is signed and hung (`SIGNED`, `RUNNING`), and over. */
const ROAD = [
  'SUBMITTED',
  'POLICY_CHECKED',
  'VERIFIED',
  'ASSESSED',
  'REVIEWED',
  'PANEL',
  'PRE_NOTICE',
  'SIGNED',
  'RUNNING',
  'NOTICED',
  'APPROVED',
  'PAID',
  'CLOSED',
] as const;
type RoadStop = (typeof ROAD)[number];
export type ReliefStop = ReliefState | RoadStop;

export type ReliefWanted = Partial<Pick<Application, 'cause' | 'consents' | 'invoices' | 'story'>> & {
  readonly at?: ReliefStop;
  /** Of one invoice, where no invoices are given. */
  readonly totalFen?: number;
  readonly reimbursed?: Partial<Record<Deduction, number>>;
  readonly applicant?: Partial<PersonDraft>;
  /** Somebody who is in the register of the home already. */
  readonly personId?: string;
  readonly home?: Home;
  readonly fundId?: string;
  /** False: the family has no card. */
  readonly card?: boolean;
  /** A card that the home wrote down before. */
  readonly payeeAccountId?: string | null;
  readonly recusals?: readonly Recusal[];
  /** How it is to be paid; everything to the family where nothing is said. */
  readonly parts?: readonly PlannedPart[];
  /** How a case ends that leaves the road early: from where. */
  readonly from?: RoadStop;
};

export type GivenRelief = {
  readonly reliefId: string;
  readonly number: string;
  /** In the register of the home. */
  readonly personId: string;
  readonly home: Home;
};

/** A case of a family of its own, brought to its state by whoever has to do it. */
export async function givenRelief(ground: ReliefGround, wanted: ReliefWanted = {}): Promise<GivenRelief> {
  const { at = 'SUBMITTED' } = wanted;
  if (isRoad(at)) return onTheRoad(ground, at, wanted);
  const [usual, leave] = EXITS[at];
  const made = await onTheRoad(ground, wanted.from ?? usual, wanted);
  await leave(ground, made);
  return made;
}

const isRoad = (stop: ReliefStop): stop is RoadStop => ROAD.some((each) => each === stop);

async function onTheRoad(ground: ReliefGround, at: RoadStop, wanted: ReliefWanted): Promise<GivenRelief> {
  const made = await submit(ground, wanted);
  for (const stop of ROAD.slice(1, ROAD.indexOf(at) + 1)) await STEPS[stop](ground, made, wanted);
  return made;
}

type Step = (ground: ReliefGround, made: GivenRelief, wanted: ReliefWanted) => Promise<unknown>;

const STEPS: Readonly<Record<RoadStop, Step>> = {
  SUBMITTED: () => Promise.resolve(),
  POLICY_CHECKED: (ground, made, { reimbursed }) => checkPolicies(ground, made, reimbursed),
  VERIFIED: verify,
  ASSESSED: (ground, made) => assess(ground, made),
  REVIEWED: review,
  PANEL: (ground, made, { recusals }) => openPanel(ground, made, recusals),
  PRE_NOTICE: (ground, made) => vote(ground, made, 'YYYYY'),
  SIGNED: (ground, made) => sign(ground, made, 'RELIEF_PRE'),
  RUNNING: (ground, made) => post(ground, made, 'RELIEF_PRE'),
  NOTICED: (ground, made) => endNotice(ground, made, 'RELIEF_PRE'),
  APPROVED: async (ground, made, { parts }) => {
    if (parts) await plan(ground, made, parts);
    await approve(ground, made);
  },
  PAID: payAll,
  CLOSED: async (ground, made) => {
    await followUp(ground, made);
    await hang(ground, made, 'RELIEF_RESULT');
  },
};

/** Where a case usually stands before it leaves the road, and how it does. */
const EXITS: Readonly<
  Record<
    Exclude<ReliefState, RoadStop>,
    readonly [RoadStop, (ground: ReliefGround, made: GivenRelief) => Promise<unknown>]
  >
> = {
  RETURNED: ['SUBMITTED', sendBack],
  OBJECTION_HOLD: ['PRE_NOTICE', hold],
  REFUND_DUE: ['PAID', (ground, made) => demand(ground, made, { amountFen: fen(100_000) })],
  REJECTED: ['PANEL', (ground, made) => vote(ground, made, 'NNNNN')],
  LAPSED: [
    'SUBMITTED',
    async (ground, made) => {
      await sendBack(ground, made);
      await letTimePass(ground);
    },
  ],
  WITHDRAWN: ['SUBMITTED', (ground, made) => end(ground, made, 'OWN_WISH')],
  TERMINATED: ['SUBMITTED', (ground, made) => end(ground, made, 'DEATH')],
};

/** A person of the home with an ID number of its own. */
export function applicantIn(
  { house }: Pick<ReliefGround, 'house'>,
  { societyId }: Home,
  draft: Partial<PersonDraft> = {},
): Promise<string> {
  return personIn(house, societyId, { name: '范长河', idNumber: idNumber(), ...draft });
}

export async function submit(ground: ReliefGround, wanted: ReliefWanted = {}): Promise<GivenRelief> {
  const { house } = ground;
  const { home = ground.home, card = true, applicant } = wanted;
  const personId = wanted.personId ?? (await applicantIn(ground, home, applicant));
  const payeeAccountId = wanted.payeeAccountId ?? (card ? await cardOf(ground, home, personId) : null);
  const typed = await application(ground, { ...wanted, personId, payeeAccountId });
  const { reliefId, number } = await house.get(ReliefIntakeService).applyForRelief(by(home, 'clerk'), typed);
  return { reliefId, number, personId, home };
}

/** What the clerk of a village types for a family. */
export async function application(
  { fund }: ReliefGround,
  wanted: ReliefWanted & { readonly personId: string; readonly payeeAccountId: string | null },
): Promise<Application> {
  const { personId, payeeAccountId, cause = 'ILLNESS', story = null, totalFen = TOTAL_FEN } = wanted;
  const bytes = await paper();
  return {
    ...{ personId, payeeAccountId, cause, story, fundId: wanted.fundId ?? fund.fundId },
    invoices: wanted.invoices ?? [invoice(totalFen)],
    debtsFen: fen(0),
    consents: wanted.consents ?? ['PROCESS', 'HEALTH_BANK', 'VERIFY', 'PUBLISH'],
    pledged: true,
    papers: PAPERS.map((kind) => ({ kind, bytes })),
  };
}

const cards = new Map<string, string>();

async function cardOf({ house }: ReliefGround, home: Home, personId: string): Promise<string> {
  const known = cards.get(personId);
  if (known) return known;
  const payeeAccountId = await newCard({ house }, home, personId);
  cards.set(personId, payeeAccountId);
  return payeeAccountId;
}

export type OfRelief = Pick<GivenRelief, 'reliefId'>;

export function checkPolicies(
  ground: ReliefGround,
  { reliefId }: OfRelief,
  reimbursed: Partial<Record<Deduction, number>> = REIMBURSED,
) {
  const typed = { reliefId, policies: policies(reimbursed) };
  return ground.house.get(ReliefDeskService).checkPolicies(by(ground, 'clerk'), typed);
}

export function verify(ground: ReliefGround, { reliefId }: OfRelief) {
  const typed = { reliefId, result: 'NORMAL', originalsStamped: true, note: null } as const;
  return ground.house.get(ReliefDeskService).verify(by(ground, 'clerk'), typed);
}

export async function assess(
  ground: ReliefGround,
  { reliefId }: OfRelief,
  assessors: readonly string[] = ASSESSORS.map((seat) => ground.at[seat].personId),
) {
  const scores = assessors.map((personId, i) => ({ personId, score: 80 + i }));
  const typed = { reliefId, scores, opinion: '家庭困难，情况属实', sheet: await paper() };
  return ground.house.get(ReliefDeskService).assess(by(ground, 'clerk'), typed);
}

export function reviewOnce(
  ground: ReliefGround,
  { reliefId }: OfRelief,
  seat: Seat = 'reviewer',
  key?: string,
) {
  const typed = { reliefId, reason: 'COMPLETE', note: null } as const;
  return ground.house.get(ReliefDeskService).review(by(ground, seat, key), typed);
}

/** By one, or by two where the rule wants it. */
export async function review(ground: ReliefGround, made: OfRelief): Promise<void> {
  const { reviews, needed } = await reviewOnce(ground, made);
  if (reviews < needed) await reviewOnce(ground, made, 'otherReviewer');
}

/** Seen by one reviewer alone while little room was left, which has come back since: now two have to see it. */
export async function givenGrown(ground: ReliefGround): Promise<GivenRelief> {
  const other = await givenRelief(ground, { at: 'PANEL', totalFen: 80_000_000, reimbursed: {} });
  const { personId } = other;
  const made = await givenRelief(ground, { at: 'ASSESSED', personId });
  await reviewOnce(ground, made); // 2,000,000 fen of the cap were left for it
  await end(ground, other, 'OWN_WISH');
  return made;
}

export function askSecondReview(ground: ReliefGround, { reliefId }: OfRelief, key?: string) {
  return ground.house.get(ReliefDeskService).askSecondReview(by(ground, 'secretary', key), { reliefId });
}

/** A card of the family, in the register of its home. */
export async function nameAccount(
  ground: ReliefGround,
  { reliefId, home, personId }: GivenRelief,
  payeeAccountId?: string,
  key?: string,
) {
  const accountId = payeeAccountId ?? (await newCard(ground, home, personId));
  const typed = { reliefId, payeeAccountId: accountId };
  return ground.house.get(ReliefAccountService).nameAccount(by(home, 'clerk', key), typed);
}

export async function newCard(
  { house }: Pick<ReliefGround, 'house'>,
  home: Home,
  personId: string,
): Promise<string> {
  const draft = { personId, bankName: '农村信用社', cardNumber: cardNumber() };
  return (await house.get(PeopleService).addPayeeAccount(by(home, 'clerk'), draft)).payeeAccountId;
}

/** Paid in advance, and then the panel has to vote anew. */
export async function givenUpheld(
  ground: ReliefGround,
  advancedFen: number,
  wanted: ReliefWanted = {},
): Promise<GivenRelief> {
  const made = await givenRelief(ground, { ...wanted, at: 'PRE_NOTICE' });
  await advance(ground, made, advancedFen);
  await payAll(ground, made);
  await hold(ground, made);
  await decideObjection(ground, made, 'UPHELD');
  return made;
}

/** The whole desk once more, on invoices of so much. */
export async function recheck(
  ground: ReliefGround,
  made: GivenRelief,
  totalFen: number,
  reimbursed: Partial<Record<Deduction, number>> = {},
): Promise<void> {
  await sendBack(ground, made);
  await complete(ground, made, [invoice(totalFen)]);
  await checkPolicies(ground, made, reimbursed);
  await verify(ground, made);
  await assess(ground, made);
  await review(ground, made);
}

export function openPanel(
  ground: ReliefGround,
  { reliefId }: OfRelief,
  recusals: readonly Recusal[] = [],
  key?: string,
) {
  return ground.house.get(ReliefPanelService).openPanel(by(ground, 'secretary', key), { reliefId, recusals });
}

export function refuse(ground: ReliefGround, { reliefId }: OfRelief) {
  return ground.house.get(ReliefPanelService).refuse(by(ground, 'secretary'), { reliefId });
}

export async function roundOf({ house }: ReliefGround, { reliefId }: OfRelief): Promise<string> {
  const rounds = await house.get(BoardQueries).roundsOf(RELIEF, reliefId);
  const last = rounds.find(({ state }) => state === 'OPEN') ?? rounds[0];
  if (!last) throw new Error('No panel was opened on this case');
  return last.id;
}

const LETTERS = { Y: 'yes', N: 'no', '-': 'abstain' } as const;

/** `YYN..`: chair and deputy say yes, the third director no, the other two stayed away. */
export async function vote(ground: ReliefGround, made: OfRelief, letters: string) {
  return voteOn(ground, await roundOf(ground, made), letters);
}

/** The board of the federation raises its hands, on whatever it was asked. */
export async function voteOn(ground: ReliefGround, roundId: string, letters: string) {
  const { house, at } = ground;
  const hands = Array.from(letters).flatMap((letter, i) => {
    const seat = BOARD[i];
    const choice = LETTERS[letter as keyof typeof LETTERS] as
      (typeof LETTERS)[keyof typeof LETTERS] | undefined;
    return seat && choice ? [{ directorId: at[seat].personId, choice }] : [];
  });
  return house.get(RoundsService).recordShowOfHands(by(ground, 'secretary'), {
    ...{ roundId, hands, place: null, sheet: await paper() },
    presiderId: hands[0]?.directorId ?? '',
  });
}

/** Ends a round that not everybody came to. */
export async function closeRound(ground: ReliefGround, made: OfRelief) {
  const roundId = await roundOf(ground, made);
  ground.house.clock.advance({ days: 2 });
  await ground.house.get(RoundsService).closeDue(ground.house.clock.now());
  return roundId;
}

/** The last notice of a kind about the case that was not taken back. */
export async function noticeOf(
  { house }: Pick<ReliefGround, 'house'>,
  { reliefId }: OfRelief,
  kind: NoticeKind,
): Promise<NoticeLine> {
  const all = await house.get(NoticesQueries).allOfSubject(RELIEF, reliefId);
  const last = all
    .filter((each) => each.kind === kind && each.state !== 'DISCARDED')
    .sort((one, other) => other.version - one.version)[0];
  if (!last) throw new Error(`No ${kind} about this case`);
  return last;
}

export async function sign(ground: ReliefGround, made: OfRelief, kind: NoticeKind, seat: Seat = 'chair') {
  const { id: noticeId } = await noticeOf(ground, made, kind);
  const plannedPostingOn = dayOf(ground.house.clock.now());
  return ground.house.get(NoticesService).sign(by(ground, seat), { noticeId, plannedPostingOn });
}

export async function post(ground: ReliefGround, made: OfRelief, kind: NoticeKind) {
  const { id: noticeId } = await noticeOf(ground, made, kind);
  const posting = { noticeId, place: '总会公示栏', postedAt: ground.house.clock.now(), photo: await paper() };
  return ground.house.get(NoticesService).recordPosting(by(ground, 'secretary'), posting);
}

/** The clock goes to the end of the notice, which the timer then ends. */
export async function endNotice({ house }: ReliefGround, made: OfRelief, kind: NoticeKind): Promise<void> {
  const { endsAt } = await noticeOf({ house }, made, kind);
  if (!endsAt) throw new Error('The notice does not run');
  if (endsAt > house.clock.now()) house.clock.moveTo(endsAt);
  await house.get(NoticesService).endDue(house.clock.now());
}

/** Signed, hung, and over. */
export async function hang(ground: ReliefGround, made: OfRelief, kind: NoticeKind): Promise<void> {
  await sign(ground, made, kind);
  await post(ground, made, kind);
  await endNotice(ground, made, kind);
}

/** Somebody objects to the pre-notice: what the first open objection does to the case. Refused where it does nothing. */
export function hold(ground: ReliefGround, made: OfRelief): Promise<OfRelief> {
  return byItsNotice(ground, made, 'PRE_NOTICE', (subject, tx, notice) => subject.objected?.(tx, notice));
}

/** The last open objection is decided. */
export function decideObjection(
  ground: ReliefGround,
  made: OfRelief,
  outcome: 'DISMISSED' | 'UPHELD',
): Promise<OfRelief> {
  const by = { at: ground.house.clock.now(), byPersonId: ground.at.fifth.personId };
  return byItsNotice(ground, made, 'OBJECTION_HOLD', (subject, tx, notice) =>
    outcome === 'UPHELD' ? subject.upheld?.(tx, notice, by) : subject.cleared?.(tx, notice),
  );
}

type Told = (subject: NoticeSubject, tx: Tx, notice: NoticeFacts) => Promise<void> | undefined;

async function byItsNotice(
  ground: ReliefGround,
  { reliefId }: OfRelief,
  from: ReliefState,
  tell: Told,
): Promise<OfRelief> {
  const { house } = ground;
  const notice = await house.get(NoticesQueries).ofSubject('relief', reliefId, 'RELIEF_PRE');
  const facts = { kind: 'RELIEF_PRE', subjectId: reliefId, threadId: reliefId, number: '' } as const;
  await house.get(Transactions).run(async (tx) => {
    const { state, societyId } = await house.get(ReliefStore).getOwn(tx, reliefId);
    if (state !== from) throw new ReliefNotInState(RELIEF_STATE_WORDS[state]);
    // Received in time and written down later: the end is taken back before the case hears of it, and owed again (D4-40).
    if (from === 'PRE_NOTICE' && notice) {
      const reopened = await tx.change`
        UPDATE notices SET state = 'RUNNING', ended_at = NULL, archived_at = NULL
        WHERE id = ${notice.id} AND state IN ('ENDED', 'ARCHIVED')`;
      const rule = { unit: 'working-days', count: 5, from: house.clock.now() } as const;
      if (reopened === 1) await house.get(ObjectionSteps).endLater(tx, notice, rule);
    }
    await tell(house.get(NoticeSubjects).of('relief'), tx, {
      ...{ ...facts, societyId, noticeId: notice?.id ?? '', state: 'RUNNING', superseded: false },
      ...{ at: house.clock.now(), firstDay: null, lastDay: null },
    });
    const after = await house.get(ReliefStore).getOwn(tx, reliefId);
    if (after.state === state) throw new ReliefNotInState(RELIEF_STATE_WORDS[state]);
  });
  return { reliefId };
}

export function plan(ground: ReliefGround, { reliefId }: OfRelief, parts: readonly PlannedPart[]) {
  return ground.house.get(ReliefDecisionService).planPayments(by(ground, 'secretary'), { reliefId, parts });
}

export function part(amountFen: number, institutionId: string | null = null): PlannedPart {
  return { amountFen: fen(amountFen), institutionId };
}

export function approve(ground: ReliefGround, { reliefId }: OfRelief, seat: Seat = 'chair', key?: string) {
  return ground.house.get(ReliefDecisionService).approve(by(ground, seat, key), { reliefId });
}

export async function askAdvance(
  ground: ReliefGround,
  { reliefId }: OfRelief,
  amountFen: number,
  institutionId: string | null = null,
) {
  const typed = { reliefId, amountFen: fen(amountFen), institutionId, statement: await paper() };
  return ground.house.get(ReliefAdvanceService).askAdvance(by(ground, 'secretary'), typed);
}

export function signAdvance(ground: ReliefGround, { reliefId }: OfRelief, seat: Seat, key?: string) {
  return ground.house.get(ReliefAdvanceService).signAdvance(by(ground, seat, key), { reliefId });
}

/** Asked for, signed by both, ordered. */
export async function advance(
  ground: ReliefGround,
  made: OfRelief,
  amountFen: number,
  institutionId: string | null = null,
): Promise<void> {
  await askAdvance(ground, made, amountFen, institutionId);
  await signAdvance(ground, made, 'chair');
  await signAdvance(ground, made, 'supervisor');
}

/** The orders of a case that wait to be paid, in the order of the plan. */
export async function ordersOf({ house }: Pick<ReliefGround, 'house'>, { reliefId }: OfRelief) {
  const payments = await house.get(ReliefQueries).payments(reliefId);
  return Promise.all(
    payments.map(async (payment) => {
      const order = await house.get(PaymentsQueries).ofSubject(RELIEF_PAYMENT, payment.id);
      if (!order) throw new Error('A payment without its order');
      return { ...payment, orderId: order.id, order };
    }),
  );
}

export async function payOrder(ground: ReliefGround, orderId: string, key?: string) {
  const proof = { orderId, photo: await photo() };
  return ground.house.get(PaymentsService).recordPayment(by(ground, 'cashier', key), proof);
}

export async function payAll(ground: ReliefGround, made: OfRelief): Promise<void> {
  for (const { orderId, state } of await ordersOf(ground, made))
    if (state === 'ORDERED') await payOrder(ground, orderId);
}

export function followUp(ground: ReliefGround, { reliefId }: OfRelief) {
  const seenOn = dayOf(ground.house.clock.now());
  const typed = { reliefId, seenOn, usedAsMeant: true, note: '孩子已经出院' };
  return ground.house.get(ReliefAfterService).followUp(by(ground, 'clerk'), typed);
}

type Demanded = { readonly laterFen?: number; readonly amountFen?: number };

/** An insurer has paid later, or so much is to come back for another reason. */
export function demand(ground: ReliefGround, { reliefId }: OfRelief, { laterFen = 0, amountFen }: Demanded) {
  return ground.house.get(ReliefAfterService).demandRefund(by(ground, 'secretary'), {
    reliefId,
    reason: amountFen === undefined ? 'INSURER_PAID_LATER' : 'OTHER_USE',
    laterFen: fen(laterFen),
    amountFen: amountFen === undefined ? null : fen(amountFen),
    proof: 'JS-2026-77',
  });
}

/** What is open of the recoveries of a case, the first demanded first. */
export async function recoveriesOf({ house }: Pick<ReliefGround, 'house'>, { reliefId }: OfRelief) {
  const payments = await house.get(ReliefQueries).payments(reliefId);
  const all = await Promise.all(
    payments.map(({ id }) => house.get(RecoveriesQueries).ofSubject(RELIEF_PAYMENT, id)),
  );
  return all.flatMap((recovery) => (recovery ? [recovery] : []));
}

export async function payBack(ground: ReliefGround, recoveryId: string, amountFen: number, key?: string) {
  const typed = { recoveryId, amountFen: fen(amountFen), photo: await paper() };
  return ground.house.get(RecoveriesService).recordInstalment(by(ground, 'cashier', key), typed);
}

/** Everything that is demanded comes back. */
export async function payBackAll(ground: ReliefGround, made: OfRelief): Promise<void> {
  for (const { id, outstandingFen } of await recoveriesOf(ground, made))
    if (outstandingFen > 0) await payBack(ground, id, outstandingFen);
}

export function sendBack(
  ground: ReliefGround,
  { reliefId }: OfRelief,
  items: readonly ReliefPaper[] = ['INVOICES'],
) {
  const typed = { reliefId, items, note: '第二张发票看不清' };
  return ground.house.get(ReliefIntakeService).returnForCompletion(by(ground, 'clerk'), typed);
}

/** The home brings what was asked for; with invoices, these take the place of all before. */
export async function complete(
  ground: ReliefGround,
  { reliefId, home }: Pick<GivenRelief, 'reliefId' | 'home'>,
  invoicesNow: readonly Invoice[] | null = null,
  kinds: readonly ReliefPaper[] = ['INVOICES'],
) {
  const bytes = await paper();
  const papers = kinds.map((kind) => ({ kind, bytes }));
  const typed = { reliefId, invoices: invoicesNow, papers };
  return ground.house.get(ReliefIntakeService).complete(by(home, 'clerk'), typed);
}

export function end(
  ground: ReliefGround,
  { reliefId, home }: Pick<GivenRelief, 'reliefId' | 'home'>,
  reason: 'OWN_WISH' | 'HELPED_ELSEWHERE' | 'DEATH' | 'DUPLICATE' | 'NOT_IN_NEED',
) {
  return ground.house.get(ReliefEndingService).end(by(home, 'secretary'), { reliefId, reason });
}

/** What was to be brought within fifteen working days was not. */
export async function letTimePass(ground: Pick<ReliefGround, 'house'>): Promise<{ expired: number }> {
  ground.house.clock.advance({ days: 30 });
  return expireDue(ground);
}

export function expireDue({ house }: Pick<ReliefGround, 'house'>): Promise<{ expired: number }> {
  return house.get(ReliefEndingService).expireDue(house.clock.now());
}

let accounts = 0;

/** A hospital to which the federation pays. */
export async function givenHospital(ground: ReliefGround): Promise<string> {
  const accountNumber = `3405016699${String(++accounts).padStart(6, '0')}7788`;
  const draft = { name: '演示县人民医院', bankName: '农业银行演示县支行', accountNumber };
  const added = await ground.house.get(InstitutionsService).addInstitution(by(ground, 'secretary'), draft);
  return added.institutionId;
}

export function relief(
  { house, federationId }: Pick<ReliefGround, 'house' | 'federationId'>,
  { reliefId }: OfRelief,
) {
  return house.get(ReliefQueries).relief(federationId, reliefId);
}

export const stateOf = async (
  ground: Pick<ReliefGround, 'house' | 'federationId'>,
  made: OfRelief,
): Promise<ReliefState> => (await relief(ground, made)).state;

/** The letters of a case as they were frozen, the first written first. */
export async function lettersOf(
  { house }: Pick<ReliefGround, 'house'>,
  { reliefId }: OfRelief,
): Promise<ReliefLetter[]> {
  const rows = await house.dataSource.query<{ id: string; sealed: string }[]>(
    'SELECT id AS "id", content_sealed AS "sealed" FROM relief_letters WHERE relief_id = ? ORDER BY id',
    [reliefId],
  );
  return rows.map(({ id, sealed }) => house.get(ReliefSeals).openLetter(id, sealed));
}

/** Everything that a refused act may not have touched. */
const TOUCHED = [
  'relief_cases',
  'relief_invoices',
  'relief_policies',
  'relief_papers',
  'relief_assessments',
  'relief_scores',
  'relief_reviews',
  'relief_returns',
  'relief_holds',
  'relief_advances',
  'relief_payments',
  'relief_follow_ups',
  'relief_refunds',
  'relief_letters',
  'duties',
  'notices',
  'rounds',
  'payment_orders',
  'recoveries',
  'reservations',
  'fund_balances',
  'vouchers',
  'cap_counters',
  'cap_claims',
  'cap_moves',
  'cap_groups',
  'cap_members',
  'number_series',
  'persons',
  'consents',
] as const;

/** The rows of the whole house as text: equal before and after means that nothing was changed. */
export async function rowsIn({ dataSource }: Pick<House, 'dataSource'>): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const table of TOUCHED) {
    const rows = await dataSource.query<unknown[]>(`SELECT * FROM ${table}`);
    found[table] = rows
      .map((row) => JSON.stringify(row))
      .sort()
      .join('\n');
  }
  return found;
}

/** Refused with this code, and every row as it was. */
export async function refused(
  { house }: Pick<ReliefGround, 'house'>,
  code: string,
  act: () => Promise<unknown>,
): Promise<void> {
  const before = await rowsIn(house);
  await expect(act()).rejects.toMatchObject({ code });
  expect(await rowsIn(house)).toEqual(before);
}

/** What the books say of one case, account by account: debits positive, nothing where it comes to nothing. */
export async function booksOf({ house }: Pick<ReliefGround, 'house'>, { reliefId }: OfRelief) {
  const rows = await house.dataSource.query<{ account: string; sum: number | string }[]>(
    `SELECT account AS "account", SUM(amount_fen) AS "sum" FROM voucher_lines
     WHERE thread_id = ? GROUP BY account ORDER BY account`,
    [reliefId],
  );
  return Object.fromEntries(
    rows.flatMap(({ account, sum }) => (Number(sum) === 0 ? [] : [[account, Number(sum)]])),
  );
}

/** What of a case the cap has used, and what is promised to it. */
export async function claimsOf({ house }: Pick<ReliefGround, 'house'>, { reliefId }: OfRelief) {
  const rows = await house.dataSource.query<{ state: string; sum: number | string }[]>(
    `SELECT c.state AS "state", SUM(c.amount_fen - c.restored_fen) AS "sum" FROM cap_claims c
     JOIN rounds r ON c.purpose = r.id OR c.purpose LIKE r.id || ':%'
     WHERE r.subject_kind = 'relief' AND r.subject_id = ? GROUP BY c.state`,
    [reliefId],
  );
  const of = (state: string) => Number(rows.find((row) => row.state === state)?.sum ?? 0);
  return { usedFen: of('SPENT'), promisedFen: of('HELD') };
}

/** The motion of the last panel, as the board reads it. */
export async function motionOf(
  { house }: Pick<ReliefGround, 'house'>,
  { reliefId }: OfRelief,
): Promise<string> {
  const [row] = await house.dataSource.query<{ motion: string }[]>(
    `SELECT motion AS "motion" FROM rounds WHERE subject_kind = 'relief' AND subject_id = ? ORDER BY sequence DESC`,
    [reliefId],
  );
  return row?.motion ?? '';
}

/** What of a case is owed now, by kind. */
export async function owedOf(
  { house }: Pick<ReliefGround, 'house'>,
  { reliefId }: OfRelief,
): Promise<string[]> {
  const duties = await house.get(DutiesQueries).ofThread(reliefId);
  return duties
    .filter(({ settledAt }) => settledAt === null)
    .map(({ kind }) => kind)
    .sort();
}

/** A person of the federation who is declared kin of whoever applied. */
export async function tie(ground: ReliefGround, made: OfRelief, seat: Seat): Promise<void> {
  const { applicantId } = await relief(ground, made);
  const kin = { personId: applicantId, relativeId: ground.at[seat].personId, relation: 'LINEAL' } as const;
  await ground.house.get(PeopleService).declareKin(by(ground, 'clerk'), kin);
}

export async function bankReturns(ground: ReliefGround, orderId: string): Promise<void> {
  const answer = { orderId, reason: 'BANK_REFUSED', photo: await paper() } as const;
  await ground.house.get(BankAnswersService).recordReturnedPayment(by(ground, 'cashier'), answer);
}
