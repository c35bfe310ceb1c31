import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** A process of its own that answers one question at a time. What it writes to the terminal is only what went wrong. */
export class Child<Question, Answer> {
  private constructor(private readonly process: ChildProcess) {}

  /** Starts `file`, beside this one, with what it is given; it says when it is ready. */
  static async start<Question, Answer>(
    file: string,
    given: object,
  ): Promise<{ child: Child<Question, Answer>; ready: Answer }> {
    const process = fork(fileURLToPath(new URL(file, import.meta.url)), [JSON.stringify(given)], {
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      serialization: 'advanced',
    });
    const child = new Child<Question, Answer>(process);
    return { child, ready: await child.answer() };
  }

  ask(question: Question): Promise<Answer> {
    const answer = this.answer();
    this.process.send(question as object);
    return answer;
  }

  async stop(): Promise<void> {
    if (this.process.exitCode !== null) return;
    const gone = once(this.process, 'exit');
    this.process.disconnect();
    await gone;
  }

  private async answer(): Promise<Answer> {
    const gone = new AbortController();
    const message = once(this.process, 'message', { signal: gone.signal }) as Promise<[Answer]>;
    const end = once(this.process, 'exit', { signal: gone.signal }).then(() => {
      throw new Error('A process of the bench ended before it answered');
    });
    try {
      return (await Promise.race([message, end]))[0];
    } finally {
      gone.abort();
      await Promise.allSettled([message, end]);
    }
  }
}

/** In the child: what it was given. */
export const given = (): unknown => JSON.parse(process.argv[2] ?? 'null');

/** In the child: says that it is ready, then answers until whoever started it lets it go. */
export function answering<Answer>(
  ready: Answer,
  answer: (question: unknown) => Promise<Answer>,
  end: () => Promise<void>,
): void {
  process.on('message', (question) => {
    void answer(question).then(say);
  });
  process.once('disconnect', () => {
    void end().then(() => process.exit(0));
  });
  say(ready);

  function say(words: Answer): void {
    process.send?.(words);
  }
}
