import { Injectable } from '@nestjs/common';
import { Commands } from '../../audit/index.js';
import type { Actor, Caller } from '../../kernel/actor.js';
import { Clock } from '../../kernel/clock.js';
import { refusalOf, unlessRefused } from '../../kernel/domain-error.js';
import { Files } from '../../platform/files/files.js';
import { societyOf } from '../../platform/web/caller.js';
import { objectionNoun, withdrawalFault } from '../domain/objection.js';
import {
  CannotWithdraw,
  WithdrawalNotConfirmed,
  WithdrawalPaperNeeded,
  WithdrawalTied,
} from '../domain/objection.errors.js';
import { NoticesQueries } from '../notices.queries.js';
import type { Notice } from '../notices.queries.js';
import { ObjectionDesk } from './objection-desk.js';
import { ObjectionSteps } from './objection-steps.js';
import { ObjectionsQueries } from './objections.queries.js';
import type { ObjectionFacts } from './objections.queries.js';
import { ObjectionsStore } from './objections.store.js';

type Read = { readonly objection: ObjectionFacts; readonly notice: Notice };

/**
 * Taken back on paper: one who is not tied to the matter hands in the note, and one of those who know who objected
 * compares it and confirms. No hand alone ends what a villager has said.
 */
@Injectable()
export class WithdrawalsService {
  constructor(
    private readonly commands: Commands,
    private readonly store: ObjectionsStore,
    private readonly queries: ObjectionsQueries,
    private readonly desk: ObjectionDesk,
    private readonly steps: ObjectionSteps,
    private readonly notices: NoticesQueries,
    private readonly files: Files,
    private readonly clock: Clock,
  ) {}

  /** With the note that whoever objected has signed. It is looked into all the same until the note is confirmed. */
  async handIn(
    caller: Caller,
    asked: { readonly objectionId: string; readonly paper: Buffer | null },
  ): Promise<void> {
    const { actor } = caller;
    const { objection, notice } = await this.read(actor, asked.objectionId);
    const fault = withdrawalFault(objection, 'paper');
    if (fault) throw new CannotWithdraw(fault);
    if (!asked.paper) throw new WithdrawalPaperNeeded();
    const tie = await this.desk.tieOf(notice, actor);
    if (tie) throw new WithdrawalTied(tie);
    const paper = await this.files.prepareImage(asked.paper);
    const to = { societyId: objection.societyId, purpose: 'objection-withdrawal', by: actor };
    const body = { objectionId: objection.id, paper: paper.sha256 };
    await this.commands.run(caller, { act: 'withdrawObjection', body }, async (tx, trail) => {
      const fileId = await this.files.attach(tx, paper, to);
      await this.store.handIn(tx, objection.id, { fileId, by: actor.personId });
      const words = `收到撤回${objectionNoun(objection.inTime)} ${objection.number} 的条子，等另一个人核对`;
      trail.on('objection', objection.id, { threadId: notice.threadId, words });
    });
  }

  async confirm(caller: Caller, asked: { readonly objectionId: string }): Promise<void> {
    const { actor } = caller;
    const { objection, notice } = await this.read(actor, asked.objectionId);
    const known = await this.toConfirm(actor, { objection, notice }).catch(refusalOf);
    await this.commands.run(caller, { act: 'confirmWithdrawal', body: asked }, async (tx, trail) => {
      const { by } = unlessRefused(known);
      await this.store.confirmWithdrawal(tx, objection.id, { by, at: this.clock.now() });
      await this.steps.takenBack(tx, trail, { objection, notice, at: this.clock.now() });
    });
  }

  private async toConfirm(
    { personId, ...actor }: Actor,
    { objection, notice }: Read,
  ): Promise<{ by: string }> {
    const inquiry = objection.inquiryId === null ? null : await this.queries.inquiry(objection.inquiryId);
    const may = await this.desk.mayRead({ ...actor, personId }, notice, inquiry);
    if (personId === null || !may) throw new WithdrawalNotConfirmed('not-yours');
    if (objection.withdrawalFileId === null) throw new WithdrawalNotConfirmed('no-paper');
    if (objection.withdrawalBy === personId) throw new WithdrawalNotConfirmed('same-hand');
    return { by: personId };
  }

  private async read(actor: Actor, objectionId: string): Promise<Read> {
    const looker = { societyId: societyOf(actor), personId: actor.personId };
    const objection = await this.queries.objection(looker, objectionId);
    return { objection, notice: await this.notices.notice(objection.societyId, objection.noticeId) };
  }
}
