import { toLoggable } from '@anrok-nest/tax';
import { Inject, Injectable, Logger } from '@nestjs/common';
import { Clock } from '../clock.js';
import { decideRedelivery } from './redelivery-policy.js';
import type { WebhookAnswer, WebhookDelivery } from './webhook-delivery.entity.js';
import { WebhookLeases } from './webhook.leases.js';
import { WEBHOOK_OPTIONS, type WebhookOptions } from './webhook.options.js';
import { WebhookSecrets } from './webhook.secrets.js';
import { WebhookSender } from './webhook.sender.js';

/**
 * Sends what is due, some deliveries at a time and each for itself: at least once, and in no particular order, since
 * what an endpoint refuses holds nothing else up. A receiver knows by `webhook-id` what it has had already, and by the
 * object in the body how things stood.
 */
@Injectable()
export class WebhookDispatcher {
  private readonly log = new Logger(WebhookDispatcher.name);
  private readonly active = new Set<Promise<void>>();
  private freePlaces: number;
  private isStopping = false;

  constructor(
    private readonly clock: Clock,
    private readonly leases: WebhookLeases,
    private readonly secrets: WebhookSecrets,
    private readonly sender: WebhookSender,
    @Inject(WEBHOOK_OPTIONS) private readonly options: WebhookOptions,
  ) {
    this.freePlaces = options.concurrency ?? 8;
  }

  /** Begins as much of what is due as there are free places; each place goes on until nothing is due any more. */
  look(): Promise<void> {
    return this.track(this.fill());
  }

  /** Works until nothing is due any more. For scripts and tests that want the dispatcher to work when they say so. */
  async drain(): Promise<void> {
    await this.look();
    await this.idle();
  }

  /** Begins nothing more, and resolves when everything that was begun is written down. */
  async stop(): Promise<void> {
    this.isStopping = true;
    await this.idle();
  }

  private async idle(): Promise<void> {
    while (this.active.size > 0) await Promise.all(this.active);
  }

  private track(work: Promise<void>): Promise<void> {
    const tracked = work.finally(() => this.active.delete(tracked));
    this.active.add(tracked);
    return tracked;
  }

  private async fill(): Promise<void> {
    const places = this.freePlaces;
    if (places === 0 || this.isStopping) return;
    this.freePlaces = 0;
    let claimed: WebhookDelivery[] = [];
    try {
      claimed = await this.leases.claim(places, this.clock.now(), this.options.leaseMs ?? 60_000);
    } catch (error) {
      // the database may be away; the next look is as far away as any
      const { stack, ...what } = toLoggable(error);
      this.log.error('Due webhooks could not be claimed', what, stack);
    }
    this.freePlaces += places - claimed.length;
    for (const delivery of claimed) void this.track(this.work(delivery));
  }

  private async work(delivery: WebhookDelivery): Promise<void> {
    try {
      await this.deliver(delivery);
    } catch (error) {
      // the lease stays, and with it the promise that somebody takes the delivery over
      const { stack, ...what } = toLoggable(error);
      this.log.error('A webhook delivery broke off', { deliveryId: delivery.id, ...what }, stack);
    }
    this.freePlaces += 1;
    await this.fill();
  }

  private async deliver(delivery: WebhookDelivery): Promise<void> {
    const { message, endpoint } = delivery;
    const answer = await this.sender.send({
      url: endpoint.url,
      secret: this.secrets.of(endpoint),
      id: message.id,
      body: message.body,
      sentAt: this.clock.now(),
    });
    const outcome = this.outcomeOf(delivery, answer);
    const isKept = await this.leases.finish(delivery, { lastAnswer: answer, ...outcome });
    if (isKept && outcome.status === 'failed')
      // neither the endpoint's address, which may hold a secret, nor what it answered
      this.log.warn('A webhook was given up', {
        deliveryId: delivery.id,
        webhookId: message.id,
        endpointId: endpoint.id,
        webhookType: message.type,
        ...('status' in answer ? { status: answer.status } : { failure: 'no_answer' }),
      });
  }

  private outcomeOf(delivery: WebhookDelivery, answer: WebhookAnswer) {
    const httpStatus = 'status' in answer ? answer.status : undefined;
    if (httpStatus !== undefined && httpStatus >= 200 && httpStatus < 300) return { status: 'succeeded' as const };
    const now = this.clock.now();
    const firstFailedAt = delivery.firstFailedAt ?? now;
    const next = decideRedelivery({
      attempts: delivery.attempts,
      firstFailedAt,
      now,
      jitter: Math.random(),
      ...(httpStatus !== undefined && { httpStatus }),
    });
    return { status: next.status, dueAt: next.status === 'retrying' ? next.at : null, firstFailedAt };
  }
}
