import { Injectable } from '@nestjs/common';
import { addDays } from '../kernel/day.js';
import type { Day } from '../kernel/day.js';
import { Ids } from '../kernel/ids.js';
import { breaksUnique, StaleSnapshot } from '../platform/database/errors.js';
import type { Tx } from '../platform/database/transactions.js';
import { slotsOf } from './domain/incompatible.js';
import { TermNotFound, TermOver } from './domain/offices.errors.js';
import { OfficeSlot, OfficeTerm } from './office.entity.js';

const SAME_SLOT = {
  name: 'uq_office_slots_slot',
  columns: 'office_slots.society_id, office_slots.person_id, office_slots.slot',
};

@Injectable()
export class OfficesStore {
  constructor(private readonly ids: Ids) {}

  async termsOf(tx: Tx, societyId: string, personId: string): Promise<OfficeTerm[]> {
    return tx.rows.findBy(OfficeTerm, { societyId, personId });
  }

  async getTerm(tx: Tx, societyId: string, id: string): Promise<OfficeTerm> {
    const term = await tx.rows.findOneBy(OfficeTerm, { id, societyId });
    if (!term) throw new TermNotFound();
    return term;
  }

  /** A slot that is taken was taken by a unit which this one could not see: done again, the rule gives the words. */
  async insertTerm(tx: Tx, term: Omit<OfficeTerm, 'id' | 'endedOn'>): Promise<string> {
    const { societyId, personId, office, untilOn } = term;
    const termId = this.ids.next();
    await tx.insert(OfficeTerm, { ...term, id: termId, endedOn: null });
    const slots = slotsOf(office).map((slot) => ({
      id: this.ids.next(),
      societyId,
      personId,
      slot,
      termId,
      heldUntil: untilOn,
    }));
    try {
      await tx.insert(OfficeSlot, slots);
    } catch (error) {
      throw breaksUnique(error, SAME_SLOT) ? new StaleSnapshot('The person was just given an office') : error;
    }
    return termId;
  }

  async end(tx: Tx, termId: string, endedOn: Day): Promise<void> {
    await tx.changeOne(() => new TermOver())`
      UPDATE office_terms SET ended_on = ${endedOn}
      WHERE id = ${termId} AND ended_on IS NULL AND from_on <= ${endedOn} AND until_on >= ${endedOn}`;
    await tx.change`UPDATE office_slots SET held_until = ${addDays(endedOn, -1)} WHERE term_id = ${termId}`;
  }

  /** Gives up what terms that are over still occupy. */
  async release(tx: Tx, societyId: string, personId: string, today: Day): Promise<void> {
    await tx.change`
      DELETE FROM office_slots
      WHERE society_id = ${societyId} AND person_id = ${personId} AND held_until < ${today}`;
  }
}
