import { Body, Controller, HttpCode, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiConsumes, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Caller } from '../kernel/actor.js';
import { From } from '../platform/web/caller.js';
import { InvalidInput, parseJson } from '../platform/web/forms.js';
import { Uploads } from '../platform/web/uploads.js';
import type { UploadedFiles } from '../platform/web/uploads.js';
import { ReliefMergerForm, ReliefPanelForm, ReliefPlanForm } from './relief-decision.forms.js';
import { ReliefDecisionService } from './relief-decision.service.js';
import {
  ReliefAssessmentForm,
  ReliefPoliciesForm,
  ReliefReviewForm,
  reviewIn,
  ReliefVerificationForm,
  verificationIn,
} from './relief-desk.forms.js';
import { ReliefDeskService } from './relief-desk.service.js';
import type { Reviewed } from './relief-desk.service.js';
import { ReliefMergerService } from './relief-merger.service.js';
import { ReliefPanelService } from './relief-panel.service.js';
import type { PanelOpened } from './relief-panel.service.js';

type Done = { readonly reliefId: string };

const ASSESSMENT = {
  type: 'object',
  required: ['scores', 'opinion', 'sheet'],
  properties: {
    scores: { type: 'string', description: 'JSON: [{"personId","score"}], 0 to 100 each' },
    opinion: { type: 'string', maxLength: 1000 },
    sheet: { type: 'string', format: 'binary' },
  },
};

/** The federation, from the check of the policies to the approval. */
@ApiTags('relief')
@ApiBearerAuth()
@Controller('api/v1/relief/:reliefId')
export class ReliefDeskController {
  constructor(
    private readonly desk: ReliefDeskService,
    private readonly panels: ReliefPanelService,
    private readonly decisions: ReliefDecisionService,
    private readonly mergers: ReliefMergerService,
  ) {}

  @Post('policies')
  @HttpCode(200)
  @ApiBody({ type: ReliefPoliciesForm })
  @ApiOperation({ operationId: 'checkPolicies', summary: '先政策后慈善：每一项政策办得怎样' })
  async checkPolicies(
    @From() caller: Caller,
    @Param('reliefId', ParseUUIDPipe) reliefId: string,
    @Body() body: unknown,
  ): Promise<Done> {
    const { policies } = await parseJson(ReliefPoliciesForm, body);
    return this.desk.checkPolicies(caller, { reliefId, policies });
  }

  @Post('verification')
  @HttpCode(200)
  @ApiBody({ type: ReliefVerificationForm })
  @ApiOperation({ operationId: 'verifyRelief', summary: '记核实：材料齐、原件盖章；异常的写明情况' })
  async verify(
    @From() caller: Caller,
    @Param('reliefId', ParseUUIDPipe) reliefId: string,
    @Body() body: unknown,
  ): Promise<Done> {
    return this.desk.verify(caller, verificationIn(reliefId, await parseJson(ReliefVerificationForm, body)));
  }

  @Post('assessment')
  @HttpCode(200)
  @ApiConsumes('multipart/form-data')
  @ApiBody({ schema: ASSESSMENT })
  @ApiOperation({ operationId: 'assessRelief', summary: '记综合研判，附打分人签字的研判表照片' })
  async assess(
    @From() caller: Caller,
    @Param('reliefId', ParseUUIDPipe) reliefId: string,
    @Body() body: unknown,
    @Uploads() uploads: UploadedFiles,
  ): Promise<Done> {
    const { scores, opinion } = await parseJson(ReliefAssessmentForm, body);
    const sheet = uploads.one('sheet');
    if (!sheet) throw new InvalidInput({ sheet: '请附上研判表的照片' });
    return this.desk.assess(caller, { reliefId, scores, opinion, sheet });
  }

  @Post('reviews')
  @HttpCode(201)
  @ApiBody({ type: ReliefReviewForm })
  @ApiOperation({ operationId: 'reviewRelief', summary: '审核通过；到规则定的金额要两个人' })
  async review(
    @From() caller: Caller,
    @Param('reliefId', ParseUUIDPipe) reliefId: string,
    @Body() body: unknown,
  ): Promise<Reviewed> {
    return this.desk.review(caller, reviewIn(reliefId, await parseJson(ReliefReviewForm, body)));
  }

  @Post('second-review')
  @HttpCode(200)
  @ApiOperation({
    operationId: 'askSecondReview',
    summary: '请第二个人审核：审核以后金额变多，到了要两个人审的数',
  })
  async askSecondReview(
    @From() caller: Caller,
    @Param('reliefId', ParseUUIDPipe) reliefId: string,
  ): Promise<Done> {
    return this.desk.askSecondReview(caller, { reliefId });
  }

  @Post('panel')
  @HttpCode(201)
  @ApiBody({ type: ReliefPanelForm })
  @ApiOperation({ operationId: 'openPanel', summary: '请理事评审：定下算式，留出额度和钱' })
  async openPanel(
    @From() caller: Caller,
    @Param('reliefId', ParseUUIDPipe) reliefId: string,
    @Body() body: unknown,
  ): Promise<PanelOpened> {
    const { recusals } = await parseJson(ReliefPanelForm, body);
    return this.panels.openPanel(caller, { reliefId, recusals });
  }

  @Post('refusal')
  @HttpCode(200)
  @ApiOperation({ operationId: 'refuseRelief', summary: '按规则算出 0 元，不予救助' })
  async refuse(@From() caller: Caller, @Param('reliefId', ParseUUIDPipe) reliefId: string): Promise<Done> {
    return this.panels.refuse(caller, { reliefId });
  }

  @Post('merger')
  @HttpCode(200)
  @ApiBody({ type: ReliefMergerForm })
  @ApiOperation({ operationId: 'lookAtMerger', summary: '核对合户' })
  async lookAtMerger(
    @From() caller: Caller,
    @Param('reliefId', ParseUUIDPipe) reliefId: string,
    @Body() body: unknown,
  ): Promise<Done> {
    const { finding } = await parseJson(ReliefMergerForm, body);
    return this.mergers.lookAtMerger(caller, { reliefId, finding });
  }

  @Post('plan')
  @HttpCode(200)
  @ApiBody({ type: ReliefPlanForm })
  @ApiOperation({ operationId: 'planReliefPayments', summary: '安排怎样付：几笔，付给家庭还是医院' })
  async plan(
    @From() caller: Caller,
    @Param('reliefId', ParseUUIDPipe) reliefId: string,
    @Body() body: unknown,
  ): Promise<Done> {
    const { parts } = await parseJson(ReliefPlanForm, body);
    return this.decisions.planPayments(caller, { reliefId, parts });
  }

  @Post('approval')
  @HttpCode(200)
  @ApiOperation({ operationId: 'approveRelief', summary: '批准：公示期满，没有成立的异议' })
  async approve(@From() caller: Caller, @Param('reliefId', ParseUUIDPipe) reliefId: string): Promise<Done> {
    return this.decisions.approve(caller, { reliefId });
  }
}
