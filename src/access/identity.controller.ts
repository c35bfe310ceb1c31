import { Controller, Get, HttpCode, Param, ParseUUIDPipe, Post, Req } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import type { Caller } from '../kernel/actor.js';
import { From } from '../platform/web/caller.js';
import { IdentitySignIn } from './identity-sign-in.service.js';
import { visitorIn } from './me.pages.js';

/** For programs: whether an identity signs in to an account, and that it does so no more. Binding takes a browser. */
@ApiTags('access')
@Controller('api/v1')
export class IdentityController {
  constructor(private readonly identities: IdentitySignIn) {}

  @Get('me/identity')
  @ApiOperation({ operationId: 'readIdentity' })
  async own(@Req() request: FastifyRequest): Promise<{ boundAt: Date | null; mayBind: boolean }> {
    return this.identities.stateOf(visitorIn(request).actor.accountId ?? '');
  }

  @Post('me/identity/removal')
  @HttpCode(204)
  @ApiOperation({ operationId: 'unbindIdentity' })
  async unbind(@From() caller: Caller, @Req() request: FastifyRequest): Promise<void> {
    const { actor, sessionId } = visitorIn(request);
    await this.identities.unbind(caller, actor.accountId ?? '', sessionId);
  }

  @Post('accounts/:accountId/identity/removal')
  @HttpCode(204)
  @ApiOperation({ operationId: 'removeAccountIdentity' })
  async remove(@From() caller: Caller, @Param('accountId', ParseUUIDPipe) accountId: string): Promise<void> {
    await this.identities.unbind(caller, accountId, null);
  }
}
