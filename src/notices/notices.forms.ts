import { day } from '../kernel/day.js';
import { Choice, DayField, InstantField, Text } from '../platform/web/fields.js';
import { DISCARD_REASONS } from './domain/discard.js';
import type { DiscardReason } from './domain/discard.js';
import type { Posting } from './notices.service.js';

export class SignatureForm {
  @DayField('计划张贴日')
  readonly plannedPostingOn!: string;
}

/** Where and when the paper was hung; the photo comes as a file beside it. */
export class PostingForm {
  @Text({ label: '张贴地点', min: 2, max: 80 })
  readonly place!: string;

  @InstantField('张贴时间')
  readonly postedAt!: Date;
}

export class DiscardForm {
  @Choice(DISCARD_REASONS, '请选为什么收回')
  readonly reason!: DiscardReason;
}

/** What stands on the paper, typed by whoever doubts it. */
export class VerifyForm {
  @Text({ label: '文号', max: 60 })
  readonly number!: string;

  @Text({ label: '校验码', max: 20 })
  readonly code!: string;
}

export const postingDayOf = (form: SignatureForm) => day(form.plannedPostingOn);

export function postingOf(noticeId: string, form: PostingForm, photo: Buffer | null): Posting {
  return { noticeId, place: form.place, postedAt: form.postedAt, photo };
}
