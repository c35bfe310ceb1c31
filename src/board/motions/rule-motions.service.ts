import { Injectable } from '@nestjs/common';
import type { Trail } from '../../audit/index.js';
import { DutiesService } from '../../duties/index.js';
import { dayWords } from '../../kernel/chinese/words.js';
import { Clock } from '../../kernel/clock.js';
import { dayOf } from '../../kernel/day.js';
import type { Day } from '../../kernel/day.js';
import { fen } from '../../kernel/fen.js';
import { Ids } from '../../kernel/ids.js';
import { countsOf } from '../../notices/domain/resolution-notice.js';
import type { ResolutionMatter } from '../../notices/domain/resolution-notice.js';
import type { Tx } from '../../platform/database/transactions.js';
import type { Decision } from '../board-subjects.js';
import { BoardStore } from '../board.store.js';
import { NothingChanges, RuleMotionAltered, RuleTooSoon } from '../domain/rule-motion.errors.js';
import { changeWords, earliestFrom, inForceFrom } from '../domain/rule-motion.js';
import type { RuleChange } from '../domain/rule-motion.js';
import { HouseMotion, issuerOf, revisionOf } from './house-motion.js';
import type { MotionGround } from './house-motion.js';
import { RuleMotionsStore } from './rule-motions.store.js';
import type { RuleMotionRow } from './rule-motions.store.js';

export type RuleAsked = {
  readonly societyId: string;
  readonly kind: string;
  readonly targetId: string;
  readonly targetName: string;
  readonly version: number;
  readonly validFrom: Day;
  readonly terms: object;
  readonly changes: readonly RuleChange[];
  readonly why: string;
  readonly openedBy: string | null;
};
export type RuleAsking = { readonly motionId: string; readonly roundId: string };

/** What whoever keeps the rule does once the board has agreed. */
export type Adopting = {
  /** Writes the version, and says which row it is. */
  readonly adopt: (motion: RuleMotionRow, from: Day) => Promise<string>;
  /** What its notice says. */
  readonly matterOf: (motion: RuleMotionRow, from: Day) => ResolutionMatter;
};

/**
 * A new version of a rule of the house, from the question to the notice: the board is asked, and only where it agrees the
 * version is written (domain.md 1.6: charter and rule version are decisions, each with one RESOLUTION notice).
 */
@Injectable()
export class RuleMotionsService {
  constructor(
    private readonly store: RuleMotionsStore,
    private readonly motion: HouseMotion,
    private readonly board: BoardStore,
    private readonly duties: DutiesService,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /** A step of the unit of whoever keeps the rule. The round is held by `rules`, where they are not those of every day. */
  async ask(
    tx: Tx,
    trail: Trail,
    ground: MotionGround,
    asked: RuleAsked,
    rules: MotionGround['charter'] = ground.charter,
  ): Promise<RuleAsking> {
    const { societyId, kind, targetId, version, validFrom, changes, openedBy } = asked;
    const at = this.clock.now();
    const earliest = earliestFrom(at, rules.voteHours);
    if (changes.length === 0) throw new NothingChanges();
    if (validFrom < earliest) throw new RuleTooSoon(validFrom, earliest);
    const id = this.ids.next();
    await this.store.insert(tx, {
      ...asked,
      ...{ id, issuer: issuerOf(ground), state: 'VOTING', adoptedId: null, inForceFrom: null },
      ...{ openedAt: at, endedAt: null, openKey: `${kind}:${targetId}` },
    });
    const words = motionWords(asked);
    const put = { societyId, kind, id, words, amountFen: fen(0), terms: asked.terms, openedBy };
    const { roundId } = await this.motion.open(tx, trail, { ...ground, charter: rules }, put);
    const after = { kind, targetId, version, validFrom, changes };
    trail.on('rule-motion', id, { threadId: id, after, words: `请理事表决：${words}` });
    return { motionId: id, roundId };
  }

  /** A step of the board's own unit: the version and its notice are there with the decision, or nothing has changed. */
  async decided(
    tx: Tx,
    { societyId, subjectId, outcome, decidedAt: at, ...decision }: Decision,
    { adopt, matterOf }: Adopting,
  ): Promise<void> {
    const motion = await this.store.get(tx, societyId, subjectId);
    if (outcome === 'approved' || outcome === 'rejected') await this.decidedAnew(tx, motion, at);
    if (outcome !== 'approved') {
      const state = outcome === 'rejected' ? 'REJECTED' : 'LAPSED';
      return this.store.end(tx, motion.id, { state, adopted: null, at });
    }
    await this.refuseAltered(tx, motion, decision.roundId);
    const from = inForceFrom(motion.validFrom, dayOf(at));
    const adopted = { id: await adopt(motion, from), inForceFrom: from };
    await this.store.end(tx, motion.id, { state: 'ADOPTED', adopted, at });
    const { id, kind, openedBy, issuer } = motion;
    const counts = countsOf({ ...decision, decidedAt: at });
    await this.motion.publish(tx, {
      ...{ societyId, kind, id, openedBy, issuer, counts },
      matter: matterOf(motion, from),
    });
  }

  /** Only what the ballots were for is adopted. */
  private async refuseAltered(tx: Tx, motion: RuleMotionRow, roundId: string): Promise<void> {
    const { revision } = await this.board.get(tx, motion.societyId, roundId);
    if (revision !== revisionOf({ ...motion, words: motionWords(motion) })) throw new RuleMotionAltered();
  }

  /** What an upheld objection asked for: the board has spoken on the same rule again, whatever it said. */
  private async decidedAnew(tx: Tx, motion: RuleMotionRow, at: Date): Promise<void> {
    for (const subjectId of await this.store.adoptedBefore(tx, motion))
      await this.duties.settle(tx, { kind: 'DECIDE_ANEW', subjectId, at, byPersonId: motion.openedBy });
  }
}

/** 章程第2版，自2026年4月1日起施行；修订：… */
function motionWords({
  targetName,
  version,
  validFrom,
  changes,
}: Pick<RuleAsked, 'targetName' | 'version' | 'validFrom' | 'changes'>): string {
  const listed = changes.map(changeWords).join('；');
  return `通过${targetName}第${version}版，自${dayWords(validFrom)}起施行。修订内容：${listed}`;
}
