import { execFileSync, spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** openssl makes the certificates of the tests, each of them new. */
export const hasOpenSsl = spawnSync('openssl', ['version']).status === 0;

type Wanted = {
  readonly key?: 'rsa' | 'ec';
  readonly organisation?: string;
  /** As the certificate offices have long packed it: 3DES and RC2 with SHA-1. */
  readonly packing?: 'new' | 'old';
  readonly password?: string;
};

/** A certificate that vouches for itself, valid from 2020 to 2120, and its key, in one file behind a password. */
export function givenP12(
  directory: string,
  { key = 'rsa', organisation = '演示县慈善总会', packing = 'new', password = randomUUID() }: Wanted,
): { readonly path: string; readonly password: string } {
  const place = join(directory, randomUUID());
  mkdirSync(place);
  const openssl = (...words: string[]) => execFileSync('openssl', words, { stdio: 'pipe', cwd: place });
  writeFileSync(join(place, 'ca.cnf'), AUTHORITY);
  writeFileSync(join(place, 'index.txt'), '');
  writeFileSync(join(place, 'serial'), '01\n');
  const kind = key === 'rsa' ? ['rsa:2048'] : ['ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1'];
  openssl(
    ...['req', '-new', '-newkey', ...kind, '-noenc', '-keyout', 'key', '-out', 'csr', '-utf8'],
    ...['-subj', `/C=CN/O=${organisation}/CN=${organisation}`],
  );
  openssl(
    ...['ca', '-selfsign', '-config', 'ca.cnf', '-in', 'csr', '-keyfile', 'key', '-out', 'crt', '-batch'],
    ...['-startdate', '20200101000000Z', '-enddate', '21200101000000Z', '-notext'],
  );
  const old = ['-keypbe', 'PBE-SHA1-3DES', '-certpbe', 'PBE-SHA1-3DES', '-macalg', 'sha1'];
  openssl(
    ...['pkcs12', '-export', '-inkey', 'key', '-in', 'crt', '-out', 'p12'],
    ...['-passout', `pass:${password}`, ...(packing === 'old' ? old : [])],
  );
  return { path: join(place, 'p12'), password };
}

/** As little as openssl asks of whoever signs certificates: it is the one way there to say when one begins. */
const AUTHORITY = `[ca]
default_ca = own
[own]
database = index.txt
new_certs_dir = .
serial = serial
default_md = sha256
policy = any
utf8 = yes
string_mask = utf8only
[any]
countryName = optional
organizationName = optional
commonName = optional
`;
