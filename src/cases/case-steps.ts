import { Injectable } from '@nestjs/common';
import type { Trail } from '../audit/index.js';
import { DutiesService } from '../duties/index.js';
import type { DueRule, DutyDraft, DutyKind } from '../duties/index.js';
import type { Role } from '../kernel/actor.js';
import type { Day } from '../kernel/day.js';
import { NoticesService } from '../notices/index.js';
import type { Tx } from '../platform/database/transactions.js';
import type { CaseRow } from './case.entity.js';
import { CasesStore } from './cases.store.js';
import { CaseNotInState } from './domain/case.errors.js';
import { STATE_WORDS } from './domain/case-words.js';
import { countOf, NO_MORE_PAPERS, NOTICE_DUTIES, owedBy, stepOf } from './domain/emergency-procedure.js';
import type { CaseAct, CharterTerms, Owed, Step } from './domain/emergency-procedure.js';
import { CONFIRM_WAIVER, papersVerdict, unconfirmedOf } from './domain/papers.js';
import type { PaperKind, PapersVerdict } from './domain/papers.js';
import { HandoverSteps } from './handover-steps.js';
import { MatchesStore } from './matches.store.js';

export type StepMoment = {
  readonly at: Date;
  readonly byPersonId: string | null;
  readonly charter: CharterTerms;
  readonly idPending: boolean;
  /** The notice whose signature and posting the step owes, where the case has another one beside it. */
  readonly noticeId?: string;
};

export type Visit = {
  readonly visitors: readonly string[];
  readonly visitedOn: Day;
  readonly note: string | null;
};

/** The row of the procedure for this act on this case, or the refusal that says where the case is. */
export function stepFor(act: CaseAct, row: Pick<CaseRow, 'state'>): Step {
  const step = stepOf(act, row.state);
  if (!step) throw new CaseNotInState(STATE_WORDS[row.state]);
  return step;
}

/** What several acts do to a case inside their own units of work: the clocks of a step, and the end of the papers. */
@Injectable()
export class CaseSteps {
  constructor(
    private readonly store: CasesStore,
    private readonly duties: DutiesService,
    private readonly handovers: HandoverSteps,
    private readonly notices: NoticesService,
    private readonly matches: MatchesStore,
  ) {}

  /**
   * Settles, begins and begins anew the duties that the table names for the step; the last one ends what is left, but for
   * a correction, which is published whatever becomes of the case. Where the case goes on, the vote begun anew, what looks
   * like it elsewhere is still to be explained. With the step that ends a case of the town, whoever handed it up has the answer.
   */
  async clocks(
    tx: Tx,
    row: Pick<CaseRow, 'id' | 'societyId'>,
    step: Step,
    moment: StepMoment,
  ): Promise<void> {
    const { at, byPersonId, charter } = moment;
    const ruleOf = (owed: Owed) => ({ unit: owed.unit, count: countOf(owed, charter), from: at });
    for (const kind of step.settles)
      await this.duties.settle(tx, { kind, subjectId: row.id, at, byPersonId });
    if (step.endsDuties) {
      const corrections = { kind: 'CORRECTION', subjectKind: 'case', subjectId: row.id } as const;
      const found = NO_MORE_PAPERS.includes(step.to) ? [] : await this.matches.idsOf(tx, row.id);
      const spare = [...(await this.notices.idsOf(tx, corrections)), ...found];
      await this.duties.cancel(tx, { threadId: row.id, spare });
    }
    for (const owed of step.restarts)
      await this.duties.restart(tx, { kind: owed.duty, subjectId: row.id, rule: ruleOf(owed) });
    await this.duties.openAll(
      tx,
      owedBy(step, moment).map((owed) => owingOf(row, owed, ruleOf(owed), moment.noticeId)),
    );
    await this.handovers.answeredBy(tx, row, { to: step.to, at, byPersonId });
  }

  /** A duty of the payment that runs from now on, whether it had been fulfilled for an earlier payment or not. */
  async oweAnew(
    tx: Tx,
    row: Pick<CaseRow, 'id' | 'societyId'>,
    duty: Owed['duty'],
    { at, charter }: Pick<StepMoment, 'at' | 'charter'>,
  ): Promise<void> {
    const owed = stepFor('pay', { state: 'APPROVED' }).restarts.find((each) => each.duty === duty);
    if (!owed) throw new Error(`The payment begins no ${duty} anew`);
    const rule = { unit: owed.unit, count: countOf(owed, charter), from: at };
    if (await this.duties.restart(tx, { kind: duty, subjectId: row.id, rule })) return;
    await this.duties.open(tx, owingOf(row, owed, rule));
  }

  /** A further notice of the case is to be signed and posted, as the first one was. */
  async oweNotice(
    tx: Tx,
    row: Pick<CaseRow, 'id' | 'societyId'>,
    noticeId: string,
    { at, charter }: Pick<StepMoment, 'at' | 'charter'>,
  ): Promise<void> {
    const ruleOf = (owed: Owed) => ({ unit: owed.unit, count: countOf(owed, charter), from: at });
    await this.duties.openAll(
      tx,
      NOTICE_DUTIES.map((owed) => owingOf(row, owed, ruleOf(owed), noticeId)),
    );
  }

  /** What was waived until now is for the supervisor to confirm, and is so until the last of it is. */
  async clockWaivers(
    tx: Tx,
    row: Pick<CaseRow, 'id' | 'societyId'>,
    wasOpen: boolean,
    { at, byPersonId }: { readonly at: Date; readonly byPersonId: string | null },
  ): Promise<readonly PaperKind[]> {
    const unconfirmed = unconfirmedOf(await this.store.papersOf(tx, row.id));
    const isOpen = unconfirmed.length > 0;
    if (isOpen && !wasOpen) {
      const { unit, count } = CONFIRM_WAIVER;
      await this.duties.open(tx, owingOf(row, CONFIRM_WAIVER, { unit, count, from: at }));
    } else if (!isOpen && wasOpen)
      await this.duties.settle(tx, { kind: CONFIRM_WAIVER.duty, subjectId: row.id, at, byPersonId });
    return unconfirmed;
  }

  /** Two have seen it: the facts stand, and the board may be asked. */
  async verify(
    tx: Tx,
    trail: Trail,
    row: CaseRow,
    step: Step,
    visit: Visit,
    moment: StepMoment,
  ): Promise<void> {
    const { visitors, visitedOn, note } = visit;
    const visits = visitors.map((visitorId) => ({
      caseId: row.id,
      visitorId,
      visitedOn,
      recordedAt: moment.at,
    }));
    await this.store.insertVisits(tx, visits, note);
    await this.store.verified(tx, row.id, step, moment.at);
    await this.clocks(tx, row, step, moment);
    trail.on('case', row.id, {
      threadId: row.id,
      after: { visitors, visitedOn },
      words: `核实：${visitors.length} 人看过`,
    });
  }

  /**
   * The payment came back, and with it the receipt is void: the papers are not complete any more, whatever else lies in
   * the file. A waiver of the receipt is for nobody to confirm now.
   */
  async reopenPapers(tx: Tx, row: Pick<CaseRow, 'id'>): Promise<void> {
    await this.store.claimPapers(tx, row.id);
    const wasOpen = unconfirmedOf(await this.store.papersOf(tx, row.id)).length > 0;
    await this.store.voidReceipt(tx, row.id);
    const isOpen = unconfirmedOf(await this.store.papersOf(tx, row.id)).length > 0;
    if (wasOpen && !isOpen) await this.duties.cancel(tx, { kind: CONFIRM_WAIVER.duty, subjectId: row.id });
  }

  /** Ends the papers' track of a paid case when all is there, and the case with it when it was the last of three. */
  async finishPapers(
    tx: Tx,
    row: Pick<CaseRow, 'id' | 'state' | 'papersDoneAt'>,
    moment: { readonly at: Date; readonly byPersonId: string | null; readonly idPending: boolean },
  ): Promise<PapersVerdict> {
    const { at, byPersonId, idPending } = moment;
    const verdict = papersVerdict(await this.store.papersOf(tx, row.id), idPending);
    if (verdict.outcome !== 'complete' || row.state !== 'PAID') return verdict;
    if (await this.store.papersDone(tx, row.id, at)) {
      await this.duties.settle(tx, { kind: 'PAPERS', subjectId: row.id, at, byPersonId });
      await this.duties.settle(tx, { kind: 'ID_NUMBER', subjectId: row.id, at, byPersonId });
      await this.closeWhenDone(tx, row.id, at);
    }
    return verdict;
  }

  /** Not while anybody's objection to a notice of it is open, of one that was taken down too (domain.md 2.1). */
  async closeWhenDone(tx: Tx, caseId: string, at: Date): Promise<boolean> {
    if (await this.notices.isObjectedTo(tx, { subjectKind: 'case', subjectId: caseId })) return false;
    return this.store.closeWhenDone(tx, caseId, stepFor('close', { state: 'PAID' }), at);
  }
}

function owingOf(
  row: Pick<CaseRow, 'id' | 'societyId'>,
  { duty, owner }: { readonly duty: DutyKind; readonly owner: Role },
  rule: DueRule,
  noticeId?: string,
): DutyDraft {
  return {
    societyId: row.societyId,
    kind: duty,
    subjectKind: noticeId === undefined ? 'case' : 'notice',
    subjectId: noticeId ?? row.id,
    threadId: row.id,
    ownerRole: owner,
    rule,
  };
}
