import { Body, Controller, Get, Post, Render, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Actor, Caller } from '../../kernel/actor.js';
import { By, From } from '../../platform/web/caller.js';
import { parseForm } from '../../platform/web/forms.js';
import type { FieldErrors, Typed } from '../../platform/web/forms.js';
import { NoNumberForTexts } from '../domain/gift-texts.errors.js';
import { accountOf } from '../trace/my-gifts.account.js';
import { MyTextsForm } from './my-texts.forms.js';
import { MyTextsService } from './my-texts.service.js';
import { MY_TEXTS, myTextsView } from './my-texts.views.js';
import type { MyTextsView } from './my-texts.views.js';

/** 捐赠用途短信: yes or no, by the donor himself. */
@Controller('d/texts')
export class MyTextsPages {
  constructor(private readonly texts: MyTextsService) {}

  @Get()
  @Render('donations/my-texts')
  async ask(@By() actor: Actor): Promise<MyTextsView> {
    return this.page(actor, {}, {});
  }

  @Post()
  async choose(@From() caller: Caller, @Body() body: unknown, @Res() reply: FastifyReply): Promise<void> {
    const form = await parseForm(MyTextsForm, body);
    const again = async (errors: FieldErrors) =>
      void reply.status(422).view('donations/my-texts', await this.page(caller.actor, form.typed, errors));
    if (!form.ok) return again(form.errors);
    try {
      await this.texts.chooseTexts(caller, form.values);
      reply.redirect(MY_TEXTS, 303);
    } catch (error) {
      if (!(error instanceof NoNumberForTexts)) throw error;
      await again({ choice: `${error.message}${error.advice}` });
    }
  }

  private async page(actor: Actor, typed: Typed, errors: FieldErrors): Promise<MyTextsView> {
    const { choice } = await this.texts.choiceOf(accountOf(actor));
    return myTextsView(choice, choice === null ? typed : { choice, ...typed }, errors);
  }
}
