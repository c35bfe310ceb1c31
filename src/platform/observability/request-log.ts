import { LogController } from 'fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ALWAYS_ANSWERED } from './request-watch.js';

/**
 * One line for a request, when it is answered: method, route, status, milliseconds. Whoever looks after the house asks every
 * few seconds; that all is well leaves no line, that it is not leaves one.
 */
export class RequestLog extends LogController {
  override incomingRequest(): void {
    // What it asked stands in the line of its answer.
  }

  override requestCompleted(
    error: Error | null | undefined,
    request: FastifyRequest,
    reply: FastifyReply,
  ): void {
    if (!error && reply.statusCode < 500 && ALWAYS_ANSWERED.has(request.routeOptions.url ?? '')) return;
    const said = { req: request, res: reply, responseTime: reply.elapsedTime };
    if (error) reply.log.error({ ...said, err: error }, 'request errored');
    else reply.log.info(said, 'request completed');
  }
}
