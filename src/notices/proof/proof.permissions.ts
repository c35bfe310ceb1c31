import type { PermissionRow } from '../../platform/web/permissions.js';
import { PRINTERS } from '../notices.permissions.js';

/** Whoever holds an office may print the notices of the society. */
const own = { scope: 'own-society', roles: PRINTERS, fields: [] } as const;
const open = { scope: 'public', roles: ['anonymous'], fields: [] } as const;

export const noticeProofPermissions: readonly PermissionRow[] = [
  { route: 'GET /s/notices/:noticeId/print', act: 'printNotice', ...own },
  { route: 'POST /s/notices/:noticeId/print-codes', act: 'makePrintCode', ...own },
  { route: 'GET /n/:code/pages/:page', act: 'readNoticePicture', ...open },
  { route: 'GET /n/:code/notice-signed.pdf', act: 'readSignedNoticePdf', ...open },
  { route: 'GET /n/:code/poster.pdf', act: 'readNoticePoster', ...open },
  { route: 'GET /n/:code/large.pdf', act: 'readLargeNotice', ...open },
  { route: 'POST /verify/file', act: 'verifyNoticeFile', ...open },
  { route: 'GET /p', act: 'askForPrintCode', ...open },
  { route: 'POST /p', act: 'openPrintCode', ...open },
  { route: 'POST /api/v1/notices/verify', act: 'verifyNoticeFile', ...open },
  { route: 'POST /api/v1/notices/:noticeId/print-codes', act: 'makePrintCode', ...own },
];
