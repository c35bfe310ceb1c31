import { Injectable } from '@nestjs/common';
import { DutiesService } from '../../duties/index.js';
import type { Role } from '../../kernel/actor.js';
import { countsOf, resolutionNotice } from '../../notices/domain/resolution-notice.js';
import type { DecisionCounts, ResolutionMatter } from '../../notices/domain/resolution-notice.js';
import type { Worded } from '../../notices/index.js';
import type { Tx } from '../../platform/database/transactions.js';
import { BoardQueries } from '../board.queries.js';
import type { MotionGround } from './house-motion.js';

/** How soon what follows from an upheld objection is set in motion. */
const DECIDE_ANEW_WORKING_DAYS = 5;

export type Anew = {
  readonly societyId: string;
  readonly subjectKind: string;
  readonly subjectId: string;
  readonly threadId: string;
  readonly ownerRole: Role;
  readonly at: Date;
};

/** A question of the house that is objected to after the board has said: who looks into it, and what is owed after it. */
@Injectable()
export class MotionAgain {
  constructor(
    private readonly board: BoardQueries,
    private readonly duties: DutiesService,
  ) {}

  /** Nobody is tied to a purse; but whoever asked or voted is inside. */
  async faultOf(threadId: string, personId: string): Promise<string | null> {
    const hands = await this.board.handsIn(threadId);
    return hands.has(personId) ? '发起或者参加过表决的人，不能查对它的异议。' : null;
  }

  /** The votes by which the board said yes. */
  async countsOf(subjectKind: string, subjectId: string): Promise<DecisionCounts | null> {
    const rounds = await this.board.roundsOf(subjectKind, subjectId);
    const round = rounds.find(({ state }) => state === 'APPROVED');
    return round?.decidedAt ? countsOf({ ...round, decidedAt: round.decidedAt }) : null;
  }

  /** By the name and the charter of the day on which the board was asked. */
  wordsOf(issuer: string, counts: DecisionCounts, matter: ResolutionMatter): Worded {
    const { societyName, charter } = JSON.parse(issuer) as Pick<MotionGround, 'societyName' | 'charter'>;
    const frozen = { societyName, charter, names: [] };
    return { kind: 'RESOLUTION', words: resolutionNotice({ matter, counts, frozen }) };
  }

  async owe(tx: Tx, { at, ...about }: Anew): Promise<void> {
    const rule = { unit: 'working-days', count: DECIDE_ANEW_WORKING_DAYS, from: at } as const;
    const duty = { kind: 'DECIDE_ANEW', subjectId: about.subjectId, rule } as const;
    if (await this.duties.restart(tx, duty)) return;
    await this.duties.open(tx, { ...about, ...duty });
  }
}
