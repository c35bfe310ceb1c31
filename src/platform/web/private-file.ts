import type { FastifyReply } from 'fastify';

/**
 * A photo or paper that somebody handed in. As an attachment, so that nobody opens it as a page of ours: an `<img>` shows
 * it all the same (quality.md T10).
 */
export function sendPrivateFile(reply: FastifyReply, { mime, bytes }: { mime: string; bytes: Buffer }): void {
  void reply
    .type(mime)
    .header('content-disposition', 'attachment')
    .header('content-security-policy', 'sandbox')
    .header('x-content-type-options', 'nosniff')
    .send(bytes);
}
