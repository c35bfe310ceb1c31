import type { Role } from '../../kernel/actor.js';
import { DONE_STATES } from './emergency-procedure.js';
import type { CaseState } from './emergency-procedure.js';

/** Who works on a case or votes on it has to know what happened (quality.md 6, row 5). */
const STORY_READERS: readonly Role[] = ['secretary', 'clerk', 'chair', 'deputy', 'director'];

/**
 * Whether the page of a case shows what happened in the applicant's own words. Whoever watches over it afterwards, and everybody
 * once it is over, asks for it with a reason.
 */
export const showsStory = (roles: readonly Role[], state: CaseState): boolean =>
  !DONE_STATES.includes(state) && roles.some((role) => STORY_READERS.includes(role));
