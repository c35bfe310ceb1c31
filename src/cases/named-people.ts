import { isUUID } from 'class-validator';
import { RESIDENCES } from '../people/domain/person.js';
import type { PeopleQueries, PersonSummary } from '../people/index.js';
import { textIn } from '../platform/web/forms.js';
import type { FieldErrors, Typed } from '../platform/web/forms.js';
import type { AmendmentForm } from './changes.forms.js';
import type { NeedTyped } from './drafts.service.js';
import { FieldFaults } from './intake.faults.js';
import { ANOTHER_PERSON, NEW_PERSON, NOBODY_YET } from './intake.views.js';

/** Whom the first page means, or what the page has to ask back. */
export type Applicant =
  | { readonly found: NeedTyped['applicant'] }
  | { readonly matches: readonly PersonSummary[] | null; readonly errors: FieldErrors };

const MOST_CHOICES = 8;

/** The one whose id came with the name, or the only one of that name; else the list to pick from. No script needed. */
export async function applicantIn(
  people: PeopleQueries,
  societyId: string,
  typed: Typed,
): Promise<Applicant> {
  const [pick, who] = [textIn(typed, 'pick'), textIn(typed, 'who')];
  if (isUUID(pick)) return { found: { personId: (await people.person(societyId, pick)).id } };
  if ([NEW_PERSON, ANOTHER_PERSON].includes(pick) || 'newGroup' in typed) return newApplicant(typed, pick);
  const suggested = textIn(typed, 'applicantId');
  if (isUUID(suggested)) {
    const { id, name } = await people.person(societyId, suggested);
    if (who.startsWith(name)) return { found: { personId: id } };
  }
  if (who === '') return { matches: null, errors: { who: '请填写谁遇到了困难' } };
  const matches = await people.search(societyId, who, MOST_CHOICES);
  const [only, ...others] = matches;
  if (only && others.length === 0) return { found: { personId: only.id } };
  const pickWords = only ? '有几个人对得上，请选是哪一位' : '名册里没有找到，请核对名字，或选“不在名单里”';
  return { matches, errors: { pick: pickWords } };
}

/** The few things that must be known of somebody who is not on the list; the number may follow (D4-50). */
function newApplicant(typed: Typed, pick: string): Applicant {
  const text = (name: string) => textIn(typed, name);
  const required = {
    who: [text('who'), '请填写姓名'],
    newGroup: [text('newGroup'), '请填写住在哪个组，如 三组'],
    newResidence: [text('newResidence'), '请选户口是不是在本村'],
  } as const;
  const missing = Object.entries(required).filter(([, [value]]) => value === '');
  if (missing.length > 0)
    return { matches: null, errors: Object.fromEntries(missing.map(([name, [, words]]) => [name, words])) };
  const residence = RESIDENCES.find((each) => each === text('newResidence'));
  if (!residence) return { matches: null, errors: { newResidence: required.newResidence[1] } };
  const person = {
    name: text('who'),
    group: text('newGroup'),
    idNumber: text('newIdNumber') || null,
    bornOn: text('newBornOn') || null,
    phone: text('newPhone') || null,
    residence,
  };
  return { found: { person, isAnother: pick === ANOTHER_PERSON } };
}

/** Whom the money goes to: the applicant, the guardian of the register, or the one person of that name. */
export async function payeeNamed(
  people: PeopleQueries,
  { societyId }: { readonly societyId: string },
  applicant: PersonSummary,
  { payeeRelation, payeeId, payeeName = '' }: AmendmentForm,
): Promise<string> {
  if (payeeRelation === 'SELF') return applicant.id;
  if (payeeId !== undefined) return payeeId;
  if (payeeRelation === 'GUARDIAN' && applicant.guardianId !== null) return applicant.guardianId;
  if (payeeName === '') throw new FieldFaults({ payeeName: '请填写收款人的姓名' });
  const [only, ...others] = await people.search(societyId, payeeName, MOST_CHOICES);
  if (!only) throw new FieldFaults({ payeeName: '名册里没有找到这个人，请先登记' });
  if (others.length > 0) throw new FieldFaults({ payeeName: '有几个人对得上，请写全名或电话后四位' });
  return only.id;
}

/** Ticked holders and the one written by name; nobody, where the page says that nobody has gone yet. */
export async function visitorsIn(
  people: PeopleQueries,
  societyId: string,
  ticked: readonly string[],
  other: string,
): Promise<string[]> {
  const ids = ticked.filter((id) => id !== NOBODY_YET);
  if (ids.some((id) => !isUUID(id))) throw new FieldFaults({ visitors: '请重新选谁去看过' });
  if (other !== '') ids.push(await visitorNamed(people, societyId, other));
  const nobodyYet = ticked.includes(NOBODY_YET);
  if (nobodyYet && ids.length > 0) throw new FieldFaults({ visitors: '选了人，就不要再选“还没去看”' });
  if (!nobodyYet && ids.length === 0) throw new FieldFaults({ visitors: '请选谁去看过' });
  return ids;
}

async function visitorNamed(people: PeopleQueries, societyId: string, text: string): Promise<string> {
  const [only, ...others] = await people.search(societyId, text, MOST_CHOICES);
  if (!only) throw new FieldFaults({ otherVisitor: '名册里没有找到这个人' });
  if (others.length > 0) throw new FieldFaults({ otherVisitor: '有几个人对得上，请写全名或电话后四位' });
  return only.id;
}
