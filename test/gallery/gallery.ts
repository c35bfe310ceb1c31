import { day, startOfDay } from '../../src/kernel/day.js';
import { NOTICE_KINDS } from '../../src/notices/domain/notice-words.js';
import type { NoticeKind, Worded } from '../../src/notices/domain/notice-words.js';
import { Config } from '../../src/platform/config.js';
import { PaperPrinter } from '../../src/platform/pdf/printer.js';
import type { PaperToPrint } from '../../src/platform/pdf/printer.js';
import { Templates } from '../../src/platform/web/templates.js';
import { NOTICES } from './notices.js';
import { PAPERS } from './papers.js';
import type { PaperSample } from './papers.js';
import { castOf, signedContentOf } from './signed.js';

/** A paper of the gallery: `notices/grant-post-extreme`. */
export type Exhibit = PaperToPrint & { readonly name: string; readonly isPublic: boolean };

function noticeOf(name: string, worded: Worded): Exhibit {
  const content = signedContentOf(worded);
  const at = startOfDay(castOf(worded).signedOn);
  const facts = { title: content.title.join(''), author: content.issuer, at };
  return { name, isPublic: true, template: content.template, content, facts };
}

const paperOf = (name: string, { template, content, title, author }: PaperSample): Exhibit => ({
  ...{ name, isPublic: false, template, content },
  facts: { title, author, at: startOfDay(day('2026-03-09')) },
});

const fileOf = (kind: NoticeKind): string => kind.toLowerCase().replaceAll('_', '-');

export const EXHIBITS: readonly Exhibit[] = [
  ...NOTICE_KINDS.flatMap((kind) =>
    Object.entries<Worded>(NOTICES[kind]).map(([size, worded]) =>
      noticeOf(`notices/${fileOf(kind)}-${size}`, worded),
    ),
  ),
  ...Object.entries(PAPERS).flatMap(([template, samples]) =>
    Object.entries(samples).map(([size, sample]) => paperOf(`papers/${template}-${size}`, sample)),
  ),
];

export const galleryPrinter = (): PaperPrinter =>
  new PaperPrinter(new Config({}), new Templates('templates'));
