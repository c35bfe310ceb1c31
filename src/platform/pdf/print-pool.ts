import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Config, Environment } from '../config.js';
import { projectRoot } from '../project-root.js';
import { sharedFontsOf } from './font-bytes.js';
import type { SharedFonts } from './font-bytes.js';
import { fontFilesOf } from './font-files.js';
import { MissingGlyph } from './pdf.errors.js';
import type { PaperToPrint, Printed } from './printer.js';

export type WorkerSettings = {
  readonly environment: Environment;
  readonly templates: string;
  readonly fonts: SharedFonts;
};
export type WorkerJob = { readonly id: number; readonly paper: PaperToPrint };
export type WorkerAnswer =
  | {
      readonly id: number;
      readonly ok: true;
      readonly pdf: Uint8Array;
      readonly contentHash: string;
      readonly pages: number;
    }
  | {
      readonly id: number;
      readonly ok: false;
      /** Where a font lacked a character. */
      readonly glyph: Readonly<Record<string, string | number>> | null;
      readonly message: string;
    };

export type PooledPrint = Pick<Printed, 'pdf' | 'contentHash' | 'pages'>;
export type Outcome<Item> =
  | { readonly item: Item; readonly ok: true; readonly printed: PooledPrint }
  | { readonly item: Item; readonly ok: false; readonly error: unknown };

/** As many as a small server has processors. */
export const PRINT_THREADS = 2;
/** How many papers wait in front of each thread: enough that none stands idle, few enough that memory stays flat. */
const WAITING_EACH = 2;

/** What a paper needs is soon forgotten: in little room it is cleared away sooner, and memory stays flat. */
const LIMITS = { maxYoungGenerationSizeMb: 8, maxOldGenerationSizeMb: 80 };

/** Where many papers are printed at once: off the thread that answers requests. */
export class PrintPools {
  private readonly settings: Omit<WorkerSettings, 'fonts'>;

  constructor(
    private readonly config: Config,
    templates: string,
  ) {
    const { fontFangsong, fontXiaobiaosong, fontHeiti, fontKaiti } = config;
    const environment = {
      FONT_FANGSONG: fontFangsong ?? '',
      FONT_XIAOBIAOSONG: fontXiaobiaosong ?? '',
      FONT_HEITI: fontHeiti ?? '',
      FONT_KAITI: fontKaiti ?? '',
    };
    this.settings = { environment, templates };
  }

  /** Whoever opens a pool closes it: until then its threads hold fonts, and keep the program running. */
  open(threads = PRINT_THREADS): PrintPool {
    const fonts = sharedFontsOf(Object.values(fontFilesOf(this.config)).flat());
    return new PrintPool({ ...this.settings, fonts }, threads);
  }
}

type Waiting = {
  readonly resolve: (printed: PooledPrint) => void;
  readonly reject: (error: unknown) => void;
};
type Thread = { readonly worker: Worker; readonly waiting: Map<number, Waiting>; hasPrinted: boolean };

/** Threads that print. A paper comes out with the same bytes as from the printer itself, or with the same error. */
export class PrintPool {
  private threads: Thread[];
  private jobs = 0;
  private isClosed = false;

  constructor(
    private readonly settings: WorkerSettings,
    count: number,
  ) {
    this.threads = Array.from({ length: count }, () => this.started());
  }

  /** Goes to the thread with the least to do. Whoever prints many takes `each`, which never has too many waiting. */
  print(paper: PaperToPrint): Promise<PooledPrint> {
    const [thread] = this.threads.toSorted((a, b) => a.waiting.size - b.waiting.size);
    if (!thread || this.isClosed) return Promise.reject(new Error('The print pool has no thread left'));
    const id = ++this.jobs;
    return new Promise((resolve, reject) => {
      thread.waiting.set(id, { resolve, reject });
      thread.worker.postMessage({ id, paper } satisfies WorkerJob);
    });
  }

  /**
   * Prints all, in their order, and takes the next item only when there is room for it: what has been printed waits for
   * whoever takes it, not the other way round. An item that cannot be printed does not hold up the others.
   */
  async *each<Item>(
    items: AsyncIterable<Item> | Iterable<Item>,
    paperOf: (item: Item) => PaperToPrint,
  ): AsyncGenerator<Outcome<Item>> {
    const running: Promise<Outcome<Item>>[] = [];
    for await (const item of items) {
      running.push(this.outcomeOf(item, paperOf));
      if (running.length < this.threads.length * WAITING_EACH) continue;
      const next = running.shift();
      if (next) yield await next;
    }
    for (const next of running) yield await next;
  }

  async close(): Promise<void> {
    this.isClosed = true;
    const { threads } = this;
    for (const thread of threads) this.lose(thread, new Error('The print pool was closed'));
    await Promise.all(threads.map(({ worker }) => worker.terminate()));
  }

  private async outcomeOf<Item>(item: Item, paperOf: (item: Item) => PaperToPrint): Promise<Outcome<Item>> {
    try {
      return { item, ok: true, printed: await this.print(paperOf(item)) };
    } catch (error) {
      return { item, ok: false, error };
    }
  }

  private started(): Thread {
    const worker = new Worker(workerFile(), { workerData: this.settings, resourceLimits: LIMITS });
    const thread = { worker, waiting: new Map<number, Waiting>(), hasPrinted: false };
    worker.on('message', (answer: WorkerAnswer) => {
      const waiting = thread.waiting.get(answer.id);
      thread.waiting.delete(answer.id);
      thread.hasPrinted = true;
      if (answer.ok) {
        const { buffer, byteOffset, byteLength } = answer.pdf;
        const pdf = Buffer.from(buffer, byteOffset, byteLength);
        waiting?.resolve({ pdf, contentHash: answer.contentHash, pages: answer.pages });
      } else waiting?.reject(errorOf(answer));
    });
    worker.on('error', (error) => {
      this.lose(thread, error);
    });
    worker.on('exit', () => {
      this.lose(thread, new Error('A thread of the print pool has ended'));
    });
    return thread;
  }

  /**
   * Whoever waits for a thread that is gone is told so; the others go on. Another takes its place, unless this one never
   * printed anything: then the next would not either.
   */
  private lose(thread: Thread, error: unknown): void {
    if (!this.threads.includes(thread)) return;
    this.threads = this.threads.filter((each) => each !== thread);
    if (thread.hasPrinted && !this.isClosed) this.threads.push(this.started());
    for (const { reject } of thread.waiting.values()) reject(error);
    thread.waiting.clear();
  }
}

function errorOf({ glyph, message }: WorkerAnswer & { ok: false }): Error {
  if (!glyph) return new Error(message);
  const codePoint = Number.parseInt(String(glyph['codePoint']).slice(2), 16);
  return new MissingGlyph(String.fromCodePoint(codePoint), String(glyph['field']));
}

/** Tests run from `src`, the program from one file; a thread reads neither. */
function workerFile(): string {
  const built = join(projectRoot(), 'dist', 'src', 'platform', 'pdf', 'print-worker.js');
  if (!existsSync(built)) throw new Error(`There is no ${built}; make it with: npm run build`);
  return built;
}
