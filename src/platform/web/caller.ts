import { createParamDecorator } from '@nestjs/common';
import type { ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Actor, Caller } from '../../kernel/actor.js';
import { DomainError } from '../../kernel/domain-error.js';

declare module 'fastify' {
  // eslint-disable-next-line @typescript-eslint/consistent-type-definitions -- only an interface can be added to
  interface FastifyRequest {
    /** Set by the guard of `access` before any handler runs. */
    actor?: Actor;
  }
}

export class KeyRequired extends DomainError {
  override readonly kind = 'invalid';
  override readonly code = 'IDEMPOTENCY_KEY_REQUIRED';

  constructor() {
    super(
      '这张表单没有编号，分不清是不是交了两次。',
      {},
      '请从页面重新打开表单再填一次；程序请带上 Idempotency-Key（8 至 80 个字符）。',
    );
  }
}

export class NotActingInASociety extends DomainError {
  override readonly kind = 'not-found';
  override readonly code = 'NO_SOCIETY_CHOSEN';

  constructor() {
    super('还没有选定要办事的互助社。', {}, '请先选定一个互助社。');
  }
}

const KEY = /^[\w.:-]{8,80}$/;

function requestOf(context: ExecutionContext): FastifyRequest {
  return context.switchToHttp().getRequest<FastifyRequest>();
}

function actorOf(request: FastifyRequest): Actor {
  if (!request.actor) throw new Error('A handler ran before the guard had said who asks');
  return request.actor;
}

/** The key of a form stands in its hidden field `submission_id`, that of the API in a header. */
function keyOf(request: FastifyRequest): string {
  const header = request.headers['idempotency-key'];
  const field = (request.body as Record<string, unknown> | null | undefined)?.['submission_id'];
  const key = typeof header === 'string' ? header : field;
  if (typeof key !== 'string' || !KEY.test(key)) throw new KeyRequired();
  return key;
}

/** Who asks, for reads. */
export const By = createParamDecorator((_data: unknown, context: ExecutionContext) =>
  actorOf(requestOf(context)),
);

/** Who asks and under which key, for commands. */
export const From = createParamDecorator((_data: unknown, context: ExecutionContext): Caller => {
  const request = requestOf(context);
  return { actor: actorOf(request), key: keyOf(request) };
});

/** The one society that this actor acts in. The permission table lets nobody else reach a page that asks. */
export function societyOf(actor: Actor): string {
  if (actor.societyId === null) throw new NotActingInASociety();
  return actor.societyId;
}
