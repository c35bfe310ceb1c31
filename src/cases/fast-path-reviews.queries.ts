import { Injectable } from '@nestjs/common';
import { fen } from '../kernel/fen.js';
import type { Fen } from '../kernel/fen.js';
import { instantOf, Reads } from '../platform/database/reads.js';
import type { Value } from '../platform/database/transactions.js';
import { caseNumberText } from './domain/case-number.js';
import { SEATS } from './domain/fast-path.js';
import type { Risk, Seat } from './domain/fast-path.js';
import { FastPathNotFound } from './domain/fast-path.errors.js';

/** A fast path of a village below that its board did not stand by: by the number of the case, without a name. */
export type NotRatifiedBelow = {
  readonly fastPathId: string;
  readonly societyId: string;
  readonly societyName: string;
  readonly caseNumber: string;
  readonly amountFen: Fen;
  readonly risk: Risk;
  readonly chairOffice: 'CHAIR' | 'DEPUTY';
  readonly since: Date;
  /** Who of the three still may not sign because of it. */
  readonly heldOff: readonly Seat[];
};

type Big = number | string;
type Raw = Omit<NotRatifiedBelow, 'caseNumber' | 'amountFen' | 'since' | 'heldOff'> & {
  readonly year: number;
  readonly number: number;
  readonly amountFen: Big;
  readonly since: Date | string;
  readonly chairHeld: Big;
  readonly secretaryHeld: Big;
  readonly supervisorHeld: Big;
};

const REVIEWED = `
  SELECT p.id AS "fastPathId", p.society_id AS "societyId", o.name AS "societyName", c.year AS "year",
         c.number AS "number", c.amount_fen AS "amountFen", p.risk AS "risk", p.chair_office AS "chairOffice",
         p.review_wanted_at AS "since",
         (SELECT COUNT(*) FROM fast_path_suspensions s
            WHERE s.fast_path_id = p.id AND s.person_id = p.chair_id AND s.lifted_at IS NULL) AS "chairHeld",
         (SELECT COUNT(*) FROM fast_path_suspensions s
            WHERE s.fast_path_id = p.id AND s.person_id = p.secretary_id AND s.lifted_at IS NULL) AS "secretaryHeld",
         (SELECT COUNT(*) FROM fast_path_suspensions s
            WHERE s.fast_path_id = p.id AND s.person_id = p.supervisor_id AND s.lifted_at IS NULL) AS "supervisorHeld"
  FROM fast_paths p
  JOIN cases c ON c.id = p.case_id
  JOIN organisations o ON o.id = p.society_id `;

const MOST_ON_A_DESK = 200;

/** For the union directly above a village, and nobody else. */
@Injectable()
export class FastPathReviewsQueries {
  constructor(private readonly reads: Reads) {}

  /** Those by which somebody is still held off, the oldest first. */
  async waitingBelow(unionId: string): Promise<NotRatifiedBelow[]> {
    return this.reviewed`
      WHERE o.parent_id = ${unionId} AND p.state = 'NOT_RATIFIED'
        AND EXISTS (SELECT 1 FROM fast_path_suspensions s WHERE s.fast_path_id = p.id AND s.lifted_at IS NULL)
      ORDER BY p.review_wanted_at, p.id LIMIT ${MOST_ON_A_DESK}`;
  }

  async below(unionId: string, fastPathId: string): Promise<NotRatifiedBelow> {
    const [found] = await this.reviewed`
      WHERE o.parent_id = ${unionId} AND p.state = 'NOT_RATIFIED' AND p.id = ${fastPathId}`;
    if (!found) throw new FastPathNotFound();
    return found;
  }

  private async reviewed(text: TemplateStringsArray, ...values: Value[]): Promise<NotRatifiedBelow[]> {
    const [head = '', ...rest] = text;
    const whole = Object.assign([REVIEWED + head, ...rest], { raw: [] });
    const rows = await this.reads.all<Raw>(whole, ...values);
    return rows.map(({ fastPathId, societyId, societyName, risk, chairOffice, ...row }) => ({
      ...{ fastPathId, societyId, societyName, risk, chairOffice },
      caseNumber: caseNumberText(row),
      amountFen: fen(Number(row.amountFen)),
      since: instantOf(row.since),
      heldOff: SEATS.filter((seat) => Number(row[`${seat}Held`]) > 0),
    }));
  }
}
