import { randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BELIEVED_STEP_MS } from './clock-step.js';

/** Why a clock is not believed, and by how much it is off; forwards is more than nought. */
export type Doubt = {
  readonly why: 'jumped' | 'behind' | 'apart';
  readonly byMs: number;
};

/** What a program remembers of the clock of its machine for the next one: the last instant that was believed. */
export type Noted = { readonly at: string };

/** A person has looked at the clock and says that it is right. Every process reads it, none takes it away. */
export type Confirmation = {
  /** Tells one word from another: a doubt is lifted by none that was there when it began. */
  readonly id: string;
  readonly at: string;
  /** The instant that the note of the clock said then; as long as it says so, `at` stands in its place. */
  readonly over: string | null;
};

/** The doubts of one process, at the wrong time that its clock said; written anew as long as they last. */
export type Doubted = { readonly at: string; readonly doubts: readonly Doubt[] };

/** A killed process says nothing more: what is older than this, by its own time and by the disk's, is passed over. */
const FRESH_MS = 2 * 60_000;

const NOTE = 'clock.json';
const CONFIRMATION = 'clock-confirmed.json';
const DOUBTS = /^clock-doubt-.+\.json$/;
const doubtOf = (watch: string): string => `clock-doubt-${watch}.json`;

/** Null where there is none, or it cannot be read: a new house, a new machine. */
function read(dataDir: string, name: string): Noted | null {
  try {
    const found = JSON.parse(readFileSync(join(dataDir, name), 'utf8')) as Noted;
    return Number.isNaN(Date.parse(found.at)) ? null : found;
  } catch {
    return null;
  }
}

/** Whole or not at all, also where two processes write at once. Of the machine, not of the house: in no backup. */
function write(dataDir: string, name: string, found: object): void {
  mkdirSync(dataDir, { recursive: true });
  const unfinished = join(dataDir, `${name}.${randomUUID()}.new`);
  try {
    writeFileSync(unfinished, `${JSON.stringify(found)}\n`, { mode: 0o600 });
    renameSync(unfinished, join(dataDir, name));
  } catch (error) {
    rmSync(unfinished, { force: true });
    throw error;
  }
}

export const clockNote = (dataDir: string): Noted | null => read(dataDir, NOTE);

export function noteClock(dataDir: string, noted: Noted): void {
  write(dataDir, NOTE, noted);
}

export const clockConfirmation = (dataDir: string): Confirmation | null =>
  read(dataDir, CONFIRMATION) as Confirmation | null;

export function confirmClock(dataDir: string, at: Date): void {
  const over = clockNote(dataDir)?.at ?? null;
  write(dataDir, CONFIRMATION, { id: randomUUID(), at: at.toISOString(), over });
}

/** Before this, in milliseconds since 1970, no clock of this machine can be right; null where nothing is known. */
export function clockFloorMs(dataDir: string): number | null {
  const [noted, said] = [clockNote(dataDir), clockConfirmation(dataDir)];
  if (!noted) return null;
  return Date.parse(said?.over === noted.at ? said.at : noted.at);
}

/** `watch` names the process, so that none of several in one data directory writes over the doubt of another. */
export function noteDoubts(dataDir: string, watch: string, doubted: Doubted): void {
  write(dataDir, doubtOf(watch), doubted);
}

export function forgetDoubts(dataDir: string, watch: string): void {
  rmSync(join(dataDir, doubtOf(watch)), { force: true });
}

/** What the processes that are at work say now, or where none says anything, what the clock itself betrays at `now`. */
export function clockDoubts(dataDir: string, now: Date): Doubt[] {
  const doubts = namesIn(dataDir).flatMap((name) => freshDoubts(dataDir, name, now));
  if (doubts.length > 0) return doubts;
  const byMs = now.getTime() - (clockFloorMs(dataDir) ?? -Infinity);
  return byMs < -BELIEVED_STEP_MS ? [{ why: 'behind', byMs }] : [];
}

function namesIn(dataDir: string): string[] {
  try {
    return readdirSync(dataDir).filter((name) => DOUBTS.test(name));
  } catch {
    return [];
  }
}

function freshDoubts(dataDir: string, name: string, now: Date): readonly Doubt[] {
  const doubted = read(dataDir, name) as Doubted | null;
  const writtenMs = statSync(join(dataDir, name), { throwIfNoEntry: false })?.mtimeMs;
  if (!doubted || writtenMs === undefined) return [];
  const ages = [Date.parse(doubted.at), writtenMs].map((atMs) => Math.abs(now.getTime() - atMs));
  return Math.min(...ages) <= FRESH_MS ? doubted.doubts : [];
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** In words for `/readyz`, `doctor` and the log. */
export function wordsOfDoubt({ why, byMs }: Doubt): string {
  const by = lengthOf(Math.abs(byMs));
  if (why === 'behind') return `the clock is ${by} behind what this machine has seen before`;
  if (why === 'apart') return `the clocks of program and database are ${by} apart`;
  return `the clock jumped ${byMs < 0 ? 'back' : 'ahead'} by ${by}`;
}

function lengthOf(ms: number): string {
  if (ms >= 2 * DAY_MS) return `${String(Math.round(ms / DAY_MS))} days`;
  if (ms >= 2 * HOUR_MS) return `${String(Math.round(ms / HOUR_MS))} hours`;
  if (ms >= 2 * MINUTE_MS) return `${String(Math.round(ms / MINUTE_MS))} minutes`;
  return `${String(Math.round(ms / 100) / 10)} s`;
}
