import { Module } from '@nestjs/common';
import { PeopleModule } from '../people/index.js';
import { HeldOffices } from './held-offices.js';
import { OfficeRoles } from './office-roles.js';
import { OfficerPledgesPages } from './officer-pledges.pages.js';
import { OfficerPledgesQueries } from './officer-pledges.queries.js';
import { OfficerPledgesService } from './officer-pledges.service.js';
import { OfficesController } from './offices.controller.js';
import { OfficesPages } from './offices.pages.js';
import { OfficesQueries } from './offices.queries.js';
import { OfficesService } from './offices.service.js';
import { OfficesStore } from './offices.store.js';

@Module({
  imports: [PeopleModule],
  controllers: [OfficesPages, OfficerPledgesPages, OfficesController],
  providers: [
    HeldOffices,
    OfficesService,
    OfficesStore,
    OfficesQueries,
    OfficeRoles,
    OfficerPledgesQueries,
    OfficerPledgesService,
  ],
  exports: [OfficesService, OfficesQueries, OfficerPledgesQueries, OfficerPledgesService],
})
export class OfficesModule {}
