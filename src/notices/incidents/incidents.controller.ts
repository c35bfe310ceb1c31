import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiConsumes, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Actor, Caller } from '../../kernel/actor.js';
import { By, From, societyOf } from '../../platform/web/caller.js';
import { InvalidInput, parseForm, parseJson } from '../../platform/web/forms.js';
import { Uploads } from '../../platform/web/uploads.js';
import type { UploadedFiles } from '../../platform/web/uploads.js';
import { GAP_REASONS } from '../domain/gap.js';
import { NotTakenDown } from '../domain/incident.errors.js';
import { readCode } from '../domain/notice-number.js';
import { NoticeNotFound } from '../domain/notices.errors.js';
import { NoticesQueries } from '../notices.queries.js';
import { GapsService } from './gaps.service.js';
import type { GapAnswer } from './gaps.service.js';
import { IncidentsReach } from './incidents-reach.js';
import {
  GapForm,
  gapOf,
  IncidentNoteForm,
  noteOf,
  PaperDownForm,
  paperDownOf,
  ReissueForm,
  SuspensionForm,
  suspensionOf,
} from './incidents.forms.js';
import { IncidentsQueries } from './incidents.queries.js';
import type { GapLine, Incident } from './incidents.queries.js';
import { IncidentsService } from './incidents.service.js';
import type { TakenDown } from './incidents.service.js';
import { ReissuesService } from './reissues.service.js';

type IncidentJson = Omit<Incident, 'photoId'>;

const PHOTO = { type: 'string', format: 'binary' };
const INSTANT = { type: 'string', format: 'date-time' };

@ApiTags('notices')
@ApiBearerAuth()
@Controller('api/v1')
export class IncidentsController {
  constructor(
    private readonly incidents: IncidentsService,
    private readonly reissues: ReissuesService,
    private readonly gapsService: GapsService,
    private readonly reach: IncidentsReach,
    private readonly records: IncidentsQueries,
    private readonly queries: NoticesQueries,
  ) {}

  /** By the code on the paper, of the own society or of one below it. */
  @Post('takedowns/:code')
  @HttpCode(200)
  @ApiBody({ type: SuspensionForm })
  @ApiOperation({ operationId: 'suspendNotice', summary: '撤下公示：马上不再公开，连同引用它的更正公告' })
  async suspend(
    @From() caller: Caller,
    @Param('code') typed: string,
    @Body() body: unknown,
  ): Promise<TakenDown> {
    const form = await parseJson(SuspensionForm, body);
    const code = readCode(typed);
    if (code === null) throw new NoticeNotFound();
    const { id: noticeId } = await this.reach.byCode(caller.actor, code);
    return this.incidents.suspend(caller, suspensionOf(noticeId, form));
  }

  @Get('notices/:noticeId/incident')
  @ApiOperation({ operationId: 'getIncident', summary: '撤下记录：什么事、何时发现、纸何时撤下、告诉了谁' })
  async incident(
    @By() actor: Actor,
    @Param('noticeId', ParseUUIDPipe) noticeId: string,
  ): Promise<IncidentJson> {
    const { id } = await this.queries.notice(societyOf(actor), noticeId);
    const incident = await this.records.ofNotice(id);
    if (!incident) throw new NotTakenDown();
    return Object.fromEntries(Object.entries(incident).filter(([key]) => key !== 'photoId')) as IncidentJson;
  }

  @Post('notices/:noticeId/paper-down')
  @HttpCode(200)
  @ApiConsumes('multipart/form-data')
  @ApiBody({
    schema: {
      type: 'object',
      required: ['downAt', 'places'],
      properties: {
        downAt: INSTANT,
        places: { type: 'integer', minimum: 1, maximum: 99 },
        photo: PHOTO,
      },
    },
  })
  @ApiOperation({ operationId: 'recordPaperDown', summary: '记公示纸已撤下' })
  async paperDown(
    @From() caller: Caller,
    @Param('noticeId', ParseUUIDPipe) noticeId: string,
    @Body() body: unknown,
    @Uploads() uploads: UploadedFiles,
  ): Promise<{ incidentId: string }> {
    const form = await parseForm(PaperDownForm, body);
    if (!form.ok) throw new InvalidInput(form.errors);
    const paper = paperDownOf(noticeId, form.values, uploads.one('photo'));
    return this.incidents.recordPaperDown(caller, paper);
  }

  @Post('notices/:noticeId/incident-notes')
  @HttpCode(200)
  @ApiBody({ type: IncidentNoteForm })
  @ApiOperation({ operationId: 'noteIncident', summary: '记告诉了谁（个人信息保护法第57条）' })
  async note(
    @From() caller: Caller,
    @Param('noticeId', ParseUUIDPipe) noticeId: string,
    @Body() body: unknown,
  ): Promise<{ incidentId: string }> {
    const form = await parseJson(IncidentNoteForm, body);
    return this.incidents.note(caller, noteOf(noticeId, form));
  }

  @Post('notices/:noticeId/reissue')
  @HttpCode(201)
  @ApiBody({ type: ReissueForm })
  @ApiOperation({ operationId: 'reissueNotice', summary: '重发撤下的公示：另起一张，公示期重新算' })
  async reissue(
    @From() caller: Caller,
    @Param('noticeId', ParseUUIDPipe) noticeId: string,
    @Body() body: unknown,
  ): Promise<{ noticeId: string }> {
    const { numberOnly } = await parseJson(ReissueForm, body);
    return this.reissues.reissue(caller, { noticeId, numberOnly });
  }

  @Get('notices/:noticeId/gaps')
  @ApiOperation({ operationId: 'listGaps', summary: '公示期间的中断' })
  async gaps(
    @By() actor: Actor,
    @Param('noticeId', ParseUUIDPipe) noticeId: string,
  ): Promise<{ items: GapLine[] }> {
    const { id } = await this.queries.notice(societyOf(actor), noticeId);
    return { items: await this.records.gaps(id) };
  }

  @Post('notices/:noticeId/gaps')
  @HttpCode(200)
  @ApiConsumes('multipart/form-data')
  @ApiBody({
    schema: {
      type: 'object',
      required: ['goneAt', 'upAt', 'reason', 'photo'],
      properties: { goneAt: INSTANT, upAt: INSTANT, reason: { enum: [...GAP_REASONS] }, photo: PHOTO },
    },
  })
  @ApiOperation({ operationId: 'recordGap', summary: '记公示中断；超过一天的，公示期顺延' })
  async recordGap(
    @From() caller: Caller,
    @Param('noticeId', ParseUUIDPipe) noticeId: string,
    @Body() body: unknown,
    @Uploads() uploads: UploadedFiles,
  ): Promise<GapAnswer> {
    const form = await parseForm(GapForm, body);
    if (!form.ok) throw new InvalidInput(form.errors);
    return this.gapsService.recordGap(caller, gapOf(noticeId, form.values, uploads.one('photo')));
  }
}
