import { DUTY_WORDS } from '../duties/index.js';
import type { Role } from '../kernel/actor.js';
import { dayShort, dayWords, instantWords, remainingWords } from '../kernel/chinese/words.js';
import { dayOf } from '../kernel/day.js';
import type { Day } from '../kernel/day.js';
import { yuanText } from '../kernel/fen.js';
import { button, card, table, tag } from '../platform/web/views.js';
import type { CardView, TableView, TagView } from '../platform/web/views.js';
import { actOf, dutyTag, waitingWords } from './case-acts.js';
import { CAUSE_WORDS } from '../kernel/causes.js';
import { ALARM_MONTHS, dormancyOf, REMINDER_MONTHS } from './domain/dormancy.js';
import type { Dormancy } from './domain/dormancy.js';
import { END_WORDS } from './domain/endings.js';
import { OVERRIDE_WORDS } from './domain/override.js';
import { handoverTag } from './handovers.views.js';
import type { Standing } from './town-desk.queries.js';
import type { NotRatifiedBelow } from './fast-path-reviews.queries.js';
import { seatWords } from './domain/fast-path.js';
import { WRITE_OFF_WORDS } from './domain/write-off.js';
import type { OwedBelow } from './write-offs.queries.js';
import type { AskedFor, DeskFacts, HandedUp, HomeDesk, WriteOffDuty } from './town-desk.reading.js';

export type DeskView = {
  readonly title: string;
  readonly help: string;
  readonly handovers: readonly CardView[];
  readonly nothing: string | null;
  readonly overrides: readonly CardView[];
  readonly reviews: readonly CardView[];
  readonly owed: readonly CardView[];
  readonly overdue: TableView;
  readonly societies: TableView;
};

export function deskView({
  now,
  handovers,
  overrides,
  reviews,
  owed,
  overdue,
  societies,
}: DeskFacts): DeskView {
  const today = dayOf(now);
  return {
    title: '村里转来的',
    help: '村里办不了的，转到这里：接过来办，或者直接答复。姓名都遮住了，要看经过请点开那一件。',
    handovers: handovers.map((one) => handedCard(one, now)),
    nothing: handovers.length === 0 ? '现在没有村里转来的件。' : null,
    overrides: overrides.map(askedCard),
    reviews: reviews.map(reviewCard),
    owed: owed.map(owedCard),
    overdue: table(
      '各村超时的事',
      ['哪个村', '案件或公示', '什么事', '超了多久'],
      overdue.map(({ societyName, caseNumber, noticeNumber, kind, dueAt }) => [
        societyName,
        caseNumber ?? noticeNumber ?? '',
        DUTY_WORDS[kind].owed,
        remainingWords(now, dueAt),
      ]),
      '没有超时的事。',
    ),
    societies: table(
      '各村的钱和活动',
      ['哪个村', '余额（元）:', '余额够不够', '上次活动', '要不要提醒'],
      societies.map((one) => {
        const dormancy = dormancyOf(one.lastActiveOn, today);
        return [
          one.name,
          yuanText(one.balanceFen),
          {
            words: '',
            tag: isLow(one) ? tag('yellow', `低于 ${yuanText(one.minBalanceFen)}`) : tag('green', '够'),
          },
          dayWords(one.lastActiveOn),
          { words: '', tag: dormancyTag(dormancy) },
        ];
      }),
      '下面还没有互助社。',
    ),
  };
}

/** What the village wrote about it stands on its own page alone: it may name an illness. */
export function handedCard({ handover, applicant, duty }: HandedUp, now: Date): CardView {
  const { societyName, cause, amountFen, askedFen, reason, openedAt, id } = handover;
  const asked = `${yuanText(askedFen ?? amountFen)} 元`;
  return card(
    handoverTag({ handover, duty, now }),
    `${applicant.maskedName} · ${CAUSE_WORDS[cause]} · ${asked}`,
    [societyName, `${END_WORDS[reason]}，${instantWords(openedAt)}转来`],
    { href: `/s/town/handovers/${id}` },
  );
}

function askedCard({ override, person }: AskedFor): CardView {
  const { societyName, kind, cause, id, askedAt } = override;
  return card(
    tag('yellow', '等批准'),
    `${person.maskedName} · ${cause === null ? OVERRIDE_WORDS[kind] : `${CAUSE_WORDS[cause]}，今年第二次`}`,
    [societyName, `${instantWords(askedAt)}送来`],
    { href: `/s/town/overrides/${id}` },
  );
}

function owedCard({
  societyName,
  caseNumber,
  demandedFen,
  recoveredFen,
  outstandingFen,
  dueOn,
  roundId,
  recoveryId,
  isObjected,
}: OwedBelow): CardView {
  return card(
    roundId === null ? tag('yellow', '还没追回') : tag('blue', '正在表决核销'),
    `${caseNumber} · 还差 ${yuanText(outstandingFen)} 元`,
    [
      societyName,
      `要退 ${yuanText(demandedFen)} 元，已退 ${yuanText(recoveredFen)} 元`,
      `应在 ${dayWords(dueOn)} 以前还`,
      ...(isObjected ? [WRITE_OFF_WORDS.UPHELD] : []),
    ],
    { href: `/s/town/recoveries/${recoveryId}` },
  );
}

function reviewCard(below: NotRatifiedBelow): CardView {
  const { fastPathId, societyName, caseNumber, amountFen, since, heldOff } = below;
  const held = heldOff.map((seat) => seatWords(seat, below)).join('、');
  return card(
    tag('yellow', '等复核'),
    `${caseNumber} · ${yuanText(amountFen)} 元`,
    [societyName, `${instantWords(since)}没有追认，暂停签字的：${held}`],
    { href: `/s/town/fast-paths/${fastPathId}` },
  );
}

function dormancyTag({ state, yearFullOn }: Dormancy): TagView {
  if (state === 'ACTIVE') return tag('green', '不用');
  if (state === 'REMINDER') return tag('yellow', `满 ${REMINDER_MONTHS} 个月没活动`);
  return tag('red', `满 ${ALARM_MONTHS} 个月没活动，${dayShort(yearFullOn)}满一年`);
}

export function isLow({ balanceFen, minBalanceFen }: Standing): boolean {
  return balanceFen < minBalanceFen;
}

const MONEY_KEEPERS: readonly Role[] = ['chair', 'secretary', 'accountant'];
const ANSWERABLE: readonly Role[] = ['chair', 'deputy', 'secretary', 'supervisor'];
const DESK_ROLES: readonly Role[] = ['secretary', 'clerk', 'chair', 'deputy'];

export type HomeDeskView = {
  readonly alerts: readonly string[];
  readonly cards: readonly CardView[];
  readonly links: readonly { readonly words: string; readonly href: string }[];
};

/** What the home page adds: money below the charter's mark, a year without activity, what villages handed up. */
export function homeDeskView(desk: HomeDesk, roles: readonly Role[], now: Date): HomeDeskView {
  const has = (wanted: readonly Role[]) => wanted.some((role) => roles.includes(role));
  const { standing, handovers, overridesAsked } = desk;
  const alerts = [
    ...(standing && has(MONEY_KEEPERS) && isLow(standing) ? [lowWords(standing)] : []),
    ...(standing && has(ANSWERABLE) ? dormancyWords(standing, dayOf(now)) : []),
  ];
  const mine = desk.hasDesk && has(DESK_ROLES);
  const cards = mine
    ? [
        ...handovers.map((one) => handedCard(one, now)),
        ...(overridesAsked > 0 ? [waitingCard(overridesAsked)] : []),
      ]
    : [];
  const own = desk.writeOffs.map((one) => writeOffCard(one, roles, now));
  const links = [
    ...(mine ? [{ words: '村里转来的', href: '/s/town' }] : []),
    ...(mine && desk.compares ? [{ words: '各社之间可能重复的', href: '/s/matches' }] : []),
  ];
  return { alerts, cards: [...cards, ...own], links };
}

/** The union's own round and notice about money that a village can't get back. */
function writeOffCard({ duty, asked, targets }: WriteOffDuty, roles: readonly Role[], now: Date): CardView {
  const act = actOf(duty, roles, targets);
  return card(
    dutyTag(duty, now),
    `核销 ${asked.caseNumber}`,
    [asked.societyName, ...(act ? [] : [waitingWords(duty)])],
    {
      href: `/s/town/recoveries/${asked.recoveryId}`,
      actions: act ? [{ ...act, kind: 'second' }] : [],
    },
  );
}

function lowWords({ balanceFen, minBalanceFen }: Standing): string {
  return `余额低于 ${yuanText(minBalanceFen)} 元：现在 ${yuanText(balanceFen)} 元。还可以救助，请尽快想办法补充。`;
}

function dormancyWords({ lastActiveOn }: Standing, today: Day): string[] {
  const { state, yearFullOn } = dormancyOf(lastActiveOn, today);
  if (state === 'ACTIVE') return [];
  const months = state === 'ALARM' ? ALARM_MONTHS : REMINDER_MONTHS;
  return [
    `已经满 ${months} 个月没有活动（上次 ${dayWords(lastActiveOn)}）。到 ${dayWords(yearFullOn)}满一年，` +
      '登记机关可以撤销登记（社会团体登记管理条例第二十九条）。请安排走访、救助、筹款或公示。',
  ];
}

function waitingCard(count: number): CardView {
  return card(tag('yellow', '等批准'), `村里请批准 ${count} 件`, [], {
    href: '/s/town',
    actions: [button('去看', 'second', '/s/town')],
  });
}
