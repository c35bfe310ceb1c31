import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import { Logger } from '@nestjs/common';
import { permissions } from '../../src/permissions.js';
import { sha256 } from '../../src/platform/crypto/hash.js';
import type { FieldGroup, PermissionRow } from '../../src/platform/web/permissions.js';
import { ApiClient, api, listening, signedIn } from '../support/clients.js';
import { kinds } from '../support/databases.js';
import { dumpOf, foundIn } from '../support/dump.js';
import { FormVisitor } from '../support/form-visitor.js';
import type { Answer } from '../support/form-visitor.js';
import { givenHouse, MONDAY } from '../support/house.js';
import type { House } from '../support/house.js';
import { intruderIn } from '../support/intruder.js';
import { givenMarkedAsker, givenMarkedGround } from '../support/marked-askers.js';
import type { MarkedAsker, MarkedName } from '../support/marked-askers.js';
import { placesOfMarked } from '../support/marked-places.js';
import type { MarkedGround, MarkedPlaces } from '../support/marked-places.js';
import { walkTheRoad } from '../support/marked-road.js';
import type { Ids } from '../support/marked-road.js';
import { formsOf, MARKERS, markersIn, textOfPdf, textOfZip } from '../support/markers.js';
import type { Marker } from '../support/markers.js';
import { canReadPapers } from '../support/paper.js';
import { sheetOfRows } from '../support/sheets.js';
import { expectSound } from '../support/sound.js';
import { givenCase, photo } from '../support/village.js';
import type { Village } from '../support/village.js';

/** Which group of the permission table lets a marker be shown; a name is shown to whoever may look at all. */
const GROUP_OF: Partial<Record<Marker, FieldGroup>> = {
  id: 'identity',
  childId: 'identity',
  card: 'bank',
  mobile: 'contact',
  address: 'contact',
  building: 'contact',
  diagnosis: 'health',
  note: 'health',
  donor: 'donor',
  donorPhone: 'donor',
  objector: 'contact',
  objectorPhone: 'contact',
};

/** Who asks, and how many routes answer them with what is there: fewer, and something is looked at no more. */
const FLOOR: Readonly<Record<MarkedName, number>> = {
  chair: 135,
  deputy: 120,
  third: 55,
  secretary: 180,
  clerk: 135,
  cashier: 95,
  accountant: 110,
  reviewer: 35,
  supervisor: 130,
  informant: 22,
  auditor: 95,
  'system-admin': 30,
  donor: 20,
  'secretary of the town': 105,
  'chair of the federation': 90,
  'secretary of the federation': 120,
  'clerk of the federation': 85,
  'reviewer of the federation': 40,
  'supervisor of the federation': 80,
  'accountant of the federation': 70,
  'auditor of the federation': 60,
};

/** There only where the house has an identity provider. */
const ELSEWHERE = new Set(['GET /me/identity', 'GET /me/identity/provider']);

/** What no copy of the database, no backup and no file beside it may give away. */
const SEALED = (Object.keys(MARKERS) as Marker[]).filter(
  (marker) => !['name', 'child', 'building'].includes(marker),
);

/** Where a person's name may stand in the open, since officers look people up by it, and their building: nowhere else. */
const NAMED = [
  'persons.name',
  'payee_accounts.holder_name',
  'payment_orders.payee_name',
  'households.building',
];

/** Papers and tables that were read before: the same bytes have the same words, whoever asks. */
const read = new Map<string, string>();

/** Of a paper its words and what its file says of itself, of a table every part of it, of all else the body. */
function textOf({ type, bytes }: Pick<Answer, 'type' | 'bytes'>): string {
  const reader = type.startsWith('application/pdf')
    ? textOfPdf
    : type.includes('spreadsheetml')
      ? textOfZip
      : null;
  if (reader === null) return bytes.toString();
  const key = sha256(bytes);
  const text = read.get(key) ?? reader(bytes);
  read.set(key, text);
  return text;
}

const lines: string[] = [];

/** A line of pino, a line of Nest, the frames of a failure: swallowed once read. What else is on the screen is Jest's. */
const OURS = /^\{"level":|\[Nest\]|\n\s+at /;

/** Everything that is written to the screen, which is where the log of the program goes. */
function listen(): () => void {
  const isOurs = (chunk: unknown): boolean => {
    const text = Buffer.isBuffer(chunk) ? chunk.toString() : String(chunk);
    lines.push(text);
    return OURS.test(text);
  };
  const sizeOf = (chunk: unknown): number => Buffer.byteLength(chunk as string);
  const stream = (out: NodeJS.WriteStream) => {
    const write = out.write.bind(out) as (...given: unknown[]) => boolean;
    return jest
      .spyOn(out, 'write')
      .mockImplementation((...given: unknown[]) => isOurs(given[0]) || write(...given));
  };
  const { write, writeSync } = fs as unknown as Record<string, (...given: unknown[]) => unknown>;
  const isScreen = (fd: unknown): boolean => fd === 1 || fd === 2;
  const spies = [
    stream(process.stdout),
    stream(process.stderr),
    jest
      .spyOn(fs, 'writeSync')
      .mockImplementation((...given: unknown[]) =>
        isScreen(given[0]) && isOurs(given[1]) ? sizeOf(given[1]) : (writeSync?.(...given) as number),
      ),
    jest.spyOn(fs, 'write').mockImplementation((...given: unknown[]) => {
      if (!isScreen(given[0]) || !isOurs(given[1])) write?.(...given);
      else (given.at(-1) as (error: null, written: number) => void)(null, sizeOf(given[1]));
    }),
  ];
  return () => {
    for (const spy of spies) spy.mockRestore();
  };
}

describe.each(kinds)('$name', (kind) => {
  let house: House;
  let village: Village;
  let ground: MarkedGround;
  let ids: Ids;
  let places: MarkedPlaces;
  let numberedCode: string;
  let hush: () => void;
  /** Who was answered by which routes with what is there. */
  const opened = new Map<string, Set<string>>();
  const visited: { url: string; answer: Answer }[] = [];

  beforeAll(async () => {
    lines.length = 0;
    hush = listen();
    house = await givenHouse(kind, MONDAY, { log: true });
    ground = await givenMarkedGround(house);
    village = ground.village;
    const road = await walkTheRoad(village);
    places = await placesOfMarked(ground, road);
    ids = places.ids;
    await givenCase(village, {
      at: 'RUNNING',
      cause: 'SCHOOLING',
      story: `孩子${MARKERS.child}，家长${MARKERS.name}`,
      applicant: {
        name: MARKERS.child,
        idNumber: MARKERS.childId,
        guardianId: ids['personId'] ?? '',
      },
    });
    const refusing = { consents: ['PROCESS', 'HEALTH_BANK', 'VERIFY'] as const, method: 'CASH' as const };
    const numbered = await givenCase(village, { at: 'RUNNING', cause: 'FIRE', ...refusing });
    numberedCode = numbered.code;
  });
  afterAll(async () => {
    hush();
    const counted = [...opened].map(([name, { size }]) => `${name} ${size}`).join(', ');
    console.info(`${kind.name}: of ${reads.length} routes that read, answered with 200: ${counted}`);
    await house.close();
  });

  const rows = async (sql: string, ...values: string[]): Promise<Record<string, unknown>[]> =>
    house.dataSource.query(sql, values);
  /** Throws for a name that stands for nothing: a new route brings what it shows, in test/support/marked-places.ts. */
  const addressOf = ({ route }: Pick<PermissionRow, 'route'>): string => {
    const [, path = ''] = route.split(' ');
    const here = { ...ids, ...places.at[path.replace(/^\/(?:api\/v1|s)\//, '/')] };
    const address = path.replace(/:(\w+)/g, (_all, name: string) => {
      const id = here[name];
      if (!id) throw new Error(`Nothing of the marked people for :${name} in ${path}`);
      return id;
    });
    return here['query'] === undefined ? address : `${address}?${here['query']}`;
  };
  const isApi = ({ route }: PermissionRow): boolean => route.includes(' /api/');
  const reads = permissions.filter(({ route }) => route.startsWith('GET '));

  /** Body, paper and headers of an answer as one text. */
  const wholeOf = (answer: Answer): string => {
    visited.push({ url: answer.location, answer });
    return `${answer.head}\n${textOf(answer)}`;
  };
  const ask = async (who: FormVisitor, url: string): Promise<{ answer: Answer; found: Marker[] }> => {
    const answer = await who.get(url);
    return { answer, found: markersIn(wholeOf(answer)) };
  };

  describe('the search', () => {
    it.each(Object.entries(MARKERS))('finds a %s, however it stands there', (marker, value) => {
      const cut = Array.from(value).join(' ');
      const tagged = Array.from(value).join('</b><b>');
      const numbered = Array.from(value, (each) => `&#${String(each.codePointAt(0))};`).join('');
      const texts = [value, `x${value}y`, encodeURIComponent(`/s?q=${value}`), cut, tagged, numbered];
      for (const text of [...texts, JSON.stringify({ a: [value] })])
        expect(markersIn(text)).toEqual([marker]);
      expect(markersIn('欧阳*秋，尾号8885')).toEqual([]);
    });

    it('finds them where they may be: the name and the card with whom they belong to, the words of the paper', async () => {
      const clerk = await signedIn(house, village.at.clerk.login);
      expect((await ask(clerk, `/s/people/${ids['personId'] ?? ''}`)).found).toContain('name');
      const { orderId } = await givenCase(village, { at: 'APPROVED', cardNumber: MARKERS.card });
      const cashier = await signedIn(house, village.at.cashier.login);
      expect((await ask(cashier, `/s/payments/${orderId}?card=full`)).found).toContain('card');
      const paper = await new FormVisitor(house.app).get(`/n/${ids['code'] ?? ''}/notice.pdf`);
      expect(paper.type).toBe('application/pdf');
      const text = textOf(paper).replace(/\s/g, '');
      if (canReadPapers) expect(text).toContain('欧阳*秋');
      expect(text).not.toBe('');
    });

    it('finds them in papers and tables as a program is given them, and in the name of a file', async () => {
      const accountant = await api(house, village.at.accountant.login);
      const receipt = await accountant.get(`/receipts/${ids['receiptId'] ?? ''}/paper`);
      expect([receipt.status, receipt.type]).toEqual([200, 'application/pdf']);
      if (canReadPapers) expect(markersIn(textOf(receipt))).toEqual(['donor']);
      const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
      const bytes = await sheetOfRows([
        ['户名', '卡号'],
        [MARKERS.name, MARKERS.card],
      ]);
      expect(markersIn(textOf({ type, bytes }))).toEqual(['name', 'card']);
      const head = `content-disposition: attachment; filename*=UTF-8''${encodeURIComponent(MARKERS.name)}.pdf`;
      expect(markersIn(head)).toEqual(['name']);
    });
  });

  describe('a stranger', () => {
    it.each(reads.map((row) => [row.route, row] as const))(
      'reads nothing of it at %s',
      async (_route, row) => {
        const { answer, found } = await ask(new FormVisitor(house.app), addressOf(row));
        expect(found).toEqual([]);
        expect(answer.status).toBeLessThan(500);
        // A file that is signed by machine is there only where the house has a certificate.
        const isThere = row.act !== 'readSignedNoticePdf' && row.route.includes(':');
        if (row.scope === 'public' && isThere) expect(answer.status).toBe(200);
        if (row.scope !== 'public') expect([303, 401]).toContain(answer.status);
      },
    );

    it('reads nothing of it on the board and in the notices, but the masked name or the number', async () => {
      const stranger = new FormVisitor(house.app);
      const board = await ask(stranger, `/b/${village.boardCode}`);
      expect([board.answer.status, board.found]).toEqual([200, []]);
      const codes = [...board.answer.body.matchAll(/href="\/n\/(\w+)"/g)].map(([, code = '']) => code);
      expect(codes.length).toBeGreaterThanOrEqual(3);
      const isDown = new Set(
        [places.at['/takedowns/:code'], places.at['/n/:code/versions']].map((each) => each?.['code']),
      );
      for (const code of codes.filter((each) => !isDown.has(each)))
        for (const address of [`/n/${code}`, `/n/${code}/notice.pdf`, `/n/${code}/photos/1`]) {
          const { answer, found } = await ask(stranger, address);
          expect([address, answer.status, found]).toEqual([address, 200, []]);
        }
      expect((await stranger.get(`/n/${ids['code'] ?? ''}`)).body).toContain('欧阳*秋');
      const unnamed = (await stranger.get(`/n/${numberedCode}`)).body;
      expect(unnamed).not.toMatch(/范\*河|范长河/);
      expect(unnamed).toMatch(/2026-\d{4}/);
    });

    it('reads nothing of it where a paper is checked, right or wrong', async () => {
      const stranger = new FormVisitor(house.app);
      const [issue] = await rows(
        'SELECT number AS "number" FROM notice_issues WHERE code = ?',
        ids['code'] ?? '',
      );
      for (const [number, status] of [
        [String(issue?.['number']), 303],
        ['柳溪救公〔2026〕999号', 422],
        ['', 422],
      ] as const) {
        await stranger.get('/verify');
        const answer = await stranger.post('/verify', { number, code: ids['code'] ?? '' });
        expect([answer.status, markersIn(wholeOf(answer))]).toEqual([status, []]);
      }
    });

    it.each([
      '/',
      '/help',
      '/sign-in',
      '/verify',
      '/healthz',
      '/readyz',
      '/api/docs',
      '/api/v1/openapi.json',
    ])('reads nothing of it at %s', async (url) => {
      expect((await ask(new FormVisitor(house.app), url)).found).toEqual([]);
    });

    it('is shown no more by what goes wrong', async () => {
      const stranger = new FormVisitor(house.app);
      const answers = [
        await stranger.get('/nowhere'),
        await stranger.get('/n/ZZZZ9999'),
        await stranger.get('/b/ZZZZ9999'),
        await stranger.get('/n/%'),
        await stranger.get(`/link/${'y'.repeat(43)}`),
        await stranger.post('/s/leads', {}),
        await stranger.post('/sign-in', { login: 'nobody', password: 'nothing' }),
      ];
      for (const answer of answers) {
        expect(answer.status === 303 || (answer.status >= 400 && answer.status < 500)).toBe(true);
        expect(markersIn(wholeOf(answer))).toEqual([]);
      }
    });
  });

  describe('whoever is signed in', () => {
    const shown: { readonly row: PermissionRow; readonly marker: Marker; readonly who: MarkedAsker }[] = [];

    /** Nobody reads a number of an identity card but on the copy for its owner, and nobody what the groups of the row do not hold; donors read of themselves. */
    const mayRead = (row: PermissionRow, marker: Marker, { name }: Pick<MarkedAsker, 'name'>): boolean => {
      if (row.scope === 'public') return false;
      if (marker === 'id' || marker === 'childId')
        return row.act === 'copyPerson' && row.fields.includes('identity');
      if (name === 'donor') return marker === 'donor' || marker === 'donorPhone';
      const group = GROUP_OF[marker];
      return group === undefined || row.fields.includes(group);
    };
    const mayAsk = (row: PermissionRow, { roles }: MarkedAsker): boolean =>
      row.scope === 'signed-in' || row.roles.some((role) => roles.includes(role));

    it.each(Object.entries(FLOOR))(
      '%s reads of it what the table allows, and no number of an identity card; at least %i answers show something',
      async (name, floor) => {
        const who = await givenMarkedAsker(ground, ids, name as MarkedName);
        const browser = await signedIn(house, who.login);
        if (name === 'system-admin') {
          await browser.get('/choose');
          await browser.post('/choose', { societyId: village.societyId });
        }
        const program = await api(house, who.login, who.chooses);
        const wrong: string[] = [];
        const reached = new Set<string>();
        for (const row of reads.filter((each) => mayAsk(each, who))) {
          const address = addressOf(row);
          const answer = isApi(row)
            ? await program
                .get(address.replace('/api/v1', ''))
                .then((json) => ({ ...json, whole: `${json.head}\n${textOf(json)}` }))
            : await browser.get(address).then((page) => ({ ...page, whole: wholeOf(page) }));
          if (answer.status === 200) reached.add(row.route);
          if (answer.status >= 500) wrong.push(`${row.route}: ${answer.status}`);
          for (const marker of markersIn(answer.whole)) {
            shown.push({ row, marker, who });
            if (!mayRead(row, marker, who)) wrong.push(`${row.route}: ${marker}`);
          }
        }
        opened.set(name, reached);
        expect(wrong).toEqual([]);
        expect(reached.size).toBeGreaterThanOrEqual(floor);
      },
    );

    it('has seen every page and every paper that names something: somebody was answered each of them with 200', () => {
      const reached = new Set([...opened.values()].flatMap((each) => [...each]));
      const missed = reads.filter(
        ({ route, scope }) => scope !== 'public' && !ELSEWHERE.has(route) && !reached.has(route),
      );
      expect(missed.map(({ route }) => route)).toEqual([]);
    });

    it('control: does not take what nobody has for seen, nor a name that stands for nothing', async () => {
      const secretary = await signedIn(house, village.at.secretary.login);
      expect((await secretary.get(`/s/relief/${randomUUID()}`)).status).toBe(404);
      expect(() => addressOf({ route: 'GET /s/things/:thingId' })).toThrow('thingId');
    });

    it('would be noticed with each group taken from the row that shows it', () => {
      const grouped = shown.filter(
        ({ marker, who }) => GROUP_OF[marker] !== undefined && who.name !== 'donor',
      );
      expect(new Set(grouped.map(({ marker }) => marker)).size).toBeGreaterThanOrEqual(3);
      for (const { row, marker, who } of grouped)
        expect(
          mayRead({ ...row, fields: row.fields.filter((each) => each !== GROUP_OF[marker]) }, marker, who),
        ).toBe(false);
    });

    it('is refused without being told of whom', async () => {
      const [clerk, cashier] = [
        await api(house, village.at.clerk.login),
        await api(house, village.at.cashier.login),
      ];
      const person = { name: MARKERS.name, group: '三组', residence: 'HUKOU', idNumber: MARKERS.id };
      const applicantId = ids['personId'] ?? '';
      const intake = {
        ...{ applicantId, cause: 'ILLNESS', amountFen: 100_000, method: 'CASH', pledged: true },
        story: MARKERS.diagnosis,
        consents: ['PROCESS', 'HEALTH_BANK', 'VERIFY'],
        visitors: [applicantId, village.visitors[0]],
      };
      const card = { bankName: '农村信用社', cardNumber: MARKERS.card };
      const refusals = await Promise.all([
        clerk.post('/people', person),
        clerk.post('/people', { ...person, idNumber: `${MARKERS.id}1`, phone: `${MARKERS.mobile}9` }),
        clerk.post(`/people/${applicantId}/payee-accounts`, card),
        clerk.post(`/people/${applicantId}/payee-accounts`, {
          ...card,
          cardNumber: `${MARKERS.card}${MARKERS.name}`,
        }),
        clerk.post('/cases', intake),
        clerk.post('/cases', { ...intake, visitors: village.visitors }),
        clerk.post('/cases', { ...intake, amountFen: 99_999_999, visitors: [] }),
        clerk.post('/leads', { source: MARKERS.name, place: MARKERS.diagnosis, contact: '' }),
        clerk.get(`/people/suggest?q=${encodeURIComponent(MARKERS.name)}`),
        clerk.post('/cases', `{"story": "${MARKERS.diagnosis}`),
        cashier.upload(`/payments/${ids['orderId'] ?? ''}/transfer`, {}, { photo: await photo() }),
      ]);
      for (const { status, text } of refusals) {
        expect(status).toBeGreaterThanOrEqual(400);
        expect(status).toBeLessThan(500);
        expect(markersIn(text)).toEqual([]);
      }
      expect(new Set(refusals.map(({ status }) => status))).toEqual(new Set([409, 422]));
    });
  });

  describe('the rows', () => {
    it('of the trail and of the commands hold none of it', async () => {
      for (const table of ['audit_acts', 'commands']) {
        const all = await rows(`SELECT * FROM ${table}`);
        expect(all.length).toBeGreaterThan(20);
        expect(markersIn(JSON.stringify(all))).toEqual([]);
      }
    });

    it('hold it nowhere in the open, but the name where officers look people up', async () => {
      const leaks: string[] = [];
      for (const { tableName, columns } of house.dataSource.entityMetadatas)
        for (const row of await rows(`SELECT * FROM ${tableName}`))
          for (const { databaseName } of columns) {
            const place = `${tableName}.${databaseName}`;
            const found = markersIn(JSON.stringify(row[databaseName] ?? ''));
            const open = NAMED.includes(place)
              ? found.filter((each) => !['name', 'child', 'building'].includes(each))
              : found;
            leaks.push(...open.map((marker) => `${place}: ${marker}`));
          }
      expect([...new Set(leaks)]).toEqual([]);
      const [kept] = await rows('SELECT COUNT(*) AS "n" FROM persons WHERE name = ?', MARKERS.name);
      expect(Number(kept?.['n'])).toBeGreaterThan(0);
    });
  });

  describe('whoever carries the database away', () => {
    it('finds none of it in tables, logs of changes and files, in whatever dress', async () => {
      const dump = await dumpOf(house);
      expect(dump.size).toBeGreaterThan(kind.name === 'sqlite' ? 3 : 100);
      expect(foundIn(dump, SEALED)).toEqual([]);
    });

    it('would find it: the name of whoever is looked up by it lies there', async () => {
      expect(foundIn(await dumpOf(house), ['name'])).not.toEqual([]);
    });
  });

  describe('addresses', () => {
    it('carry none of it: neither where a page sends one, nor where it links to', () => {
      expect(visited.length).toBeGreaterThan(300);
      const links = visited.flatMap(({ url, answer }) => [
        url,
        ...[...answer.body.matchAll(/(?:href|action|src)="([^"]*)"/g)].map(([, link = '']) => link),
      ]);
      expect(links.length).toBeGreaterThan(3000);
      expect(links.filter((link) => markersIn(link).length > 0)).toEqual([]);
    });
  });

  describe('the log', () => {
    it('was kept all the time, and holds none of it, whatever stood in addresses and bodies', async () => {
      const stranger = new FormVisitor(house.app);
      for (const marker of Object.values(MARKERS)) {
        await stranger.get(`/${encodeURIComponent(marker)}`);
        await stranger.get(`/n/${encodeURIComponent(marker)}`);
        await stranger.get(`/link/${encodeURIComponent(marker)}%zz`);
        await stranger.get(`/s/people?after=${encodeURIComponent(marker)}`);
        await stranger.get(`/s/cases/${encodeURIComponent(marker)}`);
        const api = new ApiClient(await listening(house), marker.replace(/[^\w]/g, 'x'));
        await api.get(`/cases/${encodeURIComponent(marker)}`);
      }
      const log = lines.join('\n');
      expect(log).toContain('"route":"/api/v1/cases/:caseId/rounds"');
      expect(lines.length).toBeGreaterThan(500);
      expect(markersIn(log)).toEqual([]);
    });

    it('would show it: a line that was planted is found', () => {
      const before = lines.length;
      new Logger('Test').error(`planted ${MARKERS.name}`);
      expect(markersIn(lines.splice(before).join('\n'))).toEqual(['name']);
    });

    // Last: the house is broken afterwards.
    it('and the page say nothing of it when the program itself fails', async () => {
      await expectSound(house);
      const intruder = await intruderIn(house.dataSource);
      const clerk = await signedIn(house, village.at.clerk.login);
      const program = await api(house, village.at.clerk.login);
      await clerk.get('/s/leads/new');
      await intruder.break('leads');
      const before = lines.length;
      const lead = { source: 'SELF', place: MARKERS.diagnosis, contact: MARKERS.mobile, words: MARKERS.name };
      const page = await clerk.post('/s/leads', lead);
      const answer = await program.post('/leads', lead);
      await intruder.close();
      expect([page.status, answer.status, answer.code]).toEqual([500, 500, 'INTERNAL']);
      expect(markersIn(page.body + answer.text)).toEqual([]);
      const said = lines.slice(before).join('\n');
      expect(said).toContain('INTERNAL');
      expect(markersIn(said)).toEqual([]);
    });

    it('control: a plain column that somebody adds is found, in every dress', async () => {
      const intruder = await intruderIn(house.dataSource);
      const [width, bytes] = kind.name === 'sqlite' ? ['TEXT', 'BLOB'] : ['VARCHAR(40)', 'BLOB'];
      await intruder.change(`CREATE TABLE "planted" ("form" ${width}, "value" ${bytes})`);
      const planted = SEALED.flatMap((marker) =>
        [...formsOf(MARKERS[marker])].map(([form, value]) => ({ name: `${marker}, ${form}`, value })),
      );
      for (const { name, value } of planted)
        await intruder.run(`INSERT INTO "planted" VALUES ('${name}', X'${value.toString('hex')}')`);
      const found = new Set(foundIn(await dumpOf(house), SEALED).map((each) => each.replace(/^.*: /, '')));
      await intruder.close();
      expect([...found].sort()).toEqual(planted.map(({ name }) => name).sort());
    });
  });
});
