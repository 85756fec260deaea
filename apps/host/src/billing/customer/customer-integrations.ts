import type { TaxAccount } from '@anrok-nest/tax';

/** What a caller asks for when it ties a customer to another system. */
export interface CustomerIntegrationRequest {
  /** Kind of system; only its adapter knows which there are. */
  readonly integrationType: string;
  /** Which connection of that kind. */
  readonly integrationCode: string;
  /** The customer's id there, if it has one. */
  readonly externalCustomerId?: string;
  /** Whether the customer is to be made there. */
  readonly syncWithProvider?: boolean;
}

/** A customer's tie to another system. */
export interface CustomerIntegration extends CustomerIntegrationRequest {
  readonly id: string;
  /** What the system is for: `tax`. */
  readonly category: string;
  /** The customer's page there, for people. */
  readonly page?: string;
}

/**
 * The customers' ties to other systems, which billing passes on and shows but doesn't understand. The contract and the
 * injection token at once. A `customerId` is the caller's own id of a customer.
 */
export abstract class CustomerIntegrations {
  /**
   * Makes these the customer's ties: whatever is not in the list is untied, what is in it unchanged keeps its id and
   * what it knows. Called inside the transaction that saves the customer, only when the caller gave a list.
   *
   * @throws InvalidInputError when a tie can't be made
   */
  abstract link(customerId: string, integrations: readonly CustomerIntegrationRequest[]): Promise<void>;

  /**
   * The account that somebody with these ties would be taxed over; null when they are none. Nothing is tied.
   *
   * @throws InvalidInputError when there can be no such tie
   */
  abstract accountOf(integrations: readonly CustomerIntegrationRequest[]): Promise<TaxAccount | null>;

  /** The ties of many customers at once; a customer without any may be missing. */
  abstract of(customerIds: readonly string[]): Promise<ReadonlyMap<string, readonly CustomerIntegration[]>>;
}
