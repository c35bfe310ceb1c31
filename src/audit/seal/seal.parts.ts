import { SealController } from './seal.controller.js';
import { SealExport } from './seal-export.js';
import { SealPages } from './seal.pages.js';
import { SealQueries } from './seal.queries.js';
import { SealStore } from './seal.store.js';
import { SealVerifier } from './seal.verifier.js';
import { SealedRowsQueries } from './sealed-rows.queries.js';
import { TrailSealer } from './trail-sealer.service.js';

export const sealControllers = [SealController, SealPages];
export const sealProviders = [
  SealExport,
  SealQueries,
  SealStore,
  SealVerifier,
  SealedRowsQueries,
  TrailSealer,
];
