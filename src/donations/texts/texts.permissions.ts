import type { PermissionRow } from '../../platform/web/permissions.js';

/** His own choice, for his own gifts: the handlers ask by his account alone. */
const donor = { roles: ['donor'], scope: 'signed-in', fields: [] } as const;

export const giftTextsPermissions: readonly PermissionRow[] = [
  { route: 'GET /d/texts', act: 'chooseGiftTexts', ...donor },
  { route: 'POST /d/texts', act: 'chooseGiftTexts', ...donor },
  { route: 'GET /api/v1/my-gifts/texts', act: 'chooseGiftTexts', ...donor },
  { route: 'POST /api/v1/my-gifts/texts', act: 'chooseGiftTexts', ...donor },
];
