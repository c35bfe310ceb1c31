import { Injectable } from '@nestjs/common';
import type { Rule } from '../funds/index.js';
import { Sealing } from '../platform/crypto/sealing.js';
import type { Charter } from '../societies/index.js';
import type { ReliefLetter } from './domain/relief-letters.js';
import type { ReliefTie } from './domain/ties.js';

/**
 * What a panel was opened on, copied into the case, so that old decisions never change when a rule does (architecture.md 2)
 * and no step after the vote waits for a second connection.
 */
export type ReliefFrozen = {
  readonly federationName: string;
  readonly charter: Charter;
  readonly rule: Rule;
  /** With the project whose money it is: 一米阳光慈善基金 · 惠民医保. */
  readonly fundName: string;
  /** Of the applicant; for a child of the guardian (D4-32). */
  readonly printedName: string;
  /** 柳溪村三组 */
  readonly group: string;
  readonly mayPrintName: boolean;
  readonly minors: number;
  readonly applicantName: string;
  readonly guardianName: string | null;
  /** Names that must not stand in any public text of this case. */
  readonly names: readonly string[];
  /** Who of the federation is tied to the applicant, and how. */
  readonly tied: readonly ReliefTie[];
};

type Field = 'story' | 'verify_note' | 'opinion' | 'review_note' | 'return_note' | 'follow_up_note';

/** Free words and everything personal, each sealed to its own row. */
@Injectable()
export class ReliefSeals {
  constructor(private readonly sealing: Sealing) {}

  seal(field: Field, rowId: string, words: string | null): string | null {
    return words === null ? null : this.sealing.seal(words, `relief/${field}/${rowId}`);
  }

  open(field: Field, rowId: string, sealed: string | null): string | null {
    return sealed === null ? null : this.sealing.open(sealed, `relief/${field}/${rowId}`);
  }

  sealFrozen(reliefId: string, frozen: ReliefFrozen): string {
    return this.sealing.seal(JSON.stringify(frozen), `relief/frozen/${reliefId}`);
  }

  frozenOf({
    id,
    frozenSealed,
  }: {
    readonly id: string;
    readonly frozenSealed: string | null;
  }): ReliefFrozen {
    if (frozenSealed === null) throw new Error('Nothing was frozen: no panel has been opened on this case');
    return JSON.parse(this.sealing.open(frozenSealed, `relief/frozen/${id}`)) as ReliefFrozen;
  }

  sealLetter(letterId: string, letter: ReliefLetter): string {
    return this.sealing.seal(JSON.stringify(letter), `relief_letters/content/${letterId}`);
  }

  openLetter(letterId: string, sealed: string): ReliefLetter {
    return JSON.parse(this.sealing.open(sealed, `relief_letters/content/${letterId}`)) as ReliefLetter;
  }
}
