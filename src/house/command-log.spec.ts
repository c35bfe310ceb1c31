import { Logger } from '@nestjs/common';
import { CommandLog } from './command-log.js';

describe('the log of a command', () => {
  const lines: string[] = [];
  const listen = (stream: NodeJS.WriteStream) =>
    jest.spyOn(stream, 'write').mockImplementation((line) => lines.push(String(line)) > 0);

  beforeEach(() => {
    lines.length = 0;
  });
  afterEach(() => {
    jest.restoreAllMocks();
  });

  it.each([
    ['a fault of a service', 'Webhooks', 1],
    ['what Nest says of a beginning that failed', 'ExceptionHandler', 0],
  ])('%s: %s, %i lines', (_what, context, said) => {
    const spies = [listen(process.stdout), listen(process.stderr)];
    const logger = new Logger(context);
    Logger.overrideLogger(new CommandLog());
    logger.error('broken');
    logger.warn('careful');
    Logger.overrideLogger(false);
    for (const spy of spies) spy.mockRestore();
    expect(lines.filter((line) => line.includes('broken'))).toHaveLength(said);
    expect(lines.filter((line) => line.includes('careful'))).toHaveLength(0);
  });

  it('says that the database is waited for, without the stack of the driver', () => {
    const spies = [listen(process.stdout), listen(process.stderr)];
    const logger = new Logger('TypeOrmModule');
    Logger.overrideLogger(new CommandLog());
    logger.error('Unable to connect', 'Error: refused\n    at somewhere');
    Logger.overrideLogger(false);
    for (const spy of spies) spy.mockRestore();
    expect(lines.join('')).toContain('Unable to connect');
    expect(lines.join('')).not.toContain('somewhere');
  });
});
