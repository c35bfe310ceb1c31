import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Actor, Caller } from '../../kernel/actor.js';
import { By, From } from '../../platform/web/caller.js';
import { parseJson } from '../../platform/web/forms.js';
import { DonorAccountsService } from './donor-accounts.service.js';
import type { Invitation } from './donor-accounts.service.js';
import type { UseQuestion } from '../change-of-use/use-questions.queries.js';
import { totalsOf } from '../domain/trace.js';
import { accountOf } from './my-gifts.account.js';
import { OfferAnswerForm } from './my-gifts.forms.js';
import { MyGiftsQueries } from './my-gifts.queries.js';
import type { Offer } from './my-gifts.queries.js';
import { DonorInvitationForm, DonorSignatureForm } from './trace.forms.js';
import { traceJson } from './trace.json.js';
import type { TraceJson } from './trace.json.js';

type MyGiftsJson = {
  readonly totals: ReturnType<typeof totalsOf>;
  readonly offers: readonly Offer[];
  /** What he is asked, to be answered by `answerUseQuestion`. */
  readonly questions: readonly UseQuestion[];
  readonly gifts: readonly (TraceJson & {
    readonly giftId: string;
    readonly receipts: readonly {
      readonly receiptId: string;
      readonly number: string;
      readonly state: string;
    }[];
  })[];
};

@ApiTags('donations')
@ApiBearerAuth()
@Controller('api/v1')
export class MyGiftsController {
  constructor(
    private readonly queries: MyGiftsQueries,
    private readonly accounts: DonorAccountsService,
  ) {}

  /** What the account gave, in every society that knows it, and what became of each fen. */
  @Get('my-gifts')
  @ApiOperation({ operationId: 'listMyGifts' })
  async list(@By() actor: Actor): Promise<MyGiftsJson> {
    const { gifts, offers, questions } = await this.queries.home(accountOf(actor));
    return {
      offers,
      questions,
      totals: totalsOf(gifts.map(({ trace }) => trace)),
      gifts: gifts.map((told) => ({
        giftId: told.gift.id,
        ...traceJson(told),
        receipts: told.receipts.map(({ id, number, standing }) => ({
          receiptId: id,
          number,
          state: standing,
        })),
      })),
    };
  }

  /** By name or as 爱心人士, for all that is linked to the account. */
  @Post('my-gifts/signature')
  @HttpCode(200)
  @ApiOperation({ operationId: 'signGifts' })
  @ApiBody({ type: DonorSignatureForm })
  async sign(@From() caller: Caller, @Body() body: unknown): Promise<{ records: number }> {
    const { signature } = await parseJson(DonorSignatureForm, body);
    return this.accounts.signGifts(caller, { publishesName: signature === 'NAME' });
  }

  /** Whether what a society puts before the account is its owner's. */
  @Post('my-gifts/offers/:donorId')
  @HttpCode(200)
  @ApiOperation({ operationId: 'answerOffer' })
  @ApiBody({ type: OfferAnswerForm })
  async answer(
    @From() caller: Caller,
    @Param('donorId', ParseUUIDPipe) donorId: string,
    @Body() body: unknown,
  ): Promise<{ donorId: string; linked: boolean }> {
    const { answer } = await parseJson(OfferAnswerForm, body);
    return this.accounts.answerOffer(caller, { donorId, answer });
  }

  /** A one-time link for the donor's hand, or an offer to the login that he has already. */
  @Post('donors/:donorId/invitation')
  @HttpCode(201)
  @ApiOperation({ operationId: 'inviteDonor' })
  @ApiBody({ type: DonorInvitationForm })
  async invite(
    @From() caller: Caller,
    @Param('donorId', ParseUUIDPipe) donorId: string,
    @Body() body: unknown,
  ): Promise<Invitation> {
    const { login } = await parseJson(DonorInvitationForm, body);
    return this.accounts.inviteDonor(caller, { donorId, login: login ?? null });
  }

  /** Cuts the account off from this society's donor. */
  @Post('donors/:donorId/invitation/end')
  @HttpCode(200)
  @ApiOperation({ operationId: 'endInvitation' })
  async end(
    @From() caller: Caller,
    @Param('donorId', ParseUUIDPipe) donorId: string,
  ): Promise<{ donorId: string }> {
    return this.accounts.endInvitation(caller, donorId);
  }
}
