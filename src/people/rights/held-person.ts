import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { Clock } from '../../kernel/clock.js';
import { maskName } from '../../kernel/chinese/name-mask.js';
import { dayWords } from '../../kernel/chinese/words.js';
import { dayOf } from '../../kernel/day.js';
import { instantOf, listOf, Reads } from '../../platform/database/reads.js';
import type { Tx } from '../../platform/database/transactions.js';
import type { CorrectionContent } from '../domain/person-correction.js';
import { ERASED } from '../domain/person-right.js';
import { ANSWERED_WORDS, CONSENT_WAY_WORDS, textOf } from '../domain/consent.js';
import { RELATION_WORDS } from '../domain/kin.js';
import { CATEGORY_WORDS, RESIDENCE_WORDS, TAG_WORDS } from '../domain/person.js';
import { ConsentsQueries } from '../consents/consents.queries.js';
import type { PledgeKind } from '../domain/pledge.js';
import { PersonCorrection } from '../corrections/person-correction.entity.js';
import { PeopleQueries } from '../people.queries.js';
import { PeopleSeals } from '../people.seals.js';
import { PeopleStore } from '../people.store.js';
import { SecretsQueries } from '../secrets.queries.js';
import { PayeeAccount } from '../ties.entity.js';
import { PersonHoldings } from './person-holdings.js';
import type { HeldRecord, LastEvent, PersonHolder, Whom } from './person-holdings.js';

type Instant = Date | string;

/** What the register holds of a person. */
@Injectable()
export class HeldPerson implements PersonHolder, OnModuleInit {
  readonly section = '名册';
  readonly erasesLast = true;

  constructor(
    private readonly holdings: PersonHoldings,
    private readonly queries: PeopleQueries,
    private readonly consents: ConsentsQueries,
    private readonly people: PeopleStore,
    private readonly secrets: SecretsQueries,
    private readonly seals: PeopleSeals,
    private readonly reads: Reads,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.holdings.register(this);
  }

  async copyOf(whom: Whom): Promise<HeldRecord[]> {
    return [
      await this.entry(whom),
      ...(await this.cards(whom)),
      ...(await this.kin(whom)),
      ...(await this.signed(whom)),
      ...(await this.corrected(whom)),
    ];
  }

  /** Nothing of the register itself is ever under way but a correction. */
  async hinders(tx: Tx, { societyId, personId }: Whom): Promise<string[]> {
    const waiting = await tx.rows.countBy(PersonCorrection, { societyId, personId, state: 'WAITING' });
    return waiting > 0 ? ['名册更正还在等人确认'] : [];
  }

  async erase(tx: Tx, whom: Whom): Promise<number> {
    const { societyId, personId } = whom;
    const { householdId } = await this.people.getPerson(tx, societyId, personId);
    let fields = await tx.change`
      UPDATE persons SET phone_sealed = NULL, phone_index = NULL, phone_tail = NULL, origin = NULL
      WHERE id = ${personId} AND society_id = ${societyId} AND (phone_sealed IS NOT NULL OR origin IS NOT NULL)`;
    fields += await tx.change`DELETE FROM person_tags WHERE person_id = ${personId}`;
    fields += await this.eraseHome(tx, societyId, householdId, personId);
    fields += await this.eraseCards(tx, whom);
    const isNeeded = await this.holdings.isNeeded(tx, whom);
    fields += await this.emptyCorrections(tx, whom, isNeeded);
    return isNeeded ? fields : fields + (await this.eraseIdentity(tx, whom));
  }

  /** A guardian is named as long as there is a ward. */
  async needs(tx: Tx, { societyId, personId }: Whom): Promise<boolean> {
    const rows = await tx.read<{ id: string }>`
      SELECT id AS "id" FROM persons WHERE society_id = ${societyId} AND guardian_id = ${personId} LIMIT 1`;
    return rows.length > 0;
  }

  /** A guardian is spoken to as long as there is a ward. */
  async lastEvents(personIds: readonly string[]): Promise<LastEvent[]> {
    const rows = await this.reads.among<{ personId: string }>`
      SELECT DISTINCT guardian_id AS "personId" FROM persons WHERE guardian_id IN ${listOf(personIds)}`;
    const on = dayOf(this.clock.now());
    return rows.map(({ personId }) => ({ personId, on }));
  }

  /** The address belongs to all who live there: it goes with the last of them, and one who can be called is not gone. */
  private eraseHome(tx: Tx, societyId: string, householdId: string, personId: string): Promise<number> {
    return tx.change`
      UPDATE households SET community = NULL, grid = NULL, building = NULL, home = NULL, address_index = NULL
      WHERE id = ${householdId} AND society_id = ${societyId}
        AND (community IS NOT NULL OR grid IS NOT NULL OR building IS NOT NULL OR home IS NOT NULL)
        AND NOT EXISTS (
          SELECT 1 FROM persons o WHERE o.household_id = ${householdId} AND o.id <> ${personId}
            AND (o.phone_sealed IS NOT NULL
              OR NOT EXISTS (SELECT 1 FROM person_erasures e WHERE e.person_id = o.id)))`;
  }

  /** A card that money was ordered to stands on a voucher; of any other an empty row stays, since forms point to it. */
  private async eraseCards(tx: Tx, whom: Whom): Promise<number> {
    const used = await this.holdings.cardsInUse(tx, whom);
    let fields = 0;
    for (const { id } of await tx.rows.findBy(PayeeAccount, { ...whom })) {
      if (used.has(id)) continue;
      fields += await tx.change`
        UPDATE payee_accounts SET holder_name = ${ERASED}, card_sealed = ${this.seals.seal('card', id, ERASED)},
               card_index = ${id}, card_tail = '****'
        WHERE id = ${id} AND card_index <> ${id}`;
    }
    return fields;
  }

  /** Why somebody was to be written otherwise is free text; what the name was stays as long as papers say it. */
  private async emptyCorrections(tx: Tx, whom: Whom, keepsNames: boolean): Promise<number> {
    let fields = 0;
    for (const { id, contentSealed } of await tx.rows.findBy(PersonCorrection, { ...whom })) {
      const content = this.contentOf(id, contentSealed);
      const left = keepsNames
        ? { ...content, reason: ERASED }
        : { before: ERASED, after: ERASED, reason: ERASED };
      const sealed = this.seals.seal('correction', id, JSON.stringify(left));
      const answer = this.seals.seal('correction-answer', id, ERASED);
      fields += await tx.change`
        UPDATE person_corrections SET content_sealed = ${sealed},
               answer_sealed = CASE WHEN answer_sealed IS NULL THEN NULL ELSE ${answer} END
        WHERE id = ${id}`;
    }
    return fields;
  }

  /** Nobody was ever decided on or paid: nothing speaks for keeping who it was. */
  private async eraseIdentity(tx: Tx, { societyId, personId }: Whom): Promise<number> {
    await tx.change`DELETE FROM kin_ties WHERE one_id = ${personId} OR other_id = ${personId}`;
    return tx.change`
      UPDATE persons SET name = ${ERASED}, initials = '', born_on = NULL, sex = NULL, id_state = 'PENDING',
             id_number_sealed = NULL, id_number_index = NULL
      WHERE id = ${personId} AND society_id = ${societyId} AND name <> ${ERASED}`;
  }

  private async entry({ societyId, personId }: Whom): Promise<HeldRecord> {
    const person = await this.queries.person(societyId, personId);
    const { address } = await this.queries.household(societyId, person.householdId);
    const tags = await this.queries.tagsOf(societyId, personId);
    const last = (await this.holdings.lastEvents([personId])).get(personId);
    const guardian =
      person.guardianId === null ? null : await this.queries.person(societyId, person.guardianId);
    return {
      what: '名册登记的姓名和身份证号',
      facts: [
        ['姓名', person.name],
        ['村民小组', person.group],
        ['身份证号', await this.secrets.idNumber(societyId, personId)],
        ['出生日期', person.bornOn],
        ['电话', await this.secrets.phone(societyId, personId)],
        ['住址', address],
        ['户籍地', person.origin],
        ['住在本村的情况', RESIDENCE_WORDS[person.residence]],
        ['困难类别', CATEGORY_WORDS[person.category]],
        ['标签', tags.length === 0 ? null : tags.map((each) => TAG_WORDS[each]).join('、')],
        ['监护人', guardian?.maskedName ?? null],
      ],
      // Of whom nothing was ever decided, the register keeps nothing either.
      stays: last === undefined ? null : { kind: 'REGISTER', from: last },
    };
  }

  private async cards({ societyId, personId }: Whom): Promise<HeldRecord[]> {
    const person = await this.queries.person(societyId, personId);
    const accounts = await this.queries.payeeAccounts(societyId, personId);
    return Promise.all(
      accounts.map(async ({ id, bankName, holderName, holderMatch }) => ({
        what: '收款账户',
        facts: [
          ['户名', holderMatch === 'PERSON' ? person.name : maskName(holderName)],
          ['银行', bankName],
          // The number of somebody else's card is theirs.
          ['卡号', holderMatch === 'PERSON' ? await this.secrets.card(societyId, id) : null],
        ] as const,
        stays: null,
      })),
    );
  }

  private async kin({ societyId, personId }: Whom): Promise<HeldRecord[]> {
    const ties = await this.queries.kinOf(societyId, personId);
    return Promise.all(
      ties.map(async ({ relation, personId: otherId }) => ({
        what: '亲属关系',
        facts: [
          [RELATION_WORDS[relation], (await this.queries.person(societyId, otherId)).maskedName],
        ] as const,
        stays: null,
      })),
    );
  }

  private async signed({ societyId, personId }: Whom): Promise<HeldRecord[]> {
    const consents = await this.consents.ofPerson(societyId, personId);
    const pledges = await this.reads.all<{ kind: PledgeKind; version: string; at: Instant }>`
      SELECT kind AS "kind", text_version AS "version", at AS "at" FROM pledges WHERE society_id = ${societyId} AND person_id = ${personId} ORDER BY at, id`;
    return [
      ...consents.map(({ purpose, answered, at, how, textVersion }) => ({
        what: '同意书',
        facts: [
          [textOf(textVersion)[purpose], `${ANSWERED_WORDS[answered]}，${wordsOf(at)}`],
          ['怎么说的', `${CONSENT_WAY_WORDS[how]}，文字第 ${textVersion} 版`],
        ] as const,
        stays: { kind: 'CONSENT', from: dayOf(instantOf(at)) } as const,
      })),
      ...pledges.map(({ kind, version, at }) => ({
        what: kind === 'OFFICER' ? '任职的承诺书' : '承诺书',
        facts: [['签字', `${wordsOf(at)}，文字第 ${version} 版`]] as const,
        stays: { kind: 'CONSENT', from: dayOf(instantOf(at)) } as const,
      })),
    ];
  }

  private async corrected({ societyId, personId }: Whom): Promise<HeldRecord[]> {
    const rows = await this.reads.all<{ id: string; sealed: string; at: Instant }>`
      SELECT id AS "id", content_sealed AS "sealed", proposed_at AS "at" FROM person_corrections
      WHERE society_id = ${societyId} AND person_id = ${personId} ORDER BY proposed_at, id`;
    return rows.map(({ id, sealed, at }) => {
      const { before, after, reason } = this.contentOf(id, sealed);
      return {
        what: '更正记录',
        facts: [
          ['原来', before],
          ['更正为', after],
          ['原因', reason],
        ] as const,
        stays: { kind: 'REGISTER', from: dayOf(instantOf(at)) } as const,
      };
    });
  }

  private contentOf(id: string, sealed: string): CorrectionContent {
    return JSON.parse(this.seals.open('correction', id, sealed)) as CorrectionContent;
  }
}

const wordsOf = (at: Instant): string => dayWords(dayOf(instantOf(at)));
