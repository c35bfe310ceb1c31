import type { Role } from '../kernel/actor.js';
import { permissions } from '../permissions.js';

/**
 * The pages worth a place in the menu, the most used first, since a phone folds the last ones away; who sees which is
 * read from the permission table.
 */
const ENTRIES: readonly (readonly [route: string, words: string])[] = [
  ['GET /s', '今天要办'],
  ['GET /s/cases', '案件'],
  ['GET /s/notices', '公示'],
  ['GET /s/ledger', '资金'],
  ['GET /s/funds', '基金'],
  ['GET /s/leads', '线索'],
  ['GET /s/people', '名册'],
  ['GET /s/offices', '职务'],
  ['GET /admin/societies', '互助社'],
  ['GET /admin/accounts', '账号'],
];

export function menuOf(roles: readonly Role[]): { words: string; href: string }[] {
  return ENTRIES.filter(([route]) => mayReach(route, roles)).map(([route, words]) => ({
    words,
    href: route.replace('GET ', ''),
  }));
}

function mayReach(route: string, roles: readonly Role[]): boolean {
  const row = permissions.find((each) => each.route === route);
  return row?.roles.some((role) => roles.includes(role)) ?? false;
}
