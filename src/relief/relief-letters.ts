import { Injectable } from '@nestjs/common';
import { Commands } from '../audit/index.js';
import type { Actor } from '../kernel/actor.js';
import { Clock } from '../kernel/clock.js';
import { Ids } from '../kernel/ids.js';
import { instantOf, Reads } from '../platform/database/reads.js';
import type { Tx } from '../platform/database/transactions.js';
import { PaperPrinter } from '../platform/pdf/printer.js';
import { RELIEF_LETTER_WORDS } from './domain/relief-letters.js';
import type { ReliefLetter, ReliefLetterKind } from './domain/relief-letters.js';
import { ReliefNotFound } from './domain/relief.errors.js';
import { ReliefLetterRow } from './relief-parts.entity.js';
import type { ReliefRow } from './relief.entity.js';
import type { ReliefFacts } from './relief.queries.js';
import { ReliefSeals } from './relief.seals.js';

export type LetterFact = {
  readonly id: string;
  readonly kind: ReliefLetterKind;
  readonly madeAt: Date;
};

/** The private letters of a case: frozen in the unit of work that causes them, printed whenever they are needed. */
@Injectable()
export class ReliefLetters {
  constructor(
    private readonly reads: Reads,
    private readonly seals: ReliefSeals,
    private readonly printer: PaperPrinter,
    private readonly commands: Commands,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /** A step of the unit of work that decides. */
  async write(
    tx: Tx,
    { id: reliefId }: Pick<ReliefRow, 'id'>,
    letter: ReliefLetter,
    madeBy: string | null,
  ): Promise<void> {
    const id = this.ids.next();
    const contentSealed = this.seals.sealLetter(id, letter);
    const row = { id, reliefId, kind: letter.kind, contentSealed, madeAt: this.clock.now(), madeBy };
    await tx.insert(ReliefLetterRow, row);
  }

  async of(reliefId: string): Promise<LetterFact[]> {
    const rows = await this.reads.all<{ id: string; kind: ReliefLetterKind; madeAt: Date | string }>`
      SELECT id AS "id", kind AS "kind", made_at AS "madeAt" FROM relief_letters
      WHERE relief_id = ${reliefId} ORDER BY id`;
    return rows.map((row) => ({ ...row, madeAt: instantOf(row.madeAt) }));
  }

  /** The same bytes each time. It holds a full name: each look is an act of its own in the trail. */
  async print(actor: Actor, { id: reliefId }: Pick<ReliefFacts, 'id'>, letterId: string): Promise<Buffer> {
    const row = await this.reads.one<{ sealed: string; madeAt: Date | string }>`
      SELECT content_sealed AS "sealed", made_at AS "madeAt" FROM relief_letters
      WHERE id = ${letterId} AND relief_id = ${reliefId}`;
    if (!row) throw new ReliefNotFound();
    const letter = this.seals.openLetter(letterId, row.sealed);
    const words = `看${RELIEF_LETTER_WORDS[letter.kind]}`;
    await this.commands.recordRead(actor, 'letter', letterId, { threadId: reliefId, words });
    const facts = { title: letter.title.join(''), author: letter.issuer, at: instantOf(row.madeAt) };
    const { pdf } = await this.printer.print({ template: letter.template, content: letter, facts });
    return pdf;
  }
}
