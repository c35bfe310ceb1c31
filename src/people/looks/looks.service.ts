import { Injectable } from '@nestjs/common';
import { Commands } from '../../audit/index.js';
import type { Actor, Caller } from '../../kernel/actor.js';
import { Clock } from '../../kernel/clock.js';
import { dayOf, startOfDay } from '../../kernel/day.js';
import { Ids } from '../../kernel/ids.js';
import { Sealing } from '../../platform/crypto/sealing.js';
import type { Tx } from '../../platform/database/transactions.js';
import { societyOf } from '../../platform/web/caller.js';
import {
  isStillShown,
  limitBroken,
  LOOK_LIMITS,
  lookReasons,
  lookWords,
  refusalOfLook,
} from '../domain/look.js';
import type { LookField, Looking, LookReason } from '../domain/look.js';
import { ERASED } from '../domain/person-right.js';
import { LookOver, LookRefused, LooksExhausted, NothingToLookAt } from '../domain/look.errors.js';
import { PeopleQueries } from '../people.queries.js';
import { SecretsQueries } from '../secrets.queries.js';
import { LooksStore } from './looks.store.js';
import { notePlace } from './note-place.js';

/** What may be looked at, as the room of the case knows it. */
export type LookGround = {
  readonly subjectKind: 'case' | 'relief';
  readonly subjectId: string;
  /** As people say it: 2026-0012. */
  readonly number: string;
  /** Whose register the persons stand in. */
  readonly societyId: string;
  readonly applicantId: string;
  readonly payeeId: string;
  /** Null where no card is named, or none of this register. */
  readonly payeeAccountId: string | null;
  readonly isOver: boolean;
  /** What the applicant said; null where it is shown without a look, or where there is nothing. */
  readonly story: (() => Promise<string | null>) | null;
};

export type LookAsked = {
  readonly field: LookField;
  readonly reason: LookReason;
  readonly note: string | null;
};

/** The value leaves this once, and is kept nowhere. */
export type Looked = { readonly field: LookField; readonly value: string };

/** A sealed field as a page may show it to everybody who may look. */
export type LookLine = { readonly field: LookField; readonly masked: string };

/** What a form asks: which reason, of those that can be given. */
export type LookAsking = { readonly line: LookLine; readonly reasons: readonly LookReason[] };

/** 查看完整: a sealed field is opened for whoever says why, once, within limits, and on the record. */
@Injectable()
export class LooksService {
  constructor(
    private readonly store: LooksStore,
    private readonly people: PeopleQueries,
    private readonly secrets: SecretsQueries,
    private readonly sealing: Sealing,
    private readonly commands: Commands,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /** The masked lines for the page of a case; none for whoever may not look. */
  async offered(actor: Actor, ground: LookGround): Promise<readonly LookLine[]> {
    const mayLook = async (field: LookField) =>
      typeof lookReasons(await this.lookingOf(actor, ground, field)) !== 'string';
    if (!(await mayLook('ID_NUMBER'))) return [];
    const lines = await this.lines(ground);
    const sees = ground.payeeId === ground.applicantId || (await mayLook('CARD'));
    return sees ? lines : lines.filter(({ field }) => !isOfPayee(field));
  }

  /** For the form of one field: refused before anything is typed. */
  async asked(actor: Actor, ground: LookGround, field: LookField | null): Promise<LookAsking> {
    const reasons = lookReasons(await this.lookingOf(actor, ground, field));
    if (typeof reasons === 'string') throw new LookRefused(reasons);
    const line = (await this.lines(ground)).find((each) => each.field === field);
    if (!line) throw new NothingToLookAt(field);
    return { line, reasons };
  }

  private async lines(ground: LookGround): Promise<LookLine[]> {
    const { societyId, applicantId, payeeId, payeeAccountId } = ground;
    const [applicant, payee] = await this.people.persons(societyId, [applicantId, payeeId]);
    const accounts = payeeAccountId === null ? [] : await this.people.payeeAccounts(societyId, payeeId);
    const cardTail = accounts.find(({ id }) => id === payeeAccountId)?.cardTail ?? null;
    const payeeTail = payeeId === applicantId ? null : (payee?.phoneTail ?? null);
    const of = (field: LookField, masked: string | null): LookLine[] =>
      masked === null ? [] : [{ field, masked }];
    return [
      ...of('ID_NUMBER', await this.people.maskedIdNumber(societyId, applicantId)),
      ...of('PHONE', tailWords(applicant?.phoneTail ?? null)),
      ...of('PAYEE_PHONE', tailWords(payeeTail)),
      ...of('CARD', tailWords(cardTail)),
      ...of('STORY', ground.story === null ? null : '写了，不直接显示'),
    ];
  }

  /** The look is on record before the value leaves; a form sent twice is one look. */
  async look(caller: Caller, ground: LookGround, asked: LookAsked): Promise<Looked> {
    const { actor } = caller;
    const { field, reason } = asked;
    const refusal = refusalOfLook(await this.lookingOf(actor, ground, field), reason);
    if (refusal) throw new LookRefused(refusal);
    const value = await this.valueOf(ground, field);
    if (value === null) throw new NothingToLookAt(field);
    const body = { subjectId: ground.subjectId, ...asked };
    const { at } = await this.commands.run(caller, { act: 'unmask', body }, async (tx, trail) => {
      const look = await this.record(tx, actor, ground, asked);
      const words = lookWords(actor.roles, field, reason);
      trail.on('look', look.id, { threadId: ground.subjectId, words });
      return { at: look.at.toISOString() };
    });
    if (!isStillShown(new Date(at), this.clock.now())) throw new LookOver();
    return { field, value };
  }

  private async record(
    tx: Tx,
    actor: Actor,
    { subjectKind, subjectId, number, applicantId, payeeId }: LookGround,
    { field, reason, note }: LookAsked,
  ): Promise<{ readonly id: string; readonly at: Date }> {
    const { accountId } = actor;
    if (accountId === null) throw new LookRefused('NOT_YOURS'); // a look is somebody's
    const at = this.clock.now();
    const lately = new Date(at.getTime() - LOOK_LIMITS.whileMinutes * 60_000);
    const pace = await this.store.paceOf(tx, accountId, { today: startOfDay(dayOf(at)), lately });
    const broken = limitBroken(pace);
    if (broken) throw new LooksExhausted(broken);
    const id = this.ids.next();
    const personId = isOfPayee(field) ? payeeId : applicantId;
    await this.store.insert(tx, {
      ...{ id, societyId: societyOf(actor), accountId, sequence: pace.last + 1 },
      ...{ lookerId: actor.personId, personId, field, reason },
      noteSealed: note === null ? null : this.sealing.seal(note, notePlace(id)),
      ...{ subjectKind, subjectId, subjectNumber: number, at },
    });
    return { id, at };
  }

  private async valueOf(ground: LookGround, field: LookField): Promise<string | null> {
    const { societyId, applicantId, payeeId, payeeAccountId, story } = ground;
    switch (field) {
      case 'ID_NUMBER':
        return this.secrets.idNumber(societyId, applicantId);
      case 'PHONE':
        return this.secrets.phone(societyId, applicantId);
      case 'PAYEE_PHONE':
        return payeeId === applicantId ? null : this.secrets.phone(societyId, payeeId);
      case 'CARD':
        return payeeAccountId === null ? null : this.cardOf(societyId, payeeAccountId);
      case 'STORY':
        return story === null ? null : story();
    }
  }

  /** An emptied card is nothing to look at. */
  private async cardOf(societyId: string, payeeAccountId: string): Promise<string | null> {
    const card = await this.secrets.card(societyId, payeeAccountId);
    return card === ERASED ? null : card;
  }

  /** Tied to the applicant, or, where it is about the payee, to the payee. */
  private async lookingOf(actor: Actor, ground: LookGround, field: LookField | null): Promise<Looking> {
    const { roles, personId, societyId } = actor;
    const { applicantId, payeeId, isOver } = ground;
    if (personId === null || societyId !== ground.societyId) return { roles, isOver, isTied: false };
    const asked = field !== null && isOfPayee(field) ? [...new Set([applicantId, payeeId])] : [applicantId];
    const tied = await this.people.relatedAmong(societyId, personId, asked);
    const isTied = asked.includes(personId) || tied.some(({ reasons }) => reasons.length > 0);
    return { roles, isOver, isTied };
  }
}

const isOfPayee = (field: LookField): boolean => field === 'CARD' || field === 'PAYEE_PHONE';

const tailWords = (tail: string | null): string | null => (tail === null ? null : `尾号 ${tail}`);
