import type { Config } from '../platform/config.js';
import { carriesTexts } from './texts.js';

/** What the door offers beside the password. */
export type Ways = {
  readonly byPhone: boolean;
  /** What the button of the identity provider says; null where there is none. */
  readonly byIdentity: string | null;
};

export function waysIn(config: Config): Ways {
  return { byPhone: carriesTexts(config), byIdentity: config.oidc?.label ?? null };
}
