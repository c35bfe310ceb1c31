import { dayWords } from '../../kernel/chinese/words.js';
import { dayOf, timeOf } from '../../kernel/day.js';
import { groupsOfHash } from '../../platform/pdf/printer.js';
import type { FieldErrors, Typed } from '../../platform/web/forms.js';
import { button, errorsOf, row, textField } from '../../platform/web/views.js';
import type { ButtonView, ErrorView, LinkView, SummaryRow, TextFieldView } from '../../platform/web/views.js';
import { sightOf } from '../domain/expiry.js';
import { KIND_WORDS } from '../domain/notice-words.js';
import { spacedCode } from '../domain/print-code.js';
import type { Issue, Notice } from '../notices.queries.js';
import type { FileVerdict, Proof } from './file-proofs.js';
import { standingWords, verdictWords } from './verdict-words.js';

export type FileVerdictView = {
  readonly title: string;
  readonly isGenuine: boolean;
  readonly says: string;
  readonly advice: string;
  readonly rows: readonly SummaryRow[];
  readonly links: readonly LinkView[];
};

export function fileVerdictView(found: FileVerdict, now: Date): FileVerdictView {
  const own = row('您的文件的 SHA-256', groupsOfHash(found.sha256));
  const proof = found.verdict === 'UNKNOWN' ? null : found.proof;
  const read = proof ? [{ words: `看“${proof.issue.number}”`, href: `/n/${proof.issue.code}` }] : [];
  return {
    title: '查验结果',
    ...verdictWords(found),
    rows: proof ? [...proofRows(proof, now), own] : [own],
    links: [...read, { words: '再查一张', href: '/verify' }],
  };
}

function proofRows(proof: Proof, now: Date): SummaryRow[] {
  const { notice, issue, society } = proof;
  return [
    row('文号', issue.number),
    row('类别', `${KIND_WORDS[notice.kind]}，第 ${notice.version} 版`),
    row('发布单位', society),
    row('签发', dayWords(dayOf(issue.signedAt))),
    ...standingWords(proof, now).map((words, i) => row(i === 0 ? '现在' : '后来', words)),
    row('校验码', issue.code),
    ...(sightOf(notice) === 'TAKEN_DOWN' ? [] : hashRows(proof)), // nobody finds out from them what stood there
  ];
}

/** Both hashes of the record, and that of the second file where there is one. */
export function hashRows({ issue, signedFile }: Pick<Proof, 'issue' | 'signedFile'>): SummaryRow[] {
  const second = signedFile
    ? [
        row('电子签名文件的 SHA-256', groupsOfHash(signedFile.sha256)),
        row('电子签名', `${signedFile.signer}，${dayWords(dayOf(signedFile.signedAt))}`),
      ]
    : [];
  return [
    row('内容哈希', groupsOfHash(issue.contentHash)),
    row('PDF 的 SHA-256', groupsOfHash(issue.pdfSha256)),
    ...second,
  ];
}

export type PrintCodeView = {
  readonly title: string;
  readonly errors: readonly ErrorView[];
  readonly code: TextFieldView;
};

/** 到电脑上打印: typed on a computer that nobody is signed in on. */
export function printCodeView(typed: Typed, errors: FieldErrors): PrintCodeView {
  return {
    title: '打印公示单',
    errors: errorsOf(errors),
    code: textField('code', '打印码', typed, errors, {
      hint: '手机上“打印公示单”里的 6 位数字，10 分钟内有效；也可以输入纸上的 8 位校验码。',
      short: true,
    }),
  };
}

export type PrintView = {
  readonly title: string;
  readonly kind: string;
  readonly number: string;
  readonly back: string;
  /** Inside WeChat no PDF can be saved: the way out comes first there. */
  readonly inWeChat: boolean;
  readonly pdf: ButtonView;
  readonly pages: number;
  readonly pictures: readonly { readonly href: string; readonly words: string }[];
  readonly printing: {
    readonly action: string;
    readonly place: string;
    readonly code: string | null;
    readonly until: string;
  } | null;
  readonly share: string | null;
  readonly others: readonly LinkView[];
  readonly next: ButtonView | null;
  readonly html: string;
};

export type PrintFacts = {
  readonly notice: Notice;
  readonly issue: Issue;
  readonly society: string;
  readonly publicUrl: string;
  readonly hasSignedFile: boolean;
  /** Whether the public may still read it; if not, only the society's own paper is left. */
  readonly isOpen: boolean;
  readonly inWeChat: boolean;
  readonly code: { readonly code: string; readonly expiresAt: Date } | null;
  readonly mayPost: boolean;
  readonly html: string;
};

export function printView(facts: PrintFacts): PrintView {
  const { notice, issue, isOpen, inWeChat, code, publicUrl } = facts;
  const own = `/s/notices/${notice.id}`;
  const here = `/n/${issue.code}`;
  const pages = Array.from({ length: issue.pages }, (_page, i) => i + 1);
  return {
    title: '打印公示单',
    kind: KIND_WORDS[notice.kind],
    number: issue.number,
    back: own,
    inWeChat,
    pdf: button('下载 PDF', inWeChat ? 'second' : 'main', `${own}/notice.pdf`),
    pages: issue.pages,
    pictures: isOpen
      ? pages.map((page) => ({ href: `${here}/pages/${page}.png`, words: `公示单第 ${page} 页` }))
      : [],
    printing: isOpen
      ? {
          action: `${own}/print-codes`,
          place: `${publicUrl.replace(/^https?:\/\//, '')}/p`,
          code: code && spacedCode(code.code),
          until: code ? timeOf(code.expiresAt) : '',
        }
      : null,
    share: isOpen ? shareText(facts) : null,
    others: isOpen ? otherFiles(here, facts.hasSignedFile) : [],
    next: facts.mayPost ? button('张贴好了，记张贴', 'second', `${own}/postings`) : null,
    html: facts.html,
  };
}

/** Ready to be pasted into a chat: no name and no cause, since it is read over shoulders and passed on. */
function shareText({ notice, issue, society, publicUrl }: PrintFacts): string {
  return `【${society}】${KIND_WORDS[notice.kind]} ${issue.number}，点开查看：${publicUrl}/n/${issue.code}`;
}

function otherFiles(here: string, hasSignedFile: boolean): LinkView[] {
  const signed = {
    words: '带电子签名的 PDF（存档、转发用；张贴还是用盖章的公示单）',
    href: `${here}/notice-signed.pdf`,
  };
  return [
    { words: 'A3 大张（贴得高、看得远）', href: `${here}/poster.pdf` },
    { words: '大字版（给眼睛不好的人）', href: `${here}/large.pdf` },
    ...(hasSignedFile ? [signed] : []),
  ];
}
