import { Injectable } from '@nestjs/common';
import { instantOf, Reads } from '../platform/database/reads.js';

/** Where the account's person stands in a register, and in whose. */
export type Place = { readonly societyId: string; readonly societyKind: string; readonly personId: string };

/** What is asked of the identities that accounts are bound to. */
@Injectable()
export class IdentitiesQueries {
  constructor(private readonly reads: Reads) {}

  async accountOf(identityIndex: string): Promise<string | null> {
    const row = await this.reads.one<{ accountId: string }>`
      SELECT account_id AS "accountId" FROM account_identities WHERE identity_index = ${identityIndex}`;
    return row?.accountId ?? null;
  }

  /** Since when the account is bound; null where it is not. */
  async boundAt(accountId: string): Promise<Date | null> {
    const row = await this.reads.one<{ createdAt: Date | string }>`
      SELECT created_at AS "createdAt" FROM account_identities WHERE account_id = ${accountId}`;
    return row && instantOf(row.createdAt);
  }

  async placesOf(accountId: string): Promise<Place[]> {
    return this.reads.all<Place>`
      SELECT o.id AS "societyId", o.kind AS "societyKind", p.person_id AS "personId"
      FROM account_persons p JOIN organisations o ON o.id = p.society_id
      WHERE p.account_id = ${accountId} ORDER BY o.id`;
  }
}
