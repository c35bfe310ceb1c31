import { Injectable } from '@nestjs/common';
import { AuditQueries } from '../audit/index.js';
import type { TrailRow } from '../audit/index.js';
import { BoardQueries } from '../board/index.js';
import type { RoundSummary } from '../board/index.js';
import { AidQueries, CasesQueries, MatchesQueries } from '../cases/index.js';
import type { AidFact, CaseFacts, MatchPair, PaperFact } from '../cases/index.js';
import { DutiesQueries } from '../duties/index.js';
import type { Duty } from '../duties/index.js';
import { isAuditor } from '../kernel/actor.js';
import type { Actor } from '../kernel/actor.js';
import { NoticesQueries } from '../notices/index.js';
import type { NoticeLine } from '../notices/index.js';
import { PeopleQueries } from '../people/index.js';
import type { PayeeAccountSummary, PersonSummary } from '../people/index.js';
import { DeskGround } from './desk-ground.js';
import { DeskQueries } from './desk.queries.js';
import type { GrantFact } from './desk.queries.js';
import { readPlace } from './domain/desk-filter.js';
import type { DeskFilter } from './domain/desk-filter.js';
import type { QueueLease, QueueRow } from './domain/queue.js';
import { finderRoleOf, findingsNeeded, refusalOf, seesVoices, standingOf } from './domain/findings.js';
import type { CannotFind, Standing } from './domain/findings.js';
import { isWaiting } from './domain/review.js';
import type { Sign } from './domain/risks.js';
import { LeasesService } from './leases.service.js';
import { MatchIds } from './match-ids.js';
import { QueueReading } from './queue.reading.js';
import { ReviewQueries } from './review.queries.js';
import type { FindingFact, OutcomeFact } from './review.queries.js';

/** All that is judged of one grant, in the order in which it is. Masked throughout. */
export type GrantFacts = {
  readonly now: Date;
  readonly accountId: string | null;
  readonly grant: GrantFact;
  readonly row: CaseFacts;
  readonly applicant: PersonSummary;
  readonly householdSize: number;
  readonly payee: PersonSummary;
  readonly account: PayeeAccountSummary | null;
  readonly visits: number;
  readonly papers: readonly PaperFact[];
  readonly rounds: readonly RoundSummary[];
  readonly notices: readonly NoticeLine[];
  readonly aid: readonly AidFact[];
  readonly pairs: readonly MatchPair[];
  readonly duties: readonly Duty[];
  readonly trail: readonly (TrailRow & { readonly who: string | null })[];
  readonly signs: readonly Sign[];
  readonly nth: number;
  readonly isWaiting: boolean;
  readonly needed: 1 | 2;
  readonly standing: Standing;
  /** What was said in the open lap; without the others' words while this person has still to look. */
  readonly findings: readonly FindingFact[];
  readonly isBlind: boolean;
  readonly outcomes: readonly OutcomeFact[];
  readonly lease: QueueLease | null;
  /** Why this person may not say anything just now; null when they may. */
  readonly refusal: CannotFind | 'TIED' | 'READER' | 'DONE' | null;
  readonly next: QueueRow | null;
};

@Injectable()
export class GrantReading {
  constructor(
    private readonly ground: DeskGround,
    private readonly desk: DeskQueries,
    private readonly queue: QueueReading,
    private readonly review: ReviewQueries,
    private readonly leases: LeasesService,
    private readonly cases: CasesQueries,
    private readonly people: PeopleQueries,
    private readonly board: BoardQueries,
    private readonly notices: NoticesQueries,
    private readonly duties: DutiesQueries,
    private readonly aid: AidQueries,
    private readonly matches: MatchesQueries,
    private readonly matchIds: MatchIds,
    private readonly audit: AuditQueries,
  ) {}

  async grant(actor: Actor, caseId: string, filter: DeskFilter, at: string | null): Promise<GrantFacts> {
    const asking = await this.ground.askingOf(actor);
    const { scopeId, now } = asking;
    const grant = await this.desk.grant(scopeId, caseId);
    const { societyId } = grant;
    const row = await this.cases.case(societyId, caseId);
    const applicant = await this.people.person(societyId, row.applicantId);
    const { householdId } = applicant;
    const { members } = await this.people.household(societyId, householdId);
    const accounts = await this.people.keptAccounts(societyId, row.payeeId);
    const family = { societyId, personId: applicant.id, householdId, payeeAccountId: null };
    return {
      ...{ now, accountId: actor.accountId, grant, row, applicant, householdSize: members.length },
      payee: await this.people.person(societyId, row.payeeId),
      account: accounts.find(({ id }) => id === row.payeeAccountId) ?? null,
      visits: (await this.cases.visits(caseId)).length,
      papers: await this.cases.papers(caseId),
      rounds: await this.board.roundsOf('case', caseId),
      notices: await this.notices.allOfSubject('case', caseId),
      aid: await this.aid.ofFamily(scopeId, family),
      pairs: await this.pairsOf(scopeId, caseId),
      duties: await this.duties.ofThread(caseId),
      trail: await this.trailOf(scopeId, societyId, caseId),
      ...(await this.desk.signsOf(asking, caseId)),
      ...(await this.reviewOf(actor, scopeId, row, grant)),
      lease: await this.leaseOf(actor, caseId, now),
      next: await this.queue.next(asking, filter, readPlace(at), caseId),
    };
  }

  private async reviewOf(actor: Actor, scopeId: string, { id, state }: CaseFacts, { amountFen }: GrantFact) {
    const [outcomes, said] = await this.voicesOf(actor, id);
    const waits = isWaiting(state, outcomes);
    const needed = findingsNeeded(amountFen);
    // The lap that is open; of what is settled, the last one that was.
    const findings = said.filter(({ lap }) => lap === (waits ? outcomes.length + 1 : outcomes.length));
    const standing = standingOf(findings, needed);
    const isBlind = findings.length > 0 && !seesVoices(findings, standing, actor.personId);
    return {
      ...{ isWaiting: waits, needed, standing, findings, isBlind, outcomes },
      refusal: waits ? await this.refusalOf(actor, scopeId, id, findings, needed) : ('DONE' as const),
    };
  }

  /** What was found and answered: to whoever audits without the words, and without the photo. */
  private async voicesOf(actor: Actor, caseId: string): Promise<[OutcomeFact[], FindingFact[]]> {
    const [outcomes, said] = [await this.review.outcomes(caseId), await this.review.findings(caseId)];
    if (!isAuditor(actor)) return [outcomes, said];
    return [
      outcomes.map((each) => ({ ...each, words: null, answer: null, fileId: null })),
      said.map((each) => ({ ...each, words: null })),
    ];
  }

  private async refusalOf(
    { personId, roles }: Actor,
    scopeId: string,
    caseId: string,
    findings: readonly FindingFact[],
    needed: 1 | 2,
  ): Promise<GrantFacts['refusal']> {
    const asRole = finderRoleOf(roles);
    if (personId === null || asRole === null) return 'READER';
    if (await this.ground.isTied(scopeId, personId, caseId)) return 'TIED';
    return refusalOf(findings, needed, { personId, asRole });
  }

  /** Opened by whoever is at it, it is theirs for ten more minutes. */
  private async leaseOf(actor: Actor, caseId: string, now: Date): Promise<QueueLease | null> {
    const lease = await this.desk.lease(caseId, now);
    const renewed = await this.leases.renew(actor, caseId, lease);
    return lease && renewed && { ...lease, untilAt: renewed.untilAt };
  }

  private async pairsOf(scopeId: string, caseId: string): Promise<MatchPair[]> {
    const ids = await this.matchIds.of(scopeId, caseId);
    return Promise.all(ids.map((id) => this.matches.pair(scopeId, id)));
  }

  /** What the society did and what the desk did, as one line; each act's person is named by the register they stand in. */
  private async trailOf(scopeId: string, societyId: string, caseId: string): Promise<GrantFacts['trail']> {
    const [own, desk] = await Promise.all([
      this.namedTrail(societyId, caseId),
      this.namedTrail(scopeId, caseId),
    ]);
    const timers = ({ subjectId, act, at }: TrailRow) => `${subjectId}/${act}/${at.getTime()}`;
    const known = new Set(own.map(timers));
    return [...own, ...desk.filter((row) => !known.has(timers(row)))].sort(
      (one, other) => other.at.getTime() - one.at.getTime(),
    );
  }

  private async namedTrail(societyId: string, caseId: string): Promise<GrantFacts['trail']> {
    const trail = await this.audit.thread(societyId, caseId);
    const ids = [...new Set(trail.flatMap(({ personId }) => (personId === null ? [] : [personId])))];
    const persons = await this.people.persons(societyId, ids);
    const nameOf = new Map(persons.map(({ id, maskedName }) => [id, maskedName]));
    return trail.map((act) => ({ ...act, who: nameOf.get(act.personId ?? '') ?? null }));
  }
}
