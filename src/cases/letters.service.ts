import { Injectable } from '@nestjs/common';
import { Commands } from '../audit/index.js';
import type { Actor } from '../kernel/actor.js';
import type { Tx } from '../platform/database/transactions.js';
import { PaperPrinter } from '../platform/pdf/printer.js';
import { societyOf } from '../platform/web/caller.js';
import { CasesQueries } from './cases.queries.js';
import { LETTER_WORDS } from './domain/letters.js';
import { LettersQueries } from './letters.queries.js';
import { LettersStore } from './letters.store.js';
import type { LetterDraft } from './letters.store.js';

/** The private letters of a case: frozen in the unit of work that causes them, printed whenever they are needed. */
@Injectable()
export class LettersService {
  constructor(
    private readonly store: LettersStore,
    private readonly queries: LettersQueries,
    private readonly cases: CasesQueries,
    private readonly printer: PaperPrinter,
    private readonly commands: Commands,
  ) {}

  /** A step of the unit of work that decides. */
  async write(tx: Tx, draft: LetterDraft): Promise<{ letterId: string }> {
    return { letterId: await this.store.insert(tx, draft) };
  }

  /** The same bytes each time. It holds a full name: each look is an act of its own in the trail. */
  async print(actor: Actor, caseNumber: string, letterId: string): Promise<Buffer> {
    const row = await this.cases.byNumber(societyOf(actor), caseNumber);
    const { content, kind, madeAt } = await this.queries.letter(row.societyId, row.id, letterId);
    const words = `看${LETTER_WORDS[kind]}`;
    await this.commands.recordRead(actor, 'letter', letterId, { threadId: row.id, words });
    const facts = { title: content.title.join(''), author: content.issuer, at: madeAt };
    const { pdf } = await this.printer.print({ template: content.template, content, facts });
    return pdf;
  }
}
