import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { PersonHoldings } from '../people/index.js';
import type { HeldRecord, PersonHolder, Whom } from '../people/index.js';
import { Reads } from '../platform/database/reads.js';
import { Sealing } from '../platform/crypto/sealing.js';
import type { Tx } from '../platform/database/transactions.js';

/** The account with which a person signs in: its phone goes once it is closed. */
@Injectable()
export class HeldAccount implements PersonHolder, OnModuleInit {
  readonly section = '登录账号';

  constructor(
    private readonly holdings: PersonHoldings,
    private readonly sealing: Sealing,
    private readonly reads: Reads,
  ) {}

  onModuleInit(): void {
    this.holdings.register(this);
  }

  async copyOf({ societyId, personId }: Whom): Promise<HeldRecord[]> {
    const rows = await this.reads.all<{ id: string; login: string | null; phone: string | null }>`
      SELECT a.id AS "id", a.login AS "login", t.phone_sealed AS "phone"
      FROM account_persons p JOIN accounts a ON a.id = p.account_id
      LEFT JOIN account_phones t ON t.account_id = a.id
      WHERE p.society_id = ${societyId} AND p.person_id = ${personId} ORDER BY a.id`;
    return rows.map(({ id, login, phone }) => ({
      what: '登录账号',
      facts: [
        ['登录名', login],
        ['登录用的电话', phone && this.sealing.open(phone, `account_phones/phone/${id}`)],
      ] as const,
      stays: null,
    }));
  }

  async hinders(tx: Tx, { societyId, personId }: Whom): Promise<string[]> {
    const [open] = await tx.read<{ id: string }>`
      SELECT a.id AS "id" FROM account_persons p JOIN accounts a ON a.id = p.account_id
      WHERE p.society_id = ${societyId} AND p.person_id = ${personId} AND a.disabled_at IS NULL LIMIT 1`;
    return open ? ['登录账号还没有停用'] : [];
  }

  async erase(tx: Tx, { societyId, personId }: Whom): Promise<number> {
    const accounts = await tx.read<{ id: string }>`
      SELECT account_id AS "id" FROM account_persons WHERE society_id = ${societyId} AND person_id = ${personId}`;
    let fields = 0;
    for (const { id } of accounts) {
      fields += await tx.change`DELETE FROM account_phones WHERE account_id = ${id}`;
      fields += await tx.change`DELETE FROM sign_in_codes WHERE account_id = ${id}`;
    }
    return fields;
  }
}
