import { Injectable } from '@nestjs/common';
import { isToken, tokenHash } from '../../access/index.js';
import { Commands } from '../../audit/index.js';
import type { Trail } from '../../audit/index.js';
import { HouseMotion, issuerOf } from '../../board/index.js';
import { DutiesService } from '../../duties/index.js';
import type { Caller } from '../../kernel/actor.js';
import { Clock } from '../../kernel/clock.js';
import { dayOf } from '../../kernel/day.js';
import { groupedBy } from '../../kernel/grouped.js';
import { sumOf, yuanText } from '../../kernel/fen.js';
import type { Fen } from '../../kernel/fen.js';
import { Ids } from '../../kernel/ids.js';
import { GiftMoneyService, LedgerQueries, purseName } from '../../ledger/index.js';
import type { Purse } from '../../ledger/index.js';
import type { DecisionCounts } from '../../notices/domain/resolution-notice.js';
import type { Use } from '../../notices/index.js';
import { Config } from '../../platform/config.js';
import type { Tx } from '../../platform/database/transactions.js';
import { Files } from '../../platform/files/files.js';
import { societyOf } from '../../platform/web/caller.js';
import { ChangesOfUseStore } from './change-of-use.store.js';
import type { ChangeRow, GiverRow, PartRow, Spoken } from './change-of-use.store.js';
import { UseQuestionsQueries } from './use-questions.queries.js';
import {
  AnswerCarriedOut,
  AnsweredByGiver,
  AnswerLinkUnknown,
  ChangeMovedOn,
  NothingToChange,
  PaperNeeded,
  PlanNeeded,
  PurseUnfit,
  QuestionNotFound,
} from '../domain/change-of-use.errors.js';
import {
  ANSWER_WORDS,
  CHANGE_REASON_WORDS,
  CHANGE_STATE_WORDS,
  refuseTooEarly,
  refuseUnfit,
  saidHimself,
  settlementOf,
} from '../domain/change-of-use.js';
import type { ChangeReason, ChangeState, Said } from '../domain/change-of-use.js';
import type { Intent } from '../domain/gift.js';
import { purseOf } from '../domain/gift.js';
import { freePartsOf } from '../domain/refund.js';
import { GiftRefundsService } from '../refunds/gift-refunds.service.js';
import { GiftsStore } from '../gifts/gifts.store.js';
import { USE_CHANGE } from './house-motion.js';

export type ChangeTyped = {
  /** One of `purses` of the ledger. */
  readonly purseId: string;
  readonly into: Intent;
  readonly intoPurseId: string | null;
  readonly intoPurpose: string | null;
  readonly reason: ChangeReason;
  readonly useBefore: Use;
  readonly useAfter: Use;
  readonly planNumber: string | null;
};
export type ChangeOpened = { readonly changeId: string; readonly roundId: string };

export type AnswerTyped = {
  readonly changeId: string;
  readonly giverId: string;
  readonly answer: Said;
  /** The giver's signed answer, as it came over the line. */
  readonly paper: Buffer | null;
};
export type AnswerGiven = { readonly changeId: string; readonly giverId: string; readonly answer: Said };

export type LinkMade = {
  readonly giverId: string;
  /** Null when this answer is a repeated one: the secret was shown once, and is not kept. */
  readonly url: string | null;
};
export type ChangeSettled = {
  readonly changeId: string;
  readonly state: ChangeState;
  readonly movedFen: Fen;
  readonly returnedFen: Fen;
};

type Settled = Omit<ChangeSettled, 'changeId' | 'state'>;

/**
 * What is left of a purse shall serve another (domain.md 2.4, REPURPOSED): the board resolves it, the rest of each lot is
 * held back, and each giver is asked. Nobody's silence is a yes.
 */
@Injectable()
export class ChangesOfUseService {
  constructor(
    private readonly store: ChangesOfUseStore,
    private readonly questions: UseQuestionsQueries,
    private readonly gifts: GiftsStore,
    private readonly refunds: GiftRefundsService,
    private readonly motion: HouseMotion,
    private readonly money: GiftMoneyService,
    private readonly ledger: LedgerQueries,
    private readonly duties: DutiesService,
    private readonly files: Files,
    private readonly config: Config,
    private readonly commands: Commands,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /** Asks the board. Nothing is held back before it has agreed. */
  async proposeChange(caller: Caller, typed: ChangeTyped): Promise<ChangeOpened> {
    const { actor } = caller;
    const societyId = societyOf(actor);
    const { purseId, reason, useBefore, useAfter, planNumber } = typed;
    const { from, into } = await this.pursesOf(societyId, typed);
    const ground = await this.motion.groundOf(societyId);
    return this.commands.run(caller, { act: 'proposeChangeOfUse', body: typed }, async (tx, trail) => {
      const lots = await this.store.lotsIn(tx, purseId);
      const amountFen = sumOf(freePartsOf(lots).map((part) => part.amountFen));
      if (amountFen === 0) throw new NothingToChange();
      if (planNumber === null && lots.some(({ campaignId }) => campaignId !== null)) throw new PlanNeeded();
      const id = this.ids.next();
      const change: ChangeRow = {
        ...{ id, societyId, balanceId: purseId, reason, useBefore, useAfter, planNumber },
        fund: from.fund,
        restriction: from.restriction,
        intoFund: into.fund,
        intoRestriction: into.restriction,
        issuer: issuerOf(ground),
        state: 'VOTING',
        ...{ decision: null, askedOn: null, answerBy: null },
        openedBy: actor.personId,
        openedAt: this.clock.now(),
        endedAt: null,
        openKey: purseId,
        version: 1,
      };
      await this.store.insert(tx, change);
      const words = `把“${purseName(from)}”里还没有用的 ${yuanText(amountFen)} 元改用于“${purseName(into)}”；原因：${CHANGE_REASON_WORDS[reason]}`;
      const asked = { societyId, kind: USE_CHANGE, id, words, amountFen, openedBy: actor.personId } as const;
      const { roundId } = await this.motion.open(tx, trail, ground, asked);
      trail.on('use-change', id, { threadId: id, after: traceable(change), words: `请理事表决：${words}` });
      return { changeId: id, roundId };
    });
  }

  /** A step of the unit in which the board said yes or no to moving back what an upheld objection calls back. */
  async decidedAnew(tx: Tx, change: ChangeRow, at: Date): Promise<void> {
    for (const subjectId of await this.store.undoneBy(tx, change))
      await this.duties.settle(tx, { kind: 'DECIDE_ANEW', subjectId, at, byPersonId: change.openedBy });
  }

  /**
   * What a giver said on paper, or that he still thinks. Said otherwise later, the later counts, until it is carried out;
   * but what he said himself stays until he says otherwise himself.
   */
  async recordAnswer(caller: Caller, typed: AnswerTyped): Promise<AnswerGiven> {
    const { actor } = caller;
    const societyId = societyOf(actor);
    const { changeId, giverId, answer } = typed;
    if (answer !== 'THINK' && typed.paper === null) throw new PaperNeeded();
    const paper = typed.paper && (await this.files.prepareImage(typed.paper));
    const body = { ...typed, paper: paper?.sha256 ?? null };
    return this.commands.run(caller, { act: 'recordUseAnswer', body }, async (tx, trail) => {
      const change = await this.store.take(tx, societyId, changeId, 'ASKING');
      const giver = await this.answerable(tx, change, await this.store.giver(tx, changeId, giverId));
      if (saidHimself(giver.how)) throw new AnsweredByGiver();
      const to = { societyId, purpose: 'donation-agreement', by: actor };
      const paperFileId = paper && (await this.files.attach(tx, paper, to));
      const said = { answer, how: 'PAPER', paperFileId, recordedBy: actor.personId } as const;
      await this.store.answered(tx, giver, { ...said, at: this.clock.now() });
      return answerMarked(trail, giver, answer);
    });
  }

  /** The only answer that ever holds the secret. An older link of the same giver opens nothing any more. */
  async makeLink(
    caller: Caller,
    asked: { readonly changeId: string; readonly giverId: string },
  ): Promise<LinkMade> {
    const societyId = societyOf(caller.actor);
    const { changeId, giverId } = asked;
    let url: string | null = null;
    const made = await this.commands.run(caller, { act: 'makeUseLink', body: asked }, async (tx, trail) => {
      const change = await this.store.take(tx, societyId, changeId, 'ASKING');
      const giver = await this.answerable(tx, change, await this.store.giver(tx, changeId, giverId));
      const token = this.ids.token();
      url = `${this.config.publicUrl}/g/${token}`;
      await this.store.linked(tx, giver, tokenHash(token), this.clock.now());
      trail.on('use-change', changeId, {
        threadId: changeId,
        after: { giverId },
        words: '做答复链接：1 位捐赠人',
      });
      return { giverId };
    });
    return { ...made, url };
  }

  /** The giver himself, by his link and without an account. */
  async answerByLink(
    key: string,
    { token, answer }: { readonly token: string; readonly answer: Said },
    societyId: string,
  ): Promise<AnswerGiven> {
    if (!isToken(token)) throw new AnswerLinkUnknown();
    const actor = {
      accountId: null,
      personId: null,
      societyId,
      roles: ['anonymous'],
      origin: 'link',
    } as const;
    const body = { token: tokenHash(token), answer };
    return this.commands.run({ actor, key }, { act: 'answerUseLink', body }, async (tx, trail) => {
      const found = await this.store.giverByToken(tx, tokenHash(token));
      return this.hear(tx, trail, societyId, found, { answer, how: 'LINK' });
    });
  }

  /** The giver himself, signed in: of whichever record of his it is, and of nobody else's. */
  async answerAsOwner(
    caller: Caller,
    asked: { readonly giverId: string; readonly answer: Said },
  ): Promise<AnswerGiven> {
    const { giverId, answer } = asked;
    const { accountId } = caller.actor;
    if (accountId === null) throw new QuestionNotFound();
    const { societyId } = await this.questions.ofAccount(accountId, giverId);
    // What is said is a fact of the society that asked, whichever he may act in otherwise.
    const actor = { ...caller.actor, societyId, personId: null, roles: ['donor'] } as const;
    const act = { act: 'answerUseQuestion', body: asked };
    return this.commands.run({ ...caller, actor }, act, async (tx, trail) => {
      const found = await this.store.takeGiverOf(tx, accountId, giverId);
      return this.hear(tx, trail, societyId, found, { answer, how: 'ACCOUNT' });
    });
  }

  /** One after the other, by the row of the change: of two answers at once the one that comes second stands, whole. */
  private async hear(
    tx: Tx,
    trail: Trail,
    societyId: string,
    { id, changeId }: GiverRow,
    said: Pick<Spoken, 'answer' | 'how'>,
  ): Promise<AnswerGiven> {
    const change = await this.store.take(tx, societyId, changeId, 'ASKING');
    const giver = await this.answerable(tx, change, await this.store.giver(tx, changeId, id));
    const at = this.clock.now();
    await this.store.answered(tx, giver, { ...said, paperFileId: null, recordedBy: null, at });
    return answerMarked(trail, giver, said.answer);
  }

  /**
   * Carries out what has been said: what its giver agreed to moves, what is wanted back becomes a refund to pay. Who was
   * silent, or still thinks, keeps the change open, and his money held back. It may be done again as answers come in.
   */
  async settleChange(caller: Caller, asked: { readonly changeId: string }): Promise<ChangeSettled> {
    const { actor } = caller;
    const societyId = societyOf(actor);
    const { changeId } = asked;
    return this.commands.run(caller, { act: 'settleChangeOfUse', body: asked }, async (tx, trail) => {
      const change = await this.store.take(tx, societyId, changeId, 'ASKING');
      if (change.answerBy === null) throw new Error('Givers are asked without a day to answer by');
      const givers = await this.store.giversOf(tx, changeId);
      refuseTooEarly(givers, change.answerBy, dayOf(this.clock.now()));
      const { settled, isOver } = await this.carryOut(tx, trail, change);
      if (isOver) {
        const done = { kind: 'ASK_GIVERS', subjectId: changeId, at: this.clock.now() } as const;
        await this.duties.settle(tx, { ...done, byPersonId: actor.personId });
      }
      const state = isOver ? 'DONE' : 'ASKING';
      const words = `办变更用途：改用 ${yuanText(settled.movedFen)} 元，退还 ${yuanText(settled.returnedFen)} 元`;
      trail.on('use-change', changeId, { threadId: changeId, after: { ...settled, state }, words });
      return { changeId, state, ...settled };
    });
  }

  /** What is still held back is free again, for what it was given for. What was carried out stays. */
  async callOffChange(caller: Caller, asked: { readonly changeId: string }): Promise<ChangeSettled> {
    const societyId = societyOf(caller.actor);
    const { changeId } = asked;
    return this.commands.run(caller, { act: 'callOffChangeOfUse', body: asked }, async (tx, trail) => {
      const change = await this.store.take(tx, societyId, changeId, 'ASKING');
      const { thawedFen, ...settled } = await this.stop(tx, change);
      const words = `撤回变更用途，解冻 ${yuanText(thawedFen)} 元`;
      trail.on('use-change', changeId, { threadId: changeId, after: settled, words });
      return { changeId, ...settled };
    });
  }

  /** A step of whoever stops a change that givers are asked about: the office, or an objection that was right. */
  async stop(
    tx: Tx,
    change: ChangeRow,
  ): Promise<Settled & { readonly state: ChangeState; readonly thawedFen: Fen }> {
    const parts = await this.store.partsOf(tx, change.id);
    for (const part of parts.filter(({ state }) => state === 'FROZEN')) {
      await this.money.thaw(tx, part);
      await this.store.partThawed(tx, part.id);
    }
    const sum = (state: PartRow['state']) =>
      sumOf(parts.filter((part) => part.state === state).map(({ amountFen }) => amountFen));
    const settled = { movedFen: sum('MOVED'), returnedFen: sum('RETURNED') };
    const state = settled.movedFen + settled.returnedFen > 0 ? 'DONE' : 'DROPPED';
    await this.store.end(tx, change, state, this.clock.now());
    await this.duties.cancel(tx, { kind: 'ASK_GIVERS', subjectId: change.id });
    return { ...settled, state, thawedFen: sum('FROZEN') };
  }

  /**
   * A step of whoever holds the change: also of the board's own unit, where nobody had to be asked. Ends the change when
   * nothing of it is held back any more.
   */
  async carryOut(
    tx: Tx,
    trail: Trail,
    change: ChangeRow,
  ): Promise<{ readonly settled: Settled; readonly isOver: boolean }> {
    const givers = new Map((await this.store.giversOf(tx, change.id)).map((giver) => [giver.id, giver]));
    const parts = (await this.store.partsOf(tx, change.id)).map((part) => ({
      ...part,
      answer: part.giverId === null ? null : (givers.get(part.giverId)?.answer ?? 'WAITING'),
    }));
    const { moving, returning, waiting } = settlementOf(parts);
    for (const part of moving) await this.move(tx, change, part);
    for (const [giftId, rest] of groupedBy(returning, (part) => part.giftId ?? '')) {
      const giver = givers.get(rest[0]?.giverId ?? '');
      await this.giveBack(tx, trail, change, { giftId, rest, paperFileId: giver?.paperFileId ?? null });
    }
    const isOver = waiting.length === 0;
    if (isOver) await this.store.end(tx, change, 'DONE', this.clock.now());
    if (moving.length > 0) await this.publish(tx, change);
    const sum = (rows: readonly PartRow[]) => sumOf(rows.map(({ amountFen }) => amountFen));
    return { settled: { movedFen: sum(moving), returnedFen: sum(returning) }, isOver };
  }

  private async move(tx: Tx, change: ChangeRow, part: PartRow): Promise<void> {
    const { lotId, amountFen, giftId } = part;
    await this.money.thaw(tx, part);
    const booked = await this.money.repurpose(tx, {
      ...{ societyId: change.societyId, lotId, amountFen },
      into: { fund: change.intoFund, restriction: change.intoRestriction },
      day: dayOf(this.clock.now()),
      cause: `use-change:${change.id}:${lotId}`,
      summary: '变更资金用途',
    });
    if (giftId !== null) await this.gifts.addLot(tx, giftId, booked.lotId);
    await this.store.partMoved(tx, part.id, booked.lotId);
  }

  private async giveBack(
    tx: Tx,
    trail: Trail,
    { id: changeId, societyId }: ChangeRow,
    back: { readonly giftId: string; readonly rest: readonly PartRow[]; readonly paperFileId: string | null },
  ): Promise<void> {
    const { giftId, rest: parts, paperFileId } = back;
    const wanted = { societyId, giftId, changeId, parts, paperFileId };
    const { refundId } = await this.refunds.returnRest(tx, trail, wanted);
    for (const part of parts) await this.store.partReturned(tx, part.id, refundId);
  }

  private async publish(tx: Tx, change: ChangeRow): Promise<void> {
    const { id, societyId, issuer, openedBy, useBefore, useAfter, decision } = change;
    if (decision === null) throw new Error('Money moved without a decision of the board');
    const movedFen = await this.store.movedOf(tx, id);
    await this.motion.publish(tx, {
      ...{ societyId, kind: USE_CHANGE, id, openedBy, issuer },
      counts: JSON.parse(decision) as DecisionCounts,
      matter: { about: 'CHANGE_OF_USE', movedFen, from: useBefore, to: useAfter },
    });
  }

  /** What was carried out cannot be said otherwise. */
  private async answerable(tx: Tx, change: ChangeRow, giver: GiverRow): Promise<GiverRow> {
    if (change.state !== 'ASKING') throw new ChangeMovedOn(CHANGE_STATE_WORDS[change.state]);
    const parts = await this.store.partsOf(tx, change.id);
    const waits = parts.some(({ giverId, state }) => giverId === giver.id && state === 'FROZEN');
    if (!waits) throw new AnswerCarriedOut();
    return giver;
  }

  private async pursesOf(
    societyId: string,
    { purseId, into, intoPurseId, intoPurpose }: ChangeTyped,
  ): Promise<{ readonly from: Purse; readonly into: Purse }> {
    const purses = await this.ledger.purses(societyId);
    const from = purses.find(({ id }) => id === purseId);
    if (!from) throw new PurseUnfit();
    const target = purses.find(({ id }) => id === intoPurseId) ?? null;
    const to = purseOf({ intent: into, purpose: intoPurpose, purse: target });
    refuseUnfit(from, to);
    return { from, into: { fund: to.fund, restriction: to.restriction } };
  }
}

function answerMarked(trail: Trail, { id: giverId, changeId }: GiverRow, answer: Said): AnswerGiven {
  const words = `捐赠人答复：${ANSWER_WORDS[answer]}`;
  trail.on('use-change', changeId, { threadId: changeId, after: { giverId, answer }, words });
  return { changeId, giverId, answer };
}

/** What of a change the trail keeps. */
function traceable(change: ChangeRow) {
  const { fund, restriction, intoFund, intoRestriction, reason, planNumber } = change;
  return { fund, restriction, intoFund, intoRestriction, reason, planNumber };
}
