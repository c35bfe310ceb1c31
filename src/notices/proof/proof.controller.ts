import { Controller, HttpCode, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiConsumes, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Caller } from '../../kernel/actor.js';
import { Clock } from '../../kernel/clock.js';
import { Config } from '../../platform/config.js';
import { From } from '../../platform/web/caller.js';
import { Uploads } from '../../platform/web/uploads.js';
import type { UploadedFiles } from '../../platform/web/uploads.js';
import { FileToVerifyNeeded } from '../domain/proof.errors.js';
import { FileProofs } from './file-proofs.js';
import { PrintCodesService } from './print-codes.service.js';
import type { MadePrintCode } from './print-codes.service.js';
import { verdictJson } from './verdict-words.js';
import type { VerdictJson } from './verdict-words.js';

@ApiTags('notices')
@ApiBearerAuth()
@Controller('api/v1/notices')
export class ProofController {
  constructor(
    private readonly proofs: FileProofs,
    private readonly codes: PrintCodesService,
    private readonly config: Config,
    private readonly clock: Clock,
  ) {}

  /** Reads by POST, since a file stands in no address. */
  @Post('verify')
  @HttpCode(200)
  @ApiConsumes('multipart/form-data')
  @ApiBody({
    schema: { type: 'object', required: ['pdf'], properties: { pdf: { type: 'string', format: 'binary' } } },
  })
  @ApiOperation({
    operationId: 'verifyNoticeFile',
    summary: '查验一个 PDF 是不是签发的公示、有没有改过；不用登录，不留文件',
  })
  async verify(@Uploads() uploads: UploadedFiles): Promise<VerdictJson> {
    const pdf = uploads.one('pdf');
    if (!pdf) throw new FileToVerifyNeeded();
    return verdictJson(await this.proofs.of(pdf), this.clock.now());
  }

  @Post(':noticeId/print-codes')
  @HttpCode(200)
  @ApiOperation({
    operationId: 'makePrintCode',
    summary: '取打印码：10 分钟内在任何电脑上输入它就能打印这张公示',
  })
  async makeCode(
    @From() caller: Caller,
    @Param('noticeId', ParseUUIDPipe) noticeId: string,
  ): Promise<Omit<MadePrintCode, 'printCodeId'> & { readonly address: string }> {
    const { code, expiresAt } = await this.codes.make(caller, noticeId);
    return { code, expiresAt, address: `${this.config.publicUrl}/p` };
  }
}
