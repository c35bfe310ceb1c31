import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Worker } from 'node:worker_threads';
import { Config } from '../config.js';
import { Templates } from '../web/templates.js';
import { MissingGlyph } from './pdf.errors.js';
import { PrintPools } from './print-pool.js';
import type { Outcome, PrintPool } from './print-pool.js';
import { PaperPrinter } from './printer.js';
import type { PaperToPrint } from './printer.js';

/* The threads run what `npm run build` made. */
const content = JSON.parse(readFileSync('test/pinned/grant-post.json', 'utf8')) as Record<string, unknown>;
const facts = { title: '公示', author: '柳溪村“救急难”互助社', at: new Date('2026-03-09T01:00:00Z') };
const paperOf = (number: string): PaperToPrint => ({
  template: 'notices/grant-post',
  content: { ...content, number },
  facts,
});
const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
const pools = new PrintPools(new Config({}), 'templates');

async function all<Item>(outcomes: AsyncIterable<Outcome<Item>>): Promise<Outcome<Item>[]> {
  const list: Outcome<Item>[] = [];
  for await (const outcome of outcomes) list.push(outcome);
  return list;
}

describe('a print pool', () => {
  let pool: PrintPool;
  beforeEach(() => (pool = pools.open()));
  afterEach(() => pool.close());

  it('prints the bytes that the printer prints, in the order that was asked for', async () => {
    const numbers = Array.from({ length: 12 }, (_, i) => `柳溪救公〔2026〕${i + 1}号`);
    const outcomes = await all(pool.each(numbers, paperOf));
    expect(outcomes.map(({ item }) => item)).toEqual(numbers);
    const printer = new PaperPrinter(new Config({}), new Templates('templates'));
    for (const outcome of outcomes) {
      const { pdf, contentHash, pages } = await printer.print(paperOf(outcome.item));
      expect(outcome.ok && { ...outcome.printed, pdf: sha256(outcome.printed.pdf) }).toEqual({
        ...{ contentHash, pages },
        pdf: sha256(pdf),
      });
    }
  });

  it('D4-35 gives back that a character has no glyph, with code point and field, and prints the others', async () => {
    const [first, second, third] = await all(pool.each(['1号', '\u{E123}号', '3号'], paperOf));
    expect([first?.ok, third?.ok]).toEqual([true, true]);
    const error: unknown = second?.ok === false ? second.error : null;
    expect(error).toBeInstanceOf(MissingGlyph);
    expect((error as MissingGlyph).details).toEqual({ codePoint: 'U+E123', field: '文号' });
  });

  it('says of any other fault what it was', async () => {
    await expect(pool.print({ ...paperOf('1号'), template: 'notices/none' })).rejects.toThrow(
      'no template notices/none',
    );
    await expect(pool.print(paperOf('1号'))).resolves.toMatchObject({ pages: 1 });
  });

  it('takes no more ahead than it has room for', async () => {
    let taken = 0;
    let given = 0;
    let mostAhead = 0;
    const numbers = (function* () {
      for (; taken < 20; taken++) yield `${taken + 1}号`;
    })();
    for await (const outcome of pool.each(numbers, paperOf)) {
      given += outcome.ok ? 1 : 0;
      mostAhead = Math.max(mostAhead, taken - given);
    }
    expect(given).toBe(20);
    expect(mostAhead).toBeLessThanOrEqual(4);
  });

  it('goes on after a thread was lost: who waited for it is told, and another takes its place', async () => {
    await pool.print(paperOf('1号'));
    const { threads } = pool as unknown as { threads: { worker: Worker; hasPrinted: boolean }[] };
    const lost = threads.find(({ hasPrinted }) => hasPrinted);
    await lost?.worker.terminate();
    const outcomes = await all(pool.each(['2号', '3号', '4号', '5号'], paperOf));
    expect(outcomes.map(({ ok }) => ok)).toEqual([true, true, true, true]);
  });

  it('prints nothing once it is closed, and leaves nobody waiting', async () => {
    const waiting = pool.print(paperOf('1号')).catch((error: unknown) => String(error));
    await pool.close();
    expect(await waiting).toContain('closed');
    await expect(pool.print(paperOf('2号'))).rejects.toThrow('no thread left');
  });
});
