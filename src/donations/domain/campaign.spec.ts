import { day, dayOf } from '../../kernel/day.js';
import { fen } from '../../kernel/fen.js';
import { dueOf } from '../../duties/domain/due.js';
import { calendarOf } from '../../kernel/working-days.js';
import {
  CAMPAIGN_LAW,
  certificateOn,
  isCertifiedThroughout,
  monthsAfter,
  nextReport,
  planRule,
  refuseCampaign,
  refusePersonal,
  refuseQuota,
} from './campaign.js';
import type { CampaignDraft, CertificateVersion } from './campaign.js';

const TODAY = day('2026-03-02');
const version = (more: Partial<Record<keyof CertificateVersion, string>> = {}): CertificateVersion =>
  ({
    ...{ id: 'c1', kind: 'GIVEN', number: '闽民募001', validFrom: '2026-01-01', validUntil: '2026-12-31' },
    ...more,
  }) as CertificateVersion;

describe('a certificate', () => {
  const renewed = version({ id: 'c2', validFrom: '2027-01-01', validUntil: '2029-12-31' });
  const withdrawn = version({ id: 'c3', kind: 'WITHDRAWN', validFrom: '2026-06-01' });

  it.each`
    versions                  | on              | holds   | because
    ${[]}                     | ${'2026-03-02'} | ${null} | ${'there is none'}
    ${[version()]}            | ${'2025-12-31'} | ${null} | ${'not yet'}
    ${[version()]}            | ${'2026-01-01'} | ${'c1'} | ${'its first day'}
    ${[version()]}            | ${'2026-12-31'} | ${'c1'} | ${'its last day'}
    ${[version()]}            | ${'2027-01-01'} | ${null} | ${'no longer'}
    ${[version(), renewed]}   | ${'2027-01-01'} | ${'c2'} | ${'renewed'}
    ${[version(), withdrawn]} | ${'2026-05-31'} | ${'c1'} | ${'the day before it was withdrawn'}
    ${[version(), withdrawn]} | ${'2026-06-01'} | ${null} | ${'withdrawn, whatever the paper says'}
  `(
    'holds $holds on $on: $because',
    ({ versions, on, holds }: Record<'versions' | 'on' | 'holds', never>) => {
      expect(certificateOn(versions, on)?.id ?? null).toBe(holds);
    },
  );

  it.each`
    versions                  | from            | until           | throughout | because
    ${[version()]}            | ${'2026-03-01'} | ${'2026-12-31'} | ${true}    | ${'all of it'}
    ${[version()]}            | ${'2026-03-01'} | ${'2027-01-01'} | ${false}   | ${'one day too long'}
    ${[version(), renewed]}   | ${'2026-03-01'} | ${'2027-03-01'} | ${true}    | ${'one follows the other'}
    ${[version(), withdrawn]} | ${'2026-03-01'} | ${'2026-06-01'} | ${false}   | ${'withdrawn within'}
  `(
    'covers $from to $until: $throughout, $because',
    ({ versions, from, until, throughout }: Record<'versions' | 'from' | 'until' | 'throughout', never>) => {
      expect(isCertifiedThroughout(versions, from, until)).toBe(throughout);
    },
  );
});

const draft = (more: Partial<Record<keyof CampaignDraft, unknown>> = {}): CampaignDraft =>
  ({
    ...{
      kind: 'PUBLIC',
      name: '冬季助学募捐',
      purposeWords: '给困难家庭的孩子交学费',
      targetFen: fen(5_000_000),
    },
    ...{ startsOn: '2026-03-12', endsOn: '2026-06-30', isDisaster: false, adminPercent: 0 },
    ...{ planNumber: '备2026-1', planFiledOn: '2026-03-02', ...more },
  }) as CampaignDraft;

it.each`
  more                                                                                 | certified | code                        | because
  ${{}}                                                                                | ${true}   | ${null}                     | ${'certified, filed ten days before'}
  ${{}}                                                                                | ${false}  | ${'PUBLIC_RAISING_REFUSED'} | ${'D4-61 no certificate (Charity Law 22, 113)'}
  ${{ endsOn: '2027-01-01' }}                                                          | ${true}   | ${'PUBLIC_RAISING_REFUSED'} | ${'D4-61 the certificate ends before the campaign'}
  ${{ isDisaster: true, startsOn: '2026-03-02', planNumber: null, planFiledOn: null }} | ${false}  | ${'PUBLIC_RAISING_REFUSED'} | ${'D4-61 a disaster gives no certificate'}
  ${{ startsOn: '2026-03-11' }}                                                        | ${true}   | ${'PLAN_FILED_LATE'}        | ${'nine days are not ten'}
  ${{ planNumber: null, planFiledOn: null }}                                           | ${true}   | ${'PLAN_MISSING'}           | ${'no plan (art. 24)'}
  ${{ planFiledOn: '2026-03-03' }}                                                     | ${true}   | ${'PLAN_MISSING'}           | ${'a plan that will be filed is none'}
  ${{ isDisaster: true, startsOn: '2026-03-02', planNumber: null, planFiledOn: null }} | ${true}   | ${null}                     | ${'after a disaster at once, the plan follows (art. 73)'}
  ${{ isDisaster: true, planNumber: null }}                                            | ${true}   | ${'PLAN_MISSING'}           | ${'half a plan'}
  ${{ startsOn: '2026-03-01' }}                                                        | ${true}   | ${'CAMPAIGN_DAYS_WRONG'}    | ${'it began before it was opened'}
  ${{ endsOn: '2026-03-11' }}                                                          | ${true}   | ${'CAMPAIGN_DAYS_WRONG'}    | ${'it ends before it begins'}
  ${{ endsOn: '2030-01-01' }}                                                          | ${true}   | ${'CAMPAIGN_DAYS_WRONG'}    | ${'for ever'}
  ${{ adminPercent: 11 }}                                                              | ${true}   | ${'ADMIN_SHARE_TOO_HIGH'}   | ${'more than a tenth (art. 61)'}
  ${{ kind: 'TARGETED', planNumber: null, planFiledOn: null }}                         | ${false}  | ${null}                     | ${'a targeted campaign needs neither (art. 29)'}
  ${{ kind: 'TARGETED', purposeWords: '每户 200 元' }}                                 | ${false}  | ${'QUOTA_REFUSED'}          | ${'no quotas (art. 32)'}
`(
  'says $code: $because',
  ({ more, certified, code }: { more: object; certified: boolean; code: string | null }) => {
    const open = () => {
      refuseCampaign(draft(more), certified ? [version()] : [], TODAY);
    };
    if (code === null) expect(open).not.toThrow();
    else expect(open).toThrow(expect.objectContaining({ code }) as Error);
  },
);

it.each([
  ...['每户 200 元', '每 户两百', '人均不少于五十', '由各村民小组摊派', '党员必须捐', '户均一百'],
  ...['每人至少捐 20 元', '家家都要捐', '分摊到组', '完成募捐任务', '不捐的不给办', '每，户'],
])('refuses “%s” (art. 32)', (words) => {
  expect(() => {
    refuseQuota(words);
  }).toThrow(expect.objectContaining({ code: 'QUOTA_REFUSED' }) as Error);
});

it.each([
  '给困难家庭的孩子交学费',
  '捐不捐、捐多少由本人决定',
  '一户受灾，八方支援',
  '完成搬迁任务后给受灾家庭补助',
])('lets “%s” stand', (words) => {
  expect(() => {
    refuseQuota(words);
  }).not.toThrow();
});

it('lets nothing of one person stand on a page for everybody, but the name of a disease', () => {
  const refuse = (text: string) => () => {
    refusePersonal('用途说明', text, '0000-1234567');
  };
  expect(refuse('联系 13900005341')).toThrow(/像电话号码/);
  expect(refuse('身份证 11010519491231002X')).toThrow(/像身份证号码/);
  expect(refuse('有疑问打 0000-1234567')).not.toThrow();
  expect(refuse('救助白血病儿童')).not.toThrow();
});

describe('what is to be published next', () => {
  const usual = { startsOn: day('2026-03-12'), endsOn: day('2026-12-31'), isDisaster: false };
  const disaster = { startsOn: day('2026-03-02'), endsOn: day('2026-03-20'), isDisaster: true };

  it.each`
    campaign                                   | lastOn          | kind          | dueOn           | because
    ${usual}                                   | ${null}         | ${'PERIODIC'} | ${'2026-06-12'} | ${'three months from the start (art. 79)'}
    ${usual}                                   | ${'2026-06-01'} | ${'PERIODIC'} | ${'2026-09-01'} | ${'three months from the last'}
    ${usual}                                   | ${'2026-10-01'} | ${'FINAL'}    | ${'2027-03-31'} | ${'three months from the end'}
    ${{ ...usual, endsOn: day('2026-04-30') }} | ${null}         | ${'FINAL'}    | ${'2026-07-30'} | ${'a short one is reported once, whole'}
    ${disaster}                                | ${null}         | ${'PERIODIC'} | ${'2026-03-07'} | ${'every five days (art. 72)'}
    ${disaster}                                | ${'2026-03-06'} | ${'PERIODIC'} | ${'2026-03-11'} | ${'five days from the last'}
    ${disaster}                                | ${'2026-03-16'} | ${'FINAL'}    | ${'2026-06-20'} | ${'and the whole after its end'}
  `(
    '$kind by $dueOn: $because',
    ({ campaign, lastOn, kind, dueOn }: Record<'campaign' | 'lastOn' | 'kind' | 'dueOn', never>) => {
      expect(nextReport(campaign, lastOn)).toMatchObject({ kind, dueOn });
    },
  );

  it('is due by the clock on that very day: five days do not roll off a holiday', () => {
    const holidays = calendarOf({ years: [2026], holidays: [day('2026-03-07')], makeUps: [] });
    expect(dayOf(new Date(dueOf(nextReport(disaster, null).rule, holidays).dueAt.getTime() - 1))).toBe(
      '2026-03-07',
    );
    const { rule, dueOn } = nextReport(usual, null);
    expect(dayOf(new Date(dueOf(rule, holidays).dueAt.getTime() - 1))).toBe(dueOn);
    expect(planRule(disaster.startsOn).count).toBe(CAMPAIGN_LAW.planDaysAfterDisaster);
  });
});

it.each`
  from            | months | to
  ${'2026-11-30'} | ${3}   | ${'2027-02-28'}
  ${'2027-11-30'} | ${3}   | ${'2028-02-29'}
  ${'2026-01-31'} | ${3}   | ${'2026-04-30'}
  ${'2026-10-15'} | ${3}   | ${'2027-01-15'}
`('$months months after $from is $to', ({ from, months, to }: Record<'from' | 'months' | 'to', never>) => {
  expect(monthsAfter(from, months)).toBe(to);
});
