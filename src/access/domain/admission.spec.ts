import type { Role } from '../../kernel/actor.js';
import { admissionOf } from './admission.js';
import type { Admission, Asker, Face, Rule } from './admission.js';

const rule = (scope: Rule['scope'], ...roles: Role[]): Rule => ({ scope, roles });
const asker = (societyId: string | null, ...roles: Role[]): Asker => ({
  societyId,
  roles: ['signed-in', ...roles],
});
const nobody = null;

type Row = [because: string, rule: Rule | null, asker: Asker | null, page: Admission, api: Admission];

const TABLE: Row[] = [
  ['what has no row is not there', null, asker('A', 'chair'), 'not-found', 'not-found'],
  ['a public page asks nobody', rule('public', 'anonymous'), nobody, 'allow', 'allow'],
  [
    'a public page is open to officers too',
    rule('public', 'anonymous'),
    asker('A', 'chair'),
    'allow',
    'allow',
  ],
  ['whoever is unknown signs in', rule('own-society', 'chair'), nobody, 'sign-in', 'sign-in'],
  [
    'signed in is enough where the row says so',
    rule('signed-in', 'signed-in'),
    asker(null),
    'allow',
    'allow',
  ],
  [
    'a donor looks at his gifts outside any society',
    rule('signed-in', 'donor'),
    asker(null, 'donor'),
    'allow',
    'allow',
  ],
  ['who never gave has no gifts', rule('signed-in', 'donor'), asker('A', 'chair'), 'forbidden', 'forbidden'],
  ['the role is held in the society', rule('own-society', 'chair'), asker('A', 'chair'), 'allow', 'allow'],
  [
    'one of several roles is enough',
    rule('own-society', 'chair', 'deputy'),
    asker('A', 'deputy'),
    'allow',
    'allow',
  ],
  [
    'another role is not enough',
    rule('own-society', 'chair'),
    asker('A', 'cashier'),
    'forbidden',
    'forbidden',
  ],
  ['no office, no entry', rule('own-society', 'chair'), asker('A'), 'forbidden', 'forbidden'],
  ['roles come with a society', rule('own-society', 'chair'), asker(null), 'choose', 'forbidden'],
  [
    'the administrator may choose one to set it up',
    rule('own-society', 'system-admin'),
    asker(null, 'system-admin'),
    'choose',
    'forbidden',
  ],
  [
    'the administrator has no part in the rest',
    rule('own-society', 'chair'),
    asker(null, 'system-admin'),
    'forbidden',
    'forbidden',
  ],
  [
    'nor inside a society',
    rule('own-society', 'chair'),
    asker('A', 'system-admin'),
    'forbidden',
    'forbidden',
  ],
  [
    'the system is the administrator’s',
    rule('system', 'system-admin'),
    asker('A', 'system-admin'),
    'allow',
    'allow',
  ],
  [
    'and nobody else’s',
    rule('system', 'system-admin'),
    asker('A', 'chair', 'secretary'),
    'forbidden',
    'forbidden',
  ],
  ['a row without roles lets nobody in', rule('own-society'), asker('A', 'chair'), 'forbidden', 'forbidden'],
];

it.each(TABLE)('%s', (_because, asked, who, page, api) => {
  const answer = (face: Face) => admissionOf(asked, who, face);
  expect([answer('page'), answer('api')]).toEqual([page, api]);
});
