import type { Role } from '../kernel/actor.js';
import { dayShort } from '../kernel/chinese/words.js';
import { dayOf } from '../kernel/day.js';
import { voucherName } from '../ledger/index.js';
import { KIND_WORDS } from '../notices/index.js';
import { ORDER_WORDS } from '../payments/index.js';
import type { LinkView } from '../platform/web/views.js';
import type { CasePageFacts } from './case-page.facts.js';
import { NO_MORE_PAPERS, stepsFrom } from './domain/emergency-procedure.js';
import type { CaseAct, CaseState } from './domain/emergency-procedure.js';
import { LETTER_WORDS } from './domain/letters.js';
import { roundWords } from './round-words.js';

const OFFICE: readonly Role[] = ['secretary', 'clerk'];
const VOUCHER_READERS: readonly Role[] = [
  'secretary',
  'chair',
  'deputy',
  'supervisor',
  'cashier',
  'accountant',
  'auditor',
];
const ROUND_READERS: readonly Role[] = [...OFFICE, 'chair', 'deputy', 'director', 'supervisor', 'auditor'];
const ORDER_READERS: readonly Role[] = [
  'cashier',
  'secretary',
  'chair',
  'deputy',
  'supervisor',
  'accountant',
  'auditor',
];

/** Papers with a full name on them: for whoever hands them over or answers for them. */
export const LETTER_READERS: readonly Role[] = [...OFFICE, 'chair', 'deputy', 'supervisor'];

const has = (roles: readonly Role[], wanted: readonly Role[]): boolean =>
  wanted.some((role) => roles.includes(role));

/** The stops of the road that the case has reached. */
export function linksOf(facts: CasePageFacts): LinkView[] {
  const { rounds, fastPath, roles, row: one } = facts;
  const links: LinkView[] = fastPath ? [fastPath] : [];
  if (has(roles, ROUND_READERS))
    for (const round of rounds) links.push({ words: roundWords(round), href: `/s/rounds/${round.id}` });
  links.push(...moneyLinks(facts), ...paperLinks(facts));
  if (has(roles, OFFICE) && one.papersDoneAt === null && !NO_MORE_PAPERS.includes(one.state))
    links.push({ words: '补材料', href: `/s/cases/${one.text}/papers` });
  return links;
}

function moneyLinks({ order, recovery, roles }: CasePageFacts): LinkView[] {
  const links: LinkView[] = [];
  if (order && has(roles, ORDER_READERS))
    links.push({
      words: `付款单（${ORDER_WORDS[order.state]}）`,
      href: `/s/payments/${order.id}`,
    });
  if (order?.voucherId && order.voucherNumber !== null && has(roles, VOUCHER_READERS))
    links.push({
      words: `凭证 ${voucherName(order.voucherNumber)}`,
      href: `/s/ledger/vouchers/${order.voucherId}`,
    });
  if (recovery && has(roles, ORDER_READERS))
    links.push({ words: '追回的钱', href: `/s/recoveries/${recovery.id}` });
  return links;
}

/** What was published of it, and what was written to whoever it concerns. */
function paperLinks({ notices, letters, roles, row: { text } }: CasePageFacts): LinkView[] {
  const published = notices
    .filter(({ state }) => state !== 'DISCARDED')
    .map(({ id, kind, issue }) => ({
      words: `${KIND_WORDS[kind]} ${issue?.number ?? '（还没签）'}`,
      href: `/s/notices/${id}`,
    }));
  if (!has(roles, LETTER_READERS)) return published;
  const written = letters.map(({ id, kind, madeAt }) => ({
    words: `${LETTER_WORDS[kind]}（${dayShort(dayOf(madeAt))}）`,
    href: `/s/cases/${text}/letters/${id}.pdf`,
  }));
  return [...published, ...written, { words: '登记表', href: `/s/cases/${text}/registration.pdf` }];
}

/** Rare acts, each on a page of its own, with whoever may ask for it. */
const OTHER_ACTS: Partial<
  Record<CaseAct, { readonly words: string; readonly path: string; readonly asked?: readonly Role[] }>
> = {
  amend: { words: '改案件', path: 'amendment' },
  escalate: { words: '转镇联合社', path: 'escalation' },
  askReview: { words: '申请人要求复核', path: 'review' },
  refer: { words: '转别的部门', path: 'referral' },
  withdraw: { words: '撤回或终止', path: 'ending' },
  revoke: { words: '请理事表决撤销或变更', path: 'revocation', asked: OFFICE }, // the board does it, the office asks
};

/** Why a grant was taken back may be that a pledge was broken. */
const BREACHES: LinkView = { words: '失信标记', href: '/s/breaches' };
const TAKEN_BACK: readonly CaseState[] = ['REVOKED', 'RECOVERED', 'WRITTEN_OFF'];

/** What else the procedure lets this person do with the case where it is now. */
export function othersOf({ row, roles }: CasePageFacts): LinkView[] {
  const flags = TAKEN_BACK.includes(row.state) && has(roles, LETTER_READERS) ? [BREACHES] : [];
  const acts = stepsFrom(row.state).flatMap(({ act, who }) => {
    const other = OTHER_ACTS[act];
    const mayAsk = (other?.asked ?? who).some((role) => roles.some((mine) => mine === role));
    return other && mayAsk ? [{ words: other.words, href: `/s/cases/${row.text}/${other.path}` }] : [];
  });
  return [...acts, ...flags];
}
