import type { FieldErrors, Typed } from '../platform/web/forms.js';

/*
 * One page of a round holds several forms that ask for alike things. No two fields of a page may have one name, since
 * labels and the links of the error summary point by it: so some are called otherwise on the page than in the form.
 */

/** A director who stayed away has no hand; on the page that must be said too, so that nobody is forgotten. */
export const ABSENT = 'absent';

/** The name of the radio buttons of one director. */
export const handField = (personId: string): string => `hand-${personId}`;

export const PHONE_FIELDS = { directorId: 'callerId', choice: 'said' } as const;
export const MEETING_FIELDS = { presiderId: 'meetingPresiderId', place: 'meetingPlace' } as const;

type Names = Readonly<Record<string, string>>;
type Body = Readonly<Record<string, unknown>>;

/** What was typed on the page, under the names of the form. */
export function asForm(body: Body, names: Names): Body {
  const renamed = Object.entries(names).map(([inForm, onPage]) => [inForm, body[onPage]] as const);
  return { ...body, ...Object.fromEntries(renamed) };
}

/** The faults of the form, under the names of the page. */
export function asPage(errors: FieldErrors, names: Names): FieldErrors {
  return Object.fromEntries(Object.entries(errors).map(([field, words]) => [names[field] ?? field, words]));
}

/** What was typed, without the names that the page gives to other fields. */
export function typedOnPage(typed: Typed, names: Names): Typed {
  return Object.fromEntries(Object.entries(typed).filter(([field]) => !(field in names)));
}
