/** Under these kinds the board knows what it is asked about money that was given. */
export const USE_CHANGE = 'use-change';
export const UNCLAIMED_MONEY = 'unclaimed-money';
