import { Body, Controller, Delete, Get, HttpCode, Param, ParseUUIDPipe, Post, Req } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import type { Caller } from '../kernel/actor.js';
import { From } from '../platform/web/caller.js';
import { parseJson } from '../platform/web/forms.js';
import { ApiCodeForm, ApiProofForm, PasswordForm } from './access.forms.js';
import { visitorIn } from './me.pages.js';
import { Proofs } from './proofs.service.js';
import { SecondFactorService } from './second-factor.service.js';
import type { Enrolment } from './second-factor.service.js';
import { SessionsQueries } from './sessions.queries.js';
import type { ListedSession } from './sessions.queries.js';
import { SessionsService } from './sessions.service.js';

type Codes = {
  /** For a lost phone, each good once; null when this answer is a repeated one: they are shown once. */
  readonly recoveryCodes: readonly string[] | null;
};

/** Where one is signed in, the code beside the password, a fresh proof. */
@ApiTags('access')
@Controller('api/v1/me')
export class MeController {
  constructor(
    private readonly sessions: SessionsService,
    private readonly asked: SessionsQueries,
    private readonly factors: SecondFactorService,
    private readonly proofs: Proofs,
  ) {}

  @Get('sessions')
  @ApiOperation({ operationId: 'listSessions' })
  async list(
    @Req() request: FastifyRequest,
  ): Promise<{ items: readonly (ListedSession & { readonly isThis: boolean })[] }> {
    return { items: await this.sessions.devices(visitorIn(request)) };
  }

  @Post('sessions/others/ending')
  @HttpCode(200)
  @ApiOperation({ operationId: 'endOtherSessions' })
  async endOthers(@From() caller: Caller, @Req() request: FastifyRequest): Promise<{ ended: number }> {
    return this.sessions.endOthers(caller, visitorIn(request));
  }

  @Delete('sessions/:sessionId')
  @HttpCode(204)
  @ApiOperation({ operationId: 'endSession' })
  async endOne(@From() caller: Caller, @Param('sessionId', ParseUUIDPipe) sessionId: string): Promise<void> {
    await this.sessions.endOne(caller, sessionId);
  }

  @Get('second-factor')
  @ApiOperation({ operationId: 'readSecondFactor' })
  async factor(
    @Req() request: FastifyRequest,
  ): Promise<{ confirmedAt: Date | null; codesLeft: number; required: boolean }> {
    const visitor = visitorIn(request);
    const state = await this.asked.factor(visitor.actor.accountId ?? '');
    return {
      confirmedAt: state?.confirmedAt ?? null,
      codesLeft: state?.codesLeft ?? 0,
      required: visitor.mustEnrol,
    };
  }

  @Post('second-factor')
  @HttpCode(201)
  @ApiOperation({ operationId: 'beginSecondFactor' })
  @ApiBody({ type: PasswordForm })
  async begin(
    @From() caller: Caller,
    @Body() body: unknown,
    @Req() request: FastifyRequest,
  ): Promise<Enrolment | null> {
    const { password } = await parseJson(PasswordForm, body);
    return this.proofs.beginFactor(caller, visitorIn(request), password);
  }

  @Post('second-factor/confirmation')
  @HttpCode(201)
  @ApiOperation({ operationId: 'confirmSecondFactor' })
  @ApiBody({ type: ApiCodeForm })
  async confirm(
    @From() caller: Caller,
    @Body() body: unknown,
    @Req() request: FastifyRequest,
  ): Promise<Codes> {
    const { code } = await parseJson(ApiCodeForm, body);
    return { recoveryCodes: await this.factors.confirm(caller, visitorIn(request), code) };
  }

  @Post('second-factor/recovery-codes')
  @HttpCode(201)
  @ApiOperation({ operationId: 'renewRecoveryCodes' })
  @ApiBody({ type: ApiCodeForm })
  async renewCodes(@From() caller: Caller, @Body() body: unknown): Promise<Codes> {
    const { code } = await parseJson(ApiCodeForm, body);
    return { recoveryCodes: await this.proofs.renewCodes(caller, code) };
  }

  @Post('proof')
  @HttpCode(204)
  @ApiOperation({ operationId: 'proveAgain' })
  @ApiBody({ type: ApiProofForm })
  async prove(@From() caller: Caller, @Body() body: unknown, @Req() request: FastifyRequest): Promise<void> {
    const { password = null, code = null, challenge = null } = await parseJson(ApiProofForm, body);
    await this.proofs.proveAgain(caller, visitorIn(request), { password, code, challenge });
  }
}
