import { Injectable } from '@nestjs/common';
import type { Day } from '../../kernel/day.js';
import { instantOf, Reads } from '../../platform/database/reads.js';
import { resolved } from '../domain/notice-texts.js';
import type { OwnTexts, TextKey } from '../domain/notice-texts.js';
import { inForce } from './texts-in-force.js';

/** What holds today, and on which floor it was set: 0 by the house itself, 1 by whoever stands above it. */
export type TextsInForce = { readonly own: OwnTexts; readonly floors: ReadonlyMap<TextKey, number> };

export type TextVersion = {
  readonly key: TextKey;
  readonly version: number;
  readonly text: string | null;
  readonly validFrom: Day;
  readonly setAt: Date;
};

@Injectable()
export class NoticeTextsQueries {
  constructor(private readonly reads: Reads) {}

  async inForce(societyId: string, on: Day): Promise<TextsInForce> {
    return resolved(await inForce((text, ...values) => this.reads.all(text, ...values), societyId, on));
  }

  /** All that a house has ever set, the newest first. */
  async versions(societyId: string, key: TextKey | null = null): Promise<TextVersion[]> {
    const rows = await this.reads.all<
      Omit<TextVersion, 'version' | 'setAt'> & { version: number | string; setAt: Date | string }
    >`
      SELECT text_key AS "key", version AS "version", wording AS "text", valid_from AS "validFrom", set_at AS "setAt"
      FROM notice_texts WHERE society_id = ${societyId} AND (${key} IS NULL OR text_key = ${key})
      ORDER BY text_key, version DESC`;
    return rows.map((row) => ({ ...row, version: Number(row.version), setAt: instantOf(row.setAt) }));
  }
}
