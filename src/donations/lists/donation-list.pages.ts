import { Body, Controller, Get, Param, ParseUUIDPipe, Post, Query, Render, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Actor, Caller } from '../../kernel/actor.js';
import { Clock } from '../../kernel/clock.js';
import { dayOf } from '../../kernel/day.js';
import { By, From, societyOf } from '../../platform/web/caller.js';
import { parseForm } from '../../platform/web/forms.js';
import type { FieldErrors, Typed } from '../../platform/web/forms.js';
import { LIST_SPANS, lastDayOf } from '../domain/donation-list.js';
import { NothingToList } from '../domain/donation-list.errors.js';
import { DonationListForm } from './donation-list.forms.js';
import { mayDraftLists } from './donation-list.permissions.js';
import { DonationListQueries } from './donation-list.queries.js';
import { DonationListService } from './donation-list.service.js';
import { LISTS, listsView, newListView } from './donation-list.views.js';
import type { ListsView, NewListView } from './donation-list.views.js';

/** 捐赠公示: which gifts hang on the wall, and which wait to be listed. */
@Controller('s/donations/lists')
export class DonationListPages {
  constructor(
    private readonly lists: DonationListService,
    private readonly queries: DonationListQueries,
    private readonly clock: Clock,
  ) {}

  @Get()
  @Render('donations/lists')
  async list(
    @By() actor: Actor,
    @Query('after') after: unknown,
    @Query('withdraw') withdraw: unknown,
  ): Promise<ListsView> {
    const societyId = societyOf(actor);
    return listsView({
      page: await this.queries.page(societyId, typeof after === 'string' ? after : null),
      waiting: await this.queries.waiting(societyId, dayOf(this.clock.now())),
      mayDraft: mayDraftLists(actor),
      withdrawing: typeof withdraw === 'string' ? withdraw : null,
    });
  }

  @Get('new')
  @Render('donations/new-list')
  async ask(@By() actor: Actor): Promise<NewListView> {
    return this.newList(actor, { span: 'TODAY' }, {});
  }

  @Post()
  async draft(@From() caller: Caller, @Body() body: unknown, @Res() reply: FastifyReply): Promise<void> {
    const form = await parseForm(DonationListForm, body);
    const again = async (errors: FieldErrors) =>
      void reply.status(422).view('donations/new-list', await this.newList(caller.actor, form.typed, errors));
    if (!form.ok) return again(form.errors);
    try {
      const { noticeId } = await this.lists.draftList(caller, { span: form.values.span });
      reply.redirect(`/s/notices/${noticeId}`, 303);
    } catch (error) {
      if (!(error instanceof NothingToList)) throw error;
      await again({ span: `${error.message}${error.advice}` });
    }
  }

  @Post(':listId/withdrawal')
  async withdraw(
    @From() caller: Caller,
    @Param('listId', ParseUUIDPipe) listId: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.lists.withdrawList(caller, { listId });
    reply.redirect(LISTS, 303);
  }

  private async newList(actor: Actor, typed: Typed, errors: FieldErrors): Promise<NewListView> {
    const today = dayOf(this.clock.now());
    const spans = [];
    for (const span of LIST_SPANS) {
      const waiting = await this.queries.waiting(societyOf(actor), lastDayOf(span, today));
      spans.push({ span, waiting });
    }
    return newListView({ today, spans }, typed, errors);
  }
}
