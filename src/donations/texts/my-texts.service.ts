import { Injectable } from '@nestjs/common';
import { Commands } from '../../audit/index.js';
import type { Caller } from '../../kernel/actor.js';
import { readMobile } from '../../kernel/chinese/phone.js';
import { MessagesService } from '../../messages/index.js';
import { NoNumberForTexts } from '../domain/gift-texts.errors.js';
import { DonorSeals } from '../donors/donor.seals.js';
import { DonorAccountsStore } from '../trace/donor-accounts.store.js';
import { accountOf } from '../trace/my-gifts.account.js';
import { GiftTextsQueries } from './gift-texts.queries.js';

export type TextChoice = 'YES' | 'NO' | null;

/** A donor says himself whether he wants to hear by a text what became of his gifts. */
@Injectable()
export class MyTextsService {
  constructor(
    private readonly queries: GiftTextsQueries,
    private readonly accounts: DonorAccountsStore,
    private readonly seals: DonorSeals,
    private readonly messages: MessagesService,
    private readonly commands: Commands,
  ) {}

  /** What he said last, of all records of his account together; null where he never said, or said it of some only. */
  async choiceOf(accountId: string): Promise<{ readonly choice: TextChoice; readonly hasNumber: boolean }> {
    const said = new Set<TextChoice>();
    for (const { id, societyId, phoneSealed } of await this.queries.numbersOf(accountId)) {
      const read = readMobile(this.seals.open('phone', id, phoneSealed));
      if (read.ok) said.add(await this.messages.choiceOf(societyId, read.number));
    }
    const [only = null] = said;
    return { choice: said.size === 1 ? only : null, hasNumber: said.size > 0 };
  }

  /** For every number under which his gifts are kept, in whichever society. */
  async chooseTexts(caller: Caller, asked: { readonly choice: 'YES' | 'NO' }): Promise<{ records: number }> {
    const accountId = accountOf(caller.actor);
    return this.commands.run(caller, { act: 'chooseGiftTexts', body: asked }, async (tx, trail) => {
      let records = 0;
      for (const { id, societyId, phoneSealed } of await this.accounts.recordsOf(tx, accountId)) {
        const read = readMobile(phoneSealed === null ? '' : this.seals.open('phone', id, phoneSealed));
        if (!read.ok) continue;
        await this.messages.choose(tx, societyId, read.number, asked.choice, null);
        trail.on('donor', id, { words: asked.choice === 'YES' ? '本人愿意收捐赠短信' : '本人不收短信' });
        records += 1;
      }
      if (records === 0) throw new NoNumberForTexts();
      return { records };
    });
  }
}
