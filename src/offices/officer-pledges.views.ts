import { mayReadFile } from '../audit/index.js';
import type { Role } from '../kernel/actor.js';
import { dayWords } from '../kernel/chinese/words.js';
import { dayOf } from '../kernel/day.js';
import { CONSENT_WAY_WORDS, OFFICER_PLEDGE_WORDS } from '../people/index.js';
import type { FieldErrors, Typed } from '../platform/web/forms.js';
import { choiceField, errorsOf, fileField, row } from '../platform/web/views.js';
import type { ChoiceView, ErrorView, FileFieldView, SummaryRow } from '../platform/web/views.js';
import { OFFICE_WORDS } from './domain/office.js';
import type { PledgedTerm } from './officer-pledges.queries.js';

export type OfficerPledgeView = {
  readonly title: string;
  readonly errors: readonly ErrorView[];
  readonly words: readonly string[];
  readonly facts: readonly SummaryRow[];
  /** Null once it is signed, and for whoever may not record it. */
  readonly form: { readonly action: string; readonly how: ChoiceView; readonly sheet: FileFieldView } | null;
};

type Looking = {
  readonly isOwn: boolean;
  readonly recordsOthers: boolean;
  readonly roles: readonly Role[];
};

export function officerPledgeView(
  term: Pick<PledgedTerm, 'id' | 'office' | 'pledge' | 'dueOn'> & {
    readonly person: { readonly name: string };
  },
  { isOwn, recordsOthers, roles }: Looking,
  typed: Typed,
  errors: FieldErrors,
): OfficerPledgeView {
  const { person, office, pledge, dueOn } = term;
  const ways = [
    ...(isOwn ? [{ value: 'ON_SCREEN', label: '我看过了，在这里承诺' }] : []),
    { value: 'PAPER', label: '本人已经在纸上签字' },
  ];
  return {
    title: '诚信自律承诺书',
    errors: errorsOf(errors),
    words: OFFICER_PLEDGE_WORDS,
    facts: [
      row('谁', person.name),
      row('职务', OFFICE_WORDS[office]),
      ...(pledge === null
        ? [row('要在什么时候以前签', dayWords(dueOn))]
        : [
            row('签字', dayWords(dayOf(pledge.at))),
            row('怎么签的', CONSENT_WAY_WORDS[pledge.how]),
            row('哪一版文字', pledge.textVersion),
            ...(pledge.fileId === null || !mayReadFile('pledge', roles)
              ? []
              : [row('签字的照片', '打开', { href: `/s/files/${pledge.fileId}` })]),
          ]),
    ],
    form:
      pledge === null && (isOwn || recordsOthers)
        ? {
            action: `/s/offices/${term.id}/pledge`,
            how: choiceField('how', '怎么签的？', ways, { how: ways[0]?.value ?? 'PAPER', ...typed }, errors),
            sheet: fileField('sheet', '签字的照片', errors, { optional: true, camera: true }),
          }
        : null,
  };
}
