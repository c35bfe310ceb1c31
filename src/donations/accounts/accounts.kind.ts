/** What the notices and the duties of public accounts are about, by one word. */
export const ACCOUNTS = 'accounts';
