import { ConsoleLogger } from '@nestjs/common';

/** What Nest itself says of a program that does not begin. */
const NO_BEGINNING = 'ExceptionHandler';

/**
 * The log of a command: faults alone. What keeps a command from beginning is said once and in words by the command line,
 * and not with a stack of the driver besides.
 */
export class CommandLog extends ConsoleLogger {
  constructor() {
    super({ logLevels: ['error'] });
  }

  override error(message: unknown, ...rest: unknown[]): void {
    if (rest.at(-1) !== NO_BEGINNING) super.error(message, ...rest);
  }
}
