import { HttpException, Injectable, Logger, NotFoundException, UnauthorizedException } from '@nestjs/common';
import type { CanActivate, ExecutionContext } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Commands } from '../audit/index.js';
import { stackOf } from '../platform/observability/stack.js';
import type { PermissionRow } from '../platform/web/permissions.js';
import type { Actor } from '../kernel/actor.js';
import { DomainError } from '../kernel/domain-error.js';
import '../platform/web/caller.js';
import { Clock } from '../kernel/clock.js';
import { Config } from '../platform/config.js';
import { askerOf } from './asker.js';
import { FactorMissing, ProofNeeded } from './domain/access.errors.js';
import { admissionOf } from './domain/admission.js';
import type { Face } from './domain/admission.js';
import { nextPage } from './domain/next-page.js';
import { isFresh } from './domain/proof.js';
import { PermissionTable, routesOf } from './permission-table.js';
import { SessionsService } from './sessions.service.js';
import type { Origin } from './session-opener.js';
import type { Visitor } from './sessions.service.js';

declare module 'fastify' {
  // eslint-disable-next-line @typescript-eslint/consistent-type-definitions -- only an interface can be added to
  interface FastifyRequest {
    /** Whoever is signed in: set beside `actor`, null for a stranger. */
    visitor?: Visitor | null;
  }
}

/** Where one's own devices, code and proof are seen to, and the way out. */
const OWN_DOORS = /^[A-Z]+ (?:\/api\/v1)?\/(?:me\/|sign-out$|sessions\/current$)/;

export class NotYourPart extends DomainError {
  override readonly kind = 'forbidden';
  override readonly code = 'NOT_YOUR_PART';

  constructor() {
    super('您的职务不能办这件事。', {}, '谁能办什么由章程和职务决定；需要办理，请找本社的理事长或秘书长。');
  }
}

/** Sent on with 303: the filter shows its page, the browser follows the address. */
class SentOn extends HttpException {
  constructor() {
    super('See other', 303);
  }
}

/**
 * Stands before every handler. Finds who asks, from the cookie on pages and from the bearer token in the API (a cookie
 * opens nothing there, so that no other site can use it), and asks the one table.
 */
@Injectable()
export class AccessGuard implements CanActivate {
  private readonly logger = new Logger(AccessGuard.name);

  constructor(
    private readonly table: PermissionTable,
    private readonly sessions: SessionsService,
    private readonly commands: Commands,
    private readonly config: Config,
    private readonly clock: Clock,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    const route = this.routeOf(context, request);
    const face: Face = request.url.startsWith('/api/') ? 'api' : 'page';
    const visitor = await askerOf(request, this.sessions, this.config);
    request.visitor = visitor;
    request.actor = visitor?.actor ?? stranger(face);

    const row = this.table.row(route);
    switch (admissionOf(row, visitor?.actor ?? null, face)) {
      case 'allow':
        if (visitor && row && row.scope !== 'public') this.askMore(visitor, row, request, reply);
        return true;
      case 'sign-in':
        if (face === 'api') throw new UnauthorizedException();
        return this.sendOn(reply, `/sign-in${nextOf(request)}`);
      case 'choose':
        return this.sendOn(reply, `/choose${nextOf(request)}`);
      case 'forbidden':
        await this.keep(request.actor, route);
        throw new NotYourPart();
      case 'not-found':
        throw new NotFoundException();
    }
  }

  /**
   * Whoever may pass is asked for more: staff to set up their code first, everybody for a fresh proof before an act with
   * money. The pages where either is done stay open.
   */
  private askMore(visitor: Visitor, row: PermissionRow, request: FastifyRequest, reply: FastifyReply): void {
    const isApi = row.route.includes(' /api/');
    if (visitor.mustEnrol && !OWN_DOORS.test(row.route)) {
      if (isApi) throw new FactorMissing();
      this.sendOn(reply, '/me/second-factor');
    }
    const isAhead = row.proofAhead?.some((role) => visitor.actor.roles.includes(role)) ?? false;
    const isAsked = this.config.stepUp && (row.proof === 'fresh' || isAhead);
    const isFormSent = !isApi && request.method !== 'GET';
    if (!isAsked || isFresh(visitor.provedAt, this.clock.now(), isFormSent)) return;
    if (isApi) throw new ProofNeeded();
    this.sendOn(reply, `/me/proof${request.method === 'GET' ? nextOf(request) : this.backOf(request)}`);
  }

  private routeOf(context: ExecutionContext, request: FastifyRequest): string {
    const routes = routesOf(context.getClass(), context.getHandler() as (...args: never[]) => unknown);
    const [only = '', other] = routes;
    if (other === undefined) return only;
    return routes.find((route) => route.endsWith(` ${request.routeOptions.url ?? ''}`)) ?? '';
  }

  /**
   * After a form, the page it stood on, or the nearest above that can be opened: a form that was refused once stands on
   * the answer to a POST. What was typed is gone, and the page of the proof says so.
   */
  private backOf(request: FastifyRequest): string {
    const from = request.headers.referer ?? '';
    const stood = URL.canParse(from) ? nextPage(new URL(from).pathname) : null;
    const page = stood === null ? null : this.table.pageAbove(stood);
    return `?${page === null ? '' : `next=${encodeURIComponent(page)}&`}lost=1`;
  }

  private sendOn(reply: FastifyReply, address: string): never {
    void reply.header('location', address);
    throw new SentOn();
  }

  private async keep(actor: Actor, route: string): Promise<void> {
    await this.commands
      .recordRefusal(actor, route.slice(0, 60), '-', 'NOT_YOUR_PART')
      .catch((error: unknown) => {
        this.logger.error('A refusal could not be kept in the trail', stackOf(error));
      });
  }
}

function stranger(face: Face): Actor {
  const origin: Origin = face === 'api' ? 'api' : 'web';
  return { accountId: null, personId: null, societyId: null, roles: ['anonymous'], origin };
}

/**
 * Back to the page that was asked for, without what was looked for there; after a form nobody goes back, since what was
 * typed is gone.
 */
function nextOf(request: FastifyRequest): string {
  if (request.method !== 'GET') return '';
  const [path = '/', query = ''] = request.url.split('?', 2);
  const kept = query.split('&').filter((each) => each !== '' && !each.startsWith('q='));
  return `?next=${encodeURIComponent([path, ...(kept.length > 0 ? [kept.join('&')] : [])].join('?'))}`;
}
