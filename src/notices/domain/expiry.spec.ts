import { expiresAt, lastEndExpired, namesSomebody, sightOf } from './expiry.js';
import type { NoticeState } from './notice-state.js';
import type { Kept } from './notice-words.js';

const at = new Date('2026-03-16T16:00:00Z');
const kept = (words: object): Kept => ({ kind: 'GRANT_POST', words }) as unknown as Kept;

it.each`
  state          | withdrawnAt | sight           | because
  ${'RUNNING'}   | ${null}     | ${'OPEN'}       | ${'it hangs'}
  ${'ARCHIVED'}  | ${null}     | ${'OPEN'}       | ${'it hung, and its time is not over'}
  ${'ARCHIVED'}  | ${at}       | ${'EXPIRED'}    | ${'its time is over'}
  ${'SUSPENDED'} | ${null}     | ${'TAKEN_DOWN'} | ${'it showed too much'}
`('$state, withdrawn $withdrawnAt: $sight, $because', (row: Row) => {
  expect(sightOf(row)).toBe(row.sight);
});
type Row = { state: NoticeState; withdrawnAt: Date | null; sight: string };

it.each`
  words                                                      | names    | because
  ${{ publishMode: 'MASKED_NAME' }}                          | ${true}  | ${'a mask hides a name, not a neighbour'}
  ${{ publishMode: 'NUMBER_ONLY' }}                          | ${false} | ${'a number of a case is nobody’s name'}
  ${{ changes: [{ field: 'x', was: '', now: '' }] }}         | ${true}  | ${'a correction quotes, perhaps a person'}
  ${{ changes: [] }}                                         | ${false} | ${'it only says that all is decided anew'}
  ${{ gifts: [{ giver: '爱心人士' }] }}                      | ${false} | ${'no donor is named'}
  ${{ gifts: [{ giver: '爱心人士' }, { giver: '顾大江' }] }} | ${true}  | ${'one donor is named'}
  ${{ decisionNumber: null }}                                | ${false} | ${'a resolution or an account names nobody'}
`('$words names somebody: $names, $because', ({ words, names }: { words: object; names: boolean }) => {
  expect(namesSomebody(kept(words))).toBe(names);
});

it('expires at the moment at which the timer finds it, not one before', () => {
  const expires = expiresAt(at, 90);
  expect(expires.toISOString()).toBe('2026-06-14T16:00:00.000Z');
  expect(lastEndExpired(expires, 90)).toEqual(at);
  expect(lastEndExpired(new Date(expires.getTime() - 1), 90) < at).toBe(true);
});
