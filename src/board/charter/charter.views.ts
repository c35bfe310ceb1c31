import { dayWords } from '../../kernel/chinese/words.js';
import type { Day } from '../../kernel/day.js';
import type { FieldErrors, Typed } from '../../platform/web/forms.js';
import { button, errorsOf, textField } from '../../platform/web/views.js';
import type {
  ButtonView,
  ErrorView,
  SummaryRow,
  TableView,
  TextFieldView,
} from '../../platform/web/views.js';
import { charterFields, charterRows } from '../../societies/index.js';
import type { Charter } from '../../societies/index.js';
import type { RuleMotionFacts } from '../motions/rule-motions.queries.js';
import { motionsTable } from '../motions/rule-motions.views.js';

type CharterFacts = {
  /** The newest first. */
  readonly charters: readonly Charter[];
  readonly motions: readonly RuleMotionFacts[];
  readonly today: Day;
  readonly mayPropose: boolean;
};

type VersionView = { readonly heading: string; readonly terms: readonly SummaryRow[] };

export type CharterView = {
  readonly title: string;
  readonly inForce: VersionView | null;
  readonly versions: readonly VersionView[];
  readonly motions: TableView;
  /** Absent while the board votes on one: one question at a time. */
  readonly propose: ButtonView | null;
  readonly voting: { readonly words: string; readonly href: string } | null;
};

export function charterView({ charters, motions, today, mayPropose }: CharterFacts): CharterView {
  const inForce = charters.find(({ validFrom }) => validFrom <= today);
  const voting = motions.find(({ state }) => state === 'VOTING');
  return {
    title: '章程',
    inForce: inForce ? versionOf(inForce, '现行章程') : null,
    versions: charters
      .filter((charter) => charter !== inForce)
      .map((charter) => versionOf(charter, charter.validFrom > today ? '将要生效' : '以前的章程')),
    motions: motionsTable(motions),
    propose: mayPropose && !voting ? button('修订章程', 'main', '/s/charter/motions/new') : null,
    voting: voting?.roundId
      ? {
          words: `第 ${voting.version} 版正在表决，通过以后自${dayWords(voting.validFrom)}起施行`,
          href: `/s/rounds/${voting.roundId}`,
        }
      : null,
  };
}

function versionOf(charter: Charter, heading: string): VersionView {
  const { version, validFrom } = charter;
  return {
    heading: `${heading}（第 ${version} 版，${dayWords(validFrom)}起）`,
    terms: charterRows(charter),
  };
}

export type NewCharterView = {
  readonly title: string;
  readonly action: string;
  readonly errors: readonly ErrorView[];
  readonly charter: ReturnType<typeof charterFields>;
  readonly why: TextFieldView;
};

export function newCharterView(earliest: Day, typed: Typed, errors: FieldErrors): NewCharterView {
  return {
    title: '修订章程',
    action: '/s/charter/motions',
    errors: errorsOf(errors),
    charter: charterFields(typed, errors, `表决截止以后才能生效，最早 ${dayWords(earliest)}`),
    why: textField('why', '为什么要修订？', typed, errors, {
      rows: 3,
      hint: '给理事看的，不上公示，不写姓名',
    }),
  };
}
