/**
 * Every part a person can play. `anonymous` is whoever has not signed in; `donor` is an account that gifts belong to, in
 * whichever society, and it has no part in any.
 */
export const ROLES = [
  'anonymous',
  'signed-in',
  'secretary',
  'clerk',
  'chair',
  'deputy',
  'director',
  'supervisor',
  'cashier',
  'accountant',
  'reviewer',
  'auditor',
  'information-officer',
  'donor',
  'system-admin',
] as const;
export type Role = (typeof ROLES)[number];

/**
 * Whether somebody only audits (审计员): reads the books and the course of things, and is shown nothing that is kept sealed. No
 * other office goes together with it, so that the role alone says so (ADR 27).
 */
export const isAuditor = ({ roles }: { readonly roles: readonly Role[] }): boolean =>
  roles.includes('auditor');

/** Who acts, in which society, from where. Made by the door (session, command line, demo), never by a body or a URL. */
export type Actor = {
  readonly accountId: string | null;
  /** The person in the register of the society acted in. */
  readonly personId: string | null;
  /** The one society acted in; null for the public and for the system administrator outside any. */
  readonly societyId: string | null;
  readonly roles: readonly Role[];
  /** How the request came: `web`, `api`, `cli`, `demo`, `timer`. */
  readonly origin: string;
};

/** An actor and the key under which this one command is asked: the same key again gets the same answer again. */
export type Caller = { readonly actor: Actor; readonly key: string };
