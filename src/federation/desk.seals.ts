import { Injectable } from '@nestjs/common';
import { Sealing } from '../platform/crypto/sealing.js';

/** Free words of reviewers and societies, each sealed to its own row. */
@Injectable()
export class DeskSeals {
  constructor(private readonly sealing: Sealing) {}

  seal(field: 'words' | 'answer', rowId: string, words: string): string {
    return this.sealing.seal(words, `desk/${field}/${rowId}`);
  }

  open(field: 'words' | 'answer', rowId: string, sealed: string | null): string | null {
    return sealed === null ? null : this.sealing.open(sealed, `desk/${field}/${rowId}`);
  }
}
