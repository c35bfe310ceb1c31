import { USES } from '../../notices/index.js';
import type { Use } from '../../notices/index.js';
import { Choice, OptionalText, OptionalUuid, Uuid } from '../../platform/web/fields.js';
import type { AnswerTyped, ChangeTyped } from './change-of-use.service.js';
import { ANSWERS, CHANGE_REASONS } from '../domain/change-of-use.js';
import type { ChangeReason, Said } from '../domain/change-of-use.js';
import { INTENTS } from '../domain/gift.js';
import type { Intent } from '../domain/gift.js';

export class ChangeOfUseForm {
  @Uuid('请选改哪一笔资金的用途')
  readonly purseId!: string;

  @Choice(INTENTS, '请选改用到哪里')
  readonly into!: Intent;

  @OptionalUuid('请选基金或者项目')
  readonly intoPurseId?: string;

  @OptionalText({ label: '改用于哪种用途', max: 40 })
  readonly intoPurpose?: string;

  @Choice(CHANGE_REASONS, '请选为什么要改')
  readonly reason!: ChangeReason;

  @Choice(USES, '请选公示里怎么写原来的用途')
  readonly useBefore!: Use;

  @Choice(USES, '请选公示里怎么写改后的用途')
  readonly useAfter!: Use;

  @OptionalText({ label: '重新备案的方案编号', max: 60 })
  readonly planNumber?: string;
}

/** What a giver said; the photo of his paper comes beside it. */
export class UseAnswerForm {
  @Uuid('请选是哪位捐赠人的答复')
  readonly giverId!: string;

  @Choice(ANSWERS, '请选他怎么答复的')
  readonly answer!: Said;
}

export class UseLinkForm {
  @Uuid('请选给哪位捐赠人做链接')
  readonly giverId!: string;
}

/** What the giver himself presses. */
export class OwnUseAnswerForm {
  @Choice(ANSWERS, '请选一个答复')
  readonly answer!: Said;
}

export function changeTyped({
  purseId,
  into,
  intoPurseId,
  intoPurpose,
  reason,
  useBefore,
  useAfter,
  planNumber,
}: ChangeOfUseForm): ChangeTyped {
  return {
    ...{ purseId, into, reason, useBefore, useAfter },
    intoPurseId: intoPurseId ?? null,
    intoPurpose: intoPurpose ?? null,
    planNumber: planNumber?.trim() ?? null,
  };
}

export function answerTyped(
  changeId: string,
  { giverId, answer }: UseAnswerForm,
  paper: Buffer | null,
): AnswerTyped {
  return { changeId, giverId, answer, paper };
}
