import { Injectable } from '@nestjs/common';
import { CAUSE_WORDS } from '../kernel/causes.js';
import { yuanText } from '../kernel/fen.js';
import { PeopleQueries } from '../people/index.js';
import { ReliefQueries } from './relief.queries.js';

/** A case in a few words for the pages of the board, the notices and the cashier: masked, and without its story. */
@Injectable()
export class ReliefDescriptions {
  constructor(
    private readonly queries: ReliefQueries,
    private readonly people: PeopleQueries,
  ) {}

  async describe(societyId: string, reliefId: string) {
    const known = await this.queries.relief(societyId, reliefId);
    const applicant = await this.people.person(known.societyId, known.applicantId);
    const { sheet, grantFen } = known;
    const amount = grantFen === null ? '' : ` · ${yuanText(grantFen)} 元`;
    return {
      title: `${applicant.maskedName} · ${CAUSE_WORDS[known.cause]}${amount}`,
      facts: [
        { label: '编号', value: known.text },
        { label: '基金', value: known.fundName },
        { label: '对象', value: `${applicant.maskedName}（${applicant.group}）` },
        { label: '事由', value: CAUSE_WORDS[known.cause] },
        ...(sheet === null
          ? []
          : [
              { label: '自付费用', value: `${yuanText(sheet.baseFen)} 元` },
              { label: '救助金额', value: `${yuanText(sheet.grantFen)} 元` },
            ]),
        ...(sheet?.capApplied ? [{ label: '说明', value: '按最高限额救助' }] : []),
      ],
      href: `/s/relief/${reliefId}`,
    };
  }
}
