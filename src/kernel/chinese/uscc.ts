export type UsccRefusal = 'shape' | 'check';
export type UsccRead =
  { readonly ok: true; readonly uscc: string } | { readonly ok: false; readonly reason: UsccRefusal };

/** GB 32100: no I, O, S, V, Z, which look like digits or like each other. */
const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';

/** Two for the registering office and kind, six digits of place, nine of the organisation, one check. */
const SHAPE = /^[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{10}$/;

/** A unified social credit code (统一社会信用代码), 18 characters. */
export function readUscc(text: string): UsccRead {
  const uscc = text.normalize('NFKC').replace(/\s/g, '').toUpperCase();
  if (!SHAPE.test(uscc)) return { ok: false, reason: 'shape' };
  return checkOf(uscc.slice(0, 17)) === uscc.charAt(17) ? { ok: true, uscc } : { ok: false, reason: 'check' };
}

/** Weights 3^i mod 31; the check character makes the sum a multiple of 31. */
function checkOf(body: string): string {
  let weight = 1;
  let sum = 0;
  for (const character of body) {
    sum += ALPHABET.indexOf(character) * weight;
    weight = (weight * 3) % 31;
  }
  return ALPHABET.charAt((31 - (sum % 31)) % 31);
}
