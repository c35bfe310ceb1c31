import { Injectable } from '@nestjs/common';
import { Clock } from '../kernel/clock.js';
import { maskIdNumber } from '../kernel/chinese/id-number.js';
import { maskName } from '../kernel/chinese/name-mask.js';
import { dayOf } from '../kernel/day.js';
import type { Day } from '../kernel/day.js';
import { instantOf, listOf, Reads } from '../platform/database/reads.js';
import type { Value } from '../platform/database/transactions.js';
import { standing } from './domain/consent.js';
import type { Consents, PledgeWay, Purpose } from './domain/consent.js';
import type { Relation } from './domain/kin.js';
import type { HolderMatch } from './domain/payee.js';
import { HouseholdNotFound, PersonNotFound } from './domain/people.errors.js';
import { addressWords, tidyName } from './domain/person-draft.js';
import { isMinor } from './domain/person.js';
import type { Category, IdState, Residence, Sex, Tag } from './domain/person.js';
import type { TieReason } from './domain/ties.js';
import { PeopleSeals } from './people.seals.js';
import { TiesQueries } from './ties.queries.js';
import type { LookAlike, SamePerson } from './ties.queries.js';

/** A person as other contexts see them: no ID number, of the phone its last four digits. */
export type PersonSummary = {
  readonly id: string;
  readonly societyId: string;
  readonly householdId: string;
  readonly name: string;
  readonly maskedName: string;
  /** 村民小组: 三组. */
  readonly group: string;
  readonly bornOn: Day | null;
  readonly sex: Sex | null;
  readonly isMinor: boolean;
  readonly idState: IdState;
  readonly phoneTail: string | null;
  readonly residence: Residence;
  readonly category: Category;
  readonly origin: string | null;
  readonly guardianId: string | null;
};

export type HouseholdSummary = {
  readonly id: string;
  readonly number: string;
  readonly group: string;
  /** 三组 · 柳溪社区 · 2网格 · 3号楼 · 301 */
  readonly address: string;
  readonly members: readonly PersonSummary[];
};

export type PayeeAccountSummary = {
  readonly id: string;
  readonly personId: string;
  readonly holderName: string;
  readonly bankName: string;
  readonly cardTail: string;
  /** False is a warning only. */
  readonly luhn: boolean;
  /** The holder is the person or the guardian. */
  readonly matchesName: boolean;
  readonly holderMatch: HolderMatch;
};

export type KinSummary = { readonly personId: string; readonly relation: Relation };

/** Null: nothing to continue from. The cursor is a place in the order, never a count. */
export type PeoplePage = { readonly people: readonly PersonSummary[]; readonly next: string | null };

type RawSummary = Omit<PersonSummary, 'maskedName' | 'isMinor'>;

const SUMMARY = `
  SELECT p.id AS "id", p.society_id AS "societyId", p.household_id AS "householdId", p.name AS "name",
         h.group_name AS "group", p.born_on AS "bornOn", p.sex AS "sex", p.id_state AS "idState",
         p.phone_tail AS "phoneTail", p.residence AS "residence", p.category AS "category", p.origin AS "origin",
         p.guardian_id AS "guardianId"
  FROM persons p JOIN households h ON h.id = p.household_id `;

type RawAccount = Omit<PayeeAccountSummary, 'luhn' | 'matchesName'> & { readonly luhn: number };

const ACCOUNT = `
  SELECT id AS "id", person_id AS "personId", holder_name AS "holderName", bank_name AS "bankName",
         card_tail AS "cardTail", luhn AS "luhn", holder_match AS "holderMatch"
  FROM payee_accounts `;

const MOST_FOUND = 20;
const MOST_ON_A_PAGE = 100;

/** The pledge of an officer, as it was signed. */
export type SignedPledge = {
  readonly termId: string;
  readonly textVersion: string;
  readonly how: PledgeWay;
  readonly at: Date;
  /** The photo of the sheet. */
  readonly fileId: string | null;
};

/** What the register of one society holds. Every question names the society; another's ids are not found (D4-69). */
@Injectable()
export class PeopleQueries {
  constructor(
    private readonly reads: Reads,
    private readonly ties: TiesQueries,
    private readonly seals: PeopleSeals,
    private readonly clock: Clock,
  ) {}

  async person(societyId: string, personId: string): Promise<PersonSummary> {
    const [person] = await this.summaries`WHERE p.society_id = ${societyId} AND p.id = ${personId}`;
    if (!person) throw new PersonNotFound();
    return person;
  }

  /** Whether this person stands in the register of this society. */
  async knows(societyId: string, personId: string): Promise<boolean> {
    const row = await this.reads.one<{ id: string }>`
      SELECT id AS "id" FROM persons WHERE society_id = ${societyId} AND id = ${personId}`;
    return row !== null;
  }

  /** In the order asked; each must be there. */
  async persons(societyId: string, personIds: readonly string[]): Promise<PersonSummary[]> {
    return Promise.all(personIds.map((personId) => this.person(societyId, personId)));
  }

  /** The register in the order of registration. */
  async list(societyId: string, after: string | null, limit = 50): Promise<PeoplePage> {
    const size = Math.min(Math.max(limit, 1), MOST_ON_A_PAGE);
    const found = await this.summaries`
      WHERE p.society_id = ${societyId} AND p.id > ${after ?? ''} ORDER BY p.id LIMIT ${size + 1}`;
    const people = found.slice(0, size);
    return { people, next: found.length > size ? (people.at(-1)?.id ?? null) : null };
  }

  async count(societyId: string): Promise<number> {
    const row = await this.reads.one<{ count: number | string }>`
      SELECT COUNT(*) AS "count" FROM persons WHERE society_id = ${societyId}`;
    return Number(row?.count ?? 0);
  }

  /**
   * Finds by the beginning of the name, by pinyin initials (ljm), or by the last four digits of the phone. Full
   * numbers find nothing: a register is no oracle (quality.md T16).
   */
  async search(societyId: string, text: string, limit = MOST_FOUND): Promise<PersonSummary[]> {
    const typed = tidyName(text.normalize('NFKC'));
    const most = Math.min(limit, MOST_FOUND);
    if (typed === '' || /^\d/.test(typed)) return this.byPhoneTail(societyId, typed, most);
    const beginning = `${typed.replace(/[!%_]/g, '!$&')}%`;
    const initials = /^[a-z]+$/i.test(typed) ? `${typed.toLowerCase()}%` : '';
    return this.summaries`
      WHERE p.society_id = ${societyId} AND (p.name LIKE ${beginning} ESCAPE '!' OR p.initials LIKE ${initials})
      ORDER BY CASE WHEN p.name = ${typed} THEN 0 ELSE 1 END, p.initials, p.id LIMIT ${most}`;
  }

  private async byPhoneTail(societyId: string, digits: string, most: number): Promise<PersonSummary[]> {
    if (!/^\d{4}$/.test(digits)) return [];
    return this.summaries`
      WHERE p.society_id = ${societyId} AND p.phone_tail = ${digits} ORDER BY p.initials, p.id LIMIT ${most}`;
  }

  async household(societyId: string, householdId: string): Promise<HouseholdSummary> {
    const row = await this.reads.one<{
      number: string;
      group: string;
      community: string | null;
      grid: string | null;
      building: string | null;
      home: string | null;
    }>`
      SELECT number AS "number", group_name AS "group", community AS "community", grid AS "grid",
             building AS "building", home AS "home"
      FROM households WHERE society_id = ${societyId} AND id = ${householdId}`;
    if (!row) throw new HouseholdNotFound();
    const members = await this.summaries`
      WHERE p.society_id = ${societyId} AND p.household_id = ${householdId} ORDER BY p.id`;
    return {
      id: householdId,
      number: row.number,
      group: row.group,
      address: addressWords(row.group, row),
      members,
    };
  }

  /** Where money for this person may go. */
  async payeeAccounts(societyId: string, personId: string): Promise<PayeeAccountSummary[]> {
    return this.accounts`
      WHERE society_id = ${societyId} AND person_id = ${personId} AND card_index <> id ORDER BY id`;
  }

  /** With those that were emptied, to which old papers point (`HeldPerson`): these are read, and offered nowhere. */
  async keptAccounts(societyId: string, personId: string): Promise<PayeeAccountSummary[]> {
    return this.accounts`WHERE society_id = ${societyId} AND person_id = ${personId} ORDER BY id`;
  }

  private async accounts([head = '', ...rest]: TemplateStringsArray, ...values: Value[]) {
    const whole = Object.assign([ACCOUNT + head, ...rest], { raw: [] });
    const rows = await this.reads.all<RawAccount>(whole, ...values);
    return rows.map((row): PayeeAccountSummary => ({
      ...row,
      luhn: row.luhn === 1,
      matchesName: row.holderMatch !== 'OTHER',
    }));
  }

  /** Declared ties, from whichever side they were declared. */
  async kinOf(societyId: string, personId: string): Promise<KinSummary[]> {
    return this.reads.all<KinSummary>`
      SELECT CASE WHEN one_id = ${personId} THEN other_id ELSE one_id END AS "personId", relation AS "relation"
      FROM kin_ties
      WHERE society_id = ${societyId} AND (one_id = ${personId} OR other_id = ${personId}) ORDER BY id`;
  }

  /** Why the two are tied, for recusal and for whoever verifies; empty when they are not. */
  async related(societyId: string, a: string, b: string): Promise<TieReason[]> {
    return this.ties.related(societyId, a, b);
  }

  /** The ties of one person to each of `others`. */
  async relatedAmong(
    societyId: string,
    personId: string,
    others: readonly string[],
  ): Promise<{ readonly personId: string; readonly reasons: readonly TieReason[] }[]> {
    return this.ties.relatedAmong(societyId, personId, others);
  }

  /** Who else of the register may be this person or share a purse with them (D4-50). */
  async sameIdentity(societyId: string, personId: string): Promise<SamePerson[]> {
    return this.ties.sameIdentity(societyId, personId);
  }

  /** The same, of somebody not yet registered. */
  async lookAlikes(societyId: string, who: LookAlike): Promise<SamePerson[]> {
    return this.ties.lookAlikes(societyId, who);
  }

  async consentsOf(societyId: string, personId: string): Promise<Consents> {
    const rows = await this.reads.all<{ purpose: Purpose; given: number; position: number }>`
      SELECT purpose AS "purpose", given AS "given", position AS "position"
      FROM consents WHERE society_id = ${societyId} AND person_id = ${personId}`;
    return standing(rows.map((row) => ({ ...row, given: row.given === 1 })));
  }

  async hasPledged(societyId: string, personId: string): Promise<boolean> {
    const row = await this.reads.one<{ count: number | string }>`
      SELECT COUNT(*) AS "count" FROM pledges
      WHERE society_id = ${societyId} AND person_id = ${personId} AND kind = 'APPLICANT'`;
    return Number(row?.count ?? 0) > 0;
  }

  /** What was signed for these terms of office. */
  async pledgesOfTerms(termIds: readonly string[]): Promise<SignedPledge[]> {
    if (termIds.length === 0) return [];
    const rows = await this.reads.among<Omit<SignedPledge, 'at'> & { at: Date | string }>`
      SELECT term_id AS "termId", text_version AS "textVersion", how AS "how", at AS "at", file_id AS "fileId"
      FROM pledges WHERE term_id IN ${listOf(termIds)}`;
    return rows.map(({ at, ...row }) => ({ ...row, at: instantOf(at) }));
  }

  async tagsOf(societyId: string, personId: string): Promise<Tag[]> {
    const rows = await this.reads.all<{ tag: Tag }>`
      SELECT t.tag AS "tag" FROM person_tags t JOIN persons p ON p.id = t.person_id
      WHERE p.society_id = ${societyId} AND p.id = ${personId} ORDER BY t.tag`;
    return rows.map(({ tag }) => tag);
  }

  /** 3417**********0010, for the person's own page; null while there is no number. */
  async maskedIdNumber(societyId: string, personId: string): Promise<string | null> {
    const row = await this.reads.one<{ sealed: string | null }>`
      SELECT id_number_sealed AS "sealed" FROM persons WHERE society_id = ${societyId} AND id = ${personId}`;
    if (!row) throw new PersonNotFound();
    return row.sealed === null ? null : maskIdNumber(this.seals.open('id-number', personId, row.sealed));
  }

  /** The same columns for every list; what follows is bound as in any other template. */
  private async summaries(text: TemplateStringsArray, ...values: Value[]): Promise<PersonSummary[]> {
    const [head = '', ...rest] = text;
    const whole = Object.assign([SUMMARY + head, ...rest], { raw: [] });
    const today = dayOf(this.clock.now());
    const rows = await this.reads.all<RawSummary>(whole, ...values);
    return rows.map((row) => ({ ...row, maskedName: maskName(row.name), isMinor: isMinor(row, today) }));
  }
}
