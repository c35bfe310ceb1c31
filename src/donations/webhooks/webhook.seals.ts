/** Where the secret of an address lives: copied to another row it does not open. */
export const secretPlace = (endpointId: string): string => `webhook_endpoints/secret/${endpointId}`;
