import { Logger, NotFoundException } from '@nestjs/common';
import type { ArgumentsHost } from '@nestjs/common';
import { DomainError } from '../../kernel/domain-error.js';
import { ErrorFilter } from './error.filter.js';

class Refused extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'NOT_NOW';
}

type Noted = { readonly level: string; readonly words: string; readonly stack: string | undefined };

/** What the log is told of one request that ends with that error, and the status of its answer. */
function caught(error: unknown): { readonly status: number; readonly noted: readonly Noted[] } {
  const noted: Noted[] = [];
  const spies = (['error', 'warn'] as const).map((level) =>
    jest.spyOn(Logger.prototype, level).mockImplementation((...[words, stack]: unknown[]) => {
      noted.push({ level, words: String(words), stack: typeof stack === 'string' ? stack : undefined });
    }),
  );
  let status = 0;
  const reply = {
    header: () => reply,
    type: () => reply,
    send: () => reply,
    view: () => Promise.resolve(),
    status(code: number) {
      status = code;
      return reply;
    },
  };
  const request = { id: 'r-1', method: 'GET', url: '/api/v1/cases', headers: {} };
  const http = { getRequest: () => request, getResponse: () => reply };
  const host = { switchToHttp: () => http } as unknown as ArgumentsHost;
  new ErrorFilter({ doubt: () => null }).catch(error, host);
  for (const spy of spies) spy.mockRestore();
  return { status, noted };
}

it.each`
  error                                                                       | status | levels       | because
  ${new Refused('现在不行')}                                                  | ${409} | ${[]}        | ${'a rule said no'}
  ${new NotFoundException()}                                                  | ${404} | ${[]}        | ${'nothing is there'}
  ${Object.assign(new Error('x'), { code: 'ER_LOCK_DEADLOCK', errno: 1213 })} | ${503} | ${['warn']}  | ${'it is turned away for a while'}
  ${new TypeError('a bug')}                                                   | ${500} | ${['error']} | ${'it is a bug'}
`('notes $levels of $status: $because', ({ error, status, levels }: Row) => {
  const { status: answered, noted } = caught(error);
  expect([answered, noted.map(({ level }) => level)]).toEqual([status, levels]);
});
type Row = { error: unknown; status: number; levels: string[] };

it('gives the stack of a bug and of nothing else, and the words of neither', () => {
  const [bug] = caught(new TypeError('13900001111 cannot be read')).noted;
  expect(bug?.words).toBe('Request r-1 failed: INTERNAL');
  expect(bug?.stack).toMatch(/^TypeError[^\n]*\n\s+at /);
  const [away] = caught(
    Object.assign(new Error('13900001111'), { code: 'ER_LOCK_DEADLOCK', errno: 1213 }),
  ).noted;
  expect([away?.words, away?.stack]).toEqual([
    'Request r-1 was turned away: TRY_AGAIN (Error ER_LOCK_DEADLOCK)',
    undefined,
  ]);
  expect(JSON.stringify([bug, away])).not.toContain('13900001111');
});
