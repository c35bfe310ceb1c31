import { ConsoleLogger } from '@nestjs/common';

/** What Nest itself says of a program that does not begin, and of a database that is waited for. */
const [NO_BEGINNING, WAITING] = ['ExceptionHandler', 'TypeOrmModule'];

/**
 * The log of a command: faults alone. What keeps a command from beginning is said once and in words by the command line; that
 * it waits for its database is said in one line each time. Neither shows a stack of the driver.
 */
export class CommandLog extends ConsoleLogger {
  constructor() {
    super({ logLevels: ['error'] });
  }

  override error(message: unknown, ...rest: unknown[]): void {
    const context = rest.at(-1);
    if (context === WAITING) super.error(message, context);
    else if (context !== NO_BEGINNING) super.error(message, ...rest);
  }
}
