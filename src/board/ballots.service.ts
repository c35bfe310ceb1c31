import { Injectable } from '@nestjs/common';
import { Commands } from '../audit/index.js';
import type { Actor, Caller } from '../kernel/actor.js';
import { Clock } from '../kernel/clock.js';
import { societyOf } from '../platform/web/caller.js';
import { BoardStore } from './board.store.js';
import type { Saying } from './board.store.js';
import { checkBallot, checkRetraction, latestOf } from './domain/ballot-box.js';
import type { Way } from './domain/ballot-box.js';
import { countsOf } from './domain/board-vote.js';
import type { Choice } from './domain/board-vote.js';
import { LinkRevoked, NotYourBallot, WhyIsYourOwn } from './domain/board.errors.js';
import { countsWords } from './domain/vote-words.js';
import { HeldRounds } from './held-rounds.js';
import type { RoundAnswer } from './held-rounds.js';
import type { HeldRound } from './decisions.js';
import { ballotsIn } from './round-rows.js';

export type BallotAsked = {
  readonly roundId: string;
  /** Whose ballot it is: another's is what the office was told on the phone. */
  readonly directorId: string;
  /** `none` takes back what the office wrote down for the wrong person. */
  readonly choice: Choice | 'none';
  /** Why no: for the office and the supervisor, and for nobody else. */
  readonly why: string | null;
  /** The one-time link by which it came. */
  readonly linkId?: string;
};

/** Single ballots: the director's own, by link or account, and what the office writes down from the phone. */
@Injectable()
export class BallotsService {
  constructor(
    private readonly commands: Commands,
    private readonly store: BoardStore,
    private readonly held: HeldRounds,
    private readonly clock: Clock,
  ) {}

  /** Gives a ballot, or changes it, until the close; the last one ends the round. */
  async castBallot(caller: Caller, asked: BallotAsked): Promise<RoundAnswer> {
    const { actor } = caller;
    const { roundId, directorId, choice, linkId = null } = asked;
    const how = wayOf(actor, asked);
    const societyId = societyOf(actor);
    const recorderName = how === 'OWN' ? null : await this.held.nameOf(actor);
    return this.commands.run(caller, { act: 'castBallot', body: asked }, async (tx, trail) => {
      const at = this.clock.now();
      const before = await this.held.holdInTime(tx, societyId, roundId, at);
      if (linkId !== null && !(await this.store.isLive(tx, linkId))) throw new LinkRevoked();
      if (how === 'PHONE') await this.held.refuseTied(tx, actor, before);
      if (choice === 'none') checkRetraction(before, directorId);
      else checkBallot(before, directorId, how);

      const saying = sayingOf(asked, how, { recordedBy: actor.personId, recorderName, recordedAt: at });
      const held = await this.held.say(tx, before, [saying]);
      trail.on('round', roundId, {
        threadId: held.round.threadId,
        before: latestOf(before.said).find(({ personId }) => personId === directorId)?.choice ?? null,
        after: { directorId, choice, how },
        words: trailWords(asked, how, before, held),
      });
      return this.held.settle(tx, trail, held, { at, byPersonId: actor.personId });
    });
  }
}

/** One's own ballot is one's own, whatever other office one holds; another's is only for the office to write down. */
function wayOf(
  { roles, personId }: Actor,
  { directorId, choice, why }: BallotAsked,
): Extract<Way, 'OWN' | 'PHONE'> {
  if (why !== null && (personId !== directorId || choice !== 'no')) throw new WhyIsYourOwn();
  if (personId === directorId && choice !== 'none') return 'OWN';
  if (personId === directorId || !(roles.includes('secretary') || roles.includes('clerk')))
    throw new NotYourBallot();
  return 'PHONE';
}

function sayingOf(
  { directorId: personId, choice, why, linkId }: BallotAsked,
  how: 'OWN' | 'PHONE',
  noted: Pick<Saying, 'recordedBy' | 'recorderName' | 'recordedAt'>,
): Saying {
  const said =
    choice === 'none' ? { kind: 'RETRACTED' as const, choice: null } : { kind: 'BALLOT' as const, choice };
  return { ...noted, ...said, personId, how, why, linkId: linkId ?? null, reason: null, fileId: null };
}

/** Numbers only: who said what stands in the minutes. */
function trailWords(
  { directorId, choice }: BallotAsked,
  how: Way,
  before: HeldRound,
  held: HeldRound,
): string {
  const sum = countsWords(countsOf(ballotsIn(held.said)));
  if (choice === 'none') return `撤回电话代录的票：${sum}`;
  const changes = ballotsIn(before.said).some((ballot) => ballot.directorId === directorId);
  if (how === 'PHONE') return `${changes ? '改' : '记'}电话代录的票，待本人确认：${sum}`;
  return `理事本人${changes ? '改票' : '投票'}：${sum}`;
}
