import { dayWords, instantShort } from '../../kernel/chinese/words.js';
import { dayOf, daysBetween } from '../../kernel/day.js';
import type { Day } from '../../kernel/day.js';
import { yuanText } from '../../kernel/fen.js';
import type { Fen } from '../../kernel/fen.js';
import { POOL, purseName, UNCLAIMED } from '../../ledger/index.js';
import type { PurseRow } from '../../ledger/index.js';
import type { FieldErrors, Typed } from '../../platform/web/forms.js';
import {
  amountField,
  button,
  checkField,
  choiceField,
  dayField,
  errorsOf,
  row,
  selectField,
  table,
  tag,
  textField,
} from '../../platform/web/views.js';
import type {
  AmountFieldView,
  ButtonView,
  CheckView,
  ChoiceView,
  ErrorView,
  SelectView,
  SummaryRow,
  TableView,
  TagView,
  TextFieldView,
} from '../../platform/web/views.js';
import type { Charter, Society } from '../../societies/index.js';
import { PURPOSE_OPTIONS } from '../gifts/gifts.views.js';
import type { CampaignRow, CertificateRow, ReportRow } from './campaign.queries.js';
import {
  CAMPAIGN_KIND_WORDS,
  CAMPAIGN_LAW,
  certificateOn,
  nextReport,
  REPORT_KIND_WORDS,
} from '../domain/campaign.js';
import type { CampaignFigures } from '../domain/campaign.js';
import { DONOR_GROUP_WORDS } from '../domain/donor.js';
import { INTENT_WORDS } from '../domain/gift.js';
import type { Intent } from '../domain/gift.js';

export const CAMPAIGNS = '/s/campaigns';
export const CERTIFICATES = `${CAMPAIGNS}/certificates`;

const yuan = (amount: Fen): string => `${yuanText(amount)} 元`;

export function campaignTag({ state, startsOn, endsOn }: CampaignRow, today: Day): TagView {
  if (state === 'CANCELLED') return tag('grey', '没有开展');
  if (state === 'REPORTED') return tag('grey', '已经结束，全部公布了');
  if (today < startsOn) return tag('blue', '还没开始');
  return today > endsOn ? tag('yellow', '已经结束，等全面公布') : tag('green', '正在募捐');
}

export type CampaignsView = {
  readonly title: string;
  readonly certificate: { readonly words: string; readonly isHeld: boolean; readonly href: string };
  readonly actions: readonly ButtonView[];
  readonly campaigns: TableView;
  /** For whoever may tell other programs of gifts. */
  readonly webhooks: string | null;
};

export function campaignsView(facts: {
  readonly campaigns: readonly CampaignRow[];
  readonly certificates: readonly CertificateRow[];
  readonly mayKeep: boolean;
  readonly today: Day;
}): CampaignsView {
  const { campaigns, certificates, today } = facts;
  const held = certificateOn(certificates, today);
  return {
    title: '募捐活动',
    certificate: {
      isHeld: held !== null,
      href: CERTIFICATES,
      words: held
        ? `有公开募捐资格，证书 ${held.number}，有效期到 ${dayWords(held.validUntil)}。`
        : '没有公开募捐资格：只能面向本社发起人、理事、会员定向募捐，不能向社会公开募捐。',
    },
    webhooks: facts.mayKeep ? '/s/webhooks' : null,
    actions: facts.mayKeep ? [button('开展募捐活动', 'main', `${CAMPAIGNS}/new`)] : [],
    campaigns: table(
      '募捐活动',
      ['名称', '类别', '日期', '目标（元）:', '现在'],
      campaigns.map((campaign) => [
        { words: campaign.name, href: `${CAMPAIGNS}/${campaign.id}` },
        CAMPAIGN_KIND_WORDS[campaign.kind],
        `${campaign.startsOn} 至 ${campaign.endsOn}`,
        yuanText(campaign.targetFen),
        { words: '', tag: campaignTag(campaign, today) },
      ]),
      '还没有开展过募捐活动。',
    ),
  };
}

export type NewCampaignView = {
  readonly title: string;
  readonly action: string;
  readonly back: string;
  readonly errors: readonly ErrorView[];
  readonly refusal: { readonly message: string; readonly advice: string } | null;
  readonly kind: ChoiceView;
  readonly name: TextFieldView;
  readonly purposeWords: TextFieldView;
  readonly target: AmountFieldView;
  readonly startsOn: TextFieldView;
  readonly endsOn: TextFieldView;
  readonly intent: ChoiceView;
  readonly purpose: SelectView;
  readonly purse: SelectView | null;
  readonly planNumber: TextFieldView;
  readonly planFiledOn: TextFieldView;
  readonly isDisaster: CheckView;
  readonly adminPercent: TextFieldView;
};

type NewCampaignFacts = {
  readonly purses: readonly PurseRow[];
  readonly typed: Typed;
  readonly errors: FieldErrors;
  readonly refusal?: { readonly message: string; readonly advice: string } | null;
};

export function newCampaignView({
  purses,
  typed,
  errors,
  refusal = null,
}: NewCampaignFacts): NewCampaignView {
  const own = purses.filter(({ fund }) => fund !== POOL.fund && fund !== UNCLAIMED.fund);
  const intents: readonly Intent[] =
    own.length > 0 ? ['UNRESTRICTED', 'PURPOSE', 'FUND', 'PROJECT'] : ['UNRESTRICTED', 'PURPOSE'];
  return {
    title: '开展募捐活动',
    action: CAMPAIGNS,
    back: CAMPAIGNS,
    errors: errorsOf(errors),
    refusal,
    kind: choiceField(
      'kind',
      '向谁募捐？',
      [
        { value: 'TARGETED', label: '定向募捐', hint: '只面向本社发起人、理事、会员' },
        { value: 'PUBLIC', label: '公开募捐', hint: '面向社会，要有公开募捐资格，方案要先备案' },
      ],
      typed,
      errors,
    ),
    name: textField('name', '活动名称', typed, errors, { hint: '如 柳溪村冬季助学募捐' }),
    purposeWords: textField('purposeWords', '募捐用来做什么', typed, errors, {
      rows: 4,
      hint: '大家都能看到。写清用途，不写受助人姓名；不能写摊派、按户出钱这样的话',
    }),
    target: amountField('targetFen', '目标一共多少？', typed, errors, { hint: '整个活动的目标，不分到各户' }),
    startsOn: dayField('startsOn', '开始日期', typed, errors),
    endsOn: dayField('endsOn', '结束日期', typed, errors),
    intent: choiceField(
      'intent',
      '钱记在哪里？',
      intents.map((value) => ({
        value,
        label: value === 'UNRESTRICTED' ? '救急难池' : INTENT_WORDS[value],
      })),
      typed,
      errors,
    ),
    purpose: selectField('purpose', '用途', PURPOSE_OPTIONS, typed, errors, {
      optional: true,
      hint: '选“指定一种用途”才选',
    }),
    purse:
      own.length > 0
        ? selectField(
            'purseId',
            '基金或项目',
            [
              { value: '', label: '没有指定' },
              ...own.map((purse) => ({ value: purse.id, label: purseName(purse) })),
            ],
            typed,
            errors,
          )
        : null,
    ...publicFields(typed, errors),
  };
}

/** What a public campaign needs besides. */
function publicFields(
  typed: Typed,
  errors: FieldErrors,
): Pick<NewCampaignView, 'planNumber' | 'planFiledOn' | 'isDisaster' | 'adminPercent'> {
  return {
    planNumber: textField('planNumber', '募捐方案备案编号', typed, errors, {
      optional: true,
      hint: `公开募捐要填：方案在开始 ${CAMPAIGN_LAW.planDaysBefore} 天以前向民政备案`,
    }),
    planFiledOn: dayField('planFiledOn', '备案日期', typed, errors, { optional: true }),
    isDisaster: checkField(
      'isDisaster',
      '应对突发事件',
      [
        {
          value: 'yes',
          label: '是自然灾害、事故灾难这样的突发事件',
          hint: `可以马上开始，${CAMPAIGN_LAW.planDaysAfterDisaster} 天内补备案，每 ${CAMPAIGN_LAW.disasterReportDays} 天公布一次`,
        },
      ],
      typed,
      errors,
      { optional: true },
    ),
    adminPercent: textField('adminPercent', '管理费', typed, errors, {
      optional: true,
      short: true,
      inputmode: 'numeric',
      suffix: '%',
      hint: `方案里写了才能提，最多 ${CAMPAIGN_LAW.mostAdminPercent}%；不提就空着`,
    }),
  };
}

type Figures = readonly { readonly label: string; readonly value: string }[];

export function figuresRow(figures: CampaignFigures): Figures {
  return [
    { label: '收到', value: yuan(figures.receivedFen) },
    { label: '捐赠', value: `${figures.gifts} 笔` },
    { label: '用出去', value: yuan(figures.usedFen) },
    { label: '还没用', value: yuan(figures.unspentFen) },
    ...(figures.refundedFen > 0 ? [{ label: '退还', value: yuan(figures.refundedFen) }] : []),
    ...(figures.goodsFen > 0 ? [{ label: '物资折价', value: yuan(figures.goodsFen) }] : []),
  ];
}

function factsOf(campaign: CampaignRow): SummaryRow[] {
  const { kind, donorGroup, planNumber, planFiledOn, certificateNumber, adminPercent } = campaign;
  return [
    row('类别', CAMPAIGN_KIND_WORDS[kind]),
    ...(donorGroup === null
      ? []
      : [row('面向', `本社发起人、理事、会员（登记为“${DONOR_GROUP_WORDS[donorGroup]}”的捐赠人）`)]),
    row('日期', `${dayWords(campaign.startsOn)}至${dayWords(campaign.endsOn)}`),
    row('目标', yuan(campaign.targetFen)),
    row('钱记在', purseName(campaign)),
    ...(kind === 'PUBLIC'
      ? [
          row('募捐资格', certificateNumber ?? ''),
          row(
            '方案备案',
            planNumber === null || planFiledOn === null
              ? '突发事件募捐，还没补备案'
              : `${planNumber}（${dayWords(planFiledOn)}）`,
          ),
        ]
      : []),
    row('管理费', adminPercent === 0 ? '不提取' : `最多 ${adminPercent}%`),
    ...(campaign.endReason === null ? [] : [row('提前结束', campaign.endReason)]),
  ];
}

export type ReportView = {
  readonly title: string;
  readonly at: string;
  readonly figures: Figures;
  readonly words: string;
};

function reportView({ number, kind, untilOn, figures, words, publishedAt }: ReportRow): ReportView {
  return {
    title: `第 ${number} 次公布（${REPORT_KIND_WORDS[kind]}）`,
    at: `截至 ${dayWords(untilOn)}，${instantShort(publishedAt)} 公布`,
    figures: figuresRow(figures),
    words,
  };
}

export type CampaignView = {
  readonly title: string;
  readonly back: string;
  readonly state: TagView;
  readonly errors: readonly ErrorView[];
  readonly purposeWords: string;
  readonly facts: readonly SummaryRow[];
  readonly figures: Figures;
  readonly publicHref: string;
  readonly due: string | null;
  readonly reports: readonly ReportView[];
  readonly report: {
    readonly action: string;
    readonly lead: string;
    readonly words: TextFieldView;
    readonly button: string;
  } | null;
  readonly plan: {
    readonly action: string;
    readonly planNumber: TextFieldView;
    readonly planFiledOn: TextFieldView;
  } | null;
  readonly end: { readonly action: string; readonly reason: TextFieldView; readonly button: string } | null;
};

export type CampaignFacts = {
  readonly campaign: CampaignRow;
  readonly figures: CampaignFigures;
  readonly reports: readonly ReportRow[];
  readonly today: Day;
  readonly mayKeep: boolean;
  readonly mayReport: boolean;
  readonly typed: Typed;
  readonly errors: FieldErrors;
};

export function campaignView(facts: CampaignFacts): CampaignView {
  const { campaign, reports, today, mayKeep, mayReport, typed, errors } = facts;
  const isOpen = campaign.state === 'OPEN';
  const hasBegun = today >= campaign.startsOn;
  const isOver = today > campaign.endsOn;
  const at = `${CAMPAIGNS}/${campaign.id}`;
  const lastOn = reports[0]?.untilOn ?? null;
  const next = nextReport(campaign, lastOn);
  return {
    title: campaign.name,
    back: CAMPAIGNS,
    state: campaignTag(campaign, today),
    errors: errorsOf(errors),
    purposeWords: campaign.purposeWords,
    facts: factsOf(campaign),
    figures: figuresRow(facts.figures),
    publicHref: `/c/${campaign.code}`,
    due: isOpen
      ? `${REPORT_KIND_WORDS[next.kind]}最晚 ${dayWords(next.dueOn)}（${daysWords(today, next.dueOn)}）。`
      : null,
    reports: reports.map(reportView),
    report:
      mayReport && isOpen && hasBegun
        ? {
            action: `${at}/reports`,
            lead: isOver
              ? '活动结束了。公布以后就不再变，先核对还有没有没记的捐赠。'
              : '收到多少、用了多少，照账上现在的数公布，不用自己填。',
            words: textField('words', '说明', typed, errors, {
              optional: true,
              rows: 3,
              hint: '比如钱用在哪些事上。不写受助人姓名',
            }),
            button: isOver ? '全面公布' : '公布现在的情况',
          }
        : null,
    plan:
      mayKeep && campaign.kind === 'PUBLIC' && campaign.planNumber === null && isOpen
        ? {
            action: `${at}/plan`,
            planNumber: textField('planNumber', '备案编号', typed, errors),
            planFiledOn: dayField('planFiledOn', '备案日期', typed, errors),
          }
        : null,
    end:
      mayKeep && isOpen && !isOver && today < campaign.endsOn
        ? {
            action: `${at}/end`,
            reason: textField('reason', hasBegun ? '为什么提前结束' : '为什么不开展了', typed, errors, {
              hint: '会写在公开的页面上，不要写人名、病情和电话',
            }),
            button: hasBegun ? '今天就结束' : '不开展了',
          }
        : null,
  };
}

function daysWords(today: Day, dueOn: Day): string {
  const days = daysBetween(today, dueOn);
  if (days === 0) return '今天到期';
  return days > 0 ? `还有 ${days} 天` : `已超 ${-days} 天`;
}

export type CertificatesView = {
  readonly title: string;
  readonly back: string;
  readonly errors: readonly ErrorView[];
  readonly certificates: TableView;
  readonly note: string | null;
  readonly set: {
    readonly action: string;
    readonly society: SelectView;
    readonly number: TextFieldView;
    readonly validFrom: TextFieldView;
    readonly validUntil: TextFieldView;
  } | null;
  readonly end: {
    readonly action: string;
    readonly society: SelectView;
    readonly from: TextFieldView;
  } | null;
};

export type CertificatesFacts = {
  readonly certificates: readonly CertificateRow[];
  /** Whose certificates may be entered here; none where it is no federation, or not its chair. */
  readonly societies: readonly Pick<Society, 'id' | 'name'>[];
  readonly typed: Typed;
  readonly errors: FieldErrors;
};

export function certificatesView({
  certificates,
  societies,
  typed,
  errors,
}: CertificatesFacts): CertificatesView {
  const options = societies.map(({ id, name }) => ({ value: id, label: name }));
  const holders = options.filter(({ value }) => certificates.some(({ societyId }) => societyId === value));
  return {
    title: '公开募捐资格证书',
    back: CAMPAIGNS,
    errors: errorsOf(errors),
    certificates: table(
      '证书',
      ['组织', '证书编号', '有效期', '现在'],
      certificates.map((version) => [
        version.societyName,
        version.number,
        `${version.validFrom} 至 ${version.validUntil}`,
        { words: '', tag: version.kind === 'GIVEN' ? tag('green', '登记') : tag('red', '失效') },
      ]),
      '没有登记过公开募捐资格证书。',
    ),
    note: societies.length > 0 ? null : '证书由慈善总会的会长登记。',
    set:
      societies.length > 0
        ? {
            action: CERTIFICATES,
            society: selectField('societyId', '哪个组织的证书？', options, typed, errors),
            number: textField('number', '证书编号', typed, errors),
            validFrom: dayField('validFrom', '有效期开始', typed, errors),
            validUntil: dayField('validUntil', '有效期截止', typed, errors),
          }
        : null,
    end:
      holders.length > 0
        ? {
            action: `${CERTIFICATES}/end`,
            society: selectField('holderId', '哪个组织的证书？', holders, typed, errors),
            from: dayField('from', '从哪天起失效？', typed, errors),
          }
        : null,
  };
}

export type PublicCampaignView = {
  readonly title: string;
  readonly publicPhone: string;
  readonly society: string;
  readonly state: TagView;
  readonly isTargeted: boolean;
  readonly purposeWords: string | null;
  readonly facts: readonly SummaryRow[];
  readonly updated: string;
  readonly latest: ReportView | null;
  readonly earlier: readonly ReportView[];
  readonly contact: readonly SummaryRow[];
};

export type PublicCampaignFacts = {
  readonly campaign: CampaignRow;
  readonly reports: readonly ReportRow[];
  readonly society: Society;
  readonly charter: Charter;
  readonly now: Date;
};

/** What everybody may read of a campaign: who raises by which right, and what was published. A targeted one appeals to nobody here. */
export function publicCampaignView(facts: PublicCampaignFacts): PublicCampaignView {
  const { campaign, reports, society, charter } = facts;
  const today = dayOf(facts.now);
  const [latest, ...earlier] = reports;
  const isTargeted = campaign.kind === 'TARGETED';
  return {
    title: campaign.name,
    publicPhone: charter.publicContactPhone,
    society: society.name,
    state: campaignTag(campaign, today),
    isTargeted,
    purposeWords: isTargeted ? null : campaign.purposeWords,
    facts: factsOf(campaign),
    updated: latest
      ? `最近一次公布：${dayWords(dayOf(latest.publishedAt))}（${agoWords(dayOf(latest.publishedAt), today)}）`
      : '还没有公布过收支情况。',
    latest: latest ? reportView(latest) : null,
    earlier: earlier.map(reportView),
    contact: [
      row('有疑问找谁', charter.publicContactOffice),
      row('电话', charter.publicContactPhone, {
        href: `tel:${charter.publicContactPhone.replace(/[^\d+]/g, '')}`,
      }),
      row('地址', charter.publicContactAddress),
    ],
  };
}

function agoWords(on: Day, today: Day): string {
  const days = daysBetween(on, today);
  return days === 0 ? '今天' : `${days} 天前`;
}
