/** What the notice and the duties of a list of donors are about, by one word. */
export const DONATION_LIST = 'donation-list';
