import { Body, Controller, Get, Header, HttpCode, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Actor, Caller } from '../../kernel/actor.js';
import type { Day } from '../../kernel/day.js';
import type { RequestState } from '../../people/domain/person-right.js';
import { By, From } from '../../platform/web/caller.js';
import { parseJson } from '../../platform/web/forms.js';
import type { DonorRight, DonorWay } from '../domain/donor-right.js';
import { accountOf } from '../trace/my-gifts.account.js';
import { MyGiftsQueries } from '../trace/my-gifts.queries.js';
import type { DonorCopy } from './donor-copy.reading.js';
import { OwnContactForm, OwnRequestForm } from './donor-rights.forms.js';
import { DonorRightsService } from './donor-rights.service.js';
import type { DonorRequestMade } from './donor-rights.service.js';
import { DonorRequestsQueries } from './donor-requests.queries.js';
import { MyRightsService } from './my-rights.service.js';

/** A request as the donor himself reads it: who of the office wrote or answered is theirs. */
type OwnRequest = {
  readonly requestId: string;
  readonly donorId: string;
  readonly kind: DonorRight;
  readonly how: DonorWay;
  readonly askedOn: Day;
  readonly state: RequestState;
  readonly answer: string | null;
};

@ApiTags('donations')
@ApiBearerAuth()
@Controller('api/v1/my-gifts')
export class MyRightsController {
  constructor(
    private readonly own: MyRightsService,
    private readonly rights: DonorRightsService,
    private readonly mine: MyGiftsQueries,
    private readonly queries: DonorRequestsQueries,
  ) {}

  @Get('copy')
  @Header('cache-control', 'no-store')
  @ApiOperation({ operationId: 'readMyCopy', summary: '各互助社保存的关于本人的全部信息' })
  async copy(@By() actor: Actor): Promise<{ items: DonorCopy[] }> {
    return { items: await this.own.copy(actor) };
  }

  @Post('contact')
  @HttpCode(200)
  @ApiOperation({ operationId: 'changeMyContact', summary: '捐赠人自己改手机和家乡，所有记录一起改' })
  @ApiBody({ type: OwnContactForm })
  async contact(@From() caller: Caller, @Body() body: unknown): Promise<{ records: number }> {
    const { phone, homePlace } = await parseJson(OwnContactForm, body);
    return this.own.changeContact(caller, { phone: phone ?? null, homePlace: homePlace ?? null });
  }

  @Get('requests')
  @ApiOperation({ operationId: 'listMyRequests', summary: '本人提出过的请求和答复' })
  async requests(@By() actor: Actor): Promise<{ items: OwnRequest[] }> {
    const records = await this.mine.recordsOf(accountOf(actor));
    const ids = await Promise.all(records.map(({ donorId }) => this.queries.recordsOf(donorId)));
    const requests = await this.queries.ofDonors(ids.flat());
    return {
      items: requests.map(({ id, donorId, kind, how, askedOn, state, answer }) => ({
        ...{ requestId: id, donorId, kind, how, askedOn, state, answer },
      })),
    };
  }

  @Post('requests/:donorId')
  @HttpCode(201)
  @ApiOperation({ operationId: 'askDonorRequest', summary: '捐赠人自己提出：改正登记，或者删除信息' })
  @ApiBody({ type: OwnRequestForm })
  async ask(
    @From() caller: Caller,
    @Param('donorId', ParseUUIDPipe) donorId: string,
    @Body() body: unknown,
  ): Promise<DonorRequestMade> {
    const { kind, wish } = await parseJson(OwnRequestForm, body);
    return this.rights.ask(caller, { donorId, kind, wish: wish ?? null });
  }
}
