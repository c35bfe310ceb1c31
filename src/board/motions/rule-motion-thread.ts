import { Injectable } from '@nestjs/common';
import type { Duty, DutyCard, DutyKind, DutyThread } from '../../duties/index.js';
import { dayWords } from '../../kernel/chinese/words.js';
import type { Actor, Role } from '../../kernel/actor.js';
import { NoticesQueries } from '../../notices/index.js';
import { societyOf } from '../../platform/web/caller.js';
import { BoardSubjects } from '../board-subjects.js';
import { RuleMotionsQueries } from './rule-motions.queries.js';

const OFFICE: readonly Role[] = ['secretary', 'clerk'];
const SIGNERS: readonly Role[] = ['chair', 'deputy'];

/** Who does what is owed, and whom the others wait for. */
const DOERS: Readonly<Partial<Record<DutyKind, readonly [doers: readonly Role[], waiting: string]>>> = {
  CLOSE_ROUND: [[...OFFICE, ...SIGNERS, 'director'], '等理事表决'],
  SIGN_NOTICE: [SIGNERS, '等理事长或副理事长签公示'],
  POST_NOTICE: [OFFICE, '等秘书长张贴公示'],
  POSTING_PHOTO: [OFFICE, '等秘书长补张贴照片'],
  END_NOTICE: [OFFICE, '等公示到期'],
  DECIDE_ANEW: [['secretary', 'chair'], '等秘书长或理事长重新提请表决'],
};
const WATCHERS: readonly Role[] = ['secretary', 'chair', 'supervisor'];

/** What a home page says of a duty about a new version of a rule. */
@Injectable()
export class RuleMotionThread implements DutyThread {
  constructor(
    private readonly queries: RuleMotionsQueries,
    private readonly subjects: BoardSubjects,
    private readonly notices: NoticesQueries,
  ) {}

  async cardOf(actor: Actor, duty: Duty): Promise<DutyCard | null> {
    const known = DOERS[duty.kind];
    if (duty.threadId === null || !known) return null;
    const [doers, waiting] = known;
    const acts = actor.roles.some((role) => doers.includes(role));
    if (!acts && !actor.roles.some((role) => WATCHERS.includes(role))) return null;
    const societyId = societyOf(actor);
    const motion = await this.queries.find(societyId, duty.threadId);
    if (!motion || (duty.kind === 'POST_NOTICE' && !(await this.isSigned(societyId, duty)))) return null;
    const { title, href } = await this.subjects.of(motion.kind).describe(societyId, motion.id);
    const from = dayWords(motion.inForceFrom ?? motion.validFrom);
    const lines = [`第 ${motion.version} 版，${from}起施行`];
    return { title, href, lines, actHref: acts ? (hrefOf(duty) ?? href) : null, waiting };
  }

  /** What nobody has signed yet, nobody can post. */
  private async isSigned(societyId: string, { subjectId }: Duty): Promise<boolean> {
    return (await this.notices.notice(societyId, subjectId)).state === 'SIGNED';
  }
}

function hrefOf({ kind, subjectKind, subjectId }: Duty): string | null {
  if (kind === 'CLOSE_ROUND') return `/s/rounds/${subjectId}`;
  return subjectKind === 'notice' ? `/s/notices/${subjectId}` : null;
}
