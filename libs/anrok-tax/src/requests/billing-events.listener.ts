import { Injectable, type OnModuleInit } from '@nestjs/common';
import { EventEmitter2 } from '@nestjs/event-emitter';
import type { HostEvent } from '../options/anrok-tax.options.js';
import { AnrokTaxOptions } from '../options/resolve-options.js';
import { TaxSyncService } from './tax-sync.service.js';

/**
 * Hears the host's events. What it leaves is written in the host's transaction: emit inside of it, with `emit` or
 * `emitAsync`. An error then fails the host's commit. `@OnEvent` would do neither: its names are fixed, and it swallows
 * errors.
 *
 * Hears them to the end: requests are still answered while the application shuts down, and EventEmitterModule removes all
 * listeners once they are.
 */
@Injectable()
export class BillingEventsListener implements OnModuleInit {
  constructor(
    private readonly events: EventEmitter2,
    private readonly options: AnrokTaxOptions,
    private readonly sync: TaxSyncService,
  ) {}

  onModuleInit(): void {
    const { customerUpdated, ...documents } = this.options.events;
    for (const event of Object.values(documents)) this.on(event, (reference) => this.sync.request(reference));
    this.on(customerUpdated, (customerId) => this.sync.changed({ kind: 'customer', customerId }));
  }

  private on<Subject>(event: HostEvent<Subject>, leave: (subject: Subject) => Promise<void>): void {
    const listener: (payload: unknown) => unknown = async (payload) => {
      const subject = event.subject(payload as never);
      if (subject !== undefined) await leave(subject);
    };
    this.events.on(event.name, listener);
  }
}
