import { Injectable } from '@nestjs/common';
import { Commands } from '../audit/index.js';
import type { Trail } from '../audit/index.js';
import { RoundsService } from '../board/index.js';
import type { Recusal } from '../board/index.js';
import type { Caller } from '../kernel/actor.js';
import { Clock } from '../kernel/clock.js';
import { dayShort } from '../kernel/chinese/words.js';
import { addHours, dayOf, yearOf } from '../kernel/day.js';
import { fen, yuanText } from '../kernel/fen.js';
import { Ids } from '../kernel/ids.js';
import { earmarkOf, LedgerService } from '../ledger/index.js';
import { OfficesQueries } from '../offices/index.js';
import { PeopleQueries } from '../people/index.js';
import { hashOf } from '../platform/crypto/hash.js';
import type { Tx } from '../platform/database/transactions.js';
import { societyOf } from '../platform/web/caller.js';
import { SocietiesQueries } from '../societies/index.js';
import { CaseApproval } from './case-approval.js';
import type { CaseRow } from './case.entity.js';
import { CaseGround } from './case-ground.js';
import { CaseSeals } from './case.seals.js';
import type { Frozen } from './case.seals.js';
import { CaseSteps, stepFor } from './case-steps.js';
import { ConsentStops } from './consent-stops.js';
import { CasesQueries } from './cases.queries.js';
import { CasesStore } from './cases.store.js';
import { KinCannotAct } from './domain/case.errors.js';
import { caseNumberText } from './domain/case-number.js';
import { CAUSE_WORDS } from '../kernel/causes.js';
import { PAID_STATES } from './domain/emergency-procedure.js';
import type { CaseState } from './domain/emergency-procedure.js';
import {
  ANSWER_WORDS,
  FAST_PATH_WORDS,
  LIFT_WORDS,
  RATIFY_WORKING_DAYS,
  refusalOfFastPath,
  refusalOfFlags,
  RISK_WORDS,
  seatOf,
  seatWords,
  SIGN_HOURS,
  signedBy,
  stateAfter,
} from './domain/fast-path.js';
import type { Answer, FastPathState, LiftReason, Risk } from './domain/fast-path.js';
import {
  AlreadySigned,
  FastPathOver,
  NothingToRatify,
  NotYourSignature,
  RatificationAlreadyAsked,
  SigningTimeOver,
} from './domain/fast-path.errors.js';
import { recusalsOf, vetoOf } from './domain/recusals.js';
import { revisionText } from './domain/revision.js';
import { tiesWords } from './domain/visitors.js';
import { FastPathGround } from './fast-path.ground.js';
import { FastPathQueries } from './fast-path.queries.js';
import { FastPathStore } from './fast-path.store.js';
import type { FastPathRow } from './fast-path.store.js';

export type FastPathOpened = { readonly fastPathId: string; readonly dueAt: string };
export type FastPathSigned = { readonly fastPathId: string; readonly state: FastPathState };
export type RatificationAsked = { readonly roundId: string; readonly deadlineAt: string };

/** Under this kind the board knows the motion to stand by a fast path. */
export const RATIFICATION = 'ratification';

/**
 * 紧急快办 (domain.md 2.1): three people instead of the board, for what cannot wait, and the board's word afterwards. The
 * chair and the secretary-general approve; the supervisor countersigns and may stop it.
 */
@Injectable()
export class FastPathService {
  constructor(
    private readonly commands: Commands,
    private readonly paths: FastPathStore,
    private readonly queries: FastPathQueries,
    private readonly cases: CasesQueries,
    private readonly store: CasesStore,
    private readonly steps: CaseSteps,
    private readonly seals: CaseSeals,
    private readonly approval: CaseApproval,
    private readonly ground: CaseGround,
    private readonly fastGround: FastPathGround,
    private readonly people: PeopleQueries,
    private readonly offices: OfficesQueries,
    private readonly societies: SocietiesQueries,
    private readonly rounds: RoundsService,
    private readonly ledger: LedgerService,
    private readonly stops: ConsentStops,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /** Money set aside, allowance taken and three asked to sign in one unit, or nothing. */
  async open(
    caller: Caller,
    typed: { readonly caseId: string; readonly risk: Risk },
  ): Promise<FastPathOpened> {
    const { actor } = caller;
    const known = await this.cases.case(societyOf(actor), typed.caseId);
    const { grounds, ties } = await this.fastGround.of(known, actor.personId);
    const { trio } = grounds;
    const refusal = refusalOfFastPath(grounds);
    if (refusal) throw refusal;
    if ('missing' in trio) throw new Error('A fast path without three to sign was not refused');
    const frozen = await this.ground.frozenOf(known, ties);
    return this.commands.run(caller, { act: 'openFastPath', body: typed }, async (tx, trail) => {
      const row = await this.store.get(tx, known.societyId, known.id);
      const at = this.clock.now();
      await this.stops.refuse(tx, row);
      const dueAt = addHours(at, SIGN_HOURS);
      const { societyId, id: caseId, amountFen } = row;
      const fastPathId = this.ids.next();
      await this.takeToTheThree(tx, row, frozen, at, actor.personId);
      const { risk } = typed;
      await this.paths.insert(tx, { ...trio, id: fastPathId, caseId, societyId, risk, openedAt: at, dueAt });
      const earmark = earmarkOf(CAUSE_WORDS[row.cause]);
      await this.ledger.reserve(tx, { societyId, purpose: fastPathId, amountFen, threadId: caseId, earmark });
      trail.on('fast-path', fastPathId, {
        threadId: caseId,
        after: { ...typed, ...trio },
        words: `发起紧急快办：${RISK_WORDS[risk]}，秘书长同意，留出 ${yuanText(amountFen)} 元`,
      });
      return { fastPathId, dueAt: dueAt.toISOString() };
    });
  }

  /** One of the three says yes or no, each once and for nobody else. The third yes approves, the first no stops. */
  async sign(
    caller: Caller,
    typed: { readonly fastPathId: string; readonly answer: Answer },
  ): Promise<FastPathSigned> {
    const { actor } = caller;
    const { fastPathId, answer } = typed;
    const societyId = societyOf(actor);
    const known = await this.queries.fastPath(societyId, fastPathId);
    const seat = seatOf(known, actor.personId);
    if (seat === null) throw new NotYourSignature();
    await this.refuseTied(known, known[`${seat}Id`]);
    return this.commands.run(caller, { act: 'signFastPath', body: typed }, async (tx, trail) => {
      const at = this.clock.now();
      const path = await this.paths.get(tx, societyId, fastPathId);
      if (path.state !== 'OPEN') throw new FastPathOver(FAST_PATH_WORDS[path.state]);
      if (path[`${seat}Said`] !== null) throw new AlreadySigned();
      if (at.getTime() >= path.dueAt.getTime()) throw new SigningTimeOver(SIGN_HOURS);
      const now = signedBy(path, seat, answer, at);
      const state = stateAfter(now);
      await this.paths.sign(tx, path, now, state, at);
      if (state === 'APPROVED') await this.approve(tx, path, at, actor.personId);
      if (state === 'STOPPED') await this.leave(tx, path, at, actor.personId);
      trail.on('fast-path', fastPathId, {
        threadId: path.caseId,
        after: { seat, answer, state },
        words: `紧急快办：${seatWords(seat, path)}${ANSWER_WORDS[seat][answer]}${ENDING_WORDS[state]}`,
      });
      return { fastPathId, state };
    });
  }

  /** The board is asked to stand by what the three did. The round moves no money: it is paid, or on its way. */
  async askRatification(
    caller: Caller,
    typed: { readonly caseId: string; readonly recusals: readonly Recusal[] },
  ): Promise<RatificationAsked> {
    const { actor } = caller;
    const known = await this.cases.case(societyOf(actor), typed.caseId);
    const today = dayOf(this.clock.now());
    const directors = await this.offices.directorsOn(known.societyId, today);
    const near = directors.map(({ personId }) => personId);
    const opener = actor.personId ?? '';
    const ties = await this.ground.tiesOf(known, [
      ...new Set([...near, ...(actor.personId ? [opener] : [])]),
    ]);
    const refusal = vetoOf('发起表决', actor.personId, known.applicantId, ties.get(opener) ?? []);
    if (refusal) throw refusal;
    const charter = await this.societies.charterOn(known.societyId, today);
    const recusals = recusalsOf(directors, known.applicantId, ties, typed.recusals);
    return this.commands.run(caller, { act: 'askRatification', body: typed }, async (tx, trail) => {
      const row = await this.store.get(tx, known.societyId, known.id);
      const path = await this.paths.latest(tx, row.id);
      if (path?.state !== 'APPROVED' || !RATIFIABLE.includes(row.state)) throw new NothingToRatify();
      if (path.ratificationRoundId !== null) throw new RatificationAlreadyAsked();
      const roundId = this.ids.next();
      const frozen = this.seals.frozenOf(row);
      await this.paths.askRatification(tx, path, roundId);
      const { deadlineAt } = await this.rounds.open(tx, trail, {
        roundId,
        societyId: row.societyId,
        societyName: frozen.societyName,
        subjectKind: RATIFICATION,
        subjectId: path.id,
        threadId: row.id,
        revision: hashOf(revisionText(row)),
        motion: motionOf(row, frozen),
        amountFen: fen(0),
        charter,
        electors: directors,
        recusals,
        openedBy: actor.personId,
        at: this.clock.now(),
      });
      trail.on('fast-path', path.id, {
        threadId: row.id,
        after: { roundId, recusals },
        words: `请理事追认紧急快办：理事 ${directors.length} 人，回避 ${recusals.length} 人`,
      });
      return { roundId, deadlineAt: deadlineAt.toISOString() };
    });
  }

  /**
   * Stops what three people did not sign in time, each in a unit of its own, and says how many. One that somebody ended
   * in the meantime is no fault; one that cannot be ended does not keep the others waiting.
   */
  async expireDue(now: Date): Promise<{ readonly expired: number }> {
    const faults: unknown[] = [];
    let expired = 0;
    for (const { id, societyId } of await this.queries.due(now)) {
      try {
        await this.commands.timer('expireFastPath', (tx, trail) =>
          this.expire(tx, trail, societyId, id, now),
        );
        expired += 1;
      } catch (error) {
        if (!(error instanceof FastPathOver)) faults.push(error);
      }
    }
    if (faults.length > 0) throw new AggregateError(faults, `${faults.length} fast paths could not be ended`);
    return { expired };
  }

  /**
   * A step of the unit that takes a case another way before its payment (amended, withdrawn, terminated): the fast path
   * is void, and its money free. State and allowance of the case are that unit's own. Null where there was none.
   */
  async cancel(tx: Tx, caseId: string): Promise<{ readonly fastPathId: string } | null> {
    const path = await this.paths.latest(tx, caseId);
    if (path?.state !== 'OPEN' && path?.state !== 'APPROVED') return null;
    await this.paths.cancel(tx, path, this.clock.now());
    await this.ledger.release(tx, { purpose: path.id });
    return { fastPathId: path.id };
  }

  /** A step of the town union's review (D4-68): this person may sign again. Says whether anything was to be lifted. */
  async lift(
    tx: Tx,
    trail: Trail,
    lifting: {
      readonly societyId: string;
      readonly personId: string;
      readonly reason: LiftReason;
      readonly by: string | null;
    },
  ): Promise<boolean> {
    const { reason, by } = lifting;
    const lifted = await this.paths.lift(tx, lifting, { at: this.clock.now(), by, reason });
    if (lifted > 0)
      trail.on('person', lifting.personId, {
        after: { lifted, reason },
        words: `恢复签紧急快办：${LIFT_WORDS[reason]}`,
      });
    return lifted > 0;
  }

  /** State, allowance and clocks of the case, as the three are asked. */
  private async takeToTheThree(
    tx: Tx,
    row: CaseRow,
    frozen: Frozen,
    at: Date,
    byPersonId: string | null,
  ): Promise<void> {
    const step = stepFor('openFastPath', row);
    const { charter, idPending } = frozen;
    const year = yearOf(dayOf(at));
    const revision = hashOf(revisionText(row));
    await this.store.signing(tx, row, step, { charterId: charter.id, revision, year, frozen });
    const household = { societyId: row.societyId, householdId: row.householdId, year };
    await this.store.useAllowance(tx, household, row.amountFen, charter);
    await this.steps.clocks(tx, row, step, { at, byPersonId, charter, idPending });
  }

  private async approve(tx: Tx, path: FastPathRow, at: Date, byPersonId: string | null): Promise<void> {
    const row = await this.store.get(tx, path.societyId, path.caseId);
    const refusal = refusalOfFlags(await this.fastGround.flaggedNow(tx, row, path, dayOf(at)), path);
    if (refusal) throw refusal;
    const { chairId, chairOffice } = path;
    await this.approval.approve(tx, row, stepFor('approveFast', row), this.seals.frozenOf(row), {
      purpose: path.id,
      decision: {
        via: 'FAST',
        approvedAt: at.toISOString(),
        chairOffice,
        ratifyWorkingDays: RATIFY_WORKING_DAYS,
      },
      approverId: chairId,
      at,
      byPersonId,
    });
  }

  /** D4-74: no grant; money and allowance are free, and the board is to be asked. */
  private async leave(tx: Tx, path: FastPathRow, at: Date, byPersonId: string | null): Promise<void> {
    const row = await this.store.get(tx, path.societyId, path.caseId);
    const step = stepFor('stopFast', row);
    await this.store.fastStopped(tx, row.id, step);
    await this.approval.giveBack(tx, row, path.id);
    const { charter, idPending } = this.seals.frozenOf(row);
    await this.steps.clocks(tx, row, step, { at, byPersonId, charter, idPending });
  }

  private async expire(tx: Tx, trail: Trail, societyId: string, fastPathId: string, at: Date) {
    const path = await this.paths.get(tx, societyId, fastPathId);
    await this.paths.expire(tx, path, at);
    await this.leave(tx, path, at, null);
    trail.on('fast-path', path.id, {
      threadId: path.caseId,
      words: `紧急快办：${SIGN_HOURS} 小时到了，三人没签完，改请理事表决`,
    });
    return { fastPathId };
  }

  /** domain.md 2: no role moves a case in which it is recused, also where the tie was declared only after the opening. */
  private async refuseTied({ societyId, caseId }: FastPathRow, personId: string): Promise<void> {
    const { applicantId } = await this.cases.case(societyId, caseId);
    const reasons = await this.people.related(societyId, applicantId, personId);
    if (reasons.length > 0) throw new KinCannotAct('签紧急快办', tiesWords(reasons));
  }
}

/** A case that was revoked is past being ratified. */
const RATIFIABLE: readonly CaseState[] = ['APPROVED', ...PAID_STATES];

const ENDING_WORDS = { OPEN: '', APPROVED: '，三人都签了，可以打款', STOPPED: '，改请理事表决' } as const;

/** What the board is asked, as the minutes print it. */
function motionOf(row: CaseRow, { maskedName, group }: Frozen): string {
  if (row.approvedAt === null) throw new Error('The board is asked to ratify what was not approved');
  const day = dayShort(dayOf(row.approvedAt));
  const whom = `${group}${maskedName}（${CAUSE_WORDS[row.cause]}，${caseNumberText(row)}号）`;
  return `追认紧急快办：${day}由三人签批，先行发给${whom}急难救助金 ${yuanText(row.amountFen)} 元`;
}
