import { Injectable } from '@nestjs/common';
import { Commands } from '../audit/index.js';
import { RoundsService } from '../board/index.js';
import type { Recusal } from '../board/index.js';
import type { Actor, Caller } from '../kernel/actor.js';
import { Clock } from '../kernel/clock.js';
import { dayOf, yearOf } from '../kernel/day.js';
import type { Day } from '../kernel/day.js';
import { yuanText } from '../kernel/fen.js';
import { Ids } from '../kernel/ids.js';
import { earmarkOf, LedgerService } from '../ledger/index.js';
import { OfficesQueries } from '../offices/index.js';
import { PeopleQueries } from '../people/index.js';
import { hashOf } from '../platform/crypto/hash.js';
import { Files } from '../platform/files/files.js';
import type { PreparedFile } from '../platform/files/files.js';
import type { Tx } from '../platform/database/transactions.js';
import { societyOf } from '../platform/web/caller.js';
import { SocietiesQueries } from '../societies/index.js';
import type { CaseRow } from './case.entity.js';
import type { Frozen } from './case.seals.js';
import { CaseGround } from './case-ground.js';
import { CaseSteps, stepFor } from './case-steps.js';
import { ConsentStops } from './consent-stops.js';
import { CasesQueries } from './cases.queries.js';
import type { CaseFacts } from './cases.queries.js';
import { CasesStore } from './cases.store.js';
import {
  CaseNotInState,
  NoPapersGiven,
  NoWaiverToConfirm,
  OverPerCaseLimit,
  PaperBeforePayment,
  PapersAlreadyDone,
  RegisterJustCorrected,
  WaiverNeedsReason,
} from './domain/case.errors.js';
import { caseNumberText } from './domain/case-number.js';
import { STATE_WORDS } from './domain/case-words.js';
import { CAUSE_WORDS } from '../kernel/causes.js';
import { NO_MORE_PAPERS } from './domain/emergency-procedure.js';
import { overrideKeyOf, PapersOverdue } from './domain/override.js';
import { mayRecord, PAPER_WORDS, unconfirmedOf } from './domain/papers.js';
import type { PaperKind, PapersVerdict } from './domain/papers.js';
import { recusalsOf, vetoOf } from './domain/recusals.js';
import type { Director } from './domain/recusals.js';
import { revisionText } from './domain/revision.js';
import { refusalOfVisitors } from './domain/visitors.js';
import type { Ties } from './domain/visitors.js';
import { OverduePapers } from './overdue-papers.js';
import { OverridesStore } from './overrides.store.js';

export type VisitTyped = {
  readonly caseId: string;
  readonly visitors: readonly string[];
  readonly visitedOn: Day;
  readonly note: string | null;
};

export type RoundTyped = {
  readonly caseId: string;
  /** Whom the secretary knows to be tied; whom the register knows stands aside anyway. */
  readonly recusals: readonly Recusal[];
};
export type RoundOpened = {
  readonly roundId: string;
  readonly deadlineAt: string;
  /** Too few directors were left to vote, and the round has ended already (D4-16). */
  readonly outcome: 'escalated' | null;
};

export type PapersTyped = {
  readonly caseId: string;
  readonly photos: readonly { readonly kind: PaperKind; readonly bytes: Buffer }[];
  readonly waivers: readonly { readonly kind: PaperKind; readonly reason: string }[];
};
export type PapersRecorded = {
  readonly done: boolean;
  readonly missing: readonly PaperKind[];
  /** Waived, and still to be confirmed by the supervisor. */
  readonly unconfirmed: readonly PaperKind[];
};

export type WaiverTyped = { readonly caseId: string; readonly kind: PaperKind };

/** How often the ground is read anew for one who opens a round while the register is being put right. */
const MOST_READS = 3;

type PreparedPaper = { readonly kind: PaperKind; readonly image: PreparedFile };

/** What a round is opened on, read before the unit of work: a unit that waited for a second connection could wait for ever. */
type Opening = {
  readonly frozen: Frozen;
  readonly directors: readonly Director[];
  readonly ties: Ties;
  /** An earlier case of the household whose papers are overdue. */
  readonly owing: string | null;
};

/** A case from the visit to the papers (domain.md 2.1); what happens between belongs to the board and the cashier. */
@Injectable()
export class CasesService {
  constructor(
    private readonly commands: Commands,
    private readonly store: CasesStore,
    private readonly queries: CasesQueries,
    private readonly steps: CaseSteps,
    private readonly ground: CaseGround,
    private readonly people: PeopleQueries,
    private readonly offices: OfficesQueries,
    private readonly societies: SocietiesQueries,
    private readonly rounds: RoundsService,
    private readonly ledger: LedgerService,
    private readonly files: Files,
    private readonly overrides: OverridesStore,
    private readonly papers: OverduePapers,
    private readonly stops: ConsentStops,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /** Two people who are not kin have seen it. */
  async verifyCase(caller: Caller, typed: VisitTyped): Promise<{ caseId: string }> {
    const { actor } = caller;
    const societyId = societyOf(actor);
    const known = await this.queries.case(societyId, typed.caseId);
    const ties = await this.ground.tiesOf(known, typed.visitors);
    const refusal = refusalOfVisitors(typed.visitors, known.applicantId, ties);
    if (refusal) throw refusal;
    const charter = await this.societies.charterOn(societyId, this.today());
    return this.commands.run(caller, { act: 'verifyCase', body: typed }, async (tx, trail) => {
      const row = await this.store.get(tx, societyId, typed.caseId);
      await this.stops.refuse(tx, row);
      const moment = {
        at: this.clock.now(),
        byPersonId: actor.personId,
        charter,
        idPending: false,
      };
      await this.steps.verify(tx, trail, row, stepFor('verify', row), typed, moment);
      return { caseId: row.id };
    });
  }

  /** Puts the case to the board: money set aside, allowance taken and round opened in one unit, or nothing. */
  async openRound(caller: Caller, typed: RoundTyped): Promise<RoundOpened> {
    for (let reads = 1; ; reads++) {
      try {
        return await this.openOnce(caller, typed);
      } catch (error) {
        if (!(error instanceof RegisterJustCorrected) || reads === MOST_READS) throw error;
      }
    }
  }

  /** By what the register says now: where it was put right meanwhile, nothing is opened. */
  private async openOnce(caller: Caller, typed: RoundTyped): Promise<RoundOpened> {
    const { actor } = caller;
    const known = await this.queries.case(societyOf(actor), typed.caseId);
    const said = await this.ground.saidOf(known);
    const opening = await this.openingOf(known, actor);
    const { frozen, directors, ties, owing } = opening;
    const recusals = recusalsOf(directors, known.applicantId, ties, typed.recusals);
    return this.commands.run(caller, { act: 'openRound', body: typed }, async (tx, trail) => {
      const row = await this.store.get(tx, known.societyId, known.id);
      const at = this.clock.now();
      const { charter } = frozen;
      await this.ground.refuseCorrected(tx, said);
      await this.stops.refuse(tx, row);
      await this.refuseOwing(tx, row, owing, at);
      await this.takeToTheBoard(tx, row, frozen, at);
      const { societyId, amountFen } = row;
      const roundId = this.ids.next();
      const earmark = earmarkOf(CAUSE_WORDS[row.cause]);
      await this.ledger.reserve(tx, { societyId, purpose: roundId, amountFen, threadId: row.id, earmark });
      trail.on('case', row.id, {
        threadId: row.id,
        after: { roundId, recusals },
        words: `请大家表决：理事 ${directors.length} 人，回避 ${recusals.length} 人，留出 ${yuanText(amountFen)} 元`,
      });
      const { deadlineAt, outcome } = await this.rounds.open(tx, trail, {
        roundId,
        societyId,
        societyName: frozen.societyName,
        subjectKind: 'case',
        subjectId: row.id,
        threadId: row.id,
        revision: hashOf(revisionText(row)),
        motion: motionOf(row, frozen),
        amountFen,
        charter,
        electors: directors,
        recusals,
        openedBy: actor.personId,
        at,
      });
      return { roundId, deadlineAt: deadlineAt.toISOString(), outcome };
    });
  }

  /** Photos and waivers of papers, whenever they come; with the last of them, once paid, the papers' track ends. */
  async completePapers(caller: Caller, typed: PapersTyped): Promise<PapersRecorded> {
    const { actor } = caller;
    const { caseId, waivers } = typed;
    const known = await this.queries.case(societyOf(actor), caseId);
    const { idState } = await this.people.person(known.societyId, known.applicantId);
    const photos = await Promise.all(
      typed.photos.map(async ({ kind, bytes }) => ({ kind, image: await this.files.prepareImage(bytes) })),
    );
    const body = { caseId, waivers, photos: photos.map(({ kind, image }) => [kind, image.sha256]) };
    return this.commands.run(caller, { act: 'completePapers', body }, async (tx, trail) => {
      const row = await this.store.get(tx, known.societyId, caseId);
      refusePapers(row, photos, waivers);
      await this.store.claimPapers(tx, caseId);
      const at = this.clock.now();
      const wasOpen = unconfirmedOf(await this.store.papersOf(tx, caseId)).length > 0;
      await this.keepPapers(tx, row, actor, { photos, waivers }, at);
      const moment = { at, byPersonId: actor.personId, idPending: idState === 'PENDING' };
      const unconfirmed = await this.steps.clockWaivers(tx, row, wasOpen, moment);
      const recorded = recordedBy(await this.steps.finishPapers(tx, row, moment), row, unconfirmed);
      trail.on('case', caseId, {
        threadId: caseId,
        after: body,
        words: papersWords([...photos, ...waivers], recorded.done),
      });
      return recorded;
    });
  }

  /** The supervisor has looked at why a paper cannot be had. With the last of them the papers' track may end. */
  async confirmWaiver(caller: Caller, typed: WaiverTyped): Promise<PapersRecorded> {
    const { personId } = caller.actor;
    const { caseId, kind } = typed;
    const known = await this.queries.case(societyOf(caller.actor), caseId);
    if (personId === null) throw new NoWaiverToConfirm(PAPER_WORDS[kind]);
    const ties = await this.people.related(known.societyId, known.applicantId, personId);
    const refusal = vetoOf('确认免交', personId, known.applicantId, ties);
    if (refusal) throw refusal;
    const { idState } = await this.people.person(known.societyId, known.applicantId);
    return this.commands.run(caller, { act: 'confirmWaiver', body: typed }, async (tx, trail) => {
      const row = await this.store.get(tx, known.societyId, caseId);
      if (NO_MORE_PAPERS.includes(row.state)) throw new CaseNotInState(STATE_WORDS[row.state]);
      await this.store.claimPapers(tx, caseId);
      const at = this.clock.now();
      await this.store.confirmWaiver(tx, caseId, kind, at, personId);
      const moment = { at, byPersonId: personId, idPending: idState === 'PENDING' };
      const unconfirmed = await this.steps.clockWaivers(tx, row, true, moment);
      const recorded = recordedBy(await this.steps.finishPapers(tx, row, moment), row, unconfirmed);
      const words = `确认免交：${PAPER_WORDS[kind]}${recorded.done ? '，材料齐了' : ''}`;
      trail.on('case', caseId, { threadId: caseId, after: typed, words });
      return recorded;
    });
  }

  /** domain.md 2.1: papers first, unless the town has let this household through; the fast path is not asked. */
  private async refuseOwing(tx: Tx, row: CaseRow, owing: string | null, at: Date): Promise<void> {
    if (owing === null) return;
    const { applicantId: personId, householdId, cause } = row;
    const kind = 'PAPERS_OVERDUE';
    const key = overrideKeyOf({ kind, personId, householdId, cause, year: yearOf(dayOf(at)) });
    if (!(await this.overrides.use(tx, kind, key, row.id))) throw new PapersOverdue(owing);
  }

  /** The state of the case, its allowance and its clocks, as a round begins. */
  private async takeToTheBoard(tx: Tx, row: CaseRow, frozen: Frozen, at: Date): Promise<void> {
    const step = stepFor('openRound', row);
    const { charter } = frozen;
    if (row.amountFen > charter.perCaseLimitFen)
      throw new OverPerCaseLimit(charter.perCaseLimitFen, row.amountFen);
    const year = yearOf(dayOf(at));
    const revision = hashOf(revisionText(row));
    await this.store.opened(tx, row, step, { charterId: charter.id, revision, year, frozen });
    const household = { societyId: row.societyId, householdId: row.householdId, year };
    await this.store.useAllowance(tx, household, row.amountFen, charter);
    const { idPending } = frozen;
    const moment = { at, byPersonId: null, charter, idPending };
    await this.steps.clocks(tx, row, step, moment);
  }

  private async openingOf(known: CaseFacts, actor: Actor): Promise<Opening> {
    const { societyId, applicantId } = known;
    const today = this.today();
    const directors = await this.offices.directorsOn(societyId, today);
    const holders = await this.offices.holdersOn(societyId, today);
    const near = new Set([...directors, ...holders].map(({ personId }) => personId));
    if (actor.personId !== null) near.add(actor.personId);
    const ties = await this.ground.tiesOf(known, [...near]);
    const refusal = vetoOf('发起表决', actor.personId, applicantId, ties.get(actor.personId ?? '') ?? []);
    if (refusal) throw refusal;
    const owing = await this.papers.numberOf(societyId, known.householdId);
    return { directors, ties, owing, frozen: await this.ground.frozenOf(known, ties) };
  }

  private async keepPapers(
    tx: Tx,
    row: CaseRow,
    actor: Actor,
    papers: { photos: readonly PreparedPaper[]; waivers: PapersTyped['waivers'] },
    at: Date,
  ): Promise<void> {
    const by = actor.personId;
    const kept: { kind: PaperKind; fileId: string }[] = [];
    for (const { kind, image } of papers.photos) {
      const to = { societyId: row.societyId, purpose: `case-${kind.toLowerCase()}`, by: actor };
      kept.push({ kind, fileId: await this.files.attach(tx, image, to) });
    }
    await this.store.insertFiles(tx, row.id, kept, at);
    for (const kind of new Set(kept.map((file) => file.kind)))
      await this.store.recordPaper(tx, { caseId: row.id, kind, waiver: null, at, by });
    for (const { kind, reason } of papers.waivers)
      await this.store.recordPaper(tx, { caseId: row.id, kind, waiver: reason, at, by });
  }

  private today(): Day {
    return dayOf(this.clock.now());
  }
}

/** What is put to the vote, as the minutes print it. */
function motionOf(row: CaseRow, { maskedName, group }: Frozen): string {
  const amount = yuanText(row.amountFen);
  return `给${group}${maskedName}（${CAUSE_WORDS[row.cause]}，${caseNumberText(row)}号）发急难救助金 ${amount} 元`;
}

function refusePapers(row: CaseRow, photos: readonly PreparedPaper[], waivers: PapersTyped['waivers']): void {
  if (row.papersDoneAt !== null) throw new PapersAlreadyDone();
  if (NO_MORE_PAPERS.includes(row.state)) throw new CaseNotInState(STATE_WORDS[row.state]);
  const papers = [...photos, ...waivers];
  if (papers.length === 0) throw new NoPapersGiven();
  if (papers.some(({ kind }) => !mayRecord(kind, row.state))) throw new PaperBeforePayment();
  const unsaid = waivers.find(({ reason }) => reason.trim() === '');
  if (unsaid) throw new WaiverNeedsReason(PAPER_WORDS[unsaid.kind]);
}

function papersWords(papers: readonly { readonly kind: PaperKind }[], done: boolean): string {
  const kinds = [...new Set(papers.map(({ kind }) => PAPER_WORDS[kind]))].join('、');
  return `补材料：${kinds}${done ? '，材料齐了' : ''}`;
}

function recordedBy(
  verdict: PapersVerdict,
  { state }: Pick<CaseRow, 'state'>,
  unconfirmed: readonly PaperKind[],
): PapersRecorded {
  return {
    done: verdict.outcome === 'complete' && state === 'PAID',
    missing: verdict.outcome === 'missing' ? verdict.missing : [],
    unconfirmed,
  };
}
