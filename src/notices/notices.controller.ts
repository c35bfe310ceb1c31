import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiConsumes, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Actor, Caller } from '../kernel/actor.js';
import { By, From, societyOf } from '../platform/web/caller.js';
import { parseForm, InvalidInput, parseJson } from '../platform/web/forms.js';
import { Uploads } from '../platform/web/uploads.js';
import type { UploadedFiles } from '../platform/web/uploads.js';
import { DiscardsService } from './corrections/discards.service.js';
import type { Discarded } from './corrections/discards.service.js';
import { DiscardForm, PostingForm, postingDayOf, postingOf, SignatureForm } from './notices.forms.js';
import { NoticesQueries } from './notices.queries.js';
import type { Notice, NoticeLine } from './notices.queries.js';
import { NoticesService } from './notices.service.js';
import type { NoticeAnswer } from './notices.service.js';
import type { Signed } from './notice-issuing.js';
import { placeOf, placeText } from './notices.views.js';

/** What a program is told of a notice: what was signed, not how it is kept. */
type NoticeJson = Pick<
  NoticeLine,
  | 'id'
  | 'kind'
  | 'subjectKind'
  | 'subjectId'
  | 'state'
  | 'version'
  | 'plannedPostingOn'
  | 'postedAt'
  | 'place'
  | 'firstDay'
  | 'lastDay'
  | 'provisional'
  | 'endedAt'
  | 'archivedAt'
> & {
  readonly number: string | null;
  readonly code: string | null;
  readonly contentHash: string | null;
  readonly pdfSha256: string | null;
  readonly signedAt: Date | null;
};

const PHOTO = { type: 'string', format: 'binary' };

@ApiTags('notices')
@ApiBearerAuth()
@Controller('api/v1/notices')
export class NoticesController {
  constructor(
    private readonly notices: NoticesService,
    private readonly discards: DiscardsService,
    private readonly queries: NoticesQueries,
  ) {}

  @Get()
  @ApiOperation({ operationId: 'listNotices', summary: '本社的公示，新的在前；next 是下一页的 after' })
  async list(
    @By() actor: Actor,
    @Query('after') after: unknown,
  ): Promise<{ items: NoticeJson[]; next: string | null }> {
    const limit = 50;
    const rows = await this.queries.page(societyOf(actor), { after: placeOf(after), limit: limit + 1 });
    const items = rows.slice(0, limit);
    const last = items.at(-1);
    return { items: items.map(jsonOf), next: rows.length > limit && last ? placeText(last) : null };
  }

  @Get(':noticeId')
  @ApiOperation({ operationId: 'getNotice', summary: '一张公示：文号、哈希、张贴和公示期' })
  async get(@By() actor: Actor, @Param('noticeId', ParseUUIDPipe) noticeId: string): Promise<NoticeJson> {
    return jsonOf(await this.queries.notice(societyOf(actor), noticeId));
  }

  @Post(':noticeId/signature')
  @HttpCode(200)
  @ApiBody({ type: SignatureForm })
  @ApiOperation({ operationId: 'signNotice', summary: '签发公示：查隐私、编号、定稿' })
  async sign(
    @From() caller: Caller,
    @Param('noticeId', ParseUUIDPipe) noticeId: string,
    @Body() body: unknown,
  ): Promise<Signed> {
    const form = await parseJson(SignatureForm, body);
    return this.notices.sign(caller, { noticeId, plannedPostingOn: postingDayOf(form) });
  }

  @Post(':noticeId/postings')
  @HttpCode(200)
  @ApiConsumes('multipart/form-data')
  @ApiBody({
    schema: {
      type: 'object',
      required: ['place', 'postedAt'],
      properties: {
        place: { type: 'string', minLength: 2, maxLength: 80 },
        postedAt: { type: 'string', format: 'date-time' },
        photo: PHOTO,
      },
    },
  })
  @ApiOperation({ operationId: 'recordPosting', summary: '记张贴；照片可以在 24 小时内补' })
  async recordPosting(
    @From() caller: Caller,
    @Param('noticeId', ParseUUIDPipe) noticeId: string,
    @Body() body: unknown,
    @Uploads() uploads: UploadedFiles,
  ): Promise<NoticeAnswer> {
    const form = await parseForm(PostingForm, body);
    if (!form.ok) throw new InvalidInput(form.errors);
    return this.notices.recordPosting(caller, postingOf(noticeId, form.values, uploads.one('photo')));
  }

  @Post(':noticeId/posting-photo')
  @HttpCode(200)
  @ApiConsumes('multipart/form-data')
  @ApiBody({ schema: { type: 'object', required: ['photo'], properties: { photo: PHOTO } } })
  @ApiOperation({ operationId: 'addPostingPhoto', summary: '补张贴照片，公示期从这里算起' })
  async addPhoto(
    @From() caller: Caller,
    @Param('noticeId', ParseUUIDPipe) noticeId: string,
    @Uploads() uploads: UploadedFiles,
  ): Promise<NoticeAnswer> {
    return this.notices.addPostingPhoto(caller, { noticeId, photo: uploads.one('photo') });
  }

  @Post(':noticeId/archive')
  @HttpCode(200)
  @ApiConsumes('multipart/form-data')
  @ApiBody({ schema: { type: 'object', required: ['photo'], properties: { photo: PHOTO } } })
  @ApiOperation({ operationId: 'archiveNotice', summary: '期满拍照归档' })
  async archive(
    @From() caller: Caller,
    @Param('noticeId', ParseUUIDPipe) noticeId: string,
    @Uploads() uploads: UploadedFiles,
  ): Promise<NoticeAnswer> {
    return this.notices.archive(caller, { noticeId, endPhoto: uploads.one('photo') });
  }

  @Post(':noticeId/discard')
  @HttpCode(200)
  @ApiBody({ type: DiscardForm })
  @ApiOperation({ operationId: 'discardNotice', summary: '收回没签发的更正公告或者重发的公示' })
  async discard(
    @From() caller: Caller,
    @Param('noticeId', ParseUUIDPipe) noticeId: string,
    @Body() body: unknown,
  ): Promise<Discarded> {
    const { reason } = await parseJson(DiscardForm, body);
    return this.discards.discard(caller, { noticeId, reason });
  }
}

function jsonOf(notice: NoticeLine | Notice): NoticeJson {
  const { id, kind, subjectKind, subjectId, state, version, plannedPostingOn, postedAt, place, issue } =
    notice;
  const { firstDay, lastDay, provisional, endedAt, archivedAt } = notice;
  return {
    ...{ id, kind, subjectKind, subjectId, state, version, plannedPostingOn, postedAt, place },
    ...{ firstDay, lastDay, provisional, endedAt, archivedAt },
    number: issue?.number ?? null,
    code: issue?.code ?? null,
    contentHash: issue?.contentHash ?? null,
    pdfSha256: issue?.pdfSha256 ?? null,
    signedAt: issue?.signedAt ?? null,
  };
}
