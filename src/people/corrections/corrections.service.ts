import { Injectable } from '@nestjs/common';
import { Commands } from '../../audit/index.js';
import type { Actor, Caller } from '../../kernel/actor.js';
import { Clock } from '../../kernel/clock.js';
import { Ids } from '../../kernel/ids.js';
import type { Tx } from '../../platform/database/transactions.js';
import { societyOf } from '../../platform/web/caller.js';
import {
  correctedValue,
  FIELD_WORDS,
  FOLLOWED,
  groupLike,
  nameLike,
  refuseSameHands,
} from '../domain/person-correction.js';
import type { CorrectedField, CorrectionContent } from '../domain/person-correction.js';
import { PeopleSeals } from '../people.seals.js';
import { PeopleStore } from '../people.store.js';
import { PersonListeners } from '../person.listeners.js';
import type { PersonCorrected } from '../person.listeners.js';
import { CorrectionsStore } from './corrections.store.js';
import type { CorrectionRow } from './corrections.store.js';

export type CorrectionAsked = {
  readonly personId: string;
  readonly field: CorrectedField;
  /** As it shall be written. */
  readonly after: string;
  readonly reason: string;
};
export type CorrectionMade = { readonly correctionId: string };

/** Somebody whom another register has from this one: the person, or the guardian of the person. */
export type FollowingCopy = {
  readonly societyId: string;
  readonly personId: string;
  readonly as: 'SELF' | 'GUARDIAN';
};
/** What papers print of somebody. */
export type PersonSaid = {
  readonly name: string;
  readonly group: string;
  readonly guardianId: string | null;
};

/** 更正名册: the register is put right by two people, and keeps what it said before. */
@Injectable()
export class CorrectionsService {
  constructor(
    private readonly store: CorrectionsStore,
    private readonly people: PeopleStore,
    private readonly seals: PeopleSeals,
    private readonly listeners: PersonListeners,
    private readonly commands: Commands,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /** Changes nothing yet: it waits for a second person. */
  async propose(caller: Caller, asked: CorrectionAsked): Promise<CorrectionMade> {
    const { actor } = caller;
    const societyId = societyOf(actor);
    const { personId, field, reason } = asked;
    return this.commands.run(caller, { act: 'proposePersonCorrection', body: asked }, async (tx, trail) => {
      const person = await this.people.getPerson(tx, societyId, personId);
      const { householdId } = person;
      const before =
        field === 'NAME' ? person.name : (await this.people.getHousehold(tx, societyId, householdId)).group;
      const after = correctedValue(field, before, asked.after);
      const id = this.ids.next();
      const content: CorrectionContent = { before, after, reason };
      const at = this.clock.now();
      await this.store.insert(tx, {
        ...{ id, societyId, personId, householdId, field, state: 'WAITING' },
        contentSealed: this.seals.seal('correction', id, JSON.stringify(content)),
        ...{ proposedBy: actor.personId, proposedByAccount: actor.accountId, proposedAt: at },
        ...{ decidedBy: null, decidedByAccount: null, decidedAt: null, answerSealed: null },
        openKey: `${field}:${field === 'NAME' ? personId : householdId}`,
      });
      await this.listeners.correctionAsked(tx, { societyId, correctionId: id, at });
      trail.on('person', personId, {
        after: { correctionId: id, field },
        words: `提出更正${FIELD_WORDS[field]}`,
      });
      return { correctionId: id };
    });
  }

  /** The second person looked at the papers too: from now on the register says it otherwise. */
  async confirm(caller: Caller, asked: { readonly correctionId: string }): Promise<CorrectionMade> {
    const { actor } = caller;
    return this.commands.run(caller, { act: 'confirmPersonCorrection', body: asked }, async (tx, trail) => {
      const row = await this.decided(tx, actor, asked.correctionId, null);
      const { id: correctionId, societyId, personId, householdId, field } = row;
      const { before, after } = this.contentOf(row);
      await (field === 'NAME'
        ? this.store.rename(tx, row, { before, after })
        : this.store.moveGroup(tx, row, { before, after }));
      const personIds =
        field === 'NAME' ? [personId] : await this.store.membersOf(tx, societyId, householdId);
      const wardIds = field === 'NAME' ? await this.store.wardsOf(tx, societyId, personId) : [];
      await this.listeners.corrected(tx, { societyId, personIds, wardIds, field, before, after });
      trail.on('person', personId, {
        after: { correctionId, field },
        words: `确认更正${FIELD_WORDS[field]}`,
      });
      return { correctionId };
    });
  }

  /** It stays as it was, and says why. */
  async decline(
    caller: Caller,
    asked: { readonly correctionId: string; readonly words: string },
  ): Promise<CorrectionMade> {
    const { actor } = caller;
    return this.commands.run(caller, { act: 'declinePersonCorrection', body: asked }, async (tx, trail) => {
      const { id, personId, field } = await this.decided(tx, actor, asked.correctionId, asked.words);
      trail.on('person', personId, {
        after: { correctionId: id, field },
        words: `退回更正${FIELD_WORDS[field]}`,
      });
      return { correctionId: id };
    });
  }

  /** As it stands inside the unit: whoever copies it into a paper compares. */
  async saidOf(tx: Tx, societyId: string, personId: string): Promise<PersonSaid> {
    const { name, guardianId, householdId } = await this.people.getPerson(tx, societyId, personId);
    const { group } = await this.people.getHousehold(tx, societyId, householdId);
    return { name, group, guardianId };
  }

  /**
   * A step of the unit that put right the register of the home: the copies in another register follow, each person and each
   * household once, where it says what the home had said, and have it in their own history.
   */
  async follow(
    tx: Tx,
    copies: readonly FollowingCopy[],
    corrected: Pick<PersonCorrected, 'field' | 'before' | 'after'>,
    places: readonly string[],
  ): Promise<void> {
    const followed = new Set<string>();
    for (const { societyId, personId: copyId, as } of copies) {
      const copy = await this.people.getPerson(tx, societyId, copyId);
      const personId = as === 'SELF' ? copy.id : copy.guardianId;
      if (personId === null) continue;
      const { householdId } = await this.people.getPerson(tx, societyId, personId);
      const key = corrected.field === 'NAME' ? personId : householdId;
      if (followed.has(key)) continue;
      followed.add(key);
      await this.followOne(tx, { societyId, personId }, corrected, places);
    }
  }

  private async followOne(
    tx: Tx,
    { societyId, personId }: { readonly societyId: string; readonly personId: string },
    { field, before, after }: Pick<PersonCorrected, 'field' | 'before' | 'after'>,
    places: readonly string[],
  ): Promise<void> {
    const { name, householdId } = await this.people.getPerson(tx, societyId, personId);
    const { group } = await this.people.getHousehold(tx, societyId, householdId);
    const said = { before, after };
    const change = field === 'NAME' ? nameLike(name, said) : groupLike(group, said, places);
    if (change === null) return;
    const id = this.ids.next();
    const at = this.clock.now();
    const content: CorrectionContent = { ...change, reason: FOLLOWED };
    const row: CorrectionRow = {
      ...{ id, societyId, personId, householdId, field, state: 'CONFIRMED' },
      contentSealed: this.seals.seal('correction', id, JSON.stringify(content)),
      ...{ proposedBy: null, proposedByAccount: null, proposedAt: at },
      ...{ decidedBy: null, decidedByAccount: null, decidedAt: at, answerSealed: null, openKey: null },
    };
    await this.store.insert(tx, row);
    await (field === 'NAME' ? this.store.rename(tx, row, change) : this.store.moveGroup(tx, row, change));
  }

  private async decided(
    tx: Tx,
    actor: Actor,
    correctionId: string,
    words: string | null,
  ): Promise<CorrectionRow> {
    const at = this.clock.now();
    const societyId = societyOf(actor);
    const row = await this.store.get(tx, societyId, correctionId);
    refuseSameHands(row, actor);
    await this.store.decide(tx, row.id, {
      ...{ state: words === null ? 'CONFIRMED' : 'DECLINED', by: actor, at },
      answerSealed: words === null ? null : this.seals.seal('correction-answer', row.id, words),
    });
    const { personId: byPersonId } = actor;
    await this.listeners.correctionDecided(tx, { societyId, correctionId, at, byPersonId });
    return row;
  }

  private contentOf({ id, contentSealed }: CorrectionRow): CorrectionContent {
    return JSON.parse(this.seals.open('correction', id, contentSealed)) as CorrectionContent;
  }
}
