import { Injectable } from '@nestjs/common';
import type { Day } from '../kernel/day.js';
import { Ids } from '../kernel/ids.js';
import { breaksUnique, StaleSnapshot } from '../platform/database/errors.js';
import type { Tx } from '../platform/database/transactions.js';
import type { RegionLevel } from './domain/region.js';
import { RegionCodeNotEnded } from './domain/societies.errors.js';
import { Region, RegionCode } from './region.entity.js';

export type OpenCode = {
  readonly regionId: string;
  readonly level: RegionLevel;
  readonly name: string;
  readonly validFrom: Day;
};

const OPEN = { name: 'uq_region_codes_open', columns: 'region_codes.open_region_id' };

@Injectable()
export class RegionsStore {
  constructor(private readonly ids: Ids) {}

  /** Who holds this code. After a merger several places do; the one registered first speaks for it. */
  async findOpen(tx: Tx, code: string): Promise<OpenCode | null> {
    const [open] = await tx.read<OpenCode>`
      SELECT c.region_id AS "regionId", r.level AS "level", c.name AS "name", c.valid_from AS "validFrom"
      FROM region_codes c JOIN regions r ON r.id = c.region_id
      WHERE c.code = ${code} AND c.open_region_id IS NOT NULL ORDER BY c.region_id LIMIT 1`;
    return open ?? null;
  }

  async wasKnown(tx: Tx, code: string): Promise<boolean> {
    return (await tx.rows.countBy(RegionCode, { code })) > 0;
  }

  async isRecorded(tx: Tx, code: string, validFrom: Day): Promise<boolean> {
    return (await tx.rows.countBy(RegionCode, { code, validFrom })) > 0;
  }

  async insertRegion(tx: Tx, level: RegionLevel, parentId: string | null, at: Date): Promise<string> {
    const id = this.ids.next();
    await tx.insert(Region, { id, level, parentId, createdAt: at });
    return id;
  }

  async openCode(tx: Tx, regionId: string, code: string, name: string, validFrom: Day): Promise<void> {
    const row = {
      id: this.ids.next(),
      regionId,
      code,
      name,
      validFrom,
      validUntil: null,
      openRegionId: regionId,
    };
    try {
      await tx.insert(RegionCode, row);
    } catch (error) {
      throw breaksUnique(error, OPEN) ? new StaleSnapshot('The place was just given another code') : error;
    }
  }

  /** From that day on the place is no longer called so. */
  async endCode(tx: Tx, regionId: string, endedOn: Day): Promise<void> {
    await tx.changeOne(() => new RegionCodeNotEnded(endedOn))`
      UPDATE region_codes SET valid_until = ${endedOn}, open_region_id = NULL
      WHERE open_region_id = ${regionId} AND valid_from < ${endedOn}`;
  }
}
