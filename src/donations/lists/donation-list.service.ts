import { Injectable } from '@nestjs/common';
import { Commands } from '../../audit/index.js';
import { DutiesService } from '../../duties/index.js';
import type { Caller } from '../../kernel/actor.js';
import { Clock } from '../../kernel/clock.js';
import { dayOf } from '../../kernel/day.js';
import { sumOf, yuanText } from '../../kernel/fen.js';
import { Ids } from '../../kernel/ids.js';
import { NoticesService } from '../../notices/index.js';
import type { Tx } from '../../platform/database/transactions.js';
import { societyOf } from '../../platform/web/caller.js';
import { SocietiesQueries } from '../../societies/index.js';
import type { Charter } from '../../societies/index.js';
import { donationList, giftsOfList, lastDayOf } from '../domain/donation-list.js';
import type { ListSpan, UnlistedGift } from '../domain/donation-list.js';
import { DonationListSigned } from '../domain/donation-list.errors.js';
import { DONATION_LIST } from './donation-list.kind.js';
import { DonationListStore } from './donation-list.store.js';
import { DonorSecrets } from '../donors/donor-secrets.queries.js';

export type ListDrafted = { readonly listId: string; readonly noticeId: string; readonly gifts: number };

/** 捐赠公示: who gave, for everybody to read. Drafted here; signed, printed and posted like every notice. */
@Injectable()
export class DonationListService {
  constructor(
    private readonly store: DonationListStore,
    private readonly secrets: DonorSecrets,
    private readonly notices: NoticesService,
    private readonly duties: DutiesService,
    private readonly societies: SocietiesQueries,
    private readonly commands: Commands,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /** Lists what stands in no list yet, the oldest first. */
  async draftList(caller: Caller, asked: { readonly span: ListSpan }): Promise<ListDrafted> {
    const { actor } = caller;
    const societyId = societyOf(actor);
    const at = this.clock.now();
    const society = await this.societies.society(societyId);
    const charter = await this.societies.charterOn(societyId, dayOf(at));
    return this.commands.run(caller, { act: 'draftDonationList', body: asked }, async (tx, trail) => {
      const until = lastDayOf(asked.span, dayOf(at));
      const gifts = giftsOfList(await this.store.waiting(tx, societyId, until), until);
      const listId = this.ids.next();
      const days = { firstDay: gifts[0]?.givenOn ?? until, lastDay: gifts.at(-1)?.givenOn ?? until };
      const by = { createdBy: actor.personId, createdAt: at };
      await this.store.insert(tx, { id: listId, societyId, ...days, ...by }, gifts);
      // Once the gifts are taken: whoever erases a giver takes them too, and comes before all of this or behind it.
      const publicNames = await this.secrets.publicNames(societyId);
      const hidden = await this.secrets.hiddenNames(societyId);
      const listed = donorsOf(gifts);
      const hiddenNames = [...hidden].flatMap(([donorId, name]) => (listed.has(donorId) ? [name] : []));
      const facts = { societyName: society.name, charter, gifts, publicNames, hiddenNames };
      const { noticeId } = await this.notices.draft(tx, {
        ...{ societyId, subjectKind: DONATION_LIST, subjectId: listId, threadId: listId },
        author: { accountId: actor.accountId, personId: actor.personId },
        kind: 'DONATION_LIST',
        words: donationList(facts),
      });
      await this.owe(tx, { societyId, noticeId, listId }, charter, at);
      const total = yuanText(sumOf(gifts.map(({ amountFen }) => amountFen)));
      const words = `起草捐赠公示，${gifts.length} 笔，${total} 元`;
      trail.on('donation-list', listId, { threadId: listId, after: { ...days, gifts: gifts.length }, words });
      return { listId, noticeId, gifts: gifts.length };
    });
  }

  /** Takes a draft back: a gift was mistyped in it, or a donor wants to be named otherwise. Its gifts may be listed anew. */
  async withdrawList(caller: Caller, asked: { readonly listId: string }): Promise<{ listId: string }> {
    const societyId = societyOf(caller.actor);
    const { listId } = asked;
    return this.commands.run(caller, { act: 'withdrawDonationList', body: asked }, async (tx, trail) => {
      await this.store.withdraw(tx, societyId, listId, this.clock.now());
      const series = { kind: 'DONATION_LIST', subjectKind: DONATION_LIST, subjectId: listId } as const;
      if (!(await this.notices.discardDraft(tx, series))) throw new DonationListSigned();
      await this.duties.cancel(tx, { threadId: listId });
      trail.on('donation-list', listId, { threadId: listId, words: '撤回没签发的捐赠公示' });
      return { listId };
    });
  }

  private async owe(
    tx: Tx,
    { societyId, noticeId, listId }: Omit<ListDrafted, 'gifts'> & { readonly societyId: string },
    { postWorkingDays }: Charter,
    from: Date,
  ): Promise<void> {
    for (const [kind, ownerRole] of [
      ['SIGN_NOTICE', 'chair'],
      ['POST_NOTICE', 'secretary'],
    ] as const)
      await this.duties.open(tx, {
        ...{ societyId, kind, ownerRole, subjectKind: 'notice', subjectId: noticeId, threadId: listId },
        rule: { unit: 'working-days', count: postWorkingDays, from },
      });
  }
}

function donorsOf(gifts: readonly UnlistedGift[]): ReadonlySet<string> {
  return new Set(gifts.flatMap(({ donorId }) => (donorId === null ? [] : [donorId])));
}
