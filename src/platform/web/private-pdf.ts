import type { FastifyReply } from 'fastify';

/** A paper with a full name on it: shown, and kept by no cache. */
export function sendPrivatePdf(reply: FastifyReply, name: string, pdf: Buffer): void {
  void reply
    .type('application/pdf')
    .header('content-disposition', `inline; filename="${name}.pdf"`)
    .header('cache-control', 'no-store')
    .send(pdf);
}
