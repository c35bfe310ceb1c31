import { Injectable } from '@nestjs/common';
import { Reads } from '../platform/database/reads.js';
import type { CodePurpose } from './phone.entity.js';

/** An account that a texted code may open: usable, no administrator's, and without a code of its own. */
export type PhoneAccount = { readonly accountId: string };

export type OpenCode = {
  readonly id: string;
  readonly purpose: CodePurpose;
  readonly accountId: string | null;
  readonly phoneIndex: string;
  readonly phoneSealed: string | null;
  readonly codeHash: string;
  readonly kept: boolean;
};

@Injectable()
export class PhonesQueries {
  constructor(private readonly reads: Reads) {}

  /** Staff sign in with a password and a code of their app: a text is easier to steal (quality.md T5). */
  async accountOfPhone(phoneIndex: string): Promise<string | null> {
    const row = await this.reads.one<{ id: string }>`
      SELECT a.id AS "id" FROM account_phones p JOIN accounts a ON a.id = p.account_id
      LEFT JOIN second_factors f ON f.account_id = a.id AND f.confirmed_at IS NOT NULL
      WHERE p.phone_index = ${phoneIndex} AND a.is_admin = 0 AND a.disabled_at IS NULL AND f.id IS NULL`;
    return row?.id ?? null;
  }

  async phoneOf(accountId: string): Promise<{ index: string; sealed: string; tail: string } | null> {
    return this.reads.one<{ index: string; sealed: string; tail: string }>`
      SELECT phone_index AS "index", phone_sealed AS "sealed", phone_tail AS "tail"
      FROM account_phones WHERE account_id = ${accountId}`;
  }

  async openCode(tokenHash: string, purpose: CodePurpose, now: Date): Promise<OpenCode | null> {
    const row = await this.reads.one<Omit<OpenCode, 'kept'> & { kept: number | string }>`
      SELECT id AS "id", purpose AS "purpose", account_id AS "accountId", phone_index AS "phoneIndex",
             phone_sealed AS "phoneSealed", code_hash AS "codeHash", kept AS "kept"
      FROM sign_in_codes
      WHERE token_hash = ${tokenHash} AND purpose = ${purpose} AND spent_at IS NULL AND expires_at > ${now}`;
    return row && { ...row, kept: Number(row.kept) === 1 };
  }
}
