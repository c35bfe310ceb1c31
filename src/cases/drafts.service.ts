import { Injectable } from '@nestjs/common';
import { Commands } from '../audit/index.js';
import type { Actor, Caller } from '../kernel/actor.js';
import { Clock } from '../kernel/clock.js';
import { addHours } from '../kernel/day.js';
import { Ids } from '../kernel/ids.js';
import { PeopleService } from '../people/index.js';
import type { Doubt, PersonDraft } from '../people/index.js';
import { Files } from '../platform/files/files.js';
import { societyOf } from '../platform/web/caller.js';
import { CasesQueries } from './cases.queries.js';
import { DraftNotFound } from './domain/case.errors.js';
import { DRAFT_DAYS } from './domain/draft.js';
import type { DraftContent, DraftNeed, DraftRest } from './domain/draft.js';
import type { PaperKind } from './domain/papers.js';
import { DraftsStore } from './drafts.store.js';
import type { DraftOwner, DraftTimes } from './drafts.store.js';

export type NeedTyped = Omit<DraftNeed, 'applicantId'> & {
  /** Null begins a new draft. */
  readonly draftId: string | null;
  readonly applicant:
    | { readonly personId: string }
    /** Not on the list yet: registered in the same unit, so that the intake goes on without a detour. */
    | ({ readonly person: PersonDraft } & Doubt);
};

export type RestTyped = {
  readonly draftId: string;
  readonly rest: DraftRest;
  readonly photos: readonly { readonly kind: PaperKind; readonly bytes: Buffer }[];
};

/** The intake while it is being written: kept on the server after each page, since the line may break (pages.md 2). */
@Injectable()
export class DraftsService {
  constructor(
    private readonly commands: Commands,
    private readonly store: DraftsStore,
    private readonly queries: CasesQueries,
    private readonly people: PeopleService,
    private readonly files: Files,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  async saveNeed(caller: Caller, typed: NeedTyped): Promise<{ draftId: string }> {
    const owner = ownerOf(caller.actor);
    return this.commands.run(caller, { act: 'saveCaseDraft', body: typed }, async (tx, trail) => {
      const { draftId, applicant, ...need } = typed;
      const times = this.times();
      const applicantId =
        'personId' in applicant
          ? applicant.personId
          : (await this.people.add(tx, owner.societyId, applicant.person, applicant)).personId;
      if ('person' in applicant) trail.on('person', applicantId, { words: '登记急难时登记进名册' });

      const id = draftId ?? this.ids.next();
      const known = draftId === null ? null : await this.store.get(tx, id, owner, times.savedAt);
      const kept = keptOf(known, applicantId);
      const content: DraftContent = { ...kept, need: { ...need, applicantId } };
      if (known && kept !== known) await this.store.blank(tx, known.photos);
      if (known) await this.store.update(tx, id, owner, content, times);
      else await this.store.insert(tx, id, owner, content, times);
      trail.on('case-draft', id, { words: '登记急难：存草稿' });
      return { draftId: id };
    });
  }

  async saveRest(caller: Caller, { draftId, rest, photos }: RestTyped): Promise<{ draftId: string }> {
    const owner = ownerOf(caller.actor);
    const prepared = await Promise.all(
      photos.map(async ({ kind, bytes }) => ({ kind, image: await this.files.prepareImage(bytes) })),
    );
    const body = { draftId, rest, photos: prepared.map(({ kind, image }) => [kind, image.sha256]) };
    return this.commands.run(caller, { act: 'saveCaseDraft', body }, async (tx, trail) => {
      const times = this.times();
      const known = await this.store.get(tx, draftId, owner, times.savedAt);
      const added: { kind: PaperKind; fileId: string }[] = [];
      for (const { kind, image } of prepared) {
        const to = { societyId: owner.societyId, purpose: `case-${kind.toLowerCase()}`, by: caller.actor };
        added.push({ kind, fileId: await this.files.attach(tx, image, to) });
      }
      const content = { ...known, rest, photos: [...known.photos, ...added] };
      await this.store.update(tx, draftId, owner, content, times);
      trail.on('case-draft', draftId, { words: '登记急难：存草稿' });
      return { draftId };
    });
  }

  /**
   * For the clock: throws away what nobody came back for within its days, since it is personal data without a purpose
   * (PIPL, art. 47), and says how many there were.
   */
  async purge(now: Date): Promise<number> {
    let purged = 0;
    for (const draftId of await this.queries.expiredDrafts(now))
      try {
        await this.commands.timer('purgeCaseDraft', async (tx, trail) => {
          await this.store.removeExpired(tx, draftId, now);
          trail.on('case-draft', draftId, { words: `草稿过了 ${DRAFT_DAYS} 天，已删除` });
        });
        purged++;
      } catch (error) {
        if (!(error instanceof DraftNotFound)) throw error; // another program was first
      }
    return purged;
  }

  private times(): DraftTimes {
    const savedAt = this.clock.now();
    return { savedAt, expiresAt: addHours(savedAt, DRAFT_DAYS * 24) };
  }
}

/** What is typed on the second page is about one person: another applicant begins it anew. */
function keptOf(known: DraftContent | null, applicantId: string): Pick<DraftContent, 'photos' | 'rest'> {
  return known?.need.applicantId === applicantId ? known : { photos: [], rest: null };
}

/** Drafts belong to an account, not to an office: two clerks do not write in one form. */
export function ownerOf(actor: Actor): DraftOwner {
  if (actor.accountId === null) throw new DraftNotFound();
  return { societyId: societyOf(actor), accountId: actor.accountId };
}
