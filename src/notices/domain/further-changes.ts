import type { NoticeContent } from './notice-content.js';
import type { CorrectedText } from './notice-words.js';
import { textsOf } from './privacy-lint.js';

/**
 * What is still to be corrected of a notice that was corrected before: against the last version of each place, not against
 * the first. A place that went back to its first words is corrected back.
 */
export function furtherChanges(
  signed: NoticeContent,
  changes: readonly CorrectedText[],
  earlier: readonly (readonly CorrectedText[])[],
): CorrectedText[] {
  const known = new Map(earlier.flat().map(({ field, now }) => [field, now]));
  const first = new Map(textsOf(signed).map(({ field, text }) => [field, text]));
  const fresh = new Map(changes.map((change) => [change.field, change]));
  const fields = [...new Set([...fresh.keys(), ...known.keys()])];
  return fields.flatMap((field) => {
    const change = fresh.get(field);
    const now = change?.now ?? wordsOf(first.get(field));
    const was = known.get(field) ?? change?.was ?? NOTHING;
    return was === now ? [] : [{ field, was, now }];
  });
}

const NOTHING = '（无）';
const wordsOf = (text = ''): string => (text === '' ? NOTHING : text);
