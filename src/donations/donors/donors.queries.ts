import { Injectable } from '@nestjs/common';
import { fen } from '../../kernel/fen.js';
import type { Fen } from '../../kernel/fen.js';
import { instantOf, optionalInstantOf, Reads } from '../../platform/database/reads.js';
import type { Value } from '../../platform/database/transactions.js';
import { DonorNotFound } from '../domain/donations.errors.js';
import type { DonorGroup, DonorKind } from '../domain/donor.js';
import { DonorSeals } from './donor.seals.js';

/** A donor as the society's own lists show him: a company by its name, a person masked. */
export type DonorRow = {
  readonly id: string;
  readonly societyId: string;
  readonly kind: DonorKind;
  readonly group: DonorGroup;
  readonly shownName: string;
  readonly uscc: string | null;
  readonly hasPhone: boolean;
  readonly homePlace: string | null;
  readonly publishesName: boolean;
  readonly askedAt: Date;
  /** Another after each change, and after each gift. */
  readonly version: number;
  readonly accountId: string | null;
  readonly mergedIntoId: string | null;
  /** When his data were erased at his wish, the last time; null where they never were. */
  readonly erasedAt: Date | null;
  /** Of what came in, fees left out. */
  readonly gifts: number;
  readonly givenFen: Fen;
};

type Raw = Omit<
  DonorRow,
  'hasPhone' | 'publishesName' | 'askedAt' | 'version' | 'erasedAt' | 'gifts' | 'givenFen'
> & {
  version: number | string;
  erasedAt: Date | string | null;
  hasPhone: number | string;
  publishesName: number | string;
  askedAt: Date | string;
  gifts: number | string;
  givenFen: number | string;
};

export type DonorPage = { readonly rows: readonly DonorRow[]; readonly next: string | null };

const MOST_ON_A_PAGE = 50;
const MOST_IN_A_FORM = 100;

const DONOR = `
  SELECT d.id AS "id", d.society_id AS "societyId", d.kind AS "kind", d.category AS "group",
         d.shown_name AS "shownName", d.uscc AS "uscc", CASE WHEN d.phone_sealed IS NULL THEN 0 ELSE 1 END AS "hasPhone",
         d.home_place AS "homePlace", d.publishes_name AS "publishesName", d.asked_at AS "askedAt",
         d.version AS "version", d.account_id AS "accountId",
         d.merged_into_id AS "mergedIntoId",
         (SELECT MAX(e.erased_at) FROM donor_erasures e WHERE e.donor_id = d.id AND e.cause LIKE 'request:%') AS "erasedAt",
         (SELECT COUNT(*) FROM gifts g WHERE g.donor_id = d.id AND g.state = 'RECEIVED' AND g.nature = 'GIFT') AS "gifts",
         (SELECT COALESCE(SUM(g.amount_fen), 0) FROM gifts g
          WHERE g.donor_id = d.id AND g.state = 'RECEIVED' AND g.nature = 'GIFT') AS "givenFen"
  FROM donors d `;

@Injectable()
export class DonorsQueries {
  constructor(
    private readonly reads: Reads,
    private readonly seals: DonorSeals,
  ) {}

  /** Another society's donor is not found, like one that never was (D4-69). */
  async donor(societyId: string, donorId: string): Promise<DonorRow> {
    const [row] = await this.donors`WHERE d.society_id = ${societyId} AND d.id = ${donorId}`;
    if (!row) throw new DonorNotFound();
    return row;
  }

  /** The newest first, from below `after`; merged records are left out, and those of which not even the name is left. */
  async page(societyId: string, after: string | null): Promise<DonorPage> {
    const below = after ?? 'z';
    const rows = await this.donors`
      WHERE d.society_id = ${societyId} AND d.merged_into_id IS NULL AND d.id < ${below}
        AND NOT EXISTS (SELECT 1 FROM donor_erasures e WHERE e.donor_id = d.id AND e.name_gone = 1)
      ORDER BY d.id DESC LIMIT ${MOST_ON_A_PAGE + 1}`;
    const shown = rows.slice(0, MOST_ON_A_PAGE);
    return { rows: shown, next: rows.length > MOST_ON_A_PAGE ? (shown.at(-1)?.id ?? null) : null };
  }

  /** For a form: the latest of them, and `named` where it asks for one. */
  async latest(societyId: string, named: string | null = null): Promise<DonorRow[]> {
    const rows = await this.donors`
      WHERE d.society_id = ${societyId} AND d.merged_into_id IS NULL
        AND NOT EXISTS (SELECT 1 FROM donor_erasures e WHERE e.donor_id = d.id AND e.name_gone = 1)
      ORDER BY CASE WHEN d.id = ${named ?? ''} THEN 0 ELSE 1 END, d.id DESC LIMIT ${MOST_IN_A_FORM}`;
    return rows;
  }

  /** Found by the whole name, the phone or the code of a company: by what is typed, and by no part of it. */
  async find(societyId: string, typed: string): Promise<DonorRow[]> {
    const text = typed.normalize('NFKC').trim();
    const name = this.seals.index('name', societyId, text.replace(/\s+/gu, ' '));
    const phone = this.seals.index('phone', societyId, text.replace(/\D/gu, ''));
    return this.donors`
      WHERE d.society_id = ${societyId} AND d.merged_into_id IS NULL
        AND (d.name_index = ${name} OR d.phone_index = ${phone} OR d.uscc = ${text.toUpperCase()})
      ORDER BY d.id LIMIT 20`;
  }

  /** Who may be the same: of the same name or phone in the same society. */
  async alike(societyId: string, donorId: string): Promise<DonorRow[]> {
    return this.donors`
      JOIN donors o ON o.id = ${donorId} AND o.society_id = d.society_id AND o.kind = d.kind AND o.id <> d.id
      WHERE d.society_id = ${societyId} AND d.merged_into_id IS NULL
        AND (d.name_index = o.name_index OR d.phone_index = o.phone_index) AND COALESCE(d.uscc, '') = COALESCE(o.uscc, '')
      ORDER BY d.id LIMIT 20`;
  }

  /** The same columns for every question; what follows is bound as in any other template. */
  private async donors(text: TemplateStringsArray, ...values: Value[]): Promise<DonorRow[]> {
    const [head = '', ...rest] = text;
    const whole = Object.assign([DONOR + head, ...rest], { raw: [] });
    const rows = await this.reads.all<Raw>(whole, ...values);
    return rows.map((row) => ({
      ...row,
      hasPhone: Number(row.hasPhone) === 1,
      publishesName: Number(row.publishesName) === 1,
      askedAt: instantOf(row.askedAt),
      version: Number(row.version),
      erasedAt: optionalInstantOf(row.erasedAt),
      gifts: Number(row.gifts),
      givenFen: fen(Number(row.givenFen)),
    }));
  }
}
