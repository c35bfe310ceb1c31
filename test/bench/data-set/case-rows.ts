import { minutesContext } from '../../../src/board/decisions.js';
import { PeopleSeals } from '../../../src/people/people.seals.js';
import { hashOf } from '../../../src/platform/crypto/hash.js';
import { dayAt, instantAt, yearAt } from './ground.js';
import type { Ground } from './ground.js';
import type { PaidCase } from './life.js';
import type { Federation, Founded } from './places.js';

type NumberOf = (series: 'CASE' | 'decision', year: number) => number;
type Household = { readonly id: string; readonly personId: string; readonly accountId: string };

const CAUSES = ['ILLNESS', 'ACCIDENT', 'FIRE', 'DISASTER', 'OTHER'];
const MOTION = '拟同意演示案件的急难救助';
const MINUTES = { motion: MOTION, said: '一致同意' };
const MINUTES_HASH = hashOf(MINUTES);
const MINUTES_TEXT = JSON.stringify(MINUTES);
const NAMES = ['演示理事甲', '演示理事乙', '演示理事丙'];

/** The rows of the cases of one society, with all that a case on its way leaves behind: round, minutes, order, papers owed. */
export class CaseRows {
  private readonly seals: PeopleSeals;
  private readonly directors: readonly string[];
  private readonly photoId: string;
  private households = 0;
  private last: Household | null = null;
  private readonly numberOfCase = new Map<string, number>();

  constructor(
    private readonly ground: Ground,
    private readonly of: Founded,
    private readonly federation: Federation,
    private readonly numberOf: NumberOf,
  ) {
    const { keys } = ground;
    this.seals = new PeopleSeals(ground.sealing);
    this.directors = NAMES.map(() => keys.next());
    this.photoId = keys.next();
  }

  /** One that was taken back, or that waits for a visit. */
  unpaid(day: number): void {
    const { keys, chance } = this.ground;
    const caseId = keys.next();
    const isWaiting = chance.from(1, 10) === 1;
    const year = yearAt(day);
    const [state, reason] = isWaiting ? (['ACCEPTED', null] as const) : this.ending();
    const { id: householdId, personId, accountId } = this.last ?? this.household(day);
    this.putCase({
      ...{ caseId, year, state, householdId, personId, accountId, fen: 50_000, day },
      endedAt: isWaiting ? null : instantAt(day, 8),
      reason,
      approved: false,
    });
    this.mark(caseId, day);
    if (isWaiting) this.owe('VISIT', 'case', caseId, caseId, day);
  }

  /** The round of the board that approved it; its payment is `paid` on another day. */
  decided({ fen, caseId, roundId }: PaidCase, day: number): void {
    const { writer, keys } = this.ground;
    const { societyId, name, charterId } = this.of;
    const year = yearAt(day);
    const serial = this.numberOf('decision', year);
    this.numberOfCase.set(caseId, this.numberOf('CASE', year));
    writer.put(
      'rounds',
      ...[roundId, societyId, name, 'case', caseId, caseId, 1, revisionOf(caseId), MOTION, fen, charterId],
      ...[
        '章程第十四条',
        '演示',
        2,
        3,
        2,
        3,
        3,
        instantAt(day, 1),
        instantAt(day + 1, 1),
        'APPROVED',
        4,
        0,
        3,
        3,
        3,
      ],
      ...[0, 0, 'ALL_IN', year, serial, `演示救议〔${year}〕${serial}号`, instantAt(day)],
    );
    for (const [i, personId] of this.directors.entries()) {
      writer.put('round_directors', keys.next(), roundId, personId, NAMES[i] ?? '', i + 1);
      writer.put(
        'round_stances',
        ...[keys.next(), roundId, personId, 1, 'BALLOT', 'yes', 'OWN', personId, instantAt(day, 1)],
      );
    }
    const minutesId = keys.next();
    const sealed = this.ground.sealing.seal(MINUTES_TEXT, minutesContext(minutesId));
    writer.put('round_minutes', minutesId, roundId, sealed, MINUTES_HASH, instantAt(day));
  }

  /** Paid on the day after its decision: the order and its try, the notice to be signed, the papers owed, the word of the federation. */
  paid(paid: PaidCase, day: number, { voucherId, number }: { voucherId: string; number: number }): void {
    const { writer, keys } = this.ground;
    const { societyId } = this.of;
    const { fen, caseId, orderId, roundId } = paid;
    const { id: householdId, personId, accountId } = this.household(day - 1);
    const year = yearAt(day - 1);
    this.photo(day);
    this.putCase({
      ...{ caseId, year, state: 'PAID', householdId, personId, accountId, fen, day: day - 1 },
      ...{ endedAt: null, reason: null, approved: true },
    });
    writer.put('household_years', societyId, householdId, year, fen, 1);
    this.mark(caseId, day - 1);
    const [approver = '', , cashier = ''] = this.directors;
    writer.put(
      'payment_orders',
      ...[
        orderId,
        societyId,
        'case',
        caseId,
        caseId,
        roundId,
        this.caseNumber(caseId, year),
        fen,
        'CARD',
        'PERSON',
      ],
      ...[personId, '演示申请人', accountId, approver, instantAt(day - 1), instantAt(day - 1), 'PAID', 3, 1],
      ...[`case:${caseId}`, instantAt(day), instantAt(day), cashier, this.photoId, voucherId, number],
    );
    writer.put(
      'payment_attempts',
      ...[
        keys.next(),
        societyId,
        orderId,
        1,
        'PAID',
        instantAt(day),
        this.photoId,
        voucherId,
        cashier,
        instantAt(day),
      ],
    );
    const noticeId = keys.next();
    writer.put(
      'notices',
      ...[
        noticeId,
        societyId,
        'GRANT_POST',
        'case',
        caseId,
        1,
        caseId,
        '{}',
        1,
        0,
        'k.none',
        'DRAFT',
        instantAt(day),
      ],
      ...[0, 0, 0, 1, 0],
    );
    this.owe('SIGN_NOTICE', 'notice', noticeId, caseId, day);
    this.owe('PAPERS', 'case', caseId, caseId, day);
    this.review(caseId, day);
  }

  /** Nine of ten were looked at and found in order. */
  private review(caseId: string, day: number): void {
    const { writer, keys, chance } = this.ground;
    if (chance.from(1, 10) === 10) return;
    const findingId = keys.next();
    const { id: scopeId } = this.federation;
    writer.put(
      'grant_findings',
      ...[findingId, scopeId, caseId, 1, 1, 'IN_ORDER', 'NONE', 'reviewer', scopeId, instantAt(day, 9)],
    );
    writer.put(
      'grant_outcomes',
      ...[
        keys.next(),
        scopeId,
        this.of.societyId,
        caseId,
        1,
        'IN_ORDER',
        'NONE',
        findingId,
        instantAt(day, 9),
      ],
    );
  }

  private ending(): readonly ['WITHDRAWN' | 'TERMINATED', string] {
    return this.ground.chance.from(0, 1) === 0 ? ['WITHDRAWN', 'OWN_WISH'] : ['TERMINATED', 'NOT_IN_NEED'];
  }

  private putCase(row: {
    readonly caseId: string;
    readonly year: number;
    readonly state: string;
    readonly householdId: string;
    readonly personId: string;
    readonly accountId: string;
    readonly fen: number;
    readonly day: number;
    readonly endedAt: string | null;
    readonly reason: string | null;
    readonly approved: boolean;
  }): void {
    const { writer, chance } = this.ground;
    const { societyId, charterId } = this.of;
    const { caseId, year, state, householdId, personId, accountId, fen, day, approved } = row;
    const number = this.numberOfCase.get(caseId) ?? this.numberOf('CASE', year);
    writer.put(
      'cases',
      ...[caseId, societyId, year, number, state, personId, householdId],
      ...[
        CAUSES[chance.from(0, 4)] ?? 'OTHER',
        fen,
        personId,
        'SELF',
        'CARD',
        accountId,
        charterId,
        instantAt(day, 0),
      ],
      ...[approved ? instantAt(day, 1) : null, approved ? 1 : 0, 0, 1, approved ? revisionOf(caseId) : null],
      ...[approved ? year : null, 0, 0, approved ? instantAt(day) : null, approved ? 'ROUND' : null],
      ...[approved ? instantAt(day + 1) : null, row.endedAt, row.reason],
    );
  }

  private caseNumber(caseId: string, year: number): string {
    return `${year}-${String(this.numberOfCase.get(caseId) ?? 0).padStart(4, '0')}`;
  }

  /** A household of one, with a card. */
  private household(day: number): Household {
    const { writer, keys } = this.ground;
    const { societyId } = this.of;
    const [id, personId, accountId] = [keys.next(), keys.next(), keys.next()];
    const at = instantAt(day, 0);
    writer.put('households', id, societyId, `H${++this.households}`, '演示组', at);
    writer.put(
      'persons',
      ...[personId, societyId, id, '演示申请人', 'yssqr', 'PENDING', 'NONE', 'HUKOU', 0, at],
    );
    const card = `6200${String(this.households).padStart(12, '0')}`;
    writer.put(
      'payee_accounts',
      ...[accountId, societyId, personId, '演示申请人', '演示银行', this.seals.seal('card', accountId, card)],
      ...[this.seals.index('card', societyId, card), card.slice(-4), 1, 'SAME', at],
    );
    return (this.last = { id, personId, accountId });
  }

  private mark(caseId: string, day: number): void {
    const { writer, keys, chance } = this.ground;
    const { societyId } = this.of;
    writer.put(
      'case_marks',
      ...[keys.next(), this.federation.id, caseId, societyId, 'PERSON', chance.hex(64), instantAt(day, 0)],
    );
  }

  /** One photo serves all payments of the set: no byte of it is kept. */
  private photo(day: number): void {
    if (this.numberOfPhotos++ > 0) return;
    const { writer } = this.ground;
    const { societyId } = this.of;
    const sha256 = hashOf({ photo: this.photoId });
    writer.put(
      'stored_files',
      this.photoId,
      societyId,
      'payment-proof',
      'image/jpeg',
      sha256,
      1,
      instantAt(day),
    );
  }

  private numberOfPhotos = 0;

  private owe(kind: string, subjectKind: string, subjectId: string, threadId: string, day: number): void {
    const { writer, keys } = this.ground;
    const rule = JSON.stringify({ unit: 'working-days', count: 10, from: `${dayAt(day)}T02:00:00.000Z` });
    writer.put(
      'duties',
      ...[
        keys.next(),
        this.of.societyId,
        kind,
        subjectKind,
        subjectId,
        threadId,
        'secretary',
        rule,
        instantAt(day),
      ],
      ...[instantAt(day, 10), 0, `${kind}:${subjectId}`],
    );
  }
}

const revisionOf = (caseId: string): string => caseId.replaceAll('-', '');
