import { Injectable } from '@nestjs/common';
import type { Director } from '../board/index.js';
import type { ProposedRecusal } from '../cases/index.js';
import { FundsQueries } from '../funds/index.js';
import type { FundTree, Rule } from '../funds/index.js';
import type { Fund } from '../funds/domain/fund.js';
import type { Actor } from '../kernel/actor.js';
import type { Fen } from '../kernel/fen.js';
import { OfficesQueries } from '../offices/index.js';
import type { Holder } from '../offices/index.js';
import { InstitutionsQueries } from '../payments/index.js';
import type { Institution } from '../payments/index.js';
import { PeopleQueries } from '../people/index.js';
import type { PayeeAccountSummary, PersonSummary } from '../people/index.js';
import { societyOf } from '../platform/web/caller.js';
import { SocietiesQueries } from '../societies/index.js';
import type { Society } from '../societies/index.js';
import { reviewsNeeded } from './domain/desk-rules.js';
import { HELD_STATES } from './domain/relief-procedure.js';
import type { ReliefState } from './domain/relief-procedure.js';
import { panelRecusals } from './domain/ties.js';
import { RELIEF_PAGES } from './relief-acts.js';
import type { AidLine } from './relief-aid.js';
import { ReliefGround } from './relief-ground.js';
import { ReliefQueries } from './relief.queries.js';
import type { AdvanceFact, HoldFact, PaperFact, ReliefFacts, ReturnFact, Sum } from './relief.queries.js';
import { ReliefReading } from './relief.reading.js';
import type { About } from './relief.reading.js';

/** Groups are merged as a panel opens; whatever became of it, somebody looks. */
const MERGED_IN: readonly ReliefState[] = [...HELD_STATES, 'ASSESSED', 'REVIEWED', 'REJECTED'];

/** The choices of the first page. */
export type StartFacts = { readonly tree: FundTree | null };

/** What the second page is about. */
export type ApplyFacts = {
  readonly person: PersonSummary;
  readonly fund: Fund;
  readonly root: Fund;
  readonly rule: Rule;
  readonly accounts: readonly PayeeAccountSummary[];
};

export type PanelFacts = About & {
  readonly sum: Sum;
  readonly directors: readonly Director[];
  readonly proposed: readonly ProposedRecusal[];
  /** In the purse of the fund or project that pays. */
  readonly freeFen: Fen;
  readonly voteHours: number;
  /** How many have reviewed this lap, and how many have to. */
  readonly reviews: number;
  readonly reviewsNeeded: number;
};

export type AccountFacts = About & { readonly accounts: readonly PayeeAccountSummary[] };

export type PayFacts = About & {
  readonly sum: Sum;
  readonly institutions: readonly Institution[];
  readonly account: PayeeAccountSummary | null;
  readonly advance: AdvanceFact | null;
};

/** What the pages with forms are made of, each read by whoever may act there. */
@Injectable()
export class ReliefFormsReading {
  constructor(
    private readonly reading: ReliefReading,
    private readonly queries: ReliefQueries,
    private readonly ground: ReliefGround,
    private readonly funds: FundsQueries,
    private readonly people: PeopleQueries,
    private readonly offices: OfficesQueries,
    private readonly societies: SocietiesQueries,
    private readonly institutions: InstitutionsQueries,
  ) {}

  async start(actor: Actor): Promise<StartFacts> {
    return { tree: await this.funds.tree(societyOf(actor)) };
  }

  async apply(actor: Actor, personId: string, fundId: string): Promise<ApplyFacts> {
    const societyId = societyOf(actor);
    const person = await this.people.person(societyId, personId);
    const { fund, root } = await this.funds.fund(societyId, fundId);
    const rule = await this.funds.ruleOn(root.id, this.ground.today());
    return { person, fund, root, rule, accounts: await this.people.payeeAccounts(societyId, personId) };
  }

  /** A page of the desk in the states that its line of `RELIEF_PAGES` names. */
  async desk(actor: Actor, reliefId: string, page: string): Promise<About> {
    return this.reading.atTheDesk(actor, reliefId, statesOf(page));
  }

  /** From the panel on: what two groups that became one are compared by. */
  async merger(actor: Actor, reliefId: string): Promise<About & { readonly aid: readonly AidLine[] }> {
    const about = await this.reading.atTheDesk(actor, reliefId, MERGED_IN);
    return { ...about, aid: await this.reading.aidOf(about.known) };
  }

  async rule({ known }: About): Promise<Rule> {
    return this.ground.ruleOf(known);
  }

  async withSum(actor: Actor, reliefId: string, page: string): Promise<About & { readonly sum: Sum }> {
    const about = await this.desk(actor, reliefId, page);
    return { ...about, sum: await this.reading.sumOf(about.known) };
  }

  papers({ known }: About): Promise<PaperFact[]> {
    return this.queries.papers(known.id);
  }

  /** Who may give points: in office, and not tied to the applicant. */
  async assessors({ known }: About): Promise<Holder[]> {
    const holders = await this.offices.holdersOn(known.societyId, this.ground.today());
    const tied = await this.tiedIds(
      known,
      holders.map(({ personId }) => personId),
    );
    return holders.filter(({ personId }) => personId !== known.applicantId && !tied.has(personId));
  }

  async panel(actor: Actor, reliefId: string): Promise<PanelFacts> {
    const about = await this.withSum(actor, reliefId, 'panel');
    const { known } = about;
    const directors = await this.offices.directorsOn(known.societyId, this.ground.today());
    const ids = directors.map(({ personId }) => personId);
    const bound = panelRecusals(directors, known.applicantId, await this.ground.tiedOf(known, ids), []);
    const { fund } = await this.funds.fund(known.societyId, known.nodeId);
    const { voteHours } = await this.societies.charterOn(known.societyId, this.ground.today());
    return {
      ...about,
      directors,
      proposed: bound.flatMap(({ personId, reason }) => {
        const director = directors.find((each) => each.personId === personId);
        return director ? [{ director, reason }] : [];
      }),
      freeFen: fund.freeFen,
      voteHours,
      reviews: (await this.queries.reviews(known)).length,
      reviewsNeeded: reviewsNeeded(about.sum.rule, about.sum.sheet.grantFen),
    };
  }

  /** How a grant is, or is to be, paid. */
  async pay(actor: Actor, reliefId: string, page: string): Promise<PayFacts> {
    const about = await this.withSum(actor, reliefId, page);
    const { societyId, applicantId, accountId, id } = about.known;
    const accounts = await this.people.payeeAccounts(societyId, applicantId);
    return {
      ...about,
      institutions: await this.institutions.inUse(societyId),
      account: accounts.find((account) => account.id === accountId) ?? null,
      advance: await this.queries.advance(id),
    };
  }

  async hold({ known }: About): Promise<HoldFact | null> {
    return (await this.queries.holds(known.id)).find(({ outcome }) => outcome === null) ?? null;
  }

  async openReturn({ known }: About): Promise<ReturnFact | null> {
    return (await this.queries.returns(known.id)).find(({ answeredAt }) => answeredAt === null) ?? null;
  }

  async completion(actor: Actor, reliefId: string): Promise<About> {
    return this.reading.atHome(actor, reliefId, statesOf('completion'));
  }

  /** The cards that the register of the home has of whoever asked. */
  async account(actor: Actor, reliefId: string): Promise<AccountFacts> {
    const about = await this.reading.atHome(actor, reliefId, statesOf('account'));
    const { homeSocietyId, originPersonId } = about.known;
    return { ...about, accounts: await this.people.payeeAccounts(homeSocietyId, originPersonId) };
  }

  /** By the desk, or by the society that answers for the family. */
  async ending(actor: Actor, reliefId: string): Promise<About> {
    const { known } = await this.reading.about(actor, reliefId);
    return known.societyId === actor.societyId
      ? this.desk(actor, reliefId, 'ending')
      : this.reading.atHome(actor, reliefId, statesOf('ending'));
  }

  /** Where a file may be sent on to: every society below the federation but the one that has it. */
  async transfer(
    actor: Actor,
    reliefId: string,
  ): Promise<About & { readonly societies: readonly Society[] }> {
    const about = await this.desk(actor, reliefId, 'transfer');
    const all = await this.allBelow(about.known.societyId);
    return { ...about, societies: all.filter(({ id }) => id !== about.known.homeSocietyId) };
  }

  private async allBelow(societyId: string): Promise<Society[]> {
    const below = await this.societies.below(societyId);
    const further = await Promise.all(below.map(({ id }) => this.allBelow(id)));
    return [...below, ...further.flat()];
  }

  private async tiedIds(known: ReliefFacts, personIds: readonly string[]): Promise<Set<string>> {
    const tied = await this.ground.tiedOf(known, personIds);
    return new Set(tied.map(({ personId }) => personId));
  }
}

function statesOf(page: string) {
  const found = RELIEF_PAGES.find((each) => each.page === page);
  if (!found) throw new Error(`No page of relief is called ${page}`);
  return found.from;
}
