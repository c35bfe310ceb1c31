import { Choice } from '../platform/web/fields.js';
import { LIFT_REASONS, SEATS } from './domain/fast-path.js';
import type { LiftReason, Seat } from './domain/fast-path.js';

export class RestoringForm {
  @Choice(SEATS, '请选恢复谁')
  readonly seat!: Seat;

  @Choice(LIFT_REASONS, '请选为什么恢复')
  readonly reason!: LiftReason;
}
