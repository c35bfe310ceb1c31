import { Body, Controller, Get, Param, ParseUUIDPipe, Post, Render, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Actor, Caller } from '../kernel/actor.js';
import { By, From, societyOf } from '../platform/web/caller.js';
import { parseForm } from '../platform/web/forms.js';
import type { FieldErrors, Typed } from '../platform/web/forms.js';
import { UploadedFiles, Uploads } from '../platform/web/uploads.js';
import { OfficerPledgesQueries } from './officer-pledges.queries.js';
import { OfficerPledgesService } from './officer-pledges.service.js';
import { officerPledgeView } from './officer-pledges.views.js';
import type { OfficerPledgeView } from './officer-pledges.views.js';
import { OfficerPledgeForm } from './offices.forms.js';
import { RECORDERS } from './offices.permissions.js';

/** What whoever takes an office signs: to be read, and confirmed or recorded. */
@Controller('s/offices/:termId/pledge')
export class OfficerPledgesPages {
  constructor(
    private readonly pledges: OfficerPledgesService,
    private readonly queries: OfficerPledgesQueries,
  ) {}

  @Get()
  @Render('offices/pledge')
  async one(@By() actor: Actor, @Param('termId', ParseUUIDPipe) termId: string): Promise<OfficerPledgeView> {
    return this.page(actor, termId, {}, {});
  }

  @Post()
  async sign(
    @From() caller: Caller,
    @Param('termId', ParseUUIDPipe) termId: string,
    @Body() body: unknown,
    @Uploads() uploads: UploadedFiles,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const form = await parseForm(OfficerPledgeForm, body);
    if (!form.ok) {
      const view = await this.page(caller.actor, termId, form.typed, form.errors);
      void reply.status(422).view('offices/pledge', view);
      return;
    }
    await this.pledges.sign(caller, { termId, how: form.values.how, photo: uploads.one('sheet') });
    void reply.redirect(`/s/offices/${termId}/pledge`, 303);
  }

  private async page(
    actor: Actor,
    termId: string,
    typed: Typed,
    errors: FieldErrors,
  ): Promise<OfficerPledgeView> {
    const term = await this.queries.term(societyOf(actor), termId);
    const { roles, personId } = actor;
    const recordsOthers = roles.some((role) => RECORDERS.includes(role));
    return officerPledgeView(
      term,
      { isOwn: personId === term.personId, recordsOthers, roles },
      typed,
      errors,
    );
  }
}
