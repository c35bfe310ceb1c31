import type { Role } from '../kernel/actor.js';
import { permissions } from '../permissions.js';
import type { Society } from '../societies/index.js';

/**
 * The pages worth a place in the menu, the most used first, since a phone folds the last ones away; who sees which is
 * read from the permission table.
 */
const ENTRIES: readonly (readonly [route: string, words: string])[] = [
  ['GET /s', '今天要办'],
  ['GET /s/desk', '审核台'],
  ['GET /s/cases', '案件'],
  ['GET /s/notices', '公示'],
  ['GET /s/ledger', '资金'],
  ['GET /s/donations', '捐赠'],
  ['GET /s/goods', '物资'],
  ['GET /s/relief', '基金救助'],
  ['GET /s/funds', '基金'],
  ['GET /s/leads', '线索'],
  ['GET /s/people', '名册'],
  ['GET /s/offices', '职务'],
  ['GET /s/charter', '章程'],
  ['GET /s/messages', '短信'],
  ['GET /s/looks', '谁看过'],
  ['GET /d', '我的捐赠'],
  ['GET /admin/societies', '互助社'],
  ['GET /admin/accounts', '账号'],
  ['GET /admin/messages', '短信'],
  ['GET /admin/looks', '谁看过'],
];

/** There only in a federation: elsewhere the page is not there, whatever one's part. */
const OF_A_FEDERATION: readonly string[] = ['GET /s/desk'];

/** `kind` of the society acted in; null outside any. */
export function menuOf(
  roles: readonly Role[],
  kind: Society['kind'] | null,
): { words: string; href: string }[] {
  return ENTRIES.filter(
    ([route]) => mayReach(route, roles) && (kind === 'FEDERATION' || !OF_A_FEDERATION.includes(route)),
  ).map(([route, words]) => ({
    words,
    href: route.replace('GET ', ''),
  }));
}

function mayReach(route: string, roles: readonly Role[]): boolean {
  const row = permissions.find((each) => each.route === route);
  return row?.roles.some((role) => roles.includes(role)) ?? false;
}
