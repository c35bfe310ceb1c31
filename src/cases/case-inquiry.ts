import { Injectable } from '@nestjs/common';
import { BoardQueries } from '../board/index.js';
import { PaymentsQueries } from '../payments/index.js';
import { PeopleQueries } from '../people/index.js';
import type { TieReason } from '../people/domain/ties.js';
import { CasesQueries } from './cases.queries.js';
import { inquiryFault, tieFault } from './domain/inquiry.js';
import { FastPathQueries } from './fast-path.queries.js';

/** Who is outside a case, and so may look into an objection to it (domain.md 2.3). Asked before a unit of work. */
@Injectable()
export class CaseInquiry {
  constructor(
    private readonly queries: CasesQueries,
    private readonly board: BoardQueries,
    private readonly fastPaths: FastPathQueries,
    private readonly payments: PaymentsQueries,
    private readonly people: PeopleQueries,
  ) {}

  /** Whoever has no row in this register, as somebody of the town union, is tied to nobody in it. */
  async faultOf(societyId: string, caseId: string, personId: string): Promise<string | null> {
    const { applicantId, payeeId, registeredBy } = await this.queries.case(societyId, caseId);
    const ties = await this.tiesOf(societyId, applicantId, personId);
    const visits = await this.queries.visits(caseId);
    const paths = await this.fastPaths.ofCase(caseId);
    const order = await this.payments.ofSubject('case', caseId);
    const hands = {
      ...{ applicantId, payeeId, registeredBy },
      visitors: visits.map(({ visitorId }) => visitorId),
      board: await this.board.handsIn(caseId),
      signers: paths.flatMap((path) => [path.chairId, path.secretaryId, path.supervisorId]),
      payers: order ? [order.approverId, order.cashierId, ...order.witnessIds] : [],
    };
    return inquiryFault(personId, hands, ties);
  }

  /** Of those who name the inquirers, and so read who objected. */
  async tieOf(societyId: string, caseId: string, personId: string): Promise<string | null> {
    const { applicantId, payeeId } = await this.queries.case(societyId, caseId);
    return tieFault(personId, { applicantId, payeeId }, await this.tiesOf(societyId, applicantId, personId));
  }

  private async tiesOf(societyId: string, applicantId: string, personId: string): Promise<TieReason[]> {
    const isOurs = await this.people.knows(societyId, personId);
    return isOurs ? this.people.related(societyId, applicantId, personId) : [];
  }
}
