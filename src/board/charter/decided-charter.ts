import { Injectable } from '@nestjs/common';
import type { Trail } from '../../audit/index.js';
import type { NoticeFacts, NoticeKind, NoticeSubject, Upholding, Worded } from '../../notices/index.js';
import type { Tx } from '../../platform/database/transactions.js';
import { SocietiesService } from '../../societies/index.js';
import type { CharterTerms } from '../../societies/index.js';
import type { BoardSubject, Decision, SubjectDescription } from '../board-subjects.js';
import { MotionAgain } from '../motions/motion-again.js';
import { RuleMotionAnswers } from '../motions/rule-motion-answers.js';
import { RuleMotionsService } from '../motions/rule-motions.service.js';
import { CHARTER } from './charter-motion.service.js';

/** What the board resolves about the charter, and the notice of it. */
@Injectable()
export class DecidedCharter implements BoardSubject, NoticeSubject {
  constructor(
    private readonly motions: RuleMotionsService,
    private readonly answers: RuleMotionAnswers,
    private readonly societies: SocietiesService,
    private readonly again: MotionAgain,
  ) {}

  decided(tx: Tx, decision: Decision, trail: Trail): Promise<void> {
    return this.motions.decided(tx, decision, {
      adopt: async ({ societyId, terms }, validFrom) => {
        const voted = { ...(terms as CharterTerms), validFrom };
        return (await this.societies.adoptCharter(tx, trail, societyId, voted)).charterId;
      },
      matterOf: ({ version: charterVersion }, validFrom) => ({ about: 'CHARTER', charterVersion, validFrom }),
    });
  }

  /** Nobody is tied to a charter. */
  maySign(): Promise<string | null> {
    return Promise.resolve(null);
  }

  posted(): Promise<void> {
    return Promise.resolve();
  }

  ended(): Promise<void> {
    return Promise.resolve();
  }

  mayInquire(_: string, motionId: string, personId: string): Promise<string | null> {
    return this.again.faultOf(motionId, personId);
  }

  wordsNow(
    societyId: string,
    motionId: string,
    { kind }: { readonly kind: NoticeKind },
  ): Promise<Worded | null> {
    return this.answers.wordsNow(societyId, motionId, kind, ({ version, inForceFrom, validFrom }) => ({
      ...{ about: 'CHARTER', charterVersion: version, validFrom: inForceFrom ?? validFrom },
    }));
  }

  upheld(tx: Tx, notice: NoticeFacts, by: Upholding): Promise<void> {
    return this.answers.upheld(tx, CHARTER, notice, by);
  }

  describe(societyId: string, motionId: string): Promise<SubjectDescription> {
    return this.answers.describe(societyId, motionId, () => ({ title: '修订章程', href: '/s/charter' }));
  }
}
