import type { Actor, Role } from '../kernel/actor.js';
import type { FieldGroup, PermissionRow } from '../platform/web/permissions.js';

/** Who keeps the register. The system administrator enters people for a society that is just founded. */
const KEEPERS: readonly Role[] = ['secretary', 'clerk', 'system-admin'];
/** What belongs to one person's affairs is the society's alone. */
const SOCIETY: readonly Role[] = ['secretary', 'clerk'];

/** Whoever may look at a correction as the second person: of the office, or whoever leads it. */
const CHECKERS: readonly Role[] = ['chair', 'deputy', 'secretary', 'clerk'];

/** Cards and consents are shown to these alone, on pages and in the API. */
export const mayHandle = ({ roles }: Actor): boolean => SOCIETY.some((role) => roles.includes(role));

/** Whoever may answer what a person asks of the data held about them; the supervisor only reads it. */
export const mayAnswer = ({ roles }: Pick<Actor, 'roles'>): boolean =>
  CHECKERS.some((role) => roles.includes(role));

const keeper = (route: string, act: string, fields: readonly FieldGroup[]): PermissionRow => ({
  route,
  act,
  roles: KEEPERS,
  scope: 'own-society',
  fields,
});
const society = (route: string, act: string, fields: readonly FieldGroup[]): PermissionRow => ({
  ...keeper(route, act, fields),
  roles: SOCIETY,
});

const checker = (route: string, act: string): PermissionRow => ({
  ...keeper(route, act, []),
  roles: CHECKERS,
});

/** The supervisor sees that people are answered, and answers nobody (quality.md 6). */
const reader = (route: string, act: string): PermissionRow => ({
  ...checker(route, act),
  roles: [...CHECKERS, 'supervisor'],
});
const EVERYTHING: readonly FieldGroup[] = ['identity', 'contact', 'health', 'bank'];

/** Whose account money goes to is changed on a fresh proof only (quality.md T5). */
const fresh = (row: PermissionRow): PermissionRow => ({ ...row, proof: 'fresh' });

/** Who watches over looks: the supervisor and whoever audits, of a federation also over the societies below; and whoever runs the house. */
const watch = {
  act: 'listLooks',
  roles: ['supervisor', 'auditor'],
  scope: 'own-society',
  fields: [],
} as const;

export const peoplePermissions: readonly PermissionRow[] = [
  { route: 'GET /s/looks', ...watch },
  { route: 'GET /api/v1/looks', ...watch },
  { route: 'GET /admin/looks', act: 'listAllLooks', roles: ['system-admin'], scope: 'system', fields: [] },
  keeper('GET /s/people', 'listPeople', ['contact']),
  keeper('POST /s/people/search', 'searchPeople', ['contact']),
  keeper('GET /s/people/suggest', 'suggestPeople', []),
  keeper('GET /s/people/new', 'addPerson', []),
  keeper('POST /s/people', 'addPerson', ['identity', 'contact']),
  keeper('GET /s/people/import', 'importPeople', []),
  keeper('GET /s/people/import/template.xlsx', 'importPeople', []),
  keeper('POST /s/people/import', 'importPeople', ['identity', 'contact']),
  keeper('POST /s/people/import/confirm', 'importPeople', ['identity', 'contact']),
  checker('GET /s/people/corrections', 'listPersonCorrections'),
  checker('GET /s/people/corrections/:correctionId', 'readPersonCorrection'),
  checker('POST /s/people/corrections/:correctionId/confirmation', 'confirmPersonCorrection'),
  checker('POST /s/people/corrections/:correctionId/refusal', 'declinePersonCorrection'),
  society('POST /s/people/:personId/corrections', 'proposePersonCorrection', []),
  reader('GET /s/people/requests', 'listPersonRequests'),
  reader('GET /s/people/retention', 'listRetentionPeriods'),
  reader('GET /s/people/requests/:requestId', 'readPersonRequest'),
  fresh(society('GET /s/people/requests/:requestId/copy', 'copyPerson', EVERYTHING)),
  fresh(society('GET /s/people/requests/:requestId/copy.json', 'copyPerson', EVERYTHING)),
  checker('POST /s/people/requests/:requestId/voucher', 'vouchPersonRequest'),
  society('POST /s/people/requests/:requestId/handing', 'handPersonCopy', []),
  fresh(checker('POST /s/people/requests/:requestId/erasure', 'erasePerson')),
  checker('POST /s/people/requests/:requestId/refusal', 'declinePersonRequest'),
  society('GET /s/people/:personId/requests', 'recordPersonRequest', []),
  society('POST /s/people/:personId/requests', 'recordPersonRequest', []),
  reader('GET /api/v1/people/requests', 'listPersonRequests'),
  reader('GET /api/v1/people/retention', 'listRetentionPeriods'),
  society('POST /api/v1/people/:personId/requests', 'recordPersonRequest', []),
  fresh(society('GET /api/v1/people/requests/:requestId/copy', 'copyPerson', EVERYTHING)),
  checker('POST /api/v1/people/requests/:requestId/voucher', 'vouchPersonRequest'),
  society('POST /api/v1/people/requests/:requestId/handing', 'handPersonCopy', []),
  fresh(checker('POST /api/v1/people/requests/:requestId/erasure', 'erasePerson')),
  checker('POST /api/v1/people/requests/:requestId/refusal', 'declinePersonRequest'),
  keeper('GET /s/people/:personId', 'readPerson', ['identity', 'contact', 'bank']),
  society('POST /s/people/:personId/id-number', 'supplyIdNumber', ['identity']),
  fresh(society('POST /s/people/:personId/payee-accounts', 'addPayeeAccount', ['bank'])),
  keeper('POST /s/people/:personId/kin', 'declareKin', []),
  society('GET /s/people/:personId/consents', 'readConsents', []),
  society('POST /s/people/:personId/consents', 'giveConsents', []),
  society('GET /s/people/:personId/consents/withdrawal', 'withdrawConsent', []),
  society('POST /s/people/:personId/consents/withdrawal', 'withdrawConsent', []),
  keeper('GET /api/v1/people', 'listPeople', ['contact']),
  keeper('POST /api/v1/people', 'addPerson', ['identity', 'contact']),
  keeper('GET /api/v1/people/suggest', 'suggestPeople', []),
  keeper('POST /api/v1/people/suggest', 'suggestPeople', []),
  checker('GET /api/v1/people/corrections', 'listPersonCorrections'),
  society('POST /api/v1/people/:personId/corrections', 'proposePersonCorrection', []),
  checker('POST /api/v1/people/corrections/:correctionId/confirmation', 'confirmPersonCorrection'),
  checker('POST /api/v1/people/corrections/:correctionId/refusal', 'declinePersonCorrection'),
  keeper('GET /api/v1/people/:personId', 'readPerson', ['contact', 'bank']),
  society('POST /api/v1/people/:personId/id-number', 'supplyIdNumber', ['identity']),
  fresh(society('POST /api/v1/people/:personId/payee-accounts', 'addPayeeAccount', ['bank'])),
  keeper('POST /api/v1/people/:personId/kin', 'declareKin', []),
  society('GET /api/v1/people/:personId/consents', 'readConsents', []),
  society('POST /api/v1/people/:personId/consents', 'giveConsents', []),
];
