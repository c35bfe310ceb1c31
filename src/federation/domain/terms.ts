import { fen } from '../../kernel/fen.js';

/*
 * The terms of the desk. All are proposals [P]: a federation that resolves others changes them here, since no document of
 * its own holds terms yet, as a charter does for a society and a rule for a fund.
 */

/** From this grant on one pair of eyes is not enough: two people say the same before it counts. */
export const SECOND_REVIEW_FROM_FEN = fen(200_000);
/** So long a row is somebody's who took it. */
export const LEASE_MINUTES = 10;
/** An emergency grant is looked at within so many days of its payment. */
export const REVIEW_DAYS = 30;
/** What a society has put right is looked at sooner: it waits for a word. */
export const RECHECK_DAYS = 7;
export const MOST_RECTIFY_DAYS = 30;
export const USUAL_RECTIFY_DAYS = 10;
/** Within so many working days the society puts the grant to its board. */
export const REVOKE_WORKING_DAYS = 5;
export const MOST_VIEWS = 20;
export const MOST_ON_A_PAGE = 50;
