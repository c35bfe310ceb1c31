import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  chained,
  Dice,
  historyOf,
  linesOf,
  rowText,
  withRowsIn,
} from '../../../test/support/sealed-history.js';
import type { History, SealedBatch } from '../../../test/support/sealed-history.js';
import { checkSealFile, knownHeadIn, leafOf, printedHead, rootOf, SealCheck } from './seal-file.js';
import type { KnownHead, SealFinding } from './seal-file.js';

const TIMES = 100;
const HISTORY = historyOf([1, 7, 2, 20, 3, 6, 5, 9, 1, 4, 6, 12]);
const LAST: KnownHead = { batch: 12, hash: HISTORY.batches.at(-1)?.line.head ?? '' };

const reportOf = (history: History, known: KnownHead | null = LAST) => {
  const check = new SealCheck(known);
  for (const line of linesOf(history)) check.take(line);
  return check.end();
};
const found = (history: History, known: KnownHead | null = LAST): readonly SealFinding[] =>
  reportOf(history, known).findings;

/** The guard taken away: a reader who looks at the heads alone. */
const unguarded = (history: History) => found({ ...history, withRows: false });

describe('RFC 6962, the known answers of its tests', () => {
  const INPUTS = [
    '',
    '00',
    '10',
    '2021',
    '3031',
    '40414243',
    '5051525354555657',
    '606162636465666768696a6b6c6d6e6f',
  ];
  const leaves = INPUTS.map((hex) => leafOf(Buffer.from(hex, 'hex')));

  it.each`
    size | root
    ${0} | ${'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'}
    ${1} | ${'6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d'}
    ${2} | ${'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125'}
    ${3} | ${'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77'}
    ${4} | ${'d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7'}
    ${5} | ${'4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4'}
    ${6} | ${'76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef'}
    ${7} | ${'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c'}
    ${8} | ${'5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328'}
  `('$size leaves', ({ size, root }: { size: number; root: string }) => {
    expect(rootOf(leaves.slice(0, size))).toBe(root);
  });

  it('tells a leaf from a node of the same bytes', () => {
    const two = [leafOf('a'), leafOf('b')];
    expect(leafOf(Buffer.from(two.join(''), 'hex'))).not.toBe(rootOf(two));
  });
});

describe('a history that nobody touched', () => {
  it('is found whole, with the last head, an earlier one, a printed one, and without any', () => {
    const third = HISTORY.batches[2]?.line;
    if (!third) throw new Error('There are twelve');
    expect(reportOf(HISTORY)).toMatchObject({ findings: [], batches: 12, rows: 76, since: 0 });
    expect(reportOf(HISTORY, { batch: 3, hash: third.head })).toMatchObject({ findings: [], since: 9 });
    expect(reportOf(HISTORY, knownHeadIn(printedHead(third)))).toMatchObject({ findings: [], since: 9 });
    expect(reportOf(HISTORY, null)).toMatchObject({ findings: [], since: null });
  });

  it('is one of no rows before the first', () => {
    expect(reportOf({ withRows: true, batches: [] }, null)).toMatchObject({ findings: [], head: null });
  });
});

it.each`
  text                            | batch   | hash                  | because
  ${'12:8c1d09aa7be2f014'}        | ${12}   | ${'8c1d09aa7be2f014'} | ${'number and digits'}
  ${'第12批 8c1d 09aa 7be2 f014'} | ${12}   | ${'8c1d09aa7be2f014'} | ${'as it is printed'}
  ${'8C1D09AA7BE2F014'}           | ${null} | ${'8c1d09aa7be2f014'} | ${'digits alone, in capitals'}
  ${'8c1d09aa7be2f01'}            | ${null} | ${null}               | ${'one digit short of sixteen'}
  ${`12:${'a'.repeat(64)}`}       | ${12}   | ${'a'.repeat(64)}     | ${'the whole head'}
  ${'a'.repeat(65)}               | ${null} | ${null}               | ${'longer than a head'}
  ${'12:xyz'}                     | ${null} | ${null}               | ${'no digits'}
  ${''}                           | ${null} | ${null}               | ${'nothing'}
`('reads the head $text: $because', ({ text, batch, hash }: HeadRow) => {
  const known = knownHeadIn(text);
  expect(known).toEqual(hash === null ? null : { batch, hash });
});

type HeadRow = { readonly text: string; readonly batch: number | null; readonly hash: string | null };

type Tampering = {
  readonly what: string;
  /** The history tampered with, and what is to be found: no more and no less. */
  readonly by: (dice: Dice) => readonly [History, readonly Partial<SealFinding>[]];
};

const idOf = (text: string): string => {
  const { table, row } = JSON.parse(text) as { table: string; row: string };
  return `${table}/${row}`;
};
const numbered = (texts: readonly string[]) => texts.map((text, i) => ({ position: i + 1, text }));
const batchOf = (dice: Dice, least = 1): SealedBatch =>
  dice.of(HISTORY.batches.filter(({ rows }) => rows.length >= least));
const textsOf = ({ rows }: SealedBatch) => rows.map(({ text }) => text);

/** In place of the row at the position, in its batch. */
function replaced(batch: SealedBatch, at: number, text: string): History {
  const texts = textsOf(batch);
  texts[at] = text;
  return withRowsIn(HISTORY, batch.line.batch, numbered(texts));
}

/** One character of what it says. */
function bent(text: string, dice: Dice): string {
  const from = text.indexOf('"fields"') + 20;
  const at = from + dice.below(text.length - from - 6);
  return `${text.slice(0, at)}${text[at] === 'x' ? 'y' : 'x'}${text.slice(at + 1)}`;
}

/** Says something else, and is still a row. */
function reworded(text: string): string {
  return JSON.stringify({ ...(JSON.parse(text) as object), fields: [['act', 'text', 'nothing happened']] });
}

const ROWS: readonly Tampering[] = [
  {
    what: 'a row is changed',
    by: (dice) => {
      const batch = batchOf(dice);
      const at = dice.below(batch.rows.length);
      const text = textsOf(batch)[at] ?? '';
      const row = idOf(text);
      return [
        replaced(batch, at, bent(text, dice)),
        [{ fault: 'CHANGED', batch: batch.line.batch, position: at + 1, row }],
      ];
    },
  },
  {
    what: 'a row is deleted, and those behind it are counted anew or not',
    by: (dice) => {
      const batch = batchOf(dice);
      const at = dice.below(batch.rows.length);
      const left = batch.rows.filter((_, i) => i !== at);
      const rows = dice.below(2) === 0 ? left : numbered(left.map(({ text }) => text));
      const row = idOf(textsOf(batch)[at] ?? '');
      return [
        withRowsIn(HISTORY, batch.line.batch, rows),
        [{ fault: 'MISSING', batch: batch.line.batch, position: at + 1, row }],
      ];
    },
  },
  {
    what: 'two rows are swapped',
    by: (dice) => {
      const batch = batchOf(dice, 2);
      const texts = textsOf(batch);
      const at = dice.below(texts.length);
      const other = (at + 1 + dice.below(texts.length - 1)) % texts.length;
      const [one = '', two = ''] = [texts[at], texts[other]];
      const finding = (i: number, text: string) =>
        ({ fault: 'SWAPPED', batch: batch.line.batch, position: i + 1, row: idOf(text) }) as const;
      texts[at] = two;
      texts[other] = one;
      return [
        withRowsIn(HISTORY, batch.line.batch, numbered(texts)),
        [finding(at, one), finding(other, two)],
      ];
    },
  },
  {
    what: 'a row is slipped in',
    by: (dice) => {
      const batch = batchOf(dice);
      const at = dice.below(batch.rows.length + 1);
      const isCopy = dice.below(4) === 0;
      const text = isCopy
        ? dice.of(
            textsOf(batchOf(dice))
              .filter((each) => !textsOf(batch).includes(each))
              .concat(rowText(9999, 'copy', 'x')),
          )
        : rowText(batch.line.last, `planted-${dice.below(1e9)}`, 'planted');
      const texts = textsOf(batch);
      texts.splice(at, 0, text);
      return [
        withRowsIn(HISTORY, batch.line.batch, numbered(texts)),
        [{ fault: 'INSERTED', batch: batch.line.batch, position: at + 1, row: idOf(text) }],
      ];
    },
  },
];

/** Only a head that was kept outside sees these. */
const CHAINS: readonly Tampering[] = [
  {
    what: 'the tail is cut',
    by: (dice) => {
      const left = dice.below(HISTORY.batches.length);
      return [{ ...HISTORY, batches: HISTORY.batches.slice(0, left) }, [{ fault: 'CUT', batch: 12 }]];
    },
  },
  {
    what: 'the history is made anew from a row on',
    by: (dice) => {
      const at = dice.below(HISTORY.batches.length);
      const texts = HISTORY.batches.slice(at).map(textsOf);
      const [first = []] = texts;
      const row = dice.below(first.length);
      texts[0] = first.map((text, i) => (i === row ? reworded(text) : text));
      const batches = chained(texts, HISTORY.batches.slice(0, at));
      return [{ ...HISTORY, batches }, [{ fault: 'REWRITTEN', batch: 12 }]];
    },
  },
];

const brief = ({ fault, batch, position, row }: Partial<SealFinding>) => ({ fault, batch, position, row });
const inOrder = (findings: readonly Partial<SealFinding>[]) =>
  findings.map((each) => JSON.stringify(brief(each))).sort();

describe.each(ROWS)(`${TIMES} times, $what`, ({ by }) => {
  const cases = Array.from({ length: TIMES }, (_, i) => by(new Dice(i + 1)));

  it('is named with its place, and nothing else is', () => {
    for (const [history, wanted] of cases) expect(inOrder(found(history))).toEqual(inOrder(wanted));
  });

  it('is missed where the rows are not compared: the control', () => {
    for (const [history] of cases) expect(unguarded(history)).toEqual([]);
  });
});

describe.each(CHAINS)(`${TIMES} times, $what`, ({ by }) => {
  const cases = Array.from({ length: TIMES }, (_, i) => by(new Dice(i + 1)));

  it('is named, given the last head', () => {
    for (const [history, wanted] of cases)
      expect(found(history).map(({ fault, batch }) => ({ fault, batch }))).toEqual(wanted);
  });

  it('is named, given the digits of a head without its number', () => {
    for (const [history] of cases)
      expect(found(history, { ...LAST, batch: null }).map(({ fault }) => fault)).toEqual([
        'CUT_OR_REWRITTEN',
      ]);
  });

  it('is missed without a head: the control', () => {
    for (const [history] of cases) expect(found(history, null)).toEqual([]);
  });
});

describe('whoever mends as he goes', () => {
  const mended = (mend: (batch: SealedBatch) => SealedBatch): History => ({
    ...HISTORY,
    batches: HISTORY.batches.map((each) => (each.line.batch === 4 ? mend(each) : each)),
  });
  const [, , , fourth] = HISTORY.batches;
  const [remade] = chained(
    [(fourth ? textsOf(fourth) : []).map((text, i) => (i === 5 ? reworded(text) : text))],
    HISTORY.batches.slice(0, 3),
  ).slice(3);

  it('is found by the root when the leaf is mended', () => {
    const history = mended(({ line }) => ({
      rows: remade?.rows ?? [],
      line: { ...line, leaves: remade?.line.leaves ?? [] },
    }));
    expect(found(history)).toMatchObject([{ fault: 'BATCH', batch: 4 }]);
  });

  it('is found by the head when the root is mended', () => {
    const history = mended(({ line }) => ({
      rows: remade?.rows ?? [],
      line: { ...line, leaves: remade?.line.leaves ?? [], root: remade?.line.root ?? '' },
    }));
    expect(found(history)).toMatchObject([{ fault: 'BATCH', batch: 4 }]);
  });

  it('is found by the next batch when the head is mended', () => {
    expect(found(mended((batch) => remade ?? batch))).toMatchObject([{ fault: 'BATCH', batch: 5 }]);
  });

  it('is found when a row and its leaf are slipped in together, exactly', () => {
    const text = rowText(20, 'planted', 'planted');
    const history = mended(({ line, rows }) => {
      const texts = rows.map((each) => each.text);
      texts.splice(17, 0, text);
      const leaves = [...(line.leaves ?? [])];
      leaves.splice(17, 0, ['audit_acts', 'planted', leafOf(text)]);
      return { rows: numbered(texts), line: { ...line, leaves } };
    });
    expect(found(history)).toMatchObject([{ fault: 'INSERTED', batch: 4, position: 18 }]);
  });

  it('is found when a row is listed under the key of another', () => {
    const history = mended(({ line, rows }) => ({
      rows,
      line: {
        ...line,
        leaves: (line.leaves ?? []).map((leaf, i) => (i === 2 ? ['audit_acts', 'other', leaf[2]] : leaf)),
      },
    }));
    expect(found(history)).toMatchObject([{ fault: 'CHANGED', batch: 4, position: 3 }]);
  });
});

describe('a row that is older than a batch which had taken all there was', () => {
  const texts = HISTORY.batches.map(textsOf);
  const old = (minutesBefore: number): History => {
    const drained = Date.parse(HISTORY.batches.at(-2)?.line.sealedAt ?? '');
    const final = new Date(drained - minutesBefore * 60_000).toISOString();
    const text = JSON.stringify({ v: 1, number: 128, table: 'vouchers', row: 'late', final, fields: [] });
    const last = [text, ...(texts.at(-1) ?? []).slice(1)];
    return { ...HISTORY, batches: chained([...texts.slice(0, -1), last]) };
  };

  it.each`
    minutes | faults           | because
    ${9}    | ${[]}            | ${'a unit may have been long in committing'}
    ${11}   | ${['BACKDATED']} | ${'no unit is open for so long'}
  `('$minutes minutes: $because', ({ minutes, faults }: { minutes: number; faults: string[] }) => {
    expect(found(old(minutes), null).map(({ fault }) => fault)).toEqual(faults);
  });
});

describe('a file', () => {
  let directory: string;

  beforeAll(() => {
    directory = mkdtempSync(join(tmpdir(), 'huzhu-seal-'));
  });
  afterAll(() => {
    rmSync(directory, { recursive: true });
  });

  const checked = async (text: string) => {
    const path = join(directory, 'seal.jsonl');
    writeFileSync(path, text);
    return (await checkSealFile(path, LAST)).findings.map(({ fault }) => fault);
  };
  const text = linesOf(HISTORY).join('\n');

  it('is read with and without an end of its last line', async () => {
    expect(await checked(text)).toEqual([]);
    expect(await checked(`${text}\n`)).toEqual([]);
  });

  it.each`
    because                       | broken                                      | faults
    ${'empty'}                    | ${''}                                       | ${['UNREADABLE', 'CUT']}
    ${'something else'}           | ${'%PDF-1.7\nhello\n'}                      | ${['UNREADABLE', 'UNREADABLE', 'UNREADABLE', 'CUT']}
    ${'broken off in its header'} | ${text.slice(0, 30)}                        | ${['UNREADABLE', 'UNREADABLE', 'CUT']}
    ${'broken off in a row'}      | ${text.slice(0, -40)}                       | ${['UNREADABLE', 'MISSING']}
    ${'broken off in a batch'}    | ${text.slice(0, text.indexOf('"batch":3'))} | ${['UNREADABLE', 'CUT', 'CUT']}
  `('is refused when it is $because', async ({ broken, faults }: { broken: string; faults: string[] }) => {
    expect(await checked(broken)).toEqual(faults);
  });

  it('stays whole for a reader when a line says something else', async () => {
    const strange = [
      '{}',
      'null',
      '[]',
      '{"batch":1}',
      '{"batch":"1","text":"x"}',
      '{"seal":"huzhu-seal/1"}',
    ];
    for (const line of strange) expect(await checked(`${text}\n${line}`)).toEqual(['UNREADABLE']);
  });
});

it('imports nothing but hashes and files, so that it can stand alone', () => {
  const source = readFileSync(join(process.cwd(), 'src', 'audit', 'seal', 'seal-file.ts'), 'utf8');
  const imported = [...source.matchAll(/from '([^']+)'/g)].map(([, name]) => name);
  expect(imported.sort()).toEqual(['node:crypto', 'node:fs']);
});
