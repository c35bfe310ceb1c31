import { RequestCounts } from './request-counts.js';

const MINUTE_MS = 60_000;

function asked(
  counts: RequestCounts,
  address: string,
  windowMs = MINUTE_MS,
): { current: number; ttl: number } {
  let answer = { current: 0, ttl: 0 };
  counts.incr(address, (_error, told) => (answer = told), windowMs);
  return answer;
}

it('counts each address by itself, and says how long its minute lasts', () => {
  const counts = new RequestCounts();
  expect(asked(counts, '10.0.0.1').current).toBe(1);
  expect(asked(counts, '10.0.0.1').current).toBe(2);
  expect(asked(counts, '10.0.0.2').current).toBe(1);
  const { ttl } = asked(counts, '10.0.0.1');
  expect(ttl).toBeGreaterThan(0);
  expect(ttl).toBeLessThanOrEqual(MINUTE_MS);
});

it('begins anew when the window is over', () => {
  const counts = new RequestCounts();
  expect(asked(counts, '10.0.0.1', 0).current).toBe(1);
  expect(asked(counts, '10.0.0.1', 0).current).toBe(1);
});

it('G23 a clock that ran a day ahead for a moment keeps nobody out', () => {
  const counts = new RequestCounts();
  const real = Date.now;
  try {
    Date.now = () => real() + 86_400_000;
    expect(asked(counts, '10.0.0.1', 20).current).toBe(1);
  } finally {
    Date.now = real;
  }
  const until = performance.now() + 25;
  while (performance.now() < until);
  expect(asked(counts, '10.0.0.1', 20).current).toBe(1);
});

it('forgets whoever asked longest ago, so that a crowd of addresses fills no memory', () => {
  const counts = new RequestCounts();
  asked(counts, 'first');
  asked(counts, 'second');
  asked(counts, 'first');
  for (let n = 0; n < 4999; n++) asked(counts, String(n));
  expect(asked(counts, 'first').current).toBe(3);
  expect(asked(counts, 'second').current).toBe(1);
});

it('has counts of their own for a route with a limit of its own', () => {
  const counts = new RequestCounts();
  asked(counts, '10.0.0.1');
  expect(asked(counts.child(), '10.0.0.1').current).toBe(1);
});
