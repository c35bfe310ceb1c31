import type { Role } from '../../kernel/actor.js';
import type { PermissionRow } from '../../platform/web/permissions.js';

/** Whoever holds an office that keeps files: any of them may be asked to look into an objection. */
const HOLDERS: readonly Role[] = [
  'secretary',
  'clerk',
  'chair',
  'deputy',
  'director',
  'supervisor',
  'cashier',
  'accountant',
  'reviewer',
];
/** That there is one, how it was looked into and what came of it; what was said stays with the two (ADR 27). */
const READERS: readonly Role[] = [...HOLDERS, 'auditor'];
/** By telephone or in writing: whoever people turn to. */
const REGISTRARS: readonly Role[] = ['secretary', 'clerk', 'supervisor'];
/** Which of them it is in this matter, the service says: a supervisor who is tied to it does not (domain.md 2.3). */
const ASSIGNERS: readonly Role[] = ['supervisor', 'chair', 'deputy'];

const of = (roles: readonly Role[]) => ({ roles, scope: 'own-society', fields: [] }) as const;
/** What was said and by whom stands there for the two who look into it and whoever names them. */
const read = (roles: readonly Role[]) => ({ roles, scope: 'own-society', fields: ['contact'] }) as const;
const open = { scope: 'public', roles: ['anonymous'], fields: [] } as const;

export const mayRegisterObjection = (roles: readonly Role[]): boolean =>
  roles.some((role) => REGISTRARS.includes(role));

/** Under `/s` for people, under `/api/v1` for programs. */
const both = (
  method: 'GET' | 'POST',
  path: string,
  act: string,
  row: ReturnType<typeof read | typeof of>,
) => [
  { route: `${method} /s/${path}`, act, ...row },
  { route: `${method} /api/v1/${path}`, act, ...row },
];

export const objectionsPermissions: readonly PermissionRow[] = [
  ...both('GET', 'objections', 'listObjections', of(READERS)),
  ...both('GET', 'objections/:objectionId', 'getObjection', read(READERS)),
  ...both('POST', 'objections/:objectionId/assignment', 'assignObjection', of(ASSIGNERS)),
  ...both('POST', 'objections/:objectionId/reassignment', 'reassignObjection', of(ASSIGNERS)),
  ...both('POST', 'objections/:objectionId/extension', 'extendObjection', of(HOLDERS)),
  ...both('POST', 'objections/:objectionId/findings', 'proposeFinding', of(HOLDERS)),
  ...both('POST', 'objections/:objectionId/decision', 'decideObjection', of(HOLDERS)),
  ...both('POST', 'objections/:objectionId/standing', 'letDecisionStand', of(ASSIGNERS)),
  ...both('POST', 'objections/:objectionId/handing', 'recordReplyHanded', of(HOLDERS)),
  ...both('POST', 'objections/:objectionId/withdrawal', 'withdrawObjection', of(REGISTRARS)),
  ...both('POST', 'objections/:objectionId/withdrawal/confirmation', 'confirmWithdrawal', of(HOLDERS)),
  ...both('POST', 'notices/:noticeId/objections', 'registerObjection', of(REGISTRARS)),
  { route: 'GET /s/notices/:noticeId/objections/new', act: 'registerObjection', ...of(REGISTRARS) },
  { route: 'GET /s/objections/:objectionId/receipt.pdf', act: 'printReceipt', ...of(REGISTRARS) },
  { route: 'GET /s/objections/:objectionId/reply.pdf', act: 'printReply', ...read(HOLDERS) },
  { route: 'GET /s/objections/:objectionId/photos/:which', act: 'readObjectionPhoto', ...read(HOLDERS) },
  { route: 'GET /n/:code/objection', act: 'raiseObjection', ...open },
  { route: 'POST /n/:code/objection', act: 'raiseObjection', ...open },
  { route: 'POST /api/v1/public/notices/:code/objections', act: 'raiseObjection', ...open },
  { route: 'GET /o', act: 'askObjection', ...open },
  { route: 'GET /o/:queryCode', act: 'readOwnObjection', ...open },
  { route: 'POST /o/:queryCode/withdrawal', act: 'withdrawObjection', ...open },
];
