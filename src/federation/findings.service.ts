import { Injectable } from '@nestjs/common';
import { Commands } from '../audit/index.js';
import { DutiesService } from '../duties/index.js';
import type { Actor, Caller } from '../kernel/actor.js';
import { Clock } from '../kernel/clock.js';
import { dayOf } from '../kernel/day.js';
import { Ids } from '../kernel/ids.js';
import type { Tx } from '../platform/database/transactions.js';
import { DeskGround } from './desk-ground.js';
import { DeskQueries } from './desk.queries.js';
import type { GrantFact } from './desk.queries.js';
import { DeskSeals } from './desk.seals.js';
import { NotAReviewer, NothingToReview, OnlySplitReviews, ReviewedAlready } from './domain/desk.errors.js';
import {
  FINDING_REASONS,
  FINDING_WORDS,
  finderRoleOf,
  findingsNeeded,
  refusalOf,
  standingOf,
} from './domain/findings.js';
import type { FinderRole, FindingKind, FindingReason } from './domain/findings.js';
import { checkFinding, daysUntil } from './domain/rectification.js';
import type { FindingTyped } from './domain/rectification.js';
import { REVOKE_WORKING_DAYS } from './domain/terms.js';
import { FindingsStore } from './findings.store.js';
import type { ReviewFile } from './findings.store.js';
import { LeasesService } from './leases.service.js';

export type GrantFindingTyped = FindingTyped & {
  readonly caseId: string;
  readonly words: string | null;
};
/** `outcome` is null while a second, or after two who differ a third, is waited for. */
export type Found = {
  readonly findingId: string;
  readonly outcome: FindingKind | null;
  readonly findings: number;
  readonly needed: number;
};

export const RECTIFICATION = 'rectification';

/** What reviewers find of grants that were paid, and what it asks of the society. */
@Injectable()
export class FindingsService {
  constructor(
    private readonly commands: Commands,
    private readonly store: FindingsStore,
    private readonly ground: DeskGround,
    private readonly queries: DeskQueries,
    private readonly leases: LeasesService,
    private readonly duties: DutiesService,
    private readonly seals: DeskSeals,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /** What a check page shows is checked like this too, and nothing is done. */
  async check(actor: Actor, typed: Pick<GrantFindingTyped, 'caseId'> & FindingTyped): Promise<GrantFact> {
    const scopeId = await this.ground.federationOf(actor);
    const known = await this.queries.grant(scopeId, typed.caseId);
    checkFinding(typed, dayOf(this.clock.now()));
    await this.ground.refuseTied(scopeId, finderOf(actor).personId, known.id);
    return known;
  }

  async record(caller: Caller, typed: GrantFindingTyped): Promise<Found> {
    const { actor } = caller;
    const { caseId, kind, reason, dueOn, words } = typed;
    const scopeId = await this.ground.federationOf(actor);
    const known = await this.check(actor, typed);
    const finder = finderOf(actor);
    const needed = findingsNeeded(known.amountFen);
    const command = {
      act: 'recordGrantFinding',
      body: { ...typed, words: words === null ? null : 'sealed' },
    };
    return this.commands.run(caller, command, async (tx, trail) => {
      const at = this.clock.now();
      const file = await this.store.file(tx, caseId);
      refuse(file, needed, finder);
      await this.leases.refuseHeld(tx, caseId, actor, at);
      const id = this.ids.next();
      const seq = file.findings.length + 1;
      await this.store.insertFinding(
        tx,
        {
          ...{ scopeId, caseId, lap: file.lap, seq, kind, reason, dueOn, foundAt: at },
          ...{ asRole: finder.asRole, reviewerId: finder.personId },
          wordsSealed: words === null ? null : this.seals.seal('words', id, words),
        },
        id,
      );
      const standing = standingOf(
        [...file.findings, { kind, reviewerId: finder.personId, asRole: finder.asRole }],
        needed,
      );
      const outcome = standing.state === 'COUNTS' ? standing.kind : null;
      if (outcome !== null)
        await this.settle(tx, scopeId, known, { lap: file.lap, findingId: id, typed, at });
      await this.leases.decided(tx, caseId, actor, at);
      trail.on('grant', caseId, {
        threadId: caseId,
        after: { kind, reason, dueOn, lap: file.lap, seq, outcome },
        words: trailWords({ kind, reason, seq, needed, counts: outcome !== null }),
      });
      return { findingId: id, outcome, findings: seq, needed };
    });
  }

  /** What counts is what the last one said: reason and day are of the finding that made it count. */
  private async settle(
    tx: Tx,
    scopeId: string,
    { id: caseId, societyId }: GrantFact,
    of: {
      readonly lap: number;
      readonly findingId: string;
      readonly typed: GrantFindingTyped;
      readonly at: Date;
    },
  ): Promise<void> {
    const { lap, findingId, at } = of;
    const { kind, reason, dueOn } = of.typed;
    const outcomeId = await this.store.insertOutcome(tx, {
      ...{ scopeId, societyId, caseId, lap, kind, reason, dueOn, findingId, settledAt: at },
    });
    if (kind === 'IN_ORDER') return;
    const rule =
      dueOn === null
        ? ({ unit: 'working-days', count: REVOKE_WORKING_DAYS, from: at } as const)
        : ({ unit: 'natural-days', count: daysUntil(dayOf(at), dueOn), from: at } as const);
    await this.duties.open(tx, {
      ...{ societyId, subjectKind: RECTIFICATION, subjectId: outcomeId, threadId: caseId },
      kind: kind === 'RECTIFY' ? 'RECTIFY' : 'REVOKE_GRANT',
      ownerRole: 'secretary',
      rule,
    });
  }
}

type Finder = { readonly personId: string; readonly asRole: FinderRole };

function finderOf({ personId, roles }: Actor): Finder {
  const asRole = finderRoleOf(roles);
  if (personId === null || asRole === null) throw new NotAReviewer();
  return { personId, asRole };
}

function refuse({ isWaiting, findings }: ReviewFile, needed: 1 | 2, finder: Finder): void {
  if (!isWaiting) throw new NothingToReview();
  const refusal = refusalOf(findings, needed, finder);
  if (refusal === 'TWICE') throw new ReviewedAlready();
  if (refusal === 'ONLY_SPLITS') throw new OnlySplitReviews();
}

function trailWords(of: {
  readonly kind: FindingKind;
  readonly reason: FindingReason;
  readonly seq: number;
  readonly needed: number;
  readonly counts: boolean;
}): string {
  const said = `总会审核：${FINDING_WORDS[of.kind]}（${FINDING_REASONS[of.reason].words}）`;
  if (of.needed === 1) return said;
  return `${said}，第 ${of.seq} 人${of.counts ? '，定了' : '，还要别人审'}`;
}
