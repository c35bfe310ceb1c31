/** As the board, the notices and the payments call a case of relief, and one payment of it. */
export const RELIEF = 'relief';
export const RELIEF_PAYMENT = 'relief-payment';
