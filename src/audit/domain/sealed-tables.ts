/**
 * How a column stands in the seal. `text`, `integer` and `instant` stand as they are. `pledge` is the SHA-256 of a salt of the row and the text:
 * for words that may name or describe somebody, so that nobody who holds the export can guess them, and whoever is shown
 * text and salt can still be sure.
 */
export type SealedAs = 'text' | 'integer' | 'instant' | 'pledge';

export type SealedTable = {
  readonly name: string;
  /** In this order, which is part of the format. */
  readonly columns: readonly (readonly [name: string, as: SealedAs])[];
  /** What is not sealed, and why. */
  readonly leftOut: Readonly<Record<string, string>>;
  /** Where the row says when it became final; null where its key says so. */
  readonly finalAt: string | null;
};

/** A value as either driver gives it. */
export type RawValue = string | number | Date | null;
export type RawRow = Readonly<Record<string, RawValue>> & { readonly id: string };

/** The hash functions come in from outside: a rule imports none. */
export type Hashes = {
  /** Of the text under the salt of its row. */
  pledge(column: string, text: string): string;
};

const text = (...names: string[]) => names.map((name) => [name, 'text'] as const);
const integer = (...names: string[]) => names.map((name) => [name, 'integer'] as const);
const instant = (...names: string[]) => names.map((name) => [name, 'instant'] as const);
const pledge = (...names: string[]) => names.map((name) => [name, 'pledge'] as const);

const KEY = 'the key, which stands at the head of the row';
const CIPHERTEXT = 'it is another one after each change of the key, and opens in its own row only';
const HASHED = `${CIPHERTEXT}; the hash of what it holds is sealed`;

const AUDIT_ACTS: SealedTable = {
  name: 'audit_acts',
  columns: [
    ...instant('at'),
    ...text('act'),
    ...pledge('words'),
    ...text('society_id', 'account_id', 'person_id', 'roles', 'origin', 'subject_kind', 'subject_id'),
    ...text('thread_id', 'before_hash', 'after_hash', 'command_id'),
  ],
  leftOut: { id: KEY },
  finalAt: null,
};

const VOUCHERS: SealedTable = {
  name: 'vouchers',
  columns: [
    ...text('book_id'),
    ...integer('year', 'number'),
    ...text('day', 'cause'),
    ...pledge('summary'),
    ...instant('posted_at'),
    ...text('reversal_of'),
  ],
  leftOut: { id: KEY },
  finalAt: null,
};

const VOUCHER_LINES: SealedTable = {
  name: 'voucher_lines',
  columns: [
    ...text('voucher_id'),
    ...integer('position'),
    ...text('account', 'society_id', 'fund', 'restriction', 'thread_id'),
    ...integer('amount_fen'),
  ],
  leftOut: { id: KEY },
  finalAt: null,
};

const LOT_ALLOCATIONS: SealedTable = {
  name: 'lot_allocations',
  columns: [...text('lot_id', 'voucher_id', 'kind', 'order_id'), ...integer('amount_fen')],
  leftOut: { id: KEY },
  finalAt: null,
};

/** Only what is decided: until then a round changes. */
const ROUNDS: SealedTable = {
  name: 'rounds',
  columns: [
    ...text('society_id', 'society_name', 'subject_kind', 'subject_id', 'thread_id'),
    ...integer('sequence'),
    ...text('revision'),
    ...pledge('motion'),
    ...integer('amount_fen'),
    ...text('charter_id', 'charter_article', 'number_prefix'),
    ...integer('quorum_numerator', 'quorum_denominator', 'majority_numerator', 'majority_denominator'),
    ...integer('directors'),
    ...text('opened_by'),
    ...instant('opened_at', 'deadline_at'),
    ...text('state'),
    ...integer('version'),
    ...text('presider_id', 'recorder_id'),
    ...pledge('recorder_name'),
    ...text('sheet_file_id'),
    ...pledge('place'),
    ...instant('met_at'),
    ...integer('recused', 'electors', 'present', 'yes_count', 'no_count', 'abstain_count'),
    ...text('closing'),
    ...integer('decision_year', 'decision_serial'),
    ...text('decision_number'),
    ...instant('decided_at'),
  ],
  leftOut: { id: KEY, open_key: 'empty in every round that is decided' },
  finalAt: 'decided_at',
};

const ROUND_DIRECTORS: SealedTable = {
  name: 'round_directors',
  columns: [...text('round_id', 'person_id'), ...pledge('name'), ...integer('place')],
  leftOut: { id: KEY },
  finalAt: null,
};

/** How each of them voted is nobody's to read outside the society: choice and reason are pledged. */
const ROUND_STANCES: SealedTable = {
  name: 'round_stances',
  columns: [
    ...text('round_id', 'person_id'),
    ...integer('sequence'),
    ...text('kind'),
    ...pledge('choice', 'reason'),
    ...text('how', 'file_id', 'link_id'),
    ...text('recorded_by'),
    ...pledge('recorder_name'),
    ...instant('recorded_at'),
  ],
  leftOut: { id: KEY, why_sealed: CIPHERTEXT },
  finalAt: null,
};

const ROUND_MINUTES: SealedTable = {
  name: 'round_minutes',
  columns: [...text('round_id'), ...pledge('content_hash'), ...instant('frozen_at')],
  leftOut: { id: KEY, content_sealed: HASHED },
  finalAt: null,
};

const NOTICE_ISSUES: SealedTable = {
  name: 'notice_issues',
  columns: [
    ...text('notice_id', 'society_id'),
    ...integer('year', 'serial'),
    ...text('number'),
    ...pledge('code'),
    ...text('content_hash', 'pdf_sha256', 'pdf_file_id'),
    ...integer('pages'),
    ...text('signed_by_account', 'signed_by'),
    ...instant('signed_at'),
  ],
  leftOut: {
    id: KEY,
    content: 'its hash is sealed; the words, which are taken from public view some day, leave with no export',
  },
  finalAt: null,
};

const NOTICE_LINKS: SealedTable = {
  name: 'notice_links',
  columns: text('notice_id', 'earlier_id', 'relation'),
  leftOut: { id: KEY },
  finalAt: null,
};

const NOTICE_POSTINGS: SealedTable = {
  name: 'notice_postings',
  columns: [
    ...text('notice_id'),
    ...pledge('place'),
    ...instant('posted_at'),
    ...text('recorded_by'),
    ...instant('recorded_at'),
  ],
  leftOut: { id: KEY },
  finalAt: null,
};

const RECEIPTS: SealedTable = {
  name: 'receipts',
  columns: [
    ...text('society_id', 'gift_id', 'issuer_id', 'mode', 'kind'),
    ...integer('series_year', 'number'),
    ...text('number_text'),
    ...pledge('check_code'),
    ...integer('amount_fen', 'refunded_fen'),
    ...text('issued_on'),
    ...instant('issued_at'),
    ...text('issued_by', 'received_by', 'reverses_id', 'cause'),
    ...pledge('reason'),
    ...text('returned'),
    ...pledge('content_hash'),
  ],
  leftOut: { id: KEY, content_sealed: HASHED },
  finalAt: null,
};

/**
 * What the seal holds: rows that the house never changes again. What moves by its nature (balances, what is left of a lot,
 * the state of a case, of a notice or of a duty) is not sealed itself: the reconciler recomputes it from rows that are.
 */
export const SEALED_TABLES: readonly SealedTable[] = [
  AUDIT_ACTS,
  VOUCHERS,
  VOUCHER_LINES,
  LOT_ALLOCATIONS,
  ROUNDS,
  ROUND_DIRECTORS,
  ROUND_STANCES,
  ROUND_MINUTES,
  NOTICE_ISSUES,
  NOTICE_LINKS,
  NOTICE_POSTINGS,
  RECEIPTS,
];

export const hasPledge = ({ columns }: SealedTable): boolean => columns.some(([, as]) => as === 'pledge');

/**
 * The canonical text of a row, of which the seal takes the UTF-8 bytes: JSON without spaces, in this order: the version of
 * the format, the number of the row in the seal, the table, the key, when the row became final, and each sealed column with
 * how it stands there. Integers are text, since numbers of JSON end at 2^53; instants are ISO 8601 in UTC to the millisecond.
 */
export function sealedText(number: number, table: SealedTable, row: RawRow, hashes: Hashes): string {
  const { id } = row;
  const final = finalAtOf(table, row);
  const fields = table.columns.map(([name, as]) => [name, as, valueOf(name, as, row[name] ?? null, hashes)]);
  return JSON.stringify({ v: 1, number, table: table.name, row: id, final, fields });
}

function valueOf(name: string, as: SealedAs, value: RawValue, hashes: Hashes): string | null {
  if (value === null) return null;
  switch (as) {
    case 'text':
      return String(value);
    case 'integer':
      return BigInt(value as string | number).toString();
    case 'instant':
      return isoOf(value);
    case 'pledge':
      return hashes.pledge(name, String(value));
  }
}

/** ISO 8601. Null where neither a column nor the key tells: then the seal does not ask whether the row came late. */
export function finalAtOf({ finalAt }: SealedTable, row: RawRow): string | null {
  if (finalAt !== null) return isoOf(row[finalAt] ?? null);
  return madeAtOf(row.id);
}

/** When a key of version 7 was made (RFC 9562). */
function madeAtOf(id: string): string | null {
  const [, high = '', low = ''] = /^([0-9a-f]{8})-([0-9a-f]{4})-7/.exec(id) ?? [];
  return high === '' ? null : new Date(Number.parseInt(high + low, 16)).toISOString();
}

/** mysql2 gives a Date, SQLite the text as it was bound. */
function isoOf(value: RawValue): string {
  if (value instanceof Date) return value.toISOString();
  return new Date(`${String(value).replace(' ', 'T').replace(/Z$/, '')}Z`).toISOString();
}
