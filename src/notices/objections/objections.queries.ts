import { Injectable } from '@nestjs/common';
import { instantOf, listOf, optionalInstantOf, Reads } from '../../platform/database/reads.js';
import type { Value } from '../../platform/database/transactions.js';
import type {
  ExtensionReason,
  FindingReason,
  Ground,
  ObjectionState,
  Outcome,
  Way,
} from '../domain/objection.js';
import { objectionNumberOf } from '../domain/objection.js';
import { ObjectionNotFound } from '../domain/objection.errors.js';
import type { HandingWay } from '../domain/reply-handing.js';
import type { LetterKind } from '../domain/objection-letters.js';
import type { SealedSaid } from './objections.seals.js';

/** An objection as everybody of the office may see it: neither what was said nor by whom. */
export type ObjectionFacts = {
  readonly id: string;
  readonly societyId: string;
  readonly deskSocietyId: string;
  readonly noticeId: string;
  readonly noticeNumber: string;
  readonly noticeCode: string;
  /** 异2026-0003 */
  readonly number: string;
  readonly how: Way;
  readonly ground: Ground;
  readonly inTime: boolean;
  readonly isNamed: boolean;
  readonly receivedAt: Date;
  readonly registeredAt: Date;
  readonly registeredBy: string | null;
  readonly letterFileId: string | null;
  readonly withdrawalFileId: string | null;
  /** Whoever took in the note that takes it back. */
  readonly withdrawalBy: string | null;
  readonly inquiryId: string | null;
  readonly state: ObjectionState;
  readonly outcome: Outcome | null;
  /** What was found; null until it is decided. */
  readonly reason: FindingReason | null;
  readonly endedAt: Date | null;
  /** When and how the written answer came to whoever had objected by name; null before. */
  readonly handedAt: Date | null;
  readonly handedHow: HandingWay | null;
  /** Of the duty that is open now: to name the two, or to answer. */
  readonly dueAt: Date | null;
};

/** An objection as everybody may see it. */
export type PublicObjection = Pick<
  ObjectionFacts,
  'number' | 'receivedAt' | 'ground' | 'inTime' | 'state' | 'inquiryId' | 'outcome' | 'endedAt'
>;

export type Finding = {
  readonly id: string;
  readonly outcome: Outcome;
  readonly reason: FindingReason;
  readonly noteSealed: string;
  readonly proposedBy: string;
  readonly proposedAt: Date;
  readonly state: 'PROPOSED' | 'CONFIRMED' | 'REFUSED';
  readonly answeredBy: string | null;
  readonly answeredAt: Date | null;
  readonly refusalSealed: string | null;
};

export type Inquirer = { readonly societyId: string; readonly personId: string };

export type Inquiry = {
  readonly id: string;
  readonly societyId: string;
  readonly noticeId: string;
  readonly inquirers: readonly [Inquirer, Inquirer];
  readonly assignedBy: string;
  readonly assignedAt: Date;
  readonly dueFrom: Date;
  readonly extendedFor: ExtensionReason | null;
  readonly state: 'OPEN' | 'DECIDED' | 'DROPPED';
  readonly correctionId: string | null;
  /** Those that are decided together; one that was taken back is one of them still. */
  readonly objections: readonly ObjectionFacts[];
  /** The latest first. */
  readonly findings: readonly Finding[];
};

export type Letter = {
  readonly id: string;
  readonly kind: LetterKind;
  readonly contentSealed: string;
  readonly contentHash: string;
  readonly madeAt: Date;
};

/** Where a list goes on: behind this objection. */
export type ObjectionPlace = {
  readonly isOpen: boolean;
  readonly registeredAt: Date;
  readonly id: string;
};

/** 2026 and 3 of 异2026-0003. */
export type ObjectionSerial = { readonly year: number; readonly serial: number };

/** Who looks: a society, and the person of its register. */
export type Looker = { readonly societyId: string; readonly personId: string | null };

type Instant = Date | string;
type RawFacts = Omit<
  ObjectionFacts,
  'number' | 'inTime' | 'isNamed' | 'receivedAt' | 'registeredAt' | 'endedAt' | 'handedAt' | 'dueAt'
> & {
  readonly year: number | string;
  readonly serial: number | string;
  readonly inTime: number | string;
  readonly isNamed: number | string;
  readonly receivedAt: Instant;
  readonly registeredAt: Instant;
  readonly endedAt: Instant | null;
  readonly handedAt: Instant | null;
  readonly dueAt: Instant | null;
};
type RawInquiry = Omit<Inquiry, 'inquirers' | 'assignedAt' | 'dueFrom' | 'objections' | 'findings'> & {
  readonly oneSocietyId: string;
  readonly oneId: string;
  readonly otherSocietyId: string;
  readonly otherId: string;
  readonly assignedAt: Instant;
  readonly dueFrom: Instant;
};
type RawFinding = Omit<Finding, 'proposedAt' | 'answeredAt'> & {
  readonly proposedAt: Instant;
  readonly answeredAt: Instant | null;
};

@Injectable()
export class ObjectionsQueries {
  constructor(private readonly reads: Reads) {}

  /** Its own society sees it, whoever names the two, and whoever looks into it; to everybody else it is not there. */
  async objection(looker: Looker, objectionId: string): Promise<ObjectionFacts> {
    const [row] = await this.select`
      LEFT JOIN objection_inquiries q ON q.id = o.inquiry_id
      WHERE o.id = ${objectionId}
        AND (o.society_id = ${looker.societyId} OR o.desk_society_id = ${looker.societyId}
          OR (q.one_society_id = ${looker.societyId} AND q.one_id = ${looker.personId})
          OR (q.other_society_id = ${looker.societyId} AND q.other_id = ${looker.personId}))`;
    if (!row) throw new ObjectionNotFound();
    return factsOf(row);
  }

  /** What is open first, then what is over, each the latest first. */
  async page(
    looker: Looker,
    { after = null, limit }: { readonly after?: ObjectionPlace | null; readonly limit: number },
  ): Promise<ObjectionFacts[]> {
    const rank = after === null ? -1 : after.isOpen ? 0 : 1;
    const before = after?.registeredAt ?? new Date('9999-01-01T00:00:00Z');
    const rows = await this.select`
      LEFT JOIN objection_inquiries q ON q.id = o.inquiry_id
      WHERE (o.society_id = ${looker.societyId} OR o.desk_society_id = ${looker.societyId}
          OR (q.one_society_id = ${looker.societyId} AND q.one_id = ${looker.personId})
          OR (q.other_society_id = ${looker.societyId} AND q.other_id = ${looker.personId}))
        AND (CASE WHEN o.state = 'OPEN' THEN 0 ELSE 1 END > ${rank}
          OR (CASE WHEN o.state = 'OPEN' THEN 0 ELSE 1 END = ${rank}
            AND (o.registered_at < ${before} OR (o.registered_at = ${before} AND o.id < ${after?.id ?? ''}))))
      ORDER BY CASE WHEN o.state = 'OPEN' THEN 0 ELSE 1 END, o.registered_at DESC, o.id DESC LIMIT ${limit}`;
    return rows.map(factsOf);
  }

  /** Those to one notice that nobody looks into yet, the oldest first; none but these may be looked into together. */
  async unassigned(noticeId: string, limit: number): Promise<ObjectionFacts[]> {
    const rows = await this.select`
      WHERE o.notice_id = ${noticeId} AND o.state = 'OPEN' AND o.inquiry_id IS NULL
      ORDER BY o.registered_at, o.id LIMIT ${limit}`;
    return rows.map(factsOf);
  }

  /** Of one notice those that were chosen. */
  async chosenOf(noticeId: string, objectionIds: readonly string[]): Promise<ObjectionFacts[]> {
    if (objectionIds.length === 0) return [];
    const rows = await this.select`
      WHERE o.notice_id = ${noticeId} AND o.id IN ${listOf(objectionIds)} ORDER BY o.registered_at, o.id`;
    return rows.map(factsOf);
  }

  /** Of one notice, for everybody: the number, the day, the ground and how it ended; by number, a page at a time. */
  async publicOf(
    noticeId: string,
    { after, limit }: { readonly after: ObjectionSerial | null; readonly limit: number },
  ): Promise<PublicObjection[]> {
    const { year, serial } = after ?? { year: 0, serial: 0 };
    const rows = await this.select`
      WHERE o.notice_id = ${noticeId} AND (o.year > ${year} OR (o.year = ${year} AND o.serial > ${serial}))
      ORDER BY o.year, o.serial LIMIT ${limit}`;
    return rows
      .map(factsOf)
      .map(({ number, receivedAt, ground, inTime, state, inquiryId, outcome, endedAt }) => ({
        ...{ number, receivedAt, ground, inTime, state, inquiryId, outcome, endedAt },
      }));
  }

  /** What somebody looks into for a society below: their own home page knows of it by this alone. */
  async inquiriesBelow({ societyId, personId }: Looker): Promise<readonly string[]> {
    const rows = await this.reads.all<{ id: string }>`
      SELECT q.id AS "id" FROM objection_inquiries q
      WHERE q.state = 'OPEN' AND q.society_id <> ${societyId}
        AND ((q.one_society_id = ${societyId} AND q.one_id = ${personId})
          OR (q.other_society_id = ${societyId} AND q.other_id = ${personId}))
      ORDER BY q.due_from, q.id LIMIT ${MOST_INQUIRIES}`;
    return rows.map(({ id }) => id);
  }

  /** By the code that only whoever objects has. */
  async findByCode(codeHash: string): Promise<ObjectionFacts | null> {
    const [row] = await this.select`WHERE o.code_hash = ${codeHash}`;
    return row ? factsOf(row) : null;
  }

  /** What was said and by whom, sealed as it lies. Whoever asks has looked who may. */
  async sealedSaid(objectionId: string): Promise<SealedSaid> {
    const row = await this.reads.one<SealedSaid>`
      SELECT words_sealed AS "wordsSealed", name_sealed AS "nameSealed", phone_sealed AS "phoneSealed"
      FROM notice_objections WHERE id = ${objectionId}`;
    if (!row) throw new ObjectionNotFound();
    return row;
  }

  async inquiry(inquiryId: string): Promise<Inquiry> {
    const row = await this.reads.one<RawInquiry>`
      SELECT id AS "id", society_id AS "societyId", notice_id AS "noticeId", one_society_id AS "oneSocietyId",
             one_id AS "oneId", other_society_id AS "otherSocietyId", other_id AS "otherId",
             assigned_by AS "assignedBy", assigned_at AS "assignedAt", due_from AS "dueFrom",
             extended_for AS "extendedFor", state AS "state", correction_id AS "correctionId"
      FROM objection_inquiries WHERE id = ${inquiryId}`;
    if (!row) throw new Error(`The inquiry ${inquiryId} is not there`);
    const { oneSocietyId, oneId, otherSocietyId, otherId, assignedAt, dueFrom, ...rest } = row;
    const objections = await this.select`WHERE o.inquiry_id = ${inquiryId} ORDER BY o.registered_at, o.id`;
    return {
      ...rest,
      assignedAt: instantOf(assignedAt),
      dueFrom: instantOf(dueFrom),
      inquirers: [
        { societyId: oneSocietyId, personId: oneId },
        { societyId: otherSocietyId, personId: otherId },
      ],
      objections: objections.map(factsOf),
      findings: await this.findings(inquiryId),
    };
  }

  async letter(objectionId: string, kind: LetterKind): Promise<Letter | null> {
    const row = await this.reads.one<Omit<Letter, 'madeAt'> & { readonly madeAt: Instant }>`
      SELECT id AS "id", kind AS "kind", content_sealed AS "contentSealed", content_hash AS "contentHash",
             made_at AS "madeAt"
      FROM objection_letters WHERE objection_id = ${objectionId} AND kind = ${kind}`;
    return row && { ...row, madeAt: instantOf(row.madeAt) };
  }

  private async findings(inquiryId: string): Promise<Finding[]> {
    const rows = await this.reads.all<RawFinding>`
      SELECT id AS "id", outcome AS "outcome", reason AS "reason", note_sealed AS "noteSealed",
             proposed_by AS "proposedBy", proposed_at AS "proposedAt", state AS "state", answered_by AS "answeredBy",
             answered_at AS "answeredAt", refusal_sealed AS "refusalSealed"
      FROM objection_findings WHERE inquiry_id = ${inquiryId} ORDER BY proposed_at DESC, id DESC`;
    return rows.map((row) => ({
      ...row,
      proposedAt: instantOf(row.proposedAt),
      answeredAt: optionalInstantOf(row.answeredAt),
    }));
  }

  /** One list of columns for every question. */
  private select(
    condition: TemplateStringsArray,
    ...values: (Value | ReturnType<typeof listOf>)[]
  ): Promise<RawFacts[]> {
    const [first = '', ...rest] = condition;
    const text = [`${COLUMNS} ${first}`, ...rest];
    return this.reads.among<RawFacts>(Object.assign(text, { raw: text }), ...values);
  }
}

/** Nobody looks into more at a time. */
const MOST_INQUIRIES = 100;

const COLUMNS = `
  SELECT o.id AS "id", o.society_id AS "societyId", o.desk_society_id AS "deskSocietyId", o.notice_id AS "noticeId",
         i.number AS "noticeNumber", i.code AS "noticeCode", o.year AS "year", o.serial AS "serial", o.how AS "how",
         o.ground AS "ground", o.in_time AS "inTime", CASE WHEN o.name_sealed IS NULL THEN 0 ELSE 1 END AS "isNamed",
         o.received_at AS "receivedAt", o.registered_at AS "registeredAt", o.registered_by AS "registeredBy",
         o.letter_file_id AS "letterFileId", o.withdrawal_file_id AS "withdrawalFileId",
         o.withdrawal_by AS "withdrawalBy", o.inquiry_id AS "inquiryId",
         o.state AS "state", o.outcome AS "outcome", f.reason AS "reason", o.ended_at AS "endedAt",
         h.handed_at AS "handedAt", h.how AS "handedHow", d.due_at AS "dueAt"
  FROM notice_objections o
  JOIN notice_issues i ON i.notice_id = o.notice_id
  LEFT JOIN objection_findings f
    ON f.inquiry_id = o.inquiry_id AND f.state = 'CONFIRMED' AND o.state = 'DECIDED'
  LEFT JOIN objection_handings h ON h.objection_id = o.id
  LEFT JOIN duties d
    ON d.open_key = CASE WHEN o.inquiry_id IS NULL THEN 'ASSIGN_OBJECTION:' || o.id
                         ELSE 'ANSWER_OBJECTION:' || o.inquiry_id END AND o.state = 'OPEN'`;

function factsOf({ year, serial, inTime, isNamed, ...row }: RawFacts): ObjectionFacts {
  return {
    ...row,
    number: objectionNumberOf({ year: Number(year), serial: Number(serial) }),
    inTime: Number(inTime) === 1,
    isNamed: Number(isNamed) === 1,
    receivedAt: instantOf(row.receivedAt),
    registeredAt: instantOf(row.registeredAt),
    endedAt: optionalInstantOf(row.endedAt),
    handedAt: optionalInstantOf(row.handedAt),
    dueAt: optionalInstantOf(row.dueAt),
  };
}
