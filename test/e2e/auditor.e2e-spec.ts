import { playDemo } from '../../src/demo/play.js';
import { DEMO_PASSWORD } from '../../src/demo/set-up.js';
import { CaseReading } from '../../src/cases/case-reading.js';
import { CasesQueries } from '../../src/cases/index.js';
import type { CaseFacts } from '../../src/cases/index.js';
import type { Role } from '../../src/kernel/actor.js';
import { kinds } from '../support/databases.js';
import { callerOf, givenHouse } from '../support/house.js';
import type { House } from '../support/house.js';
import { expectSound } from '../support/sound.js';
import { plain, Visitor } from '../support/visitor.js';

/** A page that somebody was led to, and what it said. */
type Seen = { readonly url: string; readonly from: string; readonly status: number; readonly body: string };

/** As many of a kind as tell one page from another; a list of a year leads to the same page again and again. */
const MOST_OF_A_KIND = 4;
const MOST_PAGES = 220;

/** Forms that any page has: the size of the letters, and the way out. */
const EVERYBODYS_FORMS = ['/font-size', '/sign-out'];

const kindOf = (url: string): string =>
  url
    .replace(/\?.*/, '')
    .replace(/[\da-f]{8}-[\da-f-]{27}/g, ':id')
    .replace(/\d{4}-\d{4}/g, ':number')
    .replace(/\/\d{4}$/, '/:year')
    .replace(/\/(?:n|b|open|c|verify)\/.*/, '/:public');

/** Follows every link of the house that a page shows, from the home page on. */
async function walked(house: House, login: string): Promise<Seen[]> {
  const visitor = new Visitor(house.app);
  const reply = await visitor.signIn(login, DEMO_PASSWORD);
  if (reply.statusCode !== 303) throw new Error(`${login} cannot sign in: ${reply.statusCode}`);
  const seen: Seen[] = [];
  const known = new Set(['/s']);
  const counts = new Map<string, number>();
  const waiting = [{ url: '/s', from: 'the menu' }];
  for (let next = waiting.shift(); next && seen.length < MOST_PAGES; next = waiting.shift()) {
    const page = await visitor.get(next.url);
    seen.push({ ...next, status: page.statusCode, body: page.body });
    for (const [, raw = ''] of page.body.matchAll(/<a\b[^>]*\bhref="(\/[^"#]*)/g)) {
      const url = plain(raw);
      const count = counts.get(kindOf(url)) ?? 0;
      if (known.has(url) || count >= MOST_OF_A_KIND || /^\/(?:font-size|me\/|help)/.test(url)) continue;
      known.add(url);
      counts.set(kindOf(url), count + 1);
      waiting.push({ url, from: next.url });
    }
  }
  return seen;
}

const formsIn = ({ body }: Seen): string[] =>
  [...body.matchAll(/<form method="post" action="([^"]+)"/g)]
    .map(([, action = '']) => action)
    .filter(
      (action) => !EVERYBODYS_FORMS.includes(action) && action !== '/choose' && !action.startsWith('/verify'),
    );

const [sqlite] = kinds;
if (!sqlite) throw new Error('The embedded database is always there');

describe('an auditor', () => {
  let house: House;
  let cases: CaseFacts[];
  let secrets: string[];

  beforeAll(async () => {
    house = await givenHouse(sqlite);
    await playDemo(house.app, house.clock);
    const rows = await house.dataSource.query<{ id: string; societyId: string }[]>(
      'SELECT id AS "id", society_id AS "societyId" FROM cases',
    );
    const queries = house.get(CasesQueries);
    cases = await Promise.all(rows.map(({ societyId, id }) => queries.case(societyId, id)));
    const told = await Promise.all(rows.map(({ societyId, id }) => queries.story(societyId, id)));
    const waived = (await Promise.all(rows.map(({ id }) => queries.papers(id)))).flat();
    secrets = [...told, ...waived.map(({ waiver }) => waiver)].filter((words) => words !== null);
  });
  afterAll(() => expectSound(house));
  afterAll(() => house.close());

  it.each([
    ['a society', 'shenjiyuan', 40, '/s/ledger/vouchers/:id'],
    ['a federation', 'zonghuishenji', 40, '/s/relief/:id'],
  ])('of %s opens whatever a page leads to, and finds no form there', async (_where, login, floor, one) => {
    const seen = await walked(house, login);
    expect(seen.length).toBeGreaterThan(floor);
    const kindsSeen = new Set(seen.map(({ url }) => kindOf(url)));
    expect([...kindsSeen]).toContain(one);
    expect(
      seen.filter(({ status }) => status >= 400).map(({ url, from, status }) => ({ url, from, status })),
    ).toEqual([]);
    expect(seen.flatMap((page) => formsIn(page).map((action) => `${page.url}: ${action}`))).toEqual([]);
    console.info(`${login}: ${seen.length} pages of ${kindsSeen.size} kinds`);
  });

  it('control: who works there finds forms on the same walk', async () => {
    const seen = await walked(house, 'hewanmishuzhang');
    expect(seen.flatMap(formsIn).length).toBeGreaterThan(5);
  });

  /** What the page of each case is made of, in whatever society, for somebody with this role there. */
  const factsFor = async (role: Role): Promise<string> => {
    const pages = cases.map(({ societyId, text }) =>
      house.get(CaseReading).page(callerOf({ societyId, roles: ['signed-in', role] }).actor, text),
    );
    return JSON.stringify(await Promise.all(pages));
  };

  it('reads in no case what was said, nor why a paper is waived, where whoever works there does', async () => {
    const [read, worked] = [await factsFor('auditor'), await factsFor('secretary')];
    expect(secrets.filter((secret) => read.includes(JSON.stringify(secret)))).toEqual([]);
    expect(secrets.filter((secret) => worked.includes(JSON.stringify(secret)))).not.toEqual([]);
  });

  it('is refused at every form, and the refusal stays in the trail', async () => {
    const visitor = new Visitor(house.app);
    await visitor.signIn('shenjiyuan', DEMO_PASSWORD);
    const page = await visitor.get('/me/devices');
    const [, csrf = ''] = /name="_csrf" value="([^"]+)"/.exec(page.body) ?? [];
    const sent = await visitor.post('/s/ledger/inflows', { _csrf: csrf });
    expect([sent.statusCode, sent.body.includes('您的职务不能办这件事')]).toEqual([403, true]);
  });
});
