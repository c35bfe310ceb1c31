import { randomUUID } from 'node:crypto';
import { day } from '../../src/kernel/day.js';
import { fen } from '../../src/kernel/fen.js';
import { LedgerService } from '../../src/ledger/index.js';
import { SocietyMonthsStore } from '../../src/ledger/society-months.store.js';
import type { House } from '../support/house.js';
import { houseOn } from '../support/house.js';
import { as, givenVillage } from '../support/village.js';
import type { Village } from '../support/village.js';
import { quantile } from './load.js';
import { kindNamed, prepared } from './prepared.js';

type Wanted = { readonly rounds: number; readonly say: (words: string) => void };

const WARM_UP = 20;
/** Of the median of a posting. */
const MOST_COST = 0.15;

/**
 * What the months cost a posting: the smallest there is, an inflow under its key with its trail, lot and balance, booked with
 * them and without them in turn. So it is the dearest case: a payment does more beside.
 */
export async function measuredPosting({ rounds, say }: Wanted): Promise<object> {
  const answers: Record<string, object> = {};
  for (const name of ['mariadb', 'sqlite']) {
    const kind = kindNamed(name);
    if (!kind) continue;
    const ground = await prepared(kind, async (house) => (await givenVillage(house)).at.accountant);
    const house = await houseOn(ground, ground.at);
    try {
      const posted = await inTurn(house, { at: { accountant: ground.filled } } as Village, rounds);
      answers[name] = told(name, posted, say);
    } finally {
      await house.close();
      await ground.drop();
    }
  }
  return answers;
}

async function inTurn(
  house: House,
  village: Village,
  rounds: number,
): Promise<{ with: number[]; without: number[] }> {
  const [ledger, months] = [house.get(LedgerService), house.get(SocietyMonthsStore)];
  const add = months.add.bind(months);
  const times = { with: [] as number[], without: [] as number[] };
  for (let round = -WARM_UP; round < rounds; round++)
    for (const way of round % 2 ? (['with', 'without'] as const) : (['without', 'with'] as const)) {
      months.add = way === 'with' ? add : () => Promise.resolve();
      const inflow = { kind: 'FEE', amountFen: fen(100), receivedOn: day('2026-03-02'), note: '' } as const;
      const from = performance.now();
      await ledger.receive(as(village, 'accountant', randomUUID()), inflow);
      if (round >= 0) times[way].push(performance.now() - from);
    }
  months.add = add;
  return times;
}

function told(name: string, times: { with: number[]; without: number[] }, say: Wanted['say']): object {
  const [kept, bare] = [quantile(times.with, 0.5), quantile(times.without, 0.5)];
  const cost = kept / bare - 1;
  const isMet = cost <= MOST_COST;
  const percent = (share: number): string => `${(share * 100).toFixed(0)} %`;
  say(
    `posting on ${name}: with the months ${kept.toFixed(2)} ms, without ${bare.toFixed(2)} ms: ${percent(cost)} more, ` +
      `goal ≤ ${percent(MOST_COST)} ${isMet ? 'met' : 'missed'}`,
  );
  return { withMs: kept, withoutMs: bare, cost, isMet };
}
