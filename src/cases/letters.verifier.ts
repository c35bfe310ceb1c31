import { Injectable } from '@nestjs/common';
import { hashOf } from '../platform/crypto/hash.js';
import { Verifier } from '../platform/verify.js';
import type { Finding } from '../platform/verify.js';
import { LettersQueries } from './letters.queries.js';
import type { Letter } from './letters.queries.js';

/** Whether every letter still says what it said when it was written. */
@Injectable()
export class LettersVerifier extends Verifier {
  constructor(private readonly queries: LettersQueries) {
    super();
  }

  override async check(): Promise<Finding[]> {
    const findings: Finding[] = [];
    for (let after = '', batch = await this.queries.batch(after); batch.length > 0;) {
      findings.push(...batch.filter(hasChanged).map(findingOf));
      after = batch.at(-1)?.id ?? '';
      batch = await this.queries.batch(after);
    }
    return findings;
  }
}

const hasChanged = ({ content, contentHash, kind }: Letter): boolean =>
  hashOf(content) !== contentHash || content.kind !== kind;

const findingOf = ({ id }: Letter): Finding => ({
  kind: 'letter content',
  subject: `case_letters/${id}`,
  words: '文书的内容和写下时的内容哈希不一致',
});
