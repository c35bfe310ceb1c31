import { Injectable } from '@nestjs/common';
import { Commands } from '../../audit/index.js';
import type { Caller } from '../../kernel/actor.js';
import { Clock } from '../../kernel/clock.js';
import { dayWords } from '../../kernel/chinese/words.js';
import type { Day } from '../../kernel/day.js';
import { Ids } from '../../kernel/ids.js';
import { StaleSnapshot } from '../../platform/database/errors.js';
import { societyOf } from '../../platform/web/caller.js';
import { SocietiesQueries } from '../../societies/index.js';
import { RightsByFederation } from '../domain/receipt.errors.js';
import { RECEIPT_MODE_WORDS, rightOf } from '../domain/receipt.js';
import type { ReceiptMode } from '../domain/receipt.js';
import { ReceiptRightsQueries } from './receipt-rights.queries.js';
import { ReceiptsStore, VersionTaken } from './receipts.store.js';

export type RightTyped = {
  readonly organisationId: string;
  readonly mode: ReceiptMode;
  readonly ticketCode: string | null;
  readonly validFrom: Day;
};

/**
 * Whose receipts an organisation issues is written down by its federation, which answers to the finance bureau for the
 * receipts it hands out; a society cannot give itself a right.
 */
@Injectable()
export class ReceiptRightsService {
  constructor(
    private readonly store: ReceiptsStore,
    private readonly queries: ReceiptRightsQueries,
    private readonly societies: SocietiesQueries,
    private readonly commands: Commands,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  async giveRight(caller: Caller, typed: RightTyped): Promise<{ organisationId: string; version: number }> {
    const federationId = societyOf(caller.actor);
    const federation = await this.societies.society(federationId);
    if (federation.kind !== 'FEDERATION') throw new RightsByFederation();
    const organisation = await this.queries.organisation(federationId, typed.organisationId);
    return this.commands.run(caller, { act: 'giveReceiptRight', body: typed }, async (tx, trail) => {
      const before = await this.store.rightsOf(tx, organisation.id);
      const own = await this.store.rightsOf(tx, federationId);
      const right = rightOf({ ...typed, isFederation: organisation.id === federationId }, before, own);
      const version = (before.at(-1)?.version ?? 0) + 1;
      const row = {
        id: this.ids.next(),
        organisationId: organisation.id,
        version,
        ...right,
        givenById: federationId,
        givenByPerson: caller.actor.personId,
        givenAt: this.clock.now(),
      };
      try {
        await this.store.insertRight(tx, row);
      } catch (error) {
        // Somebody wrote the same version down at this moment: this unit is done anew, and comes after it.
        throw error instanceof VersionTaken ? new StaleSnapshot(error.message) : error;
      }
      const { mode, ticketCode, validFrom } = right;
      const words = `${organisation.name}从${dayWords(validFrom)}起：${RECEIPT_MODE_WORDS[mode]}`;
      trail.on('receipt-right', row.id, { after: { mode, ticketCode, validFrom, version }, words });
      return { organisationId: organisation.id, version };
    });
  }
}
