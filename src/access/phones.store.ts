import { Injectable } from '@nestjs/common';
import { Ids } from '../kernel/ids.js';
import { breaksUnique } from '../platform/database/errors.js';
import type { Tx } from '../platform/database/transactions.js';
import { PhoneNotBound, PhoneTaken, TextedCodeGone } from './domain/access.errors.js';
import { AccountPhone, SignInCode } from './phone.entity.js';

const SAME_PHONE = { name: 'uq_account_phones_phone', columns: 'account_phones.phone_index' };
const SAME_ACCOUNT = { name: 'uq_account_phones_account', columns: 'account_phones.account_id' };

/** Wrong codes before another must be asked for. */
const MOST_TRIES = 5;

/** Phones to sign in with, and the codes texted to them. */
@Injectable()
export class AccountPhonesStore {
  constructor(private readonly ids: Ids) {}

  async insertCode(tx: Tx, code: Omit<SignInCode, 'id' | 'tries' | 'spentAt'>): Promise<void> {
    await tx.insert(SignInCode, { ...code, id: this.ids.next(), tries: 0, spentAt: null });
  }

  /** Counted before it is looked at, so that a crowd has no more than five tries. */
  async countTry(tx: Tx, codeId: string, at: Date): Promise<void> {
    await tx.changeOne(() => new TextedCodeGone())`
      UPDATE sign_in_codes SET tries = tries + 1
      WHERE id = ${codeId} AND tries < ${MOST_TRIES} AND spent_at IS NULL AND expires_at > ${at}`;
  }

  async spendCode(tx: Tx, codeId: string, at: Date): Promise<void> {
    await tx.changeOne(() => new TextedCodeGone())`
      UPDATE sign_in_codes SET spent_at = ${at} WHERE id = ${codeId} AND spent_at IS NULL`;
  }

  /** Codes of the account that are still open are good no more. */
  async endCodes(tx: Tx, accountId: string, at: Date): Promise<void> {
    await tx.change`
      UPDATE sign_in_codes SET spent_at = ${at} WHERE account_id = ${accountId} AND spent_at IS NULL`;
  }

  /** The phone opens the account no more, nor does a code that is on its way: codes first, since binding spends one. */
  async shut(tx: Tx, accountId: string, at: Date): Promise<void> {
    await this.endCodes(tx, accountId, at);
    await tx.change`DELETE FROM account_phones WHERE account_id = ${accountId}`;
  }

  async bind(tx: Tx, phone: Omit<AccountPhone, 'id'>): Promise<void> {
    await tx.change`DELETE FROM account_phones WHERE account_id = ${phone.accountId}`;
    try {
      await tx.insert(AccountPhone, { ...phone, id: this.ids.next() });
    } catch (error) {
      const isTaken = breaksUnique(error, SAME_PHONE) || breaksUnique(error, SAME_ACCOUNT);
      throw isTaken ? new PhoneTaken() : error;
    }
  }

  async isTaken(tx: Tx, phoneIndex: string): Promise<boolean> {
    return (await tx.rows.countBy(AccountPhone, { phoneIndex })) > 0;
  }

  async unbind(tx: Tx, accountId: string): Promise<void> {
    await tx.changeOne(() => new PhoneNotBound())`DELETE FROM account_phones WHERE account_id = ${accountId}`;
  }
}
