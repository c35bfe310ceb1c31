import type { Role } from '../kernel/actor.js';
import type { PermissionRow } from '../platform/web/permissions.js';
import { ANSWERERS, RECTIFICATION_READERS } from './rectification-rights.js';

/** Who works at the desk of the federation, or watches it. That one acts in a federation the services ask: elsewhere it is not there. */
const DESK: readonly Role[] = ['reviewer', 'secretary', 'clerk', 'supervisor'];
/** The supervisor settles what two reviewers see differently, and nothing else. */
const FINDERS: readonly Role[] = ['reviewer', 'supervisor'];
/** What two cases have to do with each other: said by whoever compares them. */
const COMPARERS: readonly Role[] = ['reviewer', 'secretary', 'clerk'];

/** What waits, what was found and what came of it, without the words that go with it. */
const DESK_READERS: readonly Role[] = [...DESK, 'auditor'];

const list = { roles: DESK_READERS, scope: 'own-society', fields: [] } as const;
const desk = { roles: DESK, scope: 'own-society', fields: [] } as const;
const read = { roles: DESK_READERS, scope: 'own-society', fields: ['health'] } as const;
const photo = { ...read, roles: DESK } as const;
const find = { roles: FINDERS, scope: 'own-society', fields: ['health'] } as const;
const compare = { roles: COMPARERS, scope: 'own-society', fields: ['health'] } as const;
const told = { roles: RECTIFICATION_READERS, scope: 'own-society', fields: ['health'] } as const;
const answer = { roles: ANSWERERS, scope: 'own-society', fields: ['health'] } as const;

export const federationPermissions: readonly PermissionRow[] = [
  { route: 'GET /s/desk', act: 'listReviewQueue', ...list },
  { route: 'POST /s/desk/claims', act: 'claimReview', ...desk },
  { route: 'POST /s/desk/releases', act: 'releaseReview', ...desk },
  { route: 'POST /s/desk/views', act: 'saveView', ...desk },
  { route: 'POST /s/desk/views/:viewId/removal', act: 'removeView', ...desk },
  { route: 'GET /s/desk/cases/:caseId', act: 'readGrantForReview', ...read },
  { route: 'POST /s/desk/cases/:caseId/check', act: 'recordGrantFinding', ...find },
  { route: 'POST /s/desk/cases/:caseId/findings', act: 'recordGrantFinding', ...find },
  { route: 'POST /s/desk/cases/:caseId/matches/:matchId', act: 'disposeMatch', ...compare },
  { route: 'GET /s/desk/photos/:rectificationId', act: 'readAnswerPhoto', ...photo },
  { route: 'GET /s/rectifications/:rectificationId', act: 'readRectification', ...told },
  { route: 'POST /s/rectifications/:rectificationId', act: 'answerRectification', ...answer },

  { route: 'GET /api/v1/desk', act: 'listReviewQueue', ...list },
  { route: 'POST /api/v1/desk/claims', act: 'claimReview', ...desk },
  { route: 'POST /api/v1/desk/releases', act: 'releaseReview', ...desk },
  { route: 'GET /api/v1/desk/views', act: 'listSavedViews', ...desk },
  { route: 'POST /api/v1/desk/views', act: 'saveView', ...desk },
  { route: 'POST /api/v1/desk/views/:viewId/removal', act: 'removeView', ...desk },
  { route: 'GET /api/v1/desk/cases/:caseId', act: 'readGrantForReview', ...read },
  { route: 'POST /api/v1/desk/cases/:caseId/findings', act: 'recordGrantFinding', ...find },
  {
    route: 'POST /api/v1/desk/rectifications/:rectificationId/answer',
    act: 'answerRectification',
    ...answer,
  },
];
