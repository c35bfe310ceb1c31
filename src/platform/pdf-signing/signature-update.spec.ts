import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { givenP12, hasOpenSsl } from '../../../test/support/p12.js';
import { Config } from '../config.js';
import { PaperPrinter } from '../pdf/printer.js';
import { Templates } from '../web/templates.js';
import { PdfSigner } from './pdf-signer.js';
import { readSigningIdentity } from './signing-identity.js';
import { signedPdfOf } from './signature-update.js';

const AT = new Date('2026-03-09T01:02:03Z');
const canAsk = (tool: string, flag: string) => spawnSync(tool, [flag]).status === 0;
const hasPdfsig = canAsk('pdfsig', '-v');
const hasQpdf = canAsk('qpdf', '--version');

async function paper(): Promise<Buffer> {
  const content = JSON.parse(readFileSync('test/pinned/grant-post.json', 'utf8')) as Record<string, string>;
  const printer = new PaperPrinter(new Config({}), new Templates('templates'));
  const facts = { title: '公示', author: '柳溪村“救急难”互助社', at: AT };
  return (await printer.print({ template: content['template'] ?? '', content, facts })).pdf;
}

(hasOpenSsl ? describe : describe.skip)('a paper signed by machine', () => {
  let directory: string;
  let pdf: Buffer;
  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), 'huzhu-p12-'));
    pdf = await paper();
  });
  afterAll(() => {
    rmSync(directory, { recursive: true, force: true });
  });

  const signedWith = (key: 'rsa' | 'ec'): { file: string; signed: Buffer } => {
    const { path, password } = givenP12(directory, { key });
    const identity = readSigningIdentity(path, password, AT);
    const signed = signedPdfOf(pdf, { identity, reason: '公示发布', at: AT });
    const file = join(directory, `${key}.pdf`);
    writeFileSync(file, signed);
    return { file, signed };
  };

  it.each(['rsa', 'ec'] as const)('has the paper of the record, byte for byte, in front (%s)', (key) => {
    const { signed } = signedWith(key);
    expect(signed.subarray(0, pdf.length).equals(pdf)).toBe(true);
    const [, a, b, c] =
      /\/ByteRange \[0 (\d+) (\d+) (\d+)\]/.exec(signed.toString('latin1'))?.map(Number) ?? [];
    expect([signed[a ?? 0], signed[(b ?? 0) - 1]]).toEqual(['<'.charCodeAt(0), '>'.charCodeAt(0)]);
    expect((b ?? 0) + (c ?? 0)).toBe(signed.length);
  });

  (hasPdfsig ? it : it.skip).each(['rsa', 'ec'] as const)('is called valid by pdfsig (%s)', (key) => {
    const { file } = signedWith(key);
    const said = execFileSync('pdfsig', ['-nocert', file], { encoding: 'utf8' });
    expect(said).toContain('Signature is Valid');
    expect(said).toContain('ETSI.CAdES.detached');
    expect(said).toContain('Total document signed');
    expect(said).toContain('2026');
  });

  (hasPdfsig ? it : it.skip)('is called invalid where one byte of the paper was changed', () => {
    const { signed } = signedWith('rsa');
    const at = signed.indexOf('/Creator (huzhu)');
    const changed = Buffer.from(signed);
    changed.write('/Creator (huzhx)', at < 0 ? 100 : at, 'latin1');
    const file = join(directory, 'changed.pdf');
    writeFileSync(file, changed);
    const said = spawnSync('pdfsig', ['-nocert', file], { encoding: 'utf8' }).stdout;
    expect(said).toContain('Digest Mismatch');
    expect(said).not.toContain('Signature is Valid');
  });

  (hasQpdf ? it : it.skip)('is a sound PDF', () => {
    const { file } = signedWith('rsa');
    const said = spawnSync('qpdf', ['--check', file], { encoding: 'utf8' });
    expect([said.status, said.stderr]).toEqual([0, '']);
    expect(said.stdout).toContain('No syntax or stream encoding errors found');
  });

  it('signs nothing but what was printed here', () => {
    const { path, password } = givenP12(directory, {});
    const identity = readSigningIdentity(path, password, AT);
    for (const foreign of ['', '%PDF-1.7\n%%EOF', 'trailer\n<< /Size 3 >>\nstartxref\n9\n%%EOF'])
      expect(() => signedPdfOf(Buffer.from(foreign), { identity, reason: '', at: AT })).toThrow(
        'not printed here',
      );
  });
});

(hasOpenSsl ? describe : describe.skip)('the file of the organisation', () => {
  let directory: string;
  beforeAll(() => (directory = mkdtempSync(join(tmpdir(), 'huzhu-p12-'))));
  afterAll(() => {
    rmSync(directory, { recursive: true, force: true });
  });

  it('names the organisation', () => {
    const { path, password } = givenP12(directory, { organisation: '柳溪县慈善总会' });
    const { name, fingerprint, chain } = readSigningIdentity(path, password, AT);
    expect([name, fingerprint.length, chain.length]).toEqual(['柳溪县慈善总会', 64, 1]);
  });

  it('is opened in the old packing of the certificate offices too', () => {
    const { path, password } = givenP12(directory, { packing: 'old' });
    expect(readSigningIdentity(path, password, AT).name).not.toBe('');
  });

  it.each([
    ['a wrong password', 'other', AT, 'NOTICE_P12_PASSWORD does not open it'],
    ['no password', '', AT, 'NOTICE_P12_PASSWORD does not open it'],
    ['a certificate that has expired', null, new Date('2199-01-01T00:00:00Z'), 'the certificate expired on'],
    [
      'one that is not valid yet',
      null,
      new Date('2001-01-01T00:00:00Z'),
      'the certificate is valid only from',
    ],
  ])('says what is wrong: %s', (_what, password, now, words) => {
    const given = givenP12(directory, {});
    expect(() => readSigningIdentity(given.path, password ?? given.password, now)).toThrow(words);
  });

  it('says so where its password has letters that the new packing takes otherwise', () => {
    const given = givenP12(directory, { password: '演示' });
    expect(() => readSigningIdentity(given.path, given.password, AT)).toThrow('plain letters and digits');
  });

  it('says so where it is not there, or no P12', () => {
    expect(() => readSigningIdentity(join(directory, 'none.p12'), 'x', AT)).toThrow('cannot be read');
    const path = join(directory, 'words.p12');
    writeFileSync(path, 'no P12');
    expect(() => readSigningIdentity(path, 'x', AT)).toThrow('it is no P12');
  });

  it.each([
    ['a wrong password', { NOTICE_P12_PASSWORD: 'another' }, 'NOTICE_P12_PASSWORD does not open it'],
    ['no password', { NOTICE_P12_PASSWORD: '' }, 'NOTICE_P12_FILE needs NOTICE_P12_PASSWORD'],
    ['a file that is not there', { NOTICE_P12_FILE: '/nowhere.p12' }, 'the file cannot be read'],
  ])('keeps the program from starting with %s', (_what, wrong, words) => {
    const { path, password } = givenP12(directory, {});
    const settings = { NOTICE_P12_FILE: path, NOTICE_P12_PASSWORD: password };
    const clock = { now: () => AT };
    expect(PdfSigner.by(new Config(settings), clock).signerAt(AT)).not.toBeNull();
    expect(() => PdfSigner.by(new Config({ ...settings, ...wrong }), clock)).toThrow(words);
  });

  it('is nobody where the setting is left out, and signs nothing', () => {
    const signer = PdfSigner.by(new Config({}), { now: () => AT });
    expect(signer.signerAt(AT)).toBeNull();
    expect(() => signer.sign(Buffer.from(''), '', AT)).toThrow('no certificate');
  });
});
