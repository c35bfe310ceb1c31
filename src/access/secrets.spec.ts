import { verify } from '@node-rs/argon2';
import { NOBODYS, Passwords } from './secrets.js';

/** `$argon2id$v=19$m=…,t=…,p=…$` of a hash: all that decides how long a comparison takes. */
const costOf = (hash: string): string => hash.split('$').slice(1, 4).join('$');

it('compares with a hash of the very same cost where there is nobody: as much work, and never a fit', async () => {
  const passwords = new Passwords();
  expect(costOf(await NOBODYS)).toBe(costOf(await passwords.hash('柳溪村头三棵老槐树下')));
  expect(await verify(await NOBODYS, 'nobody')).toBe(true);
  expect(await passwords.matches(null, 'nobody')).toBe(false);
});
