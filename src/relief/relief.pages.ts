import { Controller, Get, Param, ParseUUIDPipe, Query, Render } from '@nestjs/common';
import { FundsQueries } from '../funds/index.js';
import type { Actor } from '../kernel/actor.js';
import { Clock } from '../kernel/clock.js';
import { By, societyOf } from '../platform/web/caller.js';
import { PeopleQueries } from '../people/index.js';
import { reliefView } from './relief-case.views.js';
import type { ReliefView } from './relief-case.views.js';
import { filterIn } from './relief.forms.js';
import { ReliefQueries } from './relief.queries.js';
import type { ReliefPage } from './relief.queries.js';
import { ReliefReading } from './relief.reading.js';
import { reliefListView } from './relief.views.js';
import type { ListView, ReliefListView } from './relief.views.js';

/** 基金救助: the queue of the federation, what a society has asked for, and one case. */
@Controller('s/relief')
export class ReliefPages {
  constructor(
    private readonly queries: ReliefQueries,
    private readonly reading: ReliefReading,
    private readonly funds: FundsQueries,
    private readonly people: PeopleQueries,
    private readonly clock: Clock,
  ) {}

  @Get()
  @Render('relief/list')
  async list(@By() actor: Actor, @Query() query: Record<string, unknown>): Promise<ReliefListView> {
    const societyId = societyOf(actor);
    const tree = await this.funds.tree(societyId);
    const isDesk = tree?.federation.id === societyId;
    const reviewerId = isDesk && actor.roles.includes('reviewer') ? actor.personId : null;
    const filter = filterIn(query);
    const view = viewIn(query, reviewerId);
    const page = await this.queries.list(societyId, {
      ...filter,
      reviewerId: view === 'mine' ? reviewerId : null,
    });
    return reliefListView({
      ...{ page, filter, view, tree, isDesk },
      names: await this.namesOn(tree?.federation.id ?? societyId, page),
      counts: await this.queries.counts(societyId),
      mine: reviewerId === null ? null : (await this.queries.list(societyId, { reviewerId, limit: 1 })).count,
      roles: actor.roles,
      homes: isDesk ? await this.queries.homes(societyId) : [],
      now: this.clock.now(),
    });
  }

  @Get(':reliefId')
  @Render('relief/one')
  async one(@By() actor: Actor, @Param('reliefId', ParseUUIDPipe) reliefId: string): Promise<ReliefView> {
    return reliefView(await this.reading.page(actor, reliefId));
  }

  /** Masked, by the register of the federation, which has every applicant. */
  private async namesOn(federationId: string, { items }: ReliefPage): Promise<ReadonlyMap<string, string>> {
    const named = await Promise.all(
      items.map(async ({ id, applicantId }) => {
        const { maskedName } = await this.people.person(federationId, applicantId);
        return [id, maskedName] as const;
      }),
    );
    return new Map(named);
  }
}

/** Whoever reviews begins with what waits for the review; an address that says something is taken at its word. */
function viewIn(query: Readonly<Record<string, unknown>>, reviewerId: string | null): ListView {
  if (reviewerId === null) return 'all';
  return query['view'] === 'mine' || Object.keys(query).length === 0 ? 'mine' : 'all';
}
