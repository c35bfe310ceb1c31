import { Injectable } from '@nestjs/common';
import type { CaseSidelight, SidelightSource } from '../cases/index.js';
import { dayShort, instantShort } from '../kernel/chinese/words.js';
import type { Actor } from '../kernel/actor.js';
import { tag } from '../platform/web/views.js';
import type { TagView } from '../platform/web/views.js';
import { FINDING_REASONS, FINDING_WORDS } from './domain/findings.js';
import { ReviewQueries } from './review.queries.js';
import type { OutcomeFact } from './review.queries.js';
import { mayReadRectification } from './rectification-rights.js';

/** What a society reads on its own case of what the federation found: the finding and its reason, no reviewer. */
@Injectable()
export class GrantSidelight implements SidelightSource {
  constructor(private readonly queries: ReviewQueries) {}

  async of({ roles }: Actor, caseId: string): Promise<readonly CaseSidelight[]> {
    const outcomes = await this.queries.outcomes(caseId);
    return outcomes.map((outcome) => ({
      title: '总会审核',
      state: stateOf(outcome),
      lines: linesOf(outcome),
      link:
        outcome.kind !== 'IN_ORDER' && mayReadRectification(roles)
          ? { words: '看总会意见', href: `/s/rectifications/${outcome.id}` }
          : null,
    }));
  }
}

function stateOf({ kind, answeredAt }: OutcomeFact): TagView {
  if (kind === 'IN_ORDER') return tag('green', FINDING_WORDS[kind]);
  if (answeredAt !== null) return tag('blue', `${FINDING_WORDS[kind]}，已答复，等复核`);
  return tag(kind === 'REVOKE' ? 'red' : 'yellow', FINDING_WORDS[kind]);
}

function linesOf({ reason, dueOn, settledAt, answeredAt }: OutcomeFact): string[] {
  return [
    `${FINDING_REASONS[reason].words}（${instantShort(settledAt)}）`,
    ...(dueOn === null ? [] : [`${dayShort(dueOn)}前整改`]),
    ...(answeredAt === null ? [] : [`${instantShort(answeredAt)} 答复`]),
  ];
}
