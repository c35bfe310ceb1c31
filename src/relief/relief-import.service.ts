import { Injectable } from '@nestjs/common';
import { refusalOfConsents } from '../cases/domain/consent-rule.js';
import { FundsQueries } from '../funds/index.js';
import type { FundTree, FundWithMoney, Rule } from '../funds/index.js';
import type { Actor } from '../kernel/actor.js';
import { CAUSE_WORDS } from '../kernel/causes.js';
import { Clock } from '../kernel/clock.js';
import { dayOf } from '../kernel/day.js';
import { DomainError } from '../kernel/domain-error.js';
import { tidyName } from '../people/domain/person-draft.js';
import type { SheetFault } from '../people/domain/people-sheet.js';
import { PeopleQueries } from '../people/index.js';
import type { PersonSummary, Purpose } from '../people/index.js';
import { societyOf } from '../platform/web/caller.js';
import { faultIn, inOrder } from './domain/relief-sheet.js';
import type { ReliefColumn, ReliefSheet, SheetRelief } from './domain/relief-sheet.js';
import { InvoiceUsed, NotBelowFederation } from './domain/relief.errors.js';
import { ReliefImportQueries } from './relief-import.queries.js';
import { ReliefIntakeService } from './relief-intake.service.js';
import type { Application } from './relief-intake.service.js';

type Line = { readonly row: number; readonly number: string };

export type ReliefImported = {
  readonly submitted: readonly Line[];
  /** Rows that are in the house from an earlier run. */
  readonly already: readonly Line[];
  /** What would be submitted, or would have been had no row been wrong. */
  readonly ready: number;
  readonly faults: readonly SheetFault[];
};

export type ReliefImporting = {
  /** The same sheet comes under the same key: each of its rows is submitted once. */
  readonly key: string;
  readonly isDry: boolean;
};

type Ready = { readonly row: number; readonly application: Application };
type Checked = Ready | { readonly row: number; readonly number: string } | { readonly faults: SheetFault[] };

/** What every row is compared with. */
type Ground = {
  readonly societyId: string;
  readonly tree: FundTree;
  readonly rules: Map<string, Rule | null>;
};

/** A sheet of applications: all rows are looked at first, and where one of them is wrong nothing is submitted. */
@Injectable()
export class ReliefImportService {
  constructor(
    private readonly intake: ReliefIntakeService,
    private readonly queries: ReliefImportQueries,
    private readonly people: PeopleQueries,
    private readonly funds: FundsQueries,
    private readonly clock: Clock,
  ) {}

  /** Each application is a command of its own: a run that breaks off is taken up where it stopped. */
  async importSheet(actor: Actor, sheet: ReliefSheet, how: ReliefImporting): Promise<ReliefImported> {
    const checked = await this.check(societyOf(actor), sheet.rows);
    const faults = [...sheet.faults, ...checked.flatMap((each) => ('faults' in each ? each.faults : []))];
    const ready = checked.flatMap((each) => ('application' in each ? [each] : []));
    const already = checked.flatMap((each) => ('number' in each ? [each] : []));
    const found = { already, ready: ready.length, faults: inOrder(faults) };
    if (how.isDry || faults.length > 0) return { ...found, submitted: [] };
    return { ...found, ...(await this.submit(actor, ready, how.key)) };
  }

  /** What was right a moment ago may be refused now: it stops there, and the next run goes on. */
  private async submit(
    actor: Actor,
    ready: readonly Ready[],
    key: string,
  ): Promise<Pick<ReliefImported, 'submitted' | 'faults'>> {
    const submitted: Line[] = [];
    for (const { row, application } of ready)
      try {
        const caller = { actor, key: `${key}-${row}` };
        const { number } = await this.intake.applyForRelief(caller, application);
        submitted.push({ row, number });
      } catch (error) {
        if (!(error instanceof DomainError)) throw error;
        return { submitted, faults: [faultIn(row, columnOf(error), error.message)] };
      }
    return { submitted, faults: [] };
  }

  private async check(societyId: string, rows: readonly SheetRelief[]): Promise<Checked[]> {
    const tree = await this.funds.tree(societyId);
    if (!tree) throw new NotBelowFederation();
    const ground = { societyId, tree, rules: new Map<string, Rule | null>() };
    const checked: Checked[] = [];
    for (const each of rows) checked.push(await this.checkRow(ground, each));
    return checked;
  }

  private async checkRow(ground: Ground, sheet: SheetRelief): Promise<Checked> {
    const faults: SheetFault[] = [];
    const refuse = (column: ReliefColumn, reason: string) =>
      void faults.push(faultIn(sheet.row, column, reason));
    const person = await this.personOf(ground, sheet, refuse);
    const fund = await this.fundOf(ground, sheet, refuse);
    if (!person || !fund) return { faults };
    const number = await this.submittedBefore(ground, sheet, person, fund, refuse);
    if (number !== null) return { row: sheet.row, number };
    const payeeAccountId = await this.accountOf(ground, sheet, person, refuse);
    const consents = consentsIn(sheet);
    const refusal = refusalOfConsents(consents, true, person);
    if (refusal) refuse('name', refusal.message);
    if (faults.length > 0) return { faults };
    const { row, cause, invoices, debtsFen, story } = sheet;
    const need = { personId: person.id, fundId: fund.node.id, cause, invoices, debtsFen, story };
    return { row, application: { ...need, payeeAccountId, consents, pledged: true, papers: [] } };
  }

  /** By the ID number; the name has to be the one that stands in the register, since a digit is soon mistyped. */
  private async personOf({ societyId }: Ground, { name, idNumber }: SheetRelief, refuse: Refuse) {
    const alike = await this.people.lookAlikes(societyId, { name, group: '', idNumber });
    const same = alike.find(({ why }) => why === 'ID');
    const person = same ? await this.people.person(societyId, same.personId) : null;
    if (!person) refuse('idNumber', '名册里没有这个身份证号，请先把人登记进名册');
    else if (person.name !== tidyName(name)) refuse('name', '和名册里这个身份证号的姓名不一样');
    return person;
  }

  private async fundOf(ground: Ground, { fundName, projectName, cause }: SheetRelief, refuse: Refuse) {
    const { nodes } = ground.tree;
    const root = nodes.find(({ parentId, name }) => parentId === null && name === fundName);
    if (!root) {
      refuse('fund', '没有这个基金，请填全名');
      return null;
    }
    const rule = await this.ruleOf(ground, root.id);
    if (!rule) refuse('fund', '这个基金今天没有生效的规则，不能申请');
    else if (!rule.causes.includes(cause))
      refuse('cause', `这个基金的规则里没有“${CAUSE_WORDS[cause]}”这一项`);
    const below = projectName === null ? root : belowIn(nodes, root).find(({ name }) => name === projectName);
    if (!below) refuse('project', '这个基金下面没有这个项目，请填全名');
    return below ? { root, node: below } : null;
  }

  private async ruleOf({ rules }: Ground, fundId: string): Promise<Rule | null> {
    const known = rules.get(fundId);
    if (known !== undefined) return known;
    const today = dayOf(this.clock.now());
    const rule = (await this.funds.rules(fundId)).find(({ validFrom }) => validFrom <= today) ?? null;
    rules.set(fundId, rule);
    return rule;
  }

  /** The number of the case that this row has made before; null where it has made none. */
  private async submittedBefore(
    { societyId }: Ground,
    { invoices }: SheetRelief,
    person: PersonSummary,
    { root, node }: { readonly root: FundWithMoney; readonly node: FundWithMoney },
    refuse: Refuse,
  ): Promise<string | null> {
    const uses = await this.queries.usesOf(root.id, invoices);
    const used = uses.findIndex((use) => use !== null);
    const use = uses[used];
    if (!use) return null;
    const isWhole = uses.every((each) => each?.reliefId === use.reliefId && each.isSameAmount);
    const isTheirs = use.homeSocietyId === societyId && use.originPersonId === person.id;
    if (isWhole && isTheirs && use.nodeId === node.id && use.invoices === invoices.length) return use.number;
    refuse('invoices', `第 ${used + 1} 张在本基金已经用过`);
    return null;
  }

  /** Where nothing is said, the only account in the name of the family; without any the money goes to the hospital. */
  private async accountOf(
    { societyId }: Ground,
    { cardTail }: SheetRelief,
    { id }: PersonSummary,
    refuse: Refuse,
  ): Promise<string | null> {
    const accounts = await this.people.payeeAccounts(societyId, id);
    const meant = accounts.filter((each) =>
      cardTail === null ? each.matchesName : each.cardTail === cardTail,
    );
    const [only] = meant;
    if (cardTail !== null && !only) refuse('cardTail', '名册里没有这个尾号的收款卡');
    else if (meant.length > 1)
      refuse('cardTail', '名册里不止一张收款卡，请填尾号；尾号相同的，请在页面上申请');
    return only?.id ?? null;
  }
}

type Refuse = (column: ReliefColumn, reason: string) => void;

/** The signed sheet holds the pledge and all consents but the last, which is asked by itself. */
function consentsIn({ publish }: SheetRelief): Purpose[] {
  return ['PROCESS', 'HEALTH_BANK', 'VERIFY', ...(publish ? (['PUBLISH'] as const) : [])];
}

function belowIn(nodes: readonly FundWithMoney[], above: FundWithMoney): FundWithMoney[] {
  const children = nodes.filter(({ parentId }) => parentId === above.id);
  return children.flatMap((child) => [child, ...belowIn(nodes, child)]);
}

const columnOf = (error: DomainError): ReliefColumn => (error instanceof InvoiceUsed ? 'invoices' : 'name');
