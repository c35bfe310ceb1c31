export type DomainErrorKind = 'invalid' | 'forbidden' | 'not-found' | 'gone' | 'conflict';

/** What a refusal may carry beside its words: numbers and codes, never personal data. */
export type RefusalDetails = Readonly<Record<string, string | number>>;

/**
 * The society says no. Thrown, so that it rolls the unit of work back. The message is one Chinese sentence that names
 * the rule with its numbers; `advice` says what to do instead. It knows no HTTP and holds no personal data.
 */
export abstract class DomainError extends Error {
  abstract readonly kind: DomainErrorKind;
  /** Stable, in capitals, for programs: FUND_CANNOT_COVER. */
  abstract readonly code: string;

  constructor(
    message: string,
    readonly details: RefusalDetails = {},
    readonly advice = '',
  ) {
    super(message);
  }
}

/** Of what is asked before a unit of work: a refusal is kept, to be thrown inside it, where a repeat finds its answer. */
export function refusalOf(error: unknown): DomainError {
  if (error instanceof DomainError) return error;
  throw error;
}

/** What was asked before the unit of work; or the refusal, thrown inside it. */
export function unlessRefused<Known extends object>(asked: Known | DomainError): Known {
  if (asked instanceof DomainError) throw asked;
  return asked;
}
