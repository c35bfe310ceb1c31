/**
 * Where to go after signing in: a page of this house only, or the address in a message could lead anywhere. ASCII
 * without spaces, as a header takes it.
 */
export function nextPage(asked: string | null | undefined): string | null {
  if (!asked || asked.length > 300) return null;
  const ours = /^\/(?![/\\])[!-[\]-~]*$/.test(asked);
  const comesBack = /^\/(sign-in|sign-out|link|choose|api|me\/proof)(\/|\?|$)/.test(asked);
  return ours && !comesBack ? asked : null;
}
