import type { Kept } from '../../src/notices/domain/notice-words.js';

/** A cause is words where it is printed, and a code where a decision names it: codes are of Latin letters. */
const CODE = /^[A-Z_]+$|^[a-z]+$|^\d{4}-\d{7}$/;

/** The same words with the plant behind each text that is printed, all at once. */
export function plantedEverywhere(kept: Kept, plant: string): Kept {
  return { ...kept, words: planted(kept.words, plant) } as Kept;
}

function planted(value: unknown, plant: string): unknown {
  if (typeof value === 'string') return CODE.test(value) ? value : value + plant;
  if (Array.isArray(value)) return value.map((each) => planted(each, plant));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, planted(each, plant)]));
}
