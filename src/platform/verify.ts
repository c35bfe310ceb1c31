/** One thing that the rows say and the rows belie. */
export type Finding = {
  /** `balance`, `reserved`, `lot`, …: what kind of promise is broken. */
  readonly kind: string;
  /** Table and id, for the person who looks. No personal data. */
  readonly subject: string;
  readonly words: string;
};

/** Recomputes what a context promises from its rows. Each context has one; the command line runs them all. */
export abstract class Verifier {
  abstract check(): Promise<Finding[]>;
}
