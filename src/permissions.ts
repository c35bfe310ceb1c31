import { accessPermissions } from './access/index.js';
import { auditPermissions, sealPermissions } from './audit/index.js';
import { boardPermissions, charterPermissions } from './board/index.js';
import { breachesPermissions } from './breaches/index.js';
import { casesPermissions } from './cases/index.js';
import {
  accountsPermissions,
  donationListPermissions,
  donorRightsPermissions,
  openBooksPermissions,
  campaignPermissions,
  goodsPermissions,
  webhookPermissions,
  giftImportPermissions,
  giftRefundsPermissions,
  managementPermissions,
  giftsPermissions,
  giftTextsPermissions,
  tracePermissions,
  receiptsPermissions,
} from './donations/index.js';
import { dutiesPermissions } from './duties/index.js';
import { federationPermissions } from './federation/index.js';
import { fundsPermissions } from './funds/index.js';
import { housePermissions } from './house/house.permissions.js';
import { ledgerPermissions } from './ledger/index.js';
import { messagesPermissions } from './messages/index.js';
import {
  noticeProofPermissions,
  noticesPermissions,
  objectionsPermissions,
  noticeTextsPermissions,
} from './notices/index.js';
import { officesPermissions } from './offices/index.js';
import { paymentsPermissions } from './payments/index.js';
import { peoplePermissions } from './people/index.js';
import type { PermissionRow } from './platform/web/permissions.js';
import { reliefPapersPermissions, reliefPermissions } from './relief/index.js';
import { societiesPermissions } from './societies/index.js';

/** The one table of who may reach what, collected from every context. */
export const permissions: readonly PermissionRow[] = [
  ...housePermissions,
  ...auditPermissions,
  ...sealPermissions,
  ...societiesPermissions,
  ...peoplePermissions,
  ...accessPermissions,
  ...officesPermissions,
  ...dutiesPermissions,
  ...messagesPermissions,
  ...breachesPermissions,
  ...noticesPermissions,
  ...objectionsPermissions,
  ...noticeTextsPermissions,
  ...noticeProofPermissions,
  ...boardPermissions,
  ...charterPermissions,
  ...ledgerPermissions,
  ...fundsPermissions,
  ...giftsPermissions,
  ...receiptsPermissions,
  ...giftRefundsPermissions,
  ...managementPermissions,
  ...accountsPermissions,
  ...donationListPermissions,
  ...openBooksPermissions,
  ...giftImportPermissions,
  ...campaignPermissions,
  ...goodsPermissions,
  ...webhookPermissions,
  ...giftTextsPermissions,
  ...donorRightsPermissions,
  ...tracePermissions,
  ...paymentsPermissions,
  ...casesPermissions,
  ...federationPermissions,
  ...reliefPermissions,
  ...reliefPapersPermissions,
];
