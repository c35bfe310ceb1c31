import { Injectable } from '@nestjs/common';
import type { Trail } from '../../audit/index.js';
import { DutiesService } from '../../duties/index.js';
import { Clock } from '../../kernel/clock.js';
import { dayOf } from '../../kernel/day.js';
import type { Fen } from '../../kernel/fen.js';
import { resolutionNotice } from '../../notices/domain/resolution-notice.js';
import type { DecisionCounts, ResolutionMatter } from '../../notices/domain/resolution-notice.js';
import { NoticesService } from '../../notices/index.js';
import { OfficesQueries } from '../../offices/index.js';
import { hashOf } from '../../platform/crypto/hash.js';
import type { Tx } from '../../platform/database/transactions.js';
import { SocietiesQueries } from '../../societies/index.js';
import type { Charter } from '../../societies/index.js';
import type { Director } from '../domain/electorate.js';
import { RoundsService } from '../rounds.service.js';
import type { OpenedRound } from '../rounds.service.js';

/** What a motion is opened on, read before the unit of work. */
export type MotionGround = {
  readonly societyName: string;
  readonly charter: Charter;
  readonly directors: readonly Director[];
};

export type Motion = {
  readonly societyId: string;
  /** Under which the board knows what it is asked: the subject that answers is registered under it. */
  readonly kind: string;
  readonly id: string;
  /** What is put to the vote, as the minutes print it. */
  readonly words: string;
  readonly amountFen: Fen;
  /** What is put to the vote beside its words, as a whole: the terms of a rule. */
  readonly terms?: unknown;
  readonly openedBy: string | null;
};

/** Of what the ballots are for: so that nobody can put something else in its place between vote and decision. */
export const revisionOf = ({ id, words, terms }: Pick<Motion, 'id' | 'words' | 'terms'>): string =>
  hashOf(terms === undefined ? { id, words } : { id, words, terms: hashOf(terms) });

export type Resolved = Pick<Motion, 'societyId' | 'kind' | 'id' | 'openedBy'> & {
  /** What `issuerOf` wrote when the board was asked. */
  readonly issuer: string;
  readonly counts: DecisionCounts;
  readonly matter: ResolutionMatter;
};

/** A question of the house itself to its own board, and the notice of what was resolved (domain.md 1.6). */
@Injectable()
export class HouseMotion {
  constructor(
    private readonly rounds: RoundsService,
    private readonly notices: NoticesService,
    private readonly duties: DutiesService,
    private readonly offices: OfficesQueries,
    private readonly societies: SocietiesQueries,
    private readonly clock: Clock,
  ) {}

  async groundOf(societyId: string): Promise<MotionGround> {
    const today = dayOf(this.clock.now());
    const { name: societyName } = await this.societies.society(societyId);
    const charter = await this.societies.charterOn(societyId, today);
    return { societyName, charter, directors: await this.offices.directorsOn(societyId, today) };
  }

  /** Nobody is tied to it from the first; a director who is says so in the round. */
  open(tx: Tx, trail: Trail, ground: MotionGround, motion: Motion): Promise<OpenedRound> {
    const { societyId, kind, id, words, amountFen, openedBy } = motion;
    const { societyName, charter, directors } = ground;
    return this.rounds.open(tx, trail, {
      ...{ societyId, societyName, charter, openedBy, amountFen },
      ...{ subjectKind: kind, subjectId: id, threadId: id },
      revision: revisionOf(motion),
      motion: words,
      electors: directors,
      recusals: [],
      at: this.clock.now(),
    });
  }

  /**
   * Drafts the notice of a resolution; one that waits to be signed gets the newer figures instead. `counts` are those of
   * the round, name and charter those of the day on which it was opened.
   */
  async publish(tx: Tx, { societyId, kind, id, openedBy, issuer, counts, matter }: Resolved): Promise<void> {
    const { societyName, charter } = JSON.parse(issuer) as Pick<MotionGround, 'societyName' | 'charter'>;
    const words = resolutionNotice({ matter, counts, frozen: { societyName, charter, names: [] } });
    const series = { subjectKind: kind, subjectId: id, kind: 'RESOLUTION' } as const;
    const waiting = await this.notices.draftOf(tx, series);
    if (waiting !== null) return this.notices.redraft(tx, { noticeId: waiting, kind: 'RESOLUTION', words });
    const { noticeId } = await this.notices.draft(tx, {
      ...{ societyId, subjectKind: kind, subjectId: id, threadId: id, kind: 'RESOLUTION', words },
      author: { accountId: null, personId: openedBy },
    });
    const rule = { unit: 'working-days', count: charter.postWorkingDays, from: this.clock.now() } as const;
    const about = { societyId, subjectKind: 'notice', subjectId: noticeId, threadId: id, rule } as const;
    await this.duties.open(tx, { ...about, kind: 'SIGN_NOTICE', ownerRole: 'chair' });
    await this.duties.open(tx, { ...about, kind: 'POST_NOTICE', ownerRole: 'secretary' });
  }
}

/** Name and charter as they are on the day of the question: JSON, kept with it. */
export const issuerOf = ({ societyName, charter }: MotionGround): string =>
  JSON.stringify({ societyName, charter });
