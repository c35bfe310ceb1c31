import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { permissions } from '../permissions.js';
import { menuOf } from './menu.js';
import { permissionsPage } from './permissions-page.js';

it('is what docs/permissions.md says (npm run huzhu -- export:permissions docs/permissions.md)', () => {
  expect(readFileSync(join(process.cwd(), 'docs', 'permissions.md'), 'utf8')).toBe(permissionsPage());
});

it('names every route once', () => {
  const routes = permissions.map(({ route }) => route);
  expect(routes.filter((route, i) => routes.indexOf(route) !== i)).toEqual([]);
});

it('lets the system administrator read no case and move no money', () => {
  const reach = permissions.filter(({ roles }) => roles.includes('system-admin')).map(({ route }) => route);
  expect(reach.filter((route) => /cases|leads|rounds|payments|ledger|files/.test(route))).toEqual([]);
});

it('makes each menu from the same table', () => {
  expect(menuOf(['cashier'], 'SOCIETY').map(({ words }) => words)).toContain('今天要办');
  expect(menuOf(['system-admin'], null).map(({ href }) => href)).not.toContain('/s/cases');
  expect(menuOf(['anonymous'], null)).toEqual([]);
  const desk = (kind: 'SOCIETY' | 'FEDERATION') =>
    menuOf(['reviewer'], kind)
      .map(({ words }) => words)
      .includes('审核台');
  expect([desk('SOCIETY'), desk('FEDERATION')]).toEqual([false, true]);
});

it('asks for a fresh proof before money, payees, offices and accounts (quality.md T5)', () => {
  const acts = [
    ...[
      'approvePayment',
      'recordPayment',
      'recordFailedPayment',
      'recordReturnedPayment',
      'recordInstalment',
    ],
    ...['payRefund', 'addPayeeAccount', 'addInstitution', 'endInstitution', 'amendCase'],
    ...[
      'appointOfficer',
      'endOffice',
      'openAccount',
      'issueLink',
      'removeSecondFactor',
      'bindPhone',
      'unbindPhone',
    ],
  ];
  const changing = permissions.filter(({ act, route }) => acts.includes(act) && !route.startsWith('GET '));
  expect(new Set(changing.map(({ act }) => act))).toEqual(new Set(acts));
  expect(changing.filter(({ proof }) => proof !== 'fresh').map(({ route }) => route)).toEqual([]);
  // A page of one link has no session, and so nobody who could prove anything.
  expect(permissions.filter(({ scope, proof }) => scope === 'public' && proof !== undefined)).toEqual([]);
});
