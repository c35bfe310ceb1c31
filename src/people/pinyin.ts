import { pinyin } from 'pinyin-pro';

const LONGEST = 60;

/**
 * The first letters by which a person is looked up: 李建明 is ljm, 单雄信 is sxx, since the head of a name is read as a
 * surname. Kept in a column, so that the search is the database's.
 */
export function initialsOf(name: string): string {
  const letters = pinyin(name, {
    pattern: 'first',
    toneType: 'none',
    type: 'array',
    surname: 'head',
    nonZh: 'removed',
  });
  return letters.join('').toLowerCase().slice(0, LONGEST);
}
