import { Injectable } from '@nestjs/common';
import { Ids } from '../kernel/ids.js';
import { breaksUnique, StaleSnapshot } from '../platform/database/errors.js';
import type { Tx } from '../platform/database/transactions.js';
import { FactorAlreadyOn, FactorNotBegun, WrongCode } from './domain/access.errors.js';
import { RecoveryCode, SecondFactor } from './second-factor.entity.js';

const SAME_ACCOUNT = { name: 'uq_second_factors_account', columns: 'second_factors.account_id' };

/** The secret of an account's authenticator app, and its codes for a lost phone. */
@Injectable()
export class SecondFactorStore {
  constructor(private readonly ids: Ids) {}

  /** A new secret, which takes the place of one that was never confirmed. */
  async begin(tx: Tx, accountId: string, secretSealed: string, at: Date): Promise<void> {
    const begun = await tx.rows.findOneBy(SecondFactor, { accountId });
    if (begun) {
      await tx.changeOne(() => new FactorAlreadyOn())`
        UPDATE second_factors SET secret_sealed = ${secretSealed}, last_step = 0, created_at = ${at}
        WHERE account_id = ${accountId} AND confirmed_at IS NULL`;
      return;
    }
    const row = {
      id: this.ids.next(),
      accountId,
      secretSealed,
      lastStep: 0,
      createdAt: at,
      confirmedAt: null,
    };
    try {
      await tx.insert(SecondFactor, row);
    } catch (error) {
      throw breaksUnique(error, SAME_ACCOUNT) ? new StaleSnapshot('It was begun beside this') : error;
    }
  }

  async get(tx: Tx, accountId: string): Promise<SecondFactor> {
    const factor = await tx.rows.findOneBy(SecondFactor, { accountId });
    if (!factor) throw new FactorNotBegun();
    return factor;
  }

  async confirm(tx: Tx, factorId: string, step: number, at: Date): Promise<void> {
    await tx.changeOne(() => new FactorAlreadyOn())`
      UPDATE second_factors SET confirmed_at = ${at}, last_step = ${step}
      WHERE id = ${factorId} AND confirmed_at IS NULL`;
  }

  /** The guard is the WHERE: of two who send one code at once, one is told that it was used. */
  async spendStep(tx: Tx, factorId: string, step: number): Promise<void> {
    await tx.changeOne(() => new WrongCode())`
      UPDATE second_factors SET last_step = ${step}
      WHERE id = ${factorId} AND last_step < ${step} AND confirmed_at IS NOT NULL`;
  }

  async spendRecoveryCode(tx: Tx, accountId: string, codeHash: string, at: Date): Promise<void> {
    await tx.changeOne(() => new WrongCode())`
      UPDATE recovery_codes SET spent_at = ${at}
      WHERE account_id = ${accountId} AND code_hash = ${codeHash} AND spent_at IS NULL`;
  }

  /** Those from before are good no more. */
  async replaceRecoveryCodes(tx: Tx, accountId: string, hashes: readonly string[], at: Date): Promise<void> {
    await tx.change`DELETE FROM recovery_codes WHERE account_id = ${accountId}`;
    const rows = hashes.map((codeHash) => ({ id: this.ids.next(), accountId, codeHash }));
    await tx.insert(
      RecoveryCode,
      rows.map((row) => ({ ...row, createdAt: at, spentAt: null })),
    );
  }

  async remove(tx: Tx, accountId: string): Promise<void> {
    await tx.changeOne(
      () => new FactorNotBegun(),
    )`DELETE FROM second_factors WHERE account_id = ${accountId}`;
    await tx.change`DELETE FROM recovery_codes WHERE account_id = ${accountId}`;
  }
}
