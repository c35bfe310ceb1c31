import { Body, Controller, Get, Post, Query, Render, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Actor, Caller } from '../kernel/actor.js';
import { By, From, societyOf } from '../platform/web/caller.js';
import { parseForm } from '../platform/web/forms.js';
import { leadFormView, leadsView } from './case-forms.views.js';
import type { LeadFormView, LeadsView } from './case-forms.views.js';
import { LeadForm } from './cases.forms.js';
import { CasesQueries } from './cases.queries.js';
import { LeadsService } from './leads.service.js';

/** Word of a need, from whoever heard it first. */
@Controller('s/leads')
export class LeadsPages {
  constructor(
    private readonly leads: LeadsService,
    private readonly queries: CasesQueries,
  ) {}

  @Get()
  @Render('cases/leads')
  async list(@By() actor: Actor, @Query('done') done: unknown): Promise<LeadsView> {
    const societyId = societyOf(actor);
    const leads = await this.queries.leads(societyId);
    const numbered = leads.map(async (lead) => {
      const found = lead.caseId === null ? null : await this.queries.case(societyId, lead.caseId);
      return { ...lead, caseNumber: found?.text ?? null };
    });
    return leadsView(await Promise.all(numbered), done === '1');
  }

  @Get('new')
  @Render('cases/lead')
  newLead(): LeadFormView {
    return leadFormView({}, {});
  }

  /** Whoever may not read the list of leads goes home with it. */
  @Post()
  async recordLead(@From() caller: Caller, @Body() body: unknown, @Res() reply: FastifyReply): Promise<void> {
    const form = await parseForm(LeadForm, body);
    if (!form.ok) {
      void reply.status(422).view('cases/lead', leadFormView(form.typed, form.errors));
      return;
    }
    const { source, place, contact, words = null } = form.values;
    await this.leads.recordLead(caller, { source, place, contact, words });
    const office = caller.actor.roles.some((role) => role === 'secretary' || role === 'clerk');
    void reply.redirect(office ? '/s/leads?done=1' : '/s', 303);
  }
}
