import { randomUUID } from 'node:crypto';
import { SchedulerRegistry } from '@nestjs/schedule';
import sharp from 'sharp';
import { AccessService } from '../../src/access/index.js';
import { RoundsService } from '../../src/board/index.js';
import { CasesService, IntakeService } from '../../src/cases/index.js';
import type { Intake } from '../../src/cases/index.js';
import type { Actor, Caller } from '../../src/kernel/actor.js';
import { addDays, dayOf } from '../../src/kernel/day.js';
import { fen } from '../../src/kernel/fen.js';
import { LedgerService } from '../../src/ledger/index.js';
import { NoticesQueries, NoticesService } from '../../src/notices/index.js';
import { OfficesService, rolesOf } from '../../src/offices/index.js';
import type { Office } from '../../src/offices/index.js';
import { PaymentsQueries, PaymentsService } from '../../src/payments/index.js';
import { PeopleService } from '../../src/people/index.js';
import type { PersonDraft } from '../../src/people/index.js';
import { SocietiesQueries } from '../../src/societies/index.js';
import type { CharterTerms } from '../../src/societies/index.js';
import { callerOf } from './house.js';
import type { House } from './house.js';
import { PASSWORD } from './officers.js';
import { givenSociety, givenUnion } from './society.js';

/** Two cashiers and two in the office, so that two may press the same button. */
const POSTS = {
  chair: ['王大山', 'CHAIR'],
  deputy: ['李秀英', 'DEPUTY'],
  third: ['赵小龙', 'DIRECTOR'],
  fourth: ['钱桂花', 'DIRECTOR'],
  fifth: ['孙建国', 'DIRECTOR'],
  secretary: ['周明', 'SECRETARY_GENERAL'],
  clerk: ['吴兰', 'CLERK'],
  cashier: ['郑平', 'CASHIER'],
  otherCashier: ['冯敏', 'CASHIER'],
  accountant: ['陈会', 'ACCOUNTANT'],
  reviewer: ['秦审', 'REVIEWER'],
  supervisor: ['褚正', 'SUPERVISOR'],
  informant: ['卫东', 'INFORMATION_OFFICER'],
} as const satisfies Record<string, readonly [name: string, office: Office]>;
export type Post = keyof typeof POSTS;
export const posts = Object.keys(POSTS) as Post[];

export const DIRECTORS = ['chair', 'deputy', 'third', 'fourth', 'fifth'] as const satisfies readonly Post[];

export type PostHolder = Actor & { readonly personId: string; readonly name: string; readonly login: string };

/** A society with its board and office, its money, and two neighbours who may look at a need. */
export type Village = {
  readonly house: House;
  readonly societyId: string;
  readonly boardCode: string;
  readonly at: Readonly<Record<Post, PostHolder>>;
  readonly visitors: readonly [string, string];
};

type Wealth = {
  readonly heldFen?: number;
  readonly parentId?: string | null;
  readonly custody?: CharterTerms['custody'];
};

export async function givenVillage(
  house: House,
  { parentId = null, custody = 'OWN_ACCOUNT', ...wealth }: Wealth = {},
): Promise<Village> {
  return peopled(house, await givenSociety(house, undefined, { parentId, custody }), wealth);
}

/** A town union is a society too: the same board, office and books (domain.md 1.8). */
export async function givenTown(
  house: House,
  { parentId = null, ...wealth }: Pick<Wealth, 'heldFen' | 'parentId'> = {},
): Promise<Village> {
  return peopled(house, await givenUnion(house, { parentId }), wealth);
}

async function peopled(
  house: House,
  societyId: string,
  { heldFen = 3_000_000 }: Pick<Wealth, 'heldFen'>,
): Promise<Village> {
  stopTimers(house);
  const { boardCode } = await house.get(SocietiesQueries).society(societyId);
  const holders: Partial<Record<Post, PostHolder>> = {};
  for (const post of posts) holders[post] = await holderOf(house, societyId, post);
  const at = holders as Record<Post, PostHolder>;
  const visitors = [
    await personIn(house, societyId, { name: '蒋邻' }),
    await personIn(house, societyId, { name: '沈里' }),
  ] as const;
  const village: Village = { house, societyId, boardCode, at, visitors };
  if (heldFen > 0)
    await house.get(LedgerService).receive(as(village, 'accountant'), {
      kind: 'SUBSIDY',
      amountFen: fen(heldFen),
      receivedOn: dayOf(house.clock.now()),
      note: '启动资金',
    });
  return village;
}

/** Whoever holds the post, as the door would name them, under a key of its own. */
export function as({ at }: Pick<Village, 'at'>, post: Post, key?: string): Caller {
  const { accountId, personId, societyId, roles, origin } = at[post];
  return callerOf({ accountId, personId, societyId, roles, origin }, key);
}

/** The house does by itself only what the test asks of it: no timer wakes while a slow machine is at work. */
export function stopTimers(house: House): void {
  const registry = house.get(SchedulerRegistry);
  for (const name of registry.getIntervals()) registry.deleteInterval(name);
}

const adminOf = (societyId: string | null) =>
  callerOf({ accountId: ADMIN, societyId, roles: ['system-admin'] });
const ADMIN = randomUUID();
let logins = 0;

async function holderOf(house: House, societyId: string, post: Post): Promise<PostHolder> {
  const [name, office] = POSTS[post];
  const personId = await personIn(house, societyId, { name });
  const fromOn = addDays(dayOf(house.clock.now()), -10);
  const term = { societyId, personId, office, fromOn, untilOn: addDays(fromOn, 1500), pledged: true };
  await house.get(OfficesService).appoint(adminOf(societyId), term);
  const login = `${post.toLowerCase()}${++logins}`;
  const account = { societyId, personId, login, password: PASSWORD };
  const { accountId } = await house.get(AccessService).openAccount(adminOf(null), account);
  return { accountId, personId, societyId, roles: rolesOf([office]), origin: 'test', name, login };
}

export async function personIn(
  house: House,
  societyId: string,
  draft: Partial<PersonDraft> = {},
): Promise<string> {
  const whole = { name: '李建明', group: '三组', residence: 'HUKOU', ...draft } as const;
  return (await house.get(PeopleService).addPerson(adminOf(societyId), whole)).personId;
}

/** The stops of the road, in order. `ENDED` and `CLOSED` move the clock past the period of the notice. */
const STOPS = [
  'ACCEPTED',
  'VERIFIED',
  'VOTING',
  'APPROVED',
  'PAID',
  'SIGNED',
  'RUNNING',
  'ENDED',
  'CLOSED',
] as const;
export type Stop = (typeof STOPS)[number];

export type CaseWanted = Partial<Pick<Intake, 'cause' | 'consents' | 'method' | 'story' | 'leadId'>> & {
  readonly at: Stop;
  readonly amountFen?: number;
  readonly applicant?: Partial<PersonDraft>;
  /** Somebody who is in the register already. */
  readonly applicantId?: string;
  readonly cardNumber?: string;
  /** What the visitors saw. */
  readonly note?: string | null;
};

/** What is not there yet at its stop is empty. */
export type GivenCase = {
  readonly caseId: string;
  readonly number: string;
  readonly amountFen: number;
  readonly applicantId: string;
  readonly payeeAccountId: string | null;
  readonly roundId: string;
  readonly orderId: string;
  readonly noticeId: string;
  /** Of the notice, as it stands on the paper. */
  readonly code: string;
};

/** A case of an applicant of its own, brought to its stop by whoever has to do it. */
export async function givenCase(village: Village, wanted: CaseWanted): Promise<GivenCase> {
  let made = NOTHING;
  for (const stop of STOPS.slice(0, STOPS.indexOf(wanted.at) + 1))
    made = { ...made, ...(await STEPS[stop](village, made, wanted)) };
  return made;
}

const NOTHING: GivenCase = {
  caseId: '',
  number: '',
  amountFen: 0,
  applicantId: '',
  payeeAccountId: null,
  roundId: '',
  orderId: '',
  noticeId: '',
  code: '',
};

type Step = (village: Village, made: GivenCase, wanted: CaseWanted) => Promise<Partial<GivenCase>>;

const STEPS: Readonly<Record<Stop, Step>> = {
  ACCEPTED: register,
  VERIFIED: verify,
  VOTING: openRound,
  APPROVED: raiseHands,
  PAID: pay,
  SIGNED: sign,
  RUNNING: post,
  ENDED: end,
  CLOSED: bringPapers,
};

async function register(village: Village, _made: GivenCase, wanted: CaseWanted): Promise<Partial<GivenCase>> {
  const { house, societyId } = village;
  const { amountFen = 100_000, method = 'CARD', cause = 'ILLNESS', story = null, leadId = null } = wanted;
  const { consents = ['PROCESS', 'HEALTH_BANK', 'VERIFY', 'PUBLISH'] } = wanted;
  const draft = { name: '范长河', idNumber: idNumber(), ...wanted.applicant };
  const applicantId = wanted.applicantId ?? (await personIn(house, societyId, draft));
  const payeeAccountId =
    method === 'CARD' ? await cardOf(village, applicantId, wanted.cardNumber ?? cardNumber()) : null;
  const { caseId, number } = await house.get(IntakeService).registerCase(as(village, 'clerk'), {
    ...{ leadId, applicantId, cause, amountFen: fen(amountFen), story, method, payeeAccountId, consents },
    pledged: true,
    visitors: [],
    photos: [],
  });
  return { caseId, number, amountFen, applicantId, payeeAccountId };
}

async function cardOf(village: Village, personId: string, number: string): Promise<string> {
  const draft = { personId, bankName: '农村信用社', cardNumber: number };
  const added = await village.house.get(PeopleService).addPayeeAccount(as(village, 'clerk'), draft);
  return added.payeeAccountId;
}

async function verify(
  { house, visitors, at }: Village,
  { caseId }: GivenCase,
  { note = null }: CaseWanted,
): Promise<Partial<GivenCase>> {
  const visitedOn = dayOf(house.clock.now());
  await house.get(CasesService).verifyCase(as({ at }, 'clerk'), { caseId, visitors, visitedOn, note });
  return {};
}

async function openRound(village: Village, { caseId }: GivenCase): Promise<Partial<GivenCase>> {
  const cases = village.house.get(CasesService);
  const { roundId } = await cases.openRound(as(village, 'secretary'), { caseId, recusals: [] });
  return { roundId };
}

/** The directors of the village, as a show of hands names them. */
export const handsOf = ({ at }: Village, choice: 'yes' | 'no', few: number = DIRECTORS.length) =>
  DIRECTORS.slice(0, few).map((director) => ({ directorId: at[director].personId, choice }));

async function raiseHands(village: Village, { caseId, roundId }: GivenCase): Promise<Partial<GivenCase>> {
  const { house } = village;
  await house.get(RoundsService).recordShowOfHands(as(village, 'secretary'), {
    roundId,
    presiderId: village.at.chair.personId,
    hands: handsOf(village, 'yes'),
    place: '村委会会议室',
    sheet: await photo(),
  });
  const order = await house.get(PaymentsQueries).ofSubject('case', caseId);
  return { orderId: order?.id ?? '' };
}

async function pay(village: Village, { caseId, orderId }: GivenCase): Promise<Partial<GivenCase>> {
  const { house, visitors } = village;
  const proof = { orderId, photo: await photo(), witnesses: visitors };
  await house.get(PaymentsService).recordPayment(as(village, 'cashier'), proof);
  const notice = await house.get(NoticesQueries).ofSubject('case', caseId);
  return { noticeId: notice?.id ?? '' };
}

async function sign(village: Village, { noticeId }: GivenCase): Promise<Partial<GivenCase>> {
  const { house } = village;
  const plannedPostingOn = dayOf(house.clock.now());
  const { code } = await house.get(NoticesService).sign(as(village, 'chair'), { noticeId, plannedPostingOn });
  return { code };
}

async function post(village: Village, { noticeId }: GivenCase): Promise<Partial<GivenCase>> {
  const { house } = village;
  const posting = { noticeId, place: '村委会公示栏', postedAt: house.clock.now(), photo: await photo() };
  await house.get(NoticesService).recordPosting(as(village, 'secretary'), posting);
  return {};
}

async function end({ house }: Village): Promise<Partial<GivenCase>> {
  house.clock.advance({ days: 10 });
  await house.get(NoticesService).endDue(house.clock.now());
  return {};
}

async function bringPapers(village: Village, { caseId }: GivenCase): Promise<Partial<GivenCase>> {
  const bytes = await photo();
  const kinds = ['ID_CARD', 'CAUSE_PROOF', 'CONSENT', 'RECEIPT'] as const;
  const papers = { caseId, photos: kinds.map((kind) => ({ kind, bytes })), waivers: [] };
  await village.house.get(CasesService).completePapers(as(village, 'secretary'), papers);
  return {};
}

let taken: Promise<Buffer> | undefined;

/** A sheet of paper, as a camera sees it. */
export function photo(): Promise<Buffer> {
  const canvas = { width: 320, height: 240, channels: 3, background: '#f4f1e8' } as const;
  return (taken ??= sharp({ create: canvas }).jpeg().toBuffer());
}

let serial = 0;

/** A number of a place that does not exist, with the check digit that belongs to it (GB 11643-1999). */
export function idNumber(born = '19800615'): string {
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  const number = ++serial;
  const body = `9901${String(10 + (Math.floor(number / 1000) % 90))}${born}${String(number % 1000).padStart(3, '0')}`;
  const sum = weights.reduce((total, weight, i) => total + weight * Number(body[i]), 0);
  return `${body}${'10X98765432'.charAt(sum % 11)}`;
}

/** Nineteen digits that pass Luhn, no two alike. */
export function cardNumber(): string {
  const body = `62170012345${String(++serial).padStart(7, '0')}`;
  const sum = Array.from(body, Number)
    .reverse()
    .map((digit, i) => (i % 2 === 0 ? digit * 2 : digit))
    .reduce((total, digit) => total + (digit > 9 ? digit - 9 : digit), 0);
  return `${body}${String((10 - (sum % 10)) % 10)}`;
}
