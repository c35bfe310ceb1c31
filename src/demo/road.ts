import { RoundsService } from '../board/index.js';
import { CasesService, IntakeService } from '../cases/index.js';
import type { Intake } from '../cases/index.js';
import { day } from '../kernel/day.js';
import { NoticesQueries, NoticesService } from '../notices/index.js';
import { PaymentsQueries, PaymentsService } from '../payments/index.js';
import { demoPhoto } from './photos.js';
import type { Stage } from './stage.js';

export type OpenCase = { readonly caseId: string; readonly number: string };
export type Ordered = OpenCase & { readonly roundId: string };

/*
 * The stops of the road, each by whoever has to do it, through the services that the pages use.
 */

export async function register(
  stage: Stage,
  applicant: string,
  need: Pick<Intake, 'cause' | 'amountFen'> & Partial<Pick<Intake, 'story' | 'leadId' | 'consents'>>,
  visitors: readonly string[],
): Promise<OpenCase> {
  const { payeeAccountId } = stage.registered(applicant);
  const { caseId, number } = await stage.service(IntakeService).registerCase(stage.as('secretary'), {
    leadId: null,
    story: null,
    consents: ['PROCESS', 'HEALTH_BANK', 'VERIFY', 'PUBLISH'],
    ...need,
    applicantId: stage.personId(applicant),
    method: payeeAccountId === null ? 'CASH' : 'CARD',
    payeeAccountId,
    pledged: true,
    visitors: visitors.map((key) => stage.personId(key)),
    photos: [],
  });
  return { caseId, number };
}

export async function openRound(stage: Stage, open: OpenCase): Promise<Ordered> {
  const { roundId } = await stage
    .service(CasesService)
    .openRound(stage.as('secretary'), { caseId: open.caseId, recusals: [] });
  return { ...open, roundId };
}

/** All who may vote have come and raise their hands; the chair presides and signs the sheet. */
export async function raiseHands(
  stage: Stage,
  { roundId }: Ordered,
  voters: readonly string[],
  choice: 'yes' | 'no' = 'yes',
): Promise<void> {
  await stage.service(RoundsService).recordShowOfHands(stage.as('secretary'), {
    roundId,
    presiderId: stage.personId('chair'),
    hands: voters.map((key) => ({ directorId: stage.personId(key), choice })),
    place: '村委会会议室',
    sheet: await demoPhoto(9),
  });
}

export async function pay(stage: Stage, { caseId }: OpenCase, bankReference: string): Promise<void> {
  const order = await stage.service(PaymentsQueries).ofSubject('case', caseId);
  if (!order) throw new Error('There is no payment order');
  await stage.service(PaymentsService).recordPayment(stage.as('cashier'), {
    orderId: order.id,
    method: order.method,
    bankReference,
    photo: await demoPhoto(5),
  });
}

export async function sign(stage: Stage, open: OpenCase, plannedPostingOn: string): Promise<string> {
  const noticeId = await noticeOf(stage, open);
  await stage
    .service(NoticesService)
    .sign(stage.as('chair'), { noticeId, plannedPostingOn: day(plannedPostingOn) });
  return noticeId;
}

export async function post(stage: Stage, noticeId: string): Promise<void> {
  await stage.service(NoticesService).recordPosting(stage.as('secretary'), {
    noticeId,
    place: '村委会公示栏',
    postedAt: stage.clock.now(),
    photo: await demoPhoto(12),
  });
}

export async function archive(stage: Stage, noticeId: string): Promise<void> {
  await stage
    .service(NoticesService)
    .archive(stage.as('secretary'), { noticeId, endPhoto: await demoPhoto(12) });
}

export async function bringPapers(stage: Stage, { caseId }: OpenCase): Promise<void> {
  const photos = await Promise.all(
    (['ID_CARD', 'CAUSE_PROOF', 'CONSENT', 'RECEIPT'] as const).map(async (kind, i) => ({
      kind,
      bytes: await demoPhoto(4 + i),
    })),
  );
  await stage.service(CasesService).completePapers(stage.as('secretary'), { caseId, photos, waivers: [] });
}

/** What cannot be had is waived with its reason, and waits for the supervisor. */
export async function waiveProof(stage: Stage, { caseId }: OpenCase, reason: string): Promise<void> {
  const waivers = [{ kind: 'CAUSE_PROOF' as const, reason }];
  await stage.service(CasesService).completePapers(stage.as('secretary'), { caseId, photos: [], waivers });
}

async function noticeOf(stage: Stage, { caseId }: OpenCase): Promise<string> {
  const notice = await stage.service(NoticesQueries).ofSubject('case', caseId);
  if (!notice) throw new Error('There is no notice to sign');
  return notice.id;
}
