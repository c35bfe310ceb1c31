import { contentOf } from '../../src/notices/domain/notice-content.js';
import type { NoticeContent } from '../../src/notices/domain/notice-content.js';
import { noticeNumberOf } from '../../src/notices/domain/notice-number.js';
import { plannedPeriodWords } from '../../src/notices/domain/notice-period.js';
import { keptOf } from '../../src/notices/domain/notice-words.js';
import type { Worded } from '../../src/notices/domain/notice-words.js';
import { CALENDAR, CAST } from './cast.js';
import type { Cast } from './cast.js';

const CODE = 'K7M4Q2XD';

/** Whose notice it is: told by the name that signs it. */
export function castOf({ words }: Worded): Cast {
  const isOf = ({ society, federation }: Cast) => words.issuer === society || words.issuer === federation;
  const found = Object.values(CAST).find(isOf);
  if (!found) throw new Error(`Nobody of the cast signs as ${words.issuer}`);
  return found;
}

/** As the signature freezes it: with a number, the planned period, the address that the QR leads to. */
export function signedContentOf(worded: Worded): NoticeContent {
  const { serial, signedOn, publicUrl } = castOf(worded);
  return contentOf(keptOf(worded), {
    ...{ version: 1, signedOn, code: CODE, verifyUrl: `${publicUrl}/n/${CODE}` },
    number: noticeNumberOf(worded.words.numberPrefix, 2026, serial),
    period: plannedPeriodWords(signedOn, worded.words, CALENDAR),
    seal: '第12876批 8c1d 09aa 7be2 f014',
  });
}
