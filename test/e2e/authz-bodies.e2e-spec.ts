import { randomUUID } from 'node:crypto';
import { PeopleStore } from '../../src/people/people.store.js';
import { permissions } from '../../src/permissions.js';
import type { PermissionRow } from '../../src/platform/web/permissions.js';
import { thingIn, thingsOf, valueOf } from '../support/body-ids.js';
import type { Things } from '../support/body-ids.js';
import { api, signedIn } from '../support/clients.js';
import type { ApiAnswer, ApiClient } from '../support/clients.js';
import { kinds } from '../support/databases.js';
import { everyRow } from '../support/every-row.js';
import { givenHouse } from '../support/house.js';
import type { House } from '../support/house.js';
import { givenMarkedAsker, givenMarkedGround } from '../support/marked-askers.js';
import type { MarkedName } from '../support/marked-askers.js';
import { placesOfMarked } from '../support/marked-places.js';
import type { MarkedGround, MarkedPlaces } from '../support/marked-places.js';
import { walkTheRoad } from '../support/marked-road.js';
import { nobodysId } from '../support/matrix.js';
import { bodySchemasOf, sampleOf } from '../support/sample-fields.js';
import type { BodySchema, SampleFields } from '../support/sample-fields.js';
import { expectSound } from '../support/sound.js';
import { photo } from '../support/village.js';

/** What is sent instead of the sample of the document, so that the id is looked for; without a value it is left out. */
const TYPED: Readonly<Record<string, SampleFields>> = {
  '/people': { idNumber: undefined, phone: undefined },
  '/people/:personId/consents': { how: 'PROXY' },
  '/breaches': { months: 6 },
  '/donations': { method: 'CASH', bankReference: undefined },
  '/donations?receivedBy': { campaignId: undefined },
  '/donations?purseId': { intent: 'FUND', campaignId: undefined },
  '/donations/pledges?purseId': { intent: 'FUND' },
  '/donations/:giftId/owner?purseId': { intent: 'FUND' },
  '/campaigns': { adminPercent: 5, intent: 'FUND' },
  '/goods': { lines: '大米 20 袋' },
  '/cases': { consents: ['PROCESS', 'HEALTH_BANK', 'VERIFY'], pledged: true },
  '/cases?leadId': { visitors: [] },
  '/cases/:caseId/visits': { otherVisitor: undefined },
  '/cases/:caseId/amendments': { payeeName: undefined },
  '/rounds/:roundId/ballots': { why: undefined },
  '/relief/:reliefId/assessment': { opinion: '家庭困难，情况属实' },
  '/relief': {
    ...{ consents: ['PROCESS', 'HEALTH_BANK', 'VERIFY'], pledged: true },
    invoices: JSON.stringify([{ number: '12345678', amountFen: 9_954_000 }]),
  },
};

/** Who asks: the first of these whom the table lets in, unless the act is somebody else's. */
const ASKERS: readonly MarkedName[] = [
  'secretary',
  'clerk',
  'chair',
  'accountant',
  'cashier',
  'supervisor',
  'reviewer',
];
const FEDERAL: readonly MarkedName[] = [
  'secretary of the federation',
  'reviewer of the federation',
  'chair of the federation',
  'accountant of the federation',
];
const OF_FEDERATION =
  /\/desk\/|\/relief\/:reliefId\/(?:panel|plan|transfer|assessment)|\/fundraising-certificates/;

/** Every command of the API in a society. */
const commands = permissions.filter(
  ({ route, scope }) => route.startsWith('POST /api/v1/') && scope === 'own-society',
);

const pathOf = ({ route }: PermissionRow): string => route.split(' ')[1] ?? '';

describe.each(kinds)('$name', (kind) => {
  let house: House;
  let ground: MarkedGround;
  let places: MarkedPlaces;
  let own: Things;
  let theirs: Things;
  let schemasOf: (row: PermissionRow) => BodySchema;
  const programs = new Map<
    MarkedName,
    Promise<{ readonly program: ApiClient; readonly row: PermissionRow['roles'] }>
  >();
  /** By route and field: whether it came to looking for the id. */
  const asked = new Map<string, boolean>();

  beforeAll(async () => {
    house = await givenHouse(kind);
    ground = await givenMarkedGround(house);
    places = await placesOfMarked(ground, await walkTheRoad(ground.village));
    const things = await thingsOf(ground);
    const { personId: person = '', payeeAccountId: card = '', giverId: giver = '' } = places.ids;
    own = { ...things, person, card, giver };
    theirs = await thingsOf(await givenMarkedGround(house));
    schemasOf = bodySchemasOf(house.app);
    // An account is opened for each, and nothing may change from now on.
    for (const name of [...ASKERS, ...FEDERAL]) await known(name);
  });
  afterAll(() => {
    programs.clear();
    return house.close();
  });

  const open = async (name: MarkedName) => {
    const { login, roles, chooses } = await givenMarkedAsker(ground, places.ids, name);
    return { program: await api(house, login, chooses), row: roles };
  };
  const known = (name: MarkedName) => {
    const found = programs.get(name) ?? open(name);
    programs.set(name, found);
    return found;
  };
  async function askerOf(row: PermissionRow): Promise<ApiClient> {
    const names = OF_FEDERATION.test(row.route)
      ? FEDERAL
      : row.route.includes('/objections/')
        ? (['supervisor'] as const)
        : ASKERS;
    for (const name of names) {
      const { program, row: roles } = await known(name);
      if (row.roles.some((role) => roles.includes(role))) return program;
    }
    throw new Error(`Nobody may ask ${row.route}`);
  }

  const shortOf = (row: PermissionRow): string => pathOf(row).replace('/api/v1', '');

  /** A sound body with ids of one's own, and in one field what the test wants. */
  async function send(row: PermissionRow, field: string | null, from: Things | null): Promise<ApiAnswer> {
    const short = shortOf(row);
    const round = short.startsWith('/rounds/') ? places.at['/rounds/:roundId/links'] : {};
    const here = { ...places.ids, ...places.at[short], ...round };
    const path = short.replace(/:(\w+)/g, (_all, name: string) => here[name] ?? nobodysId(name));
    const { fields, isMultipart } = schemasOf(row);
    const sent = Object.entries(fields).map(([name, schema]): [string, unknown] => {
      const thing = thingIn(name, schema);
      if (thing === null) return [name, sampleOf(schema)];
      const things = name === field ? from : own;
      return [name, valueOf(name, schema, things === null ? nobodysId(name) : things[thing])];
    });
    const body: SampleFields = {
      ...Object.fromEntries(sent),
      ...TYPED[short],
      ...TYPED[`${short}?${field}`],
    };
    const program = await askerOf(row);
    if (!isMultipart) return program.post(path, body);
    const image = await photo();
    const isFile = (name: string) => fields[name]?.format === 'binary';
    const files = Object.keys(fields)
      .filter(isFile)
      .map((name): [string, Buffer] => [name, image]);
    const words = Object.entries(body)
      .filter(([name, value]) => !isFile(name) && value !== undefined)
      .map(([name, value]): [string, string] => [
        name,
        typeof value === 'string' ? value : JSON.stringify(value),
      ]);
    return program.upload(path, Object.fromEntries(words), Object.fromEntries(files));
  }

  const namesIn = (row: PermissionRow): string[] =>
    Object.entries(schemasOf(row).fields).flatMap(([name, schema]) =>
      thingIn(name, schema) === null ? [] : [name],
    );
  const isHidden = (theirs: ApiAnswer, nobodys: ApiAnswer): boolean =>
    [403, 404, 409, 422].includes(theirs.status) &&
    theirs.status === nobodys.status &&
    theirs.code === nobodys.code;

  it.each(commands.map((row) => [row.route, row] as const))(
    '%s takes no id of somebody else’s, and says of it what it says of one that nobody has',
    async (_route, row) => {
      const names = namesIn(row);
      if (names.length === 0) return;
      const before = await everyRow(house);
      const shown: unknown[] = [];
      const codes = new Map<string, string>();
      for (const name of names) {
        const [foreign, nobodys] = [await send(row, name, theirs), await send(row, name, null)];
        if (!isHidden(foreign, nobodys)) shown.push({ name, foreign: foreign.text, nobodys: nobodys.text });
        codes.set(name, `${foreign.status} ${foreign.code}`);
      }
      expect(shown).toEqual([]);
      expect(await everyRow(house)).toEqual(before);
      // Only now, since it may go through.
      const { status, code } = await send(row, null, own);
      for (const [name, said] of codes)
        asked.set(`${row.route} ${name}`, said.startsWith('404') || said !== `${status} ${code}`);
    },
  );

  it('looks for them, and does not merely refuse the rest of the form', () => {
    const missed = [...asked].filter(([, isReached]) => !isReached).map(([field]) => field);
    console.info(`${kind.name}: ${asked.size} ids in bodies, not come to: ${missed.join(', ') || 'none'}`);
    expect(asked.size).toBeGreaterThan(50);
    expect(missed.length / asked.size).toBeLessThan(0.3);
  });

  /** Routes that name a thing and one that belongs to it. */
  it.each(['letters', 'relief letters', 'matches'] as const)(
    'finds none of the %s under something that they do not belong to',
    async (which) => {
      const { at, ids } = places;
      const office = await known('secretary');
      const letter = at['/cases/:number/letters/:letterId.pdf'];
      const relief = at['/relief/:reliefId/letters/:letterId'];
      const page = await signedIn(house, ground.village.at.secretary.login);
      const statusOf = async (address: string) => (await page.get(address)).status;
      if (which === 'letters') {
        const of = (number = '') => `/s/cases/${number}/letters/${letter?.['letterId'] ?? ''}.pdf`;
        expect([await statusOf(of(letter?.['number'])), await statusOf(of(ids['number']))]).toEqual([
          200, 404,
        ]);
      } else if (which === 'relief letters') {
        const of = (reliefId = '') => `/relief/${reliefId}/letters/${relief?.['letterId'] ?? ''}`;
        const other = at['/relief/:reliefId/completion']?.['reliefId'];
        expect(await statusOf(`/s${of(relief?.['reliefId'])}`)).toBe(200);
        expect(await statusOf(`/s${of(other)}`)).toBe(404);
        expect((await office.program.get(`${of(relief?.['reliefId'])}.pdf`)).status).toBe(200);
        expect((await office.program.get(`${of(other)}.pdf`)).status).toBe(404);
      } else {
        const before = await everyRow(house);
        const address = `/s/cases/${ids['number'] ?? ''}/matches/${ids['matchId'] ?? ''}`;
        await page.get('/s');
        const form = { reason: 'VISITED', submission_id: randomUUID() };
        expect((await page.post(address, form)).status).toBe(404);
        expect(await everyRow(house)).toEqual(before);
      }
    },
  );

  it('left the books, the trail and the register sound', () => expectSound(house));

  it('control: would be found by the same comparison if a query forgot whose it is', async () => {
    const row = commands.find(({ route }) => route === 'POST /api/v1/people/:personId/kin');
    if (!row) throw new Error('There is nothing to ask');
    const store = house.get(PeopleStore);
    const getPerson = store.getPerson.bind(store);
    const careless = jest
      .spyOn(store, 'getPerson')
      .mockImplementation((tx, societyId, personId) =>
        getPerson(tx, personId === theirs.person ? theirs.society : societyId, personId),
      );
    const foreign = await send(row, 'relativeId', theirs);
    const nobodys = await send(row, 'relativeId', null);
    careless.mockRestore();
    expect([isHidden(foreign, nobodys), nobodys.status]).toEqual([false, 404]);
  });
});
