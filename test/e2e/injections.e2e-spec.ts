import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Handlebars from 'handlebars';
import writeExcelFile from 'write-excel-file/node';
import { GiftImportService, readGiftSheet, ReceiptsService } from '../../src/donations/index.js';
import { GIFT_COLUMNS } from '../../src/donations/domain/gift-import.js';
import { dayOf } from '../../src/kernel/day.js';
import { fen } from '../../src/kernel/fen.js';
import { LedgerService } from '../../src/ledger/index.js';
import { NoticesExport } from '../../src/notices/index.js';
import { permissions } from '../../src/permissions.js';
import { Transactions } from '../../src/platform/database/transactions.js';
import { signedIn } from '../support/clients.js';
import { kinds } from '../support/databases.js';
import { give, givenDonor } from '../support/donations.js';
import { givenDonorAccount } from '../support/donor-accounts.js';
import { FormVisitor } from '../support/form-visitor.js';
import { givenHouse } from '../support/house.js';
import type { House } from '../support/house.js';
import { textOfZip } from '../support/markers.js';
import { canReadPapers, wordsOfPaper } from '../support/paper.js';
import { sheetOfRows } from '../support/sheets.js';
import { expectSound } from '../support/sound.js';
import { as, givenCase, givenVillage, personIn } from '../support/village.js';
import type { Village } from '../support/village.js';
import { plain } from '../support/visitor.js';

/** What table programs run, behind each sign that makes it a formula. */
const FORMULAS = ['=', '+', '-', '@', '＝', '＋', '－', '＠'].flatMap((sign) =>
  ['1+1', 'HYPERLINK("x","y")', `cmd|'/C calc'!A0`].map((rest) => `${sign}${rest}`),
);

/** A sum, and what becomes of it where something runs it: so many digits stand nowhere else by chance. */
const [SUM, DONE] = ['94331*94349', '8900035519'];

/** What template languages run, ours first. */
const TEMPLATES = [
  ...[`{{${SUM}}}`, `{{{${SUM}}}}`, '{{title}}', '{{csrfToken}}', '{{@root}}', '{{this}}', '{{> layout}}'],
  ...['{{#each this}}{{@key}}{{/each}}', '{{lookup this "constructor"}}', '{{__proto__}}', '{{constructor}}'],
  ...[`{{constructor.constructor "return ${SUM}"}}`, '{{#with "s" as |s|}}{{s.sub.constructor}}{{/with}}'],
  ...[`\${${SUM}}`, `#{${SUM}}`, `<%= ${SUM} %>`, `{%${SUM}%}`, `[[${SUM}]]`, `@(${SUM})`],
  ...['__proto__', 'constructor', 'toString', '</p><script>alert(1337)</script>', '&lt;b&gt;', '$&', '$1'],
];
/** Seen on a page where one of them ran. */
const RAN = new RegExp(String.raw`${DONE}|<script>alert`);

/** A reader of RFC 4180. */
function cellsIn(csv: string): string[][] {
  const rows: string[][] = [[]];
  const cells = /"((?:[^"]|"")*)"|([^,\r\n"]*)/y;
  for (let at = 0; at < csv.length;) {
    cells.lastIndex = at;
    const found = cells.exec(csv);
    const [whole = '', quoted, bare = ''] = found ?? [];
    rows.at(-1)?.push(quoted?.replaceAll('""', '"') ?? bare);
    at += whole.length;
    if (csv.startsWith('\r\n', at)) rows.push([]);
    at += csv.startsWith('\r\n', at) ? 2 : 1;
  }
  return rows;
}

/** Cells that a table program would run, or take for the end of a cell. */
const livingIn = (csv: string): string[] =>
  cellsIn(csv.replace('\uFEFF', ''))
    .flat()
    .filter((cell) => /^[\s\p{Cf}\0]*[=+\-@＝＋－＠]|^[\t\r\n\0]/u.test(cell));

/** Formulas, links and what has no type that keeps it text. */
const livingInSheet = (bytes: Buffer): string[] =>
  textOfZip(bytes).match(/<f\b[^>]*>[^<]*|<hyperlink\b|<c [^>]*t="(?:str|e)"/g) ?? [];

describe.each(kinds)('$name', (kind) => {
  let house: House;
  let village: Village;
  const stranger = () => new FormVisitor(house.app);

  beforeAll(async () => {
    house = await givenHouse(kind);
    village = await givenVillage(house, { heldFen: 500_000 });
  });
  afterAll(() => expectSound(house));
  afterAll(() => house.close());

  const rename = (name: string) =>
    house
      .get(Transactions)
      .run((tx) => tx.change`UPDATE organisations SET name = ${name} WHERE id = ${village.societyId}`);

  describe('formulas', () => {
    it('in names, words and notes of gifts are text in every file that goes out, and come back as they were', async () => {
      for (const [i, formula] of FORMULAS.entries()) {
        const named = { name: formula, publishesName: true };
        const donorId = await givenDonor(village, named);
        await give(village, 1_000 + i, { donorId, intentWords: formula, bankReference: `${formula}${i}` });
      }
      await house.get(LedgerService).receive(as(village, 'accountant'), {
        ...{ kind: 'SUBSIDY', amountFen: fen(100), receivedOn: dayOf(house.clock.now()), note: '=1+1' },
      });
      const { status, body } = await stranger().get(`/open/${village.boardCode}.csv?year=all`);
      expect(status).toBe(200);
      expect(livingIn(body)).toEqual([]);
      const cells = cellsIn(body.replace('\uFEFF', '')).flat();
      for (const formula of FORMULAS) expect(cells).toContain(`'${formula} 捐款`);
      expect(livingIn((await stranger().get(`/open/${village.boardCode}/goods.csv?year=all`)).body)).toEqual(
        [],
      );
    });

    it('in a sheet that is taken in are words, and are words when they go out again', async () => {
      const rows = FORMULAS.map((formula) => ({ name: `${formula}表格`, kind: '个人', amount: '500' }));
      const cells = rows.map((row) =>
        Object.keys(GIFT_COLUMNS).map(
          (column) => ({ ...row, receivedOn: '2026-03-01', method: '现金', publishes: '是' })[column] ?? null,
        ),
      );
      const sheet = await readGiftSheet(await sheetOfRows([Object.values(GIFT_COLUMNS), ...cells]));
      const imports = house.get(GiftImportService);
      const { importId, faults } = await imports.previewSheet(as(village, 'accountant'), sheet);
      expect(faults).toEqual([]);
      await imports.confirmSheet(as(village, 'accountant'), { importId: importId ?? '' });
      const secretary = await signedIn(house, village.at.secretary.login);
      expect((await secretary.get('/s/donations')).status).toBe(200);
      expect(livingIn((await stranger().get(`/open/${village.boardCode}.csv?year=all`)).body)).toEqual([]);
    });

    it('in the name of a society are text in the list of notices, and in the sheet of a donor', async () => {
      const name = '=HYPERLINK("x")村“救急难”互助社';
      await rename(name);
      await givenCase(village, { at: 'SIGNED' });
      const directory = mkdtempSync(join(tmpdir(), 'huzhu-index-'));
      try {
        await house.get(NoticesExport).write({
          ...{ year: 2026, societyId: village.societyId, directory, now: house.clock.now() },
        });
        const index = readFileSync(join(directory, 'index-2026.csv'), 'utf8');
        expect(livingIn(index)).toEqual([]);
        expect(cellsIn(index).flat()).toContain(`'${name}`);
      } finally {
        rmSync(directory, { recursive: true });
      }
      const donorId = await givenDonor(village, { name: '=1+1' });
      await give(village, 5_000, { donorId });
      const donor = await signedIn(house, (await givenDonorAccount(village, donorId)).login);
      const sheet = await donor.get('/d/lines.xlsx');
      expect(textOfZip(sheet.bytes)).toContain('HYPERLINK(');
      expect(livingInSheet(sheet.bytes)).toEqual([]);
    });

    it('stand in no table that anybody can fetch', async () => {
      const tables = permissions.filter(({ route }) => /^GET .*(?:\.xlsx|\.csv)$/.test(route));
      expect(tables.length).toBeGreaterThanOrEqual(5);
      for (const { route, roles } of tables.filter(({ route: each }) => each.includes('template'))) {
        const post = roles.includes('accountant') ? 'accountant' : 'secretary';
        const visitor = await signedIn(house, village.at[post].login);
        const { status, bytes } = await visitor.get(route.replace('GET ', ''));
        expect([route, status, livingInSheet(bytes)]).toEqual([route, 200, []]);
      }
    });

    it('control: without the guard, and typed as a formula, they are found', async () => {
      expect(
        livingIn(FORMULAS.map((formula) => `2026,"${formula.replaceAll('"', '""')}"\r\n`).join('')),
      ).toEqual(FORMULAS);
      for (const hidden of [' =1', '\u3000＝1', '\u200b=1', '\t=1'])
        expect(livingIn(`a,"${hidden}"\r\n`)).toEqual([hidden]);
      const sheet = await writeExcelFile([[{ value: '=1+1', type: 'Formula' }]]).toBuffer();
      expect(livingInSheet(sheet)).toHaveLength(1);
    });
  });

  describe('templates', () => {
    const shownOn = (html: string): string => plain(html.replaceAll('&#39;', "'"));
    const squeezed = (text: string): string => text.replace(/\s/g, '');

    it('in the words of a person are words on every page that shows them', async () => {
      const secretary = await signedIn(house, village.at.secretary.login);
      const wrong: string[] = [];
      for (const template of TEMPLATES) {
        await secretary.get('/s/leads/new');
        const lead = { source: 'SELF', place: template.slice(0, 40), contact: template, words: template };
        const kept = await secretary.post('/s/leads', lead);
        if (kept.status !== 303) wrong.push(`${template}: ${kept.status}`);
        const again = await secretary.post('/s/leads', { ...lead, source: template });
        if (again.status !== 422 || !shownOn(again.body).includes(template)) wrong.push(`${template} again`);
      }
      const { body } = await secretary.get('/s/leads');
      for (const template of TEMPLATES) if (!shownOn(body).includes(template)) wrong.push(template);
      expect(wrong).toEqual([]);
      expect(body).not.toMatch(RAN);
      expect(body).not.toMatch(/\[object Object\]|function /);
    });

    it('as the name of a society, a donor and a villager are names, on pages and on paper', async () => {
      const wrong: string[] = [];
      const accountant = await signedIn(house, village.at.accountant.login);
      const receipts = house.get(ReceiptsService);
      for (const [i, template] of TEMPLATES.entries()) {
        await rename(`柳溪${template}村`);
        const donorId = await givenDonor(village, { name: `顾${template}` });
        const giftId = await give(village, 1_000 + i, { donorId });
        const { receiptId } = await receipts.issueReceipt(as(village, 'accountant'), { giftId });
        const paper = await accountant.get(`/s/donations/receipts/${receiptId}/paper`);
        const words = canReadPapers ? wordsOfPaper(paper.bytes) : squeezed(`顾${template}柳溪${template}村`);
        if (paper.status !== 200 || !words.includes(squeezed(`顾${template}`)))
          wrong.push(`paper: ${template}`);
        if (!words.includes(squeezed(`柳溪${template}村`))) wrong.push(`paper of ${template}`);
        const board = await stranger().get(`/b/${village.boardCode}`);
        if (!shownOn(board.body).includes(`柳溪${template}村`)) wrong.push(`board: ${template}`);
        const ran = words.includes(DONE) || RAN.test(board.body) || board.body.includes('[object Object]');
        if (ran) wrong.push(`ran: ${template}`);
      }
      expect(wrong).toEqual([]);
    });

    it('are no words of a notice: each is refused, and not shown back as markup', async () => {
      const chair = await signedIn(house, village.at.chair.login);
      for (const template of TEMPLATES) {
        await chair.get('/s/notices/texts/CLOSING');
        const typed = { text: `欢迎大家监督，${template}。`, validFrom: '2026-03-02' };
        const { status, body } = await chair.post('/s/notices/texts/CLOSING/sample', typed);
        expect([template, status]).toEqual([template, 422]);
        expect(body).not.toMatch(RAN);
      }
    });

    it('change nothing of what objects are, and of what they have', async () => {
      const secretary = await signedIn(house, village.at.secretary.login);
      const personId = await personIn(house, village.societyId, { name: '范原型' });
      for (const name of [
        '__proto__',
        'constructor',
        'prototype',
        '__proto__[polluted]',
        'constructor[prototype][polluted]',
      ]) {
        await secretary.get('/s/leads/new');
        await secretary.post('/s/leads', {
          [name]: 'yes',
          source: 'SELF',
          place: '三组',
          contact: '本人',
          words: '急',
        });
        await secretary.get(`/s/people/${personId}?${name}=yes`);
        await stranger().get(`/open/${village.boardCode}?${name}=yes`);
      }
      expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
      expect((await stranger().get('/readyz')).status).toBe(200);
    });

    it('control: a page that compiles what it is told runs it', () => {
      const compiled = Handlebars.compile('<p>{{title}}</p>'.replace('{{title}}', TEMPLATES[2] ?? ''));
      expect(compiled({ title: 'ran' })).toBe('<p>ran</p>');
    });
  });
});
