import { randomUUID } from 'node:crypto';
import sharp from 'sharp';
import { Commands } from '../../src/audit/index.js';
import { BallotsService, BoardSubjects, RoundsService } from '../../src/board/index.js';
import type { Decision, Opening } from '../../src/board/index.js';
import type { Actor } from '../../src/kernel/actor.js';
import { addDays, dayOf } from '../../src/kernel/day.js';
import { fen } from '../../src/kernel/fen.js';
import type { Office } from '../../src/offices/index.js';
import { OfficesService } from '../../src/offices/index.js';
import { PeopleService } from '../../src/people/index.js';
import { SocietiesQueries } from '../../src/societies/index.js';
import type { Charter } from '../../src/societies/index.js';
import { callerOf } from './house.js';
import type { House } from './house.js';
import { givenSociety } from './society.js';

/** A village society with five directors in office and a secretary who is none of them. */
export type Board = {
  readonly societyId: string;
  readonly charter: Charter;
  /** Chair, deputy, and three more. */
  readonly directors: readonly { readonly personId: string; readonly name: string }[];
  readonly secretary: Partial<Actor>;
};

const DIRECTORS: readonly (readonly [name: string, office: Office])[] = [
  ['王大山', 'CHAIR'],
  ['李秀英', 'DEPUTY'],
  ['赵小龙', 'DIRECTOR'],
  ['钱桂花', 'DIRECTOR'],
  ['孙建国', 'DIRECTOR'],
];

const ADMIN = { accountId: randomUUID(), roles: ['system-admin'] as const };

export async function givenBoard(house: House): Promise<Board> {
  const from = addDays(dayOf(house.clock.now()), -30);
  const societyId = await givenSociety(house, '柳溪村“救急难”互助社');
  const admin = { ...ADMIN, societyId };
  const appointed = async (name: string, office: Office) => {
    const draft = { name, group: '三组', residence: 'HUKOU' as const };
    const { personId } = await house.get(PeopleService).addPerson(callerOf(admin), draft);
    const term = { societyId, personId, office, fromOn: from, untilOn: addDays(from, 1500) };
    await house.get(OfficesService).appoint(callerOf(admin), term);
    return { personId, name };
  };
  const directors = [];
  for (const [name, office] of DIRECTORS) directors.push(await appointed(name, office));
  const { personId } = await appointed('周明', 'SECRETARY_GENERAL');
  const charter = await house.get(SocietiesQueries).charterOn(societyId, dayOf(house.clock.now()));
  const secretary = { accountId: randomUUID(), personId, societyId, roles: ['secretary'] as const };
  return { societyId, charter, directors, secretary };
}

/** A subject that counts what it was told, in rows of the same unit, so that a rolled-back decision is not counted. */
export const SUBJECT = 'test-motion';

export function registerSubject(house: House): void {
  house.get(BoardSubjects).register(SUBJECT, {
    decided: async (tx, decision) => {
      if (refuseNext.delete(decision.roundId)) throw new Error('The subject cannot carry it out');
      const words = JSON.stringify(decision);
      await tx.change`INSERT INTO number_series VALUES (${decision.roundId}, ${'told'}, ${2026}, ${1})`;
      told.set(decision.roundId, JSON.parse(words) as Decision);
    },
    tiedOf: (_tx, subjectId) => Promise.resolve(tied.get(subjectId) ?? []),
    describe: (_societyId, subjectId) =>
      Promise.resolve({
        title: '张*三 · 突发疾病 · 1,000.00 元',
        facts: [{ label: '谁', value: '张*三（三组）' }],
        href: `/s/cases/${subjectId}`,
      }),
  });
}

const tied = new Map<string, readonly string[]>();

/** Whom the subject names as tied: no director need be among them. */
export const tieTo = (subjectId: string, personIds: readonly string[]): void =>
  void tied.set(subjectId, personIds);

const told = new Map<string, Decision>();
const refuseNext = new Set<string>();

/** What the subject of this round was told last; `decidedAt` as text. */
export const toldAbout = (roundId: string): Decision | undefined => told.get(roundId);

/** How often the subject was told, counted in committed rows. */
export async function timesTold(house: House, roundId: string): Promise<number> {
  const rows: unknown[] = await house.dataSource.query(
    `SELECT series FROM number_series WHERE scope_id = ? AND series = 'told'`,
    [roundId],
  );
  return rows.length;
}

/** The subject of this round fails the next time it is told. */
export const refuseOnce = (roundId: string): void => void refuseNext.add(roundId);

export type RoundOptions = Partial<Opening> & {
  /** How many directors stand aside from the first, counted from the last of the list. */
  readonly recused?: number;
};

export async function givenRound(house: House, board: Board, options: RoundOptions = {}): Promise<string> {
  const { recused = 0, ...rest } = options;
  const subjectId = randomUUID();
  const opening: Opening = {
    societyId: board.societyId,
    societyName: '柳溪村“救急难”互助社',
    subjectKind: SUBJECT,
    subjectId,
    threadId: subjectId,
    revision: 'a'.repeat(64),
    motion: '给予张*三（三组，突发疾病）急难救助1,000.00元',
    amountFen: fen(100_000),
    charter: board.charter,
    electors: board.directors,
    recusals: board.directors
      .slice(board.directors.length - recused)
      .map(({ personId }) => ({ personId, reason: 'COLLATERAL_3' as const })),
    openedBy: board.secretary.personId ?? null,
    at: house.clock.now(),
    ...rest,
  };
  const { roundId } = await house
    .get(Commands)
    .run(callerOf(board.secretary), { act: 'openRound', body: opening }, async (tx, trail) => {
      const opened = await house.get(RoundsService).open(tx, trail, opening);
      trail.on('round', opened.roundId, { threadId: opening.threadId });
      return { roundId: opened.roundId };
    });
  return roundId;
}

const LETTERS = { Y: 'yes', N: 'no', '-': 'abstain' } as const;

/** `YYN`: the first three directors came; two say yes, one no. A dot stayed away. */
export function handsOf(board: Board, letters: string) {
  return Array.from(letters).flatMap((letter, i) => {
    const director = board.directors[i];
    const choice = LETTERS[letter as keyof typeof LETTERS] as 'yes' | 'no' | 'abstain' | undefined;
    return director && choice ? [{ directorId: director.personId, choice }] : [];
  });
}

let photo: Promise<Buffer> | undefined;

/** A sheet of paper, as a camera sees it. */
export function aPhoto(): Promise<Buffer> {
  photo ??= sharp({ create: { width: 320, height: 240, channels: 3, background: '#f4f1e8' } })
    .jpeg()
    .toBuffer();
  return photo;
}

/** The chair presides unless said otherwise. */
export async function raiseHands(
  house: House,
  board: Board,
  roundId: string,
  letters: string,
  more: { presider?: number; key?: string; by?: Partial<Actor> } = {},
) {
  return house.get(RoundsService).recordShowOfHands(callerOf(more.by ?? board.secretary, more.key), {
    roundId,
    presiderId: board.directors[more.presider ?? 0]?.personId ?? '',
    hands: handsOf(board, letters),
    place: null,
    sheet: await aPhoto(),
  });
}

/** A director who signs in with an account of his own. */
export function asDirector(board: Board, director: number): Partial<Actor> {
  const personId = board.directors[director]?.personId ?? null;
  return { accountId: personId, personId, societyId: board.societyId, roles: ['director'] };
}

type Said = 'yes' | 'no' | 'abstain' | 'none';

/** The director's own ballot. */
export function castOwn(house: House, board: Board, roundId: string, director: number, choice: Said) {
  const directorId = board.directors[director]?.personId ?? '';
  const ballot = { roundId, directorId, choice, why: null };
  return house.get(BallotsService).castBallot(callerOf(asDirector(board, director)), ballot);
}

/** What a director told the office on the phone. */
export function castByPhone(
  house: House,
  board: Board,
  roundId: string,
  director: number,
  choice: Said,
  by: Partial<Actor> = board.secretary,
) {
  const directorId = board.directors[director]?.personId ?? '';
  return house.get(BallotsService).castBallot(callerOf(by), { roundId, directorId, choice, why: null });
}

/** Those of `YY.` who were there sign one outcome; the chair presides unless said otherwise. */
export async function meetJointly(
  house: House,
  board: Board,
  roundId: string,
  present: readonly number[],
  outcome: 'approved' | 'rejected',
  more: { presider?: number; by?: Partial<Actor> } = {},
) {
  return house.get(RoundsService).recordJointMeeting(callerOf(more.by ?? board.secretary), {
    roundId,
    presiderId: board.directors[more.presider ?? 0]?.personId ?? '',
    presentIds: present.map((director) => board.directors[director]?.personId ?? ''),
    outcome,
    place: null,
    minutes: await aPhoto(),
  });
}
