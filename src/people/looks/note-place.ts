/** Where the note of a look is sealed: copied to another row it does not open. */
export const notePlace = (lookId: string): string => `looks/note/${lookId}`;
