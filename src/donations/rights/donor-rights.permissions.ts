import type { Actor, Role } from '../../kernel/actor.js';
import type { PermissionRow } from '../../platform/web/permissions.js';

/** Who writes down what a donor asks, and hands the copy over: the office, and whoever keeps the gifts. */
const RECORDERS: readonly Role[] = ['secretary', 'accountant'];
/** Who may answer as the second person. */
const ANSWERERS: readonly Role[] = ['chair', 'deputy', ...RECORDERS];

export const mayRecordRights = ({ roles }: Pick<Actor, 'roles'>): boolean =>
  RECORDERS.some((role) => roles.includes(role));
export const mayAnswerDonors = ({ roles }: Pick<Actor, 'roles'>): boolean =>
  ANSWERERS.some((role) => roles.includes(role));

/** The supervisor sees that donors are answered, and answers nobody. */
const READERS: readonly Role[] = [...ANSWERERS, 'supervisor'];
export const mayReadRequests = ({ roles }: Pick<Actor, 'roles'>): boolean =>
  READERS.some((role) => roles.includes(role));

const fresh = { proof: 'fresh' } as const;
const answer = { roles: ANSWERERS, scope: 'own-society', fields: [] } as const;
const read = { ...answer, roles: READERS } as const;
const record = { roles: RECORDERS, scope: 'own-society', fields: ['donor'] } as const;
/** His own data, in whichever society: the handlers ask by his account alone. */
const own = { roles: ['donor'], scope: 'signed-in', fields: [] } as const;
const ownData = { ...own, fields: ['donor'], ...fresh } as const;

export const donorRightsPermissions: readonly PermissionRow[] = [
  { route: 'GET /s/donors/requests', act: 'listDonorRequests', ...read },
  { route: 'GET /s/donors/requests/:requestId', act: 'readDonorRequest', ...read },
  { route: 'GET /s/donors/requests/:requestId/copy', act: 'copyDonor', ...record, ...fresh },
  { route: 'GET /s/donors/requests/:requestId/copy.json', act: 'copyDonor', ...record, ...fresh },
  { route: 'POST /s/donors/requests/:requestId/voucher', act: 'vouchDonorRequest', ...answer },
  { route: 'POST /s/donors/requests/:requestId/handing', act: 'handDonorCopy', ...record },
  { route: 'POST /s/donors/requests/:requestId/correction', act: 'settleDonorCorrection', ...record },
  { route: 'POST /s/donors/requests/:requestId/erasure', act: 'eraseDonor', ...answer, ...fresh },
  { route: 'POST /s/donors/requests/:requestId/refusal', act: 'declineDonorRequest', ...answer },
  { route: 'GET /s/donors/:donorId/requests', act: 'recordDonorRequest', ...record },
  { route: 'POST /s/donors/:donorId/requests', act: 'recordDonorRequest', ...record },
  { route: 'GET /api/v1/donors/requests', act: 'listDonorRequests', ...read },
  { route: 'GET /api/v1/donors/requests/:requestId/copy', act: 'copyDonor', ...record, ...fresh },
  { route: 'POST /api/v1/donors/:donorId/requests', act: 'recordDonorRequest', ...record },
  { route: 'POST /api/v1/donors/requests/:requestId/voucher', act: 'vouchDonorRequest', ...answer },
  { route: 'POST /api/v1/donors/requests/:requestId/handing', act: 'handDonorCopy', ...record },
  { route: 'POST /api/v1/donors/requests/:requestId/correction', act: 'settleDonorCorrection', ...record },
  { route: 'POST /api/v1/donors/requests/:requestId/erasure', act: 'eraseDonor', ...answer, ...fresh },
  { route: 'POST /api/v1/donors/requests/:requestId/refusal', act: 'declineDonorRequest', ...answer },
  { route: 'GET /d/rights', act: 'readMyRights', ...own },
  { route: 'GET /d/copy', act: 'readMyCopy', ...ownData },
  { route: 'GET /d/copy.json', act: 'readMyCopy', ...ownData },
  { route: 'GET /d/contact', act: 'changeMyContact', ...ownData },
  { route: 'POST /d/contact', act: 'changeMyContact', ...ownData },
  { route: 'POST /d/rights', act: 'askDonorRequest', ...own, ...fresh },
  { route: 'GET /api/v1/my-gifts/copy', act: 'readMyCopy', ...ownData },
  { route: 'POST /api/v1/my-gifts/contact', act: 'changeMyContact', ...ownData },
  { route: 'GET /api/v1/my-gifts/requests', act: 'readMyRights', ...own },
  { route: 'POST /api/v1/my-gifts/requests/:donorId', act: 'askDonorRequest', ...own, ...fresh },
];
