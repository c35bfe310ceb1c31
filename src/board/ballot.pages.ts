import { Body, Controller, Get, Header, Param, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Caller } from '../kernel/actor.js';
import { Clock } from '../kernel/clock.js';
import { dayOf } from '../kernel/day.js';
import { From } from '../platform/web/caller.js';
import { parseForm } from '../platform/web/forms.js';
import type { FieldErrors, Typed } from '../platform/web/forms.js';
import { SocietiesQueries } from '../societies/index.js';
import { BallotLinksService } from './ballot-links.service.js';
import { BallotsService } from './ballots.service.js';
import { BoardSubjects } from './board-subjects.js';
import { OwnBallotForm, OwnRecusalForm } from './board.forms.js';
import { BoardQueries } from './board.queries.js';
import { ballotView, closedView, revokedView, unknownView } from './ballot.views.js';
import { DeadlinePassed, LinkRevoked, LinkUnknown, RoundAlreadyClosed } from './domain/board.errors.js';
import { RoundsService } from './rounds.service.js';

const UNLISTED = ['x-robots-tag', 'noindex, noarchive'] as const;
const GONE = 410;

/** A director's ballot by a one-time link, without an account (pages.md 8.3). Looking never votes: messengers look too. */
@Controller('v/:token')
export class BallotPages {
  constructor(
    private readonly links: BallotLinksService,
    private readonly ballots: BallotsService,
    private readonly rounds: RoundsService,
    private readonly queries: BoardQueries,
    private readonly subjects: BoardSubjects,
    private readonly societies: SocietiesQueries,
    private readonly clock: Clock,
  ) {}

  @Get()
  @Header(...UNLISTED)
  async open(@Param('token') token: string, @Res() reply: FastifyReply): Promise<void> {
    await this.show(reply, token);
  }

  @Post('ballot')
  @Header(...UNLISTED)
  async cast(
    @Param('token') token: string,
    @From() { key }: Caller,
    @Body() body: unknown,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const form = await parseForm(OwnBallotForm, body);
    if (!form.ok) {
      await this.show(reply, token, form.typed, form.errors);
      return;
    }
    const { choice, why = null } = form.values;
    await this.act(reply, token, async () => {
      const { link, caller } = await this.links.callerBy(token, key);
      const { roundId, directorId, id: linkId } = link;
      const ballot = { roundId, directorId, choice, why: choice === 'no' ? why : null, linkId };
      await this.ballots.castBallot(caller, ballot);
    });
  }

  @Post('recusal')
  @Header(...UNLISTED)
  async recuse(
    @Param('token') token: string,
    @From() { key }: Caller,
    @Body() body: unknown,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const form = await parseForm(OwnRecusalForm, body);
    if (!form.ok) {
      await this.show(reply, token, form.typed, form.errors);
      return;
    }
    const { reason } = form.values;
    await this.act(reply, token, async () => {
      const { link, caller } = await this.links.callerBy(token, key);
      const { roundId, directorId, id: linkId } = link;
      await this.rounds.recuse(caller, { roundId, directorId, reason, linkId });
    });
  }

  /** Back to the page afterwards; where the link opens nothing any more, the page says why. */
  private async act(reply: FastifyReply, token: string, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!isOver(error)) throw error;
      await this.show(reply, token);
      return;
    }
    await reply.redirect(`/v/${token}`, 303);
  }

  private async show(
    reply: FastifyReply,
    token: string,
    typed: Typed = {},
    errors: FieldErrors = {},
  ): Promise<void> {
    const link = await this.links.find(token).catch((error: unknown) => {
      if (error instanceof LinkUnknown) return null;
      throw error;
    });
    if (!link) {
      await reply.status(404).view('board/no-ballot', unknownView());
      return;
    }
    const now = this.clock.now();
    const charter = await this.societies.charterOn(link.societyId, dayOf(now));
    if (link.isRevoked) {
      await reply.status(GONE).view('board/no-ballot', revokedView(charter));
      return;
    }
    const round = await this.queries.round(link.societyId, link.roundId);
    const director = round.directors.find(({ personId }) => personId === link.directorId);
    if (!director || round.state !== 'OPEN' || now.getTime() >= round.deadlineAt.getTime()) {
      await reply.status(GONE).view('board/no-ballot', closedView(round, charter));
      return;
    }
    const subject = await this.subjects.of(round.subjectKind).describe(round.societyId, round.subjectId);
    if (Object.keys(errors).length > 0) reply.status(422);
    const facts = { token, round, director, subject, charter, now, typed, errors };
    await reply.view('board/ballot', ballotView(facts));
  }
}

function isOver(error: unknown): boolean {
  return (
    error instanceof LinkUnknown ||
    error instanceof LinkRevoked ||
    error instanceof RoundAlreadyClosed ||
    error instanceof DeadlinePassed
  );
}
