import { Injectable } from '@nestjs/common';
import { instantOf, Reads } from '../../platform/database/reads.js';
import { answeredIn } from '../domain/consent.js';
import type { Answered, ConsentWay, Purpose } from '../domain/consent.js';
import type { Relation } from '../domain/kin.js';

/** One answer, as it was given at its time. Nothing of it changes afterwards. */
export type ConsentAnswer = {
  readonly purpose: Purpose;
  readonly given: boolean;
  readonly position: number;
  readonly answered: Answered;
  /** Which wording was signed. */
  readonly textVersion: string;
  readonly how: ConsentWay;
  readonly guardianName: string | null;
  /** Who signed in the person's place, or heard it. */
  readonly otherName: string | null;
  readonly relation: Relation | null;
  readonly hasSheet: boolean;
  readonly at: Date;
  readonly recorderName: string | null;
  /** It was signed for another society, and came with the case. */
  readonly isBrought: boolean;
};

type Raw = Omit<ConsentAnswer, 'given' | 'answered' | 'hasSheet' | 'at' | 'isBrought'> & {
  readonly given: number;
  readonly fileId: string | null;
  readonly sourceId: string | null;
  readonly at: Date | string;
};

/** What a person was asked and said, with all that was ever said before. */
@Injectable()
export class ConsentsQueries {
  constructor(private readonly reads: Reads) {}

  /** In the order in which it was said. */
  async ofPerson(societyId: string, personId: string): Promise<ConsentAnswer[]> {
    const rows = await this.reads.all<Raw>`
      SELECT c.purpose AS "purpose", c.given AS "given", c.position AS "position", c.text_version AS "textVersion",
             c.how AS "how", g.name AS "guardianName", o.name AS "otherName", c.relation AS "relation",
             c.file_id AS "fileId", c.source_id AS "sourceId", c.at AS "at", b.name AS "recorderName"
      FROM consents c
      LEFT JOIN persons g ON g.id = c.guardian_id LEFT JOIN persons o ON o.id = c.other_id
      LEFT JOIN persons b ON b.id = c.by_person_id
      WHERE c.society_id = ${societyId} AND c.person_id = ${personId} ORDER BY c.position`;
    return answeredIn(
      rows.map(({ given, fileId, sourceId, at, ...row }) => ({
        ...row,
        given: given === 1,
        hasSheet: fileId !== null,
        isBrought: sourceId !== null,
        at: instantOf(at),
      })),
    );
  }
}
