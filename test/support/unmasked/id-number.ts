export * from '../../../src/kernel/chinese/id-number.js';
/** In the place of the mask, for the control of test/e2e/masks-removed.e2e-spec.ts. */
export const maskIdNumber = (number: string): string => number;
