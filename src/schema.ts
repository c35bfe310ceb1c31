import { CreatePlatform1795305600100 } from '../migrations/1795305600100-CreatePlatform.js';
import { CreateAudit1795305600200 } from '../migrations/1795305600200-CreateAudit.js';
import { CreateSocieties1795305600300 } from '../migrations/1795305600300-CreateSocieties.js';
import { CreatePeople1795305600400 } from '../migrations/1795305600400-CreatePeople.js';
import { CreatePersonCorrections1795305600405 } from '../migrations/1795305600405-CreatePersonCorrections.js';
import { CreateAccess1795305600500 } from '../migrations/1795305600500-CreateAccess.js';
import { CreateSecondFactors1795305600510 } from '../migrations/1795305600510-CreateSecondFactors.js';
import { CreateSignInCodes1795305600520 } from '../migrations/1795305600520-CreateSignInCodes.js';
import { CreateOffices1795305600600 } from '../migrations/1795305600600-CreateOffices.js';
import { CreateDuties1795305600700 } from '../migrations/1795305600700-CreateDuties.js';
import { CreateMessages1795305600750 } from '../migrations/1795305600750-CreateMessages.js';
import { CreateNotices1795305600800 } from '../migrations/1795305600800-CreateNotices.js';
import { CreateNoticeProofs1795305601100 } from '../migrations/1795305601100-CreateNoticeProofs.js';
import { CreateObjections1795305600805 } from '../migrations/1795305600805-CreateObjections.js';
import { CreateIncidents1795305600806 } from '../migrations/1795305600806-CreateIncidents.js';
import { CreateBoard1795305600900 } from '../migrations/1795305600900-CreateBoard.js';
import { CreateRuleMotions1795305600905 } from '../migrations/1795305600905-CreateRuleMotions.js';
import { CreateLedger1795305600910 } from '../migrations/1795305600910-CreateLedger.js';
import { CreatePayments1795305600920 } from '../migrations/1795305600920-CreatePayments.js';
import { CreateCases1795305600930 } from '../migrations/1795305600930-CreateCases.js';
import { CreateCaseBranches1795305600940 } from '../migrations/1795305600940-CreateCaseBranches.js';
import { CreateFunds1795305600950 } from '../migrations/1795305600950-CreateFunds.js';
import { CreateCaseMatches1795305600960 } from '../migrations/1795305600960-CreateCaseMatches.js';
import { CreateRelief1795305600970 } from '../migrations/1795305600970-CreateRelief.js';
import { CreateDesk1795305600980 } from '../migrations/1795305600980-CreateDesk.js';
import { CreateDonations1795305600990 } from '../migrations/1795305600990-CreateDonations.js';
import { CreateReceipts1795305600991 } from '../migrations/1795305600991-CreateReceipts.js';
import { CreateDonationLists1795305600997 } from '../migrations/1795305600997-CreateDonationLists.js';
import { CreateGiftRefunds1795305600992 } from '../migrations/1795305600992-CreateGiftRefunds.js';
import { CreateCampaigns1795305600993 } from '../migrations/1795305600993-CreateCampaigns.js';
import { CreateGoods1795305600994 } from '../migrations/1795305600994-CreateGoods.js';
import { CreateWebhooks1795305600995 } from '../migrations/1795305600995-CreateWebhooks.js';
import { CreateManagement1795305600998 } from '../migrations/1795305600998-CreateManagement.js';
import { CreateGiftImports1795305600999 } from '../migrations/1795305600999-CreateGiftImports.js';
import { CreateNoticeTexts1795305601010 } from '../migrations/1795305601010-CreateNoticeTexts.js';
import { CreateSeal1795305601200 } from '../migrations/1795305601200-CreateSeal.js';
import { CreateAccountReports1795305601020 } from '../migrations/1795305601020-CreateAccountReports.js';
import { CreateLooks1795305601300 } from '../migrations/1795305601300-CreateLooks.js';
import { CreateBreaches1795305601320 } from '../migrations/1795305601320-CreateBreaches.js';
import { CreateAccountIdentities1795305601530 } from '../migrations/1795305601530-CreateAccountIdentities.js';
import { CreateDonorRights1795305601540 } from '../migrations/1795305601540-CreateDonorRights.js';
import { CreatePersonRights1795305601310 } from '../migrations/1795305601310-CreatePersonRights.js';
import { CreateMonths1795305601600 } from '../migrations/1795305601600-CreateMonths.js';
import { accessEntities } from './access/index.js';
import { auditEntities } from './audit/index.js';
import { boardEntities } from './board/index.js';
import { breachesEntities } from './breaches/index.js';
import { casesEntities } from './cases/index.js';
import { donationsEntities } from './donations/index.js';
import { dutiesEntities } from './duties/index.js';
import { federationEntities } from './federation/index.js';
import { fundsEntities } from './funds/index.js';
import { ledgerEntities } from './ledger/index.js';
import { messagesEntities } from './messages/index.js';
import { noticesEntities, objectionsEntities, proofEntities } from './notices/index.js';
import { officesEntities } from './offices/index.js';
import { paymentsEntities } from './payments/index.js';
import { peopleEntities } from './people/index.js';
import { platformEntities } from './platform/index.js';
import { reliefEntities } from './relief/index.js';
import type { Schema } from './platform/database/data-source.js';
import { societiesEntities } from './societies/index.js';

/** All rows and the one history of migrations: read by the program, the command line and the tests. */
export const schema: Schema = {
  entities: [
    ...platformEntities,
    ...auditEntities,
    ...societiesEntities,
    ...peopleEntities,
    ...accessEntities,
    ...officesEntities,
    ...dutiesEntities,
    ...messagesEntities,
    ...breachesEntities,
    ...noticesEntities,
    ...proofEntities,
    ...objectionsEntities,
    ...boardEntities,
    ...ledgerEntities,
    ...fundsEntities,
    ...donationsEntities,
    ...paymentsEntities,
    ...casesEntities,
    ...reliefEntities,
    ...federationEntities,
  ],
  migrations: [
    CreatePlatform1795305600100,
    CreateAudit1795305600200,
    CreateSocieties1795305600300,
    CreatePeople1795305600400,
    CreatePersonCorrections1795305600405,
    CreateAccess1795305600500,
    CreateSecondFactors1795305600510,
    CreateSignInCodes1795305600520,
    CreateOffices1795305600600,
    CreateDuties1795305600700,
    CreateMessages1795305600750,
    CreateNotices1795305600800,
    CreateObjections1795305600805,
    CreateIncidents1795305600806,
    CreateBoard1795305600900,
    CreateRuleMotions1795305600905,
    CreateLedger1795305600910,
    CreatePayments1795305600920,
    CreateCases1795305600930,
    CreateCaseBranches1795305600940,
    CreateFunds1795305600950,
    CreateCaseMatches1795305600960,
    CreateRelief1795305600970,
    CreateDesk1795305600980,
    CreateDonations1795305600990,
    CreateReceipts1795305600991,
    CreateDonationLists1795305600997,
    CreateGiftRefunds1795305600992,
    CreateCampaigns1795305600993,
    CreateGoods1795305600994,
    CreateWebhooks1795305600995,
    CreateManagement1795305600998,
    CreateGiftImports1795305600999,
    CreateNoticeTexts1795305601010,
    CreateAccountReports1795305601020,
    CreateNoticeProofs1795305601100,
    CreateSeal1795305601200,
    CreatePersonRights1795305601310,
    CreateLooks1795305601300,
    CreateBreaches1795305601320,
    CreateAccountIdentities1795305601530,
    CreateDonorRights1795305601540,
    CreateMonths1795305601600,
  ],
};
