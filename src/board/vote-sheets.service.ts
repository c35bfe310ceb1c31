import { Injectable } from '@nestjs/common';
import { Config } from '../platform/config.js';
import { PaperPrinter } from '../platform/pdf/printer.js';
import type { Printed } from '../platform/pdf/printer.js';
import type { RoundView } from './board.queries.js';
import { voteSheetOf } from './domain/vote-sheet.js';

/** 签到表决表: the round as a paper to sign in the room. The same round gives the same bytes. */
@Injectable()
export class VoteSheets {
  constructor(
    private readonly printer: PaperPrinter,
    private readonly config: Config,
  ) {}

  async print(round: RoundView): Promise<Printed> {
    const { rule, recused, counts, societyName } = round;
    const content = voteSheetOf({
      society: societyName,
      sequence: round.sequence,
      charterArticle: round.charterArticle,
      openedAt: round.openedAt,
      deadlineAt: round.deadlineAt,
      motion: round.motion,
      amountFen: round.amountFen,
      sum: { rule, directors: round.directors.length, recused, counts },
      directors: round.directors.map(({ name, reason, choice, how }) => ({
        name,
        isRecused: reason !== null,
        hasVoted: choice !== null && how === 'OWN',
      })),
      url: `${this.config.publicUrl}/s/rounds/${round.id}`,
    });
    return this.printer.print({
      template: 'papers/vote-sheet',
      content,
      facts: { title: `${societyName}签到表决表`, author: societyName, at: round.openedAt },
    });
  }
}
