import type { FastifyReply } from 'fastify';
import type { Issue } from './notices.queries.js';

/** Shown in the browser, and saved under its number. */
export function sendPdf(
  reply: FastifyReply,
  { number, code }: Pick<Issue, 'number' | 'code'>,
  pdf: Buffer,
): void {
  const name = encodeURIComponent(`${number}.pdf`);
  void reply
    .type('application/pdf')
    .header('content-disposition', `inline; filename="${code}.pdf"; filename*=UTF-8''${name}`)
    .header('x-content-type-options', 'nosniff')
    .send(pdf);
}
