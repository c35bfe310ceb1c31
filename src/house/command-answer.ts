import type { Command } from 'commander';

/** 0 done · 1 done, and something was found or refused · 2 the words of the call are wrong. */
export type ExitStatus = 0 | 1 | 2;

export type Answer = {
  readonly status: ExitStatus;
  readonly lines: readonly string[];
  readonly json: object;
};

export type Add = (
  name: string,
  about: string,
  work: (...args: string[]) => Promise<Answer> | Answer,
) => Command;
