import { Injectable } from '@nestjs/common';
import { AuditQueries } from '../audit/index.js';
import type { TrailRow } from '../audit/index.js';
import { BoardQueries } from '../board/index.js';
import type { RoundSummary } from '../board/index.js';
import { tiesWords } from '../cases/domain/visitors.js';
import { DutiesQueries } from '../duties/index.js';
import type { Duty } from '../duties/index.js';
import { isAuditor } from '../kernel/actor.js';
import type { Actor, Role } from '../kernel/actor.js';
import { Clock } from '../kernel/clock.js';
import { fen, yuanShort } from '../kernel/fen.js';
import { NoticesQueries } from '../notices/index.js';
import type { NoticeLine } from '../notices/index.js';
import { InstitutionsQueries, PaymentsQueries, RecoveriesQueries } from '../payments/index.js';
import { PeopleQueries } from '../people/index.js';
import type { LookLine, PayeeAccountSummary, PersonSummary } from '../people/index.js';
import { societyOf } from '../platform/web/caller.js';
import { reviewsNeeded } from './domain/desk-rules.js';
import { ReliefNotInState } from './domain/relief.errors.js';
import type { ReliefState } from './domain/relief-procedure.js';
import { RELIEF_STATE_WORDS } from './domain/relief-words.js';
import { ReliefAid } from './relief-aid.js';
import type { AidLine } from './relief-aid.js';
import { ReliefDeskService } from './relief-desk.service.js';
import { ReliefGround } from './relief-ground.js';
import { RELIEF, RELIEF_PAYMENT } from './relief-kind.js';
import { ReliefLetters } from './relief-letters.js';
import type { LetterFact } from './relief-letters.js';
import { ReliefLooks } from './relief-looks.js';
import { ReliefQueries } from './relief.queries.js';
import type {
  AdvanceFact,
  HoldFact,
  InvoiceFact,
  PaperFact,
  PaymentFact,
  PolicyFact,
  RefundFact,
  ReliefFacts,
  ReturnFact,
  ReviewFact,
  ScoreFact,
  Sum,
} from './relief.queries.js';

/** A case and whose it is, as the register of the reader's society knows the person. */
export type About = { readonly known: ReliefFacts; readonly applicant: PersonSummary };

/** One payment, with where its order and what is owed back of it are found. */
export type PaymentLine = PaymentFact & {
  readonly to: string;
  readonly orderId: string | null;
  readonly recoveryId: string | null;
};

type Named = { readonly name: string };

/** What the federation alone is shown: how the case is judged, and what else the family has had. */
export type DeskFacts = {
  /** Masked, of everybody in the household. */
  readonly household: readonly string[];
  readonly tied: readonly (Named & { readonly words: string })[];
  readonly verifyNote: string | null;
  readonly scores: readonly (ScoreFact & Named)[];
  readonly opinion: string | null;
  readonly sheetFileId: string | null;
  readonly reviews: readonly (ReviewFact & Named)[];
  readonly reviewsNeeded: 1 | 2;
  readonly holds: readonly HoldFact[];
  readonly advance: AdvanceFact | null;
  readonly refunds: readonly RefundFact[];
  readonly aid: readonly AidLine[];
  readonly rounds: readonly RoundSummary[];
};

export type ReliefPageFacts = About & {
  readonly now: Date;
  readonly roles: readonly Role[];
  readonly actor: Pick<Actor, 'societyId' | 'personId' | 'roles'>;
  readonly account: PayeeAccountSummary | null;
  /** Somebody has asked for an advance to the family's account. */
  readonly advanceToFamily: boolean;
  /** In the words of whoever asked; null for whoever may not read it. */
  readonly story: string | null;
  /** What is sealed, masked; none for whoever may not look at the whole of it. */
  readonly looks: readonly LookLine[];
  readonly invoices: readonly InvoiceFact[];
  readonly policies: readonly PolicyFact[];
  readonly papers: readonly PaperFact[];
  readonly returns: readonly ReturnFact[];
  readonly payments: readonly PaymentLine[];
  readonly notices: readonly NoticeLine[];
  readonly letters: readonly LetterFact[];
  readonly duties: readonly Duty[];
  /** To a society only what a panel has fixed. */
  readonly sum: Sum | null;
  readonly trail: readonly (Pick<TrailRow, 'at' | 'act' | 'words'> & { readonly who: string | null })[];
  readonly desk: DeskFacts | null;
};

/** Who may read what happened and what was found, in free words: those who decide or answer for it, never those tied. */
const STORY_READERS: readonly Role[] = [
  'secretary',
  'clerk',
  'chair',
  'deputy',
  'director',
  'supervisor',
  'reviewer',
];

/** Gathers what the page of one case shows, from every room that it has passed through. */
@Injectable()
export class ReliefReading {
  constructor(
    private readonly queries: ReliefQueries,
    private readonly ground: ReliefGround,
    private readonly desk: ReliefDeskService,
    private readonly aid: ReliefAid,
    private readonly letters: ReliefLetters,
    private readonly looks: ReliefLooks,
    private readonly people: PeopleQueries,
    private readonly duties: DutiesQueries,
    private readonly notices: NoticesQueries,
    private readonly board: BoardQueries,
    private readonly institutions: InstitutionsQueries,
    private readonly orders: PaymentsQueries,
    private readonly recoveries: RecoveriesQueries,
    private readonly audit: AuditQueries,
    private readonly clock: Clock,
  ) {}

  async about(actor: Actor, reliefId: string): Promise<About> {
    return this.named(actor, await this.queries.relief(societyOf(actor), reliefId));
  }

  /** For a form of the desk: whoever is tied to the applicant is told so before anything is typed. */
  async atTheDesk(actor: Actor, reliefId: string, states: readonly ReliefState[]): Promise<About> {
    return this.named(actor, inState(await this.ground.atTheDesk(actor, reliefId), states));
  }

  async atHome(actor: Actor, reliefId: string, states: readonly ReliefState[]): Promise<About> {
    return this.named(actor, inState(await this.ground.atHome(actor, reliefId), states));
  }

  /** The sum as the federation sees it. */
  async sumOf(known: ReliefFacts): Promise<Sum> {
    return this.queries.sum(known, await this.desk.takenBy(known, await this.ground.ruleOf(known)));
  }

  async page(actor: Actor, reliefId: string): Promise<ReliefPageFacts> {
    const { known, applicant } = await this.about(actor, reliefId);
    const isDesk = known.societyId === actor.societyId;
    const mayReadWords = await this.mayReadWords(actor, known);
    const sum = isDesk ? await this.sumOf(known) : await this.fixedSum(known);
    const accounts = await this.people.keptAccounts(known.societyId, known.applicantId);
    return {
      known,
      applicant,
      actor,
      roles: actor.roles,
      now: this.clock.now(),
      account: accounts.find(({ id }) => id === known.accountId) ?? null,
      advanceToFamily: (await this.queries.advance(known.id))?.institutionId === null,
      story: mayReadWords ? await this.queries.story(known.id) : null,
      looks: await this.looks.offered(actor, known),
      invoices: await this.queries.invoices(known.id),
      policies: await this.queries.policies(known),
      papers: await this.queries.papers(known.id),
      returns: await this.returnsFor(actor, known),
      payments: await this.paymentsOf(known),
      notices: await this.notices.allOfSubject(RELIEF, known.id),
      letters: await this.letters.of(known.id),
      duties: await this.duties.ofThread(known.id),
      sum,
      trail: await this.trailOf(known, actor),
      desk: isDesk && sum ? await this.deskFacts(known, sum, mayReadWords) : null,
    };
  }

  /** What the society is asked for in the words of whoever sent the file back: not for whoever audits. */
  private async returnsFor(actor: Actor, known: ReliefFacts): Promise<ReturnFact[]> {
    const returns = await this.queries.returns(known.id);
    return isAuditor(actor) ? returns.map((each) => ({ ...each, note: null })) : returns;
  }

  async aidOf(known: ReliefFacts): Promise<AidLine[]> {
    return this.aid.of(known);
  }

  private async named(actor: Actor, known: ReliefFacts): Promise<About> {
    const applicant =
      actor.societyId === known.societyId
        ? await this.people.person(known.societyId, known.applicantId)
        : await this.people.person(known.homeSocietyId, known.originPersonId);
    return { known, applicant };
  }

  /** Before a panel a society would have to be told what the family has had elsewhere: it is shown nothing. */
  private async fixedSum(known: ReliefFacts): Promise<Sum | null> {
    const sum = await this.queries.sum(known, fen(0));
    return sum.isFixed ? sum : null;
  }

  private async mayReadWords({ roles, personId, societyId }: Actor, known: ReliefFacts): Promise<boolean> {
    if (!roles.some((role) => STORY_READERS.includes(role))) return false;
    if (personId === null) return true;
    const [registerId, applicantId] =
      societyId === known.societyId
        ? [known.societyId, known.applicantId]
        : [known.homeSocietyId, known.originPersonId];
    return (await this.people.related(registerId, applicantId, personId)).length === 0;
  }

  private async deskFacts(known: ReliefFacts, sum: Sum, mayReadWords: boolean): Promise<DeskFacts> {
    const { id } = known;
    const inOffice = [...(await this.ground.inOffice(known.societyId))];
    const tied = await this.ground.tiedOf(known, inOffice);
    const origin = await this.people.person(known.homeSocietyId, known.originPersonId);
    const { members } = await this.people.household(known.homeSocietyId, origin.householdId);
    const reviews = await this.queries.reviews(known);
    return {
      household: members.map(({ maskedName }) => maskedName),
      tied: await this.withNames(known, tied, ({ reasons, name }) => ({ name, words: tiesWords(reasons) })),
      verifyNote: mayReadWords ? await this.queries.verifyNote(id) : null,
      scores: await this.withNames(known, await this.queries.scores(known), (score) => score),
      opinion: mayReadWords ? await this.queries.opinion(known) : null,
      sheetFileId: await this.queries.assessmentSheet(known),
      reviews: await this.withNames(
        known,
        reviews.map((each) => ({ ...each, personId: each.reviewerId })),
        (review) => ({ ...review, note: mayReadWords ? review.note : null }),
      ),
      reviewsNeeded: reviewsNeeded(sum.rule, sum.sheet.grantFen),
      holds: await this.queries.holds(id),
      advance: await this.queries.advance(id),
      refunds: await this.queries.refunds(id),
      aid: await this.aid.of(known),
      rounds: await this.board.roundsOf(RELIEF, id),
    };
  }

  private async withNames<Row extends { readonly personId: string }, Out>(
    { societyId }: ReliefFacts,
    rows: readonly Row[],
    of: (row: Row & Named) => Out,
  ): Promise<Out[]> {
    const persons = await this.people.persons(
      societyId,
      rows.map(({ personId }) => personId),
    );
    return rows.map((row, i) => of({ ...row, name: persons[i]?.maskedName ?? '' }));
  }

  private async paymentsOf(known: ReliefFacts): Promise<PaymentLine[]> {
    const payments = await this.queries.payments(known.id);
    return Promise.all(
      payments.map(async (payment) => ({
        ...payment,
        to:
          payment.institutionId === null
            ? '家庭'
            : (await this.institutions.institution(known.societyId, payment.institutionId)).name,
        orderId: (await this.orders.ofSubject(RELIEF_PAYMENT, payment.id))?.id ?? null,
        recoveryId: (await this.recoveries.ofSubject(RELIEF_PAYMENT, payment.id))?.id ?? null,
      })),
    );
  }

  /** The federation reads what the society did too; a society its own acts, and the rest by its stations. */
  private async trailOf(known: ReliefFacts, { societyId }: Actor): Promise<ReliefPageFacts['trail']> {
    const { societyId: federationId, homeSocietyId, submittedBySocietyId } = known;
    if (societyId !== federationId)
      return inOrder([...(await this.namedTrail(homeSocietyId, known.id)), ...stationsOf(known)]);
    const own = await this.namedTrail(federationId, known.id);
    const others = [...new Set([homeSocietyId, submittedBySocietyId])].filter((id) => id !== federationId);
    const theirs = await Promise.all(others.map((id) => this.namedTrail(id, known.id, true)));
    return inOrder([...own, ...theirs.flat()]);
  }

  /** With `ofPersons`, no acts of timers: those stand in the thread of every society. */
  private async namedTrail(societyId: string, threadId: string, ofPersons = false) {
    const trail = await this.audit.thread(societyId, threadId);
    const rows = ofPersons ? trail.filter(({ personId }) => personId !== null) : trail;
    const ids = [...new Set(rows.flatMap(({ personId }) => (personId === null ? [] : [personId])))];
    const persons = await this.people.persons(societyId, ids);
    const nameOf = new Map(persons.map(({ id, maskedName }) => [id, maskedName]));
    return rows.map(({ at, act, words, personId }) => ({
      ...{ at, act, words },
      who: nameOf.get(personId ?? '') ?? null,
    }));
  }
}

/** The newest first. */
function inOrder(trail: ReliefPageFacts['trail']): ReliefPageFacts['trail'] {
  return [...trail].sort((one, next) => next.at.getTime() - one.at.getTime());
}

function inState(known: ReliefFacts, states: readonly ReliefState[]): ReliefFacts {
  if (!states.includes(known.state)) throw new ReliefNotInState(RELIEF_STATE_WORDS[known.state]);
  return known;
}

/** What a society may know of how far the federation has come. */
function stationsOf(known: ReliefFacts): ReliefPageFacts['trail'] {
  const stations: readonly (readonly [at: Date | null, words: string])[] = [
    [known.verifiedAt, '总会核实过了'],
    [known.reviewedAt, '总会审核通过'],
    [known.approvedAt, known.grantFen === null ? '批准救助' : `批准救助 ${yuanShort(known.grantFen)} 元`],
    [known.paidAt, '救助款全部付清'],
    [known.closedAt, '办结'],
  ];
  return stations.flatMap(([at, words]) =>
    at === null ? [] : [{ at, words, act: 'station', who: '慈善总会' }],
  );
}
