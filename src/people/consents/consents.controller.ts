import { Controller, Get, Param, ParseUUIDPipe } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Actor } from '../../kernel/actor.js';
import { By, societyOf } from '../../platform/web/caller.js';
import { CONSENT_TEXT_VERSION, CONSENT_TEXTS, PURPOSES, WITHDRAWAL_WORDS } from '../domain/consent.js';
import type { Consents, Purpose } from '../domain/consent.js';
import { PersonListeners } from '../person.listeners.js';
import { PeopleQueries } from '../people.queries.js';
import { ConsentsQueries } from './consents.queries.js';
import type { ConsentAnswer } from './consents.queries.js';

type ConsentHistory = {
  readonly standing: Consents;
  /** The version that is signed today, and the words of every version that was ever signed. */
  readonly textVersion: string;
  readonly texts: typeof CONSENT_TEXTS;
  readonly answers: readonly ConsentAnswer[];
  /** What follows a withdrawal: of the law, and of this person's affairs. */
  readonly withdrawal: readonly {
    readonly purpose: Purpose;
    readonly follows: string;
    readonly shows: readonly string[];
  }[];
};

@ApiTags('people')
@Controller('api/v1/people/:personId/consents')
export class ConsentsController {
  constructor(
    private readonly queries: PeopleQueries,
    private readonly consents: ConsentsQueries,
    private readonly listeners: PersonListeners,
  ) {}

  @Get()
  @ApiOperation({ operationId: 'readConsents', summary: '同意书：现在怎样、说过的每一次、撤回以后怎样' })
  async one(@By() actor: Actor, @Param('personId', ParseUUIDPipe) personId: string): Promise<ConsentHistory> {
    const societyId = societyOf(actor);
    await this.queries.person(societyId, personId);
    const shown = await Promise.all(
      PURPOSES.map(async (purpose) => {
        const shows = await this.listeners.withdrawalShows({ societyId, personId, purpose });
        return { purpose, follows: WITHDRAWAL_WORDS[purpose], shows };
      }),
    );
    return {
      standing: await this.queries.consentsOf(societyId, personId),
      textVersion: CONSENT_TEXT_VERSION,
      texts: CONSENT_TEXTS,
      answers: await this.consents.ofPerson(societyId, personId),
      withdrawal: shown,
    };
  }
}
