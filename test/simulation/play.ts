import { createHash } from 'node:crypto';
import { RoundsService } from '../../src/board/index.js';
import { isTransient } from '../../src/platform/database/errors.js';
import { CommitInDoubt } from '../../src/platform/database/transactions.js';
import { Random } from '../fuzz/random.js';
import { photo } from '../support/village.js';
import { Bank } from './bank.js';
import { Desks, viewOf } from './desks.js';
import { Gates } from './gates.js';
import type { Fate, Gate, Keeper, Rewording } from './gates.js';
import { Promises } from './promises.js';
import { Scheduler } from './scheduler.js';
import { send } from './wishes.js';
import type { Wish, WishDraft } from './wishes.js';
import type { World, Worlds } from './world.js';

/** So many things are wanted in one seed, so many at once. */
const WISHES = 16;
const AT_ONCE = 4;
/** Whoever is told so often to ask again is told so for ever. */
const MOST_ASKED = 40;

export type Played = {
  readonly seed: number;
  /** What was done, in order, without an id of a row: the same for the same seed. */
  readonly trail: readonly string[];
  readonly hash: string;
  /** What was promised and not kept. */
  readonly faults: readonly string[];
  /** How often each outcome of each act came, and each thing that was done to them. */
  readonly counts: ReadonlyMap<string, number>;
};

/** What a control changes about the program, or about those who use it. */
export type Otherwise = {
  readonly reworded?: Rewording;
  /** Whoever does not know what came of it asks again as if it were something new. */
  readonly newKeys?: boolean;
};

/** Plays one seed from the morning to the evening. */
export async function play(worlds: Worlds, seed: number, otherwise: Otherwise = {}): Promise<Played> {
  const world = await worlds.next();
  return new Play(world, seed, otherwise, await photo()).run();
}

class Play implements Keeper {
  private readonly random: Random;
  private readonly scheduler = new Scheduler();
  private readonly gates: Gates;
  private readonly bank: Bank;
  private readonly desks: Desks;
  private readonly wishes: Wish[] = [];
  private readonly trail: string[] = [];
  private readonly faults: string[] = [];
  private readonly counts = new Map<string, number>();
  readonly reworded: Keeper['reworded'];
  private step = 0;
  /** In the evening nothing fails any more. */
  private isEvening = false;

  constructor(
    private readonly world: World,
    private readonly seed: number,
    private readonly otherwise: Otherwise,
    slip: Buffer,
  ) {
    this.random = new Random(seed);
    this.bank = new Bank(this.random);
    this.desks = new Desks(world, this.random, slip, () => this.bank.reference());
    this.reworded = otherwise.reworded;
    this.gates = new Gates(world.house.dataSource, this.scheduler, this);
  }

  async run(): Promise<Played> {
    const promises = await Promises.of(this.world, this.bank);
    try {
      while (this.faults.length === 0 && !(await this.isOver())) await this.go(promises);
      this.isEvening = true;
      while (this.faults.length === 0 && (await this.tidyUp())) await this.check(promises);
      if (this.faults.length === 0) this.faults.push(...(await promises.atTheEnd(this.wishes)));
    } finally {
      await this.scheduler.die();
      Reflect.deleteProperty(this.world.house.dataSource, 'createQueryRunner');
    }
    const hash = createHash('sha256').update(this.trail.join('\n')).digest('hex');
    return { seed: this.seed, trail: this.trail, hash, faults: this.faults, counts: this.counts };
  }

  parks(gate: Gate): boolean {
    if (this.isEvening) return false;
    return this.random.below(100) < PARKS_IN_100[gate];
  }

  fate(gate: Gate): Fate {
    if (this.isEvening) return 'done';
    const drawn = this.random.below(1000);
    const many = LOST_IN_1000[gate];
    const fates = gate === 'read' || gate === 'begin' ? HARMS.slice(0, 2) : HARMS;
    const fate = fates[Math.floor(drawn / Math.max(many, 1))] ?? 'done';
    if (many === 0 || fate === 'done') return 'done';
    this.count(`${fate} ${gate}`);
    return fate;
  }

  tell(words: string): void {
    this.trail.push(`${this.step} ${words}`);
  }

  private async go(promises: Promises): Promise<void> {
    this.step += 1;
    this.world.house.clock.advance({ minutes: 1 });
    const [time] = [this.random.below(400)];
    if (time === 0) this.passTheDay();
    const way = this.random.below(100);
    const underWay = this.scheduler.tasks;
    if (way === 0) await this.die();
    else if (way < 3) await this.closeDue();
    else if (way < 4) this.bank.given(this.step, this.world.house.clock.now());
    else if (way < 25 && underWay.length < AT_ONCE) await this.begin();
    else await this.letOn();
    await this.check(promises);
  }

  private async letOn(): Promise<void> {
    const parked = this.scheduler.tasks.filter(({ course }) => course === 'parked');
    if (parked.length === 0) return this.begin();
    const task = this.random.pick(parked);
    this.tell(`${task.name} goes on: ${task.next}`);
    await this.scheduler.resume(task);
  }

  /** What a message of the bank asks for, what was asked before in vain, or something new. */
  private async begin(): Promise<void> {
    const message = this.bank.next(this.step);
    if (message) return this.ask(this.made(this.desks.answerTo(message)));
    const unknown = this.wishes.filter(({ state }) => state === 'unknown');
    if (unknown.length > 0 && this.random.below(5) === 0) return this.ask(this.random.pick(unknown));
    if (this.wishes.length >= WISHES) return;
    const draft = this.desks.wish(await viewOf(this.world));
    if (!draft) return;
    const wish = this.made(draft);
    await this.ask(wish);
    if (this.random.below(8) === 0) await this.ask(wish); // pressed twice
  }

  private made({ what, ...draft }: WishDraft): Wish {
    const number = this.wishes.length + 1;
    const wish: Wish = {
      ...{ effect: null, movesFen: 0, ...draft },
      ...{
        name: `W${number} ${draft.act} ${what} by ${draft.post}`,
        key: `simulation-${this.seed}-${number}`,
      },
      ...{ state: 'asked', answer: null, code: '', asked: 0 },
    };
    this.wishes.push(wish);
    return wish;
  }

  private async ask(wish: Wish): Promise<void> {
    wish.asked += 1;
    if (wish.state === 'unknown') wish.state = 'asked';
    if (this.otherwise.newKeys && wish.asked > 1) wish.key = `${wish.key}-again`;
    const name = `${wish.name} (${wish.asked})`;
    this.tell(`${name} is asked`);
    await this.scheduler.start(name, async () => {
      const { status, body } = await send(this.world, wish);
      await this.scheduler.aside(() => this.answered(wish, name, status, body));
    });
  }

  private async answered(wish: Wish, name: string, status: number, body: unknown): Promise<void> {
    const isLost = !this.isEvening && this.random.below(12) === 0;
    const code = status < 400 ? '' : String((body as { code?: unknown } | null)?.code);
    this.tell(`${name} is answered ${status} ${code}${isLost ? ', and nobody hears it' : ''}`);
    this.count(`${wish.act} ${isLost ? 'unheard' : status < 400 ? 'done' : code}`);
    if (status === 500) this.faults.push(`${name}: 500`);
    if (status === 503 && wish.asked > MOST_ASKED) this.faults.push(`${name}: 503 for ever`);
    if (wish.state === 'done' && status < 400) return;
    if (isLost || status >= 500) {
      if (wish.state === 'asked') wish.state = 'unknown';
    } else if (status >= 400) await this.refused(wish, name, code);
    else this.acknowledged(wish, body);
  }

  /** A refusal is a promise too: that it is not done. */
  private async refused(wish: Wish, name: string, code: string): Promise<void> {
    const { dataSource } = this.world.house;
    const kept = await dataSource.query<object[]>('SELECT id FROM commands WHERE command_key = ?', [
      wish.key,
    ]);
    if (kept.length > 0) this.faults.push(`${name} is refused with ${code}, although it is done`);
    if (wish.state !== 'done') Object.assign(wish, { state: 'refused', code });
  }

  private acknowledged(wish: Wish, answer: unknown): void {
    Object.assign(wish, { state: 'done', answer, code: '' });
    if (wish.act !== 'recordPayment') return;
    const [, orderId = ''] = /^\/payments\/([^/]+)\//.exec(wish.path) ?? [];
    const what = wish.name.split(' by ')[0]?.replace(/^\S+ \S+ /, '') ?? '';
    const payment = { orderId, what, attempt: 0, amountFen: -wish.movesFen };
    this.bank.paid(this.step, payment, this.world.house.clock.now());
  }

  /** Everything in memory is gone, and whoever had asked does not know. */
  private async die(): Promise<void> {
    const gone = await this.scheduler.die();
    this.tell(`the process dies: ${gone.map(({ name, next }) => `${name} before ${next}`).join(', ')}`);
    this.count(gone.length > 0 ? 'died at work' : 'died at rest');
    for (const wish of this.wishes) if (wish.state === 'asked') wish.state = 'unknown';
  }

  private passTheDay(): void {
    this.tell('a day goes by');
    this.count('a day');
    this.world.house.clock.advance({ hours: 25 });
  }

  private async closeDue(): Promise<void> {
    const { house } = this.world;
    this.tell('the clock closes what is due');
    await this.scheduler.start('the clock', async () => {
      try {
        const closed = await house.get(RoundsService).closeDue(house.clock.now());
        this.count(`closeDue ${JSON.stringify(closed)}`);
      } catch (error) {
        if (!isTransient(error) && !(error instanceof CommitInDoubt))
          this.faults.push(`the clock: ${String(error)}`);
      }
    });
  }

  private async isOver(): Promise<boolean> {
    return Promise.resolve(this.wishes.length >= WISHES && this.scheduler.tasks.length === 0);
  }

  /** One thing less that is under way, unknown, or unheard of from the bank; false when there is none. */
  private async tidyUp(): Promise<boolean> {
    this.step += 1;
    this.world.house.clock.advance({ minutes: 1 });
    const [task] = this.scheduler.tasks;
    if (task) {
      await this.letOn();
      return true;
    }
    const unknown = this.wishes.find(({ state }) => state === 'unknown');
    const message = unknown ? null : this.bank.next(this.step, true);
    if (unknown) await this.ask(unknown);
    else if (message) await this.ask(this.made(this.desks.answerTo(message)));
    else return false;
    return true;
  }

  private checkedCommits = 0;

  private async check(promises: Promises): Promise<void> {
    if (this.gates.commits === this.checkedCommits) return;
    this.checkedCommits = this.gates.commits;
    this.faults.push(...(await promises.afterCommit()));
  }

  private count(what: string): void {
    this.counts.set(what, (this.counts.get(what) ?? 0) + 1);
  }
}

const PARKS_IN_100: Readonly<Record<Gate, number>> = {
  read: 12,
  begin: 40,
  step: 12,
  commit: 30,
  committed: 50,
};
const HARMS = ['before', 'after', 'busy'] as const satisfies readonly Fate[];
const LOST_IN_1000: Readonly<Record<Gate, number>> = { read: 1, begin: 5, step: 3, commit: 40, committed: 0 };
