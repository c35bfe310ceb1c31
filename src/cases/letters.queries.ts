import { Injectable } from '@nestjs/common';
import { DataSource, MoreThan } from 'typeorm';
import { CaseLetter } from './case-letter.entity.js';
import { LetterNotFound } from './domain/letters.errors.js';
import type { LetterContent, LetterKind } from './domain/letters.js';
import { LetterSeals } from './letters.seals.js';

/** A letter without what it says. */
export type LetterLine = {
  readonly id: string;
  readonly kind: LetterKind;
  readonly contentHash: string;
  readonly madeAt: Date;
  readonly madeBy: string | null;
};
export type Letter = LetterLine & { readonly content: LetterContent };

/** Every question names the society and the case; another's letters are not found (D4-69). */
@Injectable()
export class LettersQueries {
  constructor(
    private readonly dataSource: DataSource,
    private readonly seals: LetterSeals,
  ) {}

  /** The newest first. */
  async ofCase(societyId: string, caseId: string): Promise<LetterLine[]> {
    const order = { madeAt: 'DESC', id: 'DESC' } as const;
    const rows = await this.dataSource.manager.find(CaseLetter, { where: { societyId, caseId }, order });
    return rows.map(lineOf);
  }

  async letter(societyId: string, caseId: string, letterId: string): Promise<Letter> {
    const row = await this.dataSource.manager.findOneBy(CaseLetter, { id: letterId, caseId, societyId });
    if (!row) throw new LetterNotFound();
    return this.opened(row);
  }

  /** Letters of every society, by id, a batch at a time: for the verifier, which reads them all. */
  async batch(afterId: string, limit = 200): Promise<Letter[]> {
    const where = { id: MoreThan(afterId) };
    const rows = await this.dataSource.manager.find(CaseLetter, { where, order: { id: 'ASC' }, take: limit });
    return rows.map((row) => this.opened(row));
  }

  private opened(row: CaseLetter): Letter {
    return { ...lineOf(row), content: this.seals.open(row.id, row.contentSealed) };
  }
}

function lineOf({ id, kind, contentHash, madeAt, madeBy }: CaseLetter): LetterLine {
  return { id, kind, contentHash, madeAt, madeBy };
}
