import { Injectable } from '@nestjs/common';
import { isToken, tokenHash } from '../access/index.js';
import { Commands } from '../audit/index.js';
import type { Actor, Caller } from '../kernel/actor.js';
import { Clock } from '../kernel/clock.js';
import { Ids } from '../kernel/ids.js';
import { ballotLinkMade, MessagesOutbox } from '../messages/index.js';
import { Config } from '../platform/config.js';
import type { Tx } from '../platform/database/transactions.js';
import { societyOf } from '../platform/web/caller.js';
import { BoardQueries } from './board.queries.js';
import type { FoundLink } from './board.queries.js';
import { BoardStore } from './board.store.js';
import { latestOf } from './domain/ballot-box.js';
import { LinkRevoked, LinkUnknown, NobodyToAsk, NotADirectorHere } from './domain/board.errors.js';
import { electorsOf } from './domain/electorate.js';
import { HeldRounds } from './held-rounds.js';
import type { HeldRound } from './decisions.js';
import { recusalsIn } from './round-rows.js';

export type LinksAsked = {
  readonly roundId: string;
  /** Null: every elector who has not voted. */
  readonly directorIds: readonly string[] | null;
};

export type MadeLink = {
  readonly directorId: string;
  readonly name: string;
  /** Null when this answer is a repeated one: the secret was shown once, and is not kept. */
  readonly url: string | null;
  /** The link goes to his phone by a text as well. */
  readonly isTexted: boolean;
};

/** Links by which directors vote without an account, each for one director and one round. */
@Injectable()
export class BallotLinksService {
  constructor(
    private readonly commands: Commands,
    private readonly store: BoardStore,
    private readonly queries: BoardQueries,
    private readonly held: HeldRounds,
    private readonly messages: MessagesOutbox,
    private readonly config: Config,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /** The only answer that ever holds the secrets. An older link of the same director opens nothing any more. */
  async makeLinks(caller: Caller, asked: LinksAsked): Promise<MadeLink[]> {
    const { actor } = caller;
    const { roundId } = asked;
    const societyId = societyOf(actor);
    const urls = new Map<string, string>();
    const texted = new Set<string>();
    const made = await this.commands.run(
      caller,
      { act: 'makeBallotLinks', body: asked },
      async (tx, trail) => {
        texted.clear(); // the unit may run again
        const at = this.clock.now();
        const held = await this.held.holdInTime(tx, societyId, roundId, at);
        await this.held.refuseTied(tx, actor, held);
        const directors = directorsFor(held, asked.directorIds);
        for (const { personId } of directors) {
          const token = this.ids.token();
          const url = `${this.config.publicUrl}/v/${token}`;
          urls.set(personId, url);
          const link = { roundId, personId, tokenHash: tokenHash(token), madeAt: at, madeBy: actor.personId };
          const linkId = await this.store.insertLink(tx, link);
          if (await this.text(tx, societyId, personId, { linkId, ...linkedRound(held), url }))
            texted.add(personId);
        }
        trail.on('round', roundId, {
          threadId: held.round.threadId,
          after: directors.map(({ personId }) => personId),
          words: `发投票链接：${directors.length} 位理事`,
        });
        return directors.map(({ personId, name }) => ({
          directorId: personId,
          name,
          isTexted: texted.has(personId),
        }));
      },
    );
    return made.map((link) => ({ ...link, url: urls.get(link.directorId) ?? null }));
  }

  /** The link goes to its director by text too; an older text to him about this round is needed no more. */
  private async text(
    tx: Tx,
    societyId: string,
    personId: string,
    link: Parameters<typeof ballotLinkMade>[0],
  ): Promise<boolean> {
    await this.messages.callOff(tx, { subjectId: link.roundId, recipientId: personId });
    return this.messages.tellPerson(tx, societyId, personId, ballotLinkMade(link));
  }

  /** What a token opens, open or not; an unknown one is unknown, whatever is wrong with it. */
  async find(token: string): Promise<FoundLink> {
    const link = isToken(token) ? await this.queries.findLink(tokenHash(token)) : null;
    if (!link) throw new LinkUnknown();
    return link;
  }

  /** Who acts by a link, and under which key: the director whose link it is, with no account. */
  async callerBy(token: string, key: string): Promise<{ readonly link: FoundLink; readonly caller: Caller }> {
    const link = await this.find(token);
    if (link.isRevoked) throw new LinkRevoked();
    return { link, caller: { actor: actorOf(link), key } };
  }
}

const linkedRound = ({ round: { id: roundId, deadlineAt } }: HeldRound) => ({ roundId, deadlineAt });

function actorOf({ societyId, directorId }: FoundLink): Actor {
  return { accountId: null, personId: directorId, societyId, roles: ['director'], origin: 'link' };
}

function directorsFor({ directors, said }: HeldRound, wanted: readonly string[] | null) {
  const electors = electorsOf(directors, recusalsIn(said));
  const voted = new Set(
    latestOf(said).flatMap(({ personId, kind }) => (kind === 'BALLOT' ? [personId] : [])),
  );
  if (wanted?.some((id) => !electors.some(({ personId }) => personId === id))) throw new NotADirectorHere();
  const chosen = electors.filter(({ personId }) => wanted?.includes(personId) ?? !voted.has(personId));
  if (chosen.length === 0) throw new NobodyToAsk();
  return chosen;
}
