import { GiftTextsQueries } from './gift-texts.queries.js';
import { GiftTextsService } from './gift-texts.service.js';
import { MyTextsController } from './my-texts.controller.js';
import { MyTextsPages } from './my-texts.pages.js';
import { MyTextsService } from './my-texts.service.js';

/** Telling donors by a text what became of their gifts: for the module. */
export const textsControllers = [MyTextsPages, MyTextsController];

export const textsProviders = [GiftTextsQueries, GiftTextsService, MyTextsService];
