import { instantShort } from '../kernel/chinese/words.js';
import { groupsOfHash } from '../platform/pdf/printer.js';
import type { FieldErrors, Typed } from '../platform/web/forms.js';
import { errorsOf, row, table, textField } from '../platform/web/views.js';
import type {
  ErrorView,
  LinkView,
  SummaryRow,
  TableView,
  TagView,
  TextFieldView,
} from '../platform/web/views.js';
import type { Charter, Society } from '../societies/index.js';
import { stateWordsOf } from './domain/notice-state-words.js';
import { KIND_WORDS } from './domain/notice-words.js';
import type { Issue, Notice, NoticeLine } from './notices.queries.js';
import { noticeSummary, stateTag } from './notices.views.js';

export type BoardView = {
  readonly title: string;
  readonly publicPhone: string;
  readonly running: TableView;
  readonly ended: TableView;
  readonly contact: readonly SummaryRow[];
  readonly links: readonly LinkView[];
};

const COLUMNS = ['文号', '类别', '对象', '事由', '金额（元）:', '公示期'];
/** A cell with nothing to say: read as such, not as something that was forgotten. */
const NONE = '—';

/** 公示栏 of a society: what runs first. Every name on it was masked before it was frozen. */
export function boardView(
  society: Society,
  charter: Charter,
  notices: readonly NoticeLine[],
  now: Date,
): BoardView {
  const isOpen = ({ state }: NoticeLine): boolean => state === 'POSTED' || state === 'RUNNING';
  const rows = (own: readonly NoticeLine[]) => own.map((notice) => cellsOf(notice, now));
  return {
    title: `${society.name}公示栏`,
    publicPhone: charter.publicContactPhone,
    running: table('正在公示', COLUMNS, rows(notices.filter(isOpen)), '现在没有正在公示的事项。'),
    ended: table(
      '公示结束',
      COLUMNS,
      rows(notices.filter((notice) => !isOpen(notice))),
      '还没有公示结束的事项。',
    ),
    contact: contactRows(charter),
    links: [
      { words: '收支公开：钱从哪里来、用在哪里', href: `/open/${society.boardCode}` },
      { words: '查验一张公示是真是假', href: '/verify' },
    ],
  };
}

function cellsOf(notice: NoticeLine, now: Date) {
  const { tag, rest } = stateWordsOf(notice, now);
  const { kind, issue } = notice;
  const { subject, matter, amount } = noticeSummary(notice);
  return [
    { words: issue?.number ?? '', href: `/n/${issue?.code ?? ''}` },
    KIND_WORDS[kind],
    subject ?? NONE,
    matter,
    amount ?? NONE,
    `${tag} ${rest}`.trim(),
  ];
}

function contactRows(charter: Charter): SummaryRow[] {
  const { publicContactOffice, publicContactPhone, publicContactAddress } = charter;
  return [
    row('有异议找谁', publicContactOffice),
    row('电话', publicContactPhone, { href: `tel:${publicContactPhone.replace(/[^\d+]/g, '')}` }),
    row('地址', publicContactAddress),
  ];
}

export type PublicNoticeView = {
  readonly title: string;
  readonly publicPhone: string;
  readonly kind: string;
  readonly genuine: string | null;
  readonly doubt: string | null;
  readonly state: TagView;
  readonly rest: string;
  readonly html: string;
  readonly photos: readonly { readonly href: string; readonly words: string }[];
  readonly proof: readonly SummaryRow[];
  readonly contact: readonly SummaryRow[];
  readonly links: readonly LinkView[];
};

export type PublicFacts = {
  readonly notice: Notice;
  readonly issue: Issue;
  readonly society: Society;
  readonly charter: Charter;
  /** The content still has the hash of its signature. */
  readonly isIntact: boolean;
  readonly html: string;
  readonly now: Date;
};

export function publicNoticeView(facts: PublicFacts): PublicNoticeView {
  const { notice, issue, society, isIntact, now } = facts;
  const here = `/n/${issue.code}`;
  const posting = notice.photos.filter(({ moment }) => moment === 'POSTING');
  return {
    title: issue.number,
    publicPhone: facts.charter.publicContactPhone,
    kind: KIND_WORDS[notice.kind],
    genuine: isIntact ? `✔ 这张公示是真的（编号、内容哈希一致，第 ${notice.version} 版）` : null,
    doubt: isIntact ? null : '✘ 这张公示的内容和签发时的记录对不上，请不要当真，并打下面的电话核实。',
    state: stateTag(notice, now),
    rest: stateWordsOf(notice, now).rest,
    html: facts.html,
    photos: posting.map(({ handedInAt }, i) => ({
      href: `${here}/photos/${i + 1}`,
      words: `张贴照片（${instantShort(handedInAt)} ${notice.place ?? ''}）`,
    })),
    proof: [
      row('校验码', issue.code),
      row('内容哈希', groupsOfHash(issue.contentHash)),
      row('PDF 的 SHA-256', groupsOfHash(issue.pdfSha256)),
    ],
    contact: contactRows(facts.charter),
    links: [
      { words: '下载这张公示的 PDF', href: `${here}/notice.pdf` },
      { words: `${society.name}的公示栏`, href: `/b/${society.boardCode}` },
    ],
  };
}

export type VerifyView = {
  readonly title: string;
  readonly errors: readonly ErrorView[];
  readonly number: TextFieldView;
  readonly code: TextFieldView;
};

export function verifyView(typed: Typed, errors: FieldErrors): VerifyView {
  return {
    title: '查验公示',
    errors: errorsOf(errors),
    number: textField('number', '文号', typed, errors, {
      hint: '公示单标题下面那一行，如：柳溪救公〔2026〕3号',
    }),
    code: textField('code', '校验码', typed, errors, {
      hint: '二维码下面的 8 位字母和数字，如：K7M4Q2XD',
      short: true,
    }),
  };
}
