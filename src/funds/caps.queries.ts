import { Injectable } from '@nestjs/common';
import { fen } from '../kernel/fen.js';
import type { Fen } from '../kernel/fen.js';
import { Reads } from '../platform/database/reads.js';
import { merged, NOTHING_USED } from './domain/cap.js';
import type { CapCounter } from './domain/cap.js';

type Sum = number | string;

/** How much of a cap a household has taken, for pages; whoever promises something asks the counter itself. */
@Injectable()
export class CapsQueries {
  constructor(private readonly reads: Reads) {}

  /** Used and promised together, over all groups that these identities stand in: as it would be once they are one. */
  async takenOf(fundId: string, windowKey: string, identities: readonly string[]): Promise<Fen> {
    const groups = new Set<string>();
    for (const identity of identities) {
      const row = await this.reads.one<{ groupId: string }>`
        SELECT group_id AS "groupId" FROM cap_members WHERE identity = ${identity}`;
      if (row) groups.add(await this.survivorOf(row.groupId));
    }
    let whole: CapCounter = NOTHING_USED;
    for (const groupId of groups) {
      const row = await this.reads.one<{ used: Sum; reserved: Sum }>`
        SELECT used_fen AS "used", reserved_fen AS "reserved" FROM cap_counters
        WHERE fund_id = ${fundId} AND group_id = ${groupId} AND window_key = ${windowKey}`;
      if (row)
        whole = merged(whole, { usedFen: fen(Number(row.used)), reservedFen: fen(Number(row.reserved)) });
    }
    return fen(whole.usedFen + whole.reservedFen);
  }

  private async survivorOf(groupId: string): Promise<string> {
    const row = await this.reads.one<{ into: string | null }>`
      SELECT merged_into_id AS "into" FROM cap_groups WHERE id = ${groupId}`;
    return row?.into ? this.survivorOf(row.into) : groupId;
  }
}
