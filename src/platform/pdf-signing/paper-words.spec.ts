import { readFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { Config } from '../config.js';
import { PaperPrinter } from '../pdf/printer.js';
import { Templates } from '../web/templates.js';
import { wordsInPdf } from './paper-words.js';

const WORDS = ['柳溪救公〔2026〕', '人民币壹仟元整', '校验码', 'huzhu.example/n/'];

async function paper(): Promise<Buffer> {
  const content = JSON.parse(readFileSync('test/pinned/grant-post.json', 'utf8')) as Record<string, string>;
  const printer = new PaperPrinter(new Config({}), new Templates('templates'));
  const facts = { title: '公示', author: '互助社', at: new Date('2026-03-09T01:00:00Z') };
  return (await printer.print({ template: content['template'] ?? '', content, facts })).pdf;
}

it('reads the words of our own paper', async () => {
  const words = wordsInPdf(await paper());
  for (const each of WORDS) expect(words).toContain(each);
});

(spawnSync('qpdf', ['--version']).status === 0 ? it : it.skip).each([
  [['--compress-streams=y', '--recompress-flate']],
  [['--object-streams=generate', '--compress-streams=y']],
])('reads them after another program has packed the file anew (%s)', async (how) => {
  const directory = mkdtempSync(join(tmpdir(), 'huzhu-words-'));
  const [from, to] = [join(directory, 'a.pdf'), join(directory, 'b.pdf')];
  writeFileSync(from, await paper());
  expect(spawnSync('qpdf', [...how, from, to]).status).toBe(0);
  const words = wordsInPdf(readFileSync(to));
  for (const each of WORDS) expect(words).toContain(each);
  rmSync(directory, { recursive: true, force: true });
});

it.each([
  ['nothing', ''],
  ['no PDF', 'Guten Tag'],
  ['an object without an end', '1 0 obj << /Font << /F1 2 0 R >>'],
  ['a stream without an end', '1 0 obj << >> stream\n/F1 3 Tf <0001> Tj'],
  [
    'a stream that is not packed as it says',
    '1 0 obj << /Filter /FlateDecode >> stream\nxyz\nendstream endobj',
  ],
])('finds no words in %s', (_what, text) => {
  expect(wordsInPdf(Buffer.from(text, 'latin1'))).toBe('');
});

describe('a file that was made to keep the reader busy', () => {
  const object = (id: number, dictionary: string, stream?: string) =>
    `${id} 0 obj ${dictionary}${stream === undefined ? '' : ` stream\n${stream}\nendstream`} endobj\n`;
  const font = object(1, '<< /Font << /F1 2 0 R >> >>') + object(2, '<< /ToUnicode 3 0 R >>');
  const shown = object(4, '<< >>', '/F1 12 Tf <0001> Tj');
  const meaning = (table: string) => font + object(3, '<< >>', table) + shown;
  const many = (text: string, bytes = 400_000) => text.repeat(Math.ceil(bytes / text.length));

  it.each([
    ['ranges over all letters', meaning(`beginbfrange ${many('<0000><ffff><0000>', 20_000)} endbfrange`)],
    ['a range without an end', meaning('beginbfrange <00><00000000ffffffff><00> endbfrange')],
    ['letters beyond all letters', meaning('beginbfrange <00><00><ffffffff> endbfrange')],
    ['a letter that is cut short', meaning('beginbfchar <01><414243> endbfchar')],
    ['tables that begin and never end', meaning(many('beginbfrange '))],
    ['lists that begin and never end', meaning(`beginbfrange ${many('<00><01>[')} endbfrange`)],
    ['fonts that begin and never end', object(1, many('/Font<<')) + shown],
    [
      'one font by a hundred thousand names',
      object(1, `/Font <<${many('/F1 2 0 R ')}>>`) + object(2, many(' ')),
    ],
    ['objects within objects', many('1 0 obj ')],
    ['objects that never end', many('1 0 obj << >> stream\n')],
    [
      'packed objects that lie over one another',
      object(1, '<< /Type /ObjStm /First 200000 >>', `${many('7 0 ', 200_000)}${many('/Font<<', 200_000)}`),
    ],
  ])('is done with at once: %s', (_what, text) => {
    const before = process.cpuUsage();
    expect(() => wordsInPdf(Buffer.from(text, 'latin1'))).not.toThrow();
    const { user } = process.cpuUsage(before);
    expect(user / 1000).toBeLessThan(3000);
  });
});

it('unpacks no bomb', () => {
  const packed = deflateSync(Buffer.alloc(200_000_000)).toString('latin1');
  const object = `1 0 obj << /Filter /FlateDecode >> stream\n${packed}\nendstream endobj\n`;
  const before = process.memoryUsage().rss;
  expect(wordsInPdf(Buffer.from(object.repeat(3), 'latin1'))).toBe('');
  expect(process.memoryUsage().rss - before).toBeLessThan(250_000_000);
});
