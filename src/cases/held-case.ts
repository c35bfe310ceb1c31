import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { dayWords } from '../kernel/chinese/words.js';
import { CAUSE_WORDS } from '../kernel/causes.js';
import type { Cause } from '../kernel/causes.js';
import { Clock } from '../kernel/clock.js';
import { dayOf } from '../kernel/day.js';
import { fen, yuanText } from '../kernel/fen.js';
import { NoticesUnderWay } from '../notices/index.js';
import { PersonHoldings } from '../people/index.js';
import type { HeldRecord, LastEvent, PersonHolder, Whom } from '../people/index.js';
import { instantOf, listOf, Reads } from '../platform/database/reads.js';
import type { Tx } from '../platform/database/transactions.js';
import { CaseRow } from './case.entity.js';
import { CaseSeals } from './case.seals.js';
import { STATE_WORDS } from './domain/case-words.js';
import type { LeadSource } from './domain/case-words.js';
import { DONE_STATES } from './domain/emergency-procedure.js';
import type { CaseState } from './domain/emergency-procedure.js';
import { HeldCaseStore } from './held-case.store.js';

type Instant = Date | string;
type RawCase = {
  readonly id: string;
  readonly year: number;
  readonly number: number;
  readonly state: CaseState;
  readonly cause: Cause;
  readonly amountFen: number | string;
  readonly story: string | null;
  readonly payeeReason: string | null;
  readonly endNote: string | null;
  readonly acceptedAt: Instant;
};

type RawLead = {
  readonly id: string;
  readonly source: LeadSource;
  readonly contact: string;
  readonly words: string | null;
};

/** What emergency grants hold of the person who applied. */
@Injectable()
export class HeldCase implements PersonHolder, OnModuleInit {
  readonly section = '急难救助';

  constructor(
    private readonly holdings: PersonHoldings,
    private readonly store: HeldCaseStore,
    private readonly seals: CaseSeals,
    private readonly notices: NoticesUnderWay,
    private readonly reads: Reads,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.holdings.register(this);
  }

  async copyOf({ societyId, personId }: Whom): Promise<HeldRecord[]> {
    const cases = await this.reads.all<RawCase>`
      SELECT id AS "id", year AS "year", number AS "number", state AS "state", cause AS "cause",
             amount_fen AS "amountFen", story_sealed AS "story", payee_reason_sealed AS "payeeReason",
             end_note_sealed AS "endNote", accepted_at AS "acceptedAt"
      FROM cases WHERE society_id = ${societyId} AND applicant_id = ${personId} ORDER BY accepted_at, id`;
    return Promise.all(cases.map((each) => this.recordOf(each)));
  }

  async hinders(tx: Tx, whom: Whom): Promise<string[]> {
    const reasons: string[] = [];
    for (const row of await this.casesOf(tx, whom.societyId, whom.personId)) {
      const number = numberOf(row);
      const owed = DONE_STATES.includes(row.state) ? await this.store.owedOf(tx, row.id) : ['没有办完'];
      for (const reason of owed) reasons.push(`申请 ${number} 还${reason}`);
      for (const reason of await this.notices.of(tx, row.id)) reasons.push(`申请 ${number} 的${reason}`);
    }
    const now = this.clock.now();
    if (await this.store.waitsForTown(tx, whom, now)) reasons.push('请镇里批准的事还没有了结');
    if (await this.store.hasDraft(tx, whom, now)) reasons.push('还有一份没交的登记草稿');
    return reasons;
  }

  async erase(tx: Tx, whom: Whom): Promise<number> {
    let fields = await this.store.eraseDrafts(tx, whom);
    fields += await this.store.eraseOverrides(tx, whom);
    for (const row of await tx.rows.findBy(CaseRow, {
      societyId: whom.societyId,
      applicantId: whom.personId,
    }))
      fields += await this.store.eraseCase(tx, row);
    return fields;
  }

  async needs(tx: Tx, { societyId, personId }: Whom): Promise<boolean> {
    const [row] = await tx.read<{ id: string }>`
      SELECT id AS "id" FROM cases
      WHERE society_id = ${societyId} AND (applicant_id = ${personId} OR payee_id = ${personId}) LIMIT 1`;
    if (row) return true;
    const [visit] = await tx.read<{ id: string }>`
      SELECT id AS "id" FROM case_visits WHERE visitor_id = ${personId} LIMIT 1`;
    return visit !== undefined;
  }

  /** The last step of each case; one that is still open hinders by itself. */
  async lastEvents(personIds: readonly string[]): Promise<LastEvent[]> {
    const rows = await this.reads.among<{ personId: string; at: Instant }>`
      SELECT applicant_id AS "personId",
             MAX(COALESCE(closed_at, ended_at, notice_ended_at, paid_at, approved_at, accepted_at)) AS "at"
      FROM cases WHERE applicant_id IN ${listOf(personIds)} GROUP BY applicant_id`;
    const visits = await this.reads.among<{ personId: string; at: Instant }>`
      SELECT visitor_id AS "personId", MAX(recorded_at) AS "at" FROM case_visits
      WHERE visitor_id IN ${listOf(personIds)} GROUP BY visitor_id`;
    return [...rows, ...visits].map(({ personId, at }) => ({ personId, on: dayOf(instantOf(at)) }));
  }

  private casesOf(tx: Tx, societyId: string, personId: string): Promise<CaseRow[]> {
    return tx.rows
      .createQueryBuilder(CaseRow, 'c')
      .where('c.societyId = :societyId AND (c.applicantId = :personId OR c.payeeId = :personId)', {
        societyId,
        personId,
      })
      .getMany();
  }

  private async recordOf(row: RawCase): Promise<HeldRecord> {
    const { id, story, payeeReason, endNote } = row;
    return {
      what: `救助申请 ${numberOf(row)} 的决定、公示和告知书`,
      facts: [
        ['受理', dayWords(dayOf(instantOf(row.acceptedAt)))],
        ['结果', STATE_WORDS[row.state]],
        ['事由', CAUSE_WORDS[row.cause]],
        ['金额', `${yuanText(fen(Number(row.amountFen)))} 元`],
        ['情况', story && this.seals.openStory(id, story)],
        ['由别人代收的原因', payeeReason && this.seals.openPayeeReason(id, payeeReason)],
        ['没有办下去的原因', endNote && this.seals.openEndNote(id, endNote)],
        ...(await this.notesOf(id)),
      ],
      stays: { kind: 'DECISION', from: dayOf(instantOf(row.acceptedAt)) },
    };
  }

  private async notesOf(caseId: string): Promise<(readonly [string, string | null])[]> {
    const visits = await this.reads.all<{ id: string; sealed: string; on: string }>`
      SELECT id AS "id", note_sealed AS "sealed", visited_on AS "on" FROM case_visits
      WHERE case_id = ${caseId} AND note_sealed IS NOT NULL ORDER BY recorded_at, id`;
    const waivers = await this.reads.all<{ id: string; sealed: string }>`
      SELECT id AS "id", waiver_sealed AS "sealed" FROM case_papers
      WHERE case_id = ${caseId} AND waiver_sealed IS NOT NULL ORDER BY recorded_at, id`;
    const leads = await this.reads.all<RawLead>`
      SELECT id AS "id", source AS "source", contact_sealed AS "contact", words_sealed AS "words"
      FROM leads WHERE case_id = ${caseId}`;
    const files = await this.reads.one<{ count: number | string }>`
      SELECT COUNT(*) AS "count" FROM case_files WHERE case_id = ${caseId}`;
    return [
      ...visits.map(({ id, sealed, on }) => [`走访 ${on}`, this.seals.openNote(id, sealed)] as const),
      ...waivers.map(({ id, sealed }) => ['免交材料的原因', this.seals.openWaiver(id, sealed)] as const),
      ...leads.flatMap((lead) => this.leadFacts(lead)),
      ['材料照片', `${Number(files?.count ?? 0)} 张，可以到互助社看`] as const,
    ];
  }

  /** Who else spoke up for the person, and what they said, is theirs. */
  private leadFacts({ id, source, contact, words }: RawLead): (readonly [string, string | null])[] {
    if (source !== 'SELF') return [['线索', '别人代报，联系方式不公开']];
    return [
      ['线索里的联系方式', this.seals.openLead(id, 'contact', contact)],
      ['线索里的话', words && this.seals.openLead(id, 'words', words)],
    ];
  }
}

const numberOf = ({ year, number }: { readonly year: number; readonly number: number }): string =>
  `${year}-${String(number).padStart(4, '0')}`;
