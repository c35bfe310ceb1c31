import type { Role } from '../kernel/actor.js';
import type { PermissionRow } from '../platform/web/permissions.js';
import { noticeBoardPermissions } from './board/board.permissions.js';
import { correctionsPermissions } from './corrections/corrections.permissions.js';
import { rolesFor } from './domain/notice-state.js';
import { incidentsPermissions } from './incidents/incidents.permissions.js';

/** Everybody who holds an office prints the notices of the society; in the end the whole village sees them. */
export const PRINTERS: readonly Role[] = [
  'secretary',
  'clerk',
  'chair',
  'deputy',
  'director',
  'supervisor',
  'cashier',
  'accountant',
];
const READERS: readonly Role[] = [...PRINTERS, 'auditor'];

const own = { scope: 'own-society', fields: [] } as const;
const open = { scope: 'public', roles: ['anonymous'], fields: [] } as const;

/** Who may act stands in the table of the life of a notice, and is not said twice. */
export const noticesPermissions: readonly PermissionRow[] = [
  ...correctionsPermissions,
  ...incidentsPermissions,
  ...noticeBoardPermissions,
  { route: 'GET /s/notices', act: 'listNotices', roles: READERS, ...own },
  { route: 'GET /s/notices/:noticeId', act: 'showNotice', roles: READERS, ...own },
  { route: 'POST /s/notices/:noticeId/signature', act: 'signNotice', roles: rolesFor('signNotice'), ...own },
  { route: 'GET /s/notices/:noticeId/draft.pdf', act: 'previewNotice', roles: READERS, ...own },
  { route: 'GET /s/notices/:noticeId/notice.pdf', act: 'downloadNotice', roles: READERS, ...own },
  {
    route: 'GET /s/notices/:noticeId/postings',
    act: 'showPosting',
    roles: rolesFor('recordPosting'),
    ...own,
  },
  {
    route: 'POST /s/notices/:noticeId/postings',
    act: 'recordPosting',
    roles: rolesFor('recordPosting'),
    ...own,
  },
  {
    route: 'POST /s/notices/:noticeId/posting-photo',
    act: 'addPostingPhoto',
    roles: rolesFor('addPostingPhoto'),
    ...own,
  },
  {
    route: 'POST /s/notices/:noticeId/archive',
    act: 'archiveNotice',
    roles: rolesFor('archiveNotice'),
    ...own,
  },
  {
    route: 'POST /s/notices/:noticeId/discard',
    act: 'discardNotice',
    roles: rolesFor('discardDraft'),
    ...own,
  },
  { route: 'GET /n/:code', act: 'readNotice', ...open },
  { route: 'GET /n/:code/notice.pdf', act: 'readNoticePdf', ...open },
  { route: 'GET /n/:code/photos/:place', act: 'readNoticePhoto', ...open },
  { route: 'GET /verify', act: 'askToVerify', ...open },
  { route: 'POST /verify', act: 'verifyNotice', ...open },
  { route: 'GET /api/v1/notices', act: 'listNotices', roles: READERS, ...own },
  { route: 'GET /api/v1/notices/:noticeId', act: 'getNotice', roles: READERS, ...own },
  {
    route: 'POST /api/v1/notices/:noticeId/signature',
    act: 'signNotice',
    roles: rolesFor('signNotice'),
    ...own,
  },
  {
    route: 'POST /api/v1/notices/:noticeId/postings',
    act: 'recordPosting',
    roles: rolesFor('recordPosting'),
    ...own,
  },
  {
    route: 'POST /api/v1/notices/:noticeId/posting-photo',
    act: 'addPostingPhoto',
    roles: rolesFor('addPostingPhoto'),
    ...own,
  },
  {
    route: 'POST /api/v1/notices/:noticeId/archive',
    act: 'archiveNotice',
    roles: rolesFor('archiveNotice'),
    ...own,
  },
  {
    route: 'POST /api/v1/notices/:noticeId/discard',
    act: 'discardNotice',
    roles: rolesFor('discardDraft'),
    ...own,
  },
];
