import type { Role } from '../kernel/actor.js';

/** Who answers to the federation for the society. */
export const ANSWERERS: readonly Role[] = ['secretary', 'clerk'];
/** Who reads what the federation found, in its own words too: whoever answers for the society. */
export const RECTIFICATION_READERS: readonly Role[] = [...ANSWERERS, 'chair', 'deputy', 'supervisor'];

export const mayReadRectification = (roles: readonly Role[]): boolean =>
  roles.some((role) => RECTIFICATION_READERS.includes(role));
export const mayAnswer = (roles: readonly Role[]): boolean => roles.some((role) => ANSWERERS.includes(role));
