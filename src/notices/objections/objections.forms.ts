import { Choice, InstantField, Lines, Many, OptionalText } from '../../platform/web/fields.js';
import {
  EXTENSION_REASONS,
  FINDING_REASONS,
  GROUNDS,
  outcomeOf,
  STANDING_REASONS,
} from '../domain/objection.js';
import type { ExtensionReason, FindingReason, Ground, StandingReason } from '../domain/objection.js';
import { HANDING_WAYS } from '../domain/reply-handing.js';
import type { HandingWay } from '../domain/reply-handing.js';
import type { Assignment, Proposal, Verdict } from './inquiries.service.js';
import type { Said } from './objections.seals.js';
import type { Registration } from './objections.service.js';

/** What anybody may hold against a notice, with or without a name. */
export class ObjectionForm {
  @Choice(GROUNDS, '请选哪里有问题')
  readonly ground!: Ground;

  @Lines({ label: '具体情况', min: 2, max: 1000 })
  readonly words!: string;

  @OptionalText({ label: '姓名', max: 30 })
  readonly name?: string;

  @OptionalText({ label: '电话', max: 30 })
  readonly phone?: string;
}

/** The same as somebody of the office writes it down; a photo of the letter comes as a file beside it. */
export class ObjectionRegistrationForm extends ObjectionForm {
  @Choice(['PHONE', 'PAPER'], '请选怎么提出来的')
  readonly how!: 'PHONE' | 'PAPER';

  @InstantField('收到的时间')
  readonly receivedAt!: Date;
}

export class ObjectionAssignmentForm {
  @Many('查的人', { uuids: true })
  readonly inquirers!: string[];

  @Many('一起查的异议', { uuids: true })
  readonly together!: string[];
}

export class ObjectionReassignmentForm {
  @Many('查的人', { uuids: true })
  readonly inquirers!: string[];
}

export class ObjectionExtensionForm {
  @Choice(EXTENSION_REASONS, '请选为什么要延长')
  readonly reason!: ExtensionReason;
}

/** When and how the written answer came to whoever had objected. */
export class ReplyHandingForm {
  @Choice(HANDING_WAYS, '请选怎么交的')
  readonly how!: HandingWay;

  @InstantField('交到的时间')
  readonly handedAt!: Date;
}

export class ObjectionStandingForm {
  @Choice(STANDING_REASONS, '请选为什么维持原样')
  readonly reason!: StandingReason;
}

export class ObjectionFindingForm {
  /** The outcome goes with it: each reason belongs to one. */
  @Choice(FINDING_REASONS, '请选查明的情况')
  readonly reason!: FindingReason;

  @Lines({ label: '怎么查的、查到什么', min: 4, max: 2000 })
  readonly note!: string;
}

export class ObjectionVerdictForm {
  @Choice(['yes', 'no'], '请选同意还是退回')
  readonly agrees!: 'yes' | 'no';

  @OptionalText({ label: '为什么退回', max: 500 })
  readonly words?: string;
}

export function saidIn({ words, name, phone }: ObjectionForm): Said {
  const given = (text: string | undefined): string | null => {
    const tidy = text?.trim() ?? '';
    return tidy === '' ? null : tidy;
  };
  return { words, name: given(name), phone: given(phone) };
}

export function registrationOf(
  noticeId: string,
  form: ObjectionRegistrationForm,
  letter: Buffer | null,
): Registration {
  const { how, receivedAt, ground } = form;
  return { noticeId, how, receivedAt, ground, said: saidIn(form), letter };
}

export function assignmentOf(objectionId: string, form: ObjectionAssignmentForm): Assignment {
  return { objectionId, inquirers: form.inquirers, together: form.together };
}

export function proposalOf(objectionId: string, { reason, note }: ObjectionFindingForm): Proposal {
  return { objectionId, outcome: outcomeOf(reason), reason, note };
}

export function verdictOf(objectionId: string, { agrees, words }: ObjectionVerdictForm): Verdict {
  return { objectionId, agrees: agrees === 'yes', words: agrees === 'yes' ? null : (words ?? '') };
}
