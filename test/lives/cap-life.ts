import fc from 'fast-check';
import {
  held,
  merged,
  NOTHING_USED,
  released,
  restored,
  roomUnder,
  spent,
} from '../../src/funds/domain/cap.js';
import type { CapCounter } from '../../src/funds/domain/cap.js';
import { fen } from '../../src/kernel/fen.js';

export const CAP = 50_000_000;
const PEOPLE = 8;

/** What can happen to households and their panels. `at` picks a household or a panel among those that there are. */
export type CapEvent = {
  readonly act: 'open' | 'reject' | 'pay' | 'refund' | 'split' | 'marry';
  readonly at: number;
  readonly other: number;
  readonly amount: number;
};

const acts: CapEvent['act'][] = ['open', 'open', 'open', 'reject', 'pay', 'pay', 'refund', 'split', 'marry'];
export const capEvents = (most: number): fc.Arbitrary<CapEvent[]> =>
  fc.array(
    fc.record({
      act: fc.constantFrom(...acts),
      at: fc.nat(20),
      other: fc.nat(20),
      amount: fc.integer({ min: 1, max: CAP }),
    }),
    { maxLength: most, minLength: 1 },
  );

/** What answers to the same words: the pure rule, or the rows of a database. An amount, or null for “exhausted”. */
export type Caps<Answer> = {
  open(people: readonly number[], panel: string, askedFen: number): Answer;
  reject(panel: string): Answer;
  pay(panel: string): Answer;
  refund(panel: string, amountFen: number): Answer;
};
export type Outcome = number | null;

type Panel = {
  readonly name: string;
  readonly household: number;
  state: 'OPEN' | 'PAID' | 'OVER';
  back: number;
  amount: number;
};

/**
 * The cap told once more in the simplest way: a diary for each group, and every figure read off it from the start. It
 * also knows who lives with whom, and so leads the play: what it says happens is then asked of the other.
 */
export class CapModel {
  readonly panels: Panel[] = [];
  readonly households: number[][] = [[0, 1], [2], [3, 4, 5], [6, 7]];
  private readonly diaryOf = new Map<number, Diary>();

  /** Plays the event, asks the other the same, and gives both answers; null where there is nobody to play it with. */
  play<Answer>(
    event: CapEvent,
    caps: Caps<Answer>,
  ): { readonly said: Outcome; readonly answer: Answer } | null {
    const { act, amount } = event;
    if (act === 'split' || act === 'marry') return this.move(event);
    if (act === 'open') {
      const household = event.at % this.households.length;
      const people = this.households[household] ?? [];
      const name = `panel ${this.panels.length + 1}`;
      const said = this.open(household, name, amount);
      return { said, answer: caps.open(people, name, amount) };
    }
    const panel = this.pick(act === 'refund' ? 'PAID' : 'OPEN', event.at);
    if (!panel) return null;
    const diary = this.diary(panel.household);
    if (act === 'reject') {
      panel.state = 'OVER';
      diary.push({ of: panel.name, kind: 'freed' });
      return { said: panel.amount, answer: caps.reject(panel.name) };
    }
    if (act === 'pay') {
      const fits = usedIn(diary) + panel.amount <= CAP;
      if (fits) diary.push({ of: panel.name, kind: 'paid' });
      if (fits) panel.state = 'PAID';
      return { said: fits ? panel.amount : null, answer: caps.pay(panel.name) };
    }
    const back = Math.min(amount, panel.amount - panel.back);
    if (back === 0) return null;
    panel.back += back;
    diary.push({ of: panel.name, kind: 'back', amount: back });
    return { said: back, answer: caps.refund(panel.name, back) };
  }

  /** What each person's group has used and promised by now; only of those who have ever asked. */
  figures(): { person: number; used: number; promised: number }[] {
    return [...this.diaryOf].map(([person, diary]) => ({
      person,
      used: usedIn(diary),
      promised: promisedIn(diary),
    }));
  }

  private open(household: number, name: string, asked: number): Outcome {
    const diary = this.gather(this.households[household] ?? []);
    const room = CAP - usedIn(diary) - promisedIn(diary);
    if (room <= 0) return null;
    const amount = Math.min(asked, room);
    this.panels.push({
      name,
      household: (this.households[household] ?? [0])[0] ?? 0,
      state: 'OPEN',
      back: 0,
      amount,
    });
    diary.push({ of: name, kind: 'opened', amount });
    return amount;
  }

  /** Those who live together have one diary: where there were two, the one takes the other in. */
  private gather(people: readonly number[]): Diary {
    const found = [...new Set(people.map((person) => this.diaryOf.get(person)).filter((each) => !!each))];
    const [first = [], ...others] = found;
    for (const other of others)
      first.push({ kind: 'took in', used: usedIn(other), promised: promisedIn(other), names: openIn(other) });
    for (const person of people) this.diaryOf.set(person, first);
    for (const [person, diary] of this.diaryOf) if (others.includes(diary)) this.diaryOf.set(person, first);
    return first;
  }

  private diary(person: number): Diary {
    return this.diaryOf.get(person) ?? [];
  }

  private pick(state: Panel['state'], at: number): Panel | undefined {
    const fitting = this.panels.filter((panel) => panel.state === state);
    return fitting[at % Math.max(fitting.length, 1)];
  }

  private move({ act, at, other }: CapEvent): null {
    const from = at % this.households.length;
    const household = this.households[from] ?? [];
    if (act === 'split' && household.length > 1 && this.households.length < PEOPLE)
      this.households.push(household.splice(0, 1));
    const to = other % this.households.length;
    if (act === 'marry' && to !== from) {
      household.push(...(this.households[to] ?? []));
      this.households.splice(to, 1);
    }
    return null;
  }
}

type Entry =
  | { readonly kind: 'opened' | 'back'; readonly of: string; readonly amount: number }
  | { readonly kind: 'freed' | 'paid'; readonly of: string }
  | {
      readonly kind: 'took in';
      readonly used: number;
      readonly promised: number;
      readonly names: ReadonlyMap<string, number>;
    };
type Diary = Entry[];

/** The panels of a diary that are still open, with what they promised. */
function openIn(diary: Diary): Map<string, number> {
  const open = new Map<string, number>();
  for (const entry of diary) {
    if (entry.kind === 'opened') open.set(entry.of, entry.amount);
    else if (entry.kind === 'took in') for (const [name, amount] of entry.names) open.set(name, amount);
    else if (entry.kind !== 'back') open.delete(entry.of);
  }
  return open;
}

function promisedIn(diary: Diary): number {
  return [...openIn(diary).values()].reduce((sum, amount) => sum + amount, 0);
}

function usedIn(diary: Diary): number {
  const amounts = new Map<string, number>();
  let used = 0;
  for (const entry of diary) {
    if (entry.kind === 'opened') amounts.set(entry.of, entry.amount);
    else if (entry.kind === 'took in') {
      for (const [name, amount] of entry.names) amounts.set(name, amount);
      used = Math.max(used, entry.used);
    } else if (entry.kind === 'paid') used += amounts.get(entry.of) ?? Number.NaN;
    else if (entry.kind === 'back') used = Math.max(used - entry.amount, 0);
  }
  return used;
}

/** The pure rule, kept in maps. */
export class PureCaps implements Caps<Outcome> {
  private readonly groupOf = new Map<number, string>();
  private readonly counters = new Map<string, CapCounter>();
  private readonly claims = new Map<string, { person: number; amount: number }>();
  private groups = 0;

  open(people: readonly number[], panel: string, askedFen: number): Outcome {
    const group = this.gather(people);
    const counter = this.counters.get(group) ?? NOTHING_USED;
    const room = roomUnder(fen(CAP), counter);
    if (room === 0) return null;
    const amount = fen(Math.min(askedFen, room));
    this.counters.set(group, held(counter, amount));
    this.claims.set(panel, { person: people[0] ?? 0, amount });
    return amount;
  }

  reject(panel: string): Outcome {
    return this.change(panel, (counter, amount) => released(counter, fen(amount)));
  }

  pay(panel: string): Outcome {
    return this.change(panel, (counter, amount) => spent(fen(CAP), counter, fen(amount)));
  }

  refund(panel: string, amountFen: number): Outcome {
    this.change(panel, (counter) => restored(counter, fen(amountFen)));
    return amountFen;
  }

  figureOf(person: number): CapCounter {
    return this.counters.get(this.groupOf.get(person) ?? '') ?? NOTHING_USED;
  }

  private change(panel: string, to: (counter: CapCounter, amount: number) => CapCounter | null): Outcome {
    const claim = this.claims.get(panel) ?? { person: 0, amount: 0 };
    const group = this.groupOf.get(claim.person) ?? '';
    const after = to(this.counters.get(group) ?? NOTHING_USED, claim.amount);
    if (after === null) return null;
    this.counters.set(group, after);
    return claim.amount;
  }

  private gather(people: readonly number[]): string {
    const found = [...new Set(people.map((person) => this.groupOf.get(person)).filter((each) => !!each))];
    const [first = `group ${(this.groups += 1)}`, ...others] = found.map(String);
    for (const other of others) {
      const both = merged(this.counters.get(first) ?? NOTHING_USED, this.counters.get(other) ?? NOTHING_USED);
      this.counters.set(first, both);
      for (const [person, group] of this.groupOf) if (group === other) this.groupOf.set(person, first);
    }
    for (const person of people) this.groupOf.set(person, first);
    return first;
  }
}
