import sharp from 'sharp';

const PAPER = { wall: '#b9c2b4', sheet: '#fdfdf8', ink: '#8a8f88', mark: '#0b6b3a' };

/**
 * A photo for the demo: a sheet of paper with grey lines, drawn, so that nobody takes it for a real one. `lines` makes
 * each kind of paper look different; no letters, since the machine may have no Chinese font.
 */
export async function demoPhoto(lines: number): Promise<Buffer> {
  const rows = Array.from(
    { length: lines },
    (_, i) =>
      `<rect x="150" y="${190 + i * 56}" width="${300 + ((i * 97) % 190)}" height="14" fill="${PAPER.ink}"/>`,
  );
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="800" height="1000">
    <rect width="800" height="1000" fill="${PAPER.wall}"/>
    <rect x="90" y="70" width="620" height="860" fill="${PAPER.sheet}"/>
    <rect x="240" y="120" width="320" height="26" fill="${PAPER.mark}"/>
    ${rows.join('')}
    <circle cx="560" cy="790" r="70" fill="none" stroke="${PAPER.ink}" stroke-width="6" stroke-dasharray="12 8"/>
  </svg>`;
  return sharp(Buffer.from(svg)).jpeg({ quality: 70 }).toBuffer();
}
