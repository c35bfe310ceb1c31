import type { ContentItem, NoticeContent } from './notice-content.js';

/** A notice in one line of a list; what it does not say is null, so that no list shows an empty row. */
export type NoticeSummary = {
  /** 张*三（柳溪村三组） or 案号2026-0012; null where it is about nobody. */
  readonly subject: string | null;
  /** 突发疾病 */
  readonly matter: string;
  /** 1,000.00 */
  readonly amount: string | null;
};

export function summaryOf(content: NoticeContent): NoticeSummary {
  switch (content.kind) {
    case 'GRANT_POST': {
      const all = (of: (item: ContentItem) => string): string => content.items.map(of).join('、');
      return {
        subject: all(namedWords),
        matter: all(({ cause }) => cause),
        amount: all(({ amount }) => amount),
      };
    }
    case 'RELIEF_PRE': {
      const matter = `${content.cause}，拟给予救助`;
      return { subject: namedWords(content), matter, amount: content.grant.amount };
    }
    case 'RELIEF_RESULT': {
      const matter = `${content.cause}，救助款已拨付`;
      return { subject: namedWords(content), matter, amount: content.paid.amount };
    }
    case 'REJECTION':
      return { subject: content.subject, matter: `${content.cause}，不予救助`, amount: null };
    case 'REVOCATION': {
      const matter = `${content.cause}，${content.kept === null ? '撤销并追回' : '变更金额并追回'}`;
      return { subject: namedWords(content), matter, amount: content.demanded.amount };
    }
    case 'RESOLUTION':
      return { subject: content.subject, matter: content.matter, amount: content.money?.amount ?? null };
    case 'CORRECTION': {
      const how = content.changes.length > 0 ? '更正' : '重新决定';
      return { subject: null, matter: `${how}“${content.corrects}”`, amount: null };
    }
    case 'QUARTERLY_ACCOUNTS':
    case 'ANNUAL': {
      const { span, fund, balance } = content;
      return { subject: null, matter: `${fund ?? ''}${span}收支，期末结余`, amount: balance.amount };
    }
    case 'DONATION_LIST': {
      const matter = `${content.span}接受的捐赠 ${content.count} 笔`;
      return { subject: null, matter, amount: content.total.amount };
    }
  }
}

/** domain.md 1.5: of two with the same mask the group tells which is meant, on a board as in a notice; never a digit. */
function namedWords({ subject, group }: Pick<ContentItem, 'subject' | 'group'>): string {
  return group === null ? subject : `${subject}（${group}）`;
}
