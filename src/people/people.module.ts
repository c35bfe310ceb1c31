import { Module } from '@nestjs/common';
import { PersonCorrectionsController } from './corrections/corrections.controller.js';
import { PersonCorrectionsPages } from './corrections/corrections.pages.js';
import { CorrectionsQueries } from './corrections/corrections.queries.js';
import { CorrectionsService } from './corrections/corrections.service.js';
import { CorrectionsStore } from './corrections/corrections.store.js';
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
import { SecretsQueries } from './secrets.queries.js';
import { TiesQueries } from './ties.queries.js';
import { TiesStore } from './ties.store.js';

@Module({
  controllers: [
    PeoplePages,
    PersonCorrectionsPages,
    PersonPages,
    PersonCorrectionsController,
    PeopleController,
  ],
  providers: [
    CorrectionsQueries,
    CorrectionsService,
    CorrectionsStore,
    PersonListeners,
    ImportPlanStore,
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
    CorrectionsQueries,
    CorrectionsService,
    PersonListeners,
    MarksQueries,
    PeopleQueries,
    PeopleService,
    PhonesStore,
  ],
})
export class PeopleModule {}
