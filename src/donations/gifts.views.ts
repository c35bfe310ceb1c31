import type { GiftCursor } from './gifts.queries.js';
import { day } from '../kernel/day.js';

export function cursorText({ givenOn, id }: GiftCursor): string {
  return `${givenOn}_${id}`;
}

/** Null for anything that is no cursor: the page then begins with the newest. */
export function cursorOf(text: unknown): GiftCursor | null {
  const [, givenOn, id] =
    typeof text === 'string' ? (/^(\d{4}-\d{2}-\d{2})_([0-9a-f-]{36})$/.exec(text) ?? []) : [];
  return givenOn && id ? { givenOn: day(givenOn), id } : null;
}
