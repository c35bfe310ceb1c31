import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { dayWords } from '../kernel/chinese/words.js';
import { OFFICE_WORDS, OfficesQueries } from '../offices/index.js';
import { PeopleQueries } from '../people/index.js';
import { BreachGrounds } from './breach-grounds.js';
import type { BreachGround, BreachGroundSource } from './breach-grounds.js';

/** An officer who signed the pledge of a term, also one who has left it: what was promised was broken in it. */
@Injectable()
export class PledgeGrounds implements BreachGroundSource, OnModuleInit {
  constructor(
    private readonly grounds: BreachGrounds,
    private readonly offices: OfficesQueries,
    private readonly people: PeopleQueries,
  ) {}

  onModuleInit(): void {
    this.grounds.register(this);
  }

  async groundsIn(societyId: string): Promise<BreachGround[]> {
    const terms = await this.offices.terms(societyId);
    const signed = await this.people.pledgesOfTerms(terms.map(({ id }) => id));
    const pledged = new Set(signed.map(({ termId }) => termId));
    return terms
      .filter(({ id }) => pledged.has(id))
      .map(({ id, personId, office, fromOn }) => ({
        ...{ kind: 'PLEDGE', id, personId, pledge: 'OFFICER' },
        words: `${OFFICE_WORDS[office]}（${dayWords(fromOn)}起）签的承诺书`,
        ...{ until: null, isFallen: false },
      }));
  }
}
