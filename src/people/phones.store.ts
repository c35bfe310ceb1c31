import { Injectable, Logger } from '@nestjs/common';
import type { Tx } from '../platform/database/transactions.js';
import { PeopleSeals } from './people.seals.js';

type Raw = { own: string | null; guardianId: string | null; guardian: string | null };

/**
 * Opens phone numbers for texts that are written down, sealed anew, in the same unit: nobody looks at them, so no look is
 * kept in the trail.
 */
@Injectable()
export class PhonesStore {
  private readonly logger = new Logger(PhonesStore.name);

  constructor(private readonly seals: PeopleSeals) {}

  /**
   * Under which number a person is reached: the own one, else the guardian's, else none. By the rows of this unit, so
   * that somebody who was registered in it is known too. A person of another society has none. A number that does not open
   * is none: whoever tells somebody of an act does not undo the act by it.
   */
  async reach(tx: Tx, societyId: string, personId: string): Promise<string | null> {
    const [row] = await tx.read<Raw>`
      SELECT p.phone_sealed AS "own", g.id AS "guardianId", g.phone_sealed AS "guardian"
      FROM persons p LEFT JOIN persons g ON g.id = p.guardian_id AND g.society_id = p.society_id
      WHERE p.society_id = ${societyId} AND p.id = ${personId}`;
    const own = row?.own ? this.opened(personId, row.own) : null;
    if (own !== null) return own;
    return row?.guardian && row.guardianId ? this.opened(row.guardianId, row.guardian) : null;
  }

  /** The person's own number and nobody else's: what they sign in with. */
  async own(tx: Tx, societyId: string, personId: string): Promise<string | null> {
    const [row] = await tx.read<{ own: string | null }>`
      SELECT p.phone_sealed AS "own" FROM persons p
      WHERE p.society_id = ${societyId} AND p.id = ${personId}`;
    return row?.own ? this.seals.open('phone', personId, row.own) : null;
  }

  private opened(personId: string, sealed: string): string | null {
    try {
      return this.seals.open('phone', personId, sealed);
    } catch (error) {
      this.logger.error(`The phone of ${personId} does not open`, error instanceof Error ? error.name : '');
      return null;
    }
  }
}
