import { Injectable } from '@nestjs/common';
import { AccessService, AccountNotYours } from '../../access/index.js';
import { Commands } from '../../audit/index.js';
import type { Caller } from '../../kernel/actor.js';
import type { Tx } from '../../platform/database/transactions.js';
import { NotActingInASociety, societyOf } from '../../platform/web/caller.js';
import { DonorHasAccount } from '../domain/trace.errors.js';
import type { Donor } from '../donors/donor.entity.js';
import { OfferNotFound } from '../domain/donor-accounts.errors.js';
import { DonorAccountsStore } from './donor-accounts.store.js';
import { DonorsStore } from '../donors/donors.store.js';
import type { OfferAnswer } from './my-gifts.forms.js';

export type Invitation = {
  readonly donorId: string;
  /** For the donor's hand alone, shown once; null where a login was named, or this answer is a repeated one. */
  readonly link: string | null;
  /** A login was named. Whether anybody has it is not said: so nobody learns here which logins exist. */
  readonly offered: boolean;
};

/** Donors who look at their gifts themselves: asked in by the accountant, and free to say how they stand in public. */
@Injectable()
export class DonorAccountsService {
  constructor(
    private readonly access: AccessService,
    private readonly donors: DonorsStore,
    private readonly accounts: DonorAccountsStore,
    private readonly commands: Commands,
  ) {}

  /**
   * Opens an account with a one-time link, or makes another link for it. A login that is there already is only asked:
   * its owner says whether these gifts are his.
   */
  async inviteDonor(
    caller: Caller,
    asked: { readonly donorId: string; readonly login: string | null },
  ): Promise<Invitation> {
    const societyId = societyOf(caller.actor);
    let link: string | null = null;
    const done = await this.commands.run(caller, { act: 'inviteDonor', body: asked }, async (tx, trail) => {
      const donor = await this.donors.take(tx, societyId, asked.donorId);
      if (asked.login !== null) await this.offer(tx, donor, asked.login);
      else link = await this.linkFor(tx, donor);
      const words = asked.login === null ? '给捐赠人发登录链接' : '请捐赠人用已有的账号认领';
      trail.on('donor', donor.id, { words });
      return { donorId: donor.id, offered: asked.login !== null };
    });
    return { ...done, link };
  }

  /** Whoever an account was named for says himself whether these gifts are his. */
  async answerOffer(
    caller: Caller,
    asked: { readonly donorId: string; readonly answer: OfferAnswer },
  ): Promise<{ readonly donorId: string; readonly linked: boolean }> {
    const { donorId } = asked;
    const { accountId } = caller.actor;
    if (accountId === null) throw new OfferNotFound();
    const linked = asked.answer === 'ACCEPT';
    return this.commands.run(caller, { act: 'answerOffer', body: asked }, async (tx, trail) => {
      if (linked) {
        await this.accounts.accept(tx, donorId, accountId);
        // A link from before would open more than whoever made it might show.
        await this.access.spendLinks(tx, accountId);
      } else await this.accounts.decline(tx, donorId, accountId);
      const words = linked ? '捐赠人认领：是我的' : '捐赠人答复：不是我';
      trail.on('donor', donorId, { words, keptBy: await this.accounts.keeperOf(tx, donorId) });
      trail.on('account', accountId, { words });
      return { donorId, linked };
    });
  }

  /** The account shows this society's gifts no more; another may be let in. */
  async endInvitation(caller: Caller, donorId: string): Promise<{ readonly donorId: string }> {
    const societyId = societyOf(caller.actor);
    return this.commands.run(caller, { act: 'endInvitation', body: { donorId } }, async (tx, trail) => {
      const donor = await this.donors.take(tx, societyId, donorId);
      await this.accounts.unlink(tx, donor.id);
      trail.on('donor', donor.id, { words: '断开捐赠人的账号' });
      return { donorId: donor.id };
    });
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
      for (const { id, societyId, publishesName } of records)
        trail.on('donor', id, { before: { publishesName }, after: asked, words, keptBy: societyId });
      trail.on('account', accountId, { words });
      return { records: changed };
    });
  }

  private async offer(tx: Tx, { id, accountId }: Donor, login: string): Promise<void> {
    if (accountId !== null) throw new DonorHasAccount();
    await this.accounts.offer(tx, id, await this.access.accountOfLogin(tx, login));
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
