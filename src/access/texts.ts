import type { Config } from '../platform/config.js';

/** Whether a texted code arrives: without an operator only on a laptop, where the log or the file shows it. */
export function carriesTexts({ production, messages }: Pick<Config, 'production' | 'messages'>): boolean {
  return !production || (messages.driver !== 'log' && messages.driver !== 'file');
}
