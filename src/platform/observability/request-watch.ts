import { Injectable } from '@nestjs/common';
import type { BeforeApplicationShutdown } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { setTimeout as sleep } from 'node:timers/promises';
import { Config } from '../config.js';
import { Metrics } from './metrics.js';

/** More requests at once than this wait longer than anybody waits: what comes beyond is told to come again. */
const MOST_AT_ONCE = 300;
/** So long requests are still taken after `/readyz` has said no: whoever shares them out looks every few seconds. */
const NOTICE_MS = 5_000;
/** So long what is under way may take; no request takes longer (quality.md G5). */
const FINISH_MS = 20_000;
/**
 * So long may anything take once its request is read. Statements and units have limits of their own, which come first
 * (`bounded-pool.ts`, `Transactions`): this one is for what nobody thought of.
 */
const LONGEST_MS = 30_000;
/** Whoever looks after the house is answered always. */
export const ALWAYS_ANSWERED: ReadonlySet<string> = new Set(['/healthz', '/readyz', '/metrics']);

/** Nothing was begun, and the same request may be sent again: the answer is a 503 with Retry-After (`isTransient`). */
class TooManyAtOnce extends Error {
  readonly errno = 1205;
}

/** What was begun may yet be done: the same under the same key finds out. The same answer as above. */
class TookTooLong extends Error {
  readonly errno = 1205;
}

/** Counts every request at the door, turns away what is too much, and knows when the last one has left. */
@Injectable()
export class RequestWatch implements BeforeApplicationShutdown {
  private readonly underWay = new Set<FastifyRequest>();
  private readonly tooMuch = new WeakSet<FastifyRequest>();
  /** What is with its handler, until the answer is sent: it works on for whoever has hung up. */
  private readonly atWork = new WeakMap<FastifyRequest, NodeJS.Timeout>();
  private draining = false;
  mostAtOnce = MOST_AT_ONCE;
  longestMs = LONGEST_MS;

  constructor(
    host: HttpAdapterHost,
    private readonly metrics: Metrics,
    private readonly config: Config,
  ) {
    // The command line has services and no door.
    const server = (
      host.httpAdapter as HttpAdapterHost['httpAdapter'] | undefined
    )?.getInstance<FastifyInstance>();
    if (typeof server?.addHook === 'function') this.watch(server);
  }

  get isDraining(): boolean {
    return this.draining;
  }

  /**
   * A signal came, or the program is closed by hand: not ready, then nothing under way, and only then the port is closed
   * and the database let go. Whoever pressed a button at the wrong moment still has an answer.
   */
  async beforeApplicationShutdown(signal?: string): Promise<void> {
    this.draining = true;
    if (signal !== undefined && this.config.production) await sleep(NOTICE_MS);
    const until = performance.now() + FINISH_MS;
    while (this.underWay.size > 0 && performance.now() < until) await sleep(20);
  }

  private watch(server: FastifyInstance): void {
    const leaves = (request: FastifyRequest): void => {
      this.underWay.delete(request);
      this.metrics.underWay(this.underWay.size);
    };
    server.addHook('onRequest', (request, reply, done) => {
      // Whoever hangs up before it is with its handler is told of by nothing else: he would be counted for ever.
      reply.raw.once('close', () => {
        if (!this.atWork.has(request)) leaves(request);
      });
      const route = request.routeOptions.url ?? 'none';
      if (this.underWay.size >= this.mostAtOnce && !ALWAYS_ANSWERED.has(route)) {
        this.metrics.turnedAway();
        this.tooMuch.add(request);
      } else this.underWay.add(request);
      this.metrics.underWay(this.underWay.size);
      done();
    });
    // Before its body is read, and after the door knows enough of it to answer with a page.
    server.addHook('preParsing', (request, _reply, _payload, done) => {
      done(this.tooMuch.has(request) ? new TooManyAtOnce('There are too many requests at once') : null);
    });
    // Not before: photos come slowly over the line of a village.
    server.addHook('preHandler', (request, reply, done) => {
      const tooLong = (): void => {
        if (!reply.sent && !reply.raw.headersSent)
          void reply.send(new TookTooLong('The answer took too long'));
      };
      this.atWork.set(request, setTimeout(tooLong, this.longestMs));
      done();
    });
    server.addHook('onSend', (request, reply, _payload, done) => {
      clearTimeout(this.atWork.get(request));
      this.atWork.delete(request);
      if (reply.raw.destroyed) leaves(request);
      done();
    });
    server.addHook('onResponse', (request, reply, done) => {
      leaves(request);
      const route = request.routeOptions.url ?? 'none';
      this.metrics.answered({ method: request.method, route, status: reply.statusCode }, reply.elapsedTime);
      done();
    });
  }
}
