import { Injectable } from '@nestjs/common';
import { Clock } from '../kernel/clock.js';
import { Ids } from '../kernel/ids.js';
import { isSameSecret } from '../platform/crypto/hash.js';
import { Sealing } from '../platform/crypto/sealing.js';
import { FLOW_MINUTES } from './domain/identity.js';
import { IdentityStepGone } from './domain/identity.errors.js';
import type { Trip } from './identity-provider.js';

/** Who went off to bind an identity; null: somebody who wants to sign in. */
export type Binder = { readonly accountId: string; readonly sessionId: string };

/** Somebody on the way to the provider. */
export type Flow = Trip & {
  readonly binder: Binder | null;
  readonly next: string | null;
  readonly begunAtMs: number;
};

/** An identity that the provider vouched for, and that waits for the person's word. */
export type Found = Binder & { readonly identityIndex: string };

type Sealed = { readonly content: Flow | Found; readonly expiresAtMs: number };

const ON_THE_WAY = 'access/identity-flow';
const FOUND = 'access/identity-found';

/**
 * What the browser carries while somebody is at the provider: sealed, so that nobody reads or makes one, and good for ten
 * minutes. It is no row: strangers who press the button fill nothing.
 */
@Injectable()
export class IdentityFlows {
  constructor(
    private readonly sealing: Sealing,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  begin(binder: Binder | null, next: string | null): { flow: Flow; sealed: string } {
    const [state, nonce, verifier] = [this.ids.token(), this.ids.token(), this.ids.token()];
    const flow = { state, nonce, verifier, binder, next, begunAtMs: this.clock.now().getTime() };
    return { flow, sealed: this.seal(flow, ON_THE_WAY) };
  }

  /** For what: the answer is looked at only by who knows what was asked. Null where nothing is under way. */
  underWay(sealed: string): Flow | null {
    return this.open(sealed, ON_THE_WAY) as Flow | null;
  }

  /**
   * The flow that an answer of the provider belongs to: of this very browser. Without it anybody could send a person an
   * answer of their own, and have them work in a stranger's account.
   */
  flowOf(sealed: string, state: string | null): Flow {
    const flow = this.underWay(sealed);
    if (!flow || !isSameSecret(flow.state, state ?? '')) throw new IdentityStepGone();
    return flow;
  }

  keepFound(found: Found): string {
    return this.seal(found, FOUND);
  }

  /** Null unless it was found in this very session. */
  found(sealed: string, { accountId, sessionId }: Binder): Found | null {
    const found = this.open(sealed, FOUND) as Found | null;
    return found?.accountId === accountId && found.sessionId === sessionId ? found : null;
  }

  private seal(content: Flow | Found, place: string): string {
    const expiresAtMs = this.clock.now().getTime() + FLOW_MINUTES * 60_000;
    return this.sealing.seal(JSON.stringify({ content, expiresAtMs }), place);
  }

  /** What was not sealed here, or for something else, does not open. */
  private open(sealed: string, place: string): Flow | Found | null {
    if (sealed === '') return null;
    let text: string;
    try {
      text = this.sealing.open(sealed, place);
    } catch {
      return null;
    }
    const { content, expiresAtMs } = JSON.parse(text) as Sealed;
    return expiresAtMs > this.clock.now().getTime() ? content : null;
  }
}
