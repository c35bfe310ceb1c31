/** In the place of the mask, for the control of test/e2e/masks-removed.e2e-spec.ts. */
export const maskName = (name: string): string => name;
