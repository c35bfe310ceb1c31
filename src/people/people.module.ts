import { Module } from '@nestjs/common';
import { PersonCorrectionsController } from './corrections/corrections.controller.js';
import { PersonCorrectionsPages } from './corrections/corrections.pages.js';
import { CorrectionsQueries } from './corrections/corrections.queries.js';
import { CorrectionsService } from './corrections/corrections.service.js';
import { CorrectionsStore } from './corrections/corrections.store.js';
import { LooksController } from './looks/looks.controller.js';
import { AllLooksPages, LooksPages } from './looks/looks.pages.js';
import { LooksQueries } from './looks/looks.queries.js';
import { LooksService } from './looks/looks.service.js';
import { LooksStore } from './looks/looks.store.js';
import { ConsentsController } from './consents/consents.controller.js';
import { ConsentsPages } from './consents/consents.pages.js';
import { ConsentsQueries } from './consents/consents.queries.js';
import { PersonListeners } from './person.listeners.js';
import { ImportPlanStore } from './import-plan.store.js';
import { MarksQueries } from './marks.queries.js';
import { PeopleController } from './people.controller.js';
import { PeopleImportQueries } from './people-import.queries.js';
import { PeopleImports } from './people-import.service.js';
import { PeopleImportStore } from './people-import.store.js';
import { PeoplePages } from './people.pages.js';
import { PeopleQueries } from './people.queries.js';
import { PeopleSeals } from './people.seals.js';
import { PeopleService } from './people.service.js';
import { PeopleStore } from './people.store.js';
import { PersonCopies } from './person-copies.js';
import { PersonPages } from './person.pages.js';
import { PhonesStore } from './phones.store.js';
import { HeldPerson } from './rights/held-person.js';
import { PersonHoldings } from './rights/person-holdings.js';
import { RetentionOfImports } from './rights/retention-imports.js';
import { RetentionOfPersons } from './rights/retention-persons.js';
import { RetentionTasks } from './rights/retention-tasks.js';
import { RetentionService } from './rights/retention.service.js';
import { PersonRightsController } from './rights/rights.controller.js';
import { PersonRightsPages } from './rights/rights.pages.js';
import { RightsQueries } from './rights/rights.queries.js';
import { PersonRightsService } from './rights/rights.service.js';
import { RightsStore } from './rights/rights.store.js';
import { SecretsQueries } from './secrets.queries.js';
import { TiesQueries } from './ties.queries.js';
import { TiesStore } from './ties.store.js';

@Module({
  controllers: [
    PersonRightsPages,
    PersonRightsController,
    PeoplePages,
    PersonCorrectionsPages,
    PersonPages,
    ConsentsPages,
    LooksPages,
    AllLooksPages,
    LooksController,
    PersonCorrectionsController,
    ConsentsController,
    PeopleController,
  ],
  providers: [
    HeldPerson,
    PersonHoldings,
    PersonRightsService,
    RetentionOfImports,
    RetentionOfPersons,
    RetentionService,
    RetentionTasks,
    RightsQueries,
    RightsStore,
    ConsentsQueries,
    CorrectionsQueries,
    CorrectionsService,
    CorrectionsStore,
    PersonListeners,
    ImportPlanStore,
    LooksQueries,
    LooksService,
    LooksStore,
    MarksQueries,
    PeopleImportQueries,
    PeopleImports,
    PeopleImportStore,
    PeopleQueries,
    PeopleSeals,
    PeopleService,
    PeopleStore,
    PersonCopies,
    PhonesStore,
    SecretsQueries,
    TiesQueries,
    TiesStore,
  ],
  exports: [
    PersonHoldings,
    PersonRightsService,
    RetentionService,
    RetentionTasks,
    RightsQueries,
    CorrectionsQueries,
    CorrectionsService,
    LooksService,
    PersonListeners,
    MarksQueries,
    PeopleQueries,
    PeopleService,
    PhonesStore,
  ],
})
export class PeopleModule {}
