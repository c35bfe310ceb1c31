import { maskName } from '../../kernel/chinese/name-mask.js';
import { readMobile } from '../../kernel/chinese/phone.js';
import { readUscc } from '../../kernel/chinese/uscc.js';
export { UNNAMED_DONOR } from '../../notices/domain/notice-words.js';
import { DonorNameUnfit, DonorPhoneInvalid, UsccInvalid, UsccMissing } from './donations.errors.js';

export const DONOR_KINDS = ['PERSON', 'COMPANY'] as const;
export type DonorKind = (typeof DONOR_KINDS)[number];

export const DONOR_KIND_WORDS: Readonly<Record<DonorKind, string>> = { PERSON: '个人', COMPANY: '单位' };

/** Whom a society lists its donors by. A targeted campaign asks within one group only (Charity Law, art. 29). */
export const DONOR_GROUPS = [
  'ENTERPRISE',
  'CARING',
  'RETIRED_CADRE',
  'OUTSIDE_ENTREPRENEUR',
  'MEMBER',
] as const;
export type DonorGroup = (typeof DONOR_GROUPS)[number];

export const DONOR_GROUP_WORDS: Readonly<Record<DonorGroup, string>> = {
  ENTERPRISE: '企业',
  CARING: '爱心人士',
  RETIRED_CADRE: '退休干部',
  OUTSIDE_ENTREPRENEUR: '在外创业人士',
  MEMBER: '本社会员',
};

export type DonorDraft = {
  readonly kind: DonorKind;
  readonly group: DonorGroup;
  readonly name: string;
  readonly uscc: string | null;
  readonly phone: string | null;
  /** Where the donor comes from, as far as he wants it said: a town or a village, never a street. */
  readonly homePlace: string | null;
  /** May the full name stand in public? Asked apart, and taken back at any time. */
  readonly publishesName: boolean;
};

/** A draft with its numbers read: USCC and phone as they are kept. */
export function donorOf(draft: DonorDraft): DonorDraft {
  return {
    ...draft,
    name: nameOf(draft.name),
    uscc: draft.kind === 'COMPANY' ? usccOf(draft.uscc) : null,
    ...contactOf(draft),
  };
}

/** How a donor is reached and where he comes from, as it is kept. */
export function contactOf({ phone, homePlace }: Contact): Contact {
  return {
    phone: phone === null ? null : phoneOf(phone),
    homePlace: homePlace === null ? null : tidy(homePlace),
  };
}

export type Contact = Pick<DonorDraft, 'phone' | 'homePlace'>;
type Reached = Contact & Pick<DonorDraft, 'kind'>;

/** Whether anybody among the records comes from somewhere: a company does not. */
export const hasHome = (records: readonly Pick<DonorDraft, 'kind'>[]): boolean =>
  records.some(({ kind }) => kind !== 'COMPANY');

/** What a donor is shown of several records of his: what the first has that has any. A company comes from nowhere. */
export function shownContact(records: readonly Reached[]): Contact {
  const homes = records.map(({ kind, homePlace }) => (kind === 'COMPANY' ? null : homePlace));
  return {
    phone: records.find(({ phone }) => phone !== null)?.phone ?? null,
    homePlace: homes.find((home) => home !== null) ?? null,
  };
}

/** What a record becomes when he wants another contact than he was shown; null where nothing of it changes. */
export function changedContact(record: Reached, shown: Contact, wanted: Contact): Contact | null {
  const keepsHome = record.kind === 'COMPANY' || wanted.homePlace === shown.homePlace;
  const phone = wanted.phone === shown.phone ? record.phone : wanted.phone;
  const homePlace = keepsHome ? record.homePlace : wanted.homePlace;
  return phone === record.phone && homePlace === record.homePlace ? null : { phone, homePlace };
}

/** A number in a name would stand wherever the name may stand: in lists, open books, pictures. */
function nameOf(typed: string): string {
  const name = tidy(typed);
  if (/\d{7,}/u.test(name.normalize('NFKC').replace(/[\s-]/gu, ''))) throw new DonorNameUnfit();
  return name;
}

function usccOf(typed: string | null): string {
  if (typed === null) throw new UsccMissing();
  const read = readUscc(typed);
  if (!read.ok) throw new UsccInvalid();
  return read.uscc;
}

function phoneOf(typed: string): string {
  const read = readMobile(typed);
  if (!read.ok) throw new DonorPhoneInvalid();
  return read.number;
}

/** How a donor stands in the lists of the society itself: a company by its name, a person masked (domain.md 1.5). */
export function shownName({ kind, name }: Pick<DonorDraft, 'kind' | 'name'>): string {
  return kind === 'COMPANY' ? name : maskName(name);
}

/** One space where several were typed. */
const tidy = (text: string): string => text.trim().replace(/\s+/gu, ' ');
