import { Injectable } from '@nestjs/common';
import { DutiesService } from '../duties/index.js';
import { PeopleService, PersonListeners } from '../people/index.js';
import type { ConsentsAnswered, PersonListener, WithdrawalAsked } from '../people/index.js';
import type { Tx } from '../platform/database/transactions.js';
import { CasesQueries } from './cases.queries.js';
import { CasesStore } from './cases.store.js';
import type { CaseRow } from './case.entity.js';
import { HandoversQueries } from './handovers.queries.js';
import { CaseStopped, END_STOPPED, isStoppedBy, STOPPABLE } from './domain/consent-rule.js';

/**
 * Whoever takes back what a case needs stops it (PIPL, art. 15 and 47): nobody goes on with it, and the secretary ends it.
 * What was paid stays as it is, since vouchers and decisions are kept by law.
 */
@Injectable()
export class ConsentStops implements PersonListener {
  constructor(
    private readonly store: CasesStore,
    private readonly queries: CasesQueries,
    private readonly register: PeopleService,
    private readonly handovers: HandoversQueries,
    private readonly listeners: PersonListeners,
    private readonly duties: DutiesService,
  ) {}

  /** A step of the unit in which it is said: the duty to end what is under way, or its end where it is agreed to again. */
  async answered(tx: Tx, said: ConsentsAnswered): Promise<void> {
    await this.passUp(tx, said);
    const { societyId, personId, answers, at, heardAt = at } = said;
    if (!answers.some(({ purpose }) => isStoppedBy(purpose))) return;
    const goesOn = await this.register.agreesToProcessing(tx, societyId, personId);
    for (const row of await this.store.unpaidOf(tx, societyId, personId))
      await (goesOn ? this.release(tx, row) : this.owe(tx, row, heardAt));
  }

  /** A case that came from another register, where it was taken back here since. What came with it was heard already. */
  async brought(tx: Tx, row: CaseRow, at: Date): Promise<void> {
    const { societyId, applicantId } = row;
    if (!(await this.register.agreesToProcessing(tx, societyId, applicantId))) await this.owe(tx, row, at);
  }

  async withdrawalShows({ societyId, personId, purpose }: WithdrawalAsked): Promise<string[]> {
    if (!isStoppedBy(purpose)) return [];
    const numbers = await this.queries.numbersOf(societyId, personId, STOPPABLE);
    const shown = numbers.map(
      (number) => `案件 ${number} 停下来，秘书长要在 ${END_STOPPED.count} 个工作日内撤回或者终止办理`,
    );
    for (const above of await this.handovers.takenOn(societyId, personId))
      for (const words of await this.listeners.withdrawalShows({ ...above.who, purpose }))
        shown.push(`${above.name}：${words}`);
    return shown;
  }

  /** Throws where the applicant has taken back what this case needs; asked again in the unit itself. */
  async refuse(tx: Tx, row: Pick<CaseRow, 'societyId' | 'applicantId'>): Promise<void> {
    if (!(await this.register.agreesToProcessing(tx, row.societyId, row.applicantId)))
      throw new CaseStopped();
  }

  /** Throws where its money would leave after it was taken back. What had left before is written down whenever it may be. */
  async refuseSince(tx: Tx, row: Pick<CaseRow, 'societyId' | 'applicantId'>, at: Date): Promise<void> {
    const since = await this.register.stoppedSince(tx, row.societyId, row.applicantId);
    if (since !== null && at.getTime() > since.getTime()) throw new CaseStopped();
  }

  /** Its money has come back: what was taken back meanwhile stops it now. */
  async cameBack(tx: Tx, row: CaseRow, at: Date): Promise<void> {
    if (await this.register.agreesToProcessing(tx, row.societyId, row.applicantId)) return;
    await this.owe(tx, row, at);
  }

  /** Nothing of it is left to be ended. */
  async release(tx: Tx, row: Pick<CaseRow, 'id'>): Promise<void> {
    await this.duties.cancel(tx, { kind: 'END_STOPPED', subjectId: row.id });
  }

  /** What is said to the village is said to those above who took its case on: each listens by its own register. */
  private async passUp(tx: Tx, said: ConsentsAnswered): Promise<void> {
    const { answers, at, heardAt = at, byPersonId, how } = said;
    for (const row of await this.store.takenOnOf(tx, said.societyId, said.personId)) {
      const { id: sourceId, societyId, applicantId: personId } = row;
      const signed = { societyId, personId, sourceId, at, byPersonId, how, fileId: null };
      await this.register.passOn(tx, signed, answers);
      await this.listeners.answered(tx, { societyId, personId, at, heardAt, byPersonId, how, answers });
    }
  }

  private async owe(tx: Tx, row: CaseRow, at: Date): Promise<void> {
    const rule = { ...END_STOPPED, from: at };
    if (await this.duties.restart(tx, { kind: 'END_STOPPED', subjectId: row.id, rule })) return;
    await this.duties.open(tx, {
      ...{ societyId: row.societyId, kind: 'END_STOPPED', subjectKind: 'case', subjectId: row.id },
      ...{ threadId: row.id, ownerRole: 'secretary', rule },
    });
  }
}
