import { Body, Controller, HttpCode, Post, Req } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import type { Caller } from '../kernel/actor.js';
import { From } from '../platform/web/caller.js';
import { parseJson } from '../platform/web/forms.js';
import type { ApiSession } from './access.controller.js';
import { ApiPhoneForm, ApiPhoneSignInForm, ApiTextedCodeForm } from './access.forms.js';
import { AccessQueries } from './access.queries.js';
import { visitorIn } from './me.pages.js';
import { PhoneSignIn } from './phone-sign-in.service.js';

type Challenge = {
  /** Goes with the texted code. The answer is the same whether or not the number belongs to an account. */
  readonly challenge: string;
};

/** Texted codes for programs. */
@ApiTags('access')
@Controller('api/v1')
export class PhoneController {
  constructor(
    private readonly phones: PhoneSignIn,
    private readonly queries: AccessQueries,
  ) {}

  @Post('sign-in-codes')
  @HttpCode(201)
  @ApiOperation({ operationId: 'requestSignInCode' })
  @ApiBody({ type: ApiPhoneForm })
  async ask(@Body() body: unknown, @Req() request: FastifyRequest): Promise<Challenge> {
    const { phone } = await parseJson(ApiPhoneForm, body);
    return { challenge: await this.phones.ask(phone, { keep: false, device: null, address: request.ip }) };
  }

  @Post('sessions/by-code')
  @HttpCode(201)
  @ApiOperation({ operationId: 'signInByCode' })
  @ApiBody({ type: ApiPhoneSignInForm })
  async enter(@Body() body: unknown, @Req() request: FastifyRequest): Promise<ApiSession> {
    const { challenge, code, societyId = null } = await parseJson(ApiPhoneSignInForm, body);
    const entrance = { origin: 'api', device: null, societyId, address: request.ip } as const;
    const signedIn = await this.phones.enter(challenge, code, entrance);
    const { token, accountId } = signedIn;
    const societies = await this.queries.societiesOf(accountId);
    return { token, accountId, societyId: signedIn.societyId, societies };
  }

  @Post('me/proof/text')
  @HttpCode(201)
  @ApiOperation({ operationId: 'requestProofCode' })
  async askProof(@Req() request: FastifyRequest): Promise<Challenge> {
    return { challenge: await this.phones.askProof(visitorIn(request).actor.accountId ?? '') };
  }

  @Post('me/phone')
  @HttpCode(201)
  @ApiOperation({ operationId: 'requestPhoneCode' })
  @ApiBody({ type: ApiPhoneForm })
  async askBinding(@Body() body: unknown, @Req() request: FastifyRequest): Promise<Challenge> {
    const { phone } = await parseJson(ApiPhoneForm, body);
    const accountId = visitorIn(request).actor.accountId ?? '';
    return { challenge: await this.phones.askBinding(accountId, phone, request.ip) };
  }

  @Post('me/phone/confirmation')
  @HttpCode(204)
  @ApiOperation({ operationId: 'bindPhone' })
  @ApiBody({ type: ApiTextedCodeForm })
  async bind(@From() caller: Caller, @Body() body: unknown, @Req() request: FastifyRequest): Promise<void> {
    const { challenge, code } = await parseJson(ApiTextedCodeForm, body);
    await this.phones.bind(caller, visitorIn(request), challenge, code);
  }

  @Post('me/phone/removal')
  @HttpCode(204)
  @ApiOperation({ operationId: 'unbindPhone' })
  async unbind(@From() caller: Caller): Promise<void> {
    await this.phones.unbind(caller, caller.actor.accountId ?? '');
  }
}
