import { CasesQueries } from '../../src/cases/index.js';
import { CASE_STATES, EMERGENCY_PROCEDURE, stepOf } from '../../src/cases/domain/emergency-procedure.js';
import type { CaseState, Step } from '../../src/cases/domain/emergency-procedure.js';
import { FastPathQueries } from '../../src/cases/fast-path.queries.js';
import { api, ApiClient, listening } from '../support/clients.js';
import type { ApiAnswer } from '../support/clients.js';
import { kinds } from '../support/databases.js';
import { signFast } from '../support/fast-path.js';
import { givenHouse } from '../support/house.js';
import type { House } from '../support/house.js';
import { givenAdmin, givenOfficer } from '../support/officers.js';
import { staysSound } from '../support/sound.js';
import { givenTown, givenVillage, idNumber, personIn } from '../support/village.js';
import type { Post, Village } from '../support/village.js';
import { WAYS } from './house-acts.js';
import type { Ground } from './house-acts.js';
import { caseAt, caseRows, lapseTime } from './house-cases.js';

type Act = keyof typeof WAYS;
const ACTS = Object.keys(WAYS) as Act[];

/** Everybody who could ask, by what they are to the village of the case. */
const OFFICERS: Readonly<Record<string, Post>> = {
  chair: 'chair',
  deputy: 'deputy',
  director: 'third',
  secretary: 'secretary',
  clerk: 'clerk',
  cashier: 'cashier',
  accountant: 'accountant',
  reviewer: 'reviewer',
  supervisor: 'supervisor',
  'information-officer': 'informant',
};
const TOWN = { 'town secretary': 'secretary', 'town clerk': 'clerk', 'town chair': 'chair' } as const;
const WHO = [
  ...Object.keys(OFFICERS),
  ...Object.keys(TOWN),
  'secretary of another village',
  'no office',
  'administrator',
  'anonymous',
];

/** Who writes down what a board has said, of the village or of the town. */
const BOARD: readonly string[] = ['secretary', 'clerk'];
const TOWN_BOARD: readonly string[] = ['town secretary', 'town clerk'];

/** From the row of the table alone: who leads on from here by the act. */
function doersOf({ act, who }: Step): readonly string[] {
  if (act === 'lapse') return []; // only the time of the round does it
  // The secretary-general has signed by opening it: the third yes is the chair's or the supervisor's.
  if (act === 'approveFast') return ['chair', 'supervisor'];
  return who.flatMap((each) => (each === 'board' ? BOARD : each === 'town' ? TOWN_BOARD : [each]));
}

/**
 * Acts that are possible in the state and lead nowhere: what is asked for may be put right while nothing was decided on
 * it, and what comes in after a write-off is taken. Each has its own tests.
 */
const stays = (act: Act, state: CaseState): boolean =>
  (act === 'amend' && ['ACCEPTED', 'VERIFIED', 'LAPSED'].includes(state)) ||
  (act === 'recover' && state === 'WRITTEN_OFF');

const rowName = ({ act, from, to }: Step) => `${act}: ${String(from)} → ${to}`;

/** Who may and when is the program's word and not the database's: the lives walk the same table on each. */
describe.each(kinds.slice(0, 1))('$name', (kind) => {
  let house: House;
  let town: Village;
  let stranger: Village;
  const walked = new Set<string>();

  beforeAll(async () => {
    house = await givenHouse(kind);
    town = await givenTown(house);
    stranger = await givenVillage(house, { parentId: town.societyId });
  });
  staysSound(() => house);
  afterAll(() => house.close());

  /** Whoever it is, signed in; anew after the clock has moved, since that signs everybody out. */
  function doorOf(village: Village): (who: string) => Promise<ApiClient> {
    let signedAt = new Date(0);
    const known = new Map<string, Promise<ApiClient>>();
    return (who) => {
      if (house.clock.now().getTime() !== signedAt.getTime()) known.clear();
      signedAt = house.clock.now();
      const client = known.get(who) ?? enter(who);
      known.set(who, client);
      return client;
    };

    async function enter(who: string): Promise<ApiClient> {
      if (who === 'anonymous') return new ApiClient(await listening(house), null);
      if (who === 'administrator') return api(house, await givenAdmin(house), village.societyId);
      if (who === 'no office') return api(house, (await givenOfficer(house, village.societyId)).login);
      if (who === 'secretary of another village') return api(house, stranger.at.secretary.login);
      const post = OFFICERS[who];
      if (post) return api(house, village.at[post].login);
      return api(house, town.at[TOWN[who as keyof typeof TOWN]].login);
    }
  }

  const stateOf = async ({ village, made }: Ground) =>
    (await house.get(CasesQueries).case(village.societyId, made.caseId)).state;

  describe.each(CASE_STATES.map((state) => [state] as const))('a case that is %s', (state) => {
    it('goes on only as the table says, and only by whom it names', async () => {
      const village = await givenVillage(house, { parentId: town.societyId, heldFen: 30_000_000 });
      const door = doorOf(village);
      let ground = await groundAt(village, state);
      const wrong: string[] = [];

      for (const act of ACTS) {
        const step = stepOf(act, state);
        const doers = step ? doersOf(step) : [];
        if (stays(act, state)) continue;
        const before = await caseRows(ground);
        for (const who of WHO.filter((each) => !doers.includes(each))) {
          const answer = await WAYS[act](await door(who), ground);
          if (!isRefusal(answer))
            wrong.push(`${act} by ${who}: ${answer.status} ${answer.text.slice(0, 200)}`);
        }
        // Every refusal leaves every row of the case and its money as it was.
        if ((await caseRows(ground)) !== before)
          wrong.push(`${act} changed something although it was refused`);

        for (const who of doers) {
          await readyFor(act, who, ground);
          const answer = await WAYS[act](await door(who), ground);
          const now = await stateOf(ground);
          if (answer.status >= 300 || now !== step?.to)
            wrong.push(`${act} by ${who}: ${answer.status}, now ${now} ${answer.text.slice(0, 200)}`);
          if (step) walked.add(rowName(step));
          ground = await groundAt(village, state);
        }
      }
      expect(wrong).toEqual([]);
    });
  });

  /** By nobody's act: a round that nobody came to, and the last of three tracks. */
  it('goes on by itself where the table says so', async () => {
    const village = await givenVillage(house, { parentId: town.societyId });
    const voting = await groundAt(village, 'VOTING');
    await lapseTime(house);
    expect(await stateOf(voting)).toBe('LAPSED');
    walked.add('lapse: VOTING → LAPSED');
    const again = await WAYS.openRound(await doorOf(village)('secretary'), voting);
    expect(again.status).toBeLessThan(300);
    await lapseTime(house);
    expect(await stateOf(voting)).toBe('ESCALATED');
    walked.add('lapseAgain: VOTING → ESCALATED');
    expect(await stateOf(await groundAt(village, 'CLOSED'))).toBe('CLOSED');
    walked.add('close: PAID → CLOSED');
  });

  it('begins by whom the table names, and by nobody else', async () => {
    const village = await givenVillage(house, { parentId: town.societyId });
    const door = doorOf(village);
    const [register] = EMERGENCY_PROCEDURE;
    const count = () => house.dataSource.query<unknown>('SELECT COUNT(*) FROM cases');
    const wrong: string[] = [];
    for (const who of WHO) {
      const applicantId = await personIn(house, village.societyId, { name: '范长河', idNumber: idNumber() });
      const before = JSON.stringify(await count());
      const answer = await (
        await door(who)
      ).post('/cases', {
        ...{ applicantId, cause: 'ILLNESS', amountFen: 100_000, method: 'CASH', pledged: true },
        consents: ['PROCESS', 'HEALTH_BANK', 'VERIFY', 'PUBLISH'],
      });
      const may = register?.who.some((each) => each === who) ?? false;
      const isRight = may
        ? answer.status === 201
        : isRefusal(answer) && JSON.stringify(await count()) === before;
      if (!isRight) wrong.push(`register by ${who}: ${answer.status} ${answer.text.slice(0, 200)}`);
    }
    expect(wrong).toEqual([]);
    walked.add('register: null → ACCEPTED');
  });

  it('walked every row of the table', () => {
    expect(EMERGENCY_PROCEDURE.map(rowName).filter((name) => !walked.has(name))).toEqual([]);
  });

  async function groundAt(village: Village, state: CaseState): Promise<Ground> {
    const made = await caseAt(village, town, state);
    const path = await house.get(FastPathQueries).latest(made.caseId);
    return { village, town, made, state, fastPathId: path?.id ?? '' };
  }

  /** Two of the three have signed: whoever comes now is the third. */
  async function readyFor(act: Act, who: string, { village, made, fastPathId }: Ground): Promise<void> {
    if (act === 'approveFast')
      await signFast(village, { ...made, fastPathId }, who === 'chair' ? 'supervisor' : 'chair');
  }
});

/** For who asks or for when it is asked; a question that could not be read proves nothing. */
const isRefusal = ({ status }: ApiAnswer) => [401, 403, 404, 409].includes(status);
