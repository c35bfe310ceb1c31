import { instantOf } from './reads.js';
import { bindable } from './transactions.js';

/** Whatever the zone of the machine does with its clocks, an instant is stored and read in UTC (quality.md G23). */
describe.each(['Asia/Shanghai', 'America/New_York', 'Australia/Lord_Howe'])('on a machine in %s', (zone) => {
  const { TZ } = process.env;
  beforeAll(() => {
    process.env['TZ'] = zone;
  });
  afterAll(() => {
    if (TZ === undefined) delete process.env['TZ'];
    else process.env['TZ'] = TZ;
  });

  it.each([
    ['an hour that comes twice, the first time', '2026-11-01T05:30:00.000Z'],
    ['an hour that comes twice, the second time', '2026-11-01T06:30:00.000Z'],
    ['an hour that is left out', '2026-03-08T07:30:00.000Z'],
    ['half an hour that comes twice', '2026-04-04T15:15:00.000Z'],
    ['the second before a leap second', '2016-12-31T23:59:59.999Z'],
    ['the second after a leap second', '2017-01-01T00:00:00.000Z'],
  ])('%s comes back as it was stored', (_when, text) => {
    const stored = bindable(new Date(text));
    expect(stored).toBe(text.replace('T', ' ').replace('Z', ''));
    expect(instantOf(String(stored)).toISOString()).toBe(text);
  });
});

it('two instants of an hour that comes twice stay an hour apart', () => {
  const [first, second] = ['2026-11-01T05:30:00.000Z', '2026-11-01T06:30:00.000Z'].map((text) =>
    instantOf(String(bindable(new Date(text)))),
  );
  expect(Number(second) - Number(first)).toBe(3_600_000);
});
