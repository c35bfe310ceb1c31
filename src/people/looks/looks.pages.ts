import { Controller, Get, Query, Render } from '@nestjs/common';
import { isAuditor } from '../../kernel/actor.js';
import type { Actor } from '../../kernel/actor.js';
import { By, societyOf } from '../../platform/web/caller.js';
import { LooksQueries } from './looks.queries.js';
import { looksView } from './looks.views.js';
import type { LooksView } from './looks.views.js';

/** 谁看过: for whoever watches over a society, a federation's with those below it. */
@Controller('s/looks')
export class LooksPages {
  constructor(private readonly queries: LooksQueries) {}

  @Get()
  @Render('people/looks')
  async list(@By() actor: Actor, @Query('before') before: unknown): Promise<LooksView> {
    const societyId = societyOf(actor);
    const page = await this.queries.within(societyId, rowIn(before), !isAuditor(actor));
    return looksView(page, { societyId, path: '/s/looks' });
  }
}

/** The same of all societies, for whoever runs the house: no case and nobody who was helped. */
@Controller('admin/looks')
export class AllLooksPages {
  constructor(private readonly queries: LooksQueries) {}

  @Get()
  @Render('people/looks')
  async list(@Query('before') before: unknown): Promise<LooksView> {
    const page = await this.queries.everywhere(rowIn(before));
    return looksView(page, { societyId: null, path: '/admin/looks' });
  }
}

/** The key of a row; anything else is the beginning. */
export const rowIn = (text: unknown): string | null =>
  typeof text === 'string' && /^[\da-f-]{36}$/.test(text) ? text : null;
