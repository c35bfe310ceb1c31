/** The federation's own identity provider (OpenID Connect Core 1.0), as its office registered us there. */
export type OidcSettings = {
  /** As the provider's tokens name it, to the letter. */
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** What the button says. */
  readonly label: string;
};

type Read = {
  /** A setting by its name, trimmed; '' where it is not set. */
  readonly text: (name: string) => string;
  readonly faults: string[];
};

const NEEDED = ['OIDC_ISSUER', 'OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET'] as const;
const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];
const LONGEST_LABEL = 30;

/** All of OIDC_… or none. What is wrong is added to `faults`; no value is quoted, since one of them is a secret. */
export function readOidcSettings({ text, faults }: Read): OidcSettings | null {
  const label = text('OIDC_LABEL');
  const missing = NEEDED.filter((name) => text(name) === '');
  if (missing.length === NEEDED.length && label === '') return null;
  if (missing.length > 0) {
    faults.push(`${NEEDED.join(', ')} go together: ${missing.join(', ')} is missing`);
    return null;
  }
  const issuer = text('OIDC_ISSUER');
  const fault = faultOfIssuer(issuer);
  if (fault !== null) faults.push(`OIDC_ISSUER ${fault}`);
  if (label.length > LONGEST_LABEL) faults.push(`OIDC_LABEL has at most ${LONGEST_LABEL} characters`);
  const clientId = text('OIDC_CLIENT_ID');
  return { issuer, clientId, clientSecret: text('OIDC_CLIENT_SECRET'), label: label || '用单位账号登录' };
}

/** OpenID Connect Discovery 1.0, section 3: https, and neither query nor fragment. Plain http stays on this machine. */
function faultOfIssuer(issuer: string): string | null {
  if (!URL.canParse(issuer)) return 'is no address';
  const { protocol, hostname, search, hash, username, password } = new URL(issuer);
  const isSafe = protocol === 'https:' || (protocol === 'http:' && LOOPBACK.includes(hostname));
  if (!isSafe) return 'must be https:// (http:// only on this machine)';
  return search || hash || username || password ? 'has a query, a fragment or a name in it' : null;
}
