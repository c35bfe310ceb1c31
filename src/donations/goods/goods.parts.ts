import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { DutyThreads } from '../../duties/index.js';
import { GoodsController } from './goods.controller.js';
import { GoodsPages } from './goods.pages.js';
import { GoodsQueries } from './goods.queries.js';
import { GoodsRecipients } from './goods-recipients.js';
import { GoodsService } from './goods.service.js';
import { GoodsStore } from './goods.store.js';
import { GoodsThread } from './goods-thread.js';
import { GoodsVerifier } from './goods.verifier.js';

/** Answers in the room above for goods that are about to expire. */
@Injectable()
export class GoodsDuties implements OnModuleInit {
  constructor(
    private readonly threads: DutyThreads,
    private readonly thread: GoodsThread,
  ) {}

  onModuleInit(): void {
    this.threads.register(this.thread);
  }
}

/** Goods: for the module. */
export const goodsControllers = [GoodsPages, GoodsController];

export const goodsProviders = [
  GoodsDuties,
  GoodsQueries,
  GoodsRecipients,
  GoodsService,
  GoodsStore,
  GoodsThread,
  GoodsVerifier,
];
