import { Injectable } from '@nestjs/common';
import { AccessService } from '../../access/index.js';
import { Clock } from '../../kernel/clock.js';
import { Ids } from '../../kernel/ids.js';
import { readMobile } from '../../kernel/chinese/phone.js';
import { TextsOf } from '../../messages/index.js';
import { ERASED } from '../../people/index.js';
import { breaksUnique, StaleSnapshot } from '../../platform/database/errors.js';
import type { Tx } from '../../platform/database/transactions.js';
import { DonorNotFound } from '../domain/donations.errors.js';
import { erasedParts } from '../domain/donor-right.js';
import type { Donor } from '../donors/donor.entity.js';
import { Donor as DonorRow } from '../donors/donor.entity.js';
import { DonorSeals } from '../donors/donor.seals.js';
import { DonorErasure } from './donor-request.entity.js';
import { DonorRequestSeals } from './donor-request.seals.js';

const ONE_CAUSE = {
  name: 'uq_donor_erasures_cause',
  columns: 'donor_erasures.donor_id, donor_erasures.cause',
};

export type Erased = {
  /** How many values went. */
  readonly fields: number;
  /** Not even the name of the record that stands is left. */
  readonly nameGone: boolean;
};

/** Empties what is held of a donor, as steps of the unit of whoever erases. Vouchers, lots and receipts stay as they are. */
@Injectable()
export class DonorEraser {
  constructor(
    private readonly seals: DonorSeals,
    private readonly requestSeals: DonorRequestSeals,
    private readonly texts: TextsOf,
    private readonly access: AccessService,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /** All records of one donor, the one that stands first: taken with his gifts, so that whoever books one, asks for it back or merges waits. */
  async take(tx: Tx, societyId: string, donorId: string): Promise<readonly [Donor, ...Donor[]]> {
    let id = donorId;
    for (;;) {
      const [row] = await tx.read<{ into: string | null }>`
        SELECT merged_into_id AS "into" FROM donors WHERE id = ${id} AND society_id = ${societyId}`;
      if (!row) throw new DonorNotFound();
      if (row.into === null) break;
      id = row.into;
    }
    await tx.change`UPDATE donors SET version = version + 1 WHERE id = ${id} OR merged_into_id = ${id}`;
    await tx.change`UPDATE gifts SET version = version + 1 WHERE donor_id = ${id}`;
    const stands = await tx.rows.findOneByOrFail(DonorRow, { id });
    const merged: Donor[] = [];
    for (let into = [id]; into.length > 0;) {
      const next: Donor[] = [];
      for (const mergedIntoId of into) next.push(...(await tx.rows.findBy(DonorRow, { mergedIntoId })));
      merged.push(...next);
      into = next.map((each) => each.id);
    }
    return [stands, ...merged];
  }

  /** Everything that may go of these records, of which the first stands. */
  async erase(tx: Tx, records: readonly [Donor, ...Donor[]], cause: string): Promise<Erased> {
    let fields = 0;
    let nameGone = false;
    for (const record of records) {
      const hasBooked = await this.hasBooked(tx, record.id);
      const parts = erasedParts({ kind: record.kind, isMerged: record.mergedIntoId !== null, hasBooked });
      let gone = await this.erasePhone(tx, record);
      if (parts.rest) gone += await this.eraseRest(tx, record);
      if (parts.name) gone += await this.eraseName(tx, record.id);
      await this.keep(tx, record, { cause, fields: gone, nameGone: parts.name });
      fields += gone;
      if (record.id === records[0].id) nameGone = parts.name;
    }
    return { fields, nameGone };
  }

  /** The phone alone, and its texts, because the period is over: a step of the unit that writes it down by its cause. */
  async expirePhone(tx: Tx, record: Donor, cause: string): Promise<number> {
    const fields = await this.erasePhone(tx, record);
    await this.keep(tx, record, { cause, fields, nameGone: false });
    return fields;
  }

  /** What was sent to the number of this record, or waits to be: a step of whoever takes the number away. */
  async forgetTexts(tx: Tx, { id, societyId, phoneSealed }: Donor): Promise<number> {
    const read = phoneSealed === null ? null : readMobile(this.seals.open('phone', id, phoneSealed));
    return this.texts.forget(tx, { societyId, recipientId: id }, read?.ok ? read.number : null);
  }

  private async erasePhone(tx: Tx, record: Donor): Promise<number> {
    const { id } = record;
    const texts = await this.forgetTexts(tx, record);
    const phones = await tx.change`
      UPDATE donors SET phone_sealed = NULL, phone_index = NULL WHERE id = ${id} AND phone_sealed IS NOT NULL`;
    return texts + phones;
  }

  private async eraseRest(tx: Tx, { id, accountId }: Donor): Promise<number> {
    const at = this.clock.now();
    let fields = await tx.change`
      UPDATE donors SET home_place = NULL WHERE id = ${id} AND home_place IS NOT NULL`;
    fields += await tx.change`
      UPDATE gifts SET intent_words = '' WHERE donor_id = ${id} AND intent_words <> ''`;
    fields += await tx.change`
      UPDATE goods_deliveries SET intent_words = '' WHERE donor_id = ${id} AND intent_words <> ''`;
    fields += await tx.change`
      UPDATE use_change_givers SET token_hash = NULL WHERE donor_id = ${id} AND token_hash IS NOT NULL`;
    fields += await this.eraseAnswers(tx, id);
    await tx.change`
      UPDATE donors SET publishes_name = 0, asked_at = ${at}, account_id = NULL, offered_account_id = NULL
      WHERE id = ${id}`;
    return accountId === null ? fields : fields + (await this.closeAccount(tx, accountId));
  }

  /** What he was told when something was declined: free words, too. */
  private async eraseAnswers(tx: Tx, donorId: string): Promise<number> {
    const rows = await tx.read<{ id: string }>`
      SELECT id AS "id" FROM donor_requests WHERE donor_id = ${donorId} AND answer_sealed IS NOT NULL`;
    for (const { id } of rows)
      await tx.change`
        UPDATE donor_requests SET answer_sealed = ${this.requestSeals.seal('answer', id, ERASED)} WHERE id = ${id}`;
    return rows.length;
  }

  /**
   * The account goes with it, unless another society's gifts are his too, or he acts with it in one. UPDATEs, not a read:
   * of two societies that erase the same donor at once each would still see the other's record, and both leave the account.
   */
  private async closeAccount(tx: Tx, accountId: string): Promise<number> {
    const shown = await tx.change`UPDATE donors SET version = version + 1 WHERE account_id = ${accountId}`;
    const offered = await tx.change`
      UPDATE donors SET version = version + 1 WHERE offered_account_id = ${accountId}`;
    if (shown + offered > 0) return 0;
    return (await this.access.closeBare(tx, accountId)) ? 1 : 0;
  }

  private async eraseName(tx: Tx, id: string): Promise<number> {
    // Found by nothing that anybody types, and like no other record.
    const index = `erased:${id}`;
    return tx.change`
      UPDATE donors SET name_sealed = ${this.seals.seal('name', id, ERASED)}, name_index = ${index},
             shown_name = ${ERASED}
      WHERE id = ${id} AND name_index <> ${index}`;
  }

  /** Whether the name stands behind a voucher or a receipt, struck ones included. */
  private async hasBooked(tx: Tx, donorId: string): Promise<boolean> {
    const [gift] = await tx.read<{ id: string }>`
      SELECT g.id AS "id" FROM gifts g
      WHERE g.donor_id = ${donorId}
        AND (g.voucher_id IS NOT NULL OR EXISTS (SELECT 1 FROM receipts r WHERE r.gift_id = g.id)) LIMIT 1`;
    return gift !== undefined;
  }

  /** The last step for a record, since it is written once: of two programs the slower one empties nothing. */
  private async keep(
    tx: Tx,
    { id: donorId, societyId }: Donor,
    done: Pick<DonorErasure, 'cause' | 'fields' | 'nameGone'>,
  ): Promise<void> {
    const row = { id: this.ids.next(), societyId, donorId, ...done, erasedAt: this.clock.now() };
    try {
      await tx.insert(DonorErasure, row);
    } catch (error) {
      throw breaksUnique(error, ONE_CAUSE) ? new StaleSnapshot('It was erased for this cause') : error;
    }
  }
}
