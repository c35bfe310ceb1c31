import type { Actor, Role } from '../../kernel/actor.js';
import type { PermissionRow } from '../../platform/web/permissions.js';
import { GIFT_KEEPERS, GIFT_READERS } from '../donations.permissions.js';

const OFFICE: readonly Role[] = ['secretary', 'clerk'];
const SIGNERS: readonly Role[] = ['chair', 'deputy'];
/** Not whoever makes the links and writes the answers down. */
const SETTLERS: readonly Role[] = ['chair', 'secretary'];
const READERS: readonly Role[] = [...GIFT_READERS, 'clerk', 'director'];

const has = ({ roles }: Pick<Actor, 'roles'>, wanted: readonly Role[]): boolean =>
  wanted.some((role) => roles.includes(role));

export const mayAskRefund = (actor: Pick<Actor, 'roles'>): boolean => has(actor, GIFT_KEEPERS);
export const mayDecideRefund = (actor: Pick<Actor, 'roles'>): boolean => has(actor, SIGNERS);
export const mayPayRefund = (actor: Pick<Actor, 'roles'>): boolean => has(actor, ['cashier']);
export const mayProposeChange = (actor: Pick<Actor, 'roles'>): boolean => has(actor, OFFICE);
export const mayKeepAnswers = (actor: Pick<Actor, 'roles'>): boolean => has(actor, GIFT_KEEPERS);
export const maySettleChange = (actor: Pick<Actor, 'roles'>): boolean => has(actor, SETTLERS);

const of = (roles: readonly Role[]) => ({ roles, scope: 'own-society', fields: [] }) as const;
/** Whoever holds the link of a giver; the link itself says whose answer it is. */
const byLink = { roles: ['anonymous'], scope: 'public', fields: [] } as const;

/** The giver himself, signed in: the handlers ask by his account alone. */
const asOwner = { roles: ['donor'], scope: 'signed-in', fields: [] } as const;

type Act = readonly [path: string, act: string, roles: readonly Role[]];

/** Under `/s/donations` for people, under `/api/v1` for programs. */
const ACTS: readonly Act[] = [
  ['GET refunds', 'listRefunds', GIFT_READERS],
  ['GET refunds/:refundId', 'readRefund', GIFT_READERS],
  ['POST refunds/:refundId/decision', 'decideRefund', SIGNERS],
  ['POST refunds/:refundId/payment', 'payRefund', ['cashier']],
  ['POST refunds/:refundId/end', 'callOffRefund', GIFT_KEEPERS],
  ['GET changes-of-use', 'listChangesOfUse', READERS],
  ['POST changes-of-use', 'proposeChangeOfUse', OFFICE],
  ['GET changes-of-use/:changeId', 'readChangeOfUse', READERS],
  ['POST changes-of-use/:changeId/answers', 'recordUseAnswer', GIFT_KEEPERS],
  ['POST changes-of-use/:changeId/links', 'makeUseLink', GIFT_KEEPERS],
  ['POST changes-of-use/:changeId/settlement', 'settleChangeOfUse', SETTLERS],
  ['POST changes-of-use/:changeId/end', 'callOffChangeOfUse', OFFICE],
];

const routes = (base: string): PermissionRow[] =>
  ACTS.map(([path, act, roles]) => {
    const [method = '', rest = ''] = path.split(' ');
    const row: PermissionRow = { route: `${method} ${base}/${rest}`, act, ...of(roles) };
    // Money that leaves asks for a fresh proof (quality.md T5).
    if (act === 'payRefund' || act === 'decideRefund') return { ...row, proof: 'fresh' };
    return act === 'readRefund' && base.startsWith('/s/') ? { ...row, proofAhead: ['cashier'] } : row;
  });

export const giftRefundsPermissions: readonly PermissionRow[] = [
  ...routes('/s/donations'),
  { route: 'GET /s/donations/:giftId/refunds/new', act: 'askRefund', ...of(GIFT_KEEPERS) },
  { route: 'POST /s/donations/:giftId/refunds', act: 'askRefund', ...of(GIFT_KEEPERS) },
  { route: 'GET /s/donations/changes-of-use/new', act: 'proposeChangeOfUse', ...of(OFFICE) },
  { route: 'GET /s/donations/unclaimed', act: 'listUnclaimed', ...of([...GIFT_READERS, 'clerk']) },
  { route: 'POST /s/donations/:giftId/unclaimed', act: 'askUnclaimed', ...of(OFFICE) },
  { route: 'GET /g/:token', act: 'openUseLink', ...byLink },
  { route: 'POST /g/:token', act: 'answerUseLink', ...byLink },
  { route: 'GET /d/questions/:giverId', act: 'answerUseQuestion', ...asOwner },
  { route: 'POST /d/questions/:giverId', act: 'answerUseQuestion', ...asOwner },
  { route: 'POST /api/v1/my-gifts/questions/:giverId/answer', act: 'answerUseQuestion', ...asOwner },
  ...routes('/api/v1'),
  { route: 'POST /api/v1/donations/:giftId/refunds', act: 'askRefund', ...of(GIFT_KEEPERS) },
  { route: 'POST /api/v1/donations/:giftId/unclaimed', act: 'askUnclaimed', ...of(OFFICE) },
];
