import { Controller, HttpCode, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiConsumes, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Caller } from '../../kernel/actor.js';
import type { SheetFault } from '../../people/index.js';
import { From } from '../../platform/web/caller.js';
import { InvalidInput } from '../../platform/web/forms.js';
import { Uploads, UploadedFiles } from '../../platform/web/uploads.js';
import { faultWords } from '../domain/gift-import.js';
import { readGiftSheet } from './gift-import.reader.js';
import { GiftImportService } from './gift-import.service.js';
import type { GiftPreview, GiftsImported } from './gift-import.service.js';

@ApiTags('donations')
@ApiBearerAuth()
@Controller('api/v1/donations/imports')
export class GiftImportController {
  constructor(private readonly imports: GiftImportService) {}

  /** Looks at a sheet of gifts. `importId` is null where a cell is wrong; otherwise it can be confirmed for two hours. */
  @Post()
  @HttpCode(200)
  @ApiConsumes('multipart/form-data')
  @ApiBody({
    schema: {
      type: 'object',
      required: ['sheet'],
      properties: { sheet: { type: 'string', format: 'binary' } },
    },
  })
  @ApiOperation({ operationId: 'previewDonations' })
  async preview(
    @From() caller: Caller,
    @Uploads() uploads: UploadedFiles,
  ): Promise<Omit<GiftPreview, 'faults'> & { faults: readonly SheetFault[] }> {
    const bytes = uploads.one('sheet');
    if (bytes === null) throw new InvalidInput({ sheet: '请附上填好的表格' });
    const { faults, ...preview } = await this.imports.previewSheet(caller, await readGiftSheet(bytes));
    return { ...preview, faults: faults.map(faultWords) };
  }

  /** Records every row of a sheet that was looked at, in one unit. */
  @Post(':importId/confirmation')
  @HttpCode(200)
  @ApiOperation({ operationId: 'confirmDonations' })
  async confirm(
    @From() caller: Caller,
    @Param('importId', ParseUUIDPipe) importId: string,
  ): Promise<GiftsImported> {
    return this.imports.confirmSheet(caller, { importId });
  }
}
