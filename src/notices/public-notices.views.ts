import { dayWords, instantShort } from '../kernel/chinese/words.js';
import { dayOf } from '../kernel/day.js';
import type { FieldErrors, Typed } from '../platform/web/forms.js';
import { button, errorsOf, fileField, row, textField } from '../platform/web/views.js';
import type {
  ButtonView,
  ErrorView,
  FileFieldView,
  LinkView,
  SummaryRow,
  TableView,
  TagView,
  TextFieldView,
} from '../platform/web/views.js';
import type { Charter, Society } from '../societies/index.js';
import { stateWordsOf } from './domain/notice-state-words.js';
import { KIND_WORDS } from './domain/notice-words.js';
import type { Sight } from './domain/expiry.js';
import { gapCells } from './incidents/incidents.views.js';
import type { GapLine } from './incidents/incidents.queries.js';
import type { Issue, Notice } from './notices.queries.js';
import { stateTag } from './notices.views.js';
import type { PublicObjection } from './objections/objections.queries.js';
import { publicTable } from './objections/public-objections.views.js';
import type { Proof } from './proof/file-proofs.js';
import { hashRows } from './proof/proof.views.js';
import { relationWords } from './proof/verdict-words.js';

export function contactRows(charter: Charter): SummaryRow[] {
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
  /** What a later notice did to it, or it to an earlier one. */
  readonly relations: readonly (LinkView & { readonly isLater: boolean })[];
  /** Both versions beside one another, where a later notice corrects this one. */
  readonly versions: string | null;
  /** Why nothing of what it said is shown. */
  readonly closed: string | null;
  /** Until when the public reads of whom it speaks, once its period is over. */
  readonly until: string | null;
  readonly html: string;
  /** When its paper was gone from the wall. */
  readonly gaps: readonly string[];
  readonly photos: readonly { readonly href: string; readonly words: string }[];
  /** Whether there are hashes to compare. */
  readonly hashes: boolean;
  readonly proof: readonly SummaryRow[];
  readonly object: ButtonView;
  /** Masked; null where nobody has objected. */
  readonly objections: TableView | null;
  /** Where the list of them goes on. */
  readonly moreObjections: string | null;
  readonly contact: readonly SummaryRow[];
  readonly links: readonly LinkView[];
};

export type PublicFacts = {
  readonly notice: Notice;
  readonly issue: Issue;
  readonly sight: Sight;
  readonly gaps: readonly GapLine[];
  /** Null while nobody knows, and where nobody stands in it. */
  readonly expiresAt: Date | null;
  readonly objections: readonly PublicObjection[];
  /** There are more, behind the last of these. */
  readonly objectionsGoOn: boolean;
  readonly relations: Proof['relations'];
  readonly signedFile: Proof['signedFile'];
  readonly society: Society;
  readonly charter: Charter;
  /** The content still has the hash of its signature. */
  readonly isIntact: boolean;
  readonly html: string;
  readonly now: Date;
};

export function publicNoticeView(facts: PublicFacts): PublicNoticeView {
  const { notice, issue, society, relations, signedFile, sight, isIntact, now } = facts;
  const here = `/n/${issue.code}`;
  const isOpen = sight === 'OPEN';
  const posting = isOpen ? notice.photos.filter(({ moment }) => moment === 'POSTING') : [];
  const isCorrected = relations.some(({ relation, isLater }) => relation === 'CORRECTS' && isLater);
  return {
    title: issue.number,
    publicPhone: facts.charter.publicContactPhone,
    kind: KIND_WORDS[notice.kind],
    genuine: isIntact ? `✔ 这张公示是真的（编号、内容哈希一致，第 ${notice.version} 版）` : null,
    doubt: isIntact ? null : '✘ 这张公示的内容和签发时的记录对不上，请不要当真，并打下面的电话核实。',
    state: stateTag(notice, now),
    rest: stateWordsOf(notice, now).rest,
    relations: relations.map((each) => ({
      words: relationWords(each),
      href: `/n/${each.code}`,
      isLater: each.isLater,
    })),
    versions: isOpen && isCorrected ? `${here}/versions` : null,
    closed: sight === 'OPEN' ? null : CLOSED_WORDS[sight],
    until: isOpen && facts.expiresAt ? `内容展示到${dayWords(dayOf(facts.expiresAt))}，到期自动撤下。` : null,
    html: isOpen ? facts.html : '',
    gaps: facts.gaps.map((gap) => gapCells(gap).join('，')),
    photos: posting.map(({ handedInAt }, i) => ({
      href: `${here}/photos/${i + 1}`,
      words: `张贴照片（${instantShort(handedInAt)} ${notice.place ?? ''}）`,
    })),
    hashes: sight !== 'TAKEN_DOWN',
    proof: [
      row('校验码', issue.code),
      row('版本', `第 ${notice.version} 版`),
      ...(sight === 'TAKEN_DOWN' ? [] : hashRows({ issue, signedFile })),
    ],
    object: button('我有异议', 'main', `${here}/objection`),
    objections: publicTable(facts.objections),
    moreObjections: moreOf(here, facts),
    contact: contactRows(facts.charter),
    links: [
      ...(isOpen ? [{ words: '下载这张公示的 PDF', href: `${here}/notice.pdf` }] : []),
      ...(isOpen && signedFile ? [{ words: '下载带电子签名的 PDF', href: `${here}/notice-signed.pdf` }] : []),
      { words: `${society.name}的公示栏`, href: `/b/${society.boardCode}` },
    ],
  };
}

function moreOf(here: string, { objections, objectionsGoOn }: PublicFacts): string | null {
  const last = objections.at(-1);
  return objectionsGoOn && last ? `${here}?objections=${last.number.slice(1)}#objections` : null;
}

const CLOSED_WORDS: Readonly<Record<Exclude<Sight, 'OPEN'>, string>> = {
  TAKEN_DOWN: '这张公示写了不该公开的内容，已经撤下。文号保留，内容不再公开；重新公示的，以后来的一张为准。',
  EXPIRED:
    '公示期早就满了，涉及个人的内容已到期撤下，不再公开。文号和校验值保留，纸上的公示单还可以用来查验真伪。',
};

export type VerifyView = {
  readonly title: string;
  readonly errors: readonly ErrorView[];
  readonly number: TextFieldView;
  readonly code: TextFieldView;
  readonly pdf: FileFieldView;
  /** The last head of the audit seal; null while nothing is sealed. */
  readonly seal: string | null;
};

export function verifyView(typed: Typed, errors: FieldErrors, seal: string | null = null): VerifyView {
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
    pdf: fileField('pdf', 'PDF 文件', errors, { accept: 'application/pdf', hint: '不超过 4 MB。' }),
    seal,
  };
}
