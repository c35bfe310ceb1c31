import { Injectable } from '@nestjs/common';
import { AccessService, AccountNotYours } from '../access/index.js';
import { Commands } from '../audit/index.js';
import type { Caller } from '../kernel/actor.js';
import type { Tx } from '../platform/database/transactions.js';
import { NotActingInASociety, societyOf } from '../platform/web/caller.js';
import { DonorHasAccount } from './domain/trace.errors.js';
import type { Donor } from './donor.entity.js';
import { DonorAccountsStore } from './donor-accounts.store.js';
import { DonorsStore } from './donors.store.js';

export type Invitation = {
  readonly donorId: string;
  /** For the donor's hand alone, shown once; null where his own login was joined, or this answer is a repeated one. */
  readonly link: string | null;
  /** A login that he has already sees these gifts from now on. */
  readonly joined: boolean;
};

/** Donors who look at their gifts themselves: let in by the accountant, and free to say how they stand in public. */
@Injectable()
export class DonorAccountsService {
  constructor(
    private readonly access: AccessService,
    private readonly donors: DonorsStore,
    private readonly accounts: DonorAccountsStore,
    private readonly commands: Commands,
  ) {}

  /** Opens an account with a one-time link, makes another link for it, or joins a login that the donor has already. */
  async inviteDonor(
    caller: Caller,
    asked: { readonly donorId: string; readonly login: string | null },
  ): Promise<Invitation> {
    const societyId = societyOf(caller.actor);
    let link: string | null = null;
    const done = await this.commands.run(caller, { act: 'inviteDonor', body: asked }, async (tx, trail) => {
      const donor = await this.donors.take(tx, societyId, asked.donorId);
      if (asked.login !== null) await this.join(tx, donor, asked.login);
      else link = await this.linkFor(tx, donor);
      const words = asked.login === null ? '给捐赠人发登录链接' : '连上捐赠人已有的账号';
      trail.on('donor', donor.id, { words });
      return { donorId: donor.id, joined: asked.login !== null };
    });
    return { ...done, link };
  }

  /** The donor's own choice, for all that is linked to his account (Charity Law, art. 82). */
  async signGifts(
    caller: Caller,
    asked: { readonly publishesName: boolean },
  ): Promise<{ readonly records: number }> {
    const { accountId } = caller.actor;
    if (accountId === null) throw new NotActingInASociety();
    return this.commands.run(caller, { act: 'signGifts', body: asked }, async (tx, trail) => {
      const records = await this.accounts.recordsOf(tx, accountId);
      const changed = await this.accounts.sign(tx, accountId, asked.publishesName);
      const words = asked.publishesName ? '捐赠人自己改：公开署名' : '捐赠人自己改：不公开，写爱心人士';
      for (const { id, publishesName } of records)
        trail.on('donor', id, { before: { publishesName }, after: asked, words });
      trail.on('account', accountId, { words });
      return { records: changed };
    });
  }

  private async join(tx: Tx, { id, accountId }: Donor, login: string): Promise<void> {
    if (accountId !== null) throw new DonorHasAccount();
    await this.accounts.link(tx, id, await this.access.accountOfLogin(tx, login));
  }

  /** A link lets in as the whole account: so none is made here for one that shows more than this society's gifts. */
  private async linkFor(tx: Tx, { id, accountId, societyId }: Donor): Promise<string> {
    if (accountId !== null) {
      if (await this.accounts.isElsewhere(tx, accountId, societyId)) throw new AccountNotYours();
      return this.access.linkAgain(tx, accountId);
    }
    const opened = await this.access.openWithLink(tx);
    await this.accounts.link(tx, id, opened.accountId);
    return opened.link;
  }
}
