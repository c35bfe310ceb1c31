import { Injectable } from '@nestjs/common';
import { Sealing } from '../platform/crypto/sealing.js';
import type { LetterContent } from './domain/letters.js';

/** A letter is sealed whole, each to its own row. */
@Injectable()
export class LetterSeals {
  constructor(private readonly sealing: Sealing) {}

  seal(letterId: string, content: LetterContent): string {
    return this.sealing.seal(JSON.stringify(content), placeOf(letterId));
  }

  open(letterId: string, sealed: string): LetterContent {
    return JSON.parse(this.sealing.open(sealed, placeOf(letterId))) as LetterContent;
  }
}

const placeOf = (letterId: string): string => `case_letters/content/${letterId}`;
