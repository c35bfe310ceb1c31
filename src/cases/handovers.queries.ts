import { Injectable } from '@nestjs/common';
import { fen } from '../kernel/fen.js';
import type { Fen } from '../kernel/fen.js';
import { instantOf, optionalInstantOf, Reads } from '../platform/database/reads.js';
import type { Value } from '../platform/database/transactions.js';
import { CaseSeals } from './case.seals.js';
import { caseNumberText } from './domain/case-number.js';
import type { Cause } from '../kernel/causes.js';
import { HandoverNotFound } from './domain/handover.js';
import type { HandoverAnswer, HandoverKind, HandoverReason, HandoverState } from './domain/handover.js';

export type HandoverFact = {
  readonly id: string;
  readonly caseId: string;
  readonly caseNumber: string;
  /** The society that handed it over. */
  readonly societyId: string;
  readonly societyName: string;
  readonly applicantId: string;
  readonly cause: Cause;
  readonly amountFen: Fen;
  readonly kind: HandoverKind;
  readonly reason: HandoverReason;
  readonly toSocietyId: string | null;
  readonly toName: string | null;
  readonly askedFen: Fen | null;
  readonly note: string | null;
  readonly state: HandoverState;
  readonly takenNumber: string | null;
  readonly answer: HandoverAnswer | null;
  readonly answerNote: string | null;
  readonly answeredFen: Fen | null;
  readonly openedAt: Date;
  readonly answeredAt: Date | null;
};

export type TakenOn = {
  readonly name: string;
  readonly who: { readonly societyId: string; readonly personId: string };
};

type Big = number | string;
type Stamp = Date | string;
type Raw = Omit<
  HandoverFact,
  | 'caseNumber'
  | 'amountFen'
  | 'askedFen'
  | 'answeredFen'
  | 'note'
  | 'answerNote'
  | 'takenNumber'
  | 'openedAt'
  | 'answeredAt'
> & {
  readonly year: number;
  readonly number: number;
  readonly takenYear: number | null;
  readonly takenSerial: number | null;
  readonly amountFen: Big;
  readonly askedFen: Big | null;
  readonly answeredFen: Big | null;
  readonly noteSealed: string | null;
  readonly answerNoteSealed: string | null;
  readonly openedAt: Stamp;
  readonly answeredAt: Stamp | null;
};

const HANDOVERS = `
  SELECT h.id AS "id", h.case_id AS "caseId", h.society_id AS "societyId", o.name AS "societyName",
         c.year AS "year", c.number AS "number", c.applicant_id AS "applicantId", c.cause AS "cause",
         c.amount_fen AS "amountFen", h.kind AS "kind", h.reason AS "reason", h.to_society_id AS "toSocietyId",
         u.name AS "toName", h.asked_fen AS "askedFen", h.note_sealed AS "noteSealed", h.state AS "state",
         t.year AS "takenYear", t.number AS "takenSerial", h.answer AS "answer",
         h.answer_note_sealed AS "answerNoteSealed", h.answered_fen AS "answeredFen",
         h.opened_at AS "openedAt", h.answered_at AS "answeredAt"
  FROM case_handovers h
  JOIN cases c ON c.id = h.case_id
  JOIN organisations o ON o.id = h.society_id
  LEFT JOIN organisations u ON u.id = h.to_society_id
  LEFT JOIN cases t ON t.id = h.taken_case_id `;

const MOST_ON_A_DESK = 200;

/** Who handed what to whom. A society sees its own and those handed to it; another's are not found (D4-69). */
@Injectable()
export class HandoversQueries {
  constructor(
    private readonly reads: Reads,
    private readonly seals: CaseSeals,
  ) {}

  async ofCase(societyId: string, caseId: string): Promise<HandoverFact | null> {
    const [found] = await this.handovers`WHERE h.society_id = ${societyId} AND h.case_id = ${caseId}`;
    return found ?? null;
  }

  /** Whence a case of the town came. */
  async takenAs(societyId: string, caseId: string): Promise<HandoverFact | null> {
    const [found] = await this
      .handovers`WHERE h.to_society_id = ${societyId} AND h.taken_case_id = ${caseId}`;
    return found ?? null;
  }

  async handedTo(societyId: string, handoverId: string): Promise<HandoverFact> {
    const [found] = await this.handovers`WHERE h.to_society_id = ${societyId} AND h.id = ${handoverId}`;
    if (!found) throw new HandoverNotFound();
    return found;
  }

  /** One that this society handed over, or that was handed to it. */
  async known(societyId: string, handoverId: string): Promise<HandoverFact> {
    const [found] = await this.handovers`
      WHERE h.id = ${handoverId} AND (h.society_id = ${societyId} OR h.to_society_id = ${societyId})`;
    if (!found) throw new HandoverNotFound();
    return found;
  }

  /** What was handed to this society and is not answered yet, the oldest first. */
  async waitingFor(societyId: string): Promise<HandoverFact[]> {
    return this.handovers`
      WHERE h.to_society_id = ${societyId} AND h.state <> 'ANSWERED'
      ORDER BY h.opened_at, h.id LIMIT ${MOST_ON_A_DESK}`;
  }

  /** Who above took on a case of this person, and who the person is in their register. */
  async takenOn(societyId: string, personId: string): Promise<TakenOn[]> {
    const rows = await this.reads.all<{ name: string; societyId: string; personId: string }>`
      SELECT DISTINCT o.name AS "name", t.society_id AS "societyId", t.applicant_id AS "personId"
      FROM case_handovers h JOIN cases c ON c.id = h.case_id
      JOIN cases t ON t.id = h.taken_case_id JOIN organisations o ON o.id = t.society_id
      WHERE c.society_id = ${societyId} AND c.applicant_id = ${personId}`;
    return rows.map(({ name, ...who }) => ({ name, who }));
  }

  private async handovers(text: TemplateStringsArray, ...values: Value[]): Promise<HandoverFact[]> {
    const [head = '', ...rest] = text;
    const whole = Object.assign([HANDOVERS + head, ...rest], { raw: [] });
    return (await this.reads.all<Raw>(whole, ...values)).map((row) => this.factOf(row));
  }

  private factOf(raw: Raw): HandoverFact {
    const { year, number, takenYear, takenSerial, noteSealed, answerNoteSealed, ...row } = raw;
    const { id } = row;
    return {
      ...row,
      caseNumber: caseNumberText({ year, number }),
      takenNumber:
        takenYear === null || takenSerial === null
          ? null
          : caseNumberText({ year: takenYear, number: takenSerial }),
      amountFen: fen(Number(row.amountFen)),
      askedFen: amountOf(row.askedFen),
      answeredFen: amountOf(row.answeredFen),
      note: noteSealed === null ? null : this.seals.openHandover(id, 'note', noteSealed),
      answerNote:
        answerNoteSealed === null ? null : this.seals.openHandover(id, 'answer_note', answerNoteSealed),
      openedAt: instantOf(row.openedAt),
      answeredAt: optionalInstantOf(row.answeredAt),
    };
  }
}

function amountOf(value: Big | null): Fen | null {
  return value === null ? null : fen(Number(value));
}
