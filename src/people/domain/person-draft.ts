import { parseDay } from '../../kernel/day.js';
import type { Day } from '../../kernel/day.js';
import { ID_NUMBER_REFUSALS, readIdNumber } from '../../kernel/chinese/id-number.js';
import { readMobile } from '../../kernel/chinese/phone.js';
import { PersonInvalid } from './people.errors.js';
import type { Category, Residence, Sex, Tag } from './person.js';

/** The four layers of a household's address (seed row 25): 社区—网格—楼栋—房屋. */
export type Address = {
  readonly community: string | null;
  readonly grid: string | null;
  readonly building: string | null;
  readonly home: string | null;
};

/** What is known of a person who is to be registered. What is left out is not known yet. */
export type PersonDraft = {
  readonly name: string;
  /** 村民小组: 三组. Ignored where `householdId` names a household that has its own. */
  readonly group: string;
  /** Without it the person is registered as PENDING (D4-50). */
  readonly idNumber?: string | null;
  /** Read from the ID number where there is one. */
  readonly bornOn?: string | null;
  readonly sex?: Sex | null;
  readonly phone?: string | null;
  readonly residence: Residence;
  readonly category?: Category;
  readonly tags?: readonly Tag[];
  /** Where they come from: tells two people without papers apart (D4-50). */
  readonly origin?: string | null;
  readonly guardianId?: string | null;
  readonly householdId?: string | null;
  /** The village's own number of the household; whoever gives the same number belongs to the same household. */
  readonly householdNumber?: string | null;
  readonly address?: Partial<Address> | null;
};

/** A draft that was read: tidy, consistent, ready to be kept. */
export type PersonFacts = {
  readonly name: string;
  readonly idNumber: string | null;
  readonly bornOn: Day | null;
  readonly sex: Sex | null;
  readonly phone: string | null;
  readonly residence: Residence;
  readonly category: Category;
  readonly tags: readonly Tag[];
  readonly origin: string | null;
};

export type HouseholdFacts = {
  readonly number: string | null;
  readonly group: string;
  readonly address: Address;
};

/** Letters of any script, 〇, the private characters of rare names, and the dot between the parts of a name. */
const NAME = /^[\p{L}\p{M}\p{Nl}\p{Co}](?:[\p{L}\p{M}\p{Nl}\p{Co}·'’ .-]*[\p{L}\p{M}\p{Nl}\p{Co}.])?$/u;
const LONGEST_NAME = 50;
const EARLIEST = '1900-01-01';
/** As long as their columns: a tidy text may be longer than what was typed, ⑽ being (10). */
const LONGEST = {
  group: ['村民小组', 40],
  householdNumber: ['户号', 40],
  community: ['社区', 60],
  grid: ['网格', 60],
  building: ['楼栋', 60],
  home: ['房号', 60],
  origin: ['户籍地', 100],
} as const;

/** One spelling of a name: no space around or between Chinese characters, and one kind of dot. */
export function tidyName(text: string): string {
  return text
    .normalize('NFC')
    .trim()
    .replace(/[•‧∙・･]/gu, '·')
    .replace(/\s+/gu, ' ')
    .replace(/(?<=\p{Script=Han}) (?=\p{Script=Han})/gu, '');
}

/** What is wrong with a name, or null. */
export function nameFault(name: string): string | null {
  if (name === '') return '请填写姓名';
  if (name.length > LONGEST_NAME) return `姓名最多 ${LONGEST_NAME} 个字`;
  return NAME.test(name) ? null : '姓名里只能有文字和间隔号“·”';
}

/** Reads a draft, or throws what is wrong with it. `today` bounds the birthday. */
export function personOf(draft: PersonDraft, today: Day): PersonFacts {
  const name = tidyName(draft.name);
  const fault = nameFault(name);
  if (fault !== null) throw new PersonInvalid('name', fault);
  return {
    name,
    ...identityOf(draft, today),
    phone: phoneOf(draft.phone ?? null),
    residence: draft.residence,
    category: draft.category ?? 'NONE',
    tags: [...new Set(draft.tags ?? [])],
    origin: fitting('origin', draft.origin),
  };
}

/** The household that a draft describes, for a person who joins none by its id. */
export function householdOf(draft: PersonDraft): HouseholdFacts {
  const group = fitting('group', draft.group);
  if (group === null) throw new PersonInvalid('group', '请填写村民小组，如 三组');
  const { community, grid, building, home } = draft.address ?? {};
  return {
    number: fitting('householdNumber', draft.householdNumber),
    group,
    address: {
      community: fitting('community', community),
      grid: fitting('grid', grid),
      building: fitting('building', building),
      home: fitting('home', home),
    },
  };
}

/** What a number says of its holder. */
export type Identity = { readonly idNumber: string; readonly bornOn: Day; readonly sex: Sex };

/** A number says birthday and sex itself. */
export function identityIn(idNumber: string, today: Day): Identity {
  const read = readIdNumber(idNumber);
  if (!read.ok) throw new PersonInvalid('idNumber', ID_NUMBER_REFUSALS[read.reason]);
  if (read.bornOn > today) throw new PersonInvalid('idNumber', '身份证号码中的出生日期还没有到');
  return { idNumber: read.number, bornOn: read.bornOn, sex: read.sex };
}

/** What is typed beside a number must not say otherwise than the number. */
function identityOf(draft: PersonDraft, today: Day): Pick<PersonFacts, 'idNumber' | 'bornOn' | 'sex'> {
  const typed = birthdayOf(draft.bornOn ?? null, today);
  const text = tidy(draft.idNumber);
  if (text === null) return { idNumber: null, bornOn: typed, sex: draft.sex ?? null };
  const read = identityIn(text, today);
  if (typed !== null && typed !== read.bornOn)
    throw new PersonInvalid('bornOn', '出生日期和身份证号码里的不一样');
  if (draft.sex && draft.sex !== read.sex) throw new PersonInvalid('sex', '性别和身份证号码里的不一样');
  return read;
}

function birthdayOf(text: string | null, today: Day): Day | null {
  if (text === null || text === '') return null;
  const read = parseDay(text);
  if (read === null || read < EARLIEST || read > today)
    throw new PersonInvalid('bornOn', '出生日期不对，请填成 1985-03-14 这样');
  return read;
}

function phoneOf(text: string | null): string | null {
  const typed = tidy(text);
  if (typed === null) return null;
  const read = readMobile(typed);
  if (!read.ok) throw new PersonInvalid('phone', '电话应为 11 位手机号码');
  return read.number;
}

function fitting(field: keyof typeof LONGEST, text: string | null | undefined): string | null {
  const tidied = tidy(text);
  const [label, most] = LONGEST[field];
  if ((tidied?.length ?? 0) > most) throw new PersonInvalid(field, `${label}最多 ${most} 个字`);
  return tidied;
}

function tidy(text: string | null | undefined): string | null {
  const trimmed = (text ?? '').normalize('NFKC').trim().replace(/\s+/gu, ' ');
  return trimmed === '' ? null : trimmed;
}

/** One key for one home: equal for all who live in it, null while the home itself is not known. */
export function addressKey({ community, grid, building, home }: Address): string | null {
  if (home === null) return null;
  return [community, grid, building, home].map((part) => (part ?? '').replace(/\s/gu, '')).join('/');
}

/** 三组 · 柳溪社区 · 2网格 · 3号楼 · 301 */
export function addressWords(group: string, { community, grid, building, home }: Address): string {
  return [group, community, grid, building, home].filter((part) => part !== null).join(' · ');
}
