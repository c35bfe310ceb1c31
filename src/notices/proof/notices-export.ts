import { Injectable } from '@nestjs/common';
import { appendFile, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { BOM, csvRow } from '../../kernel/csv.js';
import { dayOf } from '../../kernel/day.js';
import { sha256 } from '../../platform/crypto/hash.js';
import { PrintPools } from '../../platform/pdf/print-pool.js';
import type { Outcome, PrintPool } from '../../platform/pdf/print-pool.js';
import type { PaperToPrint } from '../../platform/pdf/printer.js';
import { KIND_WORDS } from '../domain/notice-words.js';
import { stateWordsOf } from '../domain/notice-state-words.js';
import { NoticePapers } from '../notice-papers.js';
import { NoticesQueries } from '../notices.queries.js';
import type { Issue, Notice } from '../notices.queries.js';
import { ProofQueries } from './proof.queries.js';

export type ExportAsked = {
  readonly year: number;
  /** Null: of every society. */
  readonly societyId: string | null;
  readonly directory: string;
  readonly now: Date;
};

export type Exported = {
  /** Written now, from the bytes of the record. */
  readonly kept: number;
  /** Written now, printed anew: the bytes of the record were lost. */
  readonly reprinted: number;
  /** There already, with the right bytes, from an export that was broken off. */
  readonly already: number;
  /** Neither kept nor to be printed with the hash of the record: not written. */
  readonly failed: readonly { readonly number: string; readonly why: string }[];
};

type Row = Awaited<ReturnType<ProofQueries['ofYear']>>[number];
type Wanted = { readonly row: Row; readonly notice: Notice; readonly issue: Issue; readonly path: string };

const BATCH = 200;
const HEAD = ['文号', '类别', '发布单位', '版', '签发日', '状态', '校验码', '页数', 'SHA-256', '文件'];

/**
 * Every signed notice of a year as a file, each checked against the record: for an archive or an auditor. Broken off and
 * called again, it goes on where it was, since what is there with the right bytes is not written again.
 */
@Injectable()
export class NoticesExport {
  constructor(
    private readonly proofs: ProofQueries,
    private readonly notices: NoticesQueries,
    private readonly papers: NoticePapers,
    private readonly pools: PrintPools,
  ) {}

  async write(asked: ExportAsked): Promise<Exported> {
    const index = join(asked.directory, `index-${asked.year}.csv`);
    await mkdir(asked.directory, { recursive: true });
    await writeFile(`${index}.unfinished`, BOM + csvRow(HEAD));
    const sums = { kept: 0, reprinted: 0, already: 0, failed: [] as { number: string; why: string }[] };
    let pool: PrintPool | null = null;
    try {
      for await (const batch of this.batches(asked)) {
        const lost: Wanted[] = [];
        for (const wanted of batch) {
          const place = await this.placed(wanted);
          if (place === null) lost.push(wanted);
          else sums[place]++;
        }
        if (lost.length > 0) pool ??= this.pools.open();
        for await (const outcome of pool?.each(lost, ({ issue }) => this.paperOf(issue)) ?? []) {
          const why = await this.writePrinted(outcome);
          if (why === null) sums.reprinted++;
          else sums.failed.push({ number: outcome.item.issue.number, why });
        }
        const lines = batch.map((wanted) => csvRow(cellsOf(wanted, asked)));
        await appendFile(`${index}.unfinished`, lines.join(''));
      }
    } finally {
      await pool?.close();
    }
    await rename(`${index}.unfinished`, index);
    return sums;
  }

  private async *batches({ year, societyId, directory }: ExportAsked): AsyncGenerator<Wanted[]> {
    for (let after = '', rows = await this.proofs.ofYear(year, societyId, after, BATCH); rows.length > 0;) {
      const batch: Wanted[] = [];
      for (const row of rows) {
        const notice = await this.notices.findByCode(row.code);
        if (!notice?.issue) throw new Error(`The notice with the code ${row.code} is gone`);
        const folder = join(directory, String(year), row.boardCode);
        await mkdir(folder, { recursive: true });
        batch.push({ row, notice, issue: notice.issue, path: join(folder, fileName(row)) });
      }
      yield batch;
      after = rows.at(-1)?.issueId ?? '';
      rows = await this.proofs.ofYear(year, societyId, after, BATCH);
    }
  }

  /** Null where the bytes of the record are lost, and the paper must be printed anew. */
  private async placed({ issue, path }: Wanted): Promise<'kept' | 'already' | null> {
    const there = await readFile(path).catch(() => null);
    if (there && sha256(there) === issue.pdfSha256) return 'already';
    const kept = await this.papers.findKeptPdf(issue);
    if (!kept) return null;
    await put(path, kept);
    return 'kept';
  }

  private paperOf({ content, signedAt }: Issue): PaperToPrint {
    return this.papers.paperOf(content, signedAt);
  }

  private async writePrinted(outcome: Outcome<Wanted>): Promise<string | null> {
    if (!outcome.ok) return outcome.error instanceof Error ? outcome.error.message : 'not printable';
    const { pdf } = outcome.printed;
    if (sha256(pdf) !== outcome.item.issue.pdfSha256)
      return 'printed anew, it has not the hash of the record';
    await put(outcome.item.path, pdf);
    return null;
  }
}

const fileName = ({ serial, code }: Row): string => `${String(serial).padStart(5, '0')}-${code}.pdf`;

/** Whole or not at all: a file that is there under its name was written to its end. */
async function put(path: string, bytes: Buffer): Promise<void> {
  await writeFile(`${path}.unfinished`, bytes);
  await rename(`${path}.unfinished`, path);
}

function cellsOf({ row, notice, issue, path }: Wanted, { directory, now }: ExportAsked): string[] {
  const { tag } = stateWordsOf(notice, now);
  return [
    issue.number,
    KIND_WORDS[notice.kind],
    row.society,
    String(notice.version),
    dayOf(issue.signedAt),
    tag,
    issue.code,
    String(issue.pages),
    issue.pdfSha256,
    relative(directory, path),
  ];
}
