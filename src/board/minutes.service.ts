import { Injectable } from '@nestjs/common';
import { Commands } from '../audit/index.js';
import type { Actor } from '../kernel/actor.js';
import { Sealing } from '../platform/crypto/sealing.js';
import { PaperPrinter } from '../platform/pdf/printer.js';
import { societyOf } from '../platform/web/caller.js';
import { BoardQueries } from './board.queries.js';
import { whyContext } from './board.store.js';
import { minutesContext } from './decisions.js';
import { RoundStillOpen } from './domain/board.errors.js';
import type { MinutesContent } from './domain/minutes.js';

export type PrintedMinutes = { readonly pdf: Buffer; readonly contentHash: string; readonly pages: number };

/** Why a director said no, opened for whoever may read it. */
export type OpenReason = { readonly name: string; readonly why: string; readonly at: Date };

/** What of a round is sealed, for those who may read it: the minutes as paper, and the words beside a no. */
@Injectable()
export class MinutesService {
  constructor(
    private readonly queries: BoardQueries,
    private readonly sealing: Sealing,
    private readonly printer: PaperPrinter,
    private readonly commands: Commands,
  ) {}

  /**
   * The minutes of a round that has ended, printed from what was frozen: the same bytes each time. A private paper with
   * the names on it, so that each look is an act of its own in the trail.
   */
  async print(actor: Actor, roundId: string): Promise<PrintedMinutes> {
    const round = await this.queries.round(societyOf(actor), roundId);
    const frozen = await this.queries.minutes(roundId);
    if (!frozen) throw new RoundStillOpen();
    await this.commands.recordRead(actor, 'minutes', roundId, {
      threadId: round.threadId,
      words: '看会议记录',
    });

    const context = minutesContext(frozen.minutesId);
    const content = JSON.parse(this.sealing.open(frozen.contentSealed, context)) as MinutesContent;
    const { pdf, contentHash, pages } = await this.printer.print({
      template: 'papers/minutes',
      content,
      facts: { title: `${content.society}理事会会议记录`, author: content.society, at: frozen.frozenAt },
    });
    return { pdf, contentHash, pages };
  }

  /** Not in the minutes: a director wrote them for the office and the supervisor alone. */
  async reasons(actor: Actor, roundId: string): Promise<OpenReason[]> {
    const round = await this.queries.round(societyOf(actor), roundId);
    const sealed = await this.queries.reasonsIn(roundId);
    if (sealed.length === 0) return [];
    const mark = { threadId: round.threadId, words: '看不同意的理由' };
    await this.commands.recordRead(actor, 'ballot-reasons', roundId, mark);
    return sealed.map(({ stanceId, name, sealed: text, at }) => ({
      name,
      why: this.sealing.open(text, whyContext(stanceId)),
      at,
    }));
  }
}
