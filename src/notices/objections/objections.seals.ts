import { Injectable } from '@nestjs/common';
import { codeFrom } from '../../kernel/ids.js';
import { Sealing } from '../../platform/crypto/sealing.js';
import { lineOf } from '../domain/print-code.js';
import type { ObjectionLetterContent } from '../domain/objection-letters.js';

export type Said = {
  readonly words: string;
  /** Null without a name. */
  readonly name: string | null;
  readonly phone: string | null;
};

export type SealedSaid = {
  readonly wordsSealed: string;
  readonly nameSealed: string | null;
  readonly phoneSealed: string | null;
};

/** What was said and by whom, what was found, and the letters: each sealed to its own row. */
@Injectable()
export class ObjectionSeals {
  constructor(private readonly sealing: Sealing) {}

  sealSaid(objectionId: string, { words, name, phone }: Said): SealedSaid {
    const seal = (field: string, plain: string) => this.sealing.seal(plain, placeOf(field, objectionId));
    return {
      wordsSealed: seal('words', words),
      nameSealed: name === null ? null : seal('name', name),
      phoneSealed: phone === null ? null : seal('phone', phone),
    };
  }

  openSaid(objectionId: string, { wordsSealed, nameSealed, phoneSealed }: SealedSaid): Said {
    const open = (field: string, sealed: string) => this.sealing.open(sealed, placeOf(field, objectionId));
    return {
      words: open('words', wordsSealed),
      name: nameSealed === null ? null : open('name', nameSealed),
      phone: phoneSealed === null ? null : open('phone', phoneSealed),
    };
  }

  sealFinding(findingId: string, field: 'note' | 'refusal', words: string): string {
    return this.sealing.seal(words, `objection_findings/${field}/${findingId}`);
  }

  openFinding(findingId: string, field: 'note' | 'refusal', sealed: string): string {
    return this.sealing.open(sealed, `objection_findings/${field}/${findingId}`);
  }

  sealLetter(letterId: string, content: ObjectionLetterContent): string {
    return this.sealing.seal(JSON.stringify(content), `objection_letters/content/${letterId}`);
  }

  openLetter(letterId: string, sealed: string): ObjectionLetterContent {
    return JSON.parse(
      this.sealing.open(sealed, `objection_letters/content/${letterId}`),
    ) as ObjectionLetterContent;
  }

  /**
   * The code that whoever objects looks up by. Made from the key of the row and the key of the house, so that a form sent
   * twice is told the same code twice, and no row, no answer of a command and no copy of the database holds it.
   */
  codeOf(objectionId: string): string {
    const chance = this.sealing.blindIndex('objections/code', objectionId);
    return codeFrom(Buffer.from(chance.slice(0, 16), 'hex'));
  }

  /** Of the line from which it came to this notice: counted within the hour, and found in no objection. */
  lineHashOf(noticeId: string, address: string): string {
    return this.sealing.blindIndex('objections/line', `${noticeId}/${lineOf(address)}`);
  }

  hashOfCode(code: string): string {
    return this.sealing.blindIndex('objections/code-hash', code);
  }
}

const placeOf = (field: string, objectionId: string): string => `notice_objections/${field}/${objectionId}`;
