import { day } from '../kernel/day.js';
import type { Day } from '../kernel/day.js';
import { Choice, DayField, OptionalText, Text, Uuid } from '../platform/web/fields.js';
import type { UploadedFiles } from '../platform/web/uploads.js';
import { SUBJECT_KINDS } from './domain/desk-filter.js';
import type { SubjectKind } from './domain/desk-filter.js';
import { FINDING_KINDS, FINDING_REASON_KEYS } from './domain/findings.js';
import type { FindingKind, FindingReason } from './domain/findings.js';
import type { GrantFindingTyped } from './findings.service.js';
import type { AnswerTyped } from './rectifications.service.js';

export class SubjectForm {
  @Choice(SUBJECT_KINDS, '请从名单里再点一次')
  readonly subjectKind!: SubjectKind;

  @Uuid('请从名单里再点一次')
  readonly subjectId!: string;
}

export class FindingForm {
  @Choice(FINDING_KINDS, '请选审核意见')
  readonly kind!: FindingKind;

  @Choice(FINDING_REASON_KEYS, '请选一条理由')
  readonly reason!: FindingReason;

  /** Of a rectification alone. */
  @DayField('整改到哪一天', { optional: true })
  readonly dueOn?: string;

  @OptionalText({ label: '说明', max: 500 })
  readonly words?: string;
}

export class AnswerForm {
  @Text({ label: '怎么整改的，或者为什么没有撤销', max: 500 })
  readonly words!: string;
}

export class SaveViewForm {
  @Text({ label: '视图的名字', max: 20 })
  readonly name!: string;

  /** The words of its address: `view=high&cause=ILLNESS`. */
  @OptionalText({ label: '视图', max: 400 })
  readonly query?: string;
}

/** The page offers a day beside each finding; it means something for a rectification alone. */
export function findingIn(caseId: string, form: FindingForm): GrantFindingTyped {
  const { kind, reason, dueOn, words } = form;
  const typedDay: Day | null = dueOn === undefined ? null : day(dueOn);
  return { caseId, kind, reason, dueOn: kind === 'RECTIFY' ? typedDay : null, words: words ?? null };
}

export const answerIn = (
  rectificationId: string,
  { words }: AnswerForm,
  uploads: UploadedFiles,
): AnswerTyped => ({ rectificationId, words, photo: uploads.one('photo') });
