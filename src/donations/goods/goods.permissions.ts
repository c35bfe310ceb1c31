import type { Actor, Role } from '../../kernel/actor.js';
import type { PermissionRow } from '../../platform/web/permissions.js';
import { GIFT_KEEPERS, GIFT_READERS } from '../donations.permissions.js';

export const GOODS_READERS: readonly Role[] = [...GIFT_READERS, 'clerk'];
/** Whoever stands at the door of the office. */
export const GOODS_RECEIVERS: readonly Role[] = ['secretary', 'clerk', 'accountant'];
/** Anybody of the house but whoever took them in; that the two differ is asked by the service. */
export const GOODS_INSPECTORS: readonly Role[] = [
  'secretary',
  'clerk',
  'accountant',
  'cashier',
  'supervisor',
  'deputy',
];
/** What it is worth stands in the books. */
export const GOODS_VALUERS: readonly Role[] = GIFT_KEEPERS;
export const GOODS_ISSUERS: readonly Role[] = ['secretary', 'clerk'];
export const GOODS_DISPOSERS: readonly Role[] = ['secretary', 'accountant'];

const has = (roles: readonly Role[]) => (actor: Pick<Actor, 'roles'>) =>
  roles.some((role) => actor.roles.includes(role));
export const mayReceiveGoods = has(GOODS_RECEIVERS);
export const mayInspectGoods = has(GOODS_INSPECTORS);
export const mayValueGoods = has(GOODS_VALUERS);
export const mayIssueGoods = has(GOODS_ISSUERS);
export const mayDisposeGoods = has(GOODS_DISPOSERS);

const of = (roles: readonly Role[]) => ({ roles, scope: 'own-society', fields: [] }) as const;

export const goodsPermissions: readonly PermissionRow[] = [
  { route: 'GET /s/goods', act: 'listGoods', ...of(GOODS_READERS) },
  { route: 'GET /s/goods/new', act: 'receiveGoods', ...of(GOODS_RECEIVERS) },
  { route: 'POST /s/goods', act: 'receiveGoods', ...of(GOODS_RECEIVERS) },
  { route: 'GET /s/goods/:deliveryId', act: 'readGoods', ...of(GOODS_READERS) },
  { route: 'POST /s/goods/:deliveryId/inspection', act: 'inspectGoods', ...of(GOODS_INSPECTORS) },
  { route: 'POST /s/goods/:deliveryId/value', act: 'valueGoods', ...of(GOODS_VALUERS) },
  { route: 'POST /s/goods/:deliveryId/stock', act: 'stockGoods', ...of(GOODS_VALUERS) },
  { route: 'GET /s/goods/items/:itemId', act: 'readGoodsItem', ...of(GOODS_READERS) },
  { route: 'POST /s/goods/items/:itemId/issues', act: 'issueGoods', ...of(GOODS_ISSUERS) },
  { route: 'POST /s/goods/items/:itemId/disposals', act: 'disposeGoods', ...of(GOODS_DISPOSERS) },
  { route: 'GET /api/v1/goods', act: 'listGoods', ...of(GOODS_READERS) },
  { route: 'POST /api/v1/goods', act: 'receiveGoods', ...of(GOODS_RECEIVERS) },
  { route: 'GET /api/v1/goods/:deliveryId', act: 'readGoods', ...of(GOODS_READERS) },
  { route: 'POST /api/v1/goods/:deliveryId/inspection', act: 'inspectGoods', ...of(GOODS_INSPECTORS) },
  { route: 'POST /api/v1/goods/:deliveryId/value', act: 'valueGoods', ...of(GOODS_VALUERS) },
  { route: 'POST /api/v1/goods/:deliveryId/stock', act: 'stockGoods', ...of(GOODS_VALUERS) },
  { route: 'POST /api/v1/goods/items/:itemId/issues', act: 'issueGoods', ...of(GOODS_ISSUERS) },
  { route: 'POST /api/v1/goods/items/:itemId/disposals', act: 'disposeGoods', ...of(GOODS_DISPOSERS) },
];
