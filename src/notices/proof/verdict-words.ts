import { dayWords } from '../../kernel/chinese/words.js';
import { dayOf } from '../../kernel/day.js';
import { sightOf } from '../domain/expiry.js';
import { KIND_WORDS } from '../domain/notice-words.js';
import { stateWordsOf } from '../domain/notice-state-words.js';
import type { NoticeRelation } from '../notice.entity.js';
import type { RelatedNotice } from '../notices.queries.js';
import type { FileVerdict, Proof } from './file-proofs.js';

/** What a later notice did to the one that is looked at. */
const ANSWERED: Readonly<Record<NoticeRelation, (number: string) => string>> = {
  CORRECTS: (number) => `已由“${number}”更正`,
  REISSUES: (number) => `已撤下，由“${number}”重新公示`,
  REVOKES: (number) => `所公示的决定已由“${number}”撤销或者变更`,
};
const ANSWERS: Readonly<Record<NoticeRelation, (number: string) => string>> = {
  CORRECTS: (number) => `更正“${number}”`,
  REISSUES: (number) => `代替已撤下的“${number}”`,
  REVOKES: (number) => `撤销或者变更“${number}”所公示的决定`,
};

export function relationWords({ relation, isLater, number }: RelatedNotice): string {
  return (isLater ? ANSWERED : ANSWERS)[relation](number);
}

/** What has become of a notice since: 公示中 还剩 5 天, 已由“…”更正. */
export function standingWords({ notice, relations }: Proof, now: Date): string[] {
  const { tag, rest } = stateWordsOf(notice, now);
  const withdrawn = notice.withdrawnAt === null ? [] : ['内容已到期撤下'];
  return [`${tag} ${rest}`.trim(), ...withdrawn, ...relations.map(relationWords)];
}

export type VerdictWords = { readonly isGenuine: boolean; readonly says: string; readonly advice: string };

/** In one sentence, and what to do then. */
export function verdictWords(found: FileVerdict): VerdictWords {
  switch (found.verdict) {
    case 'GENUINE':
      return {
        isGenuine: true,
        says:
          found.file === 'PAPER'
            ? '✔ 真的：就是签发的那份公示单，一点没有变。'
            : '✔ 真的：是带电子签名的那一份，前面就是签发的公示单，一点没有变。',
        advice: '',
      };
    case 'ALTERED': {
      const { number } = found.proof.issue;
      return {
        isGenuine: false,
        says:
          found.how === 'ADDED'
            ? `✘ 改过：“${number}”是我们签发的，但这个文件在后面又加了东西。`
            : `✘ 改过：这个文件写着“${number}”，但和签发的那份不一样。`,
        advice: '请不要当真，以公示网页上的那份为准。用别的软件另存过的文件也会这样。',
      };
    }
    case 'UNKNOWN':
      return {
        isGenuine: false,
        says: found.isPdf ? '✘ 不是我们签发的文件。' : '✘ 这不是 PDF 文件，没法查验。',
        advice: '拍照、扫描、截图的文件认不出来：请扫纸上的二维码，或者输入文号和校验码查验。',
      };
  }
}

/** For the screen of a command line: the sentence, then what the record says. */
export function verdictLines(found: FileVerdict, now: Date): string[] {
  const { says, advice } = verdictWords(found);
  const head = [says, ...(advice === '' ? [] : [advice])];
  if (found.verdict === 'UNKNOWN') return [...head, `SHA-256 ${found.sha256}`];
  const { notice, issue, society } = found.proof;
  return [
    ...head,
    `${KIND_WORDS[notice.kind]} ${issue.number} 第 ${notice.version} 版`,
    `${society} ${dayWords(dayOf(issue.signedAt))}签发`,
    ...standingWords(found.proof, now),
    ...(sightOf(notice) === 'TAKEN_DOWN' ? [] : hashLines(found.proof)),
  ];
}

const hashLines = ({ issue, signedFile }: Proof): string[] => [
  `内容哈希 ${issue.contentHash}`,
  `PDF 的 SHA-256 ${issue.pdfSha256}`,
  ...(signedFile ? [`电子签名文件的 SHA-256 ${signedFile.sha256}`] : []),
];

/** For a program. Nothing of whom the notice is about. */
export function verdictJson(found: FileVerdict, now: Date) {
  const { verdict, sha256 } = found;
  const { says } = verdictWords(found);
  if (found.verdict === 'UNKNOWN') return { verdict, sha256, says, notice: null };
  const { notice, issue, society, relations } = found.proof;
  return {
    verdict,
    ...(found.verdict === 'GENUINE' ? { file: found.file } : { how: found.how }),
    sha256,
    says,
    notice: {
      ...{
        number: issue.number,
        code: issue.code,
        kind: notice.kind,
        version: notice.version,
        issuer: society,
      },
      ...{
        signedAt: issue.signedAt,
        state: notice.state,
        firstDay: notice.firstDay,
        lastDay: notice.lastDay,
      },
      withdrawnAt: notice.withdrawnAt,
      standing: standingWords(found.proof, now),
      relations: relations.map(({ relation, isLater, number, code }) => ({
        relation,
        isLater,
        number,
        code,
      })),
      ...(sightOf(notice) === 'TAKEN_DOWN' ? NO_HASHES : hashesOf(found.proof)),
    },
  };
}

const NO_HASHES = { contentHash: null, pdfSha256: null, signedPdfSha256: null };

/** Nobody finds out from them what stood in a notice that was taken down: so they are said of no such one. */
const hashesOf = ({ issue, signedFile }: Proof) => ({
  ...{ contentHash: issue.contentHash, pdfSha256: issue.pdfSha256 },
  signedPdfSha256: signedFile?.sha256 ?? null,
});

export type VerdictJson = ReturnType<typeof verdictJson>;
