import { Injectable } from '@nestjs/common';
import type { Day } from '../../kernel/day.js';
import { SocietiesQueries } from '../../societies/index.js';
import type { Society } from '../../societies/index.js';
import { NotOfThisFederation } from '../domain/receipt.errors.js';
import type { Issuing } from '../domain/receipt.js';
import { ReceiptRightsQueries } from './receipt-rights.queries.js';
import type { RightRow, RightsPage } from './receipt-rights.queries.js';

export type RightsOfOne = {
  readonly one: Society;
  readonly issuing: Issuing;
  readonly versions: readonly RightRow[];
  /** Whoever asks acts in a federation, which alone writes rights down. */
  readonly isFederation: boolean;
};

/** What a federation sees of those below it, and a society of itself. */
@Injectable()
export class ReceiptRightsReading {
  constructor(
    private readonly queries: ReceiptRightsQueries,
    private readonly societies: SocietiesQueries,
  ) {}

  /** For whoever acts outside a federation its own society, as the only row. */
  async page(societyId: string, on: Day, place: { after: string; text: string }): Promise<RightsPage> {
    const { id, name, kind } = await this.societies.society(societyId);
    if (kind === 'FEDERATION') return this.queries.page(societyId, on, place);
    const { mode, ticketCode } = await this.queries.issuing(societyId, on);
    return { rows: [{ organisation: { id, name, kind }, right: { mode, ticketCode } }], next: null };
  }

  async one(societyId: string, organisationId: string, on: Day): Promise<RightsOfOne> {
    const asking = await this.societies.society(societyId);
    const isFederation = asking.kind === 'FEDERATION';
    if (!isFederation && organisationId !== societyId) throw new NotOfThisFederation();
    const one = isFederation ? await this.queries.organisation(societyId, organisationId) : asking;
    const versions = await this.queries.versions(organisationId);
    return { one, issuing: await this.queries.issuing(organisationId, on), versions, isFederation };
  }
}
