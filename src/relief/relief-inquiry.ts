import { Injectable } from '@nestjs/common';
import { BoardQueries } from '../board/index.js';
import { PaymentsQueries } from '../payments/index.js';
import { PeopleQueries } from '../people/index.js';
import { inquiryFault } from './domain/inquiry.js';
import { tieRefusal } from './domain/ties.js';
import { ReliefGround } from './relief-ground.js';
import { RELIEF_PAYMENT } from './relief-kind.js';
import { ReliefQueries } from './relief.queries.js';

/** Who is outside a case of relief, and so may look into an objection to its notices. Asked before a unit of work. */
@Injectable()
export class ReliefInquiry {
  constructor(
    private readonly queries: ReliefQueries,
    private readonly ground: ReliefGround,
    private readonly people: PeopleQueries,
    private readonly board: BoardQueries,
    private readonly orders: PaymentsQueries,
  ) {}

  async faultOf(societyId: string, reliefId: string, personId: string): Promise<string | null> {
    const known = await this.queries.relief(societyId, reliefId);
    const isOurs = await this.people.knows(known.societyId, personId);
    const tied = isOurs ? await this.ground.tiedOf(known, [personId]) : [];
    const advance = await this.queries.advance(reliefId);
    const hands = {
      ...{ applicantId: known.applicantId, submittedBy: known.submittedBy, handledBy: known.handledBy },
      assessors: (await this.queries.scores(known)).map((score) => score.personId),
      reviewers: (await this.queries.reviews(known)).map(({ reviewerId }) => reviewerId),
      board: await this.board.handsIn(reliefId),
      payers: [
        known.approvedBy,
        ...(advance ? [advance.askedBy, advance.chairId, advance.supervisorId] : []),
        ...(await this.payersOf(reliefId)),
      ],
    };
    return inquiryFault(personId, hands, tied);
  }

  /** Of those who name the inquirers, and so read who objected: the family is paid, and nobody else. */
  async tieOf(societyId: string, reliefId: string, personId: string): Promise<string | null> {
    const known = await this.queries.relief(societyId, reliefId);
    const isOurs = await this.people.knows(known.societyId, personId);
    const tied = isOurs ? await this.ground.tiedOf(known, [personId]) : [];
    return tieRefusal(personId, known.applicantId, tied)?.message ?? null;
  }

  private async payersOf(reliefId: string): Promise<(string | null)[]> {
    const payments = await this.queries.payments(reliefId);
    const orders = await Promise.all(payments.map(({ id }) => this.orders.ofSubject(RELIEF_PAYMENT, id)));
    return orders.flatMap((order) => (order ? [order.approverId, order.cashierId] : []));
  }
}
