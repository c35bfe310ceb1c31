import { Injectable } from '@nestjs/common';
import type { Actor } from '../../kernel/actor.js';
import type { Tx } from '../../platform/database/transactions.js';
import { CorrectionsService } from '../corrections/corrections.service.js';
import type { Correction } from '../corrections/corrections.service.js';
import { NameNotToQuote, NotToCorrect } from '../domain/correction.errors.js';
import type { Outcome } from '../domain/objection.js';
import { NoticeTakesNoObjection, OutcomeUnfit } from '../domain/objection.errors.js';
import { NoticeSubjects } from '../notice-subjects.js';
import { NoticesQueries } from '../notices.queries.js';
import type { NoticeLine } from '../notices.queries.js';
import { NoticesService } from '../notices.service.js';
import { ObjectionsStore } from './objections.store.js';

/** What follows for the notice, worked out before the unit of work. */
export type Upheld = {
  readonly redecides: boolean;
  readonly correction: Correction;
  /** Another notice that says it right already: a correction signed meanwhile, or the one in the place of this one. */
  readonly saidBy: string | null;
};

export type Published = {
  readonly correctionId: string;
  /** Now, and not by an earlier one: the subject was told in this unit. */
  readonly decidesAnew: boolean;
};

/** What follows for the notice when an objection to it is upheld: always a correction, and sometimes a new decision. */
@Injectable()
export class UpheldNotice {
  constructor(
    private readonly store: ObjectionsStore,
    private readonly notices: NoticesService,
    private readonly queries: NoticesQueries,
    private readonly corrections: CorrectionsService,
    private readonly subjects: NoticeSubjects,
  ) {}

  /**
   * What the registers say today against what was signed. A slip of the pen is mended in the register first: what nobody
   * has mended cannot be corrected, and no free text reaches a notice. What was taken down is not quoted: the notice in
   * its place is corrected, or says it right already.
   */
  async prepare(notice: NoticeLine, outcome: Outcome, since: Date): Promise<Upheld> {
    const standing = await this.standing(notice);
    if (outcome === 'UPHELD_REDECIDE')
      return { redecides: true, correction: await this.corrections.redecision(standing), saidBy: null };
    const correction = await this.corrections.textsToCorrect(standing).catch(unfit);
    if (!correction.isWorded) throw new OutcomeUnfit('no-words');
    if (correction.changes.length > 0) return { redecides: false, correction, saidBy: null };
    const isAnother = standing.id !== notice.id;
    const saidBy = isAnother ? standing.id : await this.corrections.correctedSince(notice, since);
    if (saidBy === null) throw new OutcomeUnfit('nothing-changed');
    return { redecides: false, correction, saidBy };
  }

  /**
   * A step of the unit that decides. Whoever confirmed is its author, and so does not sign it. Where the matter is decided
   * anew already, one correction has said so, and is not said twice.
   */
  async publish(tx: Tx, notice: NoticeLine, upheld: Upheld, by: Actor, at: Date): Promise<Published> {
    const { redecides, correction, saidBy } = upheld;
    if (saidBy !== null) return { correctionId: saidBy, decidesAnew: false };
    const known = redecides ? await this.store.redecidedBy(tx, notice.id) : null;
    if (known !== null) return { correctionId: known, decidesAnew: false };
    const author = { accountId: by.accountId, personId: by.personId };
    const { noticeId } = await this.corrections.draft(tx, correction, { cause: 'OBJECTION', author });
    if (redecides) {
      if (correction.notice.id !== notice.id) await this.corrections.mark(tx, noticeId, notice.id);
      const facts = await this.notices.factsNow(tx, notice, at);
      await this.subjects.of(notice.subjectKind).upheld?.(tx, facts, { at, byPersonId: by.personId });
    }
    return { correctionId: noticeId, decidesAnew: redecides };
  }

  /** The notice itself; where it was taken down, the signed one in its place. */
  private async standing(notice: NoticeLine): Promise<NoticeLine> {
    if (notice.state !== 'SUSPENDED') return notice;
    const later = (await this.queries.relationsOf(notice.id)).find(
      ({ isLater, relation }) => isLater && relation === 'REISSUES',
    );
    return later ? this.standing(await this.queries.notice(notice.societyId, later.noticeId)) : notice;
  }
}

/** Why it cannot be corrected, said to whoever decides the objection. */
function unfit(error: unknown): never {
  if (error instanceof NameNotToQuote) throw new OutcomeUnfit('name-withdrawn');
  if (!(error instanceof NotToCorrect)) throw error;
  if (error.why === 'draft') throw new NoticeTakesNoObjection();
  throw new OutcomeUnfit(error.why);
}
