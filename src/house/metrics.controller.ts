import { Controller, Get, NotFoundException, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Config } from '../platform/config.js';
import { isSameSecret } from '../platform/crypto/hash.js';
import { lastRun } from '../platform/observability/last-runs.js';
import type { RunKind } from '../platform/observability/last-runs.js';
import { Metrics } from '../platform/observability/metrics.js';
import type { Reading } from '../platform/observability/metrics.js';
import { roomIn } from '../platform/observability/room.js';
import { DatabaseStateQueries } from './database-state.queries.js';
import { LagsQueries } from './lags.queries.js';
import type { Waiting } from './lags.queries.js';

const LOOPBACK = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1']);
const FORWARDED = ['x-forwarded-for', 'forwarded', 'x-real-ip'] as const;

/**
 * For a Prometheus. With METRICS_TOKEN whoever sends it is answered; without one, outside production only, whoever asks
 * from this machine and was not sent on by a proxy. For everybody else there is nothing here.
 */
@ApiExcludeController()
@Controller()
export class MetricsController {
  constructor(
    private readonly config: Config,
    private readonly metrics: Metrics,
    private readonly lags: LagsQueries,
    private readonly state: DatabaseStateQueries,
  ) {}

  @Get('metrics')
  async read(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    if (!this.mayRead(request)) throw new NotFoundException();
    const text = await this.metrics.text(await this.readings());
    await reply.type(this.metrics.contentType).send(text);
  }

  private mayRead({ headers, socket }: FastifyRequest): boolean {
    const { metricsToken, production } = this.config;
    if (metricsToken !== null) return isSameSecret(`Bearer ${metricsToken}`, headers.authorization ?? '');
    const isNear = LOOPBACK.has(socket.remoteAddress ?? '');
    return !production && isNear && FORWARDED.every((name) => headers[name] === undefined);
  }

  private async readings(): Promise<Reading[]> {
    const { messages, webhooks, seal, overdueDuties } = await this.lags.all();
    const { freeBytes, totalBytes } = await roomIn(this.config.dataDir);
    const one = (name: string, help: string, value: number): Reading => ({ name, help, values: [{ value }] });
    const waiting = (name: string, what: string, { count, oldestMs }: Waiting): Reading[] => [
      one(`huzhu_${name}_waiting`, `${what} that are due and not done`, count),
      one(`huzhu_${name}_lag_seconds`, `How long the oldest of them has been due`, oldestMs / 1000),
    ];
    return [
      ...waiting('messages', 'Texts', messages),
      ...waiting('webhooks', 'Webhook deliveries', webhooks),
      ...waiting('seal', 'Rows of the trail to be sealed (100 stands for more)', seal),
      {
        name: 'huzhu_overdue_duties',
        help: 'Duties past their hour, by kind',
        label: 'kind',
        values: overdueDuties.map(({ kind, count }) => ({ label: kind, value: count })),
      },
      one('huzhu_disk_free_bytes', 'Room on the disk of the data directory', freeBytes),
      one('huzhu_disk_total_bytes', 'Size of the disk of the data directory', totalBytes),
      ...(await this.runs('verify')),
      ...(await this.runs('backup')),
      ...this.pool(one),
    ];
  }

  private async runs(kind: RunKind): Promise<Reading[]> {
    const run = await lastRun(this.config.dataDir, kind);
    const of = (name: string, help: string, value: number | null): Reading => ({
      name: `huzhu_last_${kind}_${name}`,
      help,
      values: value === null ? [] : [{ value }],
    });
    return [
      of(
        'timestamp_seconds',
        `When ${kind} ran last on this machine`,
        run === null ? null : Date.parse(run.at) / 1000,
      ),
      of('findings', `What it found wrong`, run?.findings ?? null),
    ];
  }

  private pool(one: (name: string, help: string, value: number) => Reading): Reading[] {
    const pool = this.state.pool();
    if (!pool) return [];
    return [
      one('huzhu_pool_connections', 'Connections to the database', pool.connections),
      one('huzhu_pool_idle_connections', 'Of them, those that wait for work', pool.idle),
      one('huzhu_pool_queue', 'Units of work that wait for a connection', pool.queue),
    ];
  }
}
