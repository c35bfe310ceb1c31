import { createHash, createPrivateKey, X509Certificate } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import forge from 'node-forge';

/** Who signs files by machine: an organisation's certificate with its key, and those that vouch for it. */
export type SigningIdentity = {
  readonly certificate: X509Certificate;
  /** The signer's first. */
  readonly chain: readonly X509Certificate[];
  readonly key: KeyObject;
  /** The organisation as its certificate calls it. */
  readonly name: string;
  readonly fingerprint: string;
  readonly validFrom: Date;
  readonly validUntil: Date;
};

/** What keeps the program from starting: the setting is named, and what to do about it. */
export class SigningIdentityWrong extends Error {
  constructor(path: string, why: string) {
    super(`NOTICE_P12_FILE ${path}: ${why}`);
  }
}

/** Read at the start, so that a wrong password is found then, and not by the first notice. */
export function readSigningIdentity(path: string, password: string, now: Date): SigningIdentity {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch {
    throw new SigningIdentityWrong(path, 'the file cannot be read');
  }
  const wrong = (why: string) => new SigningIdentityWrong(path, why);
  const identity = identityIn(bytes, password, wrong);
  const { validFrom, validUntil } = identity;
  if (now < validFrom) throw wrong(`the certificate is valid only from ${validFrom.toISOString()}`);
  if (now >= validUntil)
    throw wrong(
      `the certificate expired on ${validUntil.toISOString()}; put in the new one, or take the setting out`,
    );
  return identity;
}

function identityIn(bytes: Buffer, password: string, wrong: (why: string) => Error): SigningIdentity {
  const { key, certificates } = contentsOf(bytes, password, wrong);
  const certificate = certificates.find((each) => each.checkPrivateKey(key));
  if (!certificate) throw wrong('it holds no certificate that belongs to its key');
  if (key.asymmetricKeyType !== 'rsa' && key.asymmetricKeyType !== 'ec')
    throw wrong(`its key is ${key.asymmetricKeyType ?? 'of no kind'}; only RSA and EC are signed with`);
  return {
    certificate,
    chain: chainFrom(certificate, certificates),
    key,
    name: nameIn(certificate),
    fingerprint: createHash('sha256').update(certificate.raw).digest('hex'),
    validFrom: new Date(certificate.validFrom),
    validUntil: new Date(certificate.validTo),
  };
}

/** node:crypto opens no P12, so node-forge does; the key then goes over as PKCS #8, whatever its kind. */
function contentsOf(
  bytes: Buffer,
  password: string,
  wrong: (why: string) => Error,
): { readonly key: KeyObject; readonly certificates: readonly X509Certificate[] } {
  let p12: forge.pkcs12.Pkcs12Pfx;
  try {
    p12 = forge.pkcs12.pkcs12FromAsn1(forge.asn1.fromDer(bytes.toString('latin1')), false, password);
  } catch (error) {
    throw wrong(faultOf(error));
  }
  const bags = (type: string): forge.pkcs12.Bag[] => p12.getBags({ bagType: type })[type] ?? [];
  const { certBag, keyBag, pkcs8ShroudedKeyBag } = forge.pki.oids;
  const [own] = [...bags(pkcs8ShroudedKeyBag ?? ''), ...bags(keyBag ?? '')];
  if (!own) throw wrong('it holds no private key');
  const certificates = bags(certBag ?? '').map(
    ({ cert, asn1 }) => new X509Certificate(derOf(cert ? forge.pki.certificateToAsn1(cert) : asn1)),
  );
  try {
    return { key: keyIn(own), certificates };
  } catch {
    throw wrong('its key is of a kind that is not known here');
  }
}

function faultOf(error: unknown): string {
  const message = error instanceof Error ? error.message : '';
  if (message.includes('MAC')) return 'NOTICE_P12_PASSWORD does not open it';
  if (/decrypt/i.test(message))
    return 'it cannot be unpacked; pack it again under a password of plain letters and digits';
  return 'it is no P12 (PKCS #12) file';
}

function keyIn({ key, asn1 }: forge.pkcs12.Bag): KeyObject {
  const info = key ? forge.pki.wrapRsaPrivateKey(forge.pki.privateKeyToAsn1(key)) : asn1;
  return createPrivateKey({ key: derOf(info), format: 'der', type: 'pkcs8' });
}

const derOf = (asn1: forge.asn1.Asn1): Buffer => Buffer.from(forge.asn1.toDer(asn1).getBytes(), 'latin1');

/** From the signer upwards, as far as the file goes; a root that vouches for itself ends it. */
function chainFrom(signer: X509Certificate, known: readonly X509Certificate[]): X509Certificate[] {
  const chain = [signer];
  for (let last = signer; chain.length <= known.length;) {
    const above = known.find((each) => !chain.includes(each) && last.checkIssued(each));
    if (!above) break;
    chain.push(above);
    last = above;
  }
  return chain;
}

/** The organisation (O), else the common name. */
function nameIn({ subject }: X509Certificate): string {
  const part = (name: string) =>
    subject
      .split('\n')
      .find((line) => line.startsWith(`${name}=`))
      ?.slice(name.length + 1);
  return part('O') ?? part('CN') ?? '';
}
