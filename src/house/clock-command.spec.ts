import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { clockConfirmation, clockFloorMs, noteClock, noteDoubts } from '../platform/clock-note.js';
import { confirmed } from './clock-command.js';

const NOW = new Date('2026-03-02T01:00:00Z');
const AT = NOW.toISOString();
const HOUR_MS = 3_600_000;

let dataDir: string;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'huzhu-clock-'));
});
afterEach(() => {
  rmSync(dataDir, { recursive: true });
});

it('where no program has looked yet, nothing is noted, and nothing is said to be believed', () => {
  const { status, lines } = confirmed(dataDir, NOW);
  expect([status, clockConfirmation(dataDir)]).toEqual([0, null]);
  expect(lines.join()).toMatch(/no program has said that it doubts.*ask again/);
});

it('a clock that jumped is noted as right, for each program to hear', () => {
  for (const watch of ['one', 'two'])
    noteDoubts(dataDir, watch, { at: AT, doubts: [{ why: 'jumped', byMs: HOUR_MS }] });
  const { status, lines } = confirmed(dataDir, NOW);
  expect([status, clockConfirmation(dataDir)?.at]).toEqual([0, AT]);
  expect(lines).toEqual([
    'in doubt: the clock jumped ahead by 60 minutes',
    `noted that the clock is right, which says ${AT}: each program goes on at its next look, within 10 seconds`,
  ]);
});

it('a clock that ran ahead at the last run is noted as right for the next', () => {
  noteClock(dataDir, { at: new Date(NOW.getTime() + HOUR_MS).toISOString() });
  expect(confirmed(dataDir, NOW).lines[0]).toMatch(/60 minutes behind/);
  expect(clockFloorMs(dataDir)).toBe(NOW.getTime());
});

it('a clock that is not the database’s is lifted by no word: status 1, nothing noted', () => {
  const doubts = [{ why: 'jumped', byMs: HOUR_MS } as const, { why: 'apart', byMs: HOUR_MS } as const];
  noteDoubts(dataDir, 'one', { at: AT, doubts });
  const { status, lines } = confirmed(dataDir, NOW);
  expect([status, clockConfirmation(dataDir)]).toEqual([1, null]);
  expect(lines.join()).toMatch(/program and database are 60 minutes apart.*set both clocks right/);
});
