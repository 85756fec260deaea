import { ArrayNotEmpty, IsArray, IsIn, IsNotEmpty, IsOptional } from 'class-validator';
import { WEBHOOK_TYPES, type WebhookEndpointInput, type WebhookType } from '../../billing/index.js';
import { IsHttpUrl } from '../input/http-url.decorator.js';
import { IfGiven } from '../input/if-given.decorator.js';
import { OptionalText } from '../input/text.decorator.js';

/** What an endpoint may have besides its URL. */
class WebhookEndpointDetails {
  /** Webhooks are signed as Standard Webhooks has it, which is by HMAC; there are no JWTs. */
  @IsOptional()
  @IsIn(['hmac'])
  readonly signature_algo?: 'hmac' | null;

  @OptionalText()
  readonly name?: string | null;

  /** All when null. */
  @IsOptional()
  @IsArray()
  @ArrayNotEmpty()
  @IsIn(WEBHOOK_TYPES, { each: true })
  readonly event_types?: readonly WebhookType[] | null;
}

/** `POST /webhook_endpoints` */
export class WebhookEndpointBody extends WebhookEndpointDetails {
  @IsNotEmpty()
  @IsHttpUrl()
  readonly webhook_url: string;
}

/** `PUT /webhook_endpoints/:lago_id`: what is absent stays as it is. */
export class WebhookEndpointChanges extends WebhookEndpointDetails {
  @IfGiven()
  @IsNotEmpty()
  @IsHttpUrl()
  readonly webhook_url?: string;
}

/** The caller's words as billing's. Absent stays absent, null stays null. */
export function toWebhookEndpointInput(body: WebhookEndpointBody): WebhookEndpointInput;
export function toWebhookEndpointInput(body: WebhookEndpointChanges): Partial<WebhookEndpointInput>;
export function toWebhookEndpointInput(body: WebhookEndpointChanges): Partial<WebhookEndpointInput> {
  return { url: body.webhook_url, name: body.name, types: body.event_types };
}
