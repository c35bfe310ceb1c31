/** The front door of people: what the contexts below it may use. */
import { PersonCorrection } from './corrections/person-correction.entity.js';
import { LookRow } from './looks/look.entity.js';
import { PeopleImport, PeopleImportPart } from './people-import.entity.js';
import { PersonErasure, PersonRequest } from './rights/person-request.entity.js';
import { Household, Person, PersonTag } from './person.entity.js';
import { Consent, KinTie, PayeeAccount, Pledge } from './ties.entity.js';

export { PersonListeners } from './person.listeners.js';
export type {
  ConsentsAnswered,
  CorrectionStep,
  IdNumberSupplied,
  PersonCorrected,
  PersonListener,
  RequestStep,
  WithdrawalAsked,
} from './person.listeners.js';
export { CorrectionsQueries } from './corrections/corrections.queries.js';
export type { CorrectionFacts } from './corrections/corrections.queries.js';
export { CorrectionsService as PersonCorrectionsService } from './corrections/corrections.service.js';
export type { FollowingCopy, PersonSaid } from './corrections/corrections.service.js';
export { ANSWER_WORKING_DAYS, ERASED, RIGHT_WORDS } from './domain/person-right.js';
export { isExpired, lastDayKept, lastExpired } from './domain/retention.js';
export { PersonHoldings } from './rights/person-holdings.js';
export type { HeldRecord, LastEvent, PersonHolder, Whom } from './rights/person-holdings.js';
export { RetentionTasks } from './rights/retention-tasks.js';
export type { RetentionTask } from './rights/retention-tasks.js';
export { RetentionService } from './rights/retention.service.js';
export { RightsQueries } from './rights/rights.queries.js';
export { PersonRightsService } from './rights/rights.service.js';
export { placedGroup } from './domain/person-correction.js';
export { LOOKERS } from './domain/look.js';
export type { LookField } from './domain/look.js';
export { lookFieldIn, LookForm } from './looks/looks.forms.js';
export { LooksService } from './looks/looks.service.js';
export type { LookAsked, LookAsking, Looked, LookGround, LookLine } from './looks/looks.service.js';
export { lookedView, lookRows, lookView } from './looks/look.views.js';
export type { LookPlace, LookView } from './looks/look.views.js';
export { MarksQueries } from './marks.queries.js';
export type { Mark, Marked } from './marks.queries.js';
export { PeopleModule } from './people.module.js';
export { peoplePermissions } from './people.permissions.js';
export { PeopleQueries } from './people.queries.js';
export type {
  HouseholdSummary,
  KinSummary,
  PayeeAccountSummary,
  PeoplePage,
  PersonSummary,
  SignedPledge,
} from './people.queries.js';
export { PeopleService } from './people.service.js';
export type {
  ConsentsDraft,
  ConsentStep,
  Doubt,
  KinDraft,
  Look,
  PayeeAccountAdded,
  PayeeAccountDraft,
  PledgeStep,
} from './people.service.js';
export type { CopiedPerson, Copying } from './person-copies.js';
export { PhonesStore } from './phones.store.js';
export type { Imported, Preview } from './people-import.service.js';
export type { SheetFault, SheetPerson, PeopleSheet } from './domain/people-sheet.js';
export { readPeopleSheet, readSheetCells } from './sheet.reader.js';
export type { LookAlike, SamePerson } from './ties.queries.js';
export { CONSENT_WORDS, givenIn, PLEDGE_WORDS, PURPOSES } from './domain/consent.js';
export { CONSENT_WAY_WORDS } from './domain/consent.js';
export type { Consents, ConsentWay, PledgeWay, Purpose } from './domain/consent.js';
export { OFFICER_PLEDGE_VERSION, OFFICER_PLEDGE_WORDS } from './domain/pledge.js';
export type { Relation } from './domain/kin.js';
export type { PersonDraft } from './domain/person-draft.js';
export type { Category, Residence, Tag } from './domain/person.js';
export type { SameWhy } from './domain/same-identity.js';
export { tieWords } from './domain/ties.js';
export type { TieReason } from './domain/ties.js';

export const peopleEntities = [
  PersonRequest,
  PersonErasure,
  Household,
  Person,
  PersonTag,
  PayeeAccount,
  KinTie,
  Consent,
  Pledge,
  PeopleImport,
  PeopleImportPart,
  PersonCorrection,
  LookRow,
];
export { peopleSealed } from './people.sealed.js';
