import { Injectable } from '@nestjs/common';
import { Reads } from '../../platform/database/reads.js';
import { DonorNotFound } from '../domain/donations.errors.js';
import { DonorSeals } from './donor.seals.js';

export type DonorSecret = { readonly name: string; readonly phone: string | null };

type Raw = { id: string; nameSealed: string; phoneSealed: string | null };
type RawContact = Pick<Raw, 'id' | 'phoneSealed'> & { homePlace: string | null };

/** The one place that opens who a donor is. Whoever asks has the right, and leaves a row in the trail. */
@Injectable()
export class DonorSecrets {
  constructor(
    private readonly reads: Reads,
    private readonly seals: DonorSeals,
  ) {}

  async of(societyId: string, donorId: string): Promise<DonorSecret> {
    const row = await this.reads.one<Raw>`
      SELECT id AS "id", name_sealed AS "nameSealed", phone_sealed AS "phoneSealed" FROM donors
      WHERE id = ${donorId} AND society_id = ${societyId}`;
    if (!row) throw new DonorNotFound();
    return {
      name: this.seals.open('name', row.id, row.nameSealed),
      phone: row.phoneSealed === null ? null : this.seals.open('phone', row.id, row.phoneSealed),
    };
  }

  /** How the donor is reached, for himself. */
  async contactOf(
    societyId: string,
    donorId: string,
  ): Promise<{ readonly phone: string | null; readonly homePlace: string | null }> {
    const row = await this.reads.one<RawContact>`
      SELECT id AS "id", phone_sealed AS "phoneSealed", home_place AS "homePlace" FROM donors
      WHERE id = ${donorId} AND society_id = ${societyId}`;
    if (!row) throw new DonorNotFound();
    const { id, phoneSealed, homePlace } = row;
    return { phone: phoneSealed && this.seals.open('phone', id, phoneSealed), homePlace };
  }

  /** Of these donors the names of all who did not agree: for the privacy check, which looks for them in a list. */
  async hiddenNames(societyId: string): Promise<Map<string, string>> {
    const rows = await this.reads.all<Raw>`
      SELECT id AS "id", name_sealed AS "nameSealed", NULL AS "phoneSealed" FROM donors
      WHERE society_id = ${societyId} AND publishes_name = 0`;
    return new Map(rows.map(({ id, nameSealed }) => [id, this.seals.open('name', id, nameSealed)]));
  }

  /** The names that may be public: of those who agreed, and of nobody else. By donor. */
  async publicNames(societyId: string): Promise<Map<string, string>> {
    const rows = await this.reads.all<Raw>`
      SELECT id AS "id", name_sealed AS "nameSealed", NULL AS "phoneSealed" FROM donors
      WHERE society_id = ${societyId} AND publishes_name = 1`;
    return new Map(rows.map(({ id, nameSealed }) => [id, this.seals.open('name', id, nameSealed)]));
  }
}
