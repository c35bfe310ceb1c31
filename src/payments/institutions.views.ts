import { dayWords } from '../kernel/chinese/words.js';
import { dayOf } from '../kernel/day.js';
import type { FieldErrors, Typed } from '../platform/web/forms.js';
import { button, errorsOf, textField } from '../platform/web/views.js';
import type { ButtonView, TextFieldView } from '../platform/web/views.js';
import type { Institution } from './institutions.queries.js';

export const INSTITUTIONS = '/s/payments/institutions';

/** The one institution whose ending is to be confirmed, and how many orders wait to be paid to it. */
export type Ending = { readonly institutionId: string; readonly waiting: number };

export type InstitutionsFacts = {
  readonly institutions: readonly Institution[];
  readonly mayKeep: boolean;
  readonly ending: Ending | null;
};

export type InstitutionsView = {
  readonly title: string;
  readonly add: ButtonView | null;
  readonly inUse: readonly {
    readonly name: string;
    readonly account: string;
    readonly since: string;
    /** Leads to the question whether to end it; null for whoever may not. */
    readonly end: string | null;
    readonly confirm: { readonly action: string; readonly warning: string; readonly back: string } | null;
  }[];
  readonly ended: readonly string[];
  readonly nothing: { readonly words: string; readonly actions: readonly ButtonView[] };
};

const accountWords = ({ bankName, accountTail }: Institution) => `${bankName} 尾号 ${accountTail}`;

export function institutionsView({ institutions, mayKeep, ending }: InstitutionsFacts): InstitutionsView {
  return {
    title: '收款机构',
    add: mayKeep ? button('登记收款机构', 'main', `${INSTITUTIONS}/new`) : null,
    inUse: institutions
      .filter(({ endedAt }) => endedAt === null)
      .map((institution) => {
        const isEnding = mayKeep && ending?.institutionId === institution.id;
        return {
          name: institution.name,
          account: accountWords(institution),
          since: `${dayWords(dayOf(institution.createdAt))}登记`,
          end: mayKeep && !isEnding ? `${INSTITUTIONS}?end=${institution.id}` : null,
          confirm: isEnding
            ? {
                action: `${INSTITUTIONS}/${institution.id}/end`,
                warning: endingWords(ending.waiting),
                back: INSTITUTIONS,
              }
            : null,
        };
      }),
    ended: institutions.flatMap((institution) =>
      institution.endedAt === null
        ? []
        : [`${institution.name}，${accountWords(institution)}，${dayWords(dayOf(institution.endedAt))}停用`],
    ),
    nothing: { words: '还没有在用的收款机构。', actions: [] },
  };
}

function endingWords(waiting: number): string {
  const after = '停用以后，不能再打款到这个账户；以前打过的不变。';
  return waiting === 0 ? after : `${after}还有 ${waiting} 张付款单等着打到这里，要先改到别的机构才能打款。`;
}

export type NewInstitutionView = {
  readonly title: string;
  readonly action: string;
  readonly back: string;
  readonly errors: ReturnType<typeof errorsOf>;
  readonly name: TextFieldView;
  readonly bankName: TextFieldView;
  readonly accountNumber: TextFieldView;
};

export function newInstitutionView(typed: Typed, errors: FieldErrors): NewInstitutionView {
  return {
    title: '登记收款机构',
    action: INSTITUTIONS,
    back: INSTITUTIONS,
    errors: errorsOf(errors),
    name: textField('name', '机构名称', typed, errors, {
      hint: '写全称，要和银行户名一字不差，如 演示县人民医院',
    }),
    bankName: textField('bankName', '开户银行', typed, errors, {
      hint: '写到支行，如 农业银行演示县支行',
    }),
    accountNumber: textField('accountNumber', '账号', typed, errors, {
      secret: true,
      inputmode: 'numeric',
      hint: '8 至 32 位数字，登记以后只显示后四位',
    }),
  };
}
