import type { Actor, Role } from '../kernel/actor.js';
import type { PermissionRow } from '../platform/web/permissions.js';

/** Who sees that somebody is flagged and why, and writes down what the person says to it. */
const READERS: readonly Role[] = ['secretary', 'clerk', 'chair', 'deputy', 'supervisor'];
/** Who says that a pledge was broken; of an officer's, the services ask more. */
const PROPOSERS: readonly Role[] = ['secretary', 'chair', 'deputy', 'supervisor'];
/** The second person. */
const CONFIRMERS: readonly Role[] = ['chair', 'deputy', 'supervisor'];
/** Whoever answers an appeal that lies with their own society; that they had no part in it the service asks. */
const DECIDERS: readonly Role[] = ['reviewer', 'supervisor', 'chair', 'deputy'];

const isOf = (roles: readonly Role[], actor: Pick<Actor, 'roles'>): boolean =>
  roles.some((role) => actor.roles.includes(role));

export const readsBreaches = (actor: Pick<Actor, 'roles'>): boolean => isOf(READERS, actor);
export const proposesBreaches = (actor: Pick<Actor, 'roles'>): boolean => isOf(PROPOSERS, actor);
export const confirmsBreaches = (actor: Pick<Actor, 'roles'>): boolean => isOf(CONFIRMERS, actor);
export const answersAppeals = (actor: Pick<Actor, 'roles'>): boolean => isOf(DECIDERS, actor);

const of = (roles: readonly Role[]) => (route: string, act: string) =>
  ({ route, act, roles, scope: 'own-society', fields: [] }) as const;
/** What was promised and what is said to it are free words about somebody's need. */
const words = (row: PermissionRow): PermissionRow => ({ ...row, fields: ['health'] });
const [reader, proposer, confirmer, decider] = [of(READERS), of(PROPOSERS), of(CONFIRMERS), of(DECIDERS)];

export const breachesPermissions: readonly PermissionRow[] = [
  reader('GET /s/breaches', 'listBreaches'),
  proposer('GET /s/breaches/new', 'proposeBreach'),
  words(proposer('POST /s/breaches', 'proposeBreach')),
  decider('GET /s/breaches/appeals', 'listBreachAppeals'),
  words(decider('GET /s/breaches/appeals/:appealId', 'readBreachAppeal')),
  words(decider('POST /s/breaches/appeals/:appealId/answer', 'answerBreachAppeal')),
  words(reader('GET /s/breaches/:breachId', 'readBreach')),
  words(reader('POST /s/breaches/:breachId/hearing', 'hearBreach')),
  confirmer('POST /s/breaches/:breachId/confirmation', 'confirmBreach'),
  words(proposer('POST /s/breaches/:breachId/refusal', 'dropBreach')),
  words(confirmer('POST /s/breaches/:breachId/lifting', 'liftBreach')),
  words(reader('POST /s/breaches/:breachId/appeals', 'appealBreach')),

  reader('GET /api/v1/breaches', 'listBreaches'),
  proposer('GET /api/v1/breaches/grounds', 'listBreachGrounds'),
  words(proposer('POST /api/v1/breaches', 'proposeBreach')),
  decider('GET /api/v1/breaches/appeals', 'listBreachAppeals'),
  words(decider('GET /api/v1/breaches/appeals/:appealId', 'readBreachAppeal')),
  words(decider('POST /api/v1/breaches/appeals/:appealId/answer', 'answerBreachAppeal')),
  words(reader('GET /api/v1/breaches/:breachId', 'readBreach')),
  words(reader('POST /api/v1/breaches/:breachId/hearing', 'hearBreach')),
  confirmer('POST /api/v1/breaches/:breachId/confirmation', 'confirmBreach'),
  words(proposer('POST /api/v1/breaches/:breachId/refusal', 'dropBreach')),
  words(confirmer('POST /api/v1/breaches/:breachId/lifting', 'liftBreach')),
  words(reader('POST /api/v1/breaches/:breachId/appeals', 'appealBreach')),
];
