import { Injectable } from '@nestjs/common';
import { AccountNotOfPayee } from '../cases/domain/case.errors.js';
import { FundsQueries } from '../funds/index.js';
import type { Rule } from '../funds/index.js';
import type { Actor } from '../kernel/actor.js';
import { Clock } from '../kernel/clock.js';
import { dayOf } from '../kernel/day.js';
import type { Day } from '../kernel/day.js';
import { OfficesQueries } from '../offices/index.js';
import { mayGoOn } from '../people/domain/consent.js';
import { MarksQueries, PeopleQueries } from '../people/index.js';
import type { PersonSummary } from '../people/index.js';
import { societyOf } from '../platform/web/caller.js';
import { SocietiesQueries } from '../societies/index.js';
import type { LetterGround } from './domain/relief-letters.js';
import { OnlyTheDesk, OnlyTheHome } from './domain/relief.errors.js';
import { tieRefusal } from './domain/ties.js';
import type { ReliefTie } from './domain/ties.js';
import { ReliefQueries } from './relief.queries.js';
import type { ReliefFacts } from './relief.queries.js';
import type { ReliefFrozen } from './relief.seals.js';

/** What a step stands on, read before its unit of work: a unit that waited for a second connection could wait for ever. */
@Injectable()
export class ReliefGround {
  constructor(
    private readonly queries: ReliefQueries,
    private readonly people: PeopleQueries,
    private readonly marks: MarksQueries,
    private readonly offices: OfficesQueries,
    private readonly societies: SocietiesQueries,
    private readonly funds: FundsQueries,
    private readonly clock: Clock,
  ) {}

  /** A case that the desk of the federation may act on, by somebody who is not tied to the applicant. */
  async atTheDesk(actor: Actor, reliefId: string): Promise<ReliefFacts> {
    const known = await this.queries.relief(societyOf(actor), reliefId);
    if (known.societyId !== actor.societyId) throw new OnlyTheDesk();
    const refusal = tieRefusal(actor.personId, known.applicantId, await this.tiedOf(known, [actor.personId]));
    if (refusal) throw refusal;
    return known;
  }

  /** A case that the society which answers for the family may act on. */
  async atHome(actor: Actor, reliefId: string): Promise<ReliefFacts> {
    const known = await this.queries.relief(societyOf(actor), reliefId);
    if (known.homeSocietyId !== actor.societyId) throw new OnlyTheHome();
    const { personId } = actor;
    const reasons =
      personId === null ? [] : await this.people.related(known.homeSocietyId, known.originPersonId, personId);
    const refusal = tieRefusal(
      personId,
      known.originPersonId,
      personId === null ? [] : [{ personId, reasons }],
    );
    if (refusal) throw refusal;
    return known;
  }

  /** Nobody's money goes to another's card (domain.md 1.10). */
  async checkAccount(societyId: string, personId: string, payeeAccountId: string): Promise<void> {
    const accounts = await this.people.payeeAccounts(societyId, personId);
    if (!accounts.some(({ id, matchesName }) => id === payeeAccountId && matchesName))
      throw new AccountNotOfPayee();
  }

  /** Who of these people of the federation is tied to the applicant, by the register of the federation. */
  async tiedOf(known: ReliefFacts, others: readonly (string | null)[]): Promise<ReliefTie[]> {
    const asked = [...new Set(others.filter((each): each is string => each !== null))];
    const found = await this.people.relatedAmong(known.societyId, known.applicantId, asked);
    return found.filter(({ reasons }) => reasons.length > 0);
  }

  /** Everybody who holds an office of the federation today. */
  async inOffice(federationId: string): Promise<Set<string>> {
    const holders = await this.offices.holdersOn(federationId, this.today());
    const directors = await this.offices.directorsOn(federationId, this.today());
    return new Set([...holders, ...directors].map(({ personId }) => personId));
  }

  /** Whether the family has taken back what the case needs, by the register of the federation. */
  async isStopped({ societyId, applicantId }: ReliefFacts): Promise<boolean> {
    return !mayGoOn(await this.people.consentsOf(societyId, applicantId));
  }

  ruleOf({ fundId }: Pick<ReliefFacts, 'fundId'>): Promise<Rule> {
    return this.funds.ruleOn(fundId, this.today());
  }

  /**
   * Everybody of the household, by names that mean the same in every register of the federation: marks of ID numbers,
   * and of whoever has none the row in the register of the home.
   */
  async identitiesOf(known: ReliefFacts): Promise<string[]> {
    const { homeSocietyId: societyId, originPersonId: personId, societyId: federationId } = known;
    const { householdId } = await this.people.person(societyId, personId);
    const { members } = await this.people.household(societyId, householdId);
    const marked = { societyId, personId, householdId, payeeAccountId: null };
    const marks = await this.marks.marksOf(`cap/${federationId}`, marked);
    return [...members.map(({ id }) => `person:${id}`), ...marks.map(({ mark }) => `mark:${mark}`)];
  }

  async frozenOf(known: ReliefFacts, rule: Rule): Promise<ReliefFrozen> {
    const { societyId, applicantId } = known;
    const applicant = await this.people.person(societyId, applicantId);
    const guardian = await this.guardianOf(applicant);
    const origin = await this.people.person(known.homeSocietyId, known.originPersonId);
    const { members } = await this.people.household(known.homeSocietyId, origin.householdId);
    const { publish } = await this.people.consentsOf(societyId, applicantId);
    const federation = await this.societies.society(societyId);
    const tied = await this.tiedOf(known, [...(await this.inOffice(societyId))]);
    const printed = guardian ?? applicant;
    return {
      federationName: federation.name,
      charter: await this.societies.charterOn(societyId, this.today()),
      rule,
      fundName: known.fundName,
      printedName: printed.maskedName,
      group: applicant.group,
      mayPrintName: publish === true && (!applicant.isMinor || guardian !== null),
      minors: guardian === null ? 0 : 1,
      applicantName: applicant.name,
      guardianName: guardian?.name ?? null,
      names: [...new Set([applicant, ...(guardian ? [guardian] : []), ...members].map(({ name }) => name))],
      tied,
    };
  }

  async letterGroundOf(known: ReliefFacts): Promise<LetterGround> {
    const { societyId, applicantId } = known;
    const applicant = await this.people.person(societyId, applicantId);
    return {
      number: known.text,
      applicantName: applicant.name,
      guardianName: (await this.guardianOf(applicant))?.name ?? null,
      fundName: known.fundName,
      submittedOn: dayOf(known.submittedAt),
      cause: known.cause,
      on: this.today(),
      federationName: (await this.societies.society(societyId)).name,
      charter: await this.societies.charterOn(societyId, this.today()),
    };
  }

  private async guardianOf({ societyId, isMinor, guardianId }: PersonSummary): Promise<PersonSummary | null> {
    if (!isMinor || guardianId === null) return null;
    return this.people.person(societyId, guardianId);
  }

  today(): Day {
    return dayOf(this.clock.now());
  }
}
