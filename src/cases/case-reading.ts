import { Injectable } from '@nestjs/common';
import { AuditQueries } from '../audit/index.js';
import { BoardQueries } from '../board/index.js';
import { DutiesQueries } from '../duties/index.js';
import { isAuditor } from '../kernel/actor.js';
import type { Actor } from '../kernel/actor.js';
import { Clock } from '../kernel/clock.js';
import { dayOf } from '../kernel/day.js';
import { LedgerQueries } from '../ledger/index.js';
import { NoticesQueries } from '../notices/index.js';
import { OfficesQueries } from '../offices/index.js';
import { PaymentsQueries, RecoveriesQueries } from '../payments/index.js';
import { PeopleQueries } from '../people/index.js';
import type { PersonSummary } from '../people/index.js';
import { societyOf } from '../platform/web/caller.js';
import { SocietiesQueries } from '../societies/index.js';
import { withoutWords } from './case-page.facts.js';
import type { CasePageFacts } from './case-page.facts.js';
import { CaseLooks } from './case-looks.js';
import { CaseSidelights } from './case-sidelights.js';
import type { RoundFormFacts } from './case-forms.views.js';
import { CasesQueries } from './cases.queries.js';
import type { CaseFacts } from './cases.queries.js';
import { duplicatesOf } from './domain/duplicates.js';
import type { Duplicate } from './domain/duplicates.js';
import { missingOf } from './domain/papers.js';
import { recusalsOf } from './domain/recusals.js';
import { showsStory } from './domain/story-readers.js';
import { FastPathReading } from './fast-path.reading.js';
import { HandoversQueries } from './handovers.queries.js';
import type { NamedCase } from './home.views.js';
import { LettersQueries } from './letters.queries.js';
import { MatchesQueries } from './matches.queries.js';
import { OverduePapers } from './overdue-papers.js';

/** Gathers what the page of one case shows, from every stop of its road. */
@Injectable()
export class CaseReading {
  constructor(
    private readonly queries: CasesQueries,
    private readonly people: PeopleQueries,
    private readonly offices: OfficesQueries,
    private readonly societies: SocietiesQueries,
    private readonly duties: DutiesQueries,
    private readonly board: BoardQueries,
    private readonly payments: PaymentsQueries,
    private readonly notices: NoticesQueries,
    private readonly ledger: LedgerQueries,
    private readonly audit: AuditQueries,
    private readonly fastPaths: FastPathReading,
    private readonly handovers: HandoversQueries,
    private readonly letters: LettersQueries,
    private readonly matches: MatchesQueries,
    private readonly recoveries: RecoveriesQueries,
    private readonly papers: OverduePapers,
    private readonly sidelights: CaseSidelights,
    private readonly looks: CaseLooks,
    private readonly clock: Clock,
  ) {}

  async caseAndApplicant(
    actor: Actor,
    number: string,
  ): Promise<{ row: CaseFacts; applicant: PersonSummary }> {
    const row = await this.queries.byNumber(societyOf(actor), number);
    return { row, applicant: await this.people.person(row.societyId, row.applicantId) };
  }

  async page(actor: Actor, number: string): Promise<CasePageFacts> {
    const { row, applicant } = await this.caseAndApplicant(actor, number);
    const { societyId, id } = row;
    const order = await this.payments.ofSubject('case', id);
    const recovery = await this.recoveries.ofSubject('case', id);
    const notices = await this.notices.allOfSubject('case', id);
    const accounts = await this.people.keptAccounts(societyId, row.payeeId);
    const papers = await this.queries.papers(id);
    const facts: CasePageFacts = {
      row,
      applicant,
      order,
      notices,
      letters: await this.letters.ofCase(societyId, id),
      recovery,
      payee: row.payeeRelation === 'SELF' ? null : await this.people.person(societyId, row.payeeId),
      now: this.clock.now(),
      roles: actor.roles,
      registrar: row.registeredBy === null ? null : await this.people.person(societyId, row.registeredBy),
      account: accounts.find((account) => account.id === row.payeeAccountId) ?? null,
      story: await this.storyFor(actor, row),
      looks: await this.looks.offered(actor, row),
      visits: await this.visitsOf(row),
      papers,
      photos: await this.queries.photos(id),
      duplicates: await this.duplicatesOf(row),
      matches: await this.matches.ofCase(id),
      sidelights: await this.sidelights.of(actor, id),
      duties: await this.duties.ofThread(id),
      targets: {
        number: row.text,
        state: row.state,
        applicantId: row.applicantId,
        orderId: order?.id ?? null,
        recoveryId: recovery?.id ?? null,
        toApprove: order?.state === 'TO_APPROVE',
        papersHandedIn: missingOf(papers).length === 0,
        notices,
      },
      rounds: await this.board.roundsOf('case', id),
      fastPath: await this.fastPaths.linkFor(actor, row),
      handover: await this.handovers.ofCase(societyId, id),
      cameFrom: await this.handovers.takenAs(societyId, id),
      trail: await this.trailOf(row),
    };
    return isAuditor(actor) ? withoutWords(facts) : facts;
  }

  /** What a round would be opened on: directors in office, who must stand aside, the money that is free. */
  async roundForm(actor: Actor, number: string): Promise<RoundFormFacts> {
    const { row, applicant } = await this.caseAndApplicant(actor, number);
    const today = dayOf(this.clock.now());
    const directors = await this.offices.directorsOn(row.societyId, today);
    const ids = directors.map(({ personId }) => personId);
    const found = await this.people.relatedAmong(row.societyId, row.applicantId, ids);
    const ties = new Map(found.map(({ personId, reasons }) => [personId, reasons]));
    const proposed = recusalsOf(directors, row.applicantId, ties, []);
    const { voteHours } = await this.societies.charterOn(row.societyId, today);
    return {
      row,
      applicant,
      directors,
      proposed: proposed.flatMap(({ personId, reason }) => {
        const director = directors.find((each) => each.personId === personId);
        return director ? [{ director, reason }] : [];
      }),
      freeFen: (await this.ledger.fund(row.societyId)).freeFen,
      owing: await this.papers.numberOf(row.societyId, row.householdId),
      voteHours,
    };
  }

  async named(cases: readonly CaseFacts[]): Promise<NamedCase[]> {
    return Promise.all(
      cases.map(async (row) => {
        const { maskedName } = await this.people.person(row.societyId, row.applicantId);
        return { ...row, maskedName };
      }),
    );
  }

  /** Other cases of its year that may be about the same need. */
  async duplicatesOf(
    row: Pick<
      CaseFacts,
      'societyId' | 'applicantId' | 'householdId' | 'payeeAccountId' | 'cause' | 'year'
    > & {
      readonly id: string | null;
    },
  ): Promise<Duplicate[]> {
    const same = await this.people.sameIdentity(row.societyId, row.applicantId);
    const alike = same.map(({ personId }) => personId);
    const others = await this.queries.similar(row.societyId, row.year, { ...row, caseId: row.id }, alike);
    return duplicatesOf(row, others, same);
  }

  /** Never to those of the board who are tied to the applicant. */
  private async storyFor({ roles, personId }: Actor, row: CaseFacts): Promise<string | null> {
    if (!showsStory(roles, row.state)) return null;
    const isOffice = roles.includes('secretary') || roles.includes('clerk');
    if (!isOffice && personId !== null) {
      const ties = await this.people.related(row.societyId, row.applicantId, personId);
      if (ties.length > 0) return null;
    }
    return this.queries.story(row.societyId, row.id);
  }

  private async visitsOf(row: CaseFacts): Promise<CasePageFacts['visits']> {
    const visits = await this.queries.visits(row.id);
    const persons = await this.people.persons(
      row.societyId,
      visits.map(({ visitorId }) => visitorId),
    );
    return visits.map((visit, i) => ({ ...visit, name: persons[i]?.maskedName ?? '' }));
  }

  private async trailOf(row: CaseFacts): Promise<CasePageFacts['trail']> {
    const trail = await this.audit.thread(row.societyId, row.id);
    const ids = [...new Set(trail.flatMap(({ personId }) => (personId === null ? [] : [personId])))];
    const persons = await this.people.persons(row.societyId, ids);
    const nameOf = new Map(persons.map(({ id, maskedName }) => [id, maskedName]));
    return trail.map((act) => ({ ...act, who: nameOf.get(act.personId ?? '') ?? null }));
  }
}
