import { Injectable } from '@nestjs/common';
import { In, IsNull, Like, Not } from 'typeorm';
import type { Fen } from '../kernel/fen.js';
import { fen } from '../kernel/fen.js';
import { Ids } from '../kernel/ids.js';
import type { PersonCorrected } from '../people/index.js';
import { breaksUnique, StaleSnapshot } from '../platform/database/errors.js';
import type { Tx } from '../platform/database/transactions.js';
import { CaseAmendment, CaseFile, CasePaper, CaseVisit, HouseholdYear } from './case-parts.entity.js';
import { CaseRow } from './case.entity.js';
import { STOPPABLE } from './domain/consent-rule.js';
import type { AmendReason, Change } from './domain/amendment.js';
import { CaseNotFound, HouseholdYearLimit, NoWaiverToConfirm } from './domain/case.errors.js';
import { PAID_STATES } from './domain/emergency-procedure.js';
import type { CaseState, Step } from './domain/emergency-procedure.js';
import { TAKEN_BACK } from './domain/notice-stands.js';
import type { EndReason } from './domain/endings.js';
import type { GrantDecision } from './domain/grant-notice.js';
import type { LimitTerms, YearUse } from './domain/limits.js';
import { PAPER_WORDS } from './domain/papers.js';
import type { PaperKind } from './domain/papers.js';
import { CaseSeals } from './case.seals.js';
import type { Frozen } from './case.seals.js';

const UNIQUE_CAUSE = { name: 'uq_cases_cause', columns: 'cases.cause_key' };
const KEY_OF_YEAR = {
  name: 'PRIMARY',
  columns: 'household_years.society_id, household_years.household_id, household_years.year',
};

export type HouseholdOfYear = {
  readonly societyId: string;
  readonly householdId: string;
  readonly year: number;
};

export type OpenedOn = {
  readonly charterId: string;
  readonly revision: string;
  readonly year: number;
  readonly frozen: Frozen;
};

/** Every column that an amendment may touch. */
export type AmendedCase = Pick<
  CaseRow,
  | 'amountFen'
  | 'cause'
  | 'causeKey'
  | 'storySealed'
  | 'payeeId'
  | 'payeeRelation'
  | 'payeeReasonSealed'
  | 'method'
  | 'payeeAccountId'
>;

/** How a case ends without a payment: a word of the closed list, and perhaps a sentence for the file. */
export type Ending = { readonly reason: EndReason; readonly note: string | null; readonly at: Date };

/** Whom a correction of the register is about, and of whom that person is the guardian. */
export type About = Pick<PersonCorrected, 'societyId' | 'personIds' | 'wardIds'>;

const aboutThem = ({ societyId, personIds, wardIds }: About, isFrozen: boolean) => {
  const about = { societyId, frozenSealed: isFrozen ? Not(IsNull()) : IsNull() };
  return [
    { ...about, applicantId: In([...personIds, ...wardIds]) },
    { ...about, payeeId: In([...personIds]) },
  ];
};

/** Somebody moved the case since this unit read it: a new unit will read where it is now. */
const moved = (): Error => new StaleSnapshot('The case has moved on');

@Injectable()
export class CasesStore {
  constructor(
    private readonly ids: Ids,
    private readonly seals: CaseSeals,
  ) {}

  /** Somebody who registers the same cause at this moment makes this unit begin again, and then see it. */
  async insertCase(tx: Tx, row: CaseRow): Promise<void> {
    try {
      await tx.insert(CaseRow, row);
    } catch (error) {
      throw breaksUnique(error, UNIQUE_CAUSE) ? moved() : error;
    }
  }

  async get(tx: Tx, societyId: string, caseId: string): Promise<CaseRow> {
    const row = await tx.rows.findOneBy(CaseRow, { id: caseId, societyId });
    if (!row) throw new CaseNotFound();
    return row;
  }

  /** For those who were told of the case by an own row of theirs, which names its society. */
  async getOwn(tx: Tx, caseId: string): Promise<CaseRow> {
    const row = await tx.rows.findOneBy(CaseRow, { id: caseId });
    if (!row) throw new CaseNotFound();
    return row;
  }

  /** Cases of a person whose papers are still open. */
  withOpenPapers(tx: Tx, societyId: string, applicantId: string): Promise<CaseRow[]> {
    return tx.rows.findBy(CaseRow, {
      societyId,
      applicantId,
      papersDoneAt: IsNull(),
      state: In(['APPROVED', 'PAID'] satisfies CaseState[]),
    });
  }

  /** Every case of a person, whatever became of it. */
  allOf(tx: Tx, societyId: string, applicantId: string): Promise<CaseRow[]> {
    return tx.rows.findBy(CaseRow, { societyId, applicantId });
  }

  /** What those above took on of this person's cases, whatever became of it: cases of registers of their own. */
  async takenOnOf(tx: Tx, societyId: string, applicantId: string): Promise<CaseRow[]> {
    const ids = await tx.read<{ id: string }>`
      SELECT h.taken_case_id AS "id" FROM case_handovers h JOIN cases c ON c.id = h.case_id
      WHERE c.society_id = ${societyId} AND c.applicant_id = ${applicantId} AND h.taken_case_id IS NOT NULL`;
    return tx.rows.findBy(CaseRow, { id: In(ids.map(({ id }) => id)) });
  }

  /** Cases of a person that are not paid, and not over. */
  unpaidOf(tx: Tx, societyId: string, applicantId: string): Promise<CaseRow[]> {
    return tx.rows.findBy(CaseRow, { societyId, applicantId, state: In([...STOPPABLE]) });
  }

  /** Cases of a person whose money is out: their notices may still wait to be signed. */
  paidOf(tx: Tx, societyId: string, applicantId: string): Promise<CaseRow[]> {
    return tx.rows.findBy(CaseRow, { societyId, applicantId, state: In([...PAID_STATES]) });
  }

  /** Where the board took a grant back, whatever came back of the money. */
  takenBackOf(tx: Tx, societyId: string, applicantId: string): Promise<CaseRow[]> {
    return tx.rows.findBy(CaseRow, { societyId, applicantId, state: In([...TAKEN_BACK]) });
  }

  /** A case that counts for this cause, the ones that the town let through as well. */
  findByCause(tx: Tx, causeKey: string): Promise<CaseRow | null> {
    return tx.rows.findOneBy(CaseRow, [{ causeKey }, { causeKey: Like(`${causeKey}:%`) }]);
  }

  /** The steps that change nothing but the state and its hour. Each is guarded by the state that the table names. */
  async verified(tx: Tx, caseId: string, step: Step, at: Date): Promise<void> {
    await tx.changeOne(moved)`
      UPDATE cases SET state = ${step.to}, verified_at = ${at} WHERE id = ${caseId} AND state = ${step.from}`;
  }

  /** Cases that were decided on, or are being, and are about one of these persons. */
  frozenAbout(tx: Tx, about: About): Promise<CaseRow[]> {
    return tx.rows.findBy(CaseRow, aboutThem(about, true));
  }

  /** Nothing is frozen yet: whoever opens a round at this moment begins again, and then sees the register as it is. */
  async touchUnfrozen(tx: Tx, about: About): Promise<void> {
    for (const { id } of await tx.rows.findBy(CaseRow, aboutThem(about, false)))
      await tx.changeOne(moved)`
        UPDATE cases SET papers_version = papers_version + 1 WHERE id = ${id} AND frozen_sealed IS NULL`;
  }

  /** The register was put right: papers that are still to come say it as it is. What was signed stays. */
  async reworded(tx: Tx, row: CaseRow, frozen: Frozen): Promise<void> {
    await tx.changeOne(moved)`
      UPDATE cases SET frozen_sealed = ${this.seals.sealFrozen(row.id, frozen)}
      WHERE id = ${row.id} AND frozen_sealed = ${row.frozenSealed}`;
  }

  async opened(tx: Tx, row: CaseRow, step: Step, on: OpenedOn): Promise<void> {
    await tx.changeOne(moved)`
      UPDATE cases
      SET state = ${step.to}, charter_id = ${on.charterId}, revision = ${on.revision},
          frozen_sealed = ${this.seals.sealFrozen(row.id, on.frozen)}, counted_year = ${on.year},
          rounds_opened = ${row.roundsOpened + 1}
      WHERE id = ${row.id} AND state = ${step.from} AND rounds_opened = ${row.roundsOpened}`;
  }

  /** The same as `opened`, for three signatures: no round is held. */
  async signing(tx: Tx, row: CaseRow, step: Step, on: OpenedOn): Promise<void> {
    await tx.changeOne(moved)`
      UPDATE cases
      SET state = ${step.to}, charter_id = ${on.charterId}, revision = ${on.revision},
          frozen_sealed = ${this.seals.sealFrozen(row.id, on.frozen)}, counted_year = ${on.year}
      WHERE id = ${row.id} AND state = ${step.from}`;
  }

  /** The fast path was no way: the case waits for the board, and uses no allowance until then. */
  async fastStopped(tx: Tx, caseId: string, step: Step): Promise<void> {
    await tx.changeOne(moved)`
      UPDATE cases SET state = ${step.to}, counted_year = ${null} WHERE id = ${caseId} AND state = ${step.from}`;
  }

  async approved(tx: Tx, caseId: string, step: Step, at: Date, decision: GrantDecision): Promise<void> {
    await tx.changeOne(moved)`
      UPDATE cases
      SET state = ${step.to}, approved_at = ${at}, approved_via = ${decision.via},
          decision = ${JSON.stringify(decision)}
      WHERE id = ${caseId} AND state = ${step.from}`;
  }

  /** The board said no: the case uses no allowance any more and bars no other. */
  async rejected(tx: Tx, row: CaseRow, step: Step): Promise<void> {
    await tx.changeOne(moved)`
      UPDATE cases SET state = ${step.to}, counted_year = ${null}, cause_key = ${null}
      WHERE id = ${row.id} AND state = ${step.from}`;
  }

  /** Too few came: the case may be voted on once more, and keeps its cause until then. */
  async lapsed(tx: Tx, row: CaseRow, step: Step): Promise<void> {
    await tx.changeOne(moved)`
      UPDATE cases SET state = ${step.to}, counted_year = ${null}, rounds_lapsed = ${row.roundsLapsed + 1}
      WHERE id = ${row.id} AND state = ${step.from} AND rounds_lapsed = ${row.roundsLapsed}`;
  }

  /** The case leaves the road without a payment. Only what another office decides about keeps barring a second one. */
  async ended(tx: Tx, row: CaseRow, step: Step, { reason, note, at }: Ending): Promise<void> {
    const causeKey = step.to === 'ESCALATED' ? row.causeKey : null;
    await tx.changeOne(moved)`
      UPDATE cases
      SET state = ${step.to}, counted_year = ${null}, cause_key = ${causeKey}, approved_at = ${null},
          approved_via = ${null}, ended_at = ${at}, end_reason = ${reason},
          end_note_sealed = ${note === null ? null : this.seals.sealEndNote(row.id, note)}
      WHERE id = ${row.id} AND state = ${step.from}`;
  }

  /**
   * The case as it reads from now on. Where the vote is void with it, nothing is counted or approved any more; the
   * state of before is the guard, and so is the count of rounds.
   */
  async amended(tx: Tx, row: CaseRow, to: CaseState, as: AmendedCase): Promise<void> {
    const stays = to === row.state;
    await tx.changeOne(moved)`
      UPDATE cases
      SET state = ${to}, amount_fen = ${as.amountFen}, cause = ${as.cause}, cause_key = ${as.causeKey},
          story_sealed = ${as.storySealed}, payee_id = ${as.payeeId}, payee_relation = ${as.payeeRelation},
          payee_reason_sealed = ${as.payeeReasonSealed}, method = ${as.method},
          payee_account_id = ${as.payeeAccountId}, counted_year = ${stays ? row.countedYear : null},
          approved_at = ${stays ? row.approvedAt : null}, approved_via = ${stays ? row.approvedVia : null},
          papers_version = papers_version + 1
      WHERE id = ${row.id} AND state = ${row.state} AND rounds_opened = ${row.roundsOpened}
        AND papers_version = ${row.papersVersion}`;
  }

  async insertAmendments(
    tx: Tx,
    caseId: string,
    changes: readonly Change[],
    noted: { reason: AmendReason; roundId: string | null; at: Date; byPersonId: string | null },
  ): Promise<void> {
    const rows = changes.map(({ field, before, after }) => {
      const id = this.ids.next();
      const sealed = (side: 'before' | 'after', text: string | null) =>
        text === null ? null : this.seals.sealAmendment(id, side, text);
      return {
        id,
        caseId,
        field,
        beforeSealed: sealed('before', before),
        afterSealed: sealed('after', after),
        reason: noted.reason,
        roundId: noted.roundId,
        amendedAt: noted.at,
        amendedBy: noted.byPersonId,
      };
    });
    await tx.insert(CaseAmendment, rows);
  }

  /**
   * What was paid is not entitled any more: the allowance stays used until money comes back. A grant of which a part is
   * kept has helped this cause this year, and still bars another.
   */
  async revoked(tx: Tx, row: CaseRow, step: Step, keptFen: Fen): Promise<void> {
    await tx.changeOne(moved)`
      UPDATE cases
      SET state = ${step.to}, kept_fen = ${keptFen}, cause_key = ${keptFen > 0 ? row.causeKey : null}
      WHERE id = ${row.id} AND state = ${row.state} AND amount_fen = ${row.amountFen}`;
  }

  async paid(tx: Tx, caseId: string, step: Step, at: Date): Promise<void> {
    await tx.changeOne(moved)`
      UPDATE cases SET state = ${step.to}, paid_at = ${at} WHERE id = ${caseId} AND state = ${step.from}`;
  }

  /** False when the papers were complete already. */
  async papersDone(tx: Tx, caseId: string, at: Date): Promise<boolean> {
    const changed = await tx.change`
      UPDATE cases SET papers_done_at = ${at} WHERE id = ${caseId} AND papers_done_at IS NULL`;
    return changed === 1;
  }

  /** While the money is out; one that came back begins this track anew with its next payment. */
  async noticeEnded(tx: Tx, caseId: string, at: Date): Promise<void> {
    await tx.change`
      UPDATE cases SET notice_ended_at = ${at}
      WHERE id = ${caseId} AND notice_ended_at IS NULL AND paid_at IS NOT NULL`;
  }

  /** The last of the three tracks to end closes the case, whichever it is. */
  async closeWhenDone(tx: Tx, caseId: string, step: Step, at: Date): Promise<boolean> {
    const changed = await tx.change`
      UPDATE cases SET state = ${step.to}, closed_at = ${at}
      WHERE id = ${caseId} AND state = ${step.from} AND paid_at IS NOT NULL
        AND papers_done_at IS NOT NULL AND notice_ended_at IS NOT NULL`;
    return changed === 1;
  }

  async useOf(tx: Tx, key: HouseholdOfYear): Promise<YearUse> {
    const { societyId, householdId, year } = key;
    const row = await tx.rows.findOneBy(HouseholdYear, { societyId, householdId, year });
    return { usedFen: row?.usedFen ?? fen(0), usedCount: row?.usedCount ?? 0 };
  }

  /** Takes from the allowance of the year. The guard is the WHERE: two rounds at once cannot both take the last of it. */
  async useAllowance(tx: Tx, key: HouseholdOfYear, amountFen: Fen, terms: LimitTerms): Promise<void> {
    await this.openYear(tx, key);
    const changed = await tx.change`
      UPDATE household_years SET used_fen = used_fen + ${amountFen}, used_count = used_count + 1
      WHERE society_id = ${key.societyId} AND household_id = ${key.householdId} AND year = ${key.year}
        AND used_fen + ${amountFen} <= ${terms.householdYearLimitFen}
        AND used_count + 1 <= ${terms.householdYearLimitCount}`;
    if (changed === 1) return;
    throw new HouseholdYearLimit({
      ...(await this.useOf(tx, key)),
      askedFen: amountFen,
      limitFen: terms.householdYearLimitFen,
      limitCount: terms.householdYearLimitCount,
    });
  }

  async giveBackAllowance(tx: Tx, key: HouseholdOfYear, amountFen: Fen): Promise<void> {
    await tx.changeOne(() => new Error('A household gives back what it never used'))`
      UPDATE household_years SET used_fen = used_fen - ${amountFen}, used_count = used_count - 1
      WHERE society_id = ${key.societyId} AND household_id = ${key.householdId} AND year = ${key.year}
        AND used_fen >= ${amountFen} AND used_count >= 1`;
  }

  /** So much came back after a revocation. With the last of it the case counts no more among those of the year. */
  async recovered(tx: Tx, row: CaseRow, amountFen: Fen, isAll: boolean): Promise<void> {
    await tx.changeOne(moved)`
      UPDATE cases SET recovered_fen = recovered_fen + ${amountFen}, counted_year = ${isAll ? null : row.countedYear}
      WHERE id = ${row.id} AND state = ${row.state} AND recovered_fen = ${row.recoveredFen}`;
    if (row.countedYear === null) throw new Error('Money came back for a case that used no allowance');
    await tx.changeOne(() => new Error('A household gives back what it never used'))`
      UPDATE household_years SET used_fen = used_fen - ${amountFen}, used_count = used_count - ${isAll ? 1 : 0}
      WHERE society_id = ${row.societyId} AND household_id = ${row.householdId} AND year = ${row.countedYear}
        AND used_fen >= ${amountFen}`;
  }

  /** A step that changes nothing but the state. */
  async moved(tx: Tx, caseId: string, step: Step): Promise<void> {
    await tx.changeOne(moved)`
      UPDATE cases SET state = ${step.to} WHERE id = ${caseId} AND state = ${step.from}`;
  }

  /** The bank sent the money back: the case waits for its payment again, and two of its three tracks with it. */
  async paidBack(tx: Tx, row: CaseRow, step: Step): Promise<void> {
    await tx.changeOne(moved)`
      UPDATE cases SET state = ${step.to}, paid_at = ${null}, closed_at = ${null}, notice_ended_at = ${null},
        papers_done_at = ${null}
      WHERE id = ${row.id} AND state = ${row.state}`;
  }

  private async openYear(tx: Tx, { societyId, householdId, year }: HouseholdOfYear): Promise<void> {
    const known = await tx.rows.countBy(HouseholdYear, { societyId, householdId, year });
    if (known > 0) return;
    try {
      await tx.insert(HouseholdYear, { societyId, householdId, year, usedFen: fen(0), usedCount: 0 });
    } catch (error) {
      throw breaksUnique(error, KEY_OF_YEAR) ? moved() : error;
    }
  }

  async insertVisits(tx: Tx, visits: readonly Omit<CaseVisit, 'id' | 'noteSealed'>[], note: string | null) {
    const rows = visits.map((visit) => {
      const id = this.ids.next();
      return { ...visit, id, noteSealed: note === null ? null : this.seals.sealNote(id, note) };
    });
    await tx.insert(CaseVisit, rows);
  }

  /** Before papers are recorded: a unit that began before another one's papers were there begins anew and sees them. */
  async claimPapers(tx: Tx, caseId: string): Promise<void> {
    await tx.changeOne(() => new CaseNotFound())`
      UPDATE cases SET papers_version = papers_version + 1 WHERE id = ${caseId}`;
  }

  papersOf(tx: Tx, caseId: string): Promise<CasePaper[]> {
    return tx.rows.findBy(CasePaper, { caseId });
  }

  /** A photo makes a paper present, also one that was waived before; a waiver never takes a paper away. */
  async recordPaper(
    tx: Tx,
    paper: { caseId: string; kind: PaperKind; waiver: string | null; at: Date; by: string | null },
  ): Promise<void> {
    const { caseId, kind, waiver, at, by } = paper;
    const [known] = (await this.papersOf(tx, caseId)).filter((row) => row.kind === kind);
    if (!known) {
      const id = this.ids.next();
      await tx.insert(CasePaper, {
        id,
        caseId,
        kind,
        state: waiver === null ? ('PRESENT' as const) : ('WAIVED' as const),
        waiverSealed: waiver === null ? null : this.seals.sealWaiver(id, waiver),
        recordedAt: at,
        recordedBy: by,
        confirmedAt: null,
        confirmedBy: null,
      });
    } else if (waiver === null)
      await tx.changeOne(moved)`
        UPDATE case_papers SET state = 'PRESENT', waiver_sealed = NULL, recorded_at = ${at}, recorded_by = ${by},
          confirmed_at = NULL, confirmed_by = NULL
        WHERE id = ${known.id}`;
    else if (known.state === 'WAIVED')
      await tx.changeOne(moved)`
        UPDATE case_papers SET waiver_sealed = ${this.seals.sealWaiver(known.id, waiver)}, recorded_at = ${at},
          recorded_by = ${by}, confirmed_at = NULL, confirmed_by = NULL
        WHERE id = ${known.id} AND state = 'WAIVED'`;
  }

  /** Once: two supervisors who answer at the same moment are one answer and one refusal. */
  async confirmWaiver(tx: Tx, caseId: string, kind: PaperKind, at: Date, by: string): Promise<void> {
    await tx.changeOne(() => new NoWaiverToConfirm(PAPER_WORDS[kind]))`
      UPDATE case_papers SET confirmed_at = ${at}, confirmed_by = ${by}
      WHERE case_id = ${caseId} AND kind = ${kind} AND state = 'WAIVED' AND confirmed_at IS NULL`;
  }

  /** A receipt for money that did not come is none; its photo stays in the file. */
  async voidReceipt(tx: Tx, caseId: string): Promise<void> {
    await tx.change`DELETE FROM case_papers WHERE case_id = ${caseId} AND kind = 'RECEIPT'`;
  }

  async insertFiles(
    tx: Tx,
    caseId: string,
    files: readonly { kind: PaperKind; fileId: string }[],
    at: Date,
  ): Promise<void> {
    await tx.insert(
      CaseFile,
      files.map(({ kind, fileId }) => ({ id: this.ids.next(), caseId, kind, fileId, addedAt: at })),
    );
  }
}
