import { WebhookController } from './webhook.controller.js';
import { WebhookOutbox } from './webhook-outbox.js';
import { WebhookPages } from './webhook.pages.js';
import { WebhookPost } from './webhook-post.js';
import { WebhookQueries } from './webhook.queries.js';
import { WebhookSender } from './webhook-sender.service.js';
import { WebhookService } from './webhook.service.js';
import { WebhookStore } from './webhook.store.js';

/** Telling other programs of gifts: for the module. */
export const webhookControllers = [WebhookPages, WebhookController];

export const webhookProviders = [
  WebhookOutbox,
  WebhookPost,
  WebhookQueries,
  WebhookSender,
  WebhookService,
  WebhookStore,
];
