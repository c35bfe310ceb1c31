import { setTimeout as sleep } from 'node:timers/promises';

/** Asks until it is so; throws in the words of `what` where it never comes to be. */
export async function until(
  what: string,
  isSo: () => boolean | Promise<boolean>,
  { withinMs = 60_000, eachMs = 20 } = {},
): Promise<void> {
  const giveUpAt = performance.now() + withinMs;
  while (!(await isSo())) {
    if (performance.now() > giveUpAt) throw new Error(`It never came to be: ${what}`);
    await sleep(eachMs);
  }
}
