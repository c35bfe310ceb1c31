import type { Role } from '../kernel/actor.js';
import { instantShort } from '../kernel/chinese/words.js';
import type { FieldErrors, Typed } from '../platform/web/forms.js';
import { checkField, choiceField, fileField, selectField, textField } from '../platform/web/views.js';
import type {
  CheckView,
  ChoiceView,
  FileFieldView,
  SelectView,
  TextFieldView,
} from '../platform/web/views.js';
import type { RoundDirectorView, RoundView } from './board.queries.js';
import { DECLARED_REASONS, reasonWords } from './domain/electorate.js';
import { CHOICE_WORDS } from './domain/vote-words.js';
import { ABSENT, handField, MEETING_FIELDS, PHONE_FIELDS } from './round-fields.js';
import { wayWords } from './said.views.js';

/** A person who holds one of the two offices that may preside. */
export type PresiderOption = { readonly personId: string; readonly name: string; readonly title: string };

/** Who looks, when, and what was typed before. */
export type Looking = {
  readonly roles: readonly Role[];
  readonly personId: string | null;
  readonly now: Date;
  readonly presiders: readonly PresiderOption[];
  readonly typed: Typed;
  readonly errors: FieldErrors;
};

/** The one tap: three buttons, and a line for whoever says no. */
export type OwnFormView = {
  readonly action: string;
  /** 您投了“同意” 09:41 · 截止前可以改; what the office wrote down waits to be confirmed. */
  readonly standing: string;
  readonly why: TextFieldView;
  /** Three buttons alike: none of them is the one to press. */
  readonly choices: readonly { readonly value: string; readonly words: string }[];
};

export type PhoneFormView = {
  readonly action: string;
  readonly director: ChoiceView;
  readonly choice: ChoiceView;
  readonly isOpen: boolean;
};

export type HandsFormView = {
  readonly action: string;
  readonly presider: ChoiceView;
  readonly hands: readonly ChoiceView[];
  readonly place: TextFieldView;
  readonly sheet: FileFieldView;
  /** Who is left out, and why. */
  readonly leftOut: string;
  /** A second sheet puts the first right. */
  readonly again: boolean;
  readonly isOpen: boolean;
};

export type MeetingFormView = {
  readonly action: string;
  readonly present: CheckView;
  readonly outcome: ChoiceView;
  readonly presider: ChoiceView;
  readonly place: TextFieldView;
  readonly minutes: FileFieldView;
  readonly isOpen: boolean;
};

export type RecusalFormView = {
  readonly action: string;
  readonly director: ChoiceView;
  readonly reason: SelectView;
  /** Shown open where something in it has to be put right. */
  readonly isOpen: boolean;
};

const CHOICE_OPTIONS = [
  { value: 'yes', label: CHOICE_WORDS.yes },
  { value: 'no', label: CHOICE_WORDS.no },
  { value: 'abstain', label: CHOICE_WORDS.abstain },
];

const isElector = ({ reason }: RoundDirectorView): boolean => reason === null;
const hasOwnBallot = ({ choice, how }: RoundDirectorView): boolean => choice !== null && how === 'OWN';

/** Whom the office may write down: who has stood aside or voted for himself is left out. */
export function recordable(round: RoundView): RoundDirectorView[] {
  return round.directors.filter((director) => isElector(director) && !hasOwnBallot(director));
}

const optionsOf = (directors: readonly RoundDirectorView[]) =>
  directors.map(({ personId, name }) => ({ value: personId, label: name }));

/** Null for whoever is no elector of this round. */
export function ownForm(round: RoundView, { personId, typed, errors }: Looking): OwnFormView | null {
  const self = round.directors.find((director) => director.personId === personId && isElector(director));
  return self ? ownFormOf(self, `/s/rounds/${round.id}/ballots`, typed, errors) : null;
}

export function ownFormOf(
  self: RoundDirectorView,
  action: string,
  typed: Typed,
  errors: FieldErrors,
): OwnFormView {
  return {
    action,
    standing: standingWords(self),
    why: textField('why', '不同意的，可以写一句原因', typed, errors, {
      optional: true,
      rows: 2,
      hint: '只有秘书长、经办人和监事看得到，不进会议记录。',
    }),
    choices: CHOICE_OPTIONS.map(({ value, label }) => ({ value, words: label })),
  };
}

function standingWords({ choice, said }: RoundDirectorView): string {
  const last = said.at(-1);
  if (!last || choice === null) return '您还没有投。点一下就算投了，截止前可以改。';
  if (last.unconfirmed)
    return `秘书长按您在电话里说的，代您记了“${CHOICE_WORDS[choice]}”。请点一下您的选择，就算本人确认。`;
  const how = last.how === 'OWN' ? '您投了' : `${wayWords(last)}时您投了`;
  return `${how}“${CHOICE_WORDS[choice]}”（${instantShort(last.at)}），截止前可以改。`;
}

export function phoneForm(round: RoundView, { typed, errors }: Looking): PhoneFormView | null {
  const directors = recordable(round);
  if (directors.length === 0) return null;
  const { directorId, choice } = PHONE_FIELDS;
  const takesBack = directors.some(({ unconfirmed }) => unconfirmed);
  const options = [...CHOICE_OPTIONS, ...(takesBack ? [{ value: 'none', label: '记错了，撤回' }] : [])];
  return {
    action: `/s/rounds/${round.id}/ballots`,
    director: choiceField(directorId, '哪位理事在电话里说的？', optionsOf(directors), typed, errors),
    choice: choiceField(choice, '他怎么说？', options, typed, errors, { tiles: true }),
    isOpen: directorId in errors || choice in errors,
  };
}

export function handsForm(round: RoundView, { presiders, typed, errors }: Looking): HandsFormView | null {
  const directors = recordable(round);
  if (directors.length === 0) return null;
  const hands = [...CHOICE_OPTIONS, { value: ABSENT, label: '没到' }];
  return {
    action: `/s/rounds/${round.id}/show-of-hands`,
    hands: directors.map(({ personId, name }) =>
      choiceField(handField(personId), name, hands, typed, errors, { tiles: true }),
    ),
    presider: choiceField(
      'presiderId',
      '谁主持，谁在签到表上签字？',
      presiderOptions(presiders),
      typed,
      errors,
      { hint: '理事长主持；理事长回避或没到时，由副理事长主持。主持人签字，就是同意付这笔钱。' },
    ),
    place: textField('place', '在哪里开的会？', typed, errors, { optional: true }),
    sheet: fileField('sheet', '签到表照片', errors, {
      hint: '把主持人签好字的签到表平放，拍清楚。',
      camera: true,
    }),
    leftOut: leftOutWords(round),
    again: round.metAt !== null,
    isOpen:
      round.metAt === null ||
      ['presiderId', 'sheet', ...directors.map(({ personId }) => handField(personId))].some(
        (field) => field in errors,
      ),
  };
}

function leftOutWords({ directors }: RoundView): string {
  const names = directors.filter(hasOwnBallot).map(({ name }) => name);
  return names.length === 0 ? '' : `${names.join('、')}已经自己投了票，不用再记。`;
}

export function meetingForm(round: RoundView, looking: Looking): MeetingFormView | null {
  const directors = recordable(round);
  if (directors.length === 0) return null;
  const { presiders, typed, errors } = looking;
  const { presiderId, place } = MEETING_FIELDS;
  return {
    action: `/s/rounds/${round.id}/joint-meeting`,
    present: checkField('presentIds[]', '谁到会，在会议记录上签了字？', optionsOf(directors), typed, errors),
    outcome: choiceField(
      'outcome',
      '大家签字的结果',
      [
        { value: 'approved', label: '同意' },
        { value: 'rejected', label: '不同意' },
      ],
      typed,
      errors,
      { tiles: true, hint: '到会的人都算这一个结果；意见不一样的，请记举手。' },
    ),
    presider: choiceField(presiderId, '谁主持？', presiderOptions(presiders), typed, errors),
    place: textField(place, '在哪里开的会？', typed, errors, { optional: true }),
    minutes: fileField('minutes', '会议记录照片', errors, {
      hint: '到会的人都签了字的那一页，拍清楚。',
      camera: true,
    }),
    isOpen: ['presentIds', 'outcome', presiderId, 'minutes'].some((field) => field in errors),
  };
}

function presiderOptions(presiders: readonly PresiderOption[]) {
  return presiders.map(({ personId, name, title }) => ({ value: personId, label: `${name}（${title}）` }));
}

export function recusalForm(round: RoundView, looking: Looking, office: boolean): RecusalFormView | null {
  const free = round.directors.filter(
    (director) => isElector(director) && (office || director.personId === looking.personId),
  );
  const [only] = free;
  if (!only) return null;
  const { typed, errors } = looking;
  return {
    action: `/s/rounds/${round.id}/recusals`,
    isOpen: 'directorId' in errors || 'reason' in errors,
    director: choiceField(
      'directorId',
      '哪位理事回避？',
      optionsOf(free),
      free.length === 1 ? { directorId: only.personId, ...typed } : typed,
      errors,
    ),
    reason: reasonField(typed, errors),
  };
}

export function reasonField(typed: Typed, errors: FieldErrors): SelectView {
  const reasons = DECLARED_REASONS.map((reason) => ({ value: reason, label: reasonWords(reason) }));
  return selectField('reason', '为什么回避？', [{ value: '', label: '请选择' }, ...reasons], typed, errors);
}
