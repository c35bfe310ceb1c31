/** Where it happened, for the log, without the message: a driver's message may quote a value. */
export function stackOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  const frames = error.stack?.split('\n').filter((line) => line.trimStart().startsWith('at ')) ?? [];
  const { code, driverError } = error as { code?: string; driverError?: { code?: string } };
  return [`${error.name} ${driverError?.code ?? code ?? ''}`, ...frames.slice(0, 12)].join('\n');
}
