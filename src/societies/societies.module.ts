import { Module } from '@nestjs/common';
import { RegionsStore } from './regions.store.js';
import { SocietiesController } from './societies.controller.js';
import { SocietiesPages } from './societies.pages.js';
import { SocietiesQueries } from './societies.queries.js';
import { SocietiesService } from './societies.service.js';
import { SocietiesStore } from './societies.store.js';
import { SocietyFoundings } from './society-foundings.js';

@Module({
  controllers: [SocietiesPages, SocietiesController],
  providers: [SocietiesService, SocietiesStore, RegionsStore, SocietiesQueries, SocietyFoundings],
  exports: [SocietiesService, SocietiesQueries, SocietyFoundings],
})
export class SocietiesModule {}
