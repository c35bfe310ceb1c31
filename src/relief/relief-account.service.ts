import { Injectable } from '@nestjs/common';
import { Commands } from '../audit/index.js';
import type { Caller } from '../kernel/actor.js';
import { PeopleService } from '../people/index.js';
import type { Tx } from '../platform/database/transactions.js';
import { checkNaming } from './domain/account-rule.js';
import { OnlyTheHome, ReliefAccountSame } from './domain/relief.errors.js';
import { ReliefGround } from './relief-ground.js';
import type { ReliefRow } from './relief.entity.js';
import { ReliefStore } from './relief.store.js';

/** A card that is in the register of the home. */
export type AccountTyped = { readonly reliefId: string; readonly payeeAccountId: string };

/** Where the family's money is to go, named by whoever answers for the family after the application was handed in. */
@Injectable()
export class ReliefAccountService {
  constructor(
    private readonly commands: Commands,
    private readonly store: ReliefStore,
    private readonly ground: ReliefGround,
    private readonly register: PeopleService,
  ) {}

  /** The card is copied into the register of the federation, sealed there as it is at home; the trail says that it was. */
  async nameAccount(caller: Caller, typed: AccountTyped): Promise<{ reliefId: string }> {
    const { reliefId, payeeAccountId } = typed;
    const known = await this.ground.atHome(caller.actor, reliefId);
    await this.ground.checkAccount(known.homeSocietyId, known.originPersonId, payeeAccountId);
    return this.commands.run(caller, { act: 'nameReliefAccount', body: typed }, async (tx, trail) => {
      const row = await this.store.getOwn(tx, reliefId);
      // Handed on to another home since it was read: the card is of a person of the first.
      if (row.homeSocietyId !== known.homeSocietyId) throw new OnlyTheHome();
      const advance = await this.store.advanceOf(tx, reliefId);
      checkNaming(row, advance !== null && advance.institutionId === null);
      const accountId = await this.copied(tx, row, payeeAccountId);
      if (accountId === row.accountId) throw new ReliefAccountSame();
      await this.store.change(tx, row, { accountId });
      trail.on('relief', reliefId, {
        threadId: reliefId,
        before: { accountId: row.accountId },
        after: { accountId },
        words: row.accountId === null ? '登记家庭的收款账户' : '换了家庭的收款账户',
      });
      return { reliefId };
    });
  }

  private async copied(tx: Tx, row: ReliefRow, payeeAccountId: string): Promise<string> {
    const { homeSocietyId: fromSocietyId, societyId: toSocietyId, applicantId: personId } = row;
    if (fromSocietyId === toSocietyId) return payeeAccountId;
    return this.register.copyPayeeAccount(tx, payeeAccountId, { fromSocietyId, toSocietyId, personId });
  }
}
