import { Injectable } from '@nestjs/common';
import { groupedBy } from '../../kernel/grouped.js';
import { DigestsService, giftsUsed, isOfToday, MessagesOutbox } from '../../messages/index.js';
import type { Digest, DigestSpan, MessageDraft, Reader } from '../../messages/index.js';
import { Config } from '../../platform/config.js';
import type { Tx } from '../../platform/database/transactions.js';
import { DonorSeals } from '../donors/donor.seals.js';
import { UsesOfGifts } from '../trace/uses-of-gifts.js';
import { GiftTextsQueries } from './gift-texts.queries.js';
import type { DonorUse } from './gift-texts.queries.js';

/**
 * “您的捐赠今天用于 2 户”: once a day, to each donor with a phone who agreed. Only how many households; who they are the
 * donor's own page does not say either. No money is named, so no other giver's is.
 */
@Injectable()
export class GiftTextsService implements Digest {
  readonly kind = 'gifts';

  constructor(
    private readonly queries: GiftTextsQueries,
    private readonly given: UsesOfGifts,
    private readonly seals: DonorSeals,
    private readonly digests: DigestsService,
    private readonly outbox: MessagesOutbox,
    private readonly config: Config,
  ) {}

  /** True where the day is summed up by now. */
  async tellUses(now: Date): Promise<boolean> {
    return this.digests.run(this, now);
  }

  next(afterId: string, span: DigestSpan, most: number): Promise<readonly string[]> {
    return this.queries.societies(afterId, span, most);
  }

  async prepare(societyIds: readonly string[], span: DigestSpan): Promise<(tx: Tx) => Promise<void>> {
    const uses = await this.queries.uses(societyIds, span);
    const shown = await this.given.shown([...new Set(uses.map(({ threadId }) => threadId))]);
    const householdOf = (threadId: string) => shown.uses.get(threadId)?.householdId;
    const told = [...groupedBy(uses, ({ donorId }) => donorId).values()].map((of) =>
      this.textOf(of, households(of, householdOf), span),
    );
    return async (tx) => {
      for (const each of told) if (each) await this.outbox.tell(tx, each.reader, each.draft);
    };
  }

  private textOf(
    uses: readonly DonorUse[],
    count: number,
    span: DigestSpan,
  ): { reader: Reader; draft: MessageDraft } | null {
    const [first] = uses;
    if (!first) return null;
    const { societyId, donorId, hasAccount, phoneSealed } = first;
    // Whoever has an account finds all gifts there; everybody else asks by the number of a receipt.
    const url = `${this.config.publicUrl}/${hasAccount ? 'd' : 't'}`;
    const draft = giftsUsed({ donorId, day: span.day, households: count, isOfToday: isOfToday(span), url });
    if (!draft) return null;
    return {
      reader: { societyId, id: donorId, number: this.seals.open('phone', donorId, phoneSealed) },
      draft,
    };
  }
}

/** A case that nobody answers for is one household at most. */
function households(
  uses: readonly DonorUse[],
  householdOf: (threadId: string) => string | undefined,
): number {
  return new Set(uses.map(({ threadId }) => householdOf(threadId) ?? threadId)).size;
}
