import { Body, Controller, Get, Header, HttpCode, Post, Render, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Actor, Caller } from '../../kernel/actor.js';
import { LedgerQueries, POOL, purseName, UNCLAIMED } from '../../ledger/index.js';
import { SheetRefused } from '../../people/domain/people.errors.js';
import { By, From, societyOf } from '../../platform/web/caller.js';
import { parseForm } from '../../platform/web/forms.js';
import { Uploads, UploadedFiles } from '../../platform/web/uploads.js';
import { GiftImportNotFound, SheetAlreadyTaken } from '../domain/gift-import.errors.js';
import { ConfirmGiftImportForm } from './gift-import.forms.js';
import { readGiftSheet } from './gift-import.reader.js';
import { GiftImportService } from './gift-import.service.js';
import { giftTemplateSheet } from './gift-import.template.js';
import { giftImportView, giftPreviewView, giftsImportedView } from './gift-import.views.js';
import type { GiftImportView, GiftsImportedView } from './gift-import.views.js';

/** Gifts from a sheet: shown first, cell by cell, and taken in when nothing in it is wrong. */
@Controller('s/donations/import')
export class GiftImportPages {
  constructor(
    private readonly imports: GiftImportService,
    private readonly ledger: LedgerQueries,
  ) {}

  @Get()
  @Render('donations/import')
  ask(): GiftImportView {
    return giftImportView({});
  }

  @Get('template.xlsx')
  @Header('content-type', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')
  @Header('content-disposition', "attachment; filename*=UTF-8''%E6%8D%90%E8%B5%A0%E6%A8%A1%E6%9D%BF.xlsx")
  async template(@By() actor: Actor, @Res() reply: FastifyReply): Promise<void> {
    const purses = await this.ledger.purses(societyOf(actor));
    const places = purses.filter(({ fund }) => fund !== POOL.fund && fund !== UNCLAIMED.fund).map(purseName);
    void reply.send(await giftTemplateSheet(places));
  }

  @Post()
  @HttpCode(200)
  async preview(
    @From() caller: Caller,
    @Uploads() uploads: UploadedFiles,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const again = (words: string) =>
      void reply.status(422).view('donations/import', giftImportView({ sheet: words }));
    const bytes = uploads.one('sheet');
    if (bytes === null) {
      again('请选择填好的表格');
      return;
    }
    try {
      const sheet = await readGiftSheet(bytes);
      const preview = await this.imports.previewSheet(caller, sheet);
      const status = preview.importId === null ? 422 : 200;
      void reply.status(status).view('donations/import-preview', giftPreviewView(preview, sheet));
    } catch (error) {
      if (!(error instanceof SheetRefused) && !(error instanceof SheetAlreadyTaken)) throw error;
      again(`${error.message}${error.advice}`);
    }
  }

  @Post('confirm')
  @HttpCode(200)
  @Render('donations/imported')
  async confirm(@From() caller: Caller, @Body() body: unknown): Promise<GiftsImportedView> {
    const form = await parseForm(ConfirmGiftImportForm, body);
    if (!form.ok) throw new GiftImportNotFound();
    return giftsImportedView(await this.imports.confirmSheet(caller, form.values));
  }
}
