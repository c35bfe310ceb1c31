import { createHash, sign } from 'node:crypto';
import type { X509Certificate } from 'node:crypto';
import { der, elementsOf, octets, oid, sequence, setOf, small, TAG, tagged } from './der.js';
import type { SigningIdentity } from './signing-identity.js';

const DATA = oid('1.2.840.113549.1.7.1');
const SIGNED_DATA = oid('1.2.840.113549.1.7.2');
const CONTENT_TYPE = oid('1.2.840.113549.1.9.3');
const MESSAGE_DIGEST = oid('1.2.840.113549.1.9.4');
const SIGNING_CERTIFICATE_V2 = oid('1.2.840.113549.1.9.16.2.47');
const SHA_256 = sequence(oid('2.16.840.1.101.3.4.2.1'));
const RSA_SHA_256 = sequence(oid('1.2.840.113549.1.1.11'), der(TAG.nothing));
const ECDSA_SHA_256 = sequence(oid('1.2.840.10045.4.3.2'));

/**
 * A detached CAdES signature of baseline B (ETSI EN 319 122-1): CMS SignedData without its content, and with the hash
 * of the signer's certificate among what is signed, so that no other certificate can be put in its place. When it was
 * made stands in the PDF's signature dictionary, where PAdES wants it, and not here.
 */
export function cadesOf(parts: readonly Buffer[], { certificate, chain, key }: SigningIdentity): Buffer {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  const attributes = setOf(
    attribute(CONTENT_TYPE, DATA),
    attribute(MESSAGE_DIGEST, octets(hash.digest())),
    attribute(SIGNING_CERTIFICATE_V2, signingCertificateOf(certificate)),
  );
  const signature = sign('sha256', attributes, key);
  const signer = sequence(
    small(1),
    issuerAndSerialOf(certificate),
    SHA_256,
    tagged(0, contentOf(attributes)), // signed as a SET, kept as [0]
    key.asymmetricKeyType === 'ec' ? ECDSA_SHA_256 : RSA_SHA_256,
    octets(signature),
  );
  const signedData = sequence(
    small(1),
    setOf(SHA_256),
    sequence(DATA),
    tagged(0, ...chain.map(({ raw }) => raw)),
    setOf(signer),
  );
  return sequence(SIGNED_DATA, tagged(0, signedData));
}

const attribute = (type: Buffer, value: Buffer): Buffer => sequence(type, setOf(value));

/** RFC 5035: SHA-256 is the default there, and therefore not named. */
function signingCertificateOf({ raw }: X509Certificate): Buffer {
  const certHash = octets(createHash('sha256').update(raw).digest());
  return sequence(sequence(sequence(certHash)));
}

/** As the certificate itself writes them, byte for byte. */
function issuerAndSerialOf({ raw }: X509Certificate): Buffer {
  const [tbs] = elementsOf(contentOf(raw));
  const parts = elementsOf(tbs?.content ?? Buffer.alloc(0));
  const isVersioned = parts[0]?.tag === 0xa0;
  const [serial, , issuer] = isVersioned ? parts.slice(1) : parts;
  if (!serial || !issuer) throw new Error('A certificate has neither serial nor issuer');
  return sequence(issuer.whole, serial.whole);
}

const contentOf = (bytes: Buffer): Buffer => elementsOf(bytes)[0]?.content ?? Buffer.alloc(0);
