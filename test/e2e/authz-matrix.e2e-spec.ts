import { PermissionTable, RouteCheck } from '../../src/access/index.js';
import { ReceiptsService } from '../../src/donations/index.js';
import { FundsQueries } from '../../src/funds/index.js';
import { readFilter } from '../../src/federation/domain/desk-filter.js';
import { SavedViewsService } from '../../src/federation/saved-views.service.js';
import type { Role } from '../../src/kernel/actor.js';
import { ROLES } from '../../src/kernel/actor.js';
import { rolesOf } from '../../src/offices/index.js';
import { permissions } from '../../src/permissions.js';
import type { PermissionRow } from '../../src/platform/web/permissions.js';
import { Random } from '../fuzz/random.js';
import { kinds } from '../support/databases.js';
import { give, givenDonor } from '../support/donations.js';
import { givenDonorAccount } from '../support/donor-accounts.js';
import { everyRow } from '../support/every-row.js';
import { givenFederation } from '../support/federation.js';
import { givenAsking, giverOf } from '../support/gift-refunds.js';
import { callerOf, givenHouse } from '../support/house.js';
import type { House } from '../support/house.js';
import { isHidden, isRight, mayPass, STRANGER, Walker } from '../support/matrix.js';
import type { Answer, Asker } from '../support/matrix.js';
import { everyNth, seedOf } from '../support/often.js';
import { givenAdmin, givenOfficer, OFFICE_OF } from '../support/officers.js';
import type { Officer } from '../support/officers.js';
import { givenDraft, givenOtherWorld, namesAnObject, namesIn, nobodysIdFor } from '../support/other-world.js';
import type { OtherWorld } from '../support/other-world.js';
import { sampleFieldsOf } from '../support/sample-fields.js';
import { givenSociety } from '../support/society.js';
import { expectSound } from '../support/sound.js';
import { as, givenVillage } from '../support/village.js';

const OFFICERS = ROLES.filter((role) => OFFICE_OF[role] !== undefined);

/** Which of those who are gone ask on the server: `MATRIX_SEED` asks the same ones again. */
const SEED = seedOf('MATRIX_SEED');

/** As the door gives them: whoever leads the board sits on it. */
const rolesWith = (role: Role): Role[] => {
  const office = OFFICE_OF[role];
  return ['signed-in', ...(office ? rolesOf([office]) : [])];
};

/** Signing out ends the session of whoever asks: last, so that the others are still who they are. */
const rows = [...permissions].sort((a, b) => Number(a.act === 'signOut') - Number(b.act === 'signOut'));

const pathOf = ({ route }: PermissionRow): string => route.split(' ')[1] ?? '';

/** What somebody owns. The administrator owns nothing, and to the public an address is all there is. */
const owned = permissions.filter(
  (row) => ['own-society', 'signed-in'].includes(row.scope) && namesAnObject(pathOf(row)),
);

/** One who owns, one of the same society or account who does not, and the routes that tell them apart. */
type Pair = {
  readonly owner: Asker;
  readonly other: Asker;
  readonly ids: Readonly<Record<string, string>>;
  readonly takes: (row: PermissionRow) => boolean;
};

describe.each(kinds)('$name', (kind) => {
  let house: House;
  let world: OtherWorld;
  let walker: Walker;
  let fieldsOf: ReturnType<typeof sampleFieldsOf>;
  const askers: Asker[] = [];
  /** The same offices in a federation of their own: some doors are a federation's. */
  const federals: Asker[] = [];
  const pairs: Pair[] = [];
  const asked: { row: PermissionRow; asker: Asker; answer: Answer }[] = [];

  beforeAll(async () => {
    house = await givenHouse(kind, '2026-03-02T00:00:00.000Z');
    world = await givenOtherWorld(house);
    walker = await new Walker(house).open();
    fieldsOf = sampleFieldsOf(house.app);
    const societyId = await givenSociety(house);
    const village = await givenVillage(house, { heldFen: 0 });
    const donor = await givenDonorAccount(village, await givenDonor(village));
    const officers = new Map<Role, Officer>();
    for (const role of OFFICERS) officers.set(role, await officerOf(societyId, role));
    askers.push(STRANGER, ...(await gone(societyId, officers, donor)));

    const { login: nobody } = await givenOfficer(house, societyId);
    askers.push(await walker.signedIn('no office', ['signed-in'], nobody, true));
    for (const [role, { login }] of officers)
      askers.push(await walker.signedIn(role, rolesWith(role), login, true));
    askers.push(await walker.signedIn('donor', ['signed-in', 'donor'], donor.login, false));
    const admin: Role[] = ['signed-in', 'system-admin'];
    askers.push(await walker.signedIn('system-admin outside', admin, await givenAdmin(house), false));
    const inside = await givenAdmin(house);
    askers.push(await walker.signedIn('system-admin inside', admin, inside, true, societyId));

    const federationId = await givenFederation(house);
    for (const role of OFFICERS) {
      const { login } = await officerOf(federationId, role);
      federals.push(await walker.signedIn(`${role} of a federation`, rolesWith(role), login, true));
    }
    pairs.push(await draftOfAnother(), await viewOfAnother(federationId), await giftsOfAnother());
    pairs.push(await deviceOfAnother(officers));
  });
  afterAll(() => expectSound(house));
  afterAll(() => house.close());

  /** Everybody; on the server, which is slower, of those who are gone only a few by the seed. */
  const askersOf = ({ route }: PermissionRow): Asker[] => {
    const isGone = ({ name }: Asker) => / (?:expired|disabled)$/.test(name);
    const goners = askers.filter(isGone);
    if (kind.name === 'sqlite') return askers;
    const random = new Random(SEED + route.length * 31 + route.charCodeAt(route.length >> 1));
    return [...askers.filter((asker) => !isGone(asker)), random.pick(goners), random.pick(goners)];
  };

  const officerOf = (societyId: string, role: Role): Promise<Officer> => {
    const office = OFFICE_OF[role];
    return givenOfficer(house, societyId, ...(office ? [office] : []));
  };

  /** Whoever had each part, and is signed in no more: half a day went by, or the account was taken away. */
  async function gone(
    societyId: string,
    officers: ReadonlyMap<Role, Officer>,
    donor: { readonly login: string },
  ): Promise<Asker[]> {
    const found: Asker[] = [];
    const expired = async (name: string, login: string, inSociety: string | null = null) =>
      found.push(await walker.signedIn(`${name}, expired`, null, login, false, inSociety));
    for (const [role, { login }] of officers) await expired(role, login);
    await expired('donor', donor.login);
    await expired('system-admin', await givenAdmin(house), societyId);
    house.clock.advance({ hours: 13 });
    for (const role of OFFICERS) found.push(await walker.disabled(role, await officerOf(societyId, role)));
    const village = await givenVillage(house, { heldFen: 0 });
    const other = await givenDonorAccount(village, await givenDonor(village));
    found.push(await walker.disabled('donor', other));
    return found;
  }

  const one = (name: string, roles: Role[], login: string, inSociety = true) =>
    walker.signedIn(name, roles, login, inSociety);

  /** What the clerk has begun is the clerk's, though the secretary may do the same. */
  async function draftOfAnother(): Promise<Pair> {
    const village = await givenVillage(house, { heldFen: 0 });
    return {
      owner: await one('its clerk', rolesWith('clerk'), village.at.clerk.login),
      other: await one('its secretary', rolesWith('secretary'), village.at.secretary.login),
      ids: { draftId: await givenDraft(village) },
      takes: (row) => row.route.includes(':draftId'),
    };
  }

  async function viewOfAnother(federationId: string): Promise<Pair> {
    const [mine, theirs] = [
      await officerOf(federationId, 'reviewer'),
      await officerOf(federationId, 'reviewer'),
    ];
    const { accountId, personId } = theirs;
    const owner = callerOf({ accountId, personId, societyId: federationId, roles: rolesWith('reviewer') });
    const { viewId } = await house.get(SavedViewsService).save(owner, '火灾', readFilter({ cause: 'FIRE' }));
    return {
      owner: await one('who saved it', rolesWith('reviewer'), theirs.login),
      other: await one('another reviewer', rolesWith('reviewer'), mine.login),
      ids: { viewId },
      takes: (row) => row.route.includes(':viewId'),
    };
  }

  async function giftsOfAnother(): Promise<Pair> {
    const village = await givenVillage(house, { heldFen: 0 });
    const donorId = await givenDonor(village);
    const giftId = await give(village, 30_000, { donorId, intent: 'PURPOSE', purpose: '火灾' });
    const receiptOf = { giftId: await give(village, 50_000, { donorId }) };
    const receipts = house.get(ReceiptsService);
    const { receiptId } = await receipts.issueReceipt(as(village, 'accountant'), receiptOf);
    const mine = await givenDonor(village);
    await give(village, 40_000, { donorId: mine });
    const [owner, other] = [
      await givenDonorAccount(village, donorId),
      await givenDonorAccount(village, mine),
    ];
    const { id: giverId } = await giverOf(village, await givenAsking(village), 30_000);
    return {
      owner: await one('its donor', ['signed-in', 'donor'], owner.login, false),
      other: await one('another donor of the village', ['signed-in', 'donor'], other.login, false),
      ids: { donorId, giftId, receiptId, giverId },
      takes: (row) => row.roles.includes('donor') || row.route.includes('/offers/'),
    };
  }

  async function deviceOfAnother(officers: ReadonlyMap<Role, Officer>): Promise<Pair> {
    const of = (role: Role) => officers.get(role) ?? { accountId: '', login: '' };
    const owner = await one('who holds it', rolesWith('clerk'), of('clerk').login);
    const [row] = await house.dataSource.query<{ id: string }[]>(
      'SELECT id AS "id" FROM sessions WHERE account_id = ? AND origin = ? ORDER BY started_at DESC, id DESC LIMIT 1',
      [of('clerk').accountId, 'api'],
    );
    return {
      owner,
      other: await one('a colleague', rolesWith('secretary'), of('secretary').login),
      ids: { sessionId: row?.id ?? '' },
      takes: (each) => each.route.includes(':sessionId'),
    };
  }

  it('has a row for every route of the program', () => {
    const routes = house.get(RouteCheck).routes();
    expect(house.get(PermissionTable).faults(routes)).toEqual([]);
    expect(permissions.length).toBe(routes.length);
    expect(askers).toHaveLength(5 + OFFICERS.length * 3 + 3);
  });

  describe('what belongs to others', () => {
    const seen: { readonly row: PermissionRow; readonly theirs: Answer }[] = [];
    let before: Record<string, string>;

    beforeAll(async () => {
      before = await everyRow(house);
    });

    const compared = async (row: PermissionRow, asker: Asker, idFor = world.idFor) => {
      const fields = fieldsOf(row);
      const nobodys = await walker.ask(row, asker, { idFor: nobodysIdFor, fields });
      return { row, asker: asker.name, nobodys, theirs: await walker.ask(row, asker, { idFor, fields }) };
    };

    it.each(owned.map((row) => [row.route, row] as const))(
      '%s: another society’s is not there, whoever asks',
      async (_route, row) => {
        const allowed = [...askers, ...federals].filter((asker) => mayPass(row, asker));
        expect(allowed).not.toHaveLength(0);
        const answers = await Promise.all(allowed.map((asker) => compared(row, asker)));
        seen.push(...answers);
        // That a society exists is no secret: its board hangs on a wall.
        const isPublic = row.route.includes(':organisationId');
        const shown = answers.filter(({ theirs, nobodys }) =>
          isPublic ? theirs.status !== 404 && !isHidden(theirs, nobodys) : !isHidden(theirs, nobodys),
        );
        expect(shown).toEqual([]);
        if (row.route.startsWith('GET '))
          expect([row.route, answers.some(({ theirs }) => theirs.status === 404)]).toEqual([row.route, true]);
      },
    );

    it('is looked for, and not merely refused for an empty form', () => {
      const found = new Set(seen.filter(({ theirs }) => theirs.status === 404).map(({ row }) => row.route));
      console.info(`${kind.name}: looked for by ${found.size} of ${owned.length} routes`);
      expect(found.size / owned.length).toBeGreaterThan(0.9);
    });

    it('was changed by none of it', async () => {
      expect(await everyRow(house)).toEqual(before);
    });

    /** What of the owner’s is shown to the other one of the pair. */
    async function shownTo({ other, ids, takes }: Pair): Promise<unknown[]> {
      const shown: unknown[] = [];
      const idFor = (name: string, path: string) => ids[name] ?? world.idFor(name, path);
      const named = owned.filter(
        (each) => takes(each) && namesIn(pathOf(each)).some((name) => ids[name] !== undefined),
      );
      for (const row of named) {
        const answers = await compared(row, other, idFor);
        if (!mayPass(row, other) || !isHidden(answers.theirs, answers.nobodys)) shown.push(answers);
        else if (row.route.startsWith('GET ') && answers.theirs.status !== 404) shown.push(answers);
      }
      return shown;
    }

    it('is not there for a colleague or another donor either, and is for whoever owns it', async () => {
      const wrong: unknown[] = [];
      for (const pair of pairs) {
        const { owner, ids } = pair;
        wrong.push(...(await shownTo(pair)));
        // The control, and only now, since the owner may take it away: the same walk finds what is shown.
        if ((await shownTo({ ...pair, other: owner })).length === 0) wrong.push({ owner: owner.name, ids });
      }
      expect(wrong).toEqual([]);
    });

    it('control: would be found by the same walk if a query forgot whose it is', async () => {
      const row = permissions.find(({ route }) => route === 'GET /s/funds/:fundId');
      const [chair] = federals;
      if (!row || !chair) throw new Error('There is nobody to ask');
      const [fund] = await house.dataSource.query<{ societyId: string }[]>(
        'SELECT federation_id AS "societyId" FROM funds WHERE id = ?',
        [world.idFor('fundId', '')],
      );
      const queries = house.get(FundsQueries);
      const fundOf = queries.fund.bind(queries);
      const careless = jest
        .spyOn(queries, 'fund')
        .mockImplementation((_societyId, fundId) => fundOf(fund?.societyId ?? '', fundId));
      const { theirs } = await compared(row, chair);
      careless.mockRestore();
      expect(theirs.status).toBe(200);
    });
  });

  describe('each route', () => {
    // What the door decides it decides before any database: on the server, every third route, or all with `LONG=1`.
    const isAskedFor = kind.name === 'sqlite' ? () => true : everyNth(3);

    it.each(rows.filter(isAskedFor).map((row) => [row.route, row] as const))(
      '%s is open to whom the table says',
      async (_route, row) => {
        const answers = await Promise.all(
          askersOf(row).map(async (asker) => ({ row, asker, answer: await walker.ask(row, asker) })),
        );
        asked.push(...answers);
        // Whoever asks by one face has signed out the other.
        const isLeft = row.act === 'endOtherSessions';
        if (isLeft) for (const asker of askers) if (asker.roles !== null) await asker.renew();
        const wrong = answers.filter(({ asker, answer }) => !isRight(row, asker, answer));
        expect(wrong.map(({ asker, answer }) => ({ asker: asker.name, ...answer }))).toEqual([]);
      },
    );

    it('would be noticed with each cell of the table turned around', () => {
      const ofSociety = asked.filter(
        ({ row, asker }) => row.scope === 'own-society' && asker.roles !== null && asker.inSociety,
      );
      expect(ofSociety.length).toBeGreaterThan(100);
      for (const { row, asker, answer } of ofSociety) {
        const may = row.roles.some((role) => asker.roles?.includes(role));
        expect(isRight({ ...row, roles: may ? [] : (asker.roles ?? []) }, asker, answer)).toBe(false);
      }
    });

    it('control: with the guard taken away the same walk finds it', async () => {
      const table = house.get(PermissionTable);
      const rowOf = table.row.bind(table);
      const open = jest.spyOn(table, 'row').mockImplementation((route) => {
        const row = rowOf(route);
        return row && { ...row, scope: 'public' };
      });
      const guarded = rows.filter(
        ({ scope, route }) => scope === 'own-society' && route.startsWith('GET /s/f'),
      );
      const answers = await Promise.all(
        guarded.map(async (row) => ({ row, answer: await walker.ask(row, STRANGER) })),
      );
      open.mockRestore();
      expect(guarded.length).toBeGreaterThan(3);
      expect(answers.filter(({ row, answer }) => isRight(row, STRANGER, answer))).toEqual([]);
    });
  });

  it('is this large', () => {
    const names = [...askers, ...federals].length;
    console.info(
      `${kind.name}: ${permissions.length} routes × ${names} askers × nobody’s, another society’s and a colleague’s objects = ${walker.cells} cells (MATRIX_SEED=${SEED})`,
    );
    expect(walker.cells).toBeGreaterThan(kind.name === 'sqlite' ? 30_000 : 8_000);
  });
});
