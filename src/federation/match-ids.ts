import { Injectable } from '@nestjs/common';
import { MatchNotFound } from '../cases/domain/match.js';
import type { Actor } from '../kernel/actor.js';
import { Reads } from '../platform/database/reads.js';
import { DeskGround } from './desk-ground.js';

/** Which pairs of the federation a case is one of, whichever of the two it is. */
@Injectable()
export class MatchIds {
  constructor(
    private readonly reads: Reads,
    private readonly ground: DeskGround,
  ) {}

  async of(scopeId: string, caseId: string): Promise<string[]> {
    const rows = await this.reads.all<{ id: string }>`
      SELECT id AS "id" FROM case_matches
      WHERE scope_id = ${scopeId} AND (case_id = ${caseId} OR other_case_id = ${caseId}) ORDER BY id DESC LIMIT 20`;
    return rows.map(({ id }) => id);
  }

  /** A match is disposed of at the desk on the page of one of its two cases. */
  async refuseOther(actor: Actor, caseId: string, matchId: string): Promise<void> {
    const ids = await this.of(await this.ground.federationOf(actor), caseId);
    if (!ids.includes(matchId)) throw new MatchNotFound();
  }
}
