import { Injectable } from '@nestjs/common';
import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { from, mergeMap } from 'rxjs';
import type { Observable } from 'rxjs';
import type { Actor, Role } from '../kernel/actor.js';
import { dayOf } from '../kernel/day.js';
import { Clock } from '../kernel/clock.js';
import { PeopleQueries } from '../people/index.js';
import { isApi } from '../platform/web/error.filter.js';
import type { Surroundings } from '../platform/web/frame.js';
import { SocietiesQueries } from '../societies/index.js';
import { menuOf } from './menu.js';

const ROLE_WORDS: Partial<Record<Role, string>> = {
  chair: '理事长',
  deputy: '副理事长',
  secretary: '秘书长',
  clerk: '经办人',
  cashier: '出纳',
  accountant: '会计',
  reviewer: '审核员',
  supervisor: '监事',
  director: '理事',
  'information-officer': '信息员',
  'system-admin': '系统管理员',
  donor: '捐赠人',
};

/** Tells each page of a signed-in person whose house this is and what they may do in it. */
@Injectable()
export class FrameInterceptor implements NestInterceptor {
  constructor(
    private readonly societies: SocietiesQueries,
    private readonly people: PeopleQueries,
    private readonly clock: Clock,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const { actor } = request;
    if (!actor?.accountId || isApi(request)) return next.handle();
    return from(this.surround(request, actor)).pipe(mergeMap(() => next.handle()));
  }

  private async surround(request: FastifyRequest, actor: Actor): Promise<void> {
    request.surroundings =
      actor.societyId === null ? ofSystem(actor) : await this.ofSociety(actor, actor.societyId);
  }

  private async ofSociety(actor: Actor, societyId: string): Promise<Surroundings> {
    const society = await this.societies.society(societyId);
    const charter = await this.societies.charterOn(societyId, dayOf(this.clock.now()));
    const person = actor.personId === null ? null : await this.people.person(societyId, actor.personId);
    return {
      brand: society.name,
      home: actor.roles.includes('system-admin') ? '/admin' : '/s',
      nav: menuOf(actor.roles, society.kind),
      signedInAs: `${titleWordsOf(actor)} ${person?.maskedName ?? ''}`.trim(),
      phone: charter.publicContactPhone,
    };
  }
}

function titleWordsOf(actor: Actor): string {
  return actor.roles.map((role) => ROLE_WORDS[role]).find((words) => words !== undefined) ?? '';
}

function ofSystem(actor: Actor): Surroundings {
  return {
    brand: '“救急难”互助社',
    home: actor.roles.includes('donor') ? '/d' : '/admin',
    nav: menuOf(actor.roles, null),
    signedInAs: titleWordsOf(actor),
    phone: null,
  };
}
