import { Body, Controller, Get, Param, ParseUUIDPipe, Post, Render, Res } from '@nestjs/common';
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
import { BallotsService } from './ballots.service.js';
import { BallotForm, JointMeetingForm, OwnBallotForm, RecusalForm, ShowOfHandsForm } from './board.forms.js';
import { BoardQueries } from './board.queries.js';
import type { RoundView } from './board.queries.js';
import { roundPageView } from './board.views.js';
import { NotYourBallot, SheetRefused } from './domain/board.errors.js';
import { MinutesService } from './minutes.service.js';
import {
  ABSENT,
  asForm,
  asPage,
  handField,
  MEETING_FIELDS,
  PHONE_FIELDS,
  typedOnPage,
} from './round-fields.js';
import { recordable } from './round-forms.views.js';
import type { PresiderOption } from './round-forms.views.js';
import { reasonsView } from './said.views.js';
import type { ReasonsView } from './said.views.js';
import { RoundsService } from './rounds.service.js';
import { VoteSheets } from './vote-sheets.service.js';

type Fields = Readonly<Record<string, unknown>>;

@Controller('s/rounds/:roundId')
export class BoardPages {
  constructor(
    private readonly rounds: RoundsService,
    private readonly ballots: BallotsService,
    private readonly minutes: MinutesService,
    private readonly sheets: VoteSheets,
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

  /** One's own ballot is a button; what was said on the phone comes with whose it is. */
  @Post('ballots')
  async castBallot(
    @From() caller: Caller,
    @Param('roundId', ParseUUIDPipe) roundId: string,
    @Body() body: Fields | undefined,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const round = await this.queries.round(societyOf(caller.actor), roundId);
    const done =
      body?.['choice'] === undefined
        ? await this.castPhoneBallot(caller, round, body ?? {}, reply)
        : await this.castOwnBallot(caller, round, body, reply);
    if (done) await reply.redirect(`/s/rounds/${roundId}`, 303);
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

  @Post('joint-meeting')
  async recordJointMeeting(
    @From() caller: Caller,
    @Param('roundId', ParseUUIDPipe) roundId: string,
    @Body() body: Fields | undefined,
    @Uploads() uploads: UploadedFiles,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const round = await this.queries.round(societyOf(caller.actor), roundId);
    const form = await parseForm(JointMeetingForm, asForm(body ?? {}, MEETING_FIELDS));
    const minutes = uploads.one('minutes');
    const typed = typedOnPage(form.typed, MEETING_FIELDS);
    if (!form.ok || !minutes) {
      const missing = minutes ? {} : { minutes: '请拍大家签了字的会议记录' };
      const errors = asPage({ ...(form.ok ? {} : form.errors), ...missing }, MEETING_FIELDS);
      await this.page(reply, caller.actor, round, typed, errors);
      return;
    }
    try {
      const { place = null, ...meeting } = form.values;
      await this.rounds.recordJointMeeting(caller, { ...meeting, roundId, place, minutes });
    } catch (error) {
      if (!(error instanceof SheetRefused)) throw error;
      const field = error.field === 'hands' ? 'presentIds' : MEETING_FIELDS.presiderId;
      await this.page(reply, caller.actor, round, typed, { [field]: error.message });
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

  /** For the meeting: the directors, blank places to sign, and the way back to this page. */
  @Get('sheet.pdf')
  async printSheet(
    @By() actor: Actor,
    @Param('roundId', ParseUUIDPipe) roundId: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const round = await this.queries.round(societyOf(actor), roundId);
    const { pdf } = await this.sheets.print(round);
    await reply
      .type('application/pdf')
      .header('content-disposition', `inline; filename="sheet-${roundId}.pdf"`)
      .send(pdf);
  }

  /** Sealed words of the directors: each look is an act of its own in the trail. */
  @Get('reasons')
  @Render('board/reasons')
  async readReasons(
    @By() actor: Actor,
    @Param('roundId', ParseUUIDPipe) roundId: string,
  ): Promise<ReasonsView> {
    return reasonsView(roundId, await this.minutes.reasons(actor, roundId));
  }

  private async castOwnBallot(
    caller: Caller,
    round: RoundView,
    body: Fields,
    reply: FastifyReply,
  ): Promise<boolean> {
    const { actor } = caller;
    if (actor.personId === null) throw new NotYourBallot();
    const form = await parseForm(OwnBallotForm, body);
    if (!form.ok) {
      await this.page(reply, actor, round, form.typed, form.errors);
      return false;
    }
    const { choice, why = null } = form.values;
    await this.ballots.castBallot(caller, {
      roundId: round.id,
      directorId: actor.personId,
      choice,
      why: choice === 'no' ? why : null,
    });
    return true;
  }

  private async castPhoneBallot(
    caller: Caller,
    round: RoundView,
    body: Fields,
    reply: FastifyReply,
  ): Promise<boolean> {
    const form = await parseForm(BallotForm, asForm(body, PHONE_FIELDS));
    const { directorId } = form.ok ? form.values : {};
    if (!form.ok || directorId === undefined) {
      const who = directorId === undefined ? { directorId: '请选是哪位理事' } : {};
      const errors = asPage({ ...who, ...(form.ok ? {} : form.errors) }, PHONE_FIELDS);
      await this.page(reply, caller.actor, round, typedOnPage(form.typed, PHONE_FIELDS), errors);
      return false;
    }
    const { choice } = form.values;
    await this.ballots.castBallot(caller, { roundId: round.id, directorId, choice, why: null });
    return true;
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
  const hands = recordable(round)
    .map(({ personId }) => ({ directorId: personId, choice: body[handField(personId)] }))
    .filter(({ choice }) => typeof choice === 'string' && choice !== ABSENT);
  return JSON.stringify(hands);
}

/** A director passed over is not the same as one who stayed away. */
function missingHands(round: RoundView, typed: Typed): FieldErrors {
  const missing = recordable(round).filter(({ personId }) => typed[handField(personId)] === undefined);
  return Object.fromEntries(
    missing.map(({ personId, name }) => [handField(personId), `请选${name}投了什么，没来选“没到”`]),
  );
}

/** The refusal beside its field; what is wrong with the hands stands at the first of them. */
function refusedField(round: RoundView, { field, message }: SheetRefused): FieldErrors {
  if (field === 'presiderId') return { presiderId: message };
  const [first] = recordable(round);
  return first ? { [handField(first.personId)]: message } : { hands: message };
}
