import { Body, Controller, Get, Param, ParseUUIDPipe, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Actor, Caller } from '../../kernel/actor.js';
import { Clock } from '../../kernel/clock.js';
import { dayOf } from '../../kernel/day.js';
import { By, From } from '../../platform/web/caller.js';
import { parseForm } from '../../platform/web/forms.js';
import type { FieldErrors } from '../../platform/web/forms.js';
import { SocietiesQueries } from '../../societies/index.js';
import { QuestionNotFound } from '../domain/change-of-use.errors.js';
import { accountOf } from '../trace/my-gifts.account.js';
import { answerPageView, isOver, MY_QUESTIONS, noAnswerView } from './change-of-use-answer.views.js';
import { OwnUseAnswerForm } from './change-of-use.forms.js';
import { ChangesOfUseQueries } from './change-of-use.queries.js';
import { ChangesOfUseService } from './change-of-use.service.js';
import { UseQuestionsQueries } from './use-questions.queries.js';

/** 有一件事要您拿主意: the same question as by the link, for a giver who is signed in. */
@Controller('d/questions')
export class UseQuestionsPages {
  constructor(
    private readonly changes: ChangesOfUseService,
    private readonly queries: ChangesOfUseQueries,
    private readonly questions: UseQuestionsQueries,
    private readonly societies: SocietiesQueries,
    private readonly clock: Clock,
  ) {}

  @Get(':giverId')
  async open(
    @By() actor: Actor,
    @Param('giverId', ParseUUIDPipe) giverId: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.show(reply, actor, giverId, {});
  }

  @Post(':giverId')
  async answer(
    @From() caller: Caller,
    @Param('giverId', ParseUUIDPipe) giverId: string,
    @Body() body: unknown,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const form = await parseForm(OwnUseAnswerForm, body);
    if (!form.ok) return this.show(reply, caller.actor, giverId, form.errors);
    try {
      await this.changes.answerAsOwner(caller, { giverId, answer: form.values.answer });
    } catch (error) {
      if (!isOver(error)) throw error;
      return this.show(reply, caller.actor, giverId, {});
    }
    reply.redirect(`${MY_QUESTIONS}/${giverId}`, 303);
  }

  private async show(reply: FastifyReply, actor: Actor, giverId: string, errors: FieldErrors): Promise<void> {
    const { societyId, societyName, changeId } = await this.questions.ofAccount(accountOf(actor), giverId);
    const giver = await this.queries.giver(giverId);
    if (!giver) throw new QuestionNotFound();
    const change = await this.queries.change(societyId, changeId);
    const charter = await this.societies.charterOn(societyId, dayOf(this.clock.now()));
    if (change.state !== 'ASKING' || giver.frozenFen === 0) {
      await reply.status(410).view('donations/change-of-use-no-answer', noAnswerView(charter, 'ACCOUNT'));
      return;
    }
    if (Object.keys(errors).length > 0) reply.status(422);
    const asked = { asked: 'ACCOUNT', action: `${MY_QUESTIONS}/${giverId}` } as const;
    const facts = { ...asked, societyName, change, giver, charter, errors };
    await reply.view('donations/change-of-use-answer', answerPageView(facts));
  }
}
