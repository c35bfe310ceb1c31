import { readSheetCells } from '../people/index.js';
import { LONGEST_CELL, reliefSheetOf } from './domain/relief-sheet.js';
import type { ReliefSheet } from './domain/relief-sheet.js';

/** A list of applications, from .xlsx. */
export async function readReliefSheet(bytes: Buffer): Promise<ReliefSheet> {
  return reliefSheetOf(await readSheetCells(bytes, LONGEST_CELL));
}
