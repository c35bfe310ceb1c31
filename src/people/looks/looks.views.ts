import { instantShort } from '../../kernel/chinese/words.js';
import { row, table } from '../../platform/web/views.js';
import type { SummaryRow, TableView } from '../../platform/web/views.js';
import { LOOK_LIMITS } from '../domain/look.js';
import type { LookFacts, LooksPage } from './looks.queries.js';

export type LooksView = {
  readonly title: string;
  readonly lead: string;
  readonly looks: TableView;
  readonly next: string | null;
  readonly limits: readonly SummaryRow[];
};

/** Whose list it is: a society's own, or that of whoever runs the house, who reads no cases. */
type Reader = { readonly societyId: string | null; readonly path: string };

export function looksView({ looks, next }: LooksPage, reader: Reader): LooksView {
  const { perDay, perWhile, whileMinutes } = LOOK_LIMITS;
  return {
    title: '谁看过',
    lead: '谁在什么时候、为什么看了完整的个人信息，还有文书、照片和收款卡号；新的在前。',
    looks: table(
      '谁看过',
      ['时间', '谁看的', '看了什么', '谁的', '案件'],
      looks.map((look) => rowOf(look, reader)),
      '还没有人看过。',
    ),
    next: next === null ? null : `${reader.path}?before=${next}`,
    limits: [row('上限', `每人每天 ${perDay} 次，${whileMinutes} 分钟里 ${perWhile} 次`)],
  };
}

function rowOf(look: LookFacts, { societyId }: Reader) {
  const { at, looker, society, person, caseKind, caseId, caseNumber } = look;
  const isOwn = look.societyId === societyId;
  const href = caseKind === 'case' ? `/s/cases/${caseNumber ?? ''}` : `/s/relief/${caseId ?? ''}`;
  return [
    instantShort(at),
    isOwn ? (looker ?? '没有登记姓名') : `${society} ${looker ?? ''}`.trim(),
    wordsOf(look, isOwn),
    societyId === null ? '' : (person ?? ''),
    societyId === null || caseNumber === null ? '' : { words: caseNumber, href: isOwn ? href : null },
  ];
}

const KIND_WORDS: Readonly<Record<string, string>> = {
  file: '看了照片或附件',
  letter: '看了送达文书',
  minutes: '看了会议记录',
  'ballot-reasons': '看了投票理由',
  case: '看了登记表',
  handover: '看了转办案件的经过',
  relief: '看了核算单',
  receipt: '看了捐赠票据',
  donor: '看了捐赠人资料',
  objection: '看了异议',
  person: '为本人做了一份全部信息',
  'payee-account': '看了收款卡号',
  'payee-institution': '看了机构账号',
};

const REFUSAL_WORDS: Readonly<Record<string, string>> = {
  LOOK_LIMIT_REACHED: '没有给看：看得太多',
  LOOK_OF_KIN: '没有给看：本人或亲属的案件',
  LOOK_CASE_OVER: '没有给看：案件已经办完',
};

/** Words that somebody typed stay in the society where they were typed. */
function wordsOf({ kind, words, note, isRefused }: LookFacts, isOwn: boolean): string {
  if (isRefused) return REFUSAL_WORDS[words] ?? '没有给看';
  if (kind === 'look') return isOwn && note !== null ? `${words}（${note}）` : words;
  const known = KIND_WORDS[kind] ?? '看了不公开的内容';
  return isOwn && kind !== 'file' && words !== '' ? words : known;
}
