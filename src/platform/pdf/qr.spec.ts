import { qrDrawingOf, qrOf, QUIET_MODULES } from './qr.js';
import { sheets } from './sheet.js';

const URL = 'https://huzhu.example.org.cn/n/K7M4Q2XD';

it('has its three corners, and modules a phone can tell apart', () => {
  const { size, stretches } = qrOf(URL);
  const corners = stretches.filter(({ row, length }) => row === 0 && length === 7).map(({ from }) => from);
  expect(corners).toEqual([0, size - 7]);
  expect(((sheets.A4.qrPt / size) * 25.4) / 72).toBeGreaterThan(0.8); // millimetres a module
});

it('keeps four modules clear around it on the page', () => {
  const { box, path } = qrDrawingOf(URL);
  const { size } = qrOf(URL);
  expect(box).toBe(`0 0 ${size + 2 * QUIET_MODULES} ${size + 2 * QUIET_MODULES}`);
  expect(path.startsWith('M4 4h7v1h-7z')).toBe(true);
});
