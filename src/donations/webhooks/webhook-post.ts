import { lookup } from 'node:dns';
import type { LookupAddress } from 'node:dns';
import { request as plainRequest } from 'node:http';
import { request } from 'node:https';
import { BlockList, isIP } from 'node:net';
import type { LookupFunction } from 'node:net';
import { Injectable } from '@nestjs/common';
import { Config } from '../../platform/config.js';
import { ANSWER_MS } from '../domain/webhook.js';

/** What came of one try. `words` name the fault and quote nothing that the other side said. */
export type Posted = { readonly status: number | null; readonly words: string | null };

/** Whatever is no address of the open internet (IANA special-purpose registries). */
const CLOSED = new BlockList();
for (const [net, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const)
  CLOSED.addSubnet(net, bits, 'ipv4');
for (const [net, bits] of [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const)
  CLOSED.addSubnet(net, bits, 'ipv6');

/** All of IPv6 that is given out to the internet so far; whatever lies beside it is for some purpose of its own. */
const GIVEN_OUT = new BlockList();
GIVEN_OUT.addSubnet('2000::', 3, 'ipv6');

/** Whether an address lies on the open internet; an IPv4 address in the dress of IPv6 is judged as what it is. */
export function isOpenAddress(address: string): boolean {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined) return isOpenAddress(mapped);
  const family = isIP(address);
  if (family === 0) return false;
  if (family === 6 && !GIVEN_OUT.check(address, 'ipv6')) return false;
  return !CLOSED.check(address, family === 6 ? 'ipv6' : 'ipv4');
}

class ClosedAddress extends Error {}

/**
 * Posts to an address that an organisation typed. It must not become a way into our own network: the name is resolved
 * by the very connection that is used, and every address behind it must be an open one; no redirect is followed, and of
 * the answer nothing is read but its status (quality.md, server-side request forgery).
 */
@Injectable()
export class WebhookPost {
  /** How a name becomes addresses; a test answers in its place. */
  protected readonly resolve: typeof lookup = lookup;

  constructor(private readonly config: Config) {}

  async post(
    url: string,
    headers: Readonly<Record<string, string>>,
    body: string,
    patienceMs = ANSWER_MS,
  ): Promise<Posted> {
    const target = new URL(url);
    const host = target.hostname.replace(/^\[|\]$/g, '');
    if (!this.config.webhooksToPrivate && isIP(host) !== 0 && !isOpenAddress(host))
      return { status: null, words: '地址不在公网上' };
    const send = target.protocol === 'http:' && this.config.webhooksToPrivate ? plainRequest : request;
    return new Promise((resolve) => {
      const end = (posted: Posted) => {
        clearTimeout(timer);
        call.destroy();
        resolve(posted);
      };
      const call = send(
        target,
        {
          method: 'POST',
          headers: { ...headers, 'content-length': Buffer.byteLength(body) },
          agent: false,
          lookup: this.config.webhooksToPrivate ? this.resolve : openLookup(this.resolve),
        },
        (answer) => {
          end({ status: answer.statusCode ?? null, words: null });
        },
      );
      // The whole try, name and handshake included: a receiver that drips bytes holds nobody up.
      const timer = setTimeout(() => {
        end({ status: null, words: '没有及时回答' });
      }, patienceMs);
      call.on('error', (error) => {
        end({ status: null, words: error instanceof ClosedAddress ? '地址不在公网上' : '连不上' });
      });
      call.end(body);
    });
  }
}

/** Every address behind the name must be an open one: a name that answers with two is not believed for the better of them. */
export function openLookup(resolve: typeof lookup): LookupFunction {
  return (hostname, options, callback) => {
    // Node gives no list at all where the name is not known, whatever its types say.
    resolve(hostname, { ...options, all: true }, (error, list?: LookupAddress[]) => {
      const found = list ?? [];
      const [first] = found;
      if (error || !first) callback(error ?? new Error('No address'), '', 0);
      else if (!found.every(({ address }) => isOpenAddress(address))) callback(new ClosedAddress(), '', 0);
      else if (options.all) callback(null, found);
      else callback(null, first.address, first.family);
    });
  };
}
