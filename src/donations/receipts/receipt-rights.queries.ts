import { Injectable } from '@nestjs/common';
import type { Day } from '../../kernel/day.js';
import { instantOf, Reads } from '../../platform/database/reads.js';
import { SocietiesQueries } from '../../societies/index.js';
import type { Society } from '../../societies/index.js';
import { NotOfThisFederation } from '../domain/receipt.errors.js';
import { issuingOf, rightOn } from '../domain/receipt.js';
import type { DatedRight, Issuing, ReceiptMode, Right } from '../domain/receipt.js';

export type RightRow = DatedRight & { readonly version: number; readonly givenAt: Date };

/** An organisation, and what it may issue on the day that was asked about. */
export type RightOfOne = {
  readonly organisation: Pick<Society, 'id' | 'name' | 'kind'>;
  readonly right: Right | null;
};

export type RightsPage = { readonly rows: readonly RightOfOne[]; readonly next: string | null };

type RawRight = {
  organisationId: string;
  version: number;
  mode: ReceiptMode;
  ticketCode: string | null;
  validFrom: Day;
  givenAt: Date | string;
};

const MOST_ON_A_PAGE = 50;

/** Who may issue what, by date. */
@Injectable()
export class ReceiptRightsQueries {
  constructor(
    private readonly reads: Reads,
    private readonly societies: SocietiesQueries,
  ) {}

  /** Every version, the oldest first. */
  async versions(organisationId: string): Promise<RightRow[]> {
    const rows = await this.reads.all<RawRight>`
      SELECT organisation_id AS "organisationId", version AS "version", mode AS "mode", ticket_code AS "ticketCode",
             valid_from AS "validFrom", given_at AS "givenAt"
      FROM receipt_rights WHERE organisation_id = ${organisationId} ORDER BY version`;
    return rows.map(({ version, mode, ticketCode, validFrom, givenAt }) => ({
      ...{ version, mode, ticketCode, validFrom },
      givenAt: instantOf(givenAt),
    }));
  }

  /** In whose name a receipt of this society would be written on that day. */
  async issuing(societyId: string, on: Day): Promise<Issuing> {
    const society = await this.societies.society(societyId);
    const federation = await this.societies.federationOf(societyId);
    const right = rightOn(await this.versions(societyId), on);
    const above =
      federation && federation.id !== societyId
        ? { federation, right: rightOn(await this.versions(federation.id), on) }
        : null;
    return issuingOf(society, right, above);
  }

  /** One that the federation may write down a right for: itself, or any that stands below it. */
  async organisation(federationId: string, organisationId: string): Promise<Society> {
    const society = await this.societies.society(organisationId);
    const federation = await this.societies.federationOf(organisationId);
    if (federation?.id !== federationId) throw new NotOfThisFederation();
    return society;
  }

  /** The federation first, then all below it by name, from behind `after`, with what each may issue on that day. */
  async page(
    federationId: string,
    on: Day,
    { after, text }: { after: string; text: string },
  ): Promise<RightsPage> {
    const like = `%${text.replace(/[\\%_]/g, '')}%`;
    const found = await this.reads.all<Pick<Society, 'id' | 'name' | 'kind'> & { place: string }>`
      SELECT o.id AS "id", o.name AS "name", o.kind AS "kind",
             CASE WHEN o.id = ${federationId} THEN '' ELSE o.id END AS "place"
      FROM organisations o LEFT JOIN organisations p ON p.id = o.parent_id
      WHERE (o.id = ${federationId} OR o.parent_id = ${federationId} OR p.parent_id = ${federationId})
        AND o.name LIKE ${like} AND (${after} = '' OR (o.id > ${after} AND o.id <> ${federationId}))
      ORDER BY CASE WHEN o.id = ${federationId} THEN '' ELSE o.id END LIMIT ${MOST_ON_A_PAGE + 1}`;
    const shown = found.slice(0, MOST_ON_A_PAGE);
    const rights = await this.rightsBelow(federationId, on);
    const rows = shown.map(({ id, name, kind }) => ({
      organisation: { id, name, kind },
      right: rights.get(id) ?? null,
    }));
    return { rows, next: found.length > MOST_ON_A_PAGE ? (shown.at(-1)?.id ?? null) : null };
  }

  /** One question for all of them: what was written down last and holds on that day. */
  private async rightsBelow(federationId: string, on: Day): Promise<Map<string, Right>> {
    const rows = await this.reads.all<RawRight>`
      SELECT r.organisation_id AS "organisationId", r.version AS "version", r.mode AS "mode",
             r.ticket_code AS "ticketCode", r.valid_from AS "validFrom", r.given_at AS "givenAt"
      FROM receipt_rights r JOIN organisations o ON o.id = r.organisation_id
      LEFT JOIN organisations p ON p.id = o.parent_id
      WHERE (o.id = ${federationId} OR o.parent_id = ${federationId} OR p.parent_id = ${federationId})
        AND r.valid_from <= ${on} ORDER BY r.organisation_id, r.version`;
    return new Map(
      rows.map(({ organisationId, mode, ticketCode }) => [organisationId, { mode, ticketCode }]),
    );
  }
}
