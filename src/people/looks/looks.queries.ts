import { Injectable } from '@nestjs/common';
import { maskName } from '../../kernel/chinese/name-mask.js';
import { Sealing } from '../../platform/crypto/sealing.js';
import { instantOf, Reads } from '../../platform/database/reads.js';
import type { Value } from '../../platform/database/transactions.js';
import { notePlace } from './note-place.js';

/** A look into what is personal, as whoever watches over looks reads it: masked names, and no value. */
export type LookFacts = {
  readonly id: string;
  readonly at: Date;
  readonly societyId: string;
  readonly society: string;
  /** Null: an account without a person of the register. */
  readonly looker: string | null;
  /** As the trail has it: 秘书长因“核对身份”查看了身份证号, or the code of a refusal. */
  readonly words: string;
  readonly kind: string;
  readonly isRefused: boolean;
  /** Of a look with a reason: whose it was, and in which case. Of a copy: whose. */
  readonly person: string | null;
  readonly caseKind: string | null;
  readonly caseId: string | null;
  readonly caseNumber: string | null;
  readonly note: string | null;
};
export type LooksPage = { readonly looks: readonly LookFacts[]; readonly next: string | null };

type Raw = {
  readonly id: string;
  readonly at: Date | string;
  readonly societyId: string;
  readonly society: string;
  readonly looker: string | null;
  readonly words: string | null;
  readonly kind: string;
  readonly lookId: string | null;
  readonly noteSealed: string | null;
  readonly person: string | null;
  readonly caseKind: string | null;
  readonly caseId: string | null;
  readonly caseNumber: string | null;
};

const SELECT = `
  SELECT a.id AS "id", a.at AS "at", a.society_id AS "societyId", o.name AS "society", p.name AS "looker",
         a.words AS "words", a.subject_kind AS "kind", l.id AS "lookId", l.note_sealed AS "noteSealed",
         COALESCE(w.name, c.name) AS "person", l.subject_kind AS "caseKind", l.subject_id AS "caseId",
         l.subject_number AS "caseNumber"
  FROM audit_acts a
  JOIN organisations o ON o.id = a.society_id
  LEFT JOIN persons p ON p.id = a.person_id
  LEFT JOIN looks l ON a.subject_kind = 'look' AND l.id = a.subject_id
  LEFT JOIN persons w ON w.id = l.person_id
  LEFT JOIN persons c ON a.subject_kind = 'person' AND c.id = a.subject_id
  WHERE (a.act IN ('unmask', 'read') OR (a.subject_kind = 'refused' AND a.words LIKE 'LOOK!_%' ESCAPE '!'))
    AND NOT (a.subject_kind = 'donor' AND a.person_id IS NULL AND a.roles = 'donor') `;

const ON_A_PAGE = 50;
/** After every key, which begins with a hexadecimal digit. */
const LAST = 'z';

/** Every look that the trail has: with a reason, at a paper or a photo, at a card that is paid to; and those refused. */
@Injectable()
export class LooksQueries {
  constructor(
    private readonly reads: Reads,
    private readonly sealing: Sealing,
  ) {}

  /**
   * Of a society, and of whatever stands below it; the newest first, from before the row `before`. The notes are sealed, and
   * opened only with `opensNotes`.
   */
  async within(societyId: string, before: string | null, opensNotes = true): Promise<LooksPage> {
    const rows = await this.select`
      AND a.society_id IN (
        WITH RECURSIVE below (id) AS (
          SELECT o.id FROM organisations o WHERE o.id = ${societyId}
          UNION SELECT o.id FROM below b LEFT JOIN organisations o ON o.parent_id = b.id)
        SELECT id FROM below)
      AND a.id < ${before ?? LAST} ORDER BY a.id DESC LIMIT ${ON_A_PAGE + 1}`;
    return this.pageOf(rows, opensNotes);
  }

  /** Of all societies, for whoever runs the house. */
  async everywhere(before: string | null): Promise<LooksPage> {
    return this.pageOf(
      await this.select`AND a.id < ${before ?? LAST} ORDER BY a.id DESC LIMIT ${ON_A_PAGE + 1}`,
      true,
    );
  }

  private select(text: TemplateStringsArray, ...values: Value[]): Promise<Raw[]> {
    const [head = '', ...rest] = text;
    return this.reads.all<Raw>(Object.assign([SELECT + head, ...rest], { raw: [] }), ...values);
  }

  private pageOf(rows: readonly Raw[], opensNotes: boolean): LooksPage {
    const looks = rows.slice(0, ON_A_PAGE).map((raw) => this.factsOf(raw, opensNotes));
    return { looks, next: rows.length > ON_A_PAGE ? (looks.at(-1)?.id ?? null) : null };
  }

  private factsOf(
    { at, looker, words, person, lookId, noteSealed, ...row }: Raw,
    opensNotes: boolean,
  ): LookFacts {
    const { id, societyId, society, kind, caseKind, caseId, caseNumber } = row;
    const isOpened = opensNotes && lookId !== null && noteSealed !== null;
    return {
      ...{ id, societyId, society, kind, caseKind, caseId, caseNumber },
      at: instantOf(at),
      looker: looker === null ? null : maskName(looker),
      words: words ?? '',
      isRefused: kind === 'refused',
      person: person === null ? null : maskName(person),
      note: isOpened ? this.sealing.open(noteSealed, notePlace(lookId)) : null,
    };
  }
}
