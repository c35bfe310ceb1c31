import type { Actor, Role } from '../../kernel/actor.js';
import type { PermissionRow } from '../../platform/web/permissions.js';
import { GIFT_READERS } from '../donations.permissions.js';

/** Whoever answers for the house opens and ends a campaign. */
export const CAMPAIGN_KEEPERS: readonly Role[] = ['chair', 'secretary'];
/** Whoever keeps the books publishes what stands in them, and so may whoever opened it. */
export const CAMPAIGN_REPORTERS: readonly Role[] = ['chair', 'secretary', 'accountant'];
/** The chair of a federation; that it is one is asked by the service. */
export const CERTIFIERS: readonly Role[] = ['chair'];

const has = (roles: readonly Role[], actor: Pick<Actor, 'roles'>) =>
  roles.some((role) => actor.roles.includes(role));
export const mayKeepCampaigns = (actor: Pick<Actor, 'roles'>): boolean => has(CAMPAIGN_KEEPERS, actor);
export const mayReportCampaigns = (actor: Pick<Actor, 'roles'>): boolean => has(CAMPAIGN_REPORTERS, actor);
export const mayCertify = (actor: Pick<Actor, 'roles'>): boolean => has(CERTIFIERS, actor);

const read = { roles: GIFT_READERS, scope: 'own-society', fields: [] } as const;
const keep = { roles: CAMPAIGN_KEEPERS, scope: 'own-society', fields: [] } as const;
const report = { roles: CAMPAIGN_REPORTERS, scope: 'own-society', fields: [] } as const;
const certify = { roles: CERTIFIERS, scope: 'own-society', fields: [] } as const;

export const campaignPermissions: readonly PermissionRow[] = [
  { route: 'GET /s/campaigns', act: 'listCampaigns', ...read },
  { route: 'GET /s/campaigns/new', act: 'openCampaign', ...keep },
  { route: 'POST /s/campaigns', act: 'openCampaign', ...keep },
  { route: 'GET /s/campaigns/certificates', act: 'listCertificates', ...read },
  { route: 'POST /s/campaigns/certificates', act: 'setCertificate', ...certify },
  { route: 'POST /s/campaigns/certificates/end', act: 'withdrawCertificate', ...certify },
  { route: 'GET /s/campaigns/:campaignId', act: 'readCampaign', ...read },
  { route: 'POST /s/campaigns/:campaignId/plan', act: 'filePlan', ...keep },
  { route: 'POST /s/campaigns/:campaignId/end', act: 'endCampaign', ...keep },
  { route: 'POST /s/campaigns/:campaignId/reports', act: 'reportCampaign', ...report },
  {
    route: 'GET /c/:campaignCode',
    act: 'readPublicCampaign',
    roles: ['anonymous'],
    scope: 'public',
    fields: [],
  },
  { route: 'GET /api/v1/campaigns', act: 'listCampaigns', ...read },
  { route: 'POST /api/v1/campaigns', act: 'openCampaign', ...keep },
  { route: 'GET /api/v1/campaigns/:campaignId', act: 'readCampaign', ...read },
  { route: 'POST /api/v1/campaigns/:campaignId/plan', act: 'filePlan', ...keep },
  { route: 'POST /api/v1/campaigns/:campaignId/end', act: 'endCampaign', ...keep },
  { route: 'POST /api/v1/campaigns/:campaignId/reports', act: 'reportCampaign', ...report },
  { route: 'GET /api/v1/fundraising-certificates', act: 'listCertificates', ...read },
  { route: 'POST /api/v1/fundraising-certificates', act: 'setCertificate', ...certify },
  { route: 'POST /api/v1/fundraising-certificates/end', act: 'withdrawCertificate', ...certify },
];
