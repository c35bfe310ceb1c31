import { Injectable } from '@nestjs/common';
import { DataSource, In, IsNull, LessThan, LessThanOrEqual, Like, MoreThan, Not } from 'typeorm';
import type { FindOptionsWhere } from 'typeorm';
import { Clock } from '../kernel/clock.js';
import type { Day } from '../kernel/day.js';
import { fen } from '../kernel/fen.js';
import { CaseDraft, CaseFile, CasePaper, CaseVisit, HouseholdYear } from './case-parts.entity.js';
import { CaseRow } from './case.entity.js';
import { CaseSeals } from './case.seals.js';
import { CaseNotFound, LeadNotFound } from './domain/case.errors.js';
import { caseNumberText, readCaseNumber } from './domain/case-number.js';
import type { CaseNumber } from './domain/case-number.js';
import type { LeadSource } from './domain/case-words.js';
import type { DraftContent } from './domain/draft.js';
import type { OtherCase } from './domain/duplicates.js';
import { DONE_STATES } from './domain/emergency-procedure.js';
import type { CaseState } from './domain/emergency-procedure.js';
import type { YearUse } from './domain/limits.js';
import type { Paper, PaperKind } from './domain/papers.js';
import { LeadRow } from './lead.entity.js';

type Sealed = 'storySealed' | 'frozenSealed' | 'decision' | 'payeeReasonSealed' | 'endNoteSealed';

/** A case without anything sealed. `text` is its number as people say it. */
export type CaseFacts = Omit<CaseRow, Sealed> & {
  readonly text: string;
};

export type CasePage = { readonly cases: readonly CaseFacts[]; readonly next: string | null };

export type PaperFact = Paper & { readonly waiver: string | null; readonly recordedAt: Date };
export type VisitFact = {
  readonly visitorId: string;
  readonly visitedOn: Day;
  readonly note: string | null;
};
export type PhotoFact = { readonly kind: PaperKind; readonly fileId: string; readonly addedAt: Date };

export type LeadFact = {
  readonly id: string;
  readonly source: LeadSource;
  readonly place: string;
  readonly contact: string;
  readonly words: string | null;
  readonly receivedAt: Date;
  readonly receivedBy: string | null;
  readonly caseId: string | null;
};

export type DraftFact = { readonly id: string; readonly savedAt: Date; readonly content: DraftContent };

const MOST_ON_A_PAGE = 50;
/** A society has a handful of cases a year; more than this open at once is no home page any more. */
const MOST_OPEN = 200;

/** What pages and lists read. Every question names the society; another's ids are not found (D4-69). */
@Injectable()
export class CasesQueries {
  constructor(
    private readonly dataSource: DataSource,
    private readonly seals: CaseSeals,
    private readonly clock: Clock,
  ) {}

  async case(societyId: string, caseId: string): Promise<CaseFacts> {
    return factsOf(await this.row({ societyId, id: caseId }));
  }

  /** With what was sealed, for what is published of it: never for a page. */
  whole(societyId: string, caseId: string): Promise<CaseRow> {
    return this.row({ societyId, id: caseId });
  }

  async byNumber(societyId: string, text: string): Promise<CaseFacts> {
    const number = readCaseNumber(text);
    if (!number) throw new CaseNotFound();
    return factsOf(await this.row({ societyId, ...number }));
  }

  /** The newest first, from below the number `before`: by keyset, so that a page costs the same wherever it stands. */
  async page(
    societyId: string,
    options: { before?: CaseNumber | null; state?: CaseState | null; limit?: number } = {},
  ): Promise<CasePage> {
    const { before = null, state = null } = options;
    const size = Math.min(Math.max(options.limit ?? MOST_ON_A_PAGE, 1), 100);
    const of = { societyId, ...(state ? { state } : {}) };
    const where: FindOptionsWhere<CaseRow>[] = before
      ? [
          { ...of, year: before.year, number: LessThan(before.number) },
          { ...of, year: LessThan(before.year) },
        ]
      : [of];
    const order = { year: 'DESC', number: 'DESC' } as const;
    const found = await this.rows.find(CaseRow, { where, order, take: size + 1 });
    const cases = found.slice(0, size).map(factsOf);
    return { cases, next: found.length > size ? (cases.at(-1)?.text ?? null) : null };
  }

  /** What is not over, and what still owes something though it is: the cases that the home page can be about. */
  async open(societyId: string, owing: readonly string[] = []): Promise<CaseFacts[]> {
    const where = [
      { societyId, state: Not(In(DONE_STATES)) },
      { societyId, id: In(owing) },
    ];
    const found = await this.rows.find(CaseRow, {
      where,
      order: { year: 'DESC', number: 'DESC' },
      take: MOST_OPEN,
    });
    return found.map(factsOf);
  }

  /** The numbers of a person's cases in these states, the oldest first. */
  async numbersOf(societyId: string, applicantId: string, states: readonly CaseState[]): Promise<string[]> {
    const where = { societyId, applicantId, state: In([...states]) };
    const found = await this.rows.find(CaseRow, { where, order: { year: 'ASC', number: 'ASC' } });
    return found.map(caseNumberText);
  }

  async story(societyId: string, caseId: string): Promise<string | null> {
    const { storySealed } = await this.row({ societyId, id: caseId });
    return storySealed === null ? null : this.seals.openStory(caseId, storySealed);
  }

  async papers(caseId: string): Promise<PaperFact[]> {
    const rows = await this.rows.findBy(CasePaper, { caseId });
    return rows.map(({ id, kind, state, waiverSealed, recordedAt, confirmedAt }) => ({
      kind,
      state,
      recordedAt,
      confirmedAt,
      waiver: waiverSealed === null ? null : this.seals.openWaiver(id, waiverSealed),
    }));
  }

  async photos(caseId: string): Promise<PhotoFact[]> {
    const rows = await this.rows.find(CaseFile, { where: { caseId }, order: { id: 'ASC' } });
    return rows.map(({ kind, fileId, addedAt }) => ({ kind, fileId, addedAt }));
  }

  /** Which paper of which case a photo shows; null where it belongs to none yet. */
  async paperOfFile(fileId: string): Promise<Pick<CaseFile, 'caseId' | 'kind'> | null> {
    return this.rows.findOneBy(CaseFile, { fileId });
  }

  async visits(caseId: string): Promise<VisitFact[]> {
    const rows = await this.rows.find(CaseVisit, { where: { caseId }, order: { id: 'ASC' } });
    return rows.map(({ id, visitorId, visitedOn, noteSealed }) => ({
      visitorId,
      visitedOn,
      note: noteSealed === null ? null : this.seals.openNote(id, noteSealed),
    }));
  }

  /** Other cases of the year that share a person, a household or a card with this one, or may share the person. */
  async similar(
    societyId: string,
    year: number,
    mine: {
      caseId: string | null;
      applicantId: string;
      householdId: string;
      payeeAccountId: string | null;
    },
    alike: readonly string[],
  ): Promise<OtherCase[]> {
    const of = { societyId, year, ...(mine.caseId === null ? {} : { id: Not(mine.caseId) }) };
    const where: FindOptionsWhere<CaseRow>[] = [
      { ...of, householdId: mine.householdId },
      { ...of, applicantId: In([mine.applicantId, ...alike]) },
    ];
    if (mine.payeeAccountId !== null) where.push({ ...of, payeeAccountId: mine.payeeAccountId });
    const found = await this.rows.find(CaseRow, { where, order: { number: 'DESC' }, take: MOST_ON_A_PAGE });
    return found.map((row) => ({ ...factsOf(row), number: caseNumberText(row) }));
  }

  /** The case, if there is one, that this person has for this cause in this year. */
  async sameCause(causeKey: string): Promise<CaseFacts | null> {
    const row = await this.rows.findOneBy(CaseRow, [{ causeKey }, { causeKey: Like(`${causeKey}:%`) }]);
    return row && factsOf(row);
  }

  /** Cases of a household whose money has left and whose papers have not all come. */
  async owingPapers(societyId: string, householdId: string): Promise<CaseFacts[]> {
    const where = { societyId, householdId, state: 'PAID' as const, papersDoneAt: IsNull() };
    return (await this.rows.find(CaseRow, { where, order: { number: 'ASC' } })).map(factsOf);
  }

  async useOf(societyId: string, householdId: string, year: number): Promise<YearUse> {
    const row = await this.rows.findOneBy(HouseholdYear, { societyId, householdId, year });
    return { usedFen: row?.usedFen ?? fen(0), usedCount: row?.usedCount ?? 0 };
  }

  async leads(societyId: string): Promise<LeadFact[]> {
    const order = { receivedAt: 'DESC', id: 'DESC' } as const;
    const rows = await this.rows.find(LeadRow, { where: { societyId }, order, take: MOST_ON_A_PAGE });
    return rows.map((row) => this.leadOf(row));
  }

  async lead(societyId: string, leadId: string): Promise<LeadFact> {
    const row = await this.rows.findOneBy(LeadRow, { societyId, id: leadId });
    if (!row) throw new LeadNotFound();
    return this.leadOf(row);
  }

  /** A draft of this account that is not too old; null also for anybody else's. */
  async draft(accountId: string, draftId: string): Promise<DraftFact | null> {
    const now = this.clock.now();
    const row = await this.rows.findOneBy(CaseDraft, { id: draftId, accountId, expiresAt: MoreThan(now) });
    return (
      row && { id: row.id, savedAt: row.savedAt, content: this.seals.openDraft(row.id, row.contentSealed) }
    );
  }

  /** The one that this account left unfinished last, to be offered again. */
  async latestDraft(societyId: string, accountId: string): Promise<DraftFact | null> {
    const [row] = await this.rows.find(CaseDraft, {
      where: { societyId, accountId, expiresAt: MoreThan(this.clock.now()) },
      order: { savedAt: 'DESC' },
      take: 1,
    });
    if (!row) return null;
    return { id: row.id, savedAt: row.savedAt, content: this.seals.openDraft(row.id, row.contentSealed) };
  }

  /** For the clock: the drafts that are past their days. */
  async expiredDrafts(now: Date): Promise<string[]> {
    const rows = await this.rows.find(CaseDraft, {
      select: { id: true },
      where: { expiresAt: LessThanOrEqual(now) },
    });
    return rows.map(({ id }) => id);
  }

  private leadOf(row: LeadRow): LeadFact {
    const { id, source, place, receivedAt, receivedBy, caseId } = row;
    const contact = this.seals.openLead(id, 'contact', row.contactSealed);
    const words = row.wordsSealed === null ? null : this.seals.openLead(id, 'words', row.wordsSealed);
    return { id, source, place, contact, words, receivedAt, receivedBy, caseId };
  }

  private async row(where: FindOptionsWhere<CaseRow>): Promise<CaseRow> {
    const row = await this.rows.findOneBy(CaseRow, where);
    if (!row) throw new CaseNotFound();
    return row;
  }

  private get rows() {
    return this.dataSource.manager;
  }
}

const SEALED: readonly string[] = [
  'storySealed',
  'frozenSealed',
  'decision',
  'payeeReasonSealed',
  'endNoteSealed',
] satisfies Sealed[];

/** Nothing sealed leaves this file by accident. */
function factsOf(row: CaseRow): CaseFacts {
  const open = Object.fromEntries(Object.entries(row).filter(([name]) => !SEALED.includes(name)));
  return { ...(open as Omit<CaseFacts, 'text'>), text: caseNumberText(row) };
}
