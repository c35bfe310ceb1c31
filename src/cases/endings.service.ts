import { Injectable } from '@nestjs/common';
import { Commands } from '../audit/index.js';
import type { Caller } from '../kernel/actor.js';
import { Clock } from '../kernel/clock.js';
import { dayOf } from '../kernel/day.js';
import { societyOf } from '../platform/web/caller.js';
import { SocietiesQueries } from '../societies/index.js';
import { CaseGround } from './case-ground.js';
import { CaseSteps, stepFor } from './case-steps.js';
import { CaseVeto } from './case-veto.js';
import { CasesQueries } from './cases.queries.js';
import { CasesStore } from './cases.store.js';
import { END_WORDS } from './domain/endings.js';
import type { TerminationReason, WithdrawalReason } from './domain/endings.js';
import { ACT_WORDS } from './domain/procedure-words.js';
import { StepPapers } from './step-papers.js';
import { TakenBack } from './taken-back.js';

export type WithdrawalTyped = {
  readonly caseId: string;
  readonly reason: WithdrawalReason;
  readonly note: string | null;
};
export type TerminationTyped = Omit<WithdrawalTyped, 'reason'> & { readonly reason: TerminationReason };

type Ended = { readonly caseId: string };

/** A case that ends before any money left (domain.md 2.1): its applicant takes it back, or there is nobody to help. */
@Injectable()
export class EndingsService {
  constructor(
    private readonly commands: Commands,
    private readonly store: CasesStore,
    private readonly queries: CasesQueries,
    private readonly veto: CaseVeto,
    private readonly steps: CaseSteps,
    private readonly takenBack: TakenBack,
    private readonly ground: CaseGround,
    private readonly papers: StepPapers,
    private readonly societies: SocietiesQueries,
    private readonly clock: Clock,
  ) {}

  withdraw(caller: Caller, typed: WithdrawalTyped): Promise<Ended> {
    return this.end(caller, 'withdraw', typed);
  }

  terminate(caller: Caller, typed: TerminationTyped): Promise<Ended> {
    return this.end(caller, 'terminate', typed);
  }

  private async end(
    caller: Caller,
    act: 'withdraw' | 'terminate',
    typed: WithdrawalTyped | TerminationTyped,
  ): Promise<Ended> {
    const societyId = societyOf(caller.actor);
    const known = await this.queries.case(societyId, typed.caseId);
    await this.veto.refuse('结束这个案件', caller.actor, known);
    const charter = await this.societies.charterOn(societyId, dayOf(this.clock.now()));
    const letter = await this.ground.letterFactsOf(known);
    return this.commands.run(caller, { act: `${act}Case`, body: typed }, async (tx, trail) => {
      const row = await this.store.get(tx, societyId, typed.caseId);
      const step = stepFor(act, row);
      const at = this.clock.now();
      const byPersonId = caller.actor.personId;
      const why = END_WORDS[typed.reason];
      await this.takenBack.takeBack(tx, trail, row, { why, at, byPersonId });
      await this.store.ended(tx, row, step, { reason: typed.reason, note: typed.note, at });
      await this.steps.clocks(tx, row, step, { at, byPersonId, charter, idPending: false });
      const ended = { ending: typed.reason, at, madeBy: byPersonId };
      await this.papers.ended(tx, row, letter, ended);
      trail.on('case', row.id, {
        threadId: row.id,
        before: { state: row.state },
        after: { state: step.to, reason: typed.reason },
        words: `${ACT_WORDS[act]}：${why}`,
      });
      return { caseId: row.id };
    });
  }
}
