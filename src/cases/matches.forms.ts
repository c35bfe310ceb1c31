import { Choice } from '../platform/web/fields.js';
import { MATCH_REASON_KEYS } from './domain/match.js';
import type { MatchReason } from './domain/match.js';

/** What it is about the two: the reason says the disposition too. */
export class DisposeMatchForm {
  @Choice(MATCH_REASON_KEYS, '请选一条说明')
  readonly reason!: MatchReason;
}
