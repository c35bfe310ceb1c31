import { Injectable } from '@nestjs/common';
import { Reads } from '../platform/database/reads.js';

const MOST = 100;

/** Of sheets that were read, for the clock alone: the one read here that belongs to no society. */
@Injectable()
export class PeopleImportQueries {
  constructor(private readonly reads: Reads) {}

  async expired(now: Date): Promise<string[]> {
    const rows = await this.reads.all<{ id: string }>`
      SELECT id AS "id" FROM people_imports WHERE expires_at <= ${now} ORDER BY id LIMIT ${MOST}`;
    return rows.map(({ id }) => id);
  }
}
