import { Injectable } from '@nestjs/common';
import { yuanText } from '../kernel/fen.js';
import { PeopleQueries } from '../people/index.js';
import { CasesQueries } from './cases.queries.js';
import { CAUSE_WORDS } from '../kernel/causes.js';

/** A case in a few words for the pages of the board and the cashier: masked, and without its story. */
export type CaseDescription = {
  readonly title: string;
  readonly facts: readonly { readonly label: string; readonly value: string }[];
  readonly href: string;
};

@Injectable()
export class CaseDescriptions {
  constructor(
    private readonly queries: CasesQueries,
    private readonly people: PeopleQueries,
  ) {}

  async describe(societyId: string, caseId: string): Promise<CaseDescription> {
    const row = await this.queries.case(societyId, caseId);
    const applicant = await this.people.person(societyId, row.applicantId);
    const use = await this.queries.useOf(societyId, row.householdId, row.countedYear ?? row.year);
    const cause = CAUSE_WORDS[row.cause];
    const amount = `${yuanText(row.amountFen)} 元`;
    return {
      title: `${applicant.maskedName} · ${cause} · ${amount}`,
      facts: [
        { label: '案号', value: row.text },
        { label: '对象', value: `${applicant.maskedName}（${applicant.group}）` },
        { label: '事由', value: cause },
        {
          label: '今年此户（含这一件）',
          value: `${use.usedCount} 次，共 ${yuanText(use.usedFen)} 元`,
        },
      ],
      href: `/s/cases/${row.text}`,
    };
  }
}
