import { CAUSE_WORDS } from '../kernel/causes.js';
import { yuanShort } from '../kernel/fen.js';
import type { FieldErrors } from '../platform/web/forms.js';
import { dotted, errorsOf, tag } from '../platform/web/views.js';
import type { Colour, ErrorView, TagView } from '../platform/web/views.js';
import type { ReliefState } from './domain/relief-procedure.js';
import { RELIEF_STATE_WORDS } from './domain/relief-words.js';
import type { About } from './relief.reading.js';

/** Colour goes with words, never alone: yellow waits for us, blue runs, green is done, red is a no, grey is over. */
const COLOURS: Readonly<Record<ReliefState, Colour>> = {
  SUBMITTED: 'yellow',
  POLICY_CHECKED: 'yellow',
  VERIFIED: 'yellow',
  ASSESSED: 'yellow',
  REVIEWED: 'yellow',
  RETURNED: 'yellow',
  PANEL: 'blue',
  PRE_NOTICE: 'blue',
  OBJECTION_HOLD: 'red',
  APPROVED: 'yellow',
  PAID: 'green',
  REFUND_DUE: 'red',
  CLOSED: 'grey',
  REJECTED: 'red',
  LAPSED: 'red',
  WITHDRAWN: 'grey',
  TERMINATED: 'grey',
};

export const stateTag = (state: ReliefState): TagView => tag(COLOURS[state], RELIEF_STATE_WORDS[state]);

/** 张*三 · 突发疾病 · 费用 995,400 元 */
export function titleOf({ known, applicant }: About): string {
  const { cause, grantFen, totalFen } = known;
  const amount = grantFen === null ? `费用 ${yuanShort(totalFen)} 元` : `救助 ${yuanShort(grantFen)} 元`;
  return dotted(`${applicant.maskedName} · ${CAUSE_WORDS[cause]} · ${amount}`);
}

/** A form about one case: what it is called, where it goes back to, and which case it means. */
export type FormView = {
  readonly title: string;
  readonly back: string;
  readonly lead: string;
  readonly action: string;
  readonly errors: readonly ErrorView[];
};

export function formOf(about: About, title: string, path: string, errors: FieldErrors): FormView {
  const back = `/s/relief/${about.known.id}`;
  return {
    title,
    back,
    lead: `${about.known.text} ${titleOf(about)}`,
    action: `${back}/${path}`,
    errors: errorsOf(errors),
  };
}

export const options = <Value extends string>(
  values: readonly Value[],
  words: Readonly<Record<Value, string>>,
) => values.map((value) => ({ value, label: words[value] }));

/** A refusal has one name for its field; a page may ask for the same thing under another. */
export function renamed(errors: FieldErrors, names: Readonly<Record<string, string>>): FieldErrors {
  return Object.fromEntries(Object.entries(errors).map(([field, words]) => [names[field] ?? field, words]));
}
