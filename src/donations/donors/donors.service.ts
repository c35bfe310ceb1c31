import { Injectable } from '@nestjs/common';
import { Commands } from '../../audit/index.js';
import type { Trail } from '../../audit/index.js';
import type { Caller } from '../../kernel/actor.js';
import type { Tx } from '../../platform/database/transactions.js';
import { societyOf } from '../../platform/web/caller.js';
import { DonorChangedMeanwhile, DonorsDiffer, SameDonor } from '../domain/donations.errors.js';
import { donorOf } from '../domain/donor.js';
import type { DonorDraft } from '../domain/donor.js';
import type { Donor } from './donor.entity.js';
import { DonorsStore } from './donors.store.js';

/** Who gives to a society: entered once, corrected, and two records of one donor put together. */
@Injectable()
export class DonorsService {
  constructor(
    private readonly store: DonorsStore,
    private readonly commands: Commands,
  ) {}

  async registerDonor(caller: Caller, typed: DonorDraft): Promise<{ donorId: string }> {
    const societyId = societyOf(caller.actor);
    const draft = donorOf(typed);
    return this.commands.run(caller, { act: 'registerDonor', body: typed }, (tx, trail) =>
      this.enterDonor(tx, trail, societyId, draft),
    );
  }

  /** The same as a step of a unit that enters many, such as a sheet of gifts. */
  async enterDonor(tx: Tx, trail: Trail, societyId: string, draft: DonorDraft): Promise<{ donorId: string }> {
    const donor = await this.store.insert(tx, societyId, draft);
    trail.on('donor', donor.id, { after: traceable(donor), words: `登记捐赠人 ${donor.shownName}` });
    return { donorId: donor.id };
  }

  /**
   * Corrects a record, and asks anew whether the name may stand in public. What was published before stays as it is. With
   * `version` only while the record is as it was when its form was opened.
   */
  async changeDonor(
    caller: Caller,
    {
      donorId,
      version = null,
      ...typed
    }: DonorDraft & { readonly donorId: string; readonly version?: number | null },
  ): Promise<{ donorId: string }> {
    const societyId = societyOf(caller.actor);
    const draft = donorOf(typed);
    return this.commands.run(
      caller,
      { act: 'changeDonor', body: { donorId, version, ...typed } },
      async (tx, trail) => {
        const before = await this.store.get(tx, societyId, donorId);
        if (before.kind !== draft.kind) throw new DonorsDiffer();
        if (version !== null && version !== before.version) throw new DonorChangedMeanwhile();
        await this.store.change(tx, before, draft);
        const after = await this.store.get(tx, societyId, donorId);
        const words = `改捐赠人资料 ${after.shownName}`;
        trail.on('donor', donorId, { before: traceable(before), after: traceable(after), words });
        return { donorId };
      },
    );
  }

  /** Two records of one donor: the gifts of `goneId` are those of `keptId` from now on. It cannot be undone. */
  async mergeDonors(
    caller: Caller,
    asked: { readonly keptId: string; readonly goneId: string },
  ): Promise<{ donorId: string; gifts: number }> {
    const societyId = societyOf(caller.actor);
    if (asked.keptId === asked.goneId) throw new SameDonor();
    return this.commands.run(caller, { act: 'mergeDonors', body: asked }, async (tx, trail) => {
      const [first, second] = [asked.keptId, asked.goneId].sort();
      for (const donorId of [first ?? '', second ?? '']) await this.store.take(tx, societyId, donorId);
      const kept = await this.store.get(tx, societyId, asked.keptId);
      const gone = await this.store.get(tx, societyId, asked.goneId);
      if (!isSameDonor(kept, gone)) throw new DonorsDiffer();
      const gifts = await this.store.merge(tx, gone, kept);
      const words = `合并捐赠人：${gone.shownName} 并入 ${kept.shownName}，移过去 ${gifts} 笔`;
      trail.on('donor', gone.id, { after: { mergedIntoId: kept.id }, words });
      trail.on('donor', kept.id, { after: { gifts }, words });
      return { donorId: kept.id, gifts };
    });
  }
}

/** Whoever reads the one's gifts reads the other's from now on: one name, and for a company one code. */
function isSameDonor(kept: Donor, gone: Donor): boolean {
  return kept.kind === gone.kind && kept.uscc === gone.uscc && kept.nameIndex === gone.nameIndex;
}

/** What of a donor the trail keeps: nothing that is sealed. */
function traceable({ kind, group, shownName, uscc, homePlace, publishesName }: Donor) {
  return { kind, group, shownName, uscc, homePlace, publishesName };
}
