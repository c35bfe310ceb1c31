import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { LeadsService } from '../cases/index.js';
import { Timers } from '../house/index.js';
import { fen } from '../kernel/fen.js';
import type { HandClock } from '../platform/clocks.js';
import {
  archive,
  bringPapers,
  openRound,
  pay,
  post,
  raiseHands,
  register,
  sign,
  waiveProof,
} from './road.js';
import type { Ordered } from './road.js';
import { Branches } from './branches.js';
import type { Branch } from './branches.js';
import { ADMIN_LOGIN, DEMO_PASSWORD, setUp, setUpHouse } from './set-up.js';
import { GiftsPlay } from './gifts.js';
import { ReliefPlay } from './relief.js';
import { Stage } from './stage.js';
import type { Cue } from './stage.js';
import { INFLOWS, SOCIETY, TIES, VILLAGERS } from './village.js';
import type { VillagerKey } from './village.js';

export type Played = {
  readonly societyId: string;
  readonly boardCode: string;
  /** The case of the report. */
  readonly emergency: Ordered & { readonly noticeId: string };
  /** Every society on the stage, the first village first. */
  readonly societies: readonly string[];
  readonly branches: readonly Branch[];
  /** Cases of the fund, from the submission to the result. */
  readonly relief: readonly string[];
  /** Gifts to the first village that have a receipt. */
  readonly gifts: readonly string[];
};

const inOrder = (cues: readonly Cue[]): Cue[] => [...cues].sort((a, b) => (a.at < b.at ? -1 : 1));

const ALL = ['chair', 'deputy', 'third', 'employer', 'fifth'] as const;
const WITHOUT_EMPLOYER = ['chair', 'deputy', 'third', 'fifth'] as const;

const OFFICE_OF_LOGIN: Partial<Record<VillagerKey, string>> = {
  secretary: '秘书长（登记、表决、张贴）',
  chair: '理事长（签公示）',
  deputy: '副理事长',
  third: '理事',
  cashier: '出纳（记打款）',
  accountant: '会计（记收入、看账）',
  supervisor: '监事（看全部）',
  informant: '信息员（报线索）',
  auditor: '审计员（只看账和经过）',
};

const BRANCH_LOGINS: readonly (readonly [login: string, words: string])[] = [
  ['hewanmishuzhang', '河湾社 秘书长（岔路上的每一件）'],
  ['hewanlishizhang', '河湾社 理事长'],
  ['hewanfulishizhang', '河湾社 副理事长'],
  ['hewanlishi', '河湾社 理事'],
  ['hewanchuna', '河湾社 出纳（退款、追回）'],
  ['hewanjianshi', '河湾社 监事'],
  ['zhenmishuzhang', '桥头联合社 秘书长（转办、核销）'],
  ['zhenlishizhang', '桥头联合社 理事长（批准、签公示）'],
  ['zonghuihuizhang', '演示县慈善总会 会长（基金、规则）'],
  ['zonghuimishuzhang', '演示县慈善总会 秘书长（评审、付款安排）'],
  ['zonghuikuaiji', '演示县慈善总会 会计（基金的收入）'],
  ['zonghuijingban', '演示县慈善总会 经办人'],
  ['zonghuishenhe1', '演示县慈善总会 审核员甲'],
  ['zonghuishenhe2', '演示县慈善总会 审核员乙'],
  ['zonghuishenji', '演示县慈善总会 审计员（只看）'],
];

const signIn = (login: string, words: string) => ({ login, words, password: DEMO_PASSWORD });

/** Of the first village, where the straight road is walked. */
export const VILLAGE_SIGN_INS = [
  ...Object.entries(OFFICE_OF_LOGIN).map(([key, words]) =>
    signIn((VILLAGERS[key as VillagerKey] as { login?: string }).login ?? '', words),
  ),
  signIn(ADMIN_LOGIN, '系统管理员（建社、名册、职务、账号）'),
];
export const SIGN_INS = [...VILLAGE_SIGN_INS, ...BRANCH_LOGINS.map(([login, words]) => signIn(login, words))];

/** Plays the fictitious village: one case from its lead to its end, and others that stand at every stop of the road. */
export async function playVillage(app: NestFastifyApplication, clock: HandClock): Promise<Played> {
  app.get(Timers).stopSealing();
  return play(new Stage(app, clock, VILLAGERS));
}

/** The same, and a second village below its town union, in which every way off the straight road is gone once. */
export async function playDemo(app: NestFastifyApplication, clock: HandClock): Promise<Played> {
  app.get(Timers).stopSealing();
  const stage = new Stage(app, clock, VILLAGERS);
  const branches = new Branches(stage);
  const relief = new ReliefPlay(branches.federation, branches.below);
  const gifts = new GiftsPlay(stage);
  stage.meanwhile(inOrder([...branches.cues, ...relief.cues, ...gifts.cues]));
  const played = await play(stage);
  const societies = [stage, branches.below, branches.town, branches.federation].map(
    ({ societyId }) => societyId,
  );
  return {
    ...played,
    societies,
    branches: await branches.summary(),
    relief: relief.whole,
    gifts: gifts.receipted,
  };
}

async function play(stage: Stage): Promise<Played> {
  await stage.at('2026-03-02 08:30');
  await setUpHouse(stage);
  await setUp(stage, { founding: SOCIETY, ties: TIES, inflows: INFLOWS });
  const emergency = await playTheReport(stage);
  await playTheOthers(stage, emergency.noticeId);
  const { societyId, boardCode } = stage;
  return { societyId, boardCode, emergency, societies: [societyId], branches: [], relief: [], gifts: [] };
}

/** Found on Monday, voted on the same day, paid on Tuesday, then the notice: 快审核、先打款、再公示. */
async function playTheReport(stage: Stage): Promise<Played['emergency']> {
  await stage.at('2026-03-02 10:05');
  const { leadId } = await stage.service(LeadsService).recordLead(stage.as('informant'), {
    source: 'VISIT',
    place: '三组，租住户',
    contact: '上门宣传时见到本人',
    words: '外来务工，近日病情加重，不能上工，急需帮助。',
  });
  await stage.at('2026-03-02 11:20');
  const story = '外来务工人员，近日住院，不能上工，家中没有其他收入。';
  const need = { cause: 'ILLNESS', amountFen: fen(100_000), story, leadId } as const;
  const open = await register(stage, 'outsider', need, ['gridWorker', 'informant']);
  await stage.at('2026-03-02 14:50');
  const round = await openRound(stage, open);
  await stage.at('2026-03-02 15:20');
  await raiseHands(stage, round, WITHOUT_EMPLOYER);
  await stage.at('2026-03-03 09:30');
  await pay(stage, open, 'DEMO-PAY-0001');
  await stage.at('2026-03-03 15:10');
  const noticeId = await sign(stage, open, '2026-03-03');
  await stage.at('2026-03-03 16:00');
  await post(stage, noticeId);
  await stage.at('2026-03-06 10:00');
  await bringPapers(stage, open);
  return { ...round, noticeId };
}

async function playTheOthers(stage: Stage, firstNoticeId: string): Promise<void> {
  await stage.at('2026-03-09 09:10');
  const fire = await voted(stage, 'burnt', 'FIRE', 200_000);
  await stage.at('2026-03-10 10:30');
  await pay(stage, fire, 'DEMO-PAY-0002');

  await stage.at('2026-03-11 00:01');
  await stage.service(Timers).runDue(); // the period of the first notice is over
  await stage.at('2026-03-11 08:10');
  await archive(stage, firstNoticeId);
  await stage.at('2026-03-11 08:20');
  const fireNotice = await sign(stage, fire, '2026-03-11');
  await stage.at('2026-03-11 09:00');
  await post(stage, fireNotice);

  await stage.at('2026-03-11 14:00');
  const fall = await voted(stage, 'fallen', 'ACCIDENT', 150_000);
  const school = await voted(stage, 'student', 'SCHOOLING', 100_000);
  await stage.at('2026-03-12 09:40');
  await pay(stage, fall, 'DEMO-PAY-0003');
  await pay(stage, school, 'DEMO-PAY-0004');
  await stage.at('2026-03-12 10:20');
  await sign(stage, fall, '2026-03-13'); // to be posted; the other waits for the chair

  await stage.at('2026-03-12 15:00');
  await voted(stage, 'flooded', 'DISASTER', 300_000); // to be paid within the day
  await stage.at('2026-03-13 08:40');
  const injured = await register(stage, 'injured', { cause: 'ACCIDENT', amountFen: fen(80_000) }, visitors);
  await stage.at('2026-03-13 09:00');
  await openRound(stage, injured); // nobody has voted yet
  await register(stage, 'sick', { cause: 'ILLNESS', amountFen: fen(100_000) }, visitors); // to be put to the board
  await stage.at('2026-03-13 09:30');
  await register(stage, 'unregistered', { cause: 'OTHER', amountFen: fen(50_000) }, []); // nobody has been there yet
  await stage.at('2026-03-13 10:00');
  await stage.service(LeadsService).recordLead(stage.as('informant'), {
    source: 'NEIGHBOUR',
    place: '二组',
    contact: '邻居反映，先上门看看',
    words: '老人摔伤，子女在外地。',
  });
  await stage.at('2026-03-13 10:20');
  await waiveProof(stage, fall, '当时没有去医院，开不出证明'); // for the supervisor to confirm
  await stage.at('2026-03-13 10:30');
  await stage.service(Timers).runDue();
}

const visitors = ['gridWorker', 'informant'] as const;

async function voted(
  stage: Stage,
  applicant: VillagerKey,
  cause: 'FIRE' | 'ACCIDENT' | 'SCHOOLING' | 'DISASTER',
  amount: number,
): Promise<Ordered> {
  const open = await register(stage, applicant, { cause, amountFen: fen(amount) }, visitors);
  const round = await openRound(stage, open);
  stage.clock.advance({ minutes: 20 });
  await raiseHands(stage, round, ALL);
  return round;
}
