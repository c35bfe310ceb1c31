import type { Actor, Role } from '../../kernel/actor.js';
import type { PermissionRow } from '../../platform/web/permissions.js';

/** Whoever drafts or signs notices says how they speak; each signature still reads the whole notice. */
const SETTERS: readonly Role[] = ['secretary', 'chair', 'deputy'];
const READERS: readonly Role[] = [
  ...SETTERS,
  ...(['clerk', 'director', 'supervisor', 'accountant', 'cashier', 'auditor'] as const),
];

export const maySetTexts = ({ roles }: Pick<Actor, 'roles'>): boolean =>
  SETTERS.some((role) => roles.includes(role));

const read = { roles: READERS, scope: 'own-society', fields: [] } as const;
const set = { roles: SETTERS, scope: 'own-society', fields: [] } as const;

export const noticeTextsPermissions: readonly PermissionRow[] = [
  { route: 'GET /s/notices/texts', act: 'listNoticeTexts', ...read },
  { route: 'GET /s/notices/texts/:textKey', act: 'setNoticeText', ...set },
  { route: 'POST /s/notices/texts/:textKey', act: 'setNoticeText', ...set },
  { route: 'POST /s/notices/texts/:textKey/sample', act: 'setNoticeText', ...set },
  { route: 'GET /api/v1/notices/texts', act: 'listNoticeTexts', ...read },
  { route: 'POST /api/v1/notices/texts/:textKey', act: 'setNoticeText', ...set },
];
