import { createHash, createHmac } from 'node:crypto';

const hex = (text: string) => createHash('sha256').update(text).digest('hex');
const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest();

export type SignedCall = {
  readonly method: 'POST';
  readonly path: string;
  /** Canonical: names in order, each part percent-encoded. */
  readonly query: string;
  /** Names in lower case; all of them are signed. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};

/** RFC 3986: what `encodeURIComponent` leaves as it is, and these do not. */
export function percentEncoded(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

export function canonicalQuery(parameters: Readonly<Record<string, string>>): string {
  return Object.entries(parameters)
    .map(([name, value]) => `${percentEncoded(name)}=${percentEncoded(value)}`)
    .sort()
    .join('&');
}

/** The request as both operators write it down before they sign it. */
function canonical({ method, path, query, headers, body }: SignedCall): { text: string; names: string } {
  const sorted = Object.keys(headers).sort();
  const lines = sorted.map((name) => `${name}:${headers[name]?.trim() ?? ''}\n`).join('');
  const names = sorted.join(';');
  return { text: [method, path, query, lines, names, hex(body)].join('\n'), names };
}

/** Alibaba Cloud's V3 signature (ACS3-HMAC-SHA256): the value of `Authorization`. */
export function acs3(call: SignedCall, keyId: string, keySecret: string): string {
  const { text, names } = canonical(call);
  const signature = hmac(keySecret, `ACS3-HMAC-SHA256\n${hex(text)}`).toString('hex');
  return `ACS3-HMAC-SHA256 Credential=${keyId},SignedHeaders=${names},Signature=${signature}`;
}

/** Tencent Cloud's V3 signature (TC3-HMAC-SHA256), whose key is of one day (UTC) and one service. */
export function tc3(
  call: SignedCall,
  { keyId, keySecret, service, at }: { keyId: string; keySecret: string; service: string; at: Date },
): string {
  const { text, names } = canonical(call);
  const day = at.toISOString().slice(0, 10);
  const scope = `${day}/${service}/tc3_request`;
  const seconds = String(Math.floor(at.getTime() / 1000));
  const key = hmac(hmac(hmac(`TC3${keySecret}`, day), service), 'tc3_request');
  const signature = hmac(key, ['TC3-HMAC-SHA256', seconds, scope, hex(text)].join('\n')).toString('hex');
  return `TC3-HMAC-SHA256 Credential=${keyId}/${scope}, SignedHeaders=${names}, Signature=${signature}`;
}

/** The hash that Alibaba wants beside the body. */
export const bodyHash = hex;
