import { Body, Controller, Get, Param, ParseUUIDPipe, Post, Query, Render, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Actor, Caller } from '../kernel/actor.js';
import { By, From, societyOf } from '../platform/web/caller.js';
import { parseForm } from '../platform/web/forms.js';
import type { FieldErrors } from '../platform/web/forms.js';
import { InstitutionAccountInvalid, InstitutionAlreadyKnown } from './domain/institution.errors.js';
import { InstitutionForm } from './institutions.forms.js';
import { InstitutionsQueries } from './institutions.queries.js';
import { InstitutionsService } from './institutions.service.js';
import { INSTITUTIONS, institutionsView, newInstitutionView } from './institutions.views.js';
import type { Ending, InstitutionsView, NewInstitutionView } from './institutions.views.js';
import { mayKeepInstitutions } from './payments.permissions.js';

/** 收款机构: the hospitals and their like that money may be paid to. */
@Controller('s/payments/institutions')
export class InstitutionsPages {
  constructor(
    private readonly institutions: InstitutionsService,
    private readonly queries: InstitutionsQueries,
  ) {}

  @Get()
  @Render('payments/institutions')
  async list(@By() actor: Actor, @Query('end') end: unknown): Promise<InstitutionsView> {
    const societyId = societyOf(actor);
    const institutions = await this.queries.all(societyId);
    const named = institutions.find(({ id }) => id === end);
    const ending: Ending | null = named
      ? { institutionId: named.id, waiting: await this.queries.waiting(societyId, named.id) }
      : null;
    return institutionsView({ institutions, mayKeep: mayKeepInstitutions(actor), ending });
  }

  @Get('new')
  @Render('payments/new-institution')
  ask(): NewInstitutionView {
    return newInstitutionView({}, {});
  }

  @Post()
  async add(@From() caller: Caller, @Body() body: unknown, @Res() reply: FastifyReply): Promise<void> {
    const form = await parseForm(InstitutionForm, body);
    const again = (errors: FieldErrors) =>
      void reply.status(422).view('payments/new-institution', newInstitutionView(form.typed, errors));
    if (!form.ok) {
      again(form.errors);
      return;
    }
    try {
      const { name, bankName, accountNumber } = form.values;
      await this.institutions.addInstitution(caller, { name, bankName, accountNumber });
      reply.redirect(INSTITUTIONS, 303);
    } catch (error) {
      again(errorsByField(error));
    }
  }

  @Post(':institutionId/end')
  async end(
    @From() caller: Caller,
    @Param('institutionId', ParseUUIDPipe) institutionId: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.institutions.endInstitution(caller, { institutionId });
    reply.redirect(INSTITUTIONS, 303);
  }
}

/** A refusal about one field stands beside it; others go on to the filter. */
function errorsByField(error: unknown): FieldErrors {
  if (error instanceof InstitutionAccountInvalid || error instanceof InstitutionAlreadyKnown)
    return { accountNumber: `${error.message}${error.advice}` };
  throw error;
}
