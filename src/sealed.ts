import { accessSealed } from './access/index.js';
import { boardSealed } from './board/index.js';
import { breachesSealed } from './breaches/index.js';
import { casesSealed } from './cases/index.js';
import { donationsSealed } from './donations/index.js';
import { federationSealed } from './federation/index.js';
import { messagesSealed } from './messages/index.js';
import { noticesSealed } from './notices/index.js';
import { paymentsSealed } from './payments/index.js';
import { peopleSealed } from './people/index.js';
import { reliefSealed } from './relief/index.js';
import type { SealedColumn } from './platform/crypto/sealed-column.js';

/** Every sealed column of the house, collected from every context; a test compares it with the schema. */
export const sealedColumns: readonly SealedColumn[] = [
  ...peopleSealed,
  ...accessSealed,
  ...messagesSealed,
  ...breachesSealed,
  ...noticesSealed,
  ...boardSealed,
  ...donationsSealed,
  ...paymentsSealed,
  ...casesSealed,
  ...reliefSealed,
  ...federationSealed,
];
