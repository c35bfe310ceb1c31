import { Body, Controller, Get, HttpCode, Param, Post, Query, Render, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Actor, Caller } from '../kernel/actor.js';
import { lookedView, lookFieldIn, LookForm, lookView } from '../people/index.js';
import type { LookField, LookPlace, LookView } from '../people/index.js';
import { By, From, societyOf } from '../platform/web/caller.js';
import { parseForm, textIn } from '../platform/web/forms.js';
import type { FieldErrors, Typed } from '../platform/web/forms.js';
import { CaseLooks } from './case-looks.js';
import { CasesQueries } from './cases.queries.js';

/** 查看完整: why first, then the value, once, on a page that no cache keeps. */
@Controller('s/cases')
export class CaseLooksPages {
  constructor(
    private readonly looks: CaseLooks,
    private readonly queries: CasesQueries,
  ) {}

  @Get(':number/look')
  @Render('people/look')
  async ask(
    @By() actor: Actor,
    @Param('number') number: string,
    @Query('field') field: unknown,
  ): Promise<LookView> {
    return this.page(actor, number, lookFieldIn(field), {}, {});
  }

  @Post(':number/look')
  @HttpCode(200)
  async look(
    @From() caller: Caller,
    @Param('number') number: string,
    @Body() body: unknown,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const row = await this.queries.byNumber(societyOf(caller.actor), number);
    const form = await parseForm(LookForm, body);
    if (!form.ok) {
      const field = lookFieldIn(textIn(form.typed, 'field'));
      const view = await this.page(caller.actor, number, field, form.typed, form.errors);
      void reply.status(422).view('people/look', view);
      return;
    }
    const { field, reason, note = null } = form.values;
    const looked = await this.looks.look(caller, row.id, { field, reason, note });
    void reply.header('cache-control', 'no-store').view('people/look', lookedView(placeOf(row.text), looked));
  }

  private async page(
    actor: Actor,
    number: string,
    field: LookField | null,
    typed: Typed,
    errors: FieldErrors,
  ): Promise<LookView> {
    const row = await this.queries.byNumber(societyOf(actor), number);
    return lookView(placeOf(row.text), await this.looks.asked(actor, row, field), typed, errors);
  }
}

const placeOf = (number: string): LookPlace => ({
  back: `/s/cases/${number}`,
  action: `/s/cases/${number}/look`,
});
