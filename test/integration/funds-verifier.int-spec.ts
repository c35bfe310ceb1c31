import { CapsService } from '../../src/funds/index.js';
import { fen } from '../../src/kernel/fen.js';
import { Transactions } from '../../src/platform/database/transactions.js';
import { findAll } from '../../src/house/verify.js';
import { kinds } from '../support/databases.js';
import { givenFederation, givenFund } from '../support/federation.js';
import { givenHouse } from '../support/house.js';
import type { House } from '../support/house.js';
import { intruderIn } from '../support/intruder.js';
import type { Intruder } from '../support/intruder.js';
import { expectSound } from '../support/sound.js';

/** One row made wrong, and the promises that it breaks. */
const SLIPS: readonly (readonly [kinds: readonly string[], because: string, table: string, sql: string])[] = [
  [
    ['cap'],
    'a household has used one fen less',
    'cap_counters',
    `UPDATE cap_counters SET used_fen = used_fen - 1 WHERE id = '{plain}'`,
  ],
  [
    ['cap'],
    'a merged household has used one fen less',
    'cap_counters',
    `UPDATE cap_counters SET used_fen = used_fen - 1 WHERE id = '{merged}'`,
  ],
  [
    ['cap', 'cap promised'],
    'one fen more is promised',
    'cap_counters',
    `UPDATE cap_counters SET reserved_fen = reserved_fen + 1 WHERE id = '{plain}'`,
  ],
  [
    ['cap move gap'],
    'a counter has seen a move that is not there',
    'cap_counters',
    `UPDATE cap_counters SET moves = moves + 1 WHERE id = '{plain}'`,
  ],
  [
    ['cap', 'cap move gap', 'cap claim'],
    'the last move of a counter is gone',
    'cap_moves',
    `DELETE FROM cap_moves WHERE counter_id = '{plain}' AND sequence = (SELECT moves FROM cap_counters WHERE id = '{plain}')`,
  ],
  [
    ['cap promised', 'cap claim'],
    'a promise was made smaller',
    'cap_claims',
    `UPDATE cap_claims SET amount_fen = amount_fen - 1 WHERE purpose = 'held'`,
  ],
  [
    ['cap claim'],
    'more came back than was received',
    'cap_claims',
    `UPDATE cap_claims SET restored_fen = restored_fen + 1 WHERE purpose = 'back'`,
  ],
  [
    ['cap promised', 'cap claim'],
    'a promise was freed by nobody',
    'cap_claims',
    `UPDATE cap_claims SET state = 'RELEASED' WHERE purpose = 'held'`,
  ],
  [['fund purse'], 'a fund goes by another name than its purse', 'funds', `UPDATE funds SET name = 'x'`],
];

describe.each(kinds)('$name', (kind) => {
  let house: House;
  let intruder: Intruder;
  const at: Record<string, string> = {};

  beforeAll(async () => {
    house = await givenHouse(kind);
    const { fundId } = await givenFund(house, await givenFederation(house));
    const caps = house.get(CapsService);
    const open = (people: readonly string[], purpose: string) =>
      house.get(Transactions).run(async (tx) => {
        const { groupId } = await caps.groupOf(tx, people);
        const asked = {
          fundId,
          groupId,
          windowKey: 'LIFETIME',
          capFen: fen(50_000_000),
          askedFen: fen(1_000),
        };
        await caps.hold(tx, { ...asked, purpose });
        const [row] = await tx.read<{
          id: string;
        }>`SELECT id AS "id" FROM cap_counters WHERE group_id = ${groupId}`;
        return row?.id ?? '';
      });
    const pay = (purpose: string) => house.get(Transactions).run((tx) => caps.spend(tx, purpose, 'LIFETIME'));
    await open(['bride'], 'one');
    await pay('one');
    await open(['groom'], 'other');
    await pay('other');
    at['merged'] = await open(['bride', 'groom'], 'both');
    at['plain'] = await open(['alone'], 'back');
    await pay('back');
    await house.get(Transactions).run((tx) => caps.restore(tx, 'back', fen(400)));
    await open(['alone'], 'held');
    await expectSound(house);
    intruder = await intruderIn(house.dataSource);
  });
  afterAll(async () => {
    await intruder.close();
    await house.close();
  });

  it.each(SLIPS)('finds %j: %s', async (broken, _because, table, sql) => {
    await intruder.undoing([table], async () => {
      await intruder.run(sql.replace(/\{(\w+)\}/g, (_whole, name: string) => at[name] ?? ''));
      const { findings } = await findAll(house.app);
      expect([...new Set(findings.map((finding) => finding.kind))]).toEqual(broken);
      for (const { words } of findings) expect(words).not.toMatch(/bride|groom|alone/);
    });
    await expectSound(house);
  });
});
