import { Injectable } from '@nestjs/common';
import { breaksUnique, StaleSnapshot } from '../platform/database/errors.js';
import type { Tx } from '../platform/database/transactions.js';
import { FundNameTaken, FundNotFound } from './domain/funds.errors.js';
import type { Fund } from './domain/fund.js';
import type { Rule, RuleTerms } from './domain/rule.js';
import { FundNode, FundRule } from './fund.entity.js';

const ONE_NAME = { name: 'uq_funds_name', columns: 'funds.federation_id, funds.name' };
const ONE_VERSION = {
  name: 'uq_fund_rule_versions_version',
  columns: 'fund_rule_versions.fund_id, fund_rule_versions.version',
};

@Injectable()
export class FundsStore {
  async insert(tx: Tx, fund: FundNode): Promise<void> {
    try {
      await tx.insert(FundNode, fund);
    } catch (error) {
      throw breaksUnique(error, ONE_NAME) ? new FundNameTaken() : error;
    }
  }

  /** One of the federation's own; another's is not found (D4-69). */
  async get(tx: Tx, federationId: string, id: string): Promise<Fund> {
    const fund = await tx.rows.findOneBy(FundNode, { id, federationId });
    if (!fund) throw new FundNotFound();
    return fund;
  }

  async insertRule(tx: Tx, { formula, advance, ...rule }: Rule, at: Date): Promise<void> {
    const { brackets, grainFen, rounding } = formula;
    const row = { ...rule, brackets, grainFen, rounding, createdAt: at };
    try {
      await tx.insert(FundRule, {
        ...row,
        advanceNumerator: advance.numerator,
        advanceDenominator: advance.denominator,
      });
    } catch (error) {
      throw breaksUnique(error, ONE_VERSION) ? new StaleSnapshot('A rule was adopted just now') : error;
    }
  }

  async lastVersion(tx: Tx, fundId: string): Promise<(RuleTerms & { readonly version: number }) | null> {
    const [last] = await tx.rows.find(FundRule, { where: { fundId }, order: { version: 'DESC' }, take: 1 });
    if (!last) return null;
    const { brackets, grainFen, rounding, advanceNumerator, advanceDenominator } = last;
    return Object.assign({}, last, {
      formula: { brackets, grainFen, rounding },
      advance: { numerator: advanceNumerator, denominator: advanceDenominator },
    });
  }
}
