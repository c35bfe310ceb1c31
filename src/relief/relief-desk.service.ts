import { Injectable } from '@nestjs/common';
import { Commands } from '../audit/index.js';
import { workOut } from '../funds/domain/worksheet.js';
import type { Worksheet } from '../funds/domain/worksheet.js';
import { windowKeyOf } from '../funds/domain/rule.js';
import { CapsQueries } from '../funds/index.js';
import type { Rule } from '../funds/index.js';
import type { Caller } from '../kernel/actor.js';
import { Clock } from '../kernel/clock.js';
import { fen } from '../kernel/fen.js';
import type { Fen } from '../kernel/fen.js';
import { Ids } from '../kernel/ids.js';
import type { Tx } from '../platform/database/transactions.js';
import { Files } from '../platform/files/files.js';
import { checkPapers, checkReviewer, checkScores, meanScore, reviewsNeeded } from './domain/desk-rules.js';
import type { Score } from './domain/desk-rules.js';
import { billOf, checkPolicies } from './domain/policies.js';
import type { PolicyChecked } from './domain/policies.js';
import { REVIEW_WORDS, VERIFY_WORDS } from './domain/relief-words.js';
import type { ReviewReason, VerifyResult } from './domain/relief-words.js';
import {
  AbnormalNeedsNote,
  AssessorNotInOffice,
  OriginalsNotStamped,
  ReviewsSuffice,
} from './domain/relief.errors.js';
import { ReliefGround } from './relief-ground.js';
import { reliefStep, ReliefSteps } from './relief-steps.js';
import type { ReliefRow } from './relief.entity.js';
import type { ReliefFacts } from './relief.queries.js';
import { ReliefSeals } from './relief.seals.js';
import { ReliefStore } from './relief.store.js';
import { ReviewWatch } from './review-watch.js';

export type PoliciesTyped = { readonly reliefId: string; readonly policies: readonly PolicyChecked[] };
export type VerificationTyped = {
  readonly reliefId: string;
  readonly result: VerifyResult;
  readonly originalsStamped: boolean;
  readonly note: string | null;
};
export type AssessmentTyped = {
  readonly reliefId: string;
  readonly scores: readonly Score[];
  readonly opinion: string;
  /** The sheet that the assessors signed. */
  readonly sheet: Buffer;
};
export type ReviewTyped = {
  readonly reliefId: string;
  readonly reason: ReviewReason;
  readonly note: string | null;
};
export type Reviewed = { readonly reliefId: string; readonly reviews: number; readonly needed: number };

/** The desk of the federation, from the check of the policies to the review (domain.md 2.2). */
@Injectable()
export class ReliefDeskService {
  constructor(
    private readonly commands: Commands,
    private readonly store: ReliefStore,
    private readonly steps: ReliefSteps,
    private readonly ground: ReliefGround,
    private readonly seals: ReliefSeals,
    private readonly caps: CapsQueries,
    private readonly files: Files,
    private readonly clock: Clock,
    private readonly ids: Ids,
    private readonly watch: ReviewWatch,
  ) {}

  /** 先政策后慈善: what every policy of the state has given, or why it has not. */
  async checkPolicies(caller: Caller, typed: PoliciesTyped): Promise<{ reliefId: string }> {
    const { reliefId, policies } = typed;
    const { personId } = caller.actor;
    const known = await this.ground.atTheDesk(caller.actor, reliefId);
    checkPolicies(await this.ground.ruleOf(known), policies);
    return this.commands.run(caller, { act: 'checkPolicies', body: typed }, async (tx, trail) => {
      const row = await this.store.get(tx, known.societyId, reliefId);
      const step = reliefStep('checkPolicies', row);
      await this.store.insertPolicies(tx, row, policies, personId);
      await this.store.step(tx, row, step, handledBy(row, personId));
      await this.steps.clocks(tx, row, step, { at: this.clock.now(), byPersonId: personId });
      const taken = billOf(row.totalFen, policies).deductions;
      trail.on('relief', reliefId, {
        threadId: reliefId,
        after: taken,
        words: `核政策：${policies.length} 项`,
      });
      return { reliefId };
    });
  }

  /** 逢进必核: papers and originals. An abnormal result is written down, and rejects nobody by itself. */
  async verify(caller: Caller, typed: VerificationTyped): Promise<{ reliefId: string }> {
    const { reliefId, result, note } = typed;
    const { personId } = caller.actor;
    if (!typed.originalsStamped) throw new OriginalsNotStamped();
    if (result === 'ABNORMAL' && (note === null || note.trim() === '')) throw new AbnormalNeedsNote();
    const known = await this.ground.atTheDesk(caller.actor, reliefId);
    const rule = await this.ground.ruleOf(known);
    const body = { ...typed, note: note === null ? null : 'sealed' };
    return this.commands.run(caller, { act: 'verifyRelief', body }, async (tx, trail) => {
      const row = await this.store.get(tx, known.societyId, reliefId);
      const step = reliefStep('verify', row);
      const papers = await this.store.papersOf(tx, reliefId);
      checkPapers(rule, new Set(papers.map(({ kind }) => kind)));
      const at = this.clock.now();
      await this.store.step(tx, row, step, {
        ...handledBy(row, personId),
        verifiedAt: at,
        verifyResult: result,
        verifyNoteSealed: this.seals.seal('verify_note', reliefId, note),
      });
      await this.steps.clocks(tx, row, step, { at, byPersonId: personId });
      const words = `核实：${VERIFY_WORDS[result]}，发票原件已盖章`;
      trail.on('relief', reliefId, { threadId: reliefId, after: { result }, words });
      return { reliefId };
    });
  }

  /** 综合研判: at least three give points; the amount is reckoned, not typed. */
  async assess(caller: Caller, typed: AssessmentTyped): Promise<{ reliefId: string }> {
    const { reliefId, scores, opinion } = typed;
    const { personId } = caller.actor;
    const known = await this.ground.atTheDesk(caller.actor, reliefId);
    const inOffice = await this.ground.inOffice(known.societyId);
    if (scores.some((each) => !inOffice.has(each.personId))) throw new AssessorNotInOffice();
    const assessors = scores.map((each) => each.personId);
    const tied = await this.ground.tiedOf(known, assessors);
    checkScores(scores, new Set([known.applicantId, ...tied.map((tie) => tie.personId)]));
    const sheet = await this.files.prepareImage(typed.sheet);
    const body = { reliefId, scores, opinion: 'sealed', sheet: sheet.sha256 };
    return this.commands.run(caller, { act: 'assessRelief', body }, async (tx, trail) => {
      const row = await this.store.get(tx, known.societyId, reliefId);
      const step = reliefStep('assess', row);
      const at = this.clock.now();
      const to = { societyId: row.societyId, purpose: 'relief-assessment', by: caller.actor };
      const id = this.ids.next();
      await this.store.insertAssessment(tx, {
        ...{ id, reliefId, lap: row.lap, assessedAt: at, recordedBy: personId },
        fileId: await this.files.attach(tx, sheet, to),
        opinionSealed: this.seals.seal('opinion', id, opinion) ?? '',
      });
      await this.store.insertScores(
        tx,
        scores.map((score) => ({ ...score, reliefId, lap: row.lap })),
      );
      await this.store.step(tx, row, step, handledBy(row, personId, assessors));
      await this.steps.clocks(tx, row, step, { at, byPersonId: personId });
      const words = `综合研判：${scores.length} 人打分，平均 ${meanScore(scores)} 分`;
      trail.on('relief', reliefId, { threadId: reliefId, after: { scores: scores.length }, words });
      return { reliefId };
    });
  }

  /** One reviewer lets it pass; from the amount that the rule names, two do. */
  async review(caller: Caller, typed: ReviewTyped): Promise<Reviewed> {
    const { reliefId, reason, note } = typed;
    const { personId } = caller.actor;
    const known = await this.ground.atTheDesk(caller.actor, reliefId);
    const rule = await this.ground.ruleOf(known);
    const used = await this.takenBy(known, rule);
    const body = { ...typed, note: note === null ? null : 'sealed' };
    return this.commands.run(caller, { act: 'reviewRelief', body }, async (tx, trail) => {
      const row = await this.store.get(tx, known.societyId, reliefId);
      const step = reliefStep('review', row);
      const before = await this.store.reviewsOf(tx, row);
      const reviewers = before.map(({ reviewerId }) => reviewerId);
      checkReviewer(personId, JSON.parse(row.handledBy) as string[], reviewers);
      const needed = reviewsNeeded(rule, (await this.sheetOf(tx, row, rule, used)).grantFen);
      const at = this.clock.now();
      await this.watch.decides(tx, caller.actor, reliefId, at);
      const id = this.ids.next();
      await this.store.insertReview(tx, {
        ...{ id, reliefId, lap: row.lap, reviewerId: personId ?? '', reason, reviewedAt: at },
        noteSealed: this.seals.seal('review_note', id, note),
      });
      const reviews = before.length + 1;
      if (reviews >= needed) {
        await this.store.step(tx, row, step, { reviewedAt: at });
        await this.steps.clocks(tx, row, step, { at, byPersonId: personId });
      } else await this.store.change(tx, row, {});
      const words = `审核：${REVIEW_WORDS[reason]}（第 ${reviews} 人，要 ${needed} 人）`;
      trail.on('relief', reliefId, { threadId: reliefId, after: { reason, reviews, needed }, words });
      return { reliefId, reviews, needed };
    });
  }

  /**
   * Since the review the sum has grown to what two people have to review, since room in the cap came back or the rule is
   * another one: the file goes back to the reviewers, and keeps what it has.
   */
  async askSecondReview(
    caller: Caller,
    { reliefId }: { readonly reliefId: string },
  ): Promise<{ reliefId: string }> {
    const { personId: byPersonId } = caller.actor;
    const known = await this.ground.atTheDesk(caller.actor, reliefId);
    const rule = await this.ground.ruleOf(known);
    const used = await this.takenBy(known, rule);
    return this.commands.run(caller, { act: 'askSecondReview', body: { reliefId } }, async (tx, trail) => {
      const row = await this.store.get(tx, known.societyId, reliefId);
      const step = reliefStep('askSecond', row);
      const needed = reviewsNeeded(rule, (await this.sheetOf(tx, row, rule, used)).grantFen);
      const reviews = (await this.store.reviewsOf(tx, row)).length;
      if (reviews >= needed) throw new ReviewsSuffice(reviews);
      await this.store.step(tx, row, step, { reviewedAt: null });
      await this.steps.clocks(tx, row, step, { at: this.clock.now(), byPersonId });
      const words = `要 ${needed} 人审核，请第 ${reviews + 1} 个人审`;
      trail.on('relief', reliefId, { threadId: reliefId, after: { reviews, needed }, words });
      return { reliefId };
    });
  }

  /** What the household has taken of the fund's cap until now; what was advanced on this case is the case's own. */
  async takenBy(known: ReliefFacts, rule: Rule): Promise<Fen> {
    const window = windowKeyOf(rule.capWindow, known.cause, this.ground.today());
    const taken = await this.caps.takenOf(known.fundId, window, await this.ground.identitiesOf(known));
    return fen(Math.max(taken - known.advancedFen, 0));
  }

  private async sheetOf(tx: Tx, row: ReliefRow, rule: Rule, used: Fen): Promise<Worksheet> {
    return workOut(billOf(row.totalFen, await this.store.policiesOf(tx, row)), rule, used);
  }
}

/** Whoever had the file in hands, or gave points, does not review it. */
function handledBy(row: ReliefRow, personId: string | null, others: readonly string[] = []) {
  const before = JSON.parse(row.handledBy) as string[];
  const now = [...before, ...others, ...(personId === null ? [] : [personId])];
  return { handledBy: JSON.stringify([...new Set(now)]) };
}
