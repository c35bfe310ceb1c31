import * as real from '../../node_modules/@node-rs/argon2/index.js';

const known = new Map<string, Promise<string>>();

/**
 * In the place of the package while tests run: a password is hashed once in a file, as slowly as ever, and has the same
 * hash again. A village has thirteen accounts with one password. Nothing is spared when one is compared.
 */
export function hash(password: string, options: Parameters<typeof real.hash>[1]): Promise<string> {
  const key = JSON.stringify([password, options]);
  const made = known.get(key) ?? real.hash(password, options);
  known.set(key, made);
  return made;
}

export const verify = real.verify;
