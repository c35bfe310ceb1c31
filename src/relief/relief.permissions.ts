import type { Role } from '../kernel/actor.js';
import type { FieldGroup, PermissionRow } from '../platform/web/permissions.js';

/** Who hands a file in, and who prepares it at the desk of the federation: which of the two, the service asks. */
const OFFICE: readonly Role[] = ['secretary', 'clerk'];
const SIGNERS: readonly Role[] = ['chair', 'deputy'];

/** Who may read cases, and the reviewer; of another society nothing is found. */
const READERS: readonly Role[] = [
  ...OFFICE,
  ...SIGNERS,
  'director',
  'supervisor',
  'cashier',
  'accountant',
  'reviewer',
  'auditor',
];

const own = (roles: readonly Role[], ...fields: FieldGroup[]) =>
  ({ roles, scope: 'own-society', fields }) as const;
const list = own(READERS);
const read = own(READERS, 'health');
const write = own(OFFICE, 'identity', 'contact', 'health', 'bank');

/** Money of a fund and whose account it goes to: asked again for (quality.md T5). */
const fresh = { proof: 'fresh' } as const;

/** Each act on a case: the last word of its page and of its resource, and who does it. */
const ACTS = [
  ['checkPolicies', 'policies', 'policies', own(OFFICE, 'health')],
  ['verifyRelief', 'verification', 'verification', own(OFFICE, 'health')],
  ['assessRelief', 'assessment', 'assessment', own(OFFICE, 'health')],
  ['reviewRelief', 'review', 'reviews', own(['reviewer'], 'health')],
  ['returnRelief', 'return', 'returns', own([...OFFICE, 'reviewer'], 'health')],
  ['completeRelief', 'completion', 'completion', write],
  ['openPanel', 'panel', 'panel', own(['secretary'])],
  ['planReliefPayments', 'plan', 'plan', { ...own(['secretary']), ...fresh }],
  ['approveRelief', 'approval', 'approval', { ...own(SIGNERS), ...fresh }],
  ['followUpRelief', 'follow-up', 'follow-ups', own(OFFICE, 'health')],
  ['demandReliefRefund', 'refund', 'refunds', own(['secretary'])],
  ['lookAtMerger', 'merger', 'merger', own(['reviewer'])],
  ['transferRelief', 'transfer', 'transfer', own(OFFICE)],
  ['endRelief', 'ending', 'ending', own(OFFICE)],
  ['nameReliefAccount', 'account', 'account', { ...own(OFFICE, 'identity', 'bank'), ...fresh }],
] as const satisfies readonly (readonly [act: string, page: string, resource: string, row: object])[];

const ADVANCE_READERS: readonly Role[] = ['secretary', ...SIGNERS, 'supervisor'];
const sign = { ...own([...SIGNERS, 'supervisor'], 'health'), ...fresh };

/** A sealed field in full, with a reason (quality.md 6, row 5). */
const look = {
  ...own([...OFFICE, 'supervisor', 'reviewer'], 'identity', 'contact', 'bank'),
  ...fresh,
};

export const reliefPermissions: readonly PermissionRow[] = [
  { route: 'GET /s/relief', act: 'listRelief', ...list },
  { route: 'GET /s/relief/new', act: 'applyForRelief', ...write },
  { route: 'POST /s/relief/new', act: 'applyForRelief', ...write },
  { route: 'POST /s/relief', act: 'applyForRelief', ...write },
  { route: 'GET /s/relief/:reliefId', act: 'readRelief', ...read },
  { route: 'GET /api/v1/relief', act: 'listRelief', ...list },
  { route: 'POST /api/v1/relief', act: 'applyForRelief', ...write },
  { route: 'GET /api/v1/relief/:reliefId', act: 'readRelief', ...read },

  { route: 'GET /s/relief/:reliefId/look', act: 'lookAtRelief', ...look },
  { route: 'POST /s/relief/:reliefId/look', act: 'lookAtRelief', ...look },
  { route: 'POST /api/v1/relief/:reliefId/looks', act: 'lookAtRelief', ...look },

  ...ACTS.flatMap(([act, page, resource, row]) => [
    { route: `GET /s/relief/:reliefId/${page}`, act, ...row },
    { route: `POST /s/relief/:reliefId/${page}`, act, ...row },
    { route: `POST /api/v1/relief/:reliefId/${resource}`, act, ...row },
  ]),

  { route: 'POST /s/relief/:reliefId/refusal', act: 'refuseRelief', ...own(['secretary']) },
  { route: 'POST /api/v1/relief/:reliefId/refusal', act: 'refuseRelief', ...own(['secretary']) },
  { route: 'POST /s/relief/:reliefId/second-review', act: 'askSecondReview', ...own(['secretary']) },
  { route: 'POST /api/v1/relief/:reliefId/second-review', act: 'askSecondReview', ...own(['secretary']) },

  { route: 'GET /s/relief/:reliefId/advance', act: 'readAdvance', ...own(ADVANCE_READERS, 'health') },
  { route: 'POST /s/relief/:reliefId/advance', act: 'askAdvance', ...own(['secretary'], 'health') },
  { route: 'POST /s/relief/:reliefId/advance/signature', act: 'signAdvance', ...sign },
  { route: 'POST /api/v1/relief/:reliefId/advance', act: 'askAdvance', ...own(['secretary'], 'health') },
  { route: 'POST /api/v1/relief/:reliefId/advance/signature', act: 'signAdvance', ...sign },
];
