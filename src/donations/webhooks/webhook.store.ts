import { Injectable } from '@nestjs/common';
import { breaksUnique, StaleSnapshot } from '../../platform/database/errors.js';
import type { Tx } from '../../platform/database/transactions.js';
import { DeliveryBusy, DeliveryNotFound, WebhookNotFound } from '../domain/webhook.errors.js';
import type { DeliveryState } from '../domain/webhook.js';
import { WebhookDelivery, WebhookEndpoint } from './webhook.entity.js';

export type Leased = {
  readonly id: string;
  readonly endpointId: string;
  readonly tries: number;
  readonly body: string;
};

const ONE_SLOT = {
  name: 'uq_webhook_endpoints_slot',
  columns: 'webhook_endpoints.society_id, webhook_endpoints.slot',
};

/** Rows of addresses and deliveries; another society's are not found. */
@Injectable()
export class WebhookStore {
  /** Two that take the same place at once cannot both have it: the later is done anew, and finds it taken. */
  async insertEndpoint(tx: Tx, row: WebhookEndpoint): Promise<void> {
    try {
      await tx.insert(WebhookEndpoint, row);
    } catch (error) {
      throw breaksUnique(error, ONE_SLOT)
        ? new StaleSnapshot('The place was taken at the same moment')
        : error;
    }
  }

  async slotsOf(tx: Tx, societyId: string): Promise<number[]> {
    const rows = await tx.read<{ slot: number | string }>`
      SELECT slot AS "slot" FROM webhook_endpoints WHERE society_id = ${societyId} AND slot IS NOT NULL`;
    return rows.map(({ slot }) => Number(slot));
  }

  async endpoint(tx: Tx, societyId: string, endpointId: string): Promise<WebhookEndpoint> {
    const row = await tx.rows.findOneBy(WebhookEndpoint, { id: endpointId, societyId });
    if (!row) throw new WebhookNotFound();
    return row;
  }

  /** In use now, of one society. */
  async inUse(tx: Tx, societyId: string): Promise<{ id: string; events: string }[]> {
    return tx.read<{ id: string; events: string }>`
      SELECT id AS "id", events AS "events" FROM webhook_endpoints
      WHERE society_id = ${societyId} AND ended_at IS NULL ORDER BY id`;
  }

  /** Says once that the secret may be shown. */
  async show(tx: Tx, endpointId: string, at: Date): Promise<boolean> {
    const shown = await tx.change`
      UPDATE webhook_endpoints SET shown_at = ${at} WHERE id = ${endpointId} AND shown_at IS NULL`;
    return shown === 1;
  }

  async endEndpoint(tx: Tx, societyId: string, endpointId: string, at: Date): Promise<void> {
    await tx.changeOne(() => new WebhookNotFound())`
      UPDATE webhook_endpoints SET ended_at = ${at}, slot = NULL
      WHERE id = ${endpointId} AND society_id = ${societyId} AND ended_at IS NULL`;
  }

  async insert(tx: Tx, rows: readonly WebhookDelivery[]): Promise<void> {
    await tx.insert(WebhookDelivery, [...rows]);
  }

  /** Moves the mark behind which uses are looked for; only forward. */
  async moveOn(tx: Tx, endpointId: string, usedAfter: string): Promise<void> {
    await tx.change`
      UPDATE webhook_endpoints SET used_after = ${usedAfter} WHERE id = ${endpointId} AND used_after < ${usedAfter}`;
  }

  /** Takes a delivery that is due for this sender: compare and set, so that two programs never send it at once. */
  async lease(tx: Tx, id: string, lease: string, now: Date, until: Date): Promise<Leased | null> {
    const taken = await tx.change`
      UPDATE webhook_deliveries SET lease = ${lease}, leased_until = ${until}, tries = tries + 1
      WHERE id = ${id} AND state = 'WAITING' AND next_at <= ${now} AND (leased_until IS NULL OR leased_until <= ${now})`;
    if (taken !== 1) return null;
    const [row] = await tx.read<Leased>`
      SELECT id AS "id", endpoint_id AS "endpointId", tries AS "tries", body AS "body"
      FROM webhook_deliveries WHERE id = ${id} AND lease = ${lease}`;
    return row ?? null;
  }

  /** What came of a try; nothing where the lease was lost meanwhile: then somebody else writes what came of his. */
  async settle(
    tx: Tx,
    id: string,
    lease: string,
    to: {
      readonly state: DeliveryState;
      readonly nextAt: Date;
      readonly status: number | null;
      readonly words: string | null;
      readonly sentAt: Date | null;
    },
  ): Promise<boolean> {
    const { state, nextAt, status, words, sentAt } = to;
    const settled = await tx.change`
      UPDATE webhook_deliveries SET state = ${state}, next_at = ${nextAt}, last_status = ${status},
             last_words = ${words}, sent_at = ${sentAt}, lease = NULL, leased_until = NULL
      WHERE id = ${id} AND lease = ${lease}`;
    return settled === 1;
  }

  /** Sends it anew from now on, under the same id. */
  async replay(tx: Tx, societyId: string, deliveryId: string, now: Date): Promise<void> {
    const replayed = await tx.change`
      UPDATE webhook_deliveries SET state = 'WAITING', tries = 0, next_at = ${now}, lease = NULL, leased_until = NULL
      WHERE id = ${deliveryId} AND (leased_until IS NULL OR leased_until <= ${now})
        AND endpoint_id IN (SELECT id FROM webhook_endpoints WHERE society_id = ${societyId} AND ended_at IS NULL)`;
    if (replayed === 1) return;
    const [known] = await tx.read<object>`
      SELECT d.id FROM webhook_deliveries d JOIN webhook_endpoints e ON e.id = d.endpoint_id
      WHERE d.id = ${deliveryId} AND e.society_id = ${societyId}`;
    throw known ? new DeliveryBusy() : new DeliveryNotFound();
  }

  /** The same for all of an address that never arrived. Says how many there were. */
  async replayFailed(tx: Tx, endpointId: string, now: Date): Promise<number> {
    return tx.change`
      UPDATE webhook_deliveries SET state = 'WAITING', tries = 0, next_at = ${now}, lease = NULL, leased_until = NULL
      WHERE endpoint_id = ${endpointId} AND state = 'GIVEN_UP'`;
  }
}
