import { Body, Controller, Get, Param, ParseUUIDPipe, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Actor, Caller } from '../kernel/actor.js';
import { Clock } from '../kernel/clock.js';
import { dayOf } from '../kernel/day.js';
import { OfficesQueries } from '../offices/index.js';
import { By, From, societyOf } from '../platform/web/caller.js';
import { parseForm } from '../platform/web/forms.js';
import type { FieldErrors, Typed } from '../platform/web/forms.js';
import { Uploads, UploadedFiles } from '../platform/web/uploads.js';
import { BoardSubjects } from './board-subjects.js';
import { RecusalForm, ShowOfHandsForm } from './board.forms.js';
import { BoardQueries } from './board.queries.js';
import type { RoundView } from './board.queries.js';
import { ABSENT, handField, roundPageView } from './board.views.js';
import type { PresiderOption } from './board.views.js';
import { SheetRefused } from './domain/board.errors.js';
import { MinutesService } from './minutes.service.js';
import { RoundsService } from './rounds.service.js';

type Fields = Readonly<Record<string, unknown>>;

@Controller('s/rounds/:roundId')
export class BoardPages {
  constructor(
    private readonly rounds: RoundsService,
    private readonly minutes: MinutesService,
    private readonly queries: BoardQueries,
    private readonly subjects: BoardSubjects,
    private readonly offices: OfficesQueries,
    private readonly clock: Clock,
  ) {}

  @Get()
  async show(
    @By() actor: Actor,
    @Param('roundId', ParseUUIDPipe) roundId: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.page(reply, actor, await this.queries.round(societyOf(actor), roundId));
  }

  @Post('show-of-hands')
  async recordShowOfHands(
    @From() caller: Caller,
    @Param('roundId', ParseUUIDPipe) roundId: string,
    @Body() body: Fields | undefined,
    @Uploads() uploads: UploadedFiles,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const round = await this.queries.round(societyOf(caller.actor), roundId);
    const form = await parseForm(ShowOfHandsForm, { ...body, hands: handsTyped(round, body ?? {}) });
    const sheet = uploads.one('sheet');
    const errors = {
      ...missingHands(round, form.typed),
      ...(form.ok ? {} : form.errors),
      ...(sheet ? {} : { sheet: '请拍签到表的照片' }),
    };
    if (!form.ok || !sheet || Object.keys(errors).length > 0) {
      await this.page(reply, caller.actor, round, form.typed, errors);
      return;
    }
    try {
      const { presiderId, hands, place = null } = form.values;
      await this.rounds.recordShowOfHands(caller, { roundId, presiderId, hands, place, sheet });
    } catch (error) {
      if (!(error instanceof SheetRefused)) throw error;
      await this.page(reply, caller.actor, round, form.typed, refusedField(round, error));
      return;
    }
    await reply.redirect(`/s/rounds/${roundId}`, 303);
  }

  @Post('recusals')
  async recuse(
    @From() caller: Caller,
    @Param('roundId', ParseUUIDPipe) roundId: string,
    @Body() body: unknown,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const form = await parseForm(RecusalForm, body);
    if (!form.ok) {
      const round = await this.queries.round(societyOf(caller.actor), roundId);
      await this.page(reply, caller.actor, round, form.typed, form.errors);
      return;
    }
    const { directorId, reason } = form.values;
    await this.rounds.recuse(caller, { roundId, directorId, reason });
    await reply.redirect(`/s/rounds/${roundId}`, 303);
  }

  @Post('closing')
  async close(
    @From() caller: Caller,
    @Param('roundId', ParseUUIDPipe) roundId: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.rounds.close(caller, { roundId });
    await reply.redirect(`/s/rounds/${roundId}`, 303);
  }

  @Get('minutes.pdf')
  async printMinutes(
    @By() actor: Actor,
    @Param('roundId', ParseUUIDPipe) roundId: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { pdf } = await this.minutes.print(actor, roundId);
    await reply
      .type('application/pdf')
      .header('content-disposition', `inline; filename="minutes-${roundId}.pdf"`)
      .send(pdf);
  }

  private async page(
    reply: FastifyReply,
    actor: Actor,
    round: RoundView,
    typed: Typed = {},
    errors: FieldErrors = {},
  ): Promise<void> {
    const subject = await this.subjects.of(round.subjectKind).describe(round.societyId, round.subjectId);
    const { roles, personId } = actor;
    const presiders = await this.presidersOf(round);
    const looking = { roles, personId, now: this.clock.now(), presiders, typed, errors };
    if (Object.keys(errors).length > 0) reply.status(422);
    await reply.view('board/round', roundPageView(round, subject, looking));
  }

  /** Those of the electors who hold one of the two offices today, the chair first. */
  private async presidersOf(round: RoundView): Promise<PresiderOption[]> {
    const holders = await this.offices.holdersOn(round.societyId, dayOf(this.clock.now()));
    const mayVote = (id: string) =>
      round.directors.some(({ personId, reason }) => personId === id && reason === null);
    const holding = (office: 'CHAIR' | 'DEPUTY', title: string) =>
      holders
        .filter(({ personId, offices }) => offices.includes(office) && mayVote(personId))
        .map(({ personId, name }) => ({ personId, name, title }));
    return [...holding('CHAIR', '理事长'), ...holding('DEPUTY', '副理事长')];
  }
}

/** The radio buttons as the one field of the form. Whoever was not there has no hand. */
function handsTyped(round: RoundView, body: Fields): string {
  const hands = round.directors
    .map(({ personId }) => ({ directorId: personId, choice: body[handField(personId)] }))
    .filter(({ choice }) => typeof choice === 'string' && choice !== ABSENT);
  return JSON.stringify(hands);
}

/** A director passed over is not the same as one who stayed away. */
function missingHands(round: RoundView, typed: Typed): FieldErrors {
  const missing = round.directors.filter(
    ({ personId, reason }) => reason === null && typed[handField(personId)] === undefined,
  );
  return Object.fromEntries(
    missing.map(({ personId, name }) => [handField(personId), `请选${name}投了什么，没来选“没到”`]),
  );
}

/** The refusal beside its field; what is wrong with the hands stands at the first of them. */
function refusedField(round: RoundView, { field, message }: SheetRefused): FieldErrors {
  if (field === 'presiderId') return { presiderId: message };
  const first = round.directors.find(({ reason }) => reason === null);
  return first ? { [handField(first.personId)]: message } : { hands: message };
}
