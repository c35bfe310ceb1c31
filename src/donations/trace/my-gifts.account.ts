import { UnauthorizedException } from '@nestjs/common';
import type { Actor } from '../../kernel/actor.js';

/** Whose gifts they are. The permission table lets no stranger reach a page that asks. */
export function accountOf({ accountId }: Actor): string {
  if (accountId === null) throw new UnauthorizedException();
  return accountId;
}
