import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiConsumes, ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';
import type { Actor, Caller } from '../kernel/actor.js';
import { By, From } from '../platform/web/caller.js';
import { parseJson } from '../platform/web/forms.js';
import { Uploads } from '../platform/web/uploads.js';
import type { UploadedFiles } from '../platform/web/uploads.js';
import { AnswerForm, answerIn, FindingForm, findingIn, SaveViewForm, SubjectForm } from './desk.forms.js';
import { grantJson, queueJson } from './desk.json.js';
import type { GrantJson, QueueJson } from './desk.json.js';
import { cameFrom, cameFromText, DUES, SUBJECT_KINDS, VIEWS } from './domain/desk-filter.js';
import { RISK_LEVELS } from './domain/risks.js';
import { FindingsService } from './findings.service.js';
import type { Found } from './findings.service.js';
import { GrantReading } from './grant.reading.js';
import { LeasesService } from './leases.service.js';
import type { Claimed } from './leases.service.js';
import { QueueReading } from './queue.reading.js';
import { RectificationsService } from './rectifications.service.js';
import { SavedViewsService } from './saved-views.service.js';
import type { SavedViewFact } from './saved-views.service.js';

/** The review desk of a federation, for programs. */
@ApiTags('desk')
@ApiBearerAuth()
@Controller('api/v1/desk')
export class DeskController {
  constructor(
    private readonly queue: QueueReading,
    private readonly reading: GrantReading,
    private readonly leases: LeasesService,
    private readonly findings: FindingsService,
    private readonly rectifications: RectificationsService,
    private readonly views: SavedViewsService,
  ) {}

  @Get()
  @ApiQuery({ name: 'view', required: false, enum: VIEWS })
  @ApiQuery({ name: 'kind', required: false, enum: SUBJECT_KINDS })
  @ApiQuery({ name: 'society', required: false, description: 'A part of its name' })
  @ApiQuery({ name: 'cause', required: false })
  @ApiQuery({ name: 'state', required: false })
  @ApiQuery({ name: 'risk', required: false, enum: RISK_LEVELS })
  @ApiQuery({ name: 'due', required: false, enum: DUES })
  @ApiQuery({ name: 'q', required: false, description: '2026-0012, 慈救2026-0003 or 12' })
  @ApiQuery({ name: 'after', required: false, description: '`next` of the page before' })
  @ApiOperation({ operationId: 'listReviewQueue', summary: '总会审核台：等着审的，最急的在前' })
  async listReviewQueue(@By() actor: Actor, @Query() query: Record<string, unknown>): Promise<QueueJson> {
    return queueJson(await this.queue.queue(actor, query));
  }

  @Post('claims')
  @HttpCode(201)
  @ApiBody({ type: SubjectForm })
  @ApiOperation({ operationId: 'claimReview', summary: '我来审：占十分钟' })
  async claimReview(@From() caller: Caller, @Body() body: unknown): Promise<Claimed> {
    return this.leases.claim(caller, await parseJson(SubjectForm, body));
  }

  @Post('releases')
  @HttpCode(201)
  @ApiBody({ type: SubjectForm })
  @ApiOperation({ operationId: 'releaseReview', summary: '放下' })
  async releaseReview(
    @From() caller: Caller,
    @Body() body: unknown,
  ): Promise<{ readonly subjectId: string }> {
    return this.leases.release(caller, await parseJson(SubjectForm, body));
  }

  @Get('views')
  @ApiOperation({ operationId: 'listSavedViews' })
  async listSavedViews(@By() actor: Actor): Promise<{ items: SavedViewFact[] }> {
    return { items: await this.views.list(actor) };
  }

  @Post('views')
  @HttpCode(201)
  @ApiBody({ type: SaveViewForm })
  @ApiOperation({ operationId: 'saveView', summary: '存一个视图：一个名字和它的网址参数' })
  async saveView(@From() caller: Caller, @Body() body: unknown): Promise<{ readonly viewId: string }> {
    const { name, query } = await parseJson(SaveViewForm, body);
    return this.views.save(caller, name, cameFromText(query).filter);
  }

  @Post('views/:viewId/removal')
  @HttpCode(201)
  @ApiOperation({ operationId: 'removeView' })
  async removeView(
    @From() caller: Caller,
    @Param('viewId', ParseUUIDPipe) viewId: string,
  ): Promise<{ readonly viewId: string }> {
    return this.views.remove(caller, viewId);
  }

  @Get('cases/:caseId')
  @ApiOperation({ operationId: 'readGrantForReview', summary: '一件急难救助，按审的次序' })
  async readGrantForReview(
    @By() actor: Actor,
    @Param('caseId', ParseUUIDPipe) caseId: string,
  ): Promise<GrantJson> {
    return grantJson(await this.reading.grant(actor, caseId, cameFrom({}).filter, null));
  }

  @Post('cases/:caseId/findings')
  @HttpCode(201)
  @ApiBody({ type: FindingForm })
  @ApiOperation({ operationId: 'recordGrantFinding', summary: '记审核意见：合规、限期整改、建议撤销' })
  async recordGrantFinding(
    @From() caller: Caller,
    @Param('caseId', ParseUUIDPipe) caseId: string,
    @Body() body: unknown,
  ): Promise<Found> {
    return this.findings.record(caller, findingIn(caseId, await parseJson(FindingForm, body)));
  }

  @Post('rectifications/:rectificationId/answer')
  @HttpCode(201)
  @ApiConsumes('multipart/form-data')
  @ApiBody({
    schema: {
      type: 'object',
      required: ['words'],
      properties: {
        words: { type: 'string', minLength: 1, maxLength: 500 },
        photo: { type: 'string', format: 'binary', description: 'JPEG or PNG' },
      },
    },
  })
  @ApiOperation({ operationId: 'answerRectification', summary: '互助社答复总会意见' })
  async answerRectification(
    @From() caller: Caller,
    @Param('rectificationId', ParseUUIDPipe) id: string,
    @Body() body: unknown,
    @Uploads() uploads: UploadedFiles,
  ): Promise<{ readonly rectificationId: string }> {
    return this.rectifications.answer(caller, answerIn(id, await parseJson(AnswerForm, body), uploads));
  }
}
