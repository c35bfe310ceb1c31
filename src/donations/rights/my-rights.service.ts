import { Injectable } from '@nestjs/common';
import { Commands } from '../../audit/index.js';
import type { Actor, Caller } from '../../kernel/actor.js';
import { CompanyWithoutHome, DonorNotFound } from '../domain/donations.errors.js';
import { changedContact, contactOf, hasHome, shownContact } from '../domain/donor.js';
import { DonorSecrets } from '../donors/donor-secrets.queries.js';
import { DonorsStore } from '../donors/donors.store.js';
import { DonorAccountsStore } from '../trace/donor-accounts.store.js';
import { accountOf } from '../trace/my-gifts.account.js';
import { MyGiftsQueries } from '../trace/my-gifts.queries.js';
import { DonorEraser } from './donor-eraser.store.js';
import { DonorCopies } from './donor-copy.reading.js';
import type { DonorCopy } from './donor-copy.reading.js';

export type OwnContact = { readonly phone: string | null; readonly homePlace: string | null };
/** `hasHome`: false where all that is his is of companies. */
export type KnownContact = OwnContact & { readonly hasHome: boolean };

/** What a donor does about his own data without the office: reads all of it, and puts right how he is reached. */
@Injectable()
export class MyRightsService {
  constructor(
    private readonly mine: MyGiftsQueries,
    private readonly copies: DonorCopies,
    private readonly secrets: DonorSecrets,
    private readonly donors: DonorsStore,
    private readonly accounts: DonorAccountsStore,
    private readonly eraser: DonorEraser,
    private readonly commands: Commands,
  ) {}

  async copy(actor: Actor): Promise<DonorCopy[]> {
    const records = await this.mine.recordsOf(accountOf(actor));
    return this.copies.forDonor(actor, records);
  }

  async contactOf(actor: Actor): Promise<KnownContact> {
    const records = await this.mine.recordsOf(accountOf(actor));
    if (records.length === 0) throw new DonorNotFound();
    const reached = await Promise.all(
      records.map(async ({ societyId, donorId, kind }) => ({
        ...{ kind, ...(await this.secrets.contactOf(societyId, donorId)) },
      })),
    );
    return { ...shownContact(reached), hasHome: hasHome(reached) };
  }

  /**
   * In every record of his account, and of it only what differs from what he was shown: what the office wrote otherwise in
   * another society stays. What was sent to a number goes with it. What was issued before stays as it is. Throws where he
   * names a home and all of them are of companies.
   */
  async changeContact(caller: Caller, typed: OwnContact): Promise<{ readonly records: number }> {
    const accountId = accountOf(caller.actor);
    const wanted = contactOf(typed);
    return this.commands.run(caller, { act: 'changeMyContact', body: typed }, async (tx, trail) => {
      const rows = await this.accounts.recordsOf(tx, accountId);
      if (rows.length === 0) throw new DonorNotFound();
      if (wanted.homePlace !== null && !hasHome(rows)) throw new CompanyWithoutHome();
      const records = rows.map((row) => ({ row, kind: row.kind, ...this.donors.contactOf(row) }));
      const shown = shownContact(records);
      const words = '捐赠人自己改了手机和家乡';
      let changed = 0;
      for (const { row, ...record } of records) {
        const contact = changedContact(record, shown, wanted);
        if (contact === null) continue;
        if (contact.phone !== record.phone) await this.eraser.forgetTexts(tx, row);
        await this.donors.changeContact(tx, row, accountId, contact);
        trail.on('donor', row.id, { words, keptBy: row.societyId });
        changed += 1;
      }
      trail.on('account', accountId, { words });
      return { records: changed };
    });
  }
}
