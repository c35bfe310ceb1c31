import { createWriteStream } from 'node:fs';
import { rename } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { InvalidArgumentError } from 'commander';
import type { Command } from 'commander';
import type { INestApplicationContext } from '@nestjs/common';
import {
  checkSealFile,
  knownHeadIn,
  printedHead,
  SealExport,
  SealQueries,
  TrailSealer,
} from '../audit/index.js';
import type { KnownHead, SealFinding, SealReport } from '../audit/index.js';
import type { Add, Answer } from './command-answer.js';

type Inside = (work: (app: INestApplicationContext) => Promise<Answer>) => Promise<Answer>;

/** The seal: its head, the history as a file, and whether such a file is what was sealed. */
export function addSeal(add: Add, inside: Inside): void {
  add('seal:head', 'the last head of the audit seal, as it is printed on papers', () =>
    inside(async (app) => {
      const last = await app.get(SealQueries).last();
      if (!last) return { status: 1, lines: ['nothing is sealed yet'], json: { last } };
      const { number: batch, head, lastRow: rows, sealedAt } = last;
      const lines = [
        printedHead({ batch, head }),
        `${batch}:${head}`,
        `${rows} rows, ${sealedAt.toISOString()}`,
      ];
      return { status: 0, lines, json: { batch, head, rows, sealedAt } };
    }),
  );
  const exporting: Command = add(
    'seal:export <file>',
    'seal what waits, and write the sealed history',
    (file) =>
      inside(async (app) => {
        const { heads = false } = exporting.opts<{ heads?: boolean }>();
        await app.get(TrailSealer).sealDue();
        const lines = await written(file, app.get(SealExport).lines({ withRows: !heads }));
        return { status: 0, lines: [`wrote ${file}: ${lines} lines`], json: { file, lines } };
      }),
  ).option('--heads', 'the heads alone, without the rows');
  const checking: Command = add(
    'seal:verify <file>',
    'whether an export is what was sealed: 0 it is, 1 it is not; needs no database',
    async (file) => {
      const { head = null, heads = false } = checking.opts<{ head?: KnownHead; heads?: boolean }>();
      return answerOf(await checkSealFile(file, head), head, heads);
    },
  )
    .option('--head <head>', 'a head that was kept outside: 12:HASH, HASH, or as a paper has it', headIn)
    .option('--heads', 'the file may hold the heads alone');
}

function headIn(text: string): KnownHead {
  const known = knownHeadIn(text);
  if (!known) throw new InvalidArgumentError('not a head: at least 16 hexadecimal digits');
  return known;
}

/** Whole or not at all: a file that is there under its name was written to its end. */
async function written(file: string, lines: AsyncIterable<string>): Promise<number> {
  let count = 0;
  async function* counted(): AsyncGenerator<string> {
    for await (const line of lines) {
      count++;
      yield `${line}\n`;
    }
  }
  await pipeline(counted(), createWriteStream(`${file}.unfinished`, { mode: 0o600 }));
  await rename(`${file}.unfinished`, file);
  return count;
}

function answerOf(report: SealReport, known: KnownHead | null, mayBeHeads: boolean): Answer {
  const { findings, batches, rows, head, since, withRows } = report;
  const isShort = !withRows && !mayBeHeads;
  const lines = findings.map(lineOf);
  if (isShort)
    lines.push('the file holds the heads alone: its rows cannot be checked (--heads, if that is meant)');
  lines.push(`${batches} batches, ${rows} rows, ${findings.length} findings; last head ${head ?? 'none'}`);
  if (known === null) lines.push('no --head was given: a cut tail or a history made anew is not seen');
  else if (since !== null) lines.push(`the given head is in it; ${since} batches follow`);
  return {
    status: findings.length > 0 || isShort ? 1 : 0,
    lines,
    json: { ...report, headGiven: known !== null },
  };
}

function lineOf({ fault, batch, position, row, words }: SealFinding): string {
  const place = [
    batch === null ? '' : `batch ${batch}`,
    position === null ? '' : `position ${position}`,
    row ?? '',
  ];
  return `${fault}: ${place.filter((each) => each !== '').join(', ')}: ${words}`;
}
