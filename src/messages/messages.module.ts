import { Module } from '@nestjs/common';
import { OfficesModule } from '../offices/index.js';
import { PeopleModule } from '../people/index.js';
import { AllMessagesPages } from './all-messages.pages.js';
import { DigestsService } from './digests.service.js';
import { DutyDigest } from './duty-digest.js';
import { HeldMessages } from './held-messages.js';
import { MessageSeals } from './message.seals.js';
import { AllMessagesController, MessagesController } from './messages.controller.js';
import { MessagesOutbox } from './messages.outbox.js';
import { MessagesPages } from './messages.pages.js';
import { MessagesQueries } from './messages.queries.js';
import { MessagesReading } from './messages.reading.js';
import { MessagesSender } from './messages-sender.service.js';
import { MessagesService } from './messages.service.js';
import { MessagesStore } from './messages.store.js';
import { RetentionOfMessages } from './retention-messages.js';
import { TextsOf } from './texts-of.store.js';

@Module({
  imports: [PeopleModule, OfficesModule],
  controllers: [MessagesPages, AllMessagesPages, MessagesController, AllMessagesController],
  providers: [
    DigestsService,
    DutyDigest,
    HeldMessages,
    RetentionOfMessages,
    MessageSeals,
    MessagesOutbox,
    MessagesQueries,
    MessagesReading,
    MessagesSender,
    MessagesService,
    MessagesStore,
    TextsOf,
  ],
  exports: [DigestsService, MessagesOutbox, MessagesQueries, MessagesSender, MessagesService, TextsOf],
})
export class MessagesModule {}
