export type DomainErrorKind = 'invalid' | 'forbidden' | 'not-found' | 'conflict';

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
