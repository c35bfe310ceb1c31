import { Injectable } from '@nestjs/common';
import { dayWords } from '../../kernel/chinese/words.js';
import type { ResolutionMatter } from '../../notices/domain/resolution-notice.js';
import type { NoticeFacts, NoticeKind, Upholding, Worded } from '../../notices/index.js';
import type { Tx } from '../../platform/database/transactions.js';
import type { SubjectDescription } from '../board-subjects.js';
import { MotionAgain } from './motion-again.js';
import { RuleMotionsQueries } from './rule-motions.queries.js';
import type { RuleMotionFacts } from './rule-motions.queries.js';

/** What the charter and the rule of a fund answer alike, to the board and about their notices. */
@Injectable()
export class RuleMotionAnswers {
  constructor(
    private readonly queries: RuleMotionsQueries,
    private readonly again: MotionAgain,
  ) {}

  async wordsNow(
    societyId: string,
    motionId: string,
    noticeKind: NoticeKind,
    matterOf: (motion: RuleMotionFacts) => ResolutionMatter,
  ): Promise<Worded | null> {
    const motion = await this.queries.motion(societyId, motionId);
    const counts = await this.again.countsOf(motion.kind, motionId);
    if (noticeKind !== 'RESOLUTION' || motion.state !== 'ADOPTED' || counts === null) return null;
    return this.again.wordsOf(await this.queries.issuerOf(motionId), counts, matterOf(motion));
  }

  /** A version that was adopted stays, since cases stand on it: the board is asked for another one. */
  async upheld(
    tx: Tx,
    kind: string,
    { societyId, subjectId }: NoticeFacts,
    { at }: Upholding,
  ): Promise<void> {
    const about = { societyId, subjectKind: kind, subjectId, threadId: subjectId } as const;
    await this.again.owe(tx, { ...about, ownerRole: 'secretary', at });
  }

  async describe(
    societyId: string,
    motionId: string,
    as: (motion: RuleMotionFacts) => Pick<SubjectDescription, 'title' | 'href'>,
  ): Promise<SubjectDescription> {
    const motion = await this.queries.motion(societyId, motionId);
    const { version, validFrom, changes, why } = motion;
    return {
      ...as(motion),
      facts: [
        { label: '版本', value: `第 ${version} 版` },
        { label: '生效日', value: dayWords(validFrom) },
        ...changes.map(({ label, before, after }) => ({ label, value: `${before} → ${after}` })),
        { label: '为什么修订', value: why },
      ],
    };
  }
}
