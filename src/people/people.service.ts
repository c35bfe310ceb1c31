import { Injectable } from '@nestjs/common';
import { Commands } from '../audit/index.js';
import type { Actor, Caller } from '../kernel/actor.js';
import { Clock } from '../kernel/clock.js';
import { readCardNumber } from '../kernel/chinese/card-number.js';
import { dayOf } from '../kernel/day.js';
import { Files } from '../platform/files/files.js';
import type { Tx } from '../platform/database/transactions.js';
import { societyOf } from '../platform/web/caller.js';
import {
  answeredIn,
  checkAnother,
  checkSigner,
  givenIn,
  lastAnswers,
  mayGoOn,
  newTo,
  notOutdated,
  saidTogether,
  PURPOSES,
  standing,
  stoppedSince,
} from './domain/consent.js';
import type { ConsentRow, ConsentWay, PledgeWay, Purpose } from './domain/consent.js';
import type { Relation } from './domain/kin.js';
import {
  CardInvalid,
  KinOfSelf,
  NothingToWithdraw,
  PersonAlreadyRegistered,
  PersonLooksAlike,
} from './domain/people.errors.js';
import type { PeopleSheet, SheetFault, SheetPerson } from './domain/people-sheet.js';
import { householdOf, identityIn, personOf } from './domain/person-draft.js';
import type { PersonDraft } from './domain/person-draft.js';
import { isMinor } from './domain/person.js';
import { isLookAlike } from './domain/same-identity.js';
import { PersonListeners } from './person.listeners.js';
import { PeopleImports } from './people-import.service.js';
import type { Imported, Preview } from './people-import.service.js';
import { PeopleSeals } from './people.seals.js';
import { PeopleStore } from './people.store.js';
import type { Person } from './person.entity.js';
import { PersonCopies } from './person-copies.js';
import type { CopiedPerson, Copying } from './person-copies.js';
import { SecretsQueries } from './secrets.queries.js';
import { TiesQueries } from './ties.queries.js';
import type { LookAlike } from './ties.queries.js';
import { TiesStore } from './ties.store.js';
import type { Another, Signing } from './ties.store.js';

export type PayeeAccountDraft = {
  readonly personId: string;
  /** The person's own name where it is left out. */
  readonly holderName?: string | null;
  readonly bankName: string;
  readonly cardNumber: string;
};
export type PayeeAccountAdded = {
  readonly payeeAccountId: string;
  /** False warns only. */
  readonly luhn: boolean;
  readonly matchesName: boolean;
};

export type KinDraft = {
  readonly personId: string;
  readonly relativeId: string;
  readonly relation: Relation;
  /** The relative is also the person's guardian. */
  readonly isGuardian?: boolean;
};

export type ConsentsDraft = {
  readonly personId: string;
  /** What is not named was not asked. */
  readonly answers: Partial<Record<Purpose, boolean>>;
  readonly how: ConsentWay;
  /** The photo of the signed sheet. */
  readonly photo?: Buffer | null;
  /** Whoever takes something back has agreed to it before: else it is refused. */
  readonly onlyIfGiven?: boolean;
} & Another;

/** Consents as a step of somebody else's unit of work. */
export type ConsentStep = Signing & {
  readonly societyId: string;
  readonly personId: string;
  readonly purposes: readonly Purpose[];
  readonly given: boolean;
};
export type PledgeStep = Signing<PledgeWay> & {
  readonly societyId: string;
  readonly personId: string;
  /** The term of the office that the officer takes with it. */
  readonly termId?: string | null;
};

/** Whether it is settled that this is none of those who look alike. */
export type Doubt = { readonly isAnother: boolean };
const NO_DOUBT: Doubt = { isAnother: true };

export type Look = { readonly reason: string; readonly threadId?: string | null };

/** The register of a society: who belongs to it, whom they are tied to, what they agreed to. */
@Injectable()
export class PeopleService {
  constructor(
    private readonly commands: Commands,
    private readonly people: PeopleStore,
    private readonly ties: TiesStore,
    private readonly imports: PeopleImports,
    private readonly tiesQueries: TiesQueries,
    private readonly secrets: SecretsQueries,
    private readonly seals: PeopleSeals,
    private readonly copies: PersonCopies,
    private readonly listeners: PersonListeners,
    private readonly files: Files,
    private readonly clock: Clock,
  ) {}

  /** Asks who it may be instead, where the register knows somebody like this; `isAnother` is the answer. */
  async addPerson(
    caller: Caller,
    draft: PersonDraft,
    doubt: Doubt = NO_DOUBT,
  ): Promise<{ personId: string; householdId: string }> {
    const societyId = societyOf(caller.actor);
    return this.commands.run(caller, { act: 'addPerson', body: draft }, async (tx, trail) => {
      const added = await this.add(tx, societyId, draft, doubt);
      trail.on('person', added.personId, { words: '登记进名册' });
      return added;
    });
  }

  async addPayeeAccount(caller: Caller, draft: PayeeAccountDraft): Promise<PayeeAccountAdded> {
    const societyId = societyOf(caller.actor);
    const card = readCardNumber(draft.cardNumber);
    if (!card.ok) throw new CardInvalid();
    return this.commands.run(caller, { act: 'addPayeeAccount', body: draft }, async (tx, trail) => {
      const person = await this.people.getPerson(tx, societyId, draft.personId);
      const { guardianId } = person;
      const guardian = guardianId === null ? null : await this.people.getPerson(tx, societyId, guardianId);
      const { id, luhn, holderMatch } = await this.ties.insertPayeeAccount(tx, person, guardian, {
        holderName: draft.holderName ?? person.name,
        bankName: draft.bankName,
        card,
      });
      trail.on('person', person.id, {
        words: '登记收款账户',
        after: { payeeAccountId: id, luhn, holderMatch },
      });
      return { payeeAccountId: id, luhn, matchesName: holderMatch !== 'OTHER' };
    });
  }

  async declareKin(caller: Caller, draft: KinDraft): Promise<{ kinTieId: string }> {
    const societyId = societyOf(caller.actor);
    const { personId, relativeId, relation } = draft;
    if (personId === relativeId) throw new KinOfSelf();
    return this.commands.run(caller, { act: 'declareKin', body: draft }, async (tx, trail) => {
      await this.people.getPerson(tx, societyId, personId);
      await this.people.getPerson(tx, societyId, relativeId);
      const kinTieId = await this.ties.insertKin(tx, societyId, personId, relativeId, relation);
      if (draft.isGuardian) {
        await this.people.getGuardian(tx, societyId, relativeId);
        await this.people.setGuardian(tx, societyId, personId, relativeId);
      }
      const words = draft.isGuardian ? '登记亲属关系和监护人' : '登记亲属关系';
      trail.on('person', personId, { words, after: draft });
      return { kinTieId };
    });
  }

  async giveConsents(caller: Caller, draft: ConsentsDraft): Promise<{ answered: number }> {
    const { actor } = caller;
    const societyId = societyOf(actor);
    const photo = draft.photo ? await this.files.prepareImage(draft.photo) : null;
    return this.commands.run(caller, { act: 'giveConsents', body: draft }, async (tx, trail) => {
      const purpose = 'consent';
      const fileId = photo && (await this.files.attach(tx, photo, { societyId, purpose, by: actor }));
      const { otherId = null, relation = null } = draft;
      const signing = { how: draft.how, fileId, at: this.clock.now(), byPersonId: actor.personId };
      const person = await this.signer(tx, societyId, draft.personId, draft.how);
      const answers = PURPOSES.flatMap((each) => {
        const given = draft.answers[each];
        return given === undefined ? [] : [{ purpose: each, given }];
      });
      const given = answers.filter((each) => each.given).map((each) => each.purpose);
      const before = await this.ties.consentsOf(tx, societyId, person.id);
      if (draft.onlyIfGiven) checkGiven(answers, givenIn(standing(before)));
      checkAnother(
        { personId: person.id, how: draft.how, given, byPersonId: actor.personId },
        { otherId, relation },
      );
      if (otherId !== null) await this.people.getPerson(tx, societyId, otherId);
      const taken = answeredNow(before, answers);
      await this.ties.insertConsents(tx, person, answers, { ...signing, otherId, relation });
      const { at, byPersonId, how } = signing;
      await this.listeners.answered(tx, { societyId, personId: person.id, at, byPersonId, how, answers });
      trail.on('person', person.id, { words: taken, after: { answers, how, otherId, relation } });
      return { answered: answers.length };
    });
  }

  /** The number that was owed (D4-50). Whoever waits for it hears of it in the same unit. */
  async supplyIdNumber(
    caller: Caller,
    draft: { personId: string; idNumber: string },
  ): Promise<{ personId: string }> {
    const societyId = societyOf(caller.actor);
    return this.commands.run(caller, { act: 'supplyIdNumber', body: draft }, async (tx, trail) => {
      const person = await this.people.getPerson(tx, societyId, draft.personId);
      const identity = identityIn(draft.idNumber, this.today());
      await this.people.supplyIdNumber(tx, societyId, person.id, identity);
      const { personId: byPersonId } = caller.actor;
      const markIn = (scope: string) => this.seals.index('id-number', scope, identity.idNumber);
      const supplied = { societyId, personId: person.id, at: this.clock.now(), byPersonId, markIn };
      await this.listeners.supplied(tx, supplied);
      trail.on('person', person.id, { words: '补登身份证号' });
      return { personId: person.id };
    });
  }

  /** Reads a sheet against the register and keeps its good rows for `confirmImport`; changes nothing else. */
  async previewImport(caller: Caller, sheet: PeopleSheet): Promise<Preview> {
    return this.imports.preview(caller, sheet);
  }

  async confirmImport(caller: Caller, importId: string): Promise<Imported> {
    return this.imports.confirm(caller, importId);
  }

  /** For the clock: throws away the sheets whose time is over, and says how many. */
  async purgeImports(now: Date): Promise<number> {
    return this.imports.purge(now);
  }

  /** Rows at once, without a preview: for programs. Rows with a mistake are left out and named. */
  async importPeople(caller: Caller, rows: readonly SheetPerson[]): Promise<Imported> {
    return this.imports.importRows(caller, rows);
  }

  /** A whole sheet for the command line; the faults are the sheet's own and the register's together. */
  async importSheet(caller: Caller, sheet: PeopleSheet): Promise<Imported> {
    const imported = await this.importPeople(caller, sheet.rows);
    const faults: SheetFault[] = [...sheet.faults, ...imported.faults];
    const faulty = sheet.faults.length + imported.faulty;
    return { ...imported, faulty, faults: faults.sort((a, b) => a.row - b.row) };
  }

  /**
   * The whole number of a card, for whoever pays to it while it is to be paid: the cashier has to type it. Every look is kept in
   * the trail with its reason; everybody else asks `LooksService`.
   */
  async revealCard(actor: Actor, payeeAccountId: string, look: Look): Promise<string> {
    const card = await this.secrets.card(societyOf(actor), payeeAccountId);
    await this.commands.recordRead(actor, 'payee-account', payeeAccountId, marked('查看完整卡号', look));
    return card;
  }

  /** A person as a step of the caller's unit: the applicant who is not on the list. */
  async add(
    tx: Tx,
    societyId: string,
    draft: PersonDraft,
    { isAnother }: Doubt = NO_DOUBT,
  ): Promise<{ personId: string; householdId: string }> {
    const facts = personOf(draft, this.today());
    if (!isAnother) await this.refuseLookAlike(tx, societyId, { ...draft, bornOn: facts.bornOn });
    const guardianId = draft.guardianId ?? null;
    if (guardianId !== null) await this.people.getGuardian(tx, societyId, guardianId);
    const householdId = draft.householdId
      ? (await this.people.getHousehold(tx, societyId, draft.householdId)).id
      : await this.people.placeHousehold(tx, societyId, householdOf(draft));
    const personId = await this.people.insertPerson(tx, societyId, facts, { householdId, guardianId });
    return { personId, householdId };
  }

  /** Consents given or refused as a step of the caller's unit. A minor's are signed by the guardian (D4-32). */
  async consent(tx: Tx, step: ConsentStep): Promise<void> {
    const { societyId, personId, purposes, given, ...signing } = step;
    const person = await this.signer(tx, societyId, personId, step.how);
    const answers = purposes.map((purpose) => ({ purpose, given }));
    if (answers.length > 0) await this.ties.insertConsents(tx, person, answers, signing);
  }

  /**
   * What somebody said to one register, in another one that goes by it: for the same case, and as it was said. Whoever
   * signed instead or heard it stands in the first register only, and so may the guardian: it was checked where it was said.
   * What the other has heard since stands, and what it knows already is not said to it twice.
   */
  async passOn(
    tx: Tx,
    said: Omit<ConsentStep, 'purposes' | 'given'> & { readonly sourceId: string },
    answers: readonly { readonly purpose: Purpose; readonly given: boolean }[],
  ): Promise<void> {
    const { societyId, personId, ...signing } = said;
    const person = await this.people.getPerson(tx, societyId, personId);
    const saidThen = answers.map((answer) => ({ ...answer, at: signing.at, how: signing.how }));
    const fresh = newTo(await this.ties.consentsOf(tx, societyId, personId), saidThen);
    if (fresh.length > 0) await this.ties.insertConsents(tx, person, fresh, signing);
  }

  /**
   * What stands of somebody in one register, brought into another with its way, its time and its words: nobody signs it
   * anew. What the other has heard since stands. Whoever listens hears it as if it had been said here: a no that was
   * brought stops all that needs a yes, and not only what it came with.
   */
  async bringConsents(
    tx: Tx,
    from: { readonly societyId: string; readonly personId: string },
    to: Omit<ConsentStep, 'purposes' | 'given' | 'how' | 'fileId'> & { readonly sourceId: string },
  ): Promise<void> {
    const { societyId, personId, ...signing } = to;
    const person = await this.people.getPerson(tx, societyId, personId);
    const said = lastAnswers(await this.ties.consentsOf(tx, from.societyId, from.personId));
    const answers = notOutdated(said, await this.ties.consentsOf(tx, societyId, personId));
    if (answers.length === 0) return;
    await this.ties.insertConsents(tx, person, answers, { ...signing, how: 'PAPER', fileId: null });
    for (const { how, at, answers: together } of saidTogether(answers))
      await this.listeners.answered(tx, {
        ...{ societyId, personId, byPersonId: signing.byPersonId },
        ...{ how, at, heardAt: signing.at, answers: together },
      });
  }

  /** Whether nobody has taken back, as the caller's unit sees it, what the case of this person needs. */
  async agreesToProcessing(tx: Tx, societyId: string, personId: string): Promise<boolean> {
    return mayGoOn(standing(await this.ties.consentsOf(tx, societyId, personId)));
  }

  /** Since when somebody has taken back what their case needs, as the caller's unit sees it; null where it goes on. */
  async stoppedSince(tx: Tx, societyId: string, personId: string): Promise<Date | null> {
    return stoppedSince(await this.ties.consentsOf(tx, societyId, personId));
  }

  /** Whether somebody agrees at this moment to be published, as the caller's unit sees it. */
  async mayBePublished(tx: Tx, societyId: string, personId: string): Promise<boolean> {
    return standing(await this.ties.consentsOf(tx, societyId, personId)).publish === true;
  }

  /** A signed pledge as a step of the caller's unit. */
  async pledge(tx: Tx, step: PledgeStep): Promise<{ pledgeId: string }> {
    const { societyId, personId, ...signing } = step;
    const person = await this.signer(tx, societyId, personId, step.how);
    return { pledgeId: await this.ties.insertPledge(tx, person, signing) };
  }

  /** In the unit itself: a form that was sent twice is answered from its key, and does not meet its own person. */
  private async refuseLookAlike(tx: Tx, societyId: string, who: LookAlike): Promise<void> {
    const same = await this.tiesQueries.lookAlikes(societyId, who, {
      all: (text, ...values) => tx.read(text, ...values),
    });
    if (same.some(({ why }) => why === 'ID')) throw new PersonAlreadyRegistered(); // nothing to ask
    const alike = same.filter(({ why }) => isLookAlike(why)).map(({ personId }) => personId);
    if (alike.length > 0) throw new PersonLooksAlike([...new Set(alike)]);
  }

  /** A person of another register as a step of the caller's unit; whom this one knows already is not copied twice. */
  async copyPerson(tx: Tx, personId: string, copying: Copying): Promise<CopiedPerson> {
    return this.copies.person(tx, personId, copying);
  }

  /** The card of a person who was copied. */
  async copyPayeeAccount(
    tx: Tx,
    payeeAccountId: string,
    to: Pick<Copying, 'fromSocietyId' | 'toSocietyId'> & { readonly personId: string },
  ): Promise<string> {
    return this.copies.payeeAccount(tx, payeeAccountId, to);
  }

  private async signer(tx: Tx, societyId: string, personId: string, how: ConsentWay): Promise<Person> {
    const person = await this.people.getPerson(tx, societyId, personId);
    checkSigner({ isMinor: isMinor(person, this.today()), guardianId: person.guardianId }, how);
    return person;
  }

  private today() {
    return dayOf(this.clock.now());
  }
}

/** Throws unless what is taken back now was agreed to until now. */
function checkGiven(
  answers: readonly Pick<ConsentRow, 'purpose' | 'given'>[],
  agreed: readonly Purpose[],
): void {
  if (answers.some(({ purpose, given }) => !given && !agreed.includes(purpose)))
    throw new NothingToWithdraw();
}

/** 撤回同意 where a yes stood before, in the trail. */
function answeredNow(
  before: readonly ConsentRow[],
  answers: readonly Pick<ConsentRow, 'purpose' | 'given'>[],
) {
  const last = Math.max(0, ...before.map(({ position }) => position));
  const now = answers.map((answer, i) => ({ ...answer, position: last + 1 + i }));
  const isTaken = answeredIn([...before, ...now]).some(
    ({ position, answered }) => position > last && answered === 'WITHDRAWN',
  );
  return isTaken ? '登记同意书：撤回' : '登记同意书';
}

function marked(words: string, { reason, threadId = null }: Look) {
  return { words: `${words}：${reason}`, threadId };
}
