import type { Fund } from '../funds/domain/fund.js';
import { UNRESTRICTED } from '../ledger/index.js';

/** As the ledger calls the money of a fund or of one of its projects. */
export function purseOf({ root, fund }: { readonly root: Fund; readonly fund: Fund }) {
  return { fund: root.name, restriction: fund.parentId === null ? UNRESTRICTED : fund.name };
}
