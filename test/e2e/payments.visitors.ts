import { randomUUID } from 'node:crypto';
import { AccessService } from '../../src/access/index.js';
import { callerOf } from '../support/house.js';
import { api } from '../support/clients.js';
import type { ApiClient } from '../support/clients.js';
import { FormVisitor } from '../support/form-visitor.js';
import { PASSWORD } from '../support/officers.js';
import type { Till } from '../integration/payments.given.js';

/** An account for somebody of the register, by its name to sign in with. */
export async function accountOf({ house }: Till, societyId: string, personId: string): Promise<string> {
  const login = `u${randomUUID().slice(0, 8)}`;
  const admin = callerOf({ accountId: randomUUID(), roles: ['system-admin'] });
  await house.get(AccessService).openAccount(admin, { societyId, personId, login, password: PASSWORD });
  return login;
}

/** The same person at the pages and at the API. */
export type Both = { readonly pages: FormVisitor; readonly program: ApiClient };

export async function atBoth(till: Till, societyId: string, personId: string): Promise<Both> {
  const login = await accountOf(till, societyId, personId);
  const pages = new FormVisitor(till.house.app);
  const { status } = await pages.signIn(login, PASSWORD);
  if (status !== 303) throw new Error(`${login} cannot sign in: ${status}`);
  return { pages, program: await api(till.house, login) };
}
