import { Injectable } from '@nestjs/common';
import { Commands } from '../audit/index.js';
import type { Trail } from '../audit/index.js';
import type { Actor, Caller } from '../kernel/actor.js';
import { Clock } from '../kernel/clock.js';
import { dayOf, yearOf } from '../kernel/day.js';
import type { DomainError } from '../kernel/domain-error.js';
import { fen, yuanText } from '../kernel/fen.js';
import { Ids } from '../kernel/ids.js';
import { applicationAccepted, MessagesOutbox } from '../messages/index.js';
import { PeopleQueries, PeopleService, PersonListeners, PURPOSES } from '../people/index.js';
import type { PersonSummary } from '../people/index.js';
import { StaleSnapshot } from '../platform/database/errors.js';
import { Numbers } from '../platform/database/numbers.js';
import type { Tx } from '../platform/database/transactions.js';
import { societyOf } from '../platform/web/caller.js';
import { SocietiesQueries } from '../societies/index.js';
import type { Charter } from '../societies/index.js';
import type { CaseRow } from './case.entity.js';
import { CaseSeals } from './case.seals.js';
import { CaseSteps, stepFor } from './case-steps.js';
import { ConsentStops } from './consent-stops.js';
import { CasesQueries } from './cases.queries.js';
import { CasesStore } from './cases.store.js';
import { AccountNotOfPayee, DraftNotFound, SameCauseThisYear } from './domain/case.errors.js';
import { caseNumberText } from './domain/case-number.js';
import { CAUSE_WORDS } from '../kernel/causes.js';
import { refusalOfConsents } from './domain/consent-rule.js';
import { intakeOf } from './domain/draft.js';
import type { DraftRest, Intake } from './domain/draft.js';
import { stepOf } from './domain/emergency-procedure.js';
import type { Step } from './domain/emergency-procedure.js';
import { refusalOfLimits } from './domain/limits.js';
import { causeKeyOf, laterCauseKey, overrideKeyOf } from './domain/override.js';
import { refusalOfVisitors } from './domain/visitors.js';
import { DraftsStore } from './drafts.store.js';
import { ownerOf } from './drafts.service.js';
import type { NeedTyped } from './drafts.service.js';
import { LeadsStore } from './leads.store.js';
import { Matching } from './matching.js';
import type { Looked } from './matching.js';
import { OverridesQueries } from './overrides.queries.js';
import { OverridesStore } from './overrides.store.js';

export type Registered = { readonly caseId: string; readonly number: string; readonly verified: boolean };

/** What is read before the unit of work: a unit that waited for a second connection could wait for ever. */
export type IntakeFacts = {
  readonly societyId: string;
  readonly charter: Charter;
  readonly applicant: Pick<PersonSummary, 'id' | 'householdId' | 'residence' | 'isMinor'>;
  /** What brought the consents here from another society's register. */
  readonly sourceId?: string | null;
  /** Whoever it was that said what is brought along, in the register of the village: nobody is asked anew. */
  readonly broughtFrom?: { readonly societyId: string; readonly personId: string };
  /** By what it is looked for in the other societies of the federation. */
  readonly looked: Looked | null;
};

/** From a need to a case with a number (domain.md 2.1, LEAD → ACCEPTED and, when two have seen it, → VERIFIED). */
@Injectable()
export class IntakeService {
  constructor(
    private readonly commands: Commands,
    private readonly store: CasesStore,
    private readonly queries: CasesQueries,
    private readonly drafts: DraftsStore,
    private readonly leads: LeadsStore,
    private readonly matching: Matching,
    private readonly steps: CaseSteps,
    private readonly overrides: OverridesStore,
    private readonly granted: OverridesQueries,
    private readonly seals: CaseSeals,
    private readonly people: PeopleQueries,
    private readonly register: PeopleService,
    private readonly listeners: PersonListeners,
    private readonly societies: SocietiesQueries,
    private readonly numbers: Numbers,
    private readonly messages: MessagesOutbox,
    private readonly stops: ConsentStops,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /** An intake said at once, by a program or the demo. */
  async registerCase(caller: Caller, intake: Intake): Promise<Registered> {
    const facts = await this.factsOf(societyOf(caller.actor), intake);
    return this.commands.run(caller, { act: 'registerCase', body: intake }, (tx, trail) =>
      this.accept(tx, trail, caller.actor, intake, facts),
    );
  }

  /** An intake typed on two pages. The draft ends with it; pressed twice, both presses get the same case. */
  async registerDraft(caller: Caller, draftId: string): Promise<Registered> {
    const owner = ownerOf(caller.actor);
    const draft = await this.queries.draft(owner.accountId, draftId);
    const intake = draft && intakeOf(draft.content);
    const facts = intake && (await this.factsOf(owner.societyId, intake));
    return this.commands.run(caller, { act: 'registerCase', body: { draftId } }, async (tx, trail) => {
      if (!intake || !facts) throw new DraftNotFound();
      await this.drafts.get(tx, draftId, owner, this.clock.now());
      await this.drafts.remove(tx, draftId, owner);
      return this.accept(tx, trail, caller.actor, intake, facts);
    });
  }

  /** What speaks against the first page as things stand, for the page itself; asked again, by row, at the intake. */
  async refusalOfNeed(
    societyId: string,
    { applicant, cause, amountFen }: Pick<NeedTyped, 'applicant' | 'cause' | 'amountFen'>,
  ): Promise<DomainError | null> {
    const charter = await this.societies.charterOn(societyId, this.today());
    if ('person' in applicant)
      return refusalOfLimits(charter, { residence: applicant.person.residence, amountFen }, NOTHING_USED);
    const { id, householdId, residence } = await this.people.person(societyId, applicant.personId);
    const year = yearOf(this.today());
    const use = await this.queries.useOf(societyId, householdId, year);
    const same = await this.queries.sameCause(causeKeyOf(id, cause, year));
    const about = { kind: 'SAME_CAUSE', personId: id, householdId, cause, year } as const;
    const letBy = same !== null && (await this.granted.latest(societyId, about))?.state === 'GRANTED';
    return (
      refusalOfLimits(charter, { residence, amountFen }, use) ?? (letBy ? null : refusalOfSameCause(same))
    );
  }

  /** What speaks against the second page. */
  async refusalOfRest(societyId: string, applicantId: string, rest: DraftRest): Promise<DomainError | null> {
    const applicant = await this.people.person(societyId, applicantId);
    const refusal = refusalOfConsents(rest.consents, rest.pledged, applicant);
    if (refusal) return refusal;
    if (rest.method === 'CARD') {
      const accounts = await this.people.payeeAccounts(societyId, applicantId);
      if (!accounts.some(({ id, matchesName }) => id === rest.payeeAccountId && matchesName))
        return new AccountNotOfPayee();
    }
    return rest.visitors.length === 0 ? null : this.refusalOfVisit(societyId, applicantId, rest.visitors);
  }

  private async refusalOfVisit(
    societyId: string,
    applicantId: string,
    visitors: readonly string[],
  ): Promise<DomainError | null> {
    const found = await this.people.relatedAmong(societyId, applicantId, visitors);
    const ties = new Map(found.map(({ personId, reasons }) => [personId, reasons]));
    return refusalOfVisitors(visitors, applicantId, ties);
  }

  private async factsOf(societyId: string, intake: Intake): Promise<IntakeFacts> {
    const refusal = await this.refusalOfRest(societyId, intake.applicantId, intake);
    if (refusal) throw refusal;
    const applicant = await this.people.person(societyId, intake.applicantId);
    const charter = await this.societies.charterOn(societyId, this.today());
    const { id: personId, householdId } = applicant;
    const payeeAccountId = intake.method === 'CARD' ? intake.payeeAccountId : null;
    const looked = await this.matching.lookFor({ societyId, personId, householdId, payeeAccountId });
    return { societyId, applicant, charter, looked };
  }

  /** ACCEPTED, and VERIFIED in the same unit when two visitors are named. */
  async accept(tx: Tx, trail: Trail, actor: Actor, intake: Intake, facts: IntakeFacts): Promise<Registered> {
    const { societyId, charter, applicant } = facts;
    const at = this.clock.now();
    const year = yearOf(dayOf(at));
    const { causeKey, override } = await this.keyOf(tx, intake, facts, year);
    const household = { societyId, householdId: applicant.householdId, year };
    const overLimit = refusalOfLimits(
      charter,
      { residence: applicant.residence, amountFen: intake.amountFen },
      await this.store.useOf(tx, household),
    );
    if (overLimit) throw overLimit;

    const step = stepOf('register', null);
    if (!step) throw new Error('The procedure has no beginning');
    const number = await this.numbers.next(tx, societyId, 'CASE', year);
    const row = this.rowOf(intake, facts, step, { actor, at, year, number, causeKey });
    await this.store.insertCase(tx, row);
    if (override !== null && !(await this.overrides.use(tx, 'SAME_CAUSE', override, row.id)))
      throw new StaleSnapshot('The override was just used');
    await this.keepPapers(tx, row, intake, facts, { at, byPersonId: actor.personId });
    if (intake.leadId !== null) await this.leads.becomeCase(tx, societyId, intake.leadId, row.id);
    await this.matching.look(tx, row, facts.looked, at, facts.sourceId ?? null);
    const told = applicationAccepted({ caseId: row.id, acceptedAt: at });
    await this.messages.tellPerson(tx, societyId, row.applicantId, told);
    const text = caseNumberText(row);
    trail.on('case', row.id, {
      threadId: row.id,
      after: { ...intake, story: intake.story === null ? null : 'sealed' },
      words: `登记 ${text}：${CAUSE_WORDS[row.cause]}，${yuanText(row.amountFen)} 元`,
    });
    const moment = { at, byPersonId: actor.personId, charter, idPending: false };
    if (intake.visitors.length === 0) {
      await this.steps.clocks(tx, row, step, moment);
      return { caseId: row.id, number: text, verified: false };
    }
    const visit = { visitors: intake.visitors, visitedOn: dayOf(at), note: null };
    await this.steps.verify(tx, trail, row, stepFor('verify', row), visit, moment);
    return { caseId: row.id, number: text, verified: true };
  }

  /** D4-63: the same cause once a year, unless the town has let this one through: then by a key of its own. */
  private async keyOf(
    tx: Tx,
    { cause }: Intake,
    { applicant: { id: personId, householdId } }: IntakeFacts,
    year: number,
  ): Promise<{ causeKey: string; override: string | null }> {
    const causeKey = causeKeyOf(personId, cause, year);
    const same = await this.store.findByCause(tx, causeKey);
    if (!same) return { causeKey, override: null };
    const override = overrideKeyOf({ kind: 'SAME_CAUSE', personId, householdId, cause, year });
    if (!(await this.overrides.isGranted(tx, override))) throw sameCause(same);
    const used = await this.overrides.usedFor(tx, personId, cause, year);
    return { causeKey: laterCauseKey(causeKey, used), override };
  }

  private rowOf(
    intake: Intake,
    { societyId, charter, applicant }: IntakeFacts,
    step: Step,
    { actor, at, ...named }: { actor: Actor; at: Date; year: number; number: number; causeKey: string },
  ): CaseRow {
    const id = this.ids.next();
    return {
      id,
      societyId,
      ...named,
      state: step.to,
      applicantId: intake.applicantId,
      householdId: applicant.householdId,
      cause: intake.cause,
      amountFen: intake.amountFen,
      storySealed: intake.story === null ? null : this.seals.sealStory(id, intake.story),
      payeeId: intake.applicantId,
      payeeRelation: 'SELF',
      payeeReasonSealed: null,
      method: intake.method,
      payeeAccountId: intake.method === 'CARD' ? intake.payeeAccountId : null,
      charterId: charter.id,
      acceptedAt: at,
      registeredByAccount: actor.accountId,
      registeredBy: actor.personId,
      verifiedAt: null,
      roundsOpened: 0,
      roundsLapsed: 0,
      papersVersion: 0,
      revision: null,
      frozenSealed: null,
      decision: null,
      countedYear: null,
      recoveredFen: fen(0),
      keptFen: fen(0),
      approvedAt: null,
      approvedVia: null,
      paidAt: null,
      papersDoneAt: null,
      noticeEndedAt: null,
      closedAt: null,
      endedAt: null,
      endReason: null,
      endNoteSealed: null,
    };
  }

  /** Photos, consents and pledge, as they were given at the table. */
  private async keepPapers(
    tx: Tx,
    row: CaseRow,
    intake: Intake,
    { applicant, sourceId = null, broughtFrom }: IntakeFacts,
    { at, byPersonId }: { at: Date; byPersonId: string | null },
  ): Promise<void> {
    await this.store.insertFiles(tx, row.id, intake.photos, at);
    for (const kind of new Set(intake.photos.map((photo) => photo.kind)))
      await this.store.recordPaper(tx, { caseId: row.id, kind, waiver: null, at, by: byPersonId });

    const sheet = intake.photos.find((photo) => photo.kind === 'CONSENT')?.fileId ?? null;
    const how = applicant.isMinor ? ('GUARDIAN' as const) : ('PAPER' as const);
    const signed = {
      societyId: row.societyId,
      personId: applicant.id,
      how,
      fileId: sheet,
      at,
      byPersonId,
      sourceId,
    };
    await this.register.pledge(tx, signed);
    if (broughtFrom && sourceId !== null) {
      await this.register.bringConsents(tx, broughtFrom, {
        ...{ societyId: row.societyId, personId: applicant.id, sourceId, at, byPersonId },
      });
      await this.stops.brought(tx, row, at);
    } else {
      const refused = PURPOSES.filter((purpose) => !intake.consents.includes(purpose));
      await this.register.consent(tx, { ...signed, purposes: intake.consents, given: true });
      await this.register.consent(tx, { ...signed, purposes: refused, given: false });
      const answers = PURPOSES.map((purpose) => ({ purpose, given: intake.consents.includes(purpose) }));
      const { societyId, personId } = signed;
      await this.listeners.answered(tx, { societyId, personId, at, byPersonId, how, answers });
    }
  }

  private today() {
    return dayOf(this.clock.now());
  }
}

/** Whoever was not on the list until now has had nothing. */
const NOTHING_USED = { usedFen: fen(0), usedCount: 0 };

type SameCase = Pick<CaseRow, 'cause' | 'year' | 'number' | 'amountFen'>;

function sameCause(other: SameCase): DomainError {
  return new SameCauseThisYear(CAUSE_WORDS[other.cause], caseNumberText(other), other.amountFen);
}

function refusalOfSameCause(other: SameCase | null): DomainError | null {
  return other && sameCause(other);
}
