import { keptOf, NOTICE_KINDS } from '../../src/notices/domain/notice-words.js';
import type { Worded } from '../../src/notices/domain/notice-words.js';
import { CAST } from '../gallery/cast.js';
import type { Cast } from '../gallery/cast.js';
import { NOTICES } from '../gallery/notices.js';
import { shapeOf, stringsIn } from './shapes.js';

const namesOf = ({ society, federation, town, charter, fund, document, group, donors }: Cast): string[] => [
  ...[society, federation, town, fund, document, group, ...donors],
  ...[charter.article, charter.numberPrefix, charter.publicContactOffice, charter.publicContactAddress],
];
const REGISTERED = Object.values(CAST).flatMap(namesOf);

/** Of all notices of the gallery, which are worded by the program from rows alone: what a notice may be made of. */
export const KNOWN_SHAPES: ReadonlySet<string> = new Set(
  NOTICE_KINDS.flatMap((kind) => Object.values<Worded>(NOTICES[kind]))
    .flatMap((worded) => stringsIn(keptOf(worded).words))
    .map((text) => shapeOf(text, REGISTERED)),
);
