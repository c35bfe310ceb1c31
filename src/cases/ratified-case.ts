import { Injectable } from '@nestjs/common';
import type { Trail } from '../audit/index.js';
import type { BoardSubject, Decision, SubjectDescription } from '../board/index.js';
import { DutiesService } from '../duties/index.js';
import { instantShort } from '../kernel/chinese/words.js';
import type { Tx } from '../platform/database/transactions.js';
import { CaseDescriptions } from './case-descriptions.js';
import { CaseSeals } from './case.seals.js';
import { CaseSteps } from './case-steps.js';
import { CasesStore } from './cases.store.js';
import { countsOf } from './decided-case.js';
import { RISK_WORDS } from './domain/fast-path.js';
import { FastPathQueries } from './fast-path.queries.js';
import { FastPathStore } from './fast-path.store.js';
import type { FastPathRow } from './fast-path.store.js';
import { StepPapers } from './step-papers.js';

/**
 * What the board's word does to a fast path (D4-68). Whatever it says, the money stays where it is: a family is not sent
 * the bill for how three people decided.
 */
@Injectable()
export class RatifiedCase implements BoardSubject {
  constructor(
    private readonly paths: FastPathStore,
    private readonly queries: FastPathQueries,
    private readonly descriptions: CaseDescriptions,
    private readonly duties: DutiesService,
    private readonly store: CasesStore,
    private readonly seals: CaseSeals,
    private readonly steps: CaseSteps,
    private readonly papers: StepPapers,
  ) {}

  async decided(tx: Tx, decision: Decision, trail: Trail): Promise<void> {
    const { societyId, subjectId, outcome, decidedAt: at } = decision;
    const path = await this.paths.get(tx, societyId, subjectId);
    await this.duties.settle(tx, { kind: 'RATIFY', subjectId: path.caseId, at, byPersonId: null });
    if (outcome === 'approved') {
      await this.paths.ratified(tx, path, at);
      return;
    }
    await this.paths.notRatified(tx, path, at);
    await this.paths.suspend(tx, path, at);
    if (outcome === 'rejected') await this.publish(tx, path, decision);
    this.noteNotRatified(trail, path);
  }

  /** Whoever was tied when the three signed writes down no ballots now. */
  async tiedOf(tx: Tx, fastPathId: string): Promise<readonly string[]> {
    const { caseId } = await this.paths.getOwn(tx, fastPathId);
    const row = await this.store.getOwn(tx, caseId);
    return [row.applicantId, ...this.seals.frozenOf(row).tied.map(({ personId }) => personId)];
  }

  async describe(societyId: string, fastPathId: string): Promise<SubjectDescription> {
    const path = await this.queries.fastPath(societyId, fastPathId);
    const { title, facts, href } = await this.descriptions.describe(societyId, path.caseId);
    const { risk, endedAt } = path;
    return {
      title: `追认紧急快办 ${title}`,
      facts: [
        ...facts,
        { label: '为什么快办', value: RISK_WORDS[risk] },
        { label: '三人签完', value: endedAt ? instantShort(endedAt) : '—' },
      ],
      href: `${href}/fast-path`,
    };
  }

  /** The decision is public (domain.md 1.6). */
  private async publish(tx: Tx, path: FastPathRow, decision: Decision): Promise<void> {
    const row = await this.store.get(tx, path.societyId, path.caseId);
    const frozen = this.seals.frozenOf(row);
    const { noticeId } = await this.papers.notRatified(tx, row, frozen, countsOf(decision));
    await this.steps.oweNotice(tx, row, noticeId, { at: decision.decidedAt, charter: frozen.charter });
  }

  private noteNotRatified(trail: Trail, { id, caseId }: FastPathRow): void {
    trail.on('fast-path', id, {
      threadId: caseId,
      words: '理事会没有追认紧急快办：钱不追回，请镇联合社复核，签字的三人暂停签紧急快办',
    });
  }
}
