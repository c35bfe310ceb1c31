import type { INestApplicationContext } from '@nestjs/common';
import { SealVerifier } from '../audit/index.js';
import { BoardVerifier } from '../board/index.js';
import { BreachesVerifier } from '../breaches/index.js';
import { CasesVerifier, HandoversVerifier, LettersVerifier } from '../cases/index.js';
import { ReceiptsVerifier, OpenBooksVerifier } from '../donations/index.js';
import { DonationsVerifier } from '../donations/index.js';
import { FederationVerifier } from '../federation/index.js';
import { GoodsVerifier } from '../donations/index.js';
import { FundsVerifier } from '../funds/index.js';
import { LedgerVerifier, MonthsVerifier } from '../ledger/index.js';
import {
  IncidentsVerifier,
  NoticeFilesVerifier,
  NoticesVerifier,
  ObjectionsVerifier,
} from '../notices/index.js';
import { DutiesVerifier } from './duties.verifier.js';
import { PaymentsVerifier } from '../payments/index.js';
import { ReliefVerifier } from '../relief/index.js';
import type { Finding } from '../platform/verify.js';

const VERIFIERS = [
  LedgerVerifier,
  MonthsVerifier,
  OpenBooksVerifier,
  ReceiptsVerifier,
  FundsVerifier,
  DonationsVerifier,
  GoodsVerifier,
  BoardVerifier,
  PaymentsVerifier,
  BreachesVerifier,
  NoticesVerifier,
  IncidentsVerifier,
  NoticeFilesVerifier,
  ObjectionsVerifier,
  CasesVerifier,
  LettersVerifier,
  HandoversVerifier,
  ReliefVerifier,
  FederationVerifier,
  DutiesVerifier,
  SealVerifier,
];

/** The reconciler: every context recomputes what it promises from its rows (architecture.md 3). */
export async function findAll(
  app: Pick<INestApplicationContext, 'get'>,
): Promise<{ checked: string[]; findings: Finding[] }> {
  const findings: Finding[] = [];
  for (const verifier of VERIFIERS) findings.push(...(await app.get(verifier, { strict: false }).check()));
  return { checked: VERIFIERS.map(({ name }) => name), findings };
}
