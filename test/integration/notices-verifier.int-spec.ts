import { randomUUID } from 'node:crypto';
import { NoticeIssue, NoticeRow } from '../../src/notices/notice.entity.js';
import type { Tx } from '../../src/platform/database/transactions.js';
import { kinds } from '../support/databases.js';
import { givenDraft, givenWall, sign } from '../support/notices.js';
import type { Wall } from '../support/notices.js';

type Ground = { readonly signed: NoticeRow; readonly issue: NoticeIssue };

/** A signed notice beside the first, as an intruder would write it. */
async function forge(tx: Tx, { signed, issue }: Ground, changed: Partial<NoticeIssue>): Promise<void> {
  const id = randomUUID();
  await tx.insert(NoticeRow, Object.assign({}, signed, { id, subjectId: randomUUID() }));
  const own = { id: randomUUID(), noticeId: id, code: 'ZZZZ2222', serial: 2 };
  const content = { ...issue.content, code: own.code };
  await tx.insert(NoticeIssue, Object.assign({}, issue, { content }, own, changed));
  await tx.change`UPDATE number_series SET last_number = 2 WHERE series = 'notice'`;
}

/** What a row could be made to say behind the service's back, in the ways that the tables still allow. */
const SLIPS: readonly {
  kind: string;
  because: string;
  plant: (tx: Tx, ground: Ground) => Promise<unknown>;
}[] = [
  {
    kind: 'notice content',
    because: 'the content is not what its hash says',
    plant: (tx, ground) => forge(tx, ground, { contentHash: '0'.repeat(64) }),
  },
  {
    kind: 'notice content',
    because: 'the paper is not what its hash says',
    plant: (tx, ground) => forge(tx, ground, { pdfSha256: '0'.repeat(64) }),
  },
  {
    kind: 'notice state',
    because: 'a notice counts as signed, and nobody signed it',
    plant: (tx, { signed }) =>
      tx.insert(NoticeRow, Object.assign({}, signed, { id: randomUUID(), subjectId: randomUUID() })),
  },
  {
    kind: 'notice state',
    because: 'a notice counts as posted, and nothing says where',
    plant: (tx, { signed }) =>
      tx.change`UPDATE notices SET state = 'POSTED', posted_at = signed_at WHERE id = ${signed.id}`,
  },
  {
    kind: 'notice number gap',
    because: 'a number was given to no notice',
    plant: (tx) => tx.change`UPDATE number_series SET last_number = last_number + 1 WHERE series = 'notice'`,
  },
];

describe.each(kinds)('$name', (kind) => {
  let wall: Wall;
  let ground: Ground;

  beforeEach(async () => {
    wall = await givenWall(kind);
    const societyId = randomUUID();
    const id = await givenDraft(wall, societyId);
    await sign(wall, societyId, id);
    const { manager } = wall.dataSource;
    ground = {
      signed: await manager.findOneByOrFail(NoticeRow, { id }),
      issue: await manager.findOneByOrFail(NoticeIssue, { noticeId: id }),
    };
  });
  afterEach(() => wall.close());

  it.each(SLIPS)('finds a $kind: $because', async ({ kind: found, plant }) => {
    expect(await wall.verifier.check()).toEqual([]);
    await wall.transactions.run(async (tx) => {
      await plant(tx, ground);
    });
    const findings = await wall.verifier.check();
    expect(findings.map((finding) => finding.kind)).toContain(found);
    expect(JSON.stringify(findings)).not.toContain('张*三');
  });
});
