import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { CAUSE_WORDS } from '../kernel/causes.js';
import type { Cause } from '../kernel/causes.js';
import { dayWords } from '../kernel/chinese/words.js';
import { dayOf } from '../kernel/day.js';
import { fen, yuanText } from '../kernel/fen.js';
import { NoticesUnderWay } from '../notices/index.js';
import { PersonHoldings } from '../people/index.js';
import type { HeldRecord, LastEvent, PersonHolder, Whom } from '../people/index.js';
import { instantOf, listOf, Reads } from '../platform/database/reads.js';
import type { Tx } from '../platform/database/transactions.js';
import { Files } from '../platform/files/files.js';
import { RELIEF_DONE } from './domain/relief-procedure.js';
import type { ReliefState } from './domain/relief-procedure.js';
import { RELIEF_STATE_WORDS } from './domain/relief-words.js';
import { ReliefSeals } from './relief.seals.js';

type Instant = Date | string;
type RawRelief = {
  readonly id: string;
  readonly societyId: string;
  readonly year: number;
  readonly number: number;
  readonly state: ReliefState;
  readonly cause: Cause;
  readonly totalFen: number | string;
  readonly story: string | null;
  readonly verifyNote: string | null;
  readonly submittedAt: Instant;
};

/**
 * What relief by a charity fund holds of the applicant. A village's person has a second entry in the federation's
 * register, and either society erases what is about the entry of its own.
 */
@Injectable()
export class HeldRelief implements PersonHolder, OnModuleInit {
  readonly section = '专项基金救助';

  constructor(
    private readonly holdings: PersonHoldings,
    private readonly seals: ReliefSeals,
    private readonly notices: NoticesUnderWay,
    private readonly files: Files,
    private readonly reads: Reads,
  ) {}

  onModuleInit(): void {
    this.holdings.register(this);
  }

  async copyOf({ societyId, personId }: Whom): Promise<HeldRecord[]> {
    const rows = await this.reads.all<RawRelief>`
      SELECT id AS "id", society_id AS "societyId", year AS "year", number AS "number", state AS "state",
             cause AS "cause", total_fen AS "totalFen", story_sealed AS "story",
             verify_note_sealed AS "verifyNote", submitted_at AS "submittedAt"
      FROM relief_cases WHERE applicant_id = ${personId} OR origin_person_id = ${personId}
      ORDER BY submitted_at, id`;
    return Promise.all(rows.map((row) => this.recordOf(row, row.societyId === societyId)));
  }

  async hinders(tx: Tx, { personId }: Whom): Promise<string[]> {
    const rows = await tx.read<{ id: string; year: number; number: number; state: ReliefState }>`
      SELECT id AS "id", year AS "year", number AS "number", state AS "state" FROM relief_cases
      WHERE applicant_id = ${personId} OR origin_person_id = ${personId}`;
    const reasons: string[] = [];
    for (const { id, year, number, state } of rows) {
      const name = `专项救助 ${year}-${String(number).padStart(4, '0')}`;
      if (!RELIEF_DONE.includes(state)) reasons.push(`${name} 还没有办完`);
      for (const reason of await this.notices.of(tx, id)) reasons.push(`${name} 的${reason}`);
    }
    return reasons;
  }

  /** Only what is kept under this entry: the other register keeps its own. */
  async erase(tx: Tx, { societyId, personId }: Whom): Promise<number> {
    const rows = await tx.read<{ id: string; paidAt: Instant | null }>`
      SELECT id AS "id", paid_at AS "paidAt" FROM relief_cases
      WHERE (society_id = ${societyId} AND applicant_id = ${personId})
         OR (home_society_id = ${societyId} AND origin_person_id = ${personId})`;
    let fields = 0;
    for (const { id, paidAt } of rows) {
      fields += await this.eraseWords(tx, id);
      if (paidAt === null) fields += await this.blankPhotos(tx, id);
    }
    return fields;
  }

  async needs(tx: Tx, { personId }: Whom): Promise<boolean> {
    const [row] = await tx.read<{ id: string }>`
      SELECT id AS "id" FROM relief_cases
      WHERE applicant_id = ${personId} OR origin_person_id = ${personId} LIMIT 1`;
    return row !== undefined;
  }

  async lastEvents(personIds: readonly string[]): Promise<LastEvent[]> {
    const last = async (rows: Promise<{ personId: string; at: Instant }[]>) =>
      (await rows).map(({ personId, at }) => ({ personId, on: dayOf(instantOf(at)) }));
    return [
      ...(await last(this.reads.among<{ personId: string; at: Instant }>`
        SELECT applicant_id AS "personId", MAX(COALESCE(closed_at, ended_at, paid_at, submitted_at)) AS "at"
        FROM relief_cases WHERE applicant_id IN ${listOf(personIds)} GROUP BY applicant_id`)),
      ...(await last(this.reads.among<{ personId: string; at: Instant }>`
        SELECT origin_person_id AS "personId", MAX(COALESCE(closed_at, ended_at, paid_at, submitted_at)) AS "at"
        FROM relief_cases WHERE origin_person_id IN ${listOf(personIds)} GROUP BY origin_person_id`)),
    ];
  }

  private async eraseWords(tx: Tx, id: string): Promise<number> {
    let fields = await tx.change`
      UPDATE relief_cases SET story_sealed = NULL, verify_note_sealed = NULL
      WHERE id = ${id} AND (story_sealed IS NOT NULL OR verify_note_sealed IS NOT NULL)`;
    fields += await tx.change`
      UPDATE relief_reviews SET note_sealed = NULL WHERE relief_id = ${id} AND note_sealed IS NOT NULL`;
    fields += await tx.change`
      UPDATE relief_returns SET note_sealed = NULL WHERE relief_id = ${id} AND note_sealed IS NOT NULL`;
    fields += await tx.change`
      UPDATE relief_follow_ups SET note_sealed = NULL WHERE relief_id = ${id} AND note_sealed IS NOT NULL`;
    return fields;
  }

  /** Nothing was paid, so the photos are no part of a voucher. A signed consent stays: it proves that it was given. */
  private async blankPhotos(tx: Tx, id: string): Promise<number> {
    const papers = await tx.read<{ fileId: string }>`
      SELECT file_id AS "fileId" FROM relief_papers WHERE relief_id = ${id} AND kind <> 'CONSENT'`;
    let fields = 0;
    for (const { fileId } of papers) if (await this.files.blank(tx, fileId)) fields += 1;
    return fields;
  }

  /** What the desk wrote is in the copy of the society that wrote it, and not in that of the home. */
  private async recordOf(row: RawRelief, isDesk: boolean): Promise<HeldRecord> {
    const { id } = row;
    const on = dayOf(instantOf(row.submittedAt));
    const opinions = isDesk ? await this.opinionsOf(id) : [];
    const visits = await this.reads.all<{ id: string; sealed: string }>`
      SELECT id AS "id", note_sealed AS "sealed" FROM relief_follow_ups
      WHERE relief_id = ${id} AND note_sealed IS NOT NULL ORDER BY recorded_at, id`;
    return {
      what: `专项救助 ${row.year}-${String(row.number).padStart(4, '0')} 的决定、评议意见、公示和告知书`,
      facts: [
        ['提交', dayWords(on)],
        ['结果', RELIEF_STATE_WORDS[row.state]],
        ['事由', CAUSE_WORDS[row.cause]],
        ['费用', `${yuanText(fen(Number(row.totalFen)))} 元`],
        ['情况', this.seals.open('story', id, row.story)],
        ...(isDesk ? [['核实时写的话', this.seals.open('verify_note', id, row.verifyNote)] as const] : []),
        ...opinions.map((each) => ['评议意见', this.seals.open('opinion', each.id, each.sealed)] as const),
        ...visits.map((each) => ['回访', this.seals.open('follow_up_note', each.id, each.sealed)] as const),
      ],
      stays: { kind: 'DECISION', from: on },
    };
  }

  private opinionsOf(id: string): Promise<{ id: string; sealed: string }[]> {
    return this.reads.all<{ id: string; sealed: string }>`
      SELECT id AS "id", opinion_sealed AS "sealed" FROM relief_assessments WHERE relief_id = ${id} ORDER BY lap`;
  }
}
