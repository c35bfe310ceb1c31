import { Injectable } from '@nestjs/common';
import { breaksUnique, StaleSnapshot } from '../../platform/database/errors.js';
import type { Tx } from '../../platform/database/transactions.js';
import { AccountReport } from './account-report.entity.js';

const ONE_REPORT = {
  name: 'uq_account_reports_once',
  columns: 'account_reports.society_id, account_reports.fund, account_reports.year, account_reports.quarter',
};

@Injectable()
export class AccountsStore {
  find(
    tx: Tx,
    of: Pick<AccountReport, 'societyId' | 'fund' | 'year' | 'quarter'>,
  ): Promise<AccountReport | null> {
    const { societyId, fund, year, quarter } = of;
    return tx.rows.findOneBy(AccountReport, { societyId, fund, year, quarter });
  }

  /** Of ten who begin the same accounts at once, one does; the others begin anew and find them. */
  async insert(tx: Tx, report: AccountReport): Promise<void> {
    try {
      await tx.insert(AccountReport, report);
    } catch (error) {
      throw breaksUnique(error, ONE_REPORT) ? new StaleSnapshot('The same accounts were begun') : error;
    }
  }
}
