import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { BoardQueries } from '../board/index.js';
import { GiftsQueries, ReceiptsQueries } from '../donations/index.js';
import { findAll } from '../house/index.js';
import { LedgerQueries } from '../ledger/index.js';
import { NoticePapers, NoticesQueries } from '../notices/index.js';
import type { NoticeLine } from '../notices/index.js';
import { fen } from '../kernel/fen.js';
import { PaymentsQueries } from '../payments/index.js';
import { sha256 } from '../platform/crypto/hash.js';
import { ReliefQueries } from '../relief/index.js';
import type { Played } from './play.js';

/** Writes every signed notice as PDF and the figures as JSON (the outside contract of the demo). */
export async function writeFigures(
  app: NestFastifyApplication,
  played: Played,
  directory: string,
): Promise<{ notices: number }> {
  const queries = app.get(NoticesQueries, { strict: false });
  const notices: NoticeLine[] = [];
  for (const societyId of played.societies) notices.push(...(await queries.page(societyId)).reverse());
  const signed = notices.filter(({ issue }) => issue !== null);
  const papers = app.get(NoticePapers, { strict: false });
  mkdirSync(join(directory, 'notices'), { recursive: true });
  for (const notice of signed) writeFileSync(join(directory, fileOf(notice)), await paperOf(papers, notice));

  const { findings } = await findAll(app);
  const totals = await app.get(LedgerQueries, { strict: false }).totals();
  const summary = {
    emergency: await emergencyOf(app, played, signed, papers),
    branches: played.branches,
    relief: await reliefOf(app, played, signed, papers),
    gifts: await giftsOf(app, played),
    ledger: {
      vouchers: totals.vouchers,
      sumOfAllLinesFen: totals.sumOfAllLinesFen,
      verified: findings.length === 0,
    },
    publicBoard: `/b/${played.boardCode}`,
  };
  writeFileSync(join(directory, 'summary.json'), `${JSON.stringify(summary, null, 2)}\n`);
  return { notices: signed.length };
}

async function emergencyOf(
  app: NestFastifyApplication,
  { societyId, emergency }: Played,
  signed: readonly NoticeLine[],
  papers: NoticePapers,
): Promise<object> {
  const round = await app.get(BoardQueries, { strict: false }).round(societyId, emergency.roundId);
  const order = await app.get(PaymentsQueries, { strict: false }).ofSubject('case', emergency.caseId);
  const notice = signed.find(({ id }) => id === emergency.noticeId);
  if (!order || !notice?.issue) throw new Error('The case of the report did not reach its notice');
  const { yes, no, abstain } = round.counts;
  const { number, signedAt } = notice.issue;
  return {
    case: emergency.number,
    amountFen: order.amountFen,
    votes: {
      directors: round.directors.length,
      recused: round.recused,
      electors: round.electors,
      present: yes + no + abstain,
      yes,
      no,
      abstain,
    },
    approvedAt: round.decidedAt?.toISOString(),
    paidAt: order.paidAt?.toISOString(),
    notice: {
      kind: notice.kind,
      number,
      signedAt: signedAt.toISOString(),
      pdf: fileOf(notice),
      sha256: sha256(await paperOf(papers, notice)),
    },
  };
}

/** Each case of the fund that is whole: its sum, its hours, its notices (the outside contract of the demo). */
async function reliefOf(
  app: NestFastifyApplication,
  { relief }: Played,
  signed: readonly NoticeLine[],
  papers: NoticePapers,
): Promise<object[]> {
  const queries = app.get(ReliefQueries, { strict: false });
  return Promise.all(
    relief.map(async (reliefId) => {
      const notices = signed.filter(({ subjectId }) => subjectId === reliefId);
      const [federationId] = notices.map(({ societyId }) => societyId);
      if (federationId === undefined) throw new Error('A case of the fund has no notice');
      const known = await queries.relief(federationId, reliefId);
      const { sheet } = await queries.sum(known, fen(0));
      const pre = notices.find(({ kind }) => kind === 'RELIEF_PRE');
      return {
        case: known.text,
        totalFen: sheet.totalFen,
        reimbursedFen: sheet.deductedFen,
        baseFen: sheet.baseFen,
        grantFen: sheet.grantFen,
        capApplied: sheet.capApplied,
        advanceFen: known.advancedFen,
        preNoticePostedAt: pre?.postedAt?.toISOString(),
        preNoticeEndedAt: known.noticeEndedAt?.toISOString(),
        approvedAt: known.approvedAt?.toISOString(),
        paidAt: known.paidAt?.toISOString(),
        paidFen: known.paidFen,
        notices: await Promise.all(
          notices.map(async (notice) => ({
            kind: notice.kind,
            number: notice.issue?.number,
            pdf: fileOf(notice),
            sha256: sha256(await paperOf(papers, notice)),
          })),
        ),
      };
    }),
  );
}

/** Each gift with its receipt, and what became of it to the fen. */
async function giftsOf(app: NestFastifyApplication, { societyId, gifts }: Played): Promise<object[]> {
  const queries = app.get(GiftsQueries, { strict: false });
  const receipts = app.get(ReceiptsQueries, { strict: false });
  return Promise.all(
    gifts.map(async (giftId) => {
      const { amountFen, usedFen, unspentFen, refundedFen } = await queries.gift(societyId, giftId);
      const [receipt] = await receipts.ofGift(societyId, giftId);
      return {
        receipt: receipt?.number,
        checkCode: receipt?.checkCode,
        receivedFen: amountFen,
        allocatedFen: usedFen,
        unspentFen,
        refundedFen,
      };
    }),
  );
}

/** `notices/柳溪救公〔2026〕1号.pdf` would not travel well: the code of the notice does. */
function fileOf(notice: NoticeLine): string {
  return join('notices', `${notice.issue?.code ?? notice.id}.pdf`);
}

async function paperOf(papers: NoticePapers, { id, issue }: NoticeLine): Promise<Buffer> {
  const pdf = issue && (await papers.findPdf(issue));
  if (!pdf) throw new Error(`Notice ${id} has lost its paper`);
  return pdf;
}
