import { randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCommandLine } from '../../src/house/command-line.js';
import { Timers } from '../../src/house/timers.js';
import {
  DigitalSigningService,
  FileProofs,
  IncidentsService,
  NoticeFilesVerifier,
  NoticesExport,
  NoticesQueries,
  verdictLines,
} from '../../src/notices/index.js';
import type { Issue } from '../../src/notices/index.js';
import { lineOf } from '../../src/notices/domain/print-code.js';
import { fileVerdictView } from '../../src/notices/proof/proof.views.js';
import { verdictJson } from '../../src/notices/proof/verdict-words.js';
import { PrintCodesService } from '../../src/notices/proof/print-codes.service.js';
import { ProofQueries } from '../../src/notices/proof/proof.queries.js';
import { Config } from '../../src/platform/config.js';
import { sha256 } from '../../src/platform/crypto/hash.js';
import { Files } from '../../src/platform/files/files.js';
import { kinds } from '../support/databases.js';
import { callerOf, givenHouse } from '../support/house.js';
import type { House } from '../support/house.js';
import { givenP12, hasOpenSsl } from '../support/p12.js';
import { expectSound } from '../support/sound.js';
import { givenCase, givenVillage } from '../support/village.js';
import type { GivenCase, Village } from '../support/village.js';

const THURSDAY = '2026-03-05T01:00:00.000Z';

describe.each(kinds)('$name', (kind) => {
  let house: House;
  let village: Village;
  let directory: string;

  beforeAll(() => (directory = mkdtempSync(join(tmpdir(), 'huzhu-proof-'))));
  afterAll(() => {
    rmSync(directory, { recursive: true, force: true });
  });

  const open = async (settings: Readonly<Record<string, string>> = {}): Promise<void> => {
    house = await givenHouse(kind, THURSDAY, { settings });
    village = await givenVillage(house);
  };
  const close = async (): Promise<void> => {
    await expectSound(house);
    await house.close();
  };
  const issueOf = async ({ code }: GivenCase): Promise<Issue> => {
    const notice = await house.get(NoticesQueries).findByCode(code);
    if (!notice?.issue) throw new Error('The notice was not signed');
    return notice.issue;
  };
  const bytesOf = async (fileId: string): Promise<Buffer> => {
    const file = await house.get(Files).read(fileId);
    if (!file) throw new Error('The file is gone');
    return file.bytes;
  };
  const paperOf = async (grant: GivenCase): Promise<Buffer> => bytesOf((await issueOf(grant)).pdfFileId);
  const signedFileOf = async ({ noticeId }: GivenCase): Promise<Buffer> => {
    const found = await house.get(ProofQueries).signedFile(noticeId);
    if (!found) throw new Error('It has no signed file');
    return bytesOf(found.fileId);
  };
  const look = (bytes: Buffer) => house.get(FileProofs).of(bytes);
  const secretary = (key = randomUUID()) =>
    callerOf({ ...village.at.secretary, societyId: village.societyId }, key);

  describe('a file', () => {
    beforeAll(() => open());
    afterAll(close);

    it('is genuine byte for byte, is altered by one byte, and is unknown when nothing of ours is in it', async () => {
      const grant = await givenCase(village, { at: 'RUNNING' });
      const { number } = await issueOf(grant);
      const pdf = await paperOf(grant);
      expect(await look(pdf)).toMatchObject({
        verdict: 'GENUINE',
        file: 'PAPER',
        proof: { issue: { number } },
      });

      const changed = Buffer.from(pdf);
      changed.writeUInt8(changed.readUInt8(changed.length - 40) ^ 1, changed.length - 40);
      expect(await look(changed)).toMatchObject({
        verdict: 'ALTERED',
        how: 'CHANGED',
        proof: { issue: { number } },
      });

      const longer = Buffer.concat([pdf, Buffer.from('\n9 0 obj\n<< >>\nendobj\n%%EOF\n')]);
      expect(await look(longer)).toMatchObject({
        verdict: 'ALTERED',
        how: 'ADDED',
        proof: { issue: { number } },
      });

      for (const [foreign, isPdf] of [
        [Buffer.from('%PDF-1.7\n1 0 obj\n<< >>\nendobj\n%%EOF'), true],
        [Buffer.from('GIF89a'), false],
        [Buffer.alloc(0), false],
        [pdf.subarray(0, 2000), true],
      ] as const)
        expect(await look(foreign)).toMatchObject({ verdict: 'UNKNOWN', isPdf });
    });

    it('tells nobody the hashes of a notice that was taken down, whatever file is shown', async () => {
      const grant = await givenCase(village, { at: 'RUNNING' });
      const pdf = await paperOf(grant);
      const { contentHash, pdfSha256 } = await issueOf(grant);
      const longer = Buffer.concat([pdf, Buffer.from('\n9 0 obj\n<< >>\nendobj\n%%EOF\n')]);
      const saidOf = async () => {
        const found = await look(longer);
        const now = house.clock.now();
        const said = [fileVerdictView(found, now), verdictJson(found, now), verdictLines(found, now)];
        return said.map((each) => JSON.stringify(each).replaceAll(' ', ''));
      };
      for (const words of await saidOf())
        for (const hash of [contentHash, pdfSha256]) expect(words).toContain(hash);
      await house.get(IncidentsService).suspend(secretary(), {
        ...{ noticeId: grant.noticeId, kind: 'ADDRESS', way: 'OWN_CHECK', noticedAt: house.clock.now() },
      });
      for (const words of await saidOf())
        for (const hash of [contentHash, pdfSha256]) expect(words).not.toContain(hash);
    });

    it('makes no second file without a certificate', async () => {
      const grant = await givenCase(village, { at: 'SIGNED' });
      await house.get(Timers).runDue();
      expect(await house.get(ProofQueries).signedFile(grant.noticeId)).toBeNull();
    });

    it('is asked about on the command line: 0 genuine, 1 not', async () => {
      const grant = await givenCase(village, { at: 'RUNNING' });
      const { databaseUrl, dataDir } = house.get(Config);
      const environment = { DATABASE_URL: databaseUrl, HUZHU_DATA_DIR: dataDir, HUZHU_NOW: THURSDAY };
      const file = join(directory, 'notice.pdf');
      const said: string[] = [];
      const spy = jest
        .spyOn(console, 'log')
        .mockImplementation((line: unknown) => void said.push(String(line)));
      writeFileSync(file, await paperOf(grant));
      expect(await runCommandLine(['notice:verify', file], environment)).toBe(0);
      writeFileSync(file, Buffer.concat([await paperOf(grant), Buffer.from('x')]));
      expect(await runCommandLine(['notice:verify', file, '--json'], environment)).toBe(1);
      spy.mockRestore();
      expect(said[0]).toContain('✔ 真的');
      expect(JSON.parse(said.at(-1) ?? '')).toMatchObject({
        verdict: 'ALTERED',
        notice: { code: grant.code },
      });
    });

    it('says where the notice is now, and names nobody', async () => {
      const grant = await givenCase(village, { at: 'RUNNING' });
      house.clock.advance({ days: 2 });
      const lines = verdictLines(await look(await paperOf(grant)), house.clock.now()).join('\n');
      for (const words of [
        '✔ 真的',
        `${(await issueOf(grant)).number} 第 1 版`,
        '2026年3月5日签发',
        '公示中 还剩 5 天',
      ])
        expect(lines).toContain(words);
      expect(lines).not.toMatch(/范长河|范\*河/);
    });
  });

  (hasOpenSsl ? describe : describe.skip)('with a certificate', () => {
    beforeAll(async () => {
      const { path, password } = givenP12(directory, { organisation: '演示县慈善总会' });
      await open({ NOTICE_P12_FILE: path, NOTICE_P12_PASSWORD: password });
    });
    afterAll(close);

    it('each notice gets a second file, once, with the paper of the record in front', async () => {
      const grant = await givenCase(village, { at: 'SIGNED' });
      await house.get(Timers).runDue();
      const [paper, signed] = [await paperOf(grant), await signedFileOf(grant)];
      expect(signed.subarray(0, paper.length).equals(paper)).toBe(true);
      expect(await look(signed)).toMatchObject({ verdict: 'GENUINE', file: 'SIGNED' });
      expect(await look(paper)).toMatchObject({ verdict: 'GENUINE', file: 'PAPER' });
      expect(sha256(paper)).toBe((await issueOf(grant)).pdfSha256);
      expect(await house.get(NoticeFilesVerifier).check()).toEqual([]);
      expect(await house.get(DigitalSigningService).signDue(house.clock.now())).toEqual({ signed: 0 });
    });

    it('signs each notice once when ten programs wake together', async () => {
      await givenCase(village, { at: 'SIGNED' });
      await givenCase(village, { at: 'SIGNED' });
      const signing = house.get(DigitalSigningService);
      const rounds = await Promise.all(Array.from({ length: 10 }, () => signing.signDue(house.clock.now())));
      expect(rounds.reduce((sum, { signed }) => sum + signed, 0)).toBe(2);
    });

    it('is called altered where something was put behind the signature', async () => {
      const grant = await givenCase(village, { at: 'SIGNED' });
      await house.get(Timers).runDue();
      const longer = Buffer.concat([
        await signedFileOf(grant),
        Buffer.from('9 0 obj\n<< >>\nendobj\n%%EOF\n'),
      ]);
      expect(await look(longer)).toMatchObject({ verdict: 'ALTERED', how: 'ADDED' });
    });

    it('signs nothing after the certificate has expired, and the house goes on', async () => {
      await givenCase(village, { at: 'SIGNED' });
      const signing = house.get(DigitalSigningService);
      expect(await signing.signDue(new Date('2121-01-01T00:00:00Z'))).toEqual({ signed: 0 });
    });
  });

  describe('a print code', () => {
    beforeAll(() => open());
    afterAll(close);

    const guesses = (from: string, count: number) =>
      Array.from({ length: count }, (_guess, i) =>
        house
          .get(PrintCodesService)
          .open(String(i).padStart(6, '0'), from)
          .catch((error: unknown) => (error as { code: string }).code),
      );

    it('opens its notice for ten minutes and no longer; the same request has the same code', async () => {
      const HOME = '203.0.113.7';
      const grant = await givenCase(village, { at: 'SIGNED' });
      const caller = secretary();
      const codes = house.get(PrintCodesService);
      const made = await codes.make(caller, grant.noticeId);
      expect(made.code).toMatch(/^\d{6}$/);
      expect(await codes.make(caller, grant.noticeId)).toEqual(made);
      expect(await codes.open(made.code, HOME)).toBe(grant.code);
      expect(await codes.shown(grant.noticeId, made.printCodeId)).toMatchObject({ code: made.code });
      house.clock.advance({ minutes: 10 });
      await expect(codes.open(made.code, HOME)).rejects.toMatchObject({ code: 'PRINT_CODE_UNKNOWN' });
      expect(await codes.shown(grant.noticeId, made.printCodeId)).toBeNull();
    });

    it('stands in no row, neither itself nor the address that tried it', async () => {
      const grant = await givenCase(village, { at: 'SIGNED' });
      const address = '203.0.113.8';
      const { code } = await house.get(PrintCodesService).make(secretary(), grant.noticeId);
      await Promise.allSettled(guesses(address, 1));
      for (const table of ['print_codes', 'print_code_tries', 'commands', 'audit_acts']) {
        const rows: unknown[] = await house.dataSource.query(`SELECT * FROM ${table}`);
        const text = JSON.stringify(
          rows.map((row) => Object.values(row as object).filter((v) => typeof v === 'string')),
        );
        expect(text).not.toContain(`"${code}"`);
        expect(text).not.toContain(lineOf(address));
      }
    });

    it('is refused for a draft, and for another society is not there', async () => {
      const paid = await givenCase(village, { at: 'PAID' });
      const codes = house.get(PrintCodesService);
      await expect(codes.make(secretary(), paid.noticeId)).rejects.toMatchObject({
        code: 'NOTICE_NOT_SIGNED',
      });
      const other = await givenVillage(house);
      const signed = await givenCase(other, { at: 'SIGNED' });
      await expect(codes.make(secretary(), signed.noticeId)).rejects.toMatchObject({
        code: 'NOTICE_NOT_FOUND',
      });
      const ids = [paid.noticeId, signed.noticeId];
      const sql = 'SELECT id FROM print_codes WHERE notice_id IN (?, ?)';
      expect(await house.dataSource.query<unknown[]>(sql, ids)).toEqual([]);
    });

    it('lets one line guess four times, then wait; of ten at once only four are looked at', async () => {
      const answers = await Promise.all(guesses('203.0.113.9', 10));
      expect(answers.filter((each) => each === 'PRINT_CODE_UNKNOWN')).toHaveLength(4);
      expect(answers.filter((each) => each === 'TOO_MANY_PRINT_CODES')).toHaveLength(6);
      const [elsewhere] = await Promise.all(guesses('198.51.100.4', 1));
      expect(elsewhere).toBe('PRINT_CODE_UNKNOWN');
    });

    it('forgets the slips of a line that then typed a right one', async () => {
      const grant = await givenCase(village, { at: 'SIGNED' });
      const codes = house.get(PrintCodesService);
      const address = '203.0.113.10';
      await Promise.all(guesses(address, 3));
      const { code } = await codes.make(secretary(), grant.noticeId);
      expect(await codes.open(code, address)).toBe(grant.code);
      expect(new Set(await Promise.all(guesses(address, 4)))).toEqual(new Set(['PRINT_CODE_UNKNOWN']));
    });
  });

  describe('the export of a year', () => {
    let out: string;
    beforeAll(() => open());
    beforeEach(async () => {
      village = await givenVillage(house);
      out = mkdtempSync(join(tmpdir(), 'huzhu-export-'));
    });
    afterEach(() => {
      rmSync(out, { recursive: true, force: true });
    });
    afterAll(close);

    const write = (year = 2026, societyId: string | null = village.societyId) =>
      house.get(NoticesExport).write({ year, societyId, directory: out, now: house.clock.now() });
    const filesIn = () =>
      readdirSync(out, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.pdf'));

    it('writes every signed notice and a list, and goes on where it was broken off', async () => {
      const grants = [
        await givenCase(village, { at: 'SIGNED' }),
        await givenCase(village, { at: 'RUNNING' }),
      ];
      await givenCase(village, { at: 'PAID' }); // a draft
      expect(await write()).toEqual({ kept: 2, reprinted: 0, already: 0, failed: [] });
      const names = filesIn();
      expect(names).toHaveLength(2);
      for (const grant of grants) {
        const name = names.find((each) => each.includes(grant.code)) ?? '';
        expect(sha256(readFileSync(join(out, name)))).toBe((await issueOf(grant)).pdfSha256);
      }
      const index = readFileSync(join(out, 'index-2026.csv'), 'utf8').trim().split('\r\n');
      expect(index).toHaveLength(3);
      expect(index[1]).toContain('柳溪救公〔2026〕1号');
      expect(index.join()).not.toContain('范长河');

      const [first = ''] = names;
      writeFileSync(join(out, first), 'half a fi');
      expect(await write()).toEqual({ kept: 1, reprinted: 0, already: 1, failed: [] });
      expect(await write(2025)).toEqual({ kept: 0, reprinted: 0, already: 0, failed: [] });
    });

    it('prints anew on threads what the store has lost, with the hash of the record', async () => {
      const grant = await givenCase(village, { at: 'SIGNED' });
      const { pdfSha256 } = await issueOf(grant);
      rmSync(join(house.get(Config).dataDir, 'files', pdfSha256.slice(0, 2), pdfSha256));
      expect(await write()).toEqual({ kept: 0, reprinted: 1, already: 0, failed: [] });
      const [name = ''] = filesIn();
      expect(sha256(readFileSync(join(out, name)))).toBe(pdfSha256);
    });

    it('writes those of one society alone where one is named', async () => {
      await givenCase(village, { at: 'SIGNED' });
      const other = await givenVillage(house);
      await givenCase(other, { at: 'SIGNED' });
      expect(await write(2026, other.societyId)).toMatchObject({ kept: 1 });
      expect(filesIn()).toHaveLength(1);
    });
  });
});
