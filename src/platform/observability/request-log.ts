import { LogController } from 'fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ALWAYS_ANSWERED } from './request-watch.js';

/**
 * One line for a request, when it is answered: method, route, status, milliseconds. Whoever looks after the house asks every
 * few seconds; that all is well leaves no line, that it is not leaves one.
 */
export class RequestLog extends LogController {
  /** What it asked stands in the line of its answer; who hangs up before it has one leaves a line too. */
  override incomingRequest(request: FastifyRequest, reply: FastifyReply): void {
    let isAnswered = false;
    reply.raw.once('finish', () => {
      isAnswered = true;
    });
    reply.raw.once('close', () => {
      if (!isAnswered) request.log.info({ req: request }, 'request aborted');
    });
  }

  override requestCompleted(
    error: Error | null | undefined,
    request: FastifyRequest,
    reply: FastifyReply,
  ): void {
    if (!error && reply.statusCode < 400 && ALWAYS_ANSWERED.has(request.routeOptions.url ?? '')) return;
    const said = { req: request, res: reply, responseTime: reply.elapsedTime };
    if (error) reply.log.error({ ...said, err: error }, 'request errored');
    else reply.log.info(said, 'request completed');
  }

  /** Of an address that is none Fastify would write the address: a one-time link may stand in it, or a name. */
  override defaultErrorLog(
    error: Error & { readonly code?: string },
    request: FastifyRequest,
    reply: FastifyReply,
  ): void {
    const said = { req: request, res: reply };
    if (reply.statusCode >= 500) reply.log.error({ ...said, err: error }, error.message);
    else reply.log.info(said, `request refused: ${error.code ?? error.name}`);
  }
}
