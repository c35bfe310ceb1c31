import { spawnSync } from 'node:child_process';

/** Whether this machine has a reader for papers (poppler-utils): without one their words are not looked at. */
export const canReadPapers = spawnSync('pdftotext', ['-v']).status === 0;

/** All that stands on a paper, as one word, in the order in which it is written: guessed columns tear a long table apart. */
export function wordsOfPaper(pdf: Buffer): string {
  return spawnSync('pdftotext', ['-raw', '-', '-'], { input: pdf }).stdout.toString().replace(/\s/g, '');
}
