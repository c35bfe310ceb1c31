export * from '../../../src/notices/domain/privacy-lint.js';
/** In the place of the reading of a notice before it is signed, for the control of test/e2e/masks-removed.e2e-spec.ts. */
export const lintNotice = (): readonly never[] => [];
