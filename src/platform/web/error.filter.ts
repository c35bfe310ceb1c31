import { Catch, HttpException, Logger } from '@nestjs/common';
import type { ArgumentsHost, ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DomainError } from '../../kernel/domain-error.js';
import type { DomainErrorKind, RefusalDetails } from '../../kernel/domain-error.js';
import { ClockInDoubt } from '../clock-watch.js';
import { isOutOfOrder, isTransient } from '../database/errors.js';
import { CommitInDoubt } from '../database/transactions.js';
import { stackOf } from '../observability/stack.js';
import { InvalidInput } from './forms.js';
import type { FieldErrors } from './forms.js';

/** Total: a new kind does not compile until it has its status. */
const STATUS_OF: Record<DomainErrorKind, number> = {
  invalid: 422,
  forbidden: 403,
  'not-found': 404,
  gone: 410,
  conflict: 409,
};

/** What the page and the problem document say, and nothing more: no stack, no SQL, no name. */
type Refusal = {
  readonly status: number;
  readonly code: string;
  readonly message: string;
  readonly advice: string;
  readonly details: RefusalDetails;
  readonly errors: FieldErrors;
};

const none = { advice: '', details: {}, errors: {} } as const;

/** Words for what Fastify and Nest refuse by themselves. */
const PLAIN: Readonly<Record<number, readonly [code: string, message: string, advice: string]>> = {
  400: ['BAD_REQUEST', '这次请求的格式不对。', '请从页面重新打开表单再填一次。'],
  401: ['NOT_SIGNED_IN', '还没有登录，或者登录已经过期。', '请登录后再办。'],
  403: [
    'FORBIDDEN',
    '您的职务不能办这件事，或者这张表单已经过期。',
    '请返回上一页重新打开；需要权限请找理事长。',
  ],
  404: ['NOT_FOUND', '没有找到这一页。', '请核对网址，或回到首页。'],
  413: ['TOO_LARGE', '交上来的内容太大。', '照片请一张一张交，每张不超过 8 MB。'],
  415: ['WRONG_FORM', '这种格式不能读。', '请从页面重新打开表单再填一次。'],
  429: ['TOO_MANY', '请求太多，请稍等一分钟再试。', ''],
};

const IN_DOUBT: Refusal = {
  ...none,
  status: 503,
  code: 'TRY_AGAIN',
  message: '现在有点忙，这一次没有收到确认。',
  advice: '请过几秒原样再交一次：同一张表单只会办一次，不会重复。',
};

const OUT_OF_ORDER: Refusal = {
  ...none,
  status: 503,
  code: 'STORE_OUT_OF_ORDER',
  message: '系统现在存不进东西，这件事没有办成。',
  advice: '请过几分钟原样再交一次：同一张表单只会办一次，不会重复。还不行请告诉管理员，磁盘可能满了。',
};

const CLOCK_WRONG: Refusal = {
  ...none,
  status: 503,
  code: 'CLOCK_IN_DOUBT',
  message: '服务器的时间不对，这件事没有办成。',
  advice:
    '请过几分钟原样再交一次：同一张表单只会办一次，不会重复。还不行请告诉管理员，要把服务器的时间校准。',
};
/** What passes only when somebody has seen to the machine is asked for again later than what is only busy. */
const OF_THE_MACHINE: ReadonlySet<Refusal> = new Set([OUT_OF_ORDER, CLOCK_WRONG]);

const BUG: Refusal = {
  ...none,
  status: 500,
  code: 'INTERNAL',
  message: '系统出了问题，这件事没有办成。',
  advice: '请稍后再试；还不行就把下面的编号告诉管理员。',
};

/** The one place where a refusal becomes a page or a problem document (RFC 9457). A bug is logged with the id shown. */
@Catch()
export class ErrorFilter implements ExceptionFilter {
  private readonly logger = new Logger(ErrorFilter.name);

  constructor(private readonly clock: { doubt(): object | null }) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    const refusal = this.isOfTheClock(error, request) ? CLOCK_WRONG : refusalOf(error);
    this.note(error, request.id, refusal);
    if (refusal.status === 503) void reply.header('retry-after', OF_THE_MACHINE.has(refusal) ? '60' : '2');
    void reply.status(refusal.status);
    if (isApi(request)) answerProblem(request, reply, refusal);
    else void reply.view('errors/refused', pageOf(request, refusal));
  }

  /**
   * A bug is noted with the place where it happened. Who is turned away for a while is a line: of a bad hour there are
   * thousands, all with the same stack. What is refused by a rule, or was never there, is no matter for the log.
   */
  private note(error: unknown, requestId: string, { status, code }: Refusal): void {
    const [kind = ''] = stackOf(error).split('\n');
    if (status === 503) this.logger.warn(`Request ${requestId} was turned away: ${code} (${kind.trim()})`);
    else if (status >= 500) this.logger.error(`Request ${requestId} failed: ${code}`, stackOf(error));
  }

  /** A rule that was asked by a wrong clock has refused: too early, too late, in the future. What only reads is answered. */
  private isOfTheClock(error: unknown, { method }: FastifyRequest): boolean {
    return error instanceof DomainError && method === 'POST' && this.clock.doubt() !== null;
  }
}

export function isApi(request: FastifyRequest): boolean {
  return request.url.startsWith('/api/');
}

function answerProblem(request: FastifyRequest, reply: FastifyReply, refusal: Refusal): void {
  const { status, code, message, advice, details, errors } = refusal;
  void reply.type('application/problem+json; charset=utf-8').send({
    type: 'about:blank',
    title: message,
    status,
    detail: advice,
    code,
    requestId: request.id,
    ...(Object.keys(details).length > 0 ? { details } : {}),
    ...(Object.keys(errors).length > 0 ? { errors } : {}),
  });
}

function pageOf(request: FastifyRequest, refusal: Refusal): object {
  return {
    title: refusal.status === 404 ? '没有找到' : '没有办成',
    message: refusal.message,
    advice: refusal.advice,
    code: refusal.code,
    requestId: request.id,
    signIn: refusal.status === 401,
  };
}

function refusalOf(error: unknown): Refusal {
  if (error instanceof DomainError) {
    const { code, message, advice, details } = error;
    const errors = error instanceof InvalidInput ? error.errors : {};
    return { status: STATUS_OF[error.kind], code, message, advice, details, errors };
  }
  if (error instanceof CommitInDoubt || isTransient(error)) return IN_DOUBT;
  if (isOutOfOrder(error)) return OUT_OF_ORDER;
  if (error instanceof ClockInDoubt) return CLOCK_WRONG;
  const status = statusOf(error);
  if (status === 503) return IN_DOUBT; // `/readyz`, asked while the database is away
  const [code, message, advice] = PLAIN[status] ?? PLAIN[400] ?? ['BAD_REQUEST', '', ''];
  return status >= 500 ? BUG : { ...none, status, code, message, advice };
}

function statusOf(error: unknown): number {
  if (error instanceof HttpException) return error.getStatus();
  const { statusCode } = (error ?? {}) as { statusCode?: unknown };
  return typeof statusCode === 'number' && statusCode >= 400 ? statusCode : 500;
}
