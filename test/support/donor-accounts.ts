import { randomUUID } from 'node:crypto';
import { AccessService } from '../../src/access/index.js';
import { DonorAccountsService, MyGiftsQueries } from '../../src/donations/index.js';
import { Transactions } from '../../src/platform/database/transactions.js';
import { callerOf } from './house.js';
import { PASSWORD } from './officers.js';
import { as } from './village.js';
import type { Village } from './village.js';

export type DonorAccount = { readonly login: string; readonly accountId: string };

/** The donor opens the accountant's link, and signs in with `PASSWORD` from then on. */
export async function givenDonorAccount(village: Village, donorId: string): Promise<DonorAccount> {
  const { house } = village;
  const invited = { donorId, login: null };
  const { link } = await house.get(DonorAccountsService).inviteDonor(as(village, 'accountant'), invited);
  const login = `donor-${randomUUID().slice(0, 8)}`;
  const token = link?.replace('/link/', '') ?? '';
  await house.get(AccessService).useLink(callerOf({}), token, { login, password: PASSWORD });
  const accountId = await house
    .get(Transactions)
    .run((tx) => house.get(AccessService).accountOfLogin(tx, login));
  if (accountId === null) throw new Error('The link opened no account');
  if ((await house.get(MyGiftsQueries).all(accountId)).records.length === 0)
    throw new Error('The account is linked to no donor');
  return { login, accountId };
}

/** The accountant names a login that is there; its owner says that these gifts are his. */
export async function givenLinkedLogin(
  village: Village,
  donorId: string,
  { login, accountId }: DonorAccount,
): Promise<void> {
  const accounts = village.house.get(DonorAccountsService);
  await accounts.inviteDonor(as(village, 'accountant'), { donorId, login });
  const owner = callerOf({ accountId, roles: ['signed-in'] });
  await accounts.answerOffer(owner, { donorId, answer: 'ACCEPT' });
}
