import QRCode from 'qrcode';

/** One dark stretch of a row, in modules. */
export type Stretch = { readonly row: number; readonly from: number; readonly length: number };
export type QrSymbol = { readonly size: number; readonly stretches: readonly Stretch[] };

/** ISO/IEC 18004: a scanner needs a margin of four modules around the symbol. */
export const QUIET_MODULES = 4;

/** Page and paper of one notice ask for the same symbol one after the other, and it costs a millisecond. */
let latest: { readonly text: string; readonly symbol: QrSymbol } | null = null;

/** Level M: a seventh of the symbol may be wet, torn or written over. */
export function qrOf(text: string): QrSymbol {
  if (latest?.text !== text) latest = { text, symbol: symbolOf(text) };
  return latest.symbol;
}

function symbolOf(text: string): QrSymbol {
  const { modules } = QRCode.create(text, { errorCorrectionLevel: 'M' });
  const { size } = modules;
  const stretches: Stretch[] = [];
  for (let row = 0; row < size; row++) {
    let from = -1;
    for (let column = 0; column <= size; column++) {
      const isDark = column < size && modules.get(row, column) !== 0;
      if (isDark && from < 0) from = column;
      if (isDark || from < 0) continue;
      stretches.push({ row, from, length: column - from });
      from = -1;
    }
  }
  return { size, stretches };
}

/** The same symbol for the page, its quiet zone included: `viewBox` and one path. */
export function qrDrawingOf(text: string): { readonly box: string; readonly path: string } {
  const { size, stretches } = qrOf(text);
  const side = size + 2 * QUIET_MODULES;
  const path = stretches
    .map(({ row, from, length }) => `M${from + QUIET_MODULES} ${row + QUIET_MODULES}h${length}v1h-${length}z`)
    .join('');
  return { box: `0 0 ${side} ${side}`, path };
}
