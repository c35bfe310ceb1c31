import type { PermissionRow } from '../../platform/web/permissions.js';
import { GIFT_KEEPERS } from '../donations.permissions.js';

const keep = { roles: GIFT_KEEPERS, scope: 'own-society', fields: ['donor', 'contact'] } as const;

export const giftImportPermissions: readonly PermissionRow[] = [
  { route: 'GET /s/donations/import', act: 'previewDonations', ...keep },
  { route: 'GET /s/donations/import/template.xlsx', act: 'previewDonations', ...keep },
  { route: 'POST /s/donations/import', act: 'previewDonations', ...keep },
  { route: 'POST /s/donations/import/confirm', act: 'confirmDonations', ...keep },
  { route: 'POST /api/v1/donations/imports', act: 'previewDonations', ...keep },
  { route: 'POST /api/v1/donations/imports/:importId/confirmation', act: 'confirmDonations', ...keep },
];
