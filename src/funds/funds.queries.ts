import { Injectable } from '@nestjs/common';
import type { Cause } from '../kernel/causes.js';
import type { Day } from '../kernel/day.js';
import { fen } from '../kernel/fen.js';
import { LedgerQueries, UNRESTRICTED } from '../ledger/index.js';
import type { PurseRow } from '../ledger/index.js';
import { Reads } from '../platform/database/reads.js';
import { SocietiesQueries } from '../societies/index.js';
import type { Society } from '../societies/index.js';
import type { Bracket, Rounding } from './domain/formula.js';
import type { Fund } from './domain/fund.js';
import { FundNotFound, RuleNotInForce } from './domain/funds.errors.js';
import type { NoticeDayKind } from '../societies/domain/charter.js';
import type { CapWindow, ReliefPaper, Rule } from './domain/rule.js';

/** A node with the money that is tied to it alone; what its projects hold is theirs. */
export type FundWithMoney = Fund & Pick<PurseRow, 'balanceFen' | 'reservedFen' | 'freeFen'>;

export type FundTree = { readonly federation: Society; readonly nodes: readonly FundWithMoney[] };

/** As the driver gives it: BIGINT may come as text, lists as JSON. */
type RawRule = Readonly<
  Record<
    | 'version'
    | 'grainFen'
    | 'capFen'
    | 'deductsCrowdfunding'
    | 'noticeDays'
    | 'advanceNumerator'
    | 'advanceDenominator'
    | 'secondReviewFromFen',
    number | string
  >
> & {
  readonly id: string;
  readonly fundId: string;
  readonly validFrom: Day;
  readonly document: string;
  readonly causes: string;
  readonly brackets: string;
  readonly rounding: Rounding;
  readonly capWindow: CapWindow;
  readonly noticeDayKind: NoticeDayKind;
  readonly papers: string;
};

@Injectable()
export class FundsQueries {
  constructor(
    private readonly reads: Reads,
    private readonly ledger: LedgerQueries,
    private readonly societies: SocietiesQueries,
  ) {}

  /** The funds that a society may turn to: those of the federation that it is, or that stands above it. */
  async tree(societyId: string): Promise<FundTree | null> {
    const federation = await this.societies.federationOf(societyId);
    if (!federation) return null;
    const funds = await this.reads.all<Fund>`
      SELECT id AS "id", federation_id AS "federationId", parent_id AS "parentId", level AS "level", name AS "name",
             purpose AS "purpose", opened_on AS "openedOn"
      FROM funds WHERE federation_id = ${federation.id} ORDER BY id`;
    const purses = await this.ledger.purses(federation.id);
    const nodes = funds.map((fund) => {
      const purse = purses.find(
        (each) =>
          each.fund === rootOf(funds, fund).name &&
          each.restriction === (fund.parentId === null ? UNRESTRICTED : fund.name),
      );
      if (!purse) throw new Error(`The fund ${fund.id} has no purse`);
      const { balanceFen, reservedFen, freeFen } = purse;
      return { ...fund, balanceFen, reservedFen, freeFen };
    });
    return { federation, nodes };
  }

  /** One that the society may see, with the fund at its root. */
  async fund(
    societyId: string,
    fundId: string,
  ): Promise<{ tree: FundTree; fund: FundWithMoney; root: Fund }> {
    const tree = await this.tree(societyId);
    const fund = tree?.nodes.find(({ id }) => id === fundId);
    if (!tree || !fund) throw new FundNotFound();
    return { tree, fund, root: rootOf(tree.nodes, fund) };
  }

  /** Of a fund itself, the newest first. */
  async rules(fundId: string): Promise<Rule[]> {
    const rows = await this.reads.all<RawRule>`
      SELECT id AS "id", fund_id AS "fundId", version AS "version", valid_from AS "validFrom", document AS "document",
             causes AS "causes", brackets AS "brackets", grain_fen AS "grainFen", rounding AS "rounding",
             cap_fen AS "capFen", cap_window AS "capWindow", deducts_crowdfunding AS "deductsCrowdfunding",
             notice_days AS "noticeDays", notice_day_kind AS "noticeDayKind",
             advance_numerator AS "advanceNumerator", advance_denominator AS "advanceDenominator",
             second_review_from_fen AS "secondReviewFromFen", papers AS "papers"
      FROM fund_rule_versions WHERE fund_id = ${fundId} ORDER BY version DESC`;
    return rows.map(ruleOf);
  }

  /** The version that holds on that day. */
  async ruleOn(fundId: string, on: Day): Promise<Rule> {
    const rule = (await this.rules(fundId)).find(({ validFrom }) => validFrom <= on);
    if (!rule) throw new RuleNotInForce();
    return rule;
  }
}

function rootOf<Node extends Fund>(nodes: readonly Node[], fund: Node): Node {
  const parent = nodes.find(({ id }) => id === fund.parentId);
  return parent ? rootOf(nodes, parent) : fund;
}

function ruleOf(row: RawRule): Rule {
  return {
    id: row.id,
    fundId: row.fundId,
    version: Number(row.version),
    validFrom: row.validFrom,
    document: row.document,
    causes: JSON.parse(row.causes) as Cause[],
    formula: {
      brackets: JSON.parse(row.brackets) as Bracket[],
      grainFen: fen(Number(row.grainFen)),
      rounding: row.rounding,
    },
    capFen: fen(Number(row.capFen)),
    capWindow: row.capWindow,
    deductsCrowdfunding: Number(row.deductsCrowdfunding) === 1,
    noticeDays: Number(row.noticeDays),
    noticeDayKind: row.noticeDayKind,
    advance: { numerator: Number(row.advanceNumerator), denominator: Number(row.advanceDenominator) },
    secondReviewFromFen: fen(Number(row.secondReviewFromFen)),
    papers: JSON.parse(row.papers) as ReliefPaper[],
  };
}
