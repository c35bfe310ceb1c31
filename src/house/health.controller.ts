import { Controller, Get, Res, ServiceUnavailableException } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { HealthCheckService, HealthIndicatorService } from '@nestjs/terminus';
import type { HealthIndicatorResult } from '@nestjs/terminus';
import type { FastifyReply } from 'fastify';
import { ClockWatch } from '../platform/clock-watch.js';
import { wordsOfDoubt } from '../platform/clock-note.js';
import { Config } from '../platform/config.js';
import { RequestWatch } from '../platform/observability/request-watch.js';
import { LEAST_ROOM_BYTES, roomIn } from '../platform/observability/room.js';
import { DatabaseStateQueries } from './database-state.queries.js';
import { LagsQueries } from './lags.queries.js';

const PING_MS = 2000;

/**
 * Live: the process answers. Ready: it is not ending, its clock is believed, its database answers, is a node in good
 * standing where it is a cluster, and has the schema of this program, and the disk takes more. Ready is asked by whoever
 * may send people to another program; where there is one alone it is asked whether it lives (`deploy/Caddyfile`), since
 * one that may not write can still be read. How far the outbox is behind is said beside it and never makes it unready:
 * where no text goes out, people can still be helped. No ids, no names.
 */
@ApiExcludeController()
@Controller()
export class HealthController {
  constructor(
    private readonly health: HealthCheckService,
    private readonly indicators: HealthIndicatorService,
    private readonly state: DatabaseStateQueries,
    private readonly config: Config,
    private readonly lags: LagsQueries,
    private readonly watch: RequestWatch,
    private readonly clock: ClockWatch,
  ) {}

  @Get('healthz')
  live(): { status: string } {
    return { status: 'ok' };
  }

  @Get('readyz')
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<object> {
    try {
      return await this.health.check([
        () => this.serving(),
        () => this.database(),
        () => this.time(),
        () => this.cluster(),
        () => this.migrations(),
        () => this.disk(),
        () => this.outbox(),
      ]);
    } catch (error) {
      if (!(error instanceof ServiceUnavailableException)) throw error;
      void reply.status(503).header('retry-after', '5');
      return error.getResponse() as object;
    }
  }

  private serving(): HealthIndicatorResult {
    const serving = this.indicators.check('serving');
    return this.watch.isDraining ? serving.down({ why: 'draining' }) : serving.up();
  }

  private async database(): Promise<HealthIndicatorResult> {
    const database = this.indicators.check('database');
    return (await this.state.answersWithin(PING_MS)) ? database.up() : database.down({ why: 'not answered' });
  }

  /** A database that does not answer says nothing of the time either: that is the business of `database`. */
  private async time(): Promise<HealthIndicatorResult> {
    const clock = this.indicators.check('clock');
    const doubt = await this.clock.look().catch(() => this.clock.doubt());
    return doubt ? clock.down({ why: wordsOfDoubt(doubt) }) : clock.up();
  }

  /** Says nothing where the database is no cluster, or does not answer: that is the business of `database`. */
  private async cluster(): Promise<HealthIndicatorResult> {
    const cluster = this.indicators.check('cluster');
    const node = await this.state.node();
    if (!node) return {};
    const { state, size, why } = node;
    return why === null ? cluster.up({ state, size }) : cluster.down({ why, state, size });
  }

  private async migrations(): Promise<HealthIndicatorResult> {
    const migrations = this.indicators.check('migrations');
    try {
      const pending = await this.state.pending();
      return pending > 0 ? migrations.down({ pending }) : migrations.up();
    } catch {
      return migrations.down({ why: 'not answered' });
    }
  }

  private async disk(): Promise<HealthIndicatorResult> {
    const disk = this.indicators.check('disk');
    const { freeBytes } = await roomIn(this.config.dataDir);
    return freeBytes < LEAST_ROOM_BYTES ? disk.down({ freeBytes }) : disk.up({ freeBytes });
  }

  private async outbox(): Promise<HealthIndicatorResult> {
    const outbox = this.indicators.check('outbox');
    try {
      const { messages, webhooks } = await this.lags.outbox();
      return outbox.up({ messages, webhooks });
    } catch {
      return outbox.up({ why: 'not answered' });
    }
  }
}
