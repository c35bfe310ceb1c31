import { isMinorOn } from '../../kernel/age.js';
import type { Day } from '../../kernel/day.js';
import { PersonInvalid } from './people.errors.js';
import { COLUMNS, draftOf } from './people-sheet.js';
import type { Column, SheetFault, SheetPerson } from './people-sheet.js';
import { addressKey, householdOf, personOf } from './person-draft.js';
import type { Address, HouseholdFacts, Identity, PersonFacts } from './person-draft.js';
import type { Category, Residence, Sex, Tag } from './person.js';

/** A person of the register, as far as a sheet can meet them. */
export type KnownPerson = {
  readonly id: string;
  readonly name: string;
  readonly idIndex: string | null;
  readonly bornOn: Day | null;
  readonly sex: Sex | null;
  readonly phoneIndex: string | null;
  readonly residence: Residence;
  readonly category: Category;
  readonly tags: readonly Tag[];
  readonly origin: string | null;
  readonly guardianId: string | null;
  readonly householdId: string;
};
export type KnownHousehold = {
  readonly id: string;
  readonly number: string;
  readonly group: string;
  readonly address: Address;
};
export type Register = {
  readonly persons: readonly KnownPerson[];
  readonly households: readonly KnownHousehold[];
};

/** Blind indexes are made outside: the rule compares them and never sees a key. */
export type Indexes = { idNumber(number: string): string; phone(number: string): string };

/** Someone already in the register, or the one of another row. */
export type Ref = { readonly personId: string } | { readonly row: number };

export type PlannedAdd = {
  readonly row: number;
  readonly facts: PersonFacts;
  readonly household: HouseholdFacts;
  readonly guardian: Ref | null;
};

type Change = Partial<Omit<PersonFacts, 'idNumber' | 'name'>>;

/** Only what differs. A household number moves the person; group and address are the household's. */
export type PlannedUpdate = {
  readonly row: number;
  readonly personId: string;
  readonly householdId: string;
  /** The number that was owed (D4-50), and what it says. */
  readonly identity: Identity | null;
  readonly change: Change;
  readonly guardian: Ref | null;
  readonly moveTo: HouseholdFacts | null;
  readonly household: Pick<HouseholdFacts, 'group' | 'address'> | null;
};

export type ImportPlan = {
  readonly adds: readonly PlannedAdd[];
  readonly updates: readonly PlannedUpdate[];
  readonly unchanged: number;
  readonly faults: readonly SheetFault[];
};

type Read = { readonly row: SheetPerson; readonly facts: PersonFacts; readonly household: HouseholdFacts };
type Match = { readonly known: KnownPerson | null } | { readonly column: Column; readonly reason: string };

/**
 * What importing the rows would do to the register: whom it adds, whom it changes in what, and which rows it leaves
 * out and why. Importing the same sheet twice changes nothing the second time.
 */
export function planImport(
  rows: readonly SheetPerson[],
  register: Register,
  indexes: Indexes,
  today: Day,
): ImportPlan {
  return new Planner(register, indexes, today).plan(rows);
}

class Planner {
  private readonly adds: PlannedAdd[] = [];
  private readonly updates: PlannedUpdate[] = [];
  private readonly faults: SheetFault[] = [];
  private unchanged = 0;

  private readonly byIdIndex: ReadonlyMap<string, KnownPerson>;
  private readonly byName = new Map<string, KnownPerson[]>();
  private readonly households: ReadonlyMap<string, KnownHousehold>;
  private readonly takenBy = new Map<string, number>();
  private readonly readByIdIndex = new Map<string, Read>();

  constructor(
    register: Register,
    private readonly indexes: Indexes,
    private readonly today: Day,
  ) {
    this.byIdIndex = new Map(
      register.persons.flatMap((person) => (person.idIndex === null ? [] : [[person.idIndex, person]])),
    );
    for (const person of register.persons)
      this.byName.set(person.name, [...(this.byName.get(person.name) ?? []), person]);
    this.households = new Map(register.households.map((household) => [household.id, household]));
  }

  plan(rows: readonly SheetPerson[]): ImportPlan {
    const matched = rows.flatMap((row) => this.match(row));
    for (const { read } of matched) {
      const index = this.idIndexOf(read);
      if (index !== null) this.readByIdIndex.set(index, read);
    }
    for (const { read, known } of matched) this.place(read, known);
    const { adds, updates, unchanged, faults } = this;
    return { adds, updates, unchanged, faults: [...faults].sort((a, b) => a.row - b.row) };
  }

  private match(row: SheetPerson): { read: Read; known: KnownPerson | null }[] {
    const read = this.read(row);
    if (read === null) return [];
    const match = this.matchOf(read);
    if ('reason' in match) return this.refuse(row, match.column, match.reason);
    const key = match.known?.id ?? keyOf(read);
    const other = this.takenBy.get(key);
    if (other !== undefined)
      return this.refuse(row, 'name', `和第 ${other} 行分不清是不是同一个人，请填身份证号或出生日期`);
    this.takenBy.set(key, row.row);
    return [{ read, known: match.known }];
  }

  /** Today is known only now: a birthday that is still to come is found here. */
  private read(row: SheetPerson): Read | null {
    try {
      const draft = draftOf(row);
      return { row, facts: personOf(draft, this.today), household: householdOf(draft) };
    } catch (error) {
      if (!(error instanceof PersonInvalid)) throw error;
      this.refuse(row, error.field as Column, error.message);
      return null;
    }
  }

  /** The ID number decides. Without it, name and group name the one that birthday, household or phone confirm. */
  private matchOf(read: Read): Match {
    const idIndex = this.idIndexOf(read);
    const byId = idIndex === null ? undefined : this.byIdIndex.get(idIndex);
    if (byId)
      return byId.name === read.facts.name
        ? { known: byId }
        : { column: 'idNumber', reason: '名册里这个身份证号是另一个名字，请核对' };

    const candidates = (this.byName.get(read.facts.name) ?? []).filter((known) =>
      this.mayBe(read, known, idIndex),
    );
    const sure = candidates.filter((known) => this.isSurely(read, known));
    if (sure.length === 1) return { known: sure[0] ?? null };
    if (candidates.length === 0) return { known: null };
    if (sure.length === 0 && idIndex !== null)
      return {
        column: 'name',
        reason: '名册里同组有同名、还没有身份证号的人；是同一人的，请先在名册里补身份证号',
      };
    if (sure.length === 0 && candidates.length === 1 && read.household.number === null)
      return { known: candidates[0] ?? null };
    return {
      column: 'name',
      reason: `名册里同组有 ${candidates.length} 位同名，分不清是哪一位；请填身份证号或出生日期`,
    };
  }

  private mayBe(read: Read, known: KnownPerson, idIndex: string | null): boolean {
    if (known.idIndex !== null && idIndex !== null) return false;
    if (known.bornOn !== null && read.facts.bornOn !== null && known.bornOn !== read.facts.bornOn)
      return false;
    return this.households.get(known.householdId)?.group === read.household.group;
  }

  private isSurely(read: Read, known: KnownPerson): boolean {
    const { number } = read.household;
    const { phone, bornOn } = read.facts;
    return (
      (number !== null && this.households.get(known.householdId)?.number === number) ||
      (bornOn !== null && known.bornOn === bornOn) ||
      (phone !== null && known.phoneIndex === this.indexes.phone(phone))
    );
  }

  private place(read: Read, known: KnownPerson | null): void {
    const { row, facts, household } = read;
    const guardian = this.guardianOf(row);
    if (guardian !== null && 'reason' in guardian) {
      this.refuse(row, 'guardianIdNumber', guardian.reason);
    } else if (known === null) {
      this.adds.push({ row: row.row, facts, household, guardian });
    } else {
      const update = this.updateOf(read, known, guardian);
      if (update === null) this.unchanged++;
      else this.updates.push(update);
    }
  }

  private updateOf(read: Read, known: KnownPerson, guardian: Ref | null): PlannedUpdate | null {
    const { row, facts } = read;
    const home = this.households.get(known.householdId);
    const identity = known.idIndex === null ? identityOf(facts) : null;
    const change = this.changeOf(read, known);
    const moveTo =
      read.household.number !== null && read.household.number !== home?.number ? read.household : null;
    const household = moveTo === null && home ? householdChange(read.household, home) : null;
    const newGuardian =
      guardian !== null && !('personId' in guardian && guardian.personId === known.guardianId)
        ? guardian
        : null;
    const nothing = identity === null && moveTo === null && household === null && newGuardian === null;
    if (nothing && Object.keys(change).length === 0) return null;
    return {
      row: row.row,
      personId: known.id,
      householdId: known.householdId,
      identity,
      change,
      guardian: newGuardian,
      moveTo,
      household,
    };
  }

  private changeOf({ row, facts }: Read, known: KnownPerson): Change {
    const { phone, origin } = facts;
    // What an ID number says stands above what a cell says.
    const { bornOn, sex } = known.idIndex === null ? facts : known;
    return {
      ...(bornOn !== null && bornOn !== known.bornOn ? { bornOn } : {}),
      ...(sex !== null && sex !== known.sex ? { sex } : {}),
      ...(phone !== null && this.indexes.phone(phone) !== known.phoneIndex ? { phone } : {}),
      ...(row.residence !== null && row.residence !== known.residence ? { residence: row.residence } : {}),
      ...(row.category !== null && row.category !== known.category ? { category: row.category } : {}),
      ...(row.tags !== null && !sameSet(facts.tags, known.tags) ? { tags: facts.tags } : {}),
      ...(origin !== null && origin !== known.origin ? { origin } : {}),
    };
  }

  /** A guardian is an adult of the register or of the sheet, and under nobody's care. */
  private guardianOf(row: SheetPerson): Ref | { reason: string } | null {
    if (row.guardianIdNumber === null) return null;
    const index = this.indexes.idNumber(row.guardianIdNumber);
    const known = this.byIdIndex.get(index);
    const read = this.readByIdIndex.get(index);
    if (!known && !read) return { reason: '名册和表格里都没有这位监护人' };
    if (read?.row.row === row.row) return { reason: '不能做自己的监护人' };
    const bornOn = known?.bornOn ?? read?.facts.bornOn ?? null;
    const underCare = (known?.guardianId ?? null) !== null || (read?.row.guardianIdNumber ?? null) !== null;
    if (underCare || (bornOn !== null && isMinorOn(bornOn, this.today)))
      return { reason: '监护人须年满 18 周岁，且自己没有监护人' };
    return known ? { personId: known.id } : { row: read?.row.row ?? 0 };
  }

  private idIndexOf({ facts }: Read): string | null {
    return facts.idNumber === null ? null : this.indexes.idNumber(facts.idNumber);
  }

  private refuse(row: SheetPerson, column: Column, reason: string): [] {
    this.faults.push({ row: row.row, column: COLUMNS[column], reason });
    return [];
  }
}

function identityOf({ idNumber, bornOn, sex }: PersonFacts): Identity | null {
  return idNumber === null || bornOn === null || sex === null ? null : { idNumber, bornOn, sex };
}

/** Two new rows with the same key cannot be told apart. */
function keyOf({ facts, household }: Read): string {
  const { idNumber, name, bornOn } = facts;
  return idNumber ?? [name, household.group, bornOn ?? '', household.number ?? ''].join('|');
}

/** What the row says of the household beyond what is known; an empty cell says nothing. */
function householdChange(
  told: HouseholdFacts,
  known: KnownHousehold,
): Pick<HouseholdFacts, 'group' | 'address'> | null {
  const address = {
    community: told.address.community ?? known.address.community,
    grid: told.address.grid ?? known.address.grid,
    building: told.address.building ?? known.address.building,
    home: told.address.home ?? known.address.home,
  };
  const same =
    told.group === known.group &&
    addressKey({ ...address, home: address.home ?? '' }) ===
      addressKey({ ...known.address, home: known.address.home ?? '' });
  return same ? null : { group: told.group, address };
}

function sameSet(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((each) => b.includes(each));
}
