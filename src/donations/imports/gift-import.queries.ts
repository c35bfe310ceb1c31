import { Injectable } from '@nestjs/common';
import type { Day } from '../../kernel/day.js';
import { purseName, UNCLAIMED, UNRESTRICTED, POOL } from '../../ledger/index.js';
import type { Purse } from '../../ledger/index.js';
import { Reads } from '../../platform/database/reads.js';
import type { Value } from '../../platform/database/transactions.js';
import type { KnownDonor, SheetGift } from '../domain/gift-import.js';

/** Committed rows, or those of a unit of work: the same questions are asked before it and within it. */
export type Read = <Row extends object>(text: TemplateStringsArray, ...values: Value[]) => Promise<Row[]>;

export type NamedPurse = Purse & { readonly name: string };

/** What a sheet of gifts is compared with. */
export type ImportGround = {
  readonly donors: readonly KnownDonor[];
  readonly purses: readonly NamedPurse[];
  /** Lines of the bank that are booked. */
  readonly bankLines: ReadonlySet<string>;
  /** Gifts of those days without a line of the bank, by `alikeKey`. */
  readonly alike: ReadonlySet<string>;
};

export const alikeKey = (donorId: string, day: Day, amountFen: number): string =>
  `${donorId} ${day} ${amountFen}`;

const MOST_EXPIRED = 100;

@Injectable()
export class GiftImportQueries {
  constructor(private readonly reads: Reads) {}

  async ground(societyId: string, rows: readonly SheetGift[], read?: Read): Promise<ImportGround> {
    const ask: Read = read ?? ((text, ...values) => this.reads.all(text, ...values));
    const days = rows.map(({ receivedOn }) => receivedOn).sort();
    const [first, last] = [days[0] ?? '9999-12-31', days.at(-1) ?? '9999-12-31'];
    const donors = await ask<Omit<KnownDonor, 'publishesName'> & { publishesName: number | string }>`
      SELECT id AS "id", kind AS "kind", uscc AS "uscc", shown_name AS "shownName", name_index AS "nameIndex",
             phone_index AS "phoneIndex", home_place AS "homePlace", publishes_name AS "publishesName"
      FROM donors WHERE society_id = ${societyId} AND merged_into_id IS NULL ORDER BY id`;
    const purses = await ask<Purse>`
      SELECT f.fund AS "fund", f.restriction AS "restriction"
      FROM fund_balances f JOIN books b ON b.id = f.book_id WHERE b.society_id = ${societyId} ORDER BY f.id`;
    const lines = await ask<{ line: string }>`
      SELECT bank_key AS "line" FROM gifts WHERE society_id = ${societyId} AND bank_key IS NOT NULL`;
    const without = await ask<{ donorId: string; day: Day; amount: number | string }>`
      SELECT donor_id AS "donorId", given_on AS "day", amount_fen AS "amount" FROM gifts
      WHERE society_id = ${societyId} AND state = 'RECEIVED' AND donor_id IS NOT NULL
        AND given_on >= ${first} AND given_on <= ${last}`;
    return {
      donors: donors.map((donor) => ({ ...donor, publishesName: Number(donor.publishesName) === 1 })),
      purses: purses.filter(isChosen).map((purse) => ({ ...purse, name: purseName(purse) })),
      bankLines: new Set(lines.map(({ line }) => line)),
      alike: new Set(without.map(({ donorId, day, amount }) => alikeKey(donorId, day, Number(amount)))),
    };
  }

  /** Sheets that nobody confirmed in time, for the clock alone: the one read here that belongs to no society. */
  async expired(now: Date): Promise<string[]> {
    const rows = await this.reads.all<{ id: string }>`
      SELECT id AS "id" FROM gift_imports
      WHERE expires_at <= ${now} AND confirmed_at IS NULL ORDER BY id LIMIT ${MOST_EXPIRED}`;
    return rows.map(({ id }) => id);
  }
}

/** A fund or a project: the pool and its purposes have intents of their own. */
const isChosen = ({ fund }: Purse): boolean => fund !== POOL.fund && fund !== UNCLAIMED.fund;

/** By the name of a fund, or of a project with its fund before it, or alone where only one fund has such a project. */
export function purseNamed(
  purses: readonly NamedPurse[],
  intent: 'FUND' | 'PROJECT',
  typed: string,
): Purse | 'several' | null {
  const words = tidy(typed);
  const ofKind = purses.filter(({ restriction }) => (intent === 'FUND') === (restriction === UNRESTRICTED));
  const whole = ofKind.find(({ name }) => tidy(name) === words);
  if (whole) return whole;
  const [only, ...others] = ofKind.filter(({ restriction }) => tidy(restriction) === words);
  return others.length > 0 ? 'several' : (only ?? null);
}

const tidy = (text: string): string => text.normalize('NFKC').replaceAll(/\s/gu, '');
