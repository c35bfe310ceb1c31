import { Injectable } from '@nestjs/common';
import { day } from '../kernel/day.js';
import type { Day } from '../kernel/day.js';
import { fen } from '../kernel/fen.js';
import { listOf, Reads } from '../platform/database/reads.js';
import type { Charter, CharterScope, Custody, NoticeDayKind } from './domain/charter.js';
import type { OrganisationKind } from './domain/founding.js';
import type { RegionLevel } from './domain/region.js';
import { CharterNotFound, SocietyNotFound } from './domain/societies.errors.js';

export type Society = {
  readonly id: string;
  readonly kind: OrganisationKind;
  readonly name: string;
  readonly shortName: string;
  readonly regionId: string;
  readonly parentId: string | null;
  readonly uscc: string | null;
  readonly boardCode: string;
};

export type SocietyPage = { readonly items: Society[]; readonly next: string | null };

export type DatedCode = {
  readonly code: string;
  readonly name: string;
  readonly validFrom: Day;
  readonly validUntil: Day | null;
};

/** A place on one day: its code and name then, and the names of the places around it, widest first. */
export type Place = {
  readonly regionId: string;
  readonly level: RegionLevel;
  readonly code: string;
  readonly name: string;
  readonly path: readonly string[];
};

/** An organisation and the places that it lies in, the narrowest first, as they are called today. */
export type Ladder = {
  readonly societyId: string;
  readonly kind: OrganisationKind;
  readonly name: string;
  readonly rungs: readonly Rung[];
};
export type Rung = { readonly regionId: string; readonly level: RegionLevel; readonly name: string };

type CodeRow = {
  readonly code: string;
  readonly name: string;
  readonly level: RegionLevel;
  readonly parentId: string | null;
};

/** A charter as the driver gives it: BIGINT and INT may come as text. */
type RawCharter = Record<string, string | number>;

@Injectable()
export class SocietiesQueries {
  constructor(private readonly reads: Reads) {}

  async society(id: string): Promise<Society> {
    const society = await this.reads.one<Society>`
      SELECT id AS "id", kind AS "kind", name AS "name", short_name AS "shortName", region_id AS "regionId",
             parent_id AS "parentId", uscc AS "uscc", board_code AS "boardCode"
      FROM organisations WHERE id = ${id}`;
    if (!society) throw new SocietyNotFound();
    return society;
  }

  async byBoardCode(code: string): Promise<Society | null> {
    return this.reads.one<Society>`
      SELECT id AS "id", kind AS "kind", name AS "name", short_name AS "shortName", region_id AS "regionId",
             parent_id AS "parentId", uscc AS "uscc", board_code AS "boardCode"
      FROM organisations WHERE board_code = ${code}`;
  }

  /** Every one, in the order of their founding. For timers and the command line; pages use `page`. */
  async all(): Promise<Society[]> {
    return this.reads.all<Society>`
      SELECT id AS "id", kind AS "kind", name AS "name", short_name AS "shortName", region_id AS "regionId",
             parent_id AS "parentId", uscc AS "uscc", board_code AS "boardCode"
      FROM organisations ORDER BY id`;
  }

  /** In the order of their founding, `limit` at a time; `after` is the last id of the page before. */
  async page(options: { after?: string | null; limit: number; text?: string }): Promise<SocietyPage> {
    const { after = null, limit, text = '' } = options;
    const like = `%${text.replace(/[\\%_]/g, '')}%`;
    const items = await this.reads.all<Society>`
      SELECT id AS "id", kind AS "kind", name AS "name", short_name AS "shortName", region_id AS "regionId",
             parent_id AS "parentId", uscc AS "uscc", board_code AS "boardCode"
      FROM organisations WHERE id > ${after ?? ''} AND name LIKE ${like} ORDER BY id LIMIT ${limit + 1}`;
    const more = items.length > limit;
    return { items: items.slice(0, limit), next: more ? (items[limit - 1]?.id ?? null) : null };
  }

  /** Those that a new one of this tier may belong to. */
  async above(): Promise<Society[]> {
    return this.reads.all<Society>`
      SELECT id AS "id", kind AS "kind", name AS "name", short_name AS "shortName", region_id AS "regionId",
             parent_id AS "parentId", uscc AS "uscc", board_code AS "boardCode"
      FROM organisations WHERE kind <> 'SOCIETY' ORDER BY id`;
  }

  /** Whoever stands above: the town union, else the federation, else nobody. */
  async townUnionOf(societyId: string): Promise<Society | null> {
    const { parentId } = await this.society(societyId);
    return parentId === null ? null : this.society(parentId);
  }

  /** Who says how the notices of a village speak: whoever stands above it. Null where it says so itself, as all others do. */
  async textSetterAbove(societyId: string): Promise<Society | null> {
    const { kind, parentId } = await this.society(societyId);
    return kind === 'SOCIETY' && parentId !== null ? this.society(parentId) : null;
  }

  /** The federation that it is, or that stands above it on any floor; null where there is none. */
  async federationOf(societyId: string): Promise<Society | null> {
    for (let id: string | null = societyId; id !== null;) {
      const society: Society = await this.society(id);
      if (society.kind === 'FEDERATION') return society;
      id = society.parentId;
    }
    return null;
  }

  /** Those that stand directly below, in the order of their founding. */
  async below(societyId: string): Promise<Society[]> {
    return this.reads.all<Society>`
      SELECT id AS "id", kind AS "kind", name AS "name", short_name AS "shortName", region_id AS "regionId",
             parent_id AS "parentId", uscc AS "uscc", board_code AS "boardCode"
      FROM organisations WHERE parent_id = ${societyId} ORDER BY id`;
  }

  /** The version that holds on that day. */
  async charterOn(societyId: string, on: Day): Promise<Charter> {
    const row = await this.reads.one<RawCharter>`
      SELECT * FROM charter_versions WHERE society_id = ${societyId} AND valid_from <= ${on}
      ORDER BY valid_from DESC LIMIT 1`;
    if (!row) throw new CharterNotFound();
    return charterOf(row);
  }

  async charter(charterId: string): Promise<Charter> {
    const row = await this.reads.one<RawCharter>`SELECT * FROM charter_versions WHERE id = ${charterId}`;
    if (!row) throw new CharterNotFound();
    return charterOf(row);
  }

  async charters(societyId: string): Promise<Charter[]> {
    const rows = await this.reads.all<RawCharter>`
      SELECT * FROM charter_versions WHERE society_id = ${societyId} ORDER BY version DESC`;
    return rows.map(charterOf);
  }

  /** What the place was called on that day, or on its first day if it is younger. */
  async place(regionId: string, on: Day): Promise<Place> {
    const own = await this.codeOn(regionId, on);
    const path: string[] = [];
    for (let id = own.parentId; id !== null;) {
      const parent: CodeRow = await this.codeOn(id, on);
      path.unshift(parent.name);
      id = parent.parentId;
    }
    return { regionId, level: own.level, code: own.code, name: own.name, path };
  }

  /** Where these organisations lie, in one question: for what is counted place by place. */
  async ladders(societyIds: readonly string[]): Promise<Ladder[]> {
    const rows = await this.reads.among<Record<string, string | null>>`
      SELECT o.id AS "id", o.kind AS "kind", o.name AS "name",
             a.id AS "id0", a.level AS "level0", ac.name AS "name0",
             b.id AS "id1", b.level AS "level1", bc.name AS "name1",
             c.id AS "id2", c.level AS "level2", cc.name AS "name2",
             d.id AS "id3", d.level AS "level3", dc.name AS "name3"
      FROM organisations o
      JOIN regions a ON a.id = o.region_id LEFT JOIN region_codes ac ON ac.open_region_id = a.id
      LEFT JOIN regions b ON b.id = a.parent_id LEFT JOIN region_codes bc ON bc.open_region_id = b.id
      LEFT JOIN regions c ON c.id = b.parent_id LEFT JOIN region_codes cc ON cc.open_region_id = c.id
      LEFT JOIN regions d ON d.id = c.parent_id LEFT JOIN region_codes dc ON dc.open_region_id = d.id
      WHERE o.id IN ${listOf(societyIds)}`;
    return rows.map((row) => ({
      societyId: row['id'] ?? '',
      kind: row['kind'] as OrganisationKind,
      name: row['name'] ?? '',
      rungs: [0, 1, 2, 3].flatMap((i) => {
        const [regionId, level, name] = [row[`id${i}`], row[`level${i}`], row[`name${i}`]];
        // A place that was merged away has no name of today: the next one up speaks for it.
        return regionId && name ? [{ regionId, level: level as RegionLevel, name }] : [];
      }),
    }));
  }

  /** Every code and name that the place has had, oldest first. */
  async codesOf(regionId: string): Promise<DatedCode[]> {
    return this.reads.all<DatedCode>`
      SELECT code AS "code", name AS "name", valid_from AS "validFrom", valid_until AS "validUntil"
      FROM region_codes WHERE region_id = ${regionId} ORDER BY valid_from`;
  }

  private async codeOn(regionId: string, on: Day): Promise<CodeRow> {
    const row = await this.reads.one<CodeRow>`
      SELECT c.code AS "code", c.name AS "name", r.level AS "level", r.parent_id AS "parentId"
      FROM region_codes c JOIN regions r ON r.id = c.region_id
      WHERE c.region_id = ${regionId}
      ORDER BY CASE WHEN c.valid_from <= ${on} THEN 0 ELSE 1 END,
               CASE WHEN c.valid_from <= ${on} THEN c.valid_from END DESC, c.valid_from LIMIT 1`;
    if (!row) throw new Error('A place without a name');
    return row;
  }
}

function charterOf(row: RawCharter): Charter {
  const text = (column: string) => String(row[column]);
  const count = (column: string) => Number(row[column]);
  const amount = (column: string) => fen(Number(row[column]));
  return {
    id: text('id'),
    societyId: text('society_id'),
    version: count('version'),
    validFrom: day(text('valid_from')),
    article: text('article'),
    perCaseLimitFen: amount('per_case_limit_fen'),
    householdYearLimitFen: amount('household_year_limit_fen'),
    householdYearLimitCount: count('household_year_limit_count'),
    quorum: { numerator: count('quorum_numerator'), denominator: count('quorum_denominator') },
    majority: { numerator: count('majority_numerator'), denominator: count('majority_denominator') },
    noticeDays: count('notice_days'),
    noticeDayKind: text('notice_day_kind') as NoticeDayKind,
    scope: text('scope') as CharterScope,
    fastPathLimitFen: amount('fast_path_limit_fen'),
    voteHours: count('vote_hours'),
    payHours: count('pay_hours'),
    postWorkingDays: count('post_working_days'),
    paperWorkingDays: count('paper_working_days'),
    custody: text('custody') as Custody,
    numberPrefix: text('number_prefix'),
    publicContactOffice: text('public_contact_office'),
    publicContactPhone: text('public_contact_phone'),
    publicContactAddress: text('public_contact_address'),
    minBalanceFen: amount('min_balance_fen'),
  };
}
