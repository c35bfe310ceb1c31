import { Injectable } from '@nestjs/common';
import { Commands } from '../audit/index.js';
import type { Trail } from '../audit/index.js';
import { BoardQueries } from '../board/index.js';
import { DutiesService } from '../duties/index.js';
import type { Actor, Caller } from '../kernel/actor.js';
import { Clock } from '../kernel/clock.js';
import { dayOf } from '../kernel/day.js';
import { yuanText } from '../kernel/fen.js';
import type { Fen } from '../kernel/fen.js';
import { LedgerQueries } from '../ledger/index.js';
import { givenIn, PeopleQueries, PeopleService } from '../people/index.js';
import type { Purpose } from '../people/index.js';
import { Calendar } from '../platform/calendar/calendar.js';
import type { Tx } from '../platform/database/transactions.js';
import { societyOf } from '../platform/web/caller.js';
import { SocietiesQueries } from '../societies/index.js';
import type { Charter } from '../societies/index.js';
import type { CaseRow } from './case.entity.js';
import { CaseGround } from './case-ground.js';
import { CaseSeals } from './case.seals.js';
import { CaseSteps, stepFor } from './case-steps.js';
import { ConsentStops } from './consent-stops.js';
import { CasesQueries } from './cases.queries.js';
import type { CaseFacts } from './cases.queries.js';
import { CasesStore } from './cases.store.js';
import { CaseNotInState } from './domain/case.errors.js';
import { STATE_WORDS } from './domain/case-words.js';
import { refusalOfConsents } from './domain/consent-rule.js';
import type { CaseAct, Step } from './domain/emergency-procedure.js';
import { END_WORDS, ReviewTooLate } from './domain/endings.js';
import type { ReferralOffice } from './domain/endings.js';
import {
  AmountWithoutHelp,
  ANSWER_WORDS,
  AnswerNotYours,
  refusalOfEscalation,
  reviewEndsOn,
} from './domain/handover.js';
import type { HandoverAnswer, HandoverReason, OfficeEscalation } from './domain/handover.js';
import { vetoOf } from './domain/recusals.js';
import { HandoverSteps } from './handover-steps.js';
import { HandoversQueries } from './handovers.queries.js';
import type { HandoverFact } from './handovers.queries.js';
import { HandoversStore } from './handovers.store.js';
import { IntakeService } from './intake.service.js';
import { Matching } from './matching.js';
import type { Looked } from './matching.js';
import type { IntakeFacts, Registered } from './intake.service.js';
import type { GroundFacts } from './step-papers.js';

export type EscalationTyped = {
  readonly caseId: string;
  readonly reason: OfficeEscalation;
  readonly askedFen: Fen | null;
  readonly note: string | null;
};
export type ReviewTyped = { readonly caseId: string; readonly note: string | null };
export type ReferralTyped = {
  readonly caseId: string;
  readonly office: ReferralOffice;
  readonly note: string | null;
};
export type AnswerTyped = {
  readonly handoverId: string;
  readonly answer: HandoverAnswer;
  readonly answeredFen: Fen | null;
  readonly note: string | null;
};
export type TakingTyped = {
  readonly handoverId: string;
  /** What the union votes on; without it what was asked for. */
  readonly amountFen: Fen | null;
};
export type Handed = { readonly handoverId: string };

type Leaving = {
  readonly reason: HandoverReason;
  readonly note: string | null;
  readonly askedFen?: Fen | null;
  readonly letter: GroundFacts;
};

/** What is read before the union takes a case on: nothing in the unit waits for a second connection. */
type Taking = {
  readonly handover: HandoverFact;
  readonly charter: Charter;
  readonly place: string;
  readonly numberPrefix: string;
  readonly consents: readonly Purpose[];
  readonly pledged: boolean;
  /** The same person, whose number is the same in both registers. */
  readonly looked: Looked | null;
};

/** Cases that leave their society for the town union or another office, and what comes back (domain.md 1.2, 2.1). */
@Injectable()
export class HandoversService {
  constructor(
    private readonly commands: Commands,
    private readonly store: HandoversStore,
    private readonly queries: HandoversQueries,
    private readonly handovers: HandoverSteps,
    private readonly cases: CasesStore,
    private readonly caseQueries: CasesQueries,
    private readonly steps: CaseSteps,
    private readonly seals: CaseSeals,
    private readonly ground: CaseGround,
    private readonly matching: Matching,
    private readonly intake: IntakeService,
    private readonly people: PeopleQueries,
    private readonly register: PeopleService,
    private readonly societies: SocietiesQueries,
    private readonly board: BoardQueries,
    private readonly ledger: LedgerQueries,
    private readonly duties: DutiesService,
    private readonly calendar: Calendar,
    private readonly stops: ConsentStops,
    private readonly clock: Clock,
  ) {}

  /** What the society cannot do itself goes up one tier. */
  async escalate(caller: Caller, typed: EscalationTyped): Promise<Handed> {
    const known = await this.movable(caller.actor, typed.caseId);
    const letter = await this.ground.letterFactsOf(known);
    const charter = await this.charterOf(known.societyId);
    const { freeFen } = await this.ledger.fund(known.societyId);
    const { reason, askedFen, note } = typed;
    return this.commands.run(caller, { act: 'escalateCase', body: typed }, async (tx, trail) => {
      const row = await this.cases.get(tx, known.societyId, known.id);
      await this.stops.refuse(tx, row);
      const step = officeStep('escalate', row, caller.actor);
      const means = { perCaseLimitFen: charter.perCaseLimitFen, freeFen };
      const refusal = refusalOfEscalation(reason, { amountFen: row.amountFen, askedFen }, means);
      if (refusal) throw refusal;
      return this.leave(tx, trail, caller.actor, row, step, charter, { reason, note, askedFen, letter });
    });
  }

  /**
   * Whoever was told no may have the town look at it again, within thirty days. Where an objection to the refusal was
   * upheld, the town has to, whenever that was.
   */
  async askReview(caller: Caller, typed: ReviewTyped): Promise<Handed> {
    const known = await this.movable(caller.actor, typed.caseId);
    const letter = await this.ground.letterFactsOf(known);
    const charter = await this.charterOf(known.societyId);
    const rounds = await this.board.roundsOf('case', known.id);
    const decidedAt = rounds.find(({ state }) => state === 'REJECTED')?.decidedAt ?? null;
    return this.commands.run(caller, { act: 'askReview', body: typed }, async (tx, trail) => {
      const row = await this.cases.get(tx, known.societyId, known.id);
      const step = officeStep('askReview', row, caller.actor);
      if (decidedAt === null) throw new Error('A case was rejected by no round');
      const at = this.clock.now();
      const by = { at, byPersonId: caller.actor.personId };
      const isObjected = await this.duties.settle(tx, { kind: 'DECIDE_ANEW', subjectId: row.id, ...by });
      const last = reviewEndsOn(dayOf(decidedAt), await this.calendar.load(tx));
      if (!isObjected && dayOf(at) > last) throw new ReviewTooLate();
      return this.leave(tx, trail, caller.actor, row, step, charter, {
        reason: isObjected ? 'OBJECTION' : 'REVIEW',
        note: typed.note,
        letter,
      });
    });
  }

  /** Not the business of a society: to the office whose it is. */
  async refer(caller: Caller, typed: ReferralTyped): Promise<Handed> {
    const known = await this.movable(caller.actor, typed.caseId);
    const letter = await this.ground.letterFactsOf(known);
    const charter = await this.charterOf(known.societyId);
    const { office: reason, note } = typed;
    return this.commands.run(caller, { act: 'referCase', body: typed }, async (tx, trail) => {
      const row = await this.cases.get(tx, known.societyId, known.id);
      await this.stops.refuse(tx, row);
      const step = officeStep('refer', row, caller.actor);
      return this.leave(tx, trail, caller.actor, row, step, charter, { reason, note, letter });
    });
  }

  /** The union makes it a case of its own: the person into its register, then the ordinary road. */
  async takeOn(caller: Caller, typed: TakingTyped): Promise<Registered> {
    const { actor } = caller;
    const taking = await this.takingOf(societyOf(actor), typed.handoverId);
    return this.commands.run(caller, { act: 'takeOnCase', body: typed }, async (tx, trail) => {
      const { id: handoverId } = await this.store.getOpen(tx, typed.handoverId);
      const registered = await this.registerHere(tx, trail, actor, taking, typed.amountFen);
      await this.store.taken(tx, handoverId, registered.caseId);
      const done = { at: this.clock.now(), byPersonId: actor.personId };
      await this.duties.settle(tx, { kind: 'ANSWER_HANDOVER', subjectId: handoverId, ...done });
      trail.on('handover', handoverId, {
        threadId: registered.caseId,
        after: registered,
        words: `接办${taking.handover.societyName}转来的 ${taking.handover.caseNumber}`,
      });
      return registered;
    });
  }

  /**
   * What came of it. Whoever it was handed to says so; where that is an office on paper, the society writes it down. A
   * case that the union took on answers by itself.
   */
  async answer(caller: Caller, typed: AnswerTyped): Promise<Handed> {
    const { actor } = caller;
    const societyId = societyOf(actor);
    const { handoverId, answer, answeredFen, note } = typed;
    const known = await this.queries.known(societyId, handoverId);
    if ((known.toSocietyId ?? known.societyId) !== societyId) throw new AnswerNotYours();
    if (answeredFen !== null && answer !== 'HELPED') throw new AmountWithoutHelp();
    return this.commands.run(caller, { act: 'recordHandoverAnswer', body: typed }, async (tx, trail) => {
      const row = await this.store.getOpen(tx, handoverId);
      const given = { answer, answeredFen, note, at: this.clock.now(), byPersonId: actor.personId };
      await this.handovers.answered(tx, row, given);
      trail.on('handover', handoverId, {
        threadId: row.caseId,
        after: { answer, answeredFen },
        words: `转办答复：${ANSWER_WORDS[answer]}${answeredFen === null ? '' : ` ${yuanText(answeredFen)} 元`}`,
      });
      return { handoverId };
    });
  }

  /** What the applicant said, to whoever of the union says why it has to be read. Every look is kept in the trail. */
  async readStory(actor: Actor, handoverId: string, reason: string): Promise<string | null> {
    const { societyId, caseId } = await this.queries.handedTo(societyOf(actor), handoverId);
    const story = await this.caseQueries.story(societyId, caseId);
    await this.commands.recordRead(actor, 'handover', handoverId, {
      threadId: caseId,
      words: `看村里案件的经过：${reason}`,
    });
    return story;
  }

  /** The case's own end, its clocks, and the handover, in one unit. */
  private async leave(
    tx: Tx,
    trail: Trail,
    { personId: byPersonId }: Actor,
    row: CaseRow,
    step: Step,
    charter: Charter,
    { reason, note, letter, askedFen = null }: Leaving,
  ): Promise<Handed> {
    const at = this.clock.now();
    await this.cases.ended(tx, row, step, { reason, note: null, at });
    await this.steps.clocks(tx, row, step, { at, byPersonId, charter, idPending: false });
    const handed = await this.handovers.handOver(tx, row, {
      reason,
      at,
      byPersonId,
      note,
      askedFen,
      letter,
    });
    trail.on('case', row.id, {
      threadId: row.id,
      before: { state: row.state },
      after: { state: step.to, reason, askedFen },
      words: `${STATE_WORDS[step.to]}：${END_WORDS[reason]}`,
    });
    return handed;
  }

  private async registerHere(
    tx: Tx,
    trail: Trail,
    actor: Actor,
    taking: Taking,
    amountFen: Fen | null,
  ): Promise<Registered> {
    const { handover, charter, place, numberPrefix } = taking;
    const toSocietyId = societyOf(actor);
    const fromSocietyId = handover.societyId;
    const row = await this.cases.get(tx, fromSocietyId, handover.caseId);
    const copying = { fromSocietyId, toSocietyId, place, numberPrefix };
    const applicant = await this.register.copyPerson(tx, row.applicantId, copying);
    const payee =
      row.payeeRelation === 'SELF' ? applicant : await this.register.copyPerson(tx, row.payeeId, copying);
    const payeeAccountId =
      row.payeeAccountId === null
        ? null
        : await this.register.copyPayeeAccount(tx, row.payeeAccountId, {
            fromSocietyId,
            toSocietyId,
            personId: payee.id,
          });
    const { looked } = taking;
    const broughtFrom = { societyId: fromSocietyId, personId: row.applicantId };
    const facts: IntakeFacts = {
      ...{ societyId: toSocietyId, charter, applicant, sourceId: handover.id, looked, broughtFrom },
    };
    const intake = {
      leadId: null,
      applicantId: applicant.id,
      cause: row.cause,
      amountFen: amountFen ?? handover.askedFen ?? row.amountFen,
      story: row.storySealed === null ? null : this.seals.openStory(row.id, row.storySealed),
      method: row.method,
      payeeAccountId,
      consents: taking.consents,
      pledged: taking.pledged,
      visitors: [],
      photos: [],
    };
    const registered = await this.intake.accept(tx, trail, actor, intake, facts);
    if (row.payeeRelation !== 'SELF')
      await this.store.namePayee(tx, registered.caseId, {
        payeeId: payee.id,
        relation: row.payeeRelation,
        reason: row.payeeReasonSealed && this.seals.openPayeeReason(row.id, row.payeeReasonSealed),
        method: row.method,
        payeeAccountId,
      });
    return registered;
  }

  private async takingOf(unionId: string, handoverId: string): Promise<Taking> {
    const handover = await this.queries.handedTo(unionId, handoverId);
    const { societyId, applicantId } = handover;
    const village = await this.societies.society(societyId);
    const place = await this.societies.place(village.regionId, dayOf(this.clock.now()));
    const applicant = await this.people.person(societyId, applicantId);
    const consents = givenIn(await this.people.consentsOf(societyId, applicantId));
    const pledged = await this.people.hasPledged(societyId, applicantId);
    const refusal = refusalOfConsents(consents, pledged, applicant);
    if (refusal) throw refusal;
    const { payeeAccountId } = await this.caseQueries.case(societyId, handover.caseId);
    const who = { societyId, personId: applicantId, householdId: applicant.householdId, payeeAccountId };
    return {
      handover,
      consents,
      pledged,
      looked: await this.matching.lookFor(who),
      charter: await this.charterOf(unionId),
      place: place.name,
      numberPrefix: village.boardCode,
    };
  }

  /** D4-19: the applicant, and whoever is tied to the applicant, moves no step. */
  private async movable(actor: Actor, caseId: string): Promise<CaseFacts> {
    const known = await this.caseQueries.case(societyOf(actor), caseId);
    const { societyId, applicantId } = known;
    const { personId } = actor;
    const ties = personId === null ? [] : await this.people.related(societyId, applicantId, personId);
    const refusal = vetoOf('转办', personId, applicantId, ties);
    if (refusal) throw refusal;
    return known;
  }

  private charterOf(societyId: string): Promise<Charter> {
    return this.societies.charterOn(societyId, dayOf(this.clock.now()));
  }
}

/** The row of the procedure, where it is an act of the office; what only the board may do has no place here. */
function officeStep(act: CaseAct, row: Pick<CaseRow, 'state'>, { roles }: Actor): Step {
  const step = stepFor(act, row);
  if (!step.who.some((who) => roles.some((role) => role === who)))
    throw new CaseNotInState(STATE_WORDS[row.state]);
  return step;
}
