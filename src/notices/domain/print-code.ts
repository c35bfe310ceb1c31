/** A print code serves one errand: from the phone to the village's computer. */
export const PRINT_CODE_MINUTES = 10;

export const printCodeEnd = (madeAt: Date): Date => new Date(madeAt.getTime() + PRINT_CODE_MINUTES * 60_000);

/** Six digits out of 64 hexadecimal ones that nobody can foresee. Each is as likely as another, but for a trillionth. */
export function printCodeFrom(hex: string): string {
  return String(Number.parseInt(hex.slice(0, 13), 16) % 1_000_000).padStart(6, '0');
}

/** As typed: any width, with spaces or dashes. Null for what is no print code. */
export function readPrintCode(typed: string): string | null {
  const digits = typed.normalize('NFKC').replace(/[\s-]/gu, '');
  return /^\d{6}$/.test(digits) ? digits : null;
}

/** For the eye: 482 913. */
export const spacedCode = (code: string): string => `${code.slice(0, 3)} ${code.slice(3)}`;

/** Whoever tries is counted by their line: one address, or the sixty-four bits that one house has in IPv6. */
export function lineOf(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined || !address.includes(':')) return mapped ?? address;
  const [head = '', tail] = address.toLowerCase().split('::');
  const groups = head === '' ? [] : head.split(':');
  const rest = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = Array.from({ length: Math.max(0, 8 - groups.length - rest.length) }, () => '0');
  return [...groups, ...zeros, ...rest].slice(0, 4).join(':');
}
