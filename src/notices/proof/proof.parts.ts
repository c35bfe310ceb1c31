import { DigitalSigningService } from './digital-signing.service.js';
import { FileProofs } from './file-proofs.js';
import { NoticePictures } from './notice-pictures.js';
import { NoticesExport } from './notices-export.js';
import { PrintCodesService } from './print-codes.service.js';
import { PrintPages } from './print.pages.js';
import { ProofController } from './proof.controller.js';
import { ProofQueries } from './proof.queries.js';
import { ProofStore } from './proof.store.js';
import { NoticeFilesVerifier } from './proof.verifier.js';
import { PublicFilesPages } from './public-files.pages.js';

/** What the module of notices takes from here. */
export const noticeProofControllers = [PrintPages, ProofController, PublicFilesPages];
export const noticeProofProviders = [
  DigitalSigningService,
  FileProofs,
  NoticeFilesVerifier,
  NoticePictures,
  NoticesExport,
  PrintCodesService,
  ProofQueries,
  ProofStore,
];
