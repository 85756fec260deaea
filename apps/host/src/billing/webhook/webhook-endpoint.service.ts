import { EntityManager, UniqueConstraintViolationException } from '@mikro-orm/core';
import { Injectable } from '@nestjs/common';
import { validate } from 'uuid';
import { InvalidInputError, NotFoundError } from '../billing.error.js';
import { type Page, type PageRequest, toBounds } from '../page.js';
import { WebhookEndpoint } from './webhook-endpoint.entity.js';
import { WebhookSecrets } from './webhook.secrets.js';

export type WebhookEndpointInput = Pick<WebhookEndpoint, 'url' | 'name' | 'types'>;

@Injectable()
export class WebhookEndpointService {
  constructor(
    private readonly em: EntityManager,
    private readonly secrets: WebhookSecrets,
  ) {}

  /**
   * With the secret that its webhooks are signed with, for the only time that it is shown.
   *
   * @throws InvalidInputError when there is an endpoint of that URL
   */
  async create(input: WebhookEndpointInput): Promise<{ endpoint: WebhookEndpoint; secret: string }> {
    const endpoint = await this.save(async () => this.em.create(WebhookEndpoint, input));
    return { endpoint, secret: this.secrets.of(endpoint) };
  }

  /**
   * Changes what is given, also for what is still to be sent. It keeps its secret.
   *
   * @throws NotFoundError, InvalidInputError when another endpoint has that URL
   */
  async update(id: string, input: Partial<WebhookEndpointInput>): Promise<WebhookEndpoint> {
    return this.save(async () => this.em.assign(await this.find(id), input, { ignoreUndefined: true }));
  }

  /** Takes it away, with whatever it was still to be told. @throws NotFoundError */
  async delete(id: string): Promise<WebhookEndpoint> {
    const endpoint = await this.find(id);
    await this.em.nativeDelete(WebhookEndpoint, { id });
    return endpoint;
  }

  /** @throws NotFoundError */
  async find(id: string): Promise<WebhookEndpoint> {
    // PostgreSQL fails on what is no UUID instead of not finding it
    const endpoint = validate(id) ? await this.em.findOne(WebhookEndpoint, { id }) : null;
    if (!endpoint) throw new NotFoundError('webhook_endpoint');
    return endpoint;
  }

  /** Newest first. */
  async list(request: PageRequest): Promise<Page<WebhookEndpoint>> {
    const [items, totalCount] = await this.em.findAndCount(
      WebhookEndpoint,
      {},
      { ...toBounds(request), orderBy: { createdAt: 'desc', id: 'desc' } },
    );
    return { items, request, totalCount };
  }

  /** The database judges whether the URL is taken: looking first would be too early. */
  private async save(work: () => Promise<WebhookEndpoint>): Promise<WebhookEndpoint> {
    try {
      return await this.em.transactional(work);
    } catch (error) {
      if (error instanceof UniqueConstraintViolationException)
        throw new InvalidInputError({ webhookUrl: ['value_already_exist'] });
      throw error;
    }
  }
}
