import { randomUUID } from 'node:crypto';
import { IncidentsVerifier } from '../../src/notices/index.js';
import { NoticeIncident } from '../../src/notices/incidents/incident.entity.js';
import { NoticeLink } from '../../src/notices/notice.entity.js';
import type { Tx } from '../../src/platform/database/transactions.js';
import { kinds } from '../support/databases.js';
import { givenDraft, givenNotice, givenWall, post, sign, WORDED } from '../support/notices.js';
import type { Wall } from '../support/notices.js';

type Ground = { readonly id: string; readonly correction: string; readonly at: Date };

const suspended = (tx: Tx, id: string, at: Date) =>
  tx.change`UPDATE notices SET state = 'SUSPENDED', suspended_at = ${at} WHERE id = ${id}`;
const incident = (tx: Tx, { id, at }: Ground, takenDownAt = at) =>
  tx.insert(NoticeIncident, {
    ...{
      id: randomUUID(),
      noticeId: id,
      societyId: randomUUID(),
      becauseOf: null,
      kind: 'OTHER',
      way: 'OTHER',
    },
    ...{ noticedAt: at, takenDownAt, takenDownBy: null, bySocietyId: randomUUID() },
  });

/** What a row could be made to say behind the service's back, in the ways that the tables still allow. */
const SLIPS: readonly { because: string; plant: (tx: Tx, ground: Ground) => Promise<unknown> }[] = [
  {
    because: 'it counts as taken down, and nothing says why',
    plant: (tx, { correction, at }) => suspended(tx, correction, at),
  },
  { because: 'it has an incident, and hangs', plant: (tx, ground) => incident(tx, ground) },
  {
    because: 'it came down at another moment than the record says',
    plant: async (tx, ground) => {
      await suspended(tx, ground.id, ground.at);
      await incident(tx, ground, new Date(ground.at.getTime() + 1));
      await tx.change`UPDATE notices SET state = 'SUSPENDED', suspended_at = ${ground.at} WHERE id = ${ground.correction}`;
      await incident(tx, { ...ground, id: ground.correction });
    },
  },
  {
    because: 'its period is longer, and no gap says why',
    plant: (tx, { id }) => tx.change`UPDATE notices SET extended_days = 2 WHERE id = ${id}`,
  },
  {
    because: 'it was withdrawn, and names nobody',
    plant: (tx, { id, at }) =>
      tx.change`UPDATE notices SET state = 'ENDED', ended_at = ${at}, withdrawn_at = ${at}, names_somebody = 0 WHERE id = ${id}`,
  },
  {
    because: 'it was withdrawn before it ended',
    plant: (tx, { id, at }) =>
      tx.change`UPDATE notices SET state = 'ENDED', ended_at = ${at}, withdrawn_at = ${new Date(at.getTime() - 1)} WHERE id = ${id}`,
  },
  {
    because: 'it is down, and the correction that quotes it hangs',
    plant: async (tx, ground) => {
      await suspended(tx, ground.id, ground.at);
      await incident(tx, ground);
    },
  },
];

describe.each(kinds)('$name', (kind) => {
  let wall: Wall;
  let ground: Ground;

  beforeEach(async () => {
    wall = await givenWall(kind);
    const societyId = randomUUID();
    const [id, correction] = [
      await givenDraft(wall, societyId),
      await givenNotice(wall, societyId, WORDED.CORRECTION),
    ];
    for (const noticeId of [id, correction]) {
      await sign(wall, societyId, noticeId);
      await post(wall, societyId, noticeId);
    }
    const link = { id: randomUUID(), noticeId: correction, earlierId: id, relation: 'CORRECTS' } as const;
    await wall.transactions.run((tx) => tx.insert(NoticeLink, link));
    ground = { id, correction, at: wall.clock.now() };
  });
  afterEach(() => wall.close());

  it.each(SLIPS)('finds that $because', async ({ plant }) => {
    const verifier = wall.get(IncidentsVerifier);
    expect(await verifier.check()).toEqual([]);
    await wall.transactions.run(async (tx) => {
      await plant(tx, ground);
    });
    expect(await verifier.check()).toMatchObject([{ kind: 'notice incident' }]);
  });

  it('lets nobody sign a correction that would say again what was taken down meanwhile', async () => {
    const societyId = randomUUID();
    const earlierId = await givenDraft(wall, societyId);
    await sign(wall, societyId, earlierId);
    const noticeId = await givenNotice(wall, societyId, WORDED.CORRECTION);
    await wall.transactions.run(async (tx) => {
      await tx.insert(NoticeLink, { id: randomUUID(), noticeId, earlierId, relation: 'CORRECTS' });
      await suspended(tx, earlierId, wall.clock.now());
    });
    const refused = { code: 'NOTICE_NOT_TO_CORRECT', details: { why: 'taken-down' } };
    await expect(sign(wall, societyId, noticeId)).rejects.toMatchObject(refused);
    expect((await wall.queries.notice(societyId, noticeId)).state).toBe('DRAFT');
  });
});
