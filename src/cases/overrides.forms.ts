import { Choice, OptionalChoice, OptionalText, Text, Uuid } from '../platform/web/fields.js';
import { InvalidInput } from '../platform/web/forms.js';
import { CAUSES } from '../kernel/causes.js';
import type { Cause } from '../kernel/causes.js';
import { OVERRIDE_KINDS, OVERRIDE_REASONS } from './domain/override.js';
import type { OverrideKind, OverrideReason } from './domain/override.js';
import type { OverrideDecided, OverrideTyped } from './overrides.service.js';

export class AskOverrideForm {
  @Choice(OVERRIDE_KINDS, '请从案件页或登记页再点一次')
  readonly kind!: OverrideKind;

  @Uuid('请从案件页或登记页再点一次')
  readonly personId!: string;

  @OptionalChoice(CAUSES, '请选原因')
  readonly cause?: Cause;

  @Text({ label: '为什么要再救助一次', max: 500 })
  readonly note!: string;
}

export class DecideOverrideForm {
  @Choice(OVERRIDE_REASONS, '请选批不批准')
  readonly reason!: OverrideReason;

  @OptionalText({ label: '说明', max: 500 })
  readonly words?: string;
}

export function overrideIn({ kind, personId, cause, note }: AskOverrideForm): OverrideTyped {
  if (kind === 'PAPERS_OVERDUE') return { kind, personId, cause: null, note };
  if (!cause) throw new InvalidInput({ cause: '请选原因' });
  return { kind, personId, cause, note };
}

export function decisionIn(overrideId: string, { reason, words }: DecideOverrideForm): OverrideDecided {
  return { overrideId, reason, words: words ?? null };
}
