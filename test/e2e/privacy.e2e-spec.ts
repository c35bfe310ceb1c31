import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import { Logger } from '@nestjs/common';
import { CampaignService, purseCodeOf, ReceiptsService } from '../../src/donations/index.js';
import type { Role } from '../../src/kernel/actor.js';
import { addDays, dayOf } from '../../src/kernel/day.js';
import { fen } from '../../src/kernel/fen.js';
import { LedgerQueries } from '../../src/ledger/index.js';
import { permissions } from '../../src/permissions.js';
import type { FieldGroup, PermissionRow } from '../../src/platform/web/permissions.js';
import { Timers } from '../../src/house/index.js';
import { ApiClient, api, listening, signedIn } from '../support/clients.js';
import { kinds } from '../support/databases.js';
import { give, givenDonor } from '../support/donations.js';
import { givenDonorAccount } from '../support/donor-accounts.js';
import { dumpOf, foundIn } from '../support/dump.js';
import { FormVisitor } from '../support/form-visitor.js';
import type { Answer } from '../support/form-visitor.js';
import { givenHouse, MONDAY } from '../support/house.js';
import type { House } from '../support/house.js';
import { intruderIn } from '../support/intruder.js';
import { formsOf, MARKERS, markersIn, textOfPdf, textOfZip } from '../support/markers.js';
import type { Marker } from '../support/markers.js';
import { givenAdmin } from '../support/officers.js';
import { expectSound } from '../support/sound.js';
import { as, givenCase, givenVillage, handsOf, photo, posts } from '../support/village.js';
import type { Post, Village } from '../support/village.js';

/** The real ids of the case that carries the markers, by the names that the routes give them. */
type Ids = Readonly<Record<string, string>>;

/** Which group of the permission table lets a marker be shown; a name is shown to whoever may look at all. */
const GROUP_OF: Partial<Record<Marker, FieldGroup>> = {
  id: 'identity',
  childId: 'identity',
  card: 'bank',
  mobile: 'contact',
  address: 'contact',
  diagnosis: 'health',
  note: 'health',
  donor: 'donor',
  donorPhone: 'donor',
};

/** What no copy of the database, no backup and no file beside it may give away. */
const SEALED = (Object.keys(MARKERS) as Marker[]).filter((marker) => !['name', 'child'].includes(marker));

/** Where a person's name may stand in the open, since officers look people up by it: nowhere else. */
const NAMED = ['persons.name', 'payee_accounts.holder_name', 'payment_orders.payee_name'];

/** Of a paper its words and what its file says of itself, of a table every part of it, of all else the body. */
function textOf({ type, bytes, body }: Answer): string {
  if (type.startsWith('application/pdf')) return textOfPdf(bytes);
  return type.includes('spreadsheetml') ? textOfZip(bytes) : body;
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
  let ids: Ids;
  let numberedCode: string;
  let hush: () => void;
  const visited: { url: string; answer: Answer }[] = [];

  beforeAll(async () => {
    lines.length = 0;
    hush = listen();
    house = await givenHouse(kind, MONDAY, { log: true });
    village = await givenVillage(house);
    ids = await walkTheRoad();
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
    await house.close();
  });

  /** From the first word of a need to the last paper, over the socket, with every field that must stay inside. */
  async function walkTheRoad(): Promise<Ids> {
    const { societyId, boardCode, visitors } = village;
    const login = (post: Post) => api(house, village.at[post].login);
    const done = async (answer: ReturnType<ApiClient['post']>, field: string): Promise<string> => {
      const { status, body, text } = await answer;
      if (status >= 300) throw new Error(`${status} ${text}`);
      return String(body[field]);
    };
    const [clerk, secretary, cashier, chair] = await Promise.all([
      login('clerk'),
      login('secretary'),
      login('cashier'),
      login('chair'),
    ]);
    const words = `${MARKERS.name}得了${MARKERS.diagnosis}`;
    const contact = `${MARKERS.name} ${MARKERS.mobile}，住${MARKERS.address}`;
    const lead = { source: 'NEIGHBOUR', place: '三组', contact, words };
    const leadId = await done(clerk.post('/leads', lead), 'leadId');
    const person = { name: MARKERS.name, group: '三组', idNumber: MARKERS.id, phone: MARKERS.mobile };
    const applicantId = await done(clerk.post('/people', { ...person, residence: 'HUKOU' }), 'personId');
    const card = { bankName: '农村信用社', cardNumber: MARKERS.card };
    const payeeAccountId = await done(
      clerk.post(`/people/${applicantId}/payee-accounts`, card),
      'payeeAccountId',
    );
    const caseId = await done(
      clerk.post('/cases', {
        ...{ leadId, applicantId, payeeAccountId, cause: 'ILLNESS', amountFen: 100_000, method: 'CARD' },
        story: words,
        consents: ['PROCESS', 'HEALTH_BANK', 'VERIFY', 'PUBLISH'],
        pledged: true,
      }),
      'caseId',
    );
    const visit = { visitors, visitedOn: '2026-03-02', note: `确是${MARKERS.diagnosis}，${MARKERS.note}` };
    await done(clerk.post(`/cases/${caseId}/visits`, visit), 'caseId');
    const roundId = await done(secretary.post(`/cases/${caseId}/rounds`, { recusals: [] }), 'roundId');
    const image = await photo();
    const sheet = {
      presiderId: village.at.chair.personId,
      hands: JSON.stringify(handsOf(village, 'yes')),
      place: '村委会',
    };
    await done(secretary.upload(`/rounds/${roundId}/show-of-hands`, sheet, { sheet: image }), 'outcome');
    const [order] = await rows('SELECT id AS "id" FROM payment_orders WHERE subject_id = ?', caseId);
    const orderId = String(order?.['id']);
    await done(
      cashier.upload(`/payments/${orderId}/transfer`, { bankReference: 'REF-1' }, { photo: image }),
      'voucherId',
    );
    const [notice] = await rows('SELECT id AS "id" FROM notices WHERE subject_id = ?', caseId);
    const noticeId = String(notice?.['id']);
    const code = await done(
      chair.post(`/notices/${noticeId}/signature`, { plannedPostingOn: '2026-03-02' }),
      'code',
    );
    const posting = { place: '村委会公示栏', postedAt: house.clock.now().toISOString() };
    await done(secretary.upload(`/notices/${noticeId}/postings`, posting, { photo: image }), 'state');
    house.clock.advance({ days: 10 });
    await house.get(Timers).runDue();
    const later = await login('secretary');
    const papers = { idCard: image, consent: image, receipt: image };
    const waived = { waiverCauseProof: `医院没给${MARKERS.diagnosis}的证明` };
    await done(later.upload(`/cases/${caseId}/papers`, waived, papers), 'done');
    const supervisor = await login('supervisor');
    await done(supervisor.post(`/cases/${caseId}/papers/CAUSE_PROOF/confirmation`, {}), 'done');
    const [found] = await rows('SELECT number AS "number", state AS "state" FROM cases WHERE id = ?', caseId);
    expect(found?.['state']).toBe('CLOSED');

    const [voucher] = (await house.get(LedgerQueries).vouchers(societyId)).rows;
    const [pool] = await house.get(LedgerQueries).purses(societyId);
    const [file] = await rows('SELECT file_id AS "id" FROM case_files WHERE case_id = ?', caseId);
    const [term] = await rows('SELECT id AS "id" FROM office_terms WHERE society_id = ?', societyId);
    return {
      ...{ caseId, roundId, orderId, noticeId, code, boardCode, societyId, personId: applicantId },
      ...(await giftOf()),
      year: '2026',
      number: `2026-${String(found?.['number']).padStart(4, '0')}`,
      voucherId: voucher?.id ?? '',
      purseCode: purseCodeOf(pool?.id ?? ''),
      fileId: String(file?.['id']),
      termId: String(term?.['id']),
      accountId: village.at.chair.accountId ?? '',
      draftId: await draftOf(),
      campaignCode: await campaignOf(),
      token: 'x'.repeat(43),
      place: '1',
      page: '1.png',
    };
  }

  /** A gift of somebody who did not agree to be named, with its receipt. */
  async function giftOf(): Promise<Ids> {
    const who = { name: MARKERS.donor, phone: MARKERS.donorPhone, publishesName: false };
    const donorId = await givenDonor(village, who);
    const giftId = await give(village, 60_000, { donorId });
    const receipts = house.get(ReceiptsService);
    const { receiptId } = await receipts.issueReceipt(as(village, 'accountant'), { giftId });
    return { donorId, giftId, receiptId };
  }

  /** What a society asks its own members for: a page for everybody. */
  async function campaignOf(): Promise<string> {
    const today = dayOf(house.clock.now());
    const { code } = await house.get(CampaignService).openCampaign(as(village, 'chair'), {
      ...{ kind: 'TARGETED', name: '会员互助募捐', planNumber: null, planFiledOn: null, isDisaster: false },
      ...{ intent: 'UNRESTRICTED', purpose: null, purseId: null, purposeWords: '给有急难的人家。' },
      ...{ targetFen: fen(5_000_000), adminPercent: 0, startsOn: today, endsOn: addDays(today, 60) },
    });
    return code;
  }

  /** A half-written case of the same person, of another kind of need. */
  async function draftOf(): Promise<string> {
    const clerk = await signedIn(house, village.at.clerk.login);
    await clerk.get('/s/cases/new');
    const [found] = await rows(
      'SELECT id AS "id" FROM persons WHERE name = ? AND society_id = ?',
      MARKERS.name,
      village.societyId,
    );
    const need = {
      who: MARKERS.name,
      applicantId: String(found?.['id']),
      cause: 'ACCIDENT',
      amountFen: '500',
    };
    const { status, location } = await clerk.post('/s/cases/new', { ...need, story: MARKERS.diagnosis });
    expect(status).toBe(303);
    return location.split('/').at(-1) ?? '';
  }

  const rows = async (sql: string, ...values: string[]): Promise<Record<string, unknown>[]> =>
    house.dataSource.query(sql, values);
  const addressOf = ({ route }: PermissionRow): string =>
    (route.split(' ')[1] ?? '').replace(/:(\w+)/g, (_all, name: string) => ids[name] ?? randomUUID());
  const isApi = ({ route }: PermissionRow): boolean => route.includes(' /api/');
  const reads = permissions.filter(({ route }) => route.startsWith('GET '));

  /** Body, paper and headers of an answer as one text. */
  const wholeOf = (answer: Answer): string => {
    visited.push({ url: answer.location, answer });
    return `${answer.location}\n${answer.type}\n${textOf(answer)}`;
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
      const text = textOfPdf(paper.bytes).replace(/\s/g, '');
      if (text.includes('壹仟元整')) expect(text).toContain('欧阳*秋');
      expect(text).not.toBe('');
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
        // Two versions are there only of a notice that was corrected.
        const isSeldom = ['readSignedNoticePdf', 'readVersions'].includes(row.act);
        const isThere = !isSeldom && /:code|:boardCode|:campaignCode/.test(row.route);
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
      for (const code of codes)
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
    type Who = Post | 'system-admin' | 'donor';
    const inHouse: readonly Who[] = [...posts, 'system-admin', 'donor'];
    const shown: { readonly row: PermissionRow; readonly marker: Marker; readonly who: Who }[] = [];

    const loginOf = async (who: Who): Promise<string> => {
      if (who === 'system-admin') return givenAdmin(house);
      if (who === 'donor') return (await givenDonorAccount(village, ids['donorId'] ?? '')).login;
      return village.at[who].login;
    };
    const rolesIn = (who: Who): readonly Role[] =>
      who === 'system-admin' || who === 'donor' ? [who] : village.at[who].roles;
    /** Nobody reads the number of a card of identity, and nobody what the groups of the row do not hold; donors read of themselves. */
    const mayRead = (row: PermissionRow, marker: Marker, who: Who): boolean => {
      const mayAsk = row.scope === 'signed-in' || rolesIn(who).some((role) => row.roles.includes(role));
      if (!mayAsk || marker === 'id' || marker === 'childId') return false;
      if (who === 'donor') return marker === 'donor' || marker === 'donorPhone';
      const group = GROUP_OF[marker];
      return group === undefined || row.fields.includes(group);
    };

    it.each(inHouse)(
      '%s reads of it what the table allows, and no number of an identity card',
      async (who) => {
        const login = await loginOf(who);
        const browser = await signedIn(house, login);
        if (who === 'system-admin') {
          await browser.get('/choose');
          await browser.post('/choose', { societyId: village.societyId });
        }
        const program = await api(house, login, who === 'donor' ? undefined : village.societyId);
        const wrong: string[] = [];
        let pages = 0;
        for (const row of reads) {
          const address = addressOf(row);
          const answer = isApi(row)
            ? await program.get(address.replace('/api/v1', '')).then(({ status, text }) => ({ status, text }))
            : await browser.get(address).then((page) => ({ status: page.status, text: wholeOf(page) }));
          if (answer.status === 200) pages += 1;
          if (answer.status >= 500) wrong.push(`${row.route}: ${answer.status}`);
          for (const marker of markersIn(answer.text)) {
            shown.push({ row, marker, who });
            if (!mayRead(row, marker, who)) wrong.push(`${row.route}: ${marker}`);
          }
        }
        expect(wrong).toEqual([]);
        expect(pages).toBeGreaterThan(10);
      },
    );

    it('would be noticed with each group taken from the row that shows it', () => {
      const grouped = shown.filter(({ marker, who }) => GROUP_OF[marker] !== undefined && who !== 'donor');
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
              ? found.filter((each) => each !== 'name' && each !== 'child')
              : found;
            leaks.push(...open.map((marker) => `${place}: ${marker}`));
          }
      expect([...new Set(leaks)]).toEqual([]);
      const [kept] = await rows('SELECT COUNT(*) AS "n" FROM persons WHERE name = ?', MARKERS.name);
      expect(Number(kept?.['n'])).toBe(1);
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
