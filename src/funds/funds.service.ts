import { Injectable } from '@nestjs/common';
import { Commands } from '../audit/index.js';
import type { Trail } from '../audit/index.js';
import type { Actor, Caller } from '../kernel/actor.js';
import { Clock } from '../kernel/clock.js';
import { dayOf } from '../kernel/day.js';
import { Ids } from '../kernel/ids.js';
import { LedgerService, UNRESTRICTED } from '../ledger/index.js';
import type { Tx } from '../platform/database/transactions.js';
import { societyOf } from '../platform/web/caller.js';
import { SocietiesQueries } from '../societies/index.js';
import { levelBelow, LEVEL_WORDS } from './domain/fund.js';
import type { Fund } from './domain/fund.js';
import {
  FundNotFound,
  NotAFederation,
  NothingBelowSubProject,
  RuleBackdated,
  RuleNotAcceptable,
} from './domain/funds.errors.js';
import { ruleFaultsIn } from './domain/rule.js';
import type { RuleTerms } from './domain/rule.js';
import { FundsStore } from './funds.store.js';

export type FundOpening = { readonly name: string; readonly purpose: string; readonly rule: RuleTerms };
export type ProjectOpening = { readonly parentId: string; readonly name: string; readonly purpose: string };

export type NextRule = {
  readonly fund: string;
  readonly version: number;
  /** The one before it, as it stands in the unit. */
  readonly last: RuleTerms;
};

/** The funds of a federation: their tree, their rules, and that each keeps its money apart. */
@Injectable()
export class FundsService {
  constructor(
    private readonly commands: Commands,
    private readonly store: FundsStore,
    private readonly ledger: LedgerService,
    private readonly societies: SocietiesQueries,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /** A fund begins with the first version of its rule, which holds from that day or earlier, and a purse of its own. */
  async openFund(caller: Caller, opening: FundOpening): Promise<{ fundId: string }> {
    const federationId = await this.federationActedIn(caller.actor);
    const { rule, ...named } = opening;
    const today = dayOf(this.clock.now());
    refuseFaults(rule);
    if (rule.validFrom > today)
      throw new RuleNotAcceptable([{ term: 'validFrom', words: '第一版规则应当已经生效' }]);
    return this.commands.run(caller, { act: 'openFund', body: opening }, async (tx, trail) => {
      const fund = await this.open(tx, { ...named, federationId, parentId: null, level: 'FUND' });
      await this.insertRule(tx, fund.id, 1, rule);
      await this.ledger.openPurse(tx, {
        ...{ societyId: federationId, fund: fund.name, restriction: UNRESTRICTED },
      });
      trail.on('fund', fund.id, { after: { ...fund, rule }, words: `设立基金“${fund.name}”` });
      return { fundId: fund.id };
    });
  }

  /** A project of a fund, or a sub-project of one: money given for it is kept apart within the fund. */
  async openProject(caller: Caller, opening: ProjectOpening): Promise<{ fundId: string }> {
    const federationId = await this.federationActedIn(caller.actor);
    return this.commands.run(caller, { act: 'openProject', body: opening }, async (tx, trail) => {
      const parent = await this.store.get(tx, federationId, opening.parentId);
      const level = levelBelow(parent.level);
      if (level === null) throw new NothingBelowSubProject();
      const project = await this.open(tx, { ...opening, federationId, level });
      const root = await this.rootOf(tx, parent);
      await this.ledger.openPurse(tx, {
        ...{ societyId: federationId, fund: root.name, restriction: project.name },
      });
      const words = `在“${parent.name}”下设${LEVEL_WORDS[level]}“${project.name}”`;
      trail.on('fund', project.id, { after: project, words });
      return { fundId: project.id };
    });
  }

  /**
   * A step of the unit that asks the board: which version this would be, and of which fund. Refused where it contradicts
   * itself or begins no later than the version before; a project goes by the rule of its fund.
   */
  async nextRule(tx: Tx, federationId: string, fundId: string, terms: RuleTerms): Promise<NextRule> {
    refuseFaults(terms);
    const fund = await this.store.get(tx, federationId, fundId);
    const last = await this.store.lastVersion(tx, fundId);
    if (fund.level !== 'FUND' || !last) throw new FundNotFound();
    if (terms.validFrom <= last.validFrom) throw new RuleBackdated(terms.validFrom, last.validFrom);
    return { fund: fund.name, version: last.version + 1, last };
  }

  /**
   * A step of the unit in which the board resolved it: a new version, from a later day than the one before. A case keeps
   * the version of the day of its decision (domain.md 3, rule 10).
   */
  async adoptRule(
    tx: Tx,
    trail: Trail,
    of: { readonly federationId: string; readonly fundId: string },
    terms: RuleTerms,
  ): Promise<{ readonly ruleId: string; readonly version: number }> {
    const { fund, version } = await this.nextRule(tx, of.federationId, of.fundId, terms);
    const ruleId = await this.insertRule(tx, of.fundId, version, terms);
    trail.on('fund', of.fundId, { after: terms, words: `“${fund}”规则第 ${version} 版` });
    return { ruleId, version };
  }

  /** Only a federation keeps funds: asked before a long form is filled in, and again by every command. */
  async refuseOthers(actor: Actor): Promise<void> {
    await this.federationActedIn(actor);
  }

  /** The federation that somebody acts in, who may keep its funds. */
  async federationActedIn(actor: Actor): Promise<string> {
    const society = await this.societies.society(societyOf(actor));
    if (society.kind !== 'FEDERATION') throw new NotAFederation();
    return society.id;
  }

  private async open(tx: Tx, draft: Omit<Fund, 'id' | 'openedOn'>): Promise<Fund> {
    const createdAt = this.clock.now();
    const fund = { ...draft, id: this.ids.next(), openedOn: dayOf(createdAt) };
    await this.store.insert(tx, { ...fund, createdAt });
    return fund;
  }

  private async insertRule(tx: Tx, fundId: string, version: number, terms: RuleTerms): Promise<string> {
    const id = this.ids.next();
    await this.store.insertRule(tx, { ...terms, id, fundId, version }, this.clock.now());
    return id;
  }

  private async rootOf(tx: Tx, fund: Fund): Promise<Fund> {
    return fund.parentId === null
      ? fund
      : this.rootOf(tx, await this.store.get(tx, fund.federationId, fund.parentId));
  }
}

function refuseFaults(terms: RuleTerms): void {
  const faults = ruleFaultsIn(terms);
  if (faults.length > 0) throw new RuleNotAcceptable(faults);
}
