import { Injectable } from '@nestjs/common';
import { breaksUnique, StaleSnapshot } from '../platform/database/errors.js';
import type { Tx } from '../platform/database/transactions.js';
import { CharterVersion } from './charter.entity.js';
import type { CharterTerms } from './domain/charter.js';
import { SocietyAlreadyFounded, SocietyNotFound } from './domain/societies.errors.js';
import { Organisation } from './organisation.entity.js';

const SAME_NAME = { name: 'uq_organisations_name', columns: 'organisations.region_id, organisations.name' };
const SAME_USCC = { name: 'uq_organisations_uscc', columns: 'organisations.uscc' };
const SAME_BOARD_CODE = { name: 'uq_organisations_board_code', columns: 'organisations.board_code' };
const SAME_VERSION = {
  name: 'uq_charter_versions_version',
  columns: 'charter_versions.society_id, charter_versions.version',
};

export type NewCharter = {
  readonly id: string;
  readonly societyId: string;
  readonly version: number;
  readonly at: Date;
  readonly terms: CharterTerms;
};

@Injectable()
export class SocietiesStore {
  async insertOrganisation(tx: Tx, organisation: Organisation): Promise<void> {
    try {
      await tx.insert(Organisation, organisation);
    } catch (error) {
      if (breaksUnique(error, SAME_NAME) || breaksUnique(error, SAME_USCC)) throw new SocietyAlreadyFounded();
      // Eight characters met by chance: the whole unit again, with another code.
      if (breaksUnique(error, SAME_BOARD_CODE)) throw new StaleSnapshot('The code of the board is taken');
      throw error;
    }
  }

  async getOrganisation(tx: Tx, id: string): Promise<Organisation> {
    const organisation = await tx.rows.findOneBy(Organisation, { id });
    if (!organisation) throw new SocietyNotFound();
    return organisation;
  }

  /** All that the place of a society was ever called, as a step of the caller's unit. */
  async placeNames(tx: Tx, societyId: string): Promise<string[]> {
    const rows = await tx.read<{ name: string }>`
      SELECT c.name AS "name" FROM region_codes c JOIN organisations o ON o.region_id = c.region_id
      WHERE o.id = ${societyId}`;
    return [...new Set(rows.map(({ name }) => name))];
  }

  async lastVersion(
    tx: Tx,
    societyId: string,
  ): Promise<(CharterTerms & { readonly version: number }) | null> {
    const [last] = await tx.rows.find(CharterVersion, {
      where: { societyId },
      order: { version: 'DESC' },
      take: 1,
    });
    if (!last) return null;
    return Object.assign({}, last, {
      quorum: { numerator: last.quorumNumerator, denominator: last.quorumDenominator },
      majority: { numerator: last.majorityNumerator, denominator: last.majorityDenominator },
    });
  }

  async insertCharter(tx: Tx, { id, societyId, version, at, terms }: NewCharter): Promise<void> {
    const { quorum, majority, ...rest } = terms;
    const row: CharterVersion = {
      ...rest,
      id,
      societyId,
      version,
      quorumNumerator: quorum.numerator,
      quorumDenominator: quorum.denominator,
      majorityNumerator: majority.numerator,
      majorityDenominator: majority.denominator,
      createdAt: at,
    };
    try {
      await tx.insert(CharterVersion, row);
    } catch (error) {
      throw breaksUnique(error, SAME_VERSION) ? new StaleSnapshot('Another version was just adopted') : error;
    }
  }
}
