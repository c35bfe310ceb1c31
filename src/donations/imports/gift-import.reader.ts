import { readSheetCells } from '../../people/index.js';
import { giftSheetOf, LONGEST_GIFT_CELL } from '../domain/gift-import.js';
import type { GiftSheet } from '../domain/gift-import.js';

/** A list of gifts and their donors, from .xlsx. */
export async function readGiftSheet(bytes: Buffer): Promise<GiftSheet> {
  return giftSheetOf(await readSheetCells(bytes, LONGEST_GIFT_CELL));
}
