import { Injectable } from '@nestjs/common';
import { Ids } from '../kernel/ids.js';
import { hashOf } from '../platform/crypto/hash.js';
import type { Tx } from '../platform/database/transactions.js';
import { CaseLetter } from './case-letter.entity.js';
import type { LetterContent } from './domain/letters.js';
import { LetterSeals } from './letters.seals.js';

export type LetterDraft = {
  readonly societyId: string;
  readonly caseId: string;
  readonly content: LetterContent;
  /** The moment of the letter: the paper carries it, whenever it is printed. */
  readonly at: Date;
  /** Who wrote it; null where a vote did. */
  readonly madeBy: string | null;
};

@Injectable()
export class LettersStore {
  constructor(
    private readonly ids: Ids,
    private readonly seals: LetterSeals,
  ) {}

  async insert(tx: Tx, { societyId, caseId, content, at, madeBy }: LetterDraft): Promise<string> {
    const id = this.ids.next();
    await tx.insert(CaseLetter, {
      ...{ id, caseId, societyId, madeBy },
      kind: content.kind,
      contentSealed: this.seals.seal(id, content),
      contentHash: hashOf(content),
      madeAt: at,
    });
    return id;
  }
}
