import { execFile } from 'node:child_process';
import { join } from 'node:path';

const CLI = join(process.cwd(), 'dist', 'src', 'cli.js');
/** Whoever has not ended by then waits for ever. */
const AT_MOST_MS = 60_000;

type Wanted = {
  readonly url: string;
  readonly dataDir: string;
  readonly settings?: Readonly<Record<string, string>>;
};
/** The status that it ended with; null where it was ended by force. */
export type CommandEnd = { readonly status: number | null; readonly out: string; readonly err: string };

/** A command of the built program, in a process of its own, where no .env lies. */
export function runCommand(command: string, { url, dataDir, settings = {} }: Wanted): Promise<CommandEnd> {
  return new Promise((resolve) => {
    const env = { PATH: process.env['PATH'], DATABASE_URL: url, HUZHU_DATA_DIR: dataDir, ...settings };
    const options = { cwd: dataDir, env, timeout: AT_MOST_MS };
    const child = execFile(process.execPath, [CLI, command], options, (_error, out, err) => {
      resolve({ status: child.exitCode, out, err });
    });
  });
}
