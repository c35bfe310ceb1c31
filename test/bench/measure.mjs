import { spawnSync } from 'node:child_process';

/** Each contender once a round, in an order that turns: what the machine does meanwhile meets all of them. */
export async function alternated(contenders, { rounds, warmUp }) {
  const names = Object.keys(contenders);
  const taken = Object.fromEntries(names.map((name) => [name, []]));
  for (let round = -warmUp; round < rounds; round++) {
    for (let i = 0; i < names.length; i++) {
      const name = names[(i + round + warmUp) % names.length];
      const from = performance.now();
      await contenders[name](round + warmUp);
      const ms = performance.now() - from;
      if (round >= 0) taken[name].push(ms);
    }
  }
  return taken;
}

export function measured(times) {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
  return { medianMs: at(0.5), p95Ms: at(0.95), rounds: times.length };
}

export const words = (value) => (value >= 100 ? value.toFixed(0) : value.toFixed(1));

export const spawnable = (program) => spawnSync(program, ['--version']).status === 0;
