import { type TaxDocumentReference, toLoggable } from '@anrok-nest/tax';
import { Injectable, Logger, type OnModuleInit, Optional } from '@nestjs/common';
import { documentKey } from '../records/document-key.js';
import { WakeUp } from '../requests/wake-up.js';
import { DueDocuments } from './due-documents.js';
import { type Serving, SyncDispatch } from './sync-dispatch.js';

/**
 * Gives due documents to the dispatch, where there is one: as soon as they are committed, in whatever process that is,
 * and again in every look of a worker for as long as they are due. So the dispatch may lose them, or be away.
 */
@Injectable()
export class SyncHandover implements OnModuleInit {
  private readonly log = new Logger(SyncHandover.name);
  private requested = new Map<string, TaxDocumentReference>();
  private handing: Promise<void> | undefined;
  private isAway = false;
  private isClosed = false;

  constructor(
    private readonly due: DueDocuments,
    private readonly wakeUp: WakeUp,
    @Optional() private readonly dispatch?: SyncDispatch,
  ) {}

  onModuleInit(): void {
    if (this.dispatch) this.wakeUp.onDocuments((documents) => this.take(documents));
  }

  /** Whether documents are delivered to this process, so that it takes none by itself. */
  get delivers(): boolean {
    return this.dispatch !== undefined;
  }

  /** Has what is due delivered here, over all connections that there are now, and hands on all that is due. */
  async sweep(serving: Serving): Promise<void> {
    this.dispatch?.serve(await this.due.connections(), serving);
    await this.handOn(() => this.due.longestDue());
  }

  /** Resolves when nothing is delivered here any more, and what was given back is on its way to others. */
  async close(hasWorked: boolean): Promise<void> {
    this.isClosed = true;
    await this.handing;
    if (!this.dispatch) return;
    await this.dispatch.stopServing();
    if (hasWorked) await this.handOn(() => this.due.longestDue());
    await this.dispatch.close();
  }

  /** Whoever committed waits for nothing. What is committed while others are on their way goes with the next. */
  private take(documents: readonly TaxDocumentReference[]): void {
    if (this.isClosed) return;
    for (const document of documents) this.requested.set(documentKey(document), document);
    this.handing ??= this.handOnRequested().finally(() => {
      this.handing = undefined;
    });
  }

  private async handOnRequested(): Promise<void> {
    while (this.requested.size > 0) {
      const documents = [...this.requested.values()].slice(0, MOST_AT_A_TIME);
      for (const document of documents) this.requested.delete(documentKey(document));
      // workers look for what did not get through
      if (!(await this.handOn(() => this.due.of(documents)))) this.wakeUp.ring();
    }
  }

  /** Answers whether it went through. Never throws: all of it is in the database still. */
  private async handOn(find: () => ReturnType<DueDocuments['longestDue']>): Promise<boolean> {
    try {
      const due = await find();
      if (due.length > 0) await this.dispatch?.handOn(due);
      if (this.isAway && due.length > 0) {
        this.isAway = false;
        this.log.warn('Due documents are handed on again');
      }
      return true;
    } catch (error) {
      const { stack, ...what } = toLoggable(error);
      // once, not once for every document
      if (!this.isAway)
        this.log.warn('Due documents could not be handed on; they are as soon as it is possible', what, stack);
      this.isAway = true;
      return false;
    }
  }
}

const MOST_AT_A_TIME = 500;
