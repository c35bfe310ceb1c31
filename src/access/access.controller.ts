import { Body, Controller, Delete, HttpCode, Param, ParseUUIDPipe, Post, Req } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import type { Caller } from '../kernel/actor.js';
import { From } from '../platform/web/caller.js';
import { parseJson } from '../platform/web/forms.js';
import { ApiAccountForm, ApiSignInForm } from './access.forms.js';
import { AccessQueries } from './access.queries.js';
import type { ChoosableSociety } from './access.queries.js';
import { AccessService } from './access.service.js';
import type { Opened } from './access.service.js';
import { PhoneSignIn } from './phone-sign-in.service.js';
import { SecondFactorService } from './second-factor.service.js';
import { SessionsService } from './sessions.service.js';

export type ApiSession = {
  /** Send it as `Authorization: Bearer …`. */
  readonly token: string;
  readonly accountId: string;
  readonly societyId: string | null;
  readonly societies: readonly ChoosableSociety[];
};

@ApiTags('access')
@Controller('api/v1')
export class AccessController {
  constructor(
    private readonly access: AccessService,
    private readonly sessions: SessionsService,
    private readonly factors: SecondFactorService,
    private readonly phones: PhoneSignIn,
    private readonly queries: AccessQueries,
  ) {}

  /** No Idempotency-Key: each call opens a session of its own, and its secret is nowhere kept. */
  @Post('sessions')
  @HttpCode(201)
  @ApiOperation({ operationId: 'signIn' })
  @ApiBody({ type: ApiSignInForm })
  async signIn(@Body() body: unknown, @Req() request: FastifyRequest): Promise<ApiSession> {
    const { login, password, code = null, societyId = null } = await parseJson(ApiSignInForm, body);
    const entrance = { societyId, origin: 'api', keep: false, device: null, address: request.ip } as const;
    const signedIn = await this.sessions.signIn({ ...entrance, login, password, code });
    const { token, accountId } = signedIn;
    return {
      token,
      accountId,
      societyId: signedIn.societyId,
      societies: await this.queries.societiesOf(accountId),
    };
  }

  @Delete('sessions/current')
  @HttpCode(204)
  @ApiOperation({ operationId: 'signOut' })
  async signOut(@Req() request: FastifyRequest): Promise<void> {
    if (request.visitor) await this.sessions.signOut(request.visitor);
  }

  @Post('accounts')
  @HttpCode(201)
  @ApiOperation({ operationId: 'openAccount' })
  @ApiBody({ type: ApiAccountForm })
  async openAccount(@From() caller: Caller, @Body() body: unknown): Promise<Opened> {
    const { societyId = null, personId = null, admin = false } = await parseJson(ApiAccountForm, body);
    return this.access.openAccount(caller, { societyId, personId, admin });
  }

  @Post('accounts/:accountId/links')
  @HttpCode(201)
  @ApiOperation({ operationId: 'issueLink' })
  async issueLink(
    @From() caller: Caller,
    @Param('accountId', ParseUUIDPipe) accountId: string,
  ): Promise<Opened> {
    return this.access.issueLink(caller, accountId);
  }

  @Post('accounts/:accountId/phone/removal')
  @HttpCode(204)
  @ApiOperation({ operationId: 'removeAccountPhone' })
  async removePhone(
    @From() caller: Caller,
    @Param('accountId', ParseUUIDPipe) accountId: string,
  ): Promise<void> {
    await this.phones.unbind(caller, accountId);
  }

  @Post('accounts/:accountId/second-factor/removal')
  @HttpCode(204)
  @ApiOperation({ operationId: 'removeSecondFactor' })
  async removeFactor(
    @From() caller: Caller,
    @Param('accountId', ParseUUIDPipe) accountId: string,
  ): Promise<void> {
    await this.factors.remove(caller, accountId);
  }

  @Post('accounts/:accountId/disabling')
  @HttpCode(204)
  @ApiOperation({ operationId: 'disableAccount' })
  async disable(@From() caller: Caller, @Param('accountId', ParseUUIDPipe) accountId: string): Promise<void> {
    await this.access.disable(caller, accountId);
  }
}
