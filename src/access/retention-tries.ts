import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { RetentionTasks } from '../people/index.js';
import type { RetentionTask } from '../people/index.js';
import { AccessSweep } from './sweep.service.js';

/** Counts of wrong guesses, unfinished steps and codes; the clock forgets them all day long. */
@Injectable()
export class RetentionOfTries implements RetentionTask, OnModuleInit {
  readonly kind = 'SIGN_IN';

  constructor(
    private readonly tasks: RetentionTasks,
    private readonly sweep: AccessSweep,
  ) {}

  onModuleInit(): void {
    this.tasks.register(this);
  }

  async due(now: Date): Promise<number> {
    return this.sweep.countOld(now);
  }

  async forget(now: Date): Promise<number> {
    return this.sweep.forgetOld(now);
  }
}
