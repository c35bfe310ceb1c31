import { Injectable, Logger } from '@nestjs/common';
import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { catchError, from, mergeMap, throwError } from 'rxjs';
import type { Observable } from 'rxjs';
import { DomainError } from '../kernel/domain-error.js';
import { Commands } from './commands.service.js';

/** Notes who asked for a thing that is not theirs, or is not there: to the asker both are the same 404. */
@Injectable()
export class RefusalTrail implements NestInterceptor {
  private readonly logger = new Logger(RefusalTrail.name);

  constructor(private readonly commands: Commands) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    return next
      .handle()
      .pipe(
        catchError((error: unknown) =>
          from(this.note(request, error)).pipe(mergeMap(() => throwError(() => error))),
        ),
      );
  }

  private async note(request: FastifyRequest, error: unknown): Promise<void> {
    if (!(error instanceof DomainError) || (error.kind !== 'not-found' && error.kind !== 'forbidden')) return;
    const { actor } = request;
    if (!actor?.accountId) return;
    const route = `${request.method} ${request.routeOptions.url ?? ''}`.slice(0, 60);
    const ids = Object.values((request.params ?? {}) as Record<string, string>)
      .join(',')
      .slice(0, 120);
    await this.commands.recordRefusal(actor, route, ids || '-', error.code).catch((failure: unknown) => {
      this.logger.error(
        'A refusal could not be kept in the trail',
        failure instanceof Error ? failure.stack : '',
      );
    });
  }
}
