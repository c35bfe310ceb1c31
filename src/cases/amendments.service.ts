import { Injectable } from '@nestjs/common';
import { Commands } from '../audit/index.js';
import type { Caller } from '../kernel/actor.js';
import { Clock } from '../kernel/clock.js';
import { dayOf } from '../kernel/day.js';
import type { Fen } from '../kernel/fen.js';
import { PeopleQueries } from '../people/index.js';
import type { PersonSummary } from '../people/index.js';
import type { Tx } from '../platform/database/transactions.js';
import { societyOf } from '../platform/web/caller.js';
import { SocietiesQueries } from '../societies/index.js';
import type { Charter } from '../societies/index.js';
import type { CaseRow } from './case.entity.js';
import { CaseSeals } from './case.seals.js';
import { CaseSteps, stepFor } from './case-steps.js';
import { CaseVeto } from './case-veto.js';
import { CasesQueries } from './cases.queries.js';
import { CasesStore } from './cases.store.js';
import { changedWords, changesBetween, voidsVote } from './domain/amendment.js';
import type { AmendReason, Change } from './domain/amendment.js';
import { AccountNotOfPayee, CaseNotInState, NothingChanged, OverPerCaseLimit } from './domain/case.errors.js';
import { STATE_WORDS } from './domain/case-words.js';
import type { Cause } from '../kernel/causes.js';
import { causeKeyOf } from './domain/override.js';
import { DONE_STATES } from './domain/emergency-procedure.js';
import { refusalOfPayee } from './domain/payee.js';
import type { PayeeNamed } from './domain/payee.js';
import type { PayMethod } from './domain/revision.js';
import { Matching } from './matching.js';
import { TakenBack } from './taken-back.js';

/** How the case is to read from now on, whole: what is as it was is no change. */
export type AmendmentTyped = {
  readonly caseId: string;
  readonly amountFen: Fen;
  readonly cause: Cause;
  readonly story: string | null;
  readonly payee: PayeeNamed;
  readonly method: PayMethod;
  readonly payeeAccountId: string | null;
  readonly reason: AmendReason;
};

export type Amended = { readonly caseId: string; readonly voided: boolean };

/**
 * Changes to a case that is on its way. Wording may change at any time; whatever is voted on voids the vote field by
 * field, keeps it on record and asks the board anew (domain.md 2.1). What was paid is not amended, but revoked.
 */
@Injectable()
export class AmendmentsService {
  constructor(
    private readonly commands: Commands,
    private readonly store: CasesStore,
    private readonly queries: CasesQueries,
    private readonly veto: CaseVeto,
    private readonly steps: CaseSteps,
    private readonly seals: CaseSeals,
    private readonly takenBack: TakenBack,
    private readonly matching: Matching,
    private readonly people: PeopleQueries,
    private readonly societies: SocietiesQueries,
    private readonly clock: Clock,
  ) {}

  async amend(caller: Caller, typed: AmendmentTyped): Promise<Amended> {
    const societyId = societyOf(caller.actor);
    const known = await this.queries.case(societyId, typed.caseId);
    await this.veto.refuse('改这个案件', caller.actor, known);
    const charter = await this.societies.charterOn(societyId, dayOf(this.clock.now()));
    const applicant = await this.people.person(societyId, known.applicantId);
    await this.refuse(societyId, charter, applicant, typed);
    const { id: personId, householdId } = applicant;
    const payeeAccountId = accountIn(typed);
    const looked = await this.matching.lookFor({ societyId, personId, householdId, payeeAccountId });
    return this.commands.run(caller, { act: 'amendCase', body: typed }, async (tx, trail) => {
      const row = await this.store.get(tx, societyId, typed.caseId);
      if (DONE_STATES.includes(row.state) || row.paidAt !== null)
        throw new CaseNotInState(STATE_WORDS[row.state]);
      const changes = this.changesIn(row, typed);
      if (changes.length === 0) throw new NothingChanged();

      const at = this.clock.now();
      const byPersonId = caller.actor.personId;
      const why = changedWords(changes);
      const voids = voidsVote(changes) && VOTED_ON.includes(row.state);
      const roundId = voids ? await this.takenBack.takeBack(tx, trail, row, { why, at, byPersonId }) : null;
      await this.write(tx, row, typed, voids);
      await this.matching.look(tx, row, looked, at);
      await this.store.insertAmendments(tx, row.id, changes, {
        reason: typed.reason,
        roundId,
        at,
        byPersonId,
      });
      if (voids) {
        const moment = { at, byPersonId, charter, idPending: false };
        await this.steps.clocks(tx, row, stepFor('amend', row), moment);
      }
      trail.on('case', row.id, {
        threadId: row.id,
        before: changes.map(({ field, before }) => [field, before]),
        after: changes.map(({ field, after }) => [field, after]),
        words: `${why}${voids ? '，原来的表决作废，要重新表决' : ''}`,
      });
      return { caseId: row.id, voided: voids };
    });
  }

  private async refuse(
    societyId: string,
    charter: Charter,
    applicant: PersonSummary,
    { amountFen, payee, method, payeeAccountId }: AmendmentTyped,
  ): Promise<void> {
    if (amountFen > charter.perCaseLimitFen) throw new OverPerCaseLimit(charter.perCaseLimitFen, amountFen);
    const refusal = refusalOfPayee(applicant, payee);
    if (refusal) throw refusal;
    await this.people.person(societyId, payee.payeeId);
    if (method === 'CASH') return;
    const accounts = await this.people.payeeAccounts(societyId, payee.payeeId);
    if (!accounts.some(({ id, matchesName }) => id === payeeAccountId && matchesName))
      throw new AccountNotOfPayee();
  }

  private changesIn(row: CaseRow, { payee, ...typed }: AmendmentTyped): readonly Change[] {
    const { amountFen, cause, payeeId, method, payeeAccountId } = row;
    const story = row.storySealed === null ? null : this.seals.openStory(row.id, row.storySealed);
    return changesBetween(
      { amountFen, cause, payeeId, method, payeeAccountId, story },
      { ...typed, payeeId: payee.payeeId, payeeAccountId: accountIn(typed) },
    );
  }

  private async write(tx: Tx, row: CaseRow, typed: AmendmentTyped, voids: boolean): Promise<void> {
    const { amountFen, cause, story, payee, method } = typed;
    const sealedStory = story === null ? null : this.seals.sealStory(row.id, story);
    const reason = payee.relation === 'OTHER' ? payee.reason : null;
    await this.store.amended(tx, row, voids ? stepFor('amend', row).to : row.state, {
      amountFen,
      cause,
      causeKey: row.cause === cause ? row.causeKey : causeKeyOf(row.applicantId, cause, row.year),
      storySealed: sealedStory,
      payeeId: payee.payeeId,
      payeeRelation: payee.relation,
      payeeReasonSealed: reason === null ? null : this.seals.sealPayeeReason(row.id, reason),
      method,
      payeeAccountId: accountIn(typed),
    });
  }
}

/** States in which something was voted on or signed. */
const VOTED_ON: readonly CaseRow['state'][] = ['SIGNING', 'VOTING', 'APPROVED'];

function accountIn({ method, payeeAccountId }: Pick<AmendmentTyped, 'method' | 'payeeAccountId'>) {
  return method === 'CASH' ? null : payeeAccountId;
}
