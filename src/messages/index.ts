/** The front door of messages: who is told of what by a text, in the unit of what it tells of. */
import { MessageChoice, MessageDay, MessageDigest, MessageRow } from './messages.entity.js';

export { DigestsService } from './digests.service.js';
export type { Digest, DigestSpan } from './digests.service.js';
export { isOfToday } from './domain/digest.js';
export {
  applicationAccepted,
  ballotLinkMade,
  giftsUsed,
  grantPaid,
  heardUntil,
  matterOver,
  resultKnown,
  roundOpened,
} from './domain/event-messages.js';
export type { MessageDraft } from './domain/event-messages.js';
export { MessagesModule } from './messages.module.js';
export { MessagesOutbox } from './messages.outbox.js';
export type { Reader } from './messages.outbox.js';
export { messagesPermissions } from './messages.permissions.js';
export { MessagesQueries } from './messages.queries.js';
export type { MessageLine } from './messages.queries.js';
export { MessagesSender } from './messages-sender.service.js';
export { MessagesService } from './messages.service.js';
export { TextsOf } from './texts-of.store.js';

export const messagesEntities = [MessageRow, MessageChoice, MessageDay, MessageDigest];
export { messagesSealed } from './messages.sealed.js';
