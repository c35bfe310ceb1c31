import { isAuditor } from '../kernel/actor.js';
import { permissions } from '../permissions.js';
import type { PermissionRow } from '../platform/web/permissions.js';
import { menuOf } from './menu.js';

const isWriting = ({ route }: PermissionRow): boolean => !route.startsWith('GET ');
const namesAuditor = (row: PermissionRow): boolean => isAuditor(row);

/** Every form and command that an office of auditor would open. */
const writingIn = (rows: readonly PermissionRow[]): string[] =>
  rows.filter((row) => isWriting(row) && namesAuditor(row)).map(({ route }) => route);

/** What any account may send: about its own session and codes, or what a stranger may. */
const OWN = /^[A-Z]+ (?:\/api\/v1)?\/(?:me\/|sign-out$|choose$|sessions\/|(?:my-gifts|d)\/offers\/)/;

/** Pages that lead only to a form; a reader has nothing to do there. */
const LEADS_TO_A_FORM = /\/(?:new|links|look|copy|correction|takedowns\/:code|print)$/;

it('writes nowhere (ADR 27)', () => {
  expect(writingIn(permissions)).toEqual([]);
});

it('control: one role too many in one row is found', () => {
  const [first] = permissions.filter(({ route }) => route === 'POST /s/ledger/inflows');
  if (!first) throw new Error('The route has another name now');
  const slipped = permissions.map((row) =>
    row === first ? { ...row, roles: [...row.roles, 'auditor' as const] } : row,
  );
  expect(writingIn(slipped)).toEqual(['POST /s/ledger/inflows']);
});

it('sends, as any account, only what is about its own session', () => {
  const sent = permissions.filter(
    (row) => isWriting(row) && row.scope === 'signed-in' && row.roles.includes('signed-in'),
  );
  expect(sent.length).toBeGreaterThan(15);
  expect(sent.map(({ route }) => route).filter((route) => !OWN.test(route))).toEqual([]);
});

it('opens no page that leads to a form, and takes no file with a name on it', () => {
  const opened = permissions.filter(namesAuditor).map(({ route }) => route);
  expect(opened.length).toBeGreaterThan(70);
  expect(opened.filter((route) => LEADS_TO_A_FORM.test(route))).toEqual([]);
  const named = permissions.filter(
    (row) => namesAuditor(row) && row.fields.some((field) => ['donor'].includes(field)),
  );
  expect(named).toEqual([]);
});

it('sees what the supervisor sees, or less', () => {
  const more = permissions.filter(
    (row) => namesAuditor(row) && row.scope === 'own-society' && !row.roles.includes('supervisor'),
  );
  expect(more.map(({ route }) => route)).toEqual([]);
});

it('finds in the menu what there is to read', () => {
  const words = (kind: 'SOCIETY' | 'FEDERATION') => menuOf(['auditor'], kind).map((entry) => entry.words);
  expect(words('SOCIETY')).toEqual(
    expect.arrayContaining(['案件', '公示', '资金', '捐赠', '基金救助', '谁看过']),
  );
  expect(words('SOCIETY')).not.toContain('审核台');
  expect(words('FEDERATION')).toContain('审核台');
  expect(words('FEDERATION')).not.toEqual(expect.arrayContaining(['名册']));
});
