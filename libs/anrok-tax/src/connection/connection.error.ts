import { TaxError, type TaxProblem } from '@anrok-nest/tax';

export class ApiKeyUnreadableError extends TaxError {
  constructor(connectionId: string, options?: ErrorOptions) {
    super(
      {
        code: 'api_key_unreadable',
        message: 'The API key of an Anrok connection can not be decrypted.',
        remedy:
          'Start with the encryptionKey under which it was stored, or enter the API key of the connection once more.',
        retry: 'after-fix',
        details: { connectionId },
      },
      options,
    );
  }
}

export class ConnectionNotFoundError extends TaxError {
  constructor(code: string) {
    super({
      code: 'connection_not_found',
      message: `There is no Anrok connection with the code "${code}".`,
      remedy: 'Create it, or use the code of one that exists.',
      retry: 'after-fix',
      details: { code },
    });
  }
}

export class ConnectionCodeTakenError extends TaxError {
  constructor(code: string) {
    super({
      code: 'connection_code_taken',
      message: `There is an Anrok connection with the code "${code}" already.`,
      remedy: 'Choose another code, or change the connection that has it.',
      retry: 'never',
      details: { code },
    });
  }
}

export class CustomerNotLinkedError extends TaxError {
  constructor(customerId: string) {
    super({
      code: 'customer_not_linked',
      message: `Customer ${customerId} is linked to no Anrok connection.`,
      remedy: 'Link the customer to a connection, or have another tax strategy compute its tax.',
      retry: 'after-fix',
      details: { customerId },
    });
  }
}

/** Nothing is sent over a connection whose key Anrok refused, until a test goes through or the key is changed. */
export class ConnectionPausedError extends TaxError {
  constructor(code: string, cause: TaxProblem | null | undefined) {
    super({
      code: 'connection_paused',
      message: `The Anrok connection "${code}" is paused${cause ? `: ${cause.message}` : '.'}`,
      remedy: `Correct the API key of the connection, or test it once it works again; the document continues by itself.`,
      retry: 'after-fix',
      details: { connection: code, ...(cause && { cause: cause.code }) },
    });
  }
}

export class CustomerLinkNotFoundError extends TaxError {
  constructor(customerId: string) {
    super({
      code: 'customer_link_not_found',
      message: `Customer ${customerId} has no link to Anrok.`,
      remedy: 'Link the customer to a connection, or take the id from the list of customers.',
      retry: 'never',
      details: { customerId },
    });
  }
}

/** Documents that are recorded in one account would be recorded in the other once more. */
export class KeyOfAnotherAccountError extends TaxError {
  constructor(connection: string, account: string, other: string | undefined) {
    super({
      code: 'key_of_another_account',
      message: `The API key belongs to ${other === undefined ? 'no Anrok account that can be told' : `the Anrok account "${other}"`}, while connection "${connection}" is to the account "${account}".`,
      remedy:
        'Take a key of the same account. To change accounts, make a connection of its own for the other one, and link customers to that.',
      retry: 'never',
      details: { connection, account, ...(other !== undefined && { other }) },
    });
  }
}

/** A new key was tested before it was to be stored; the connection keeps the one that it has. */
export class ApiKeyRefusedError extends TaxError {
  constructor(connection: string) {
    super({
      code: 'api_key_refused',
      message: `Anrok refused the new API key; connection "${connection}" keeps the key that it has.`,
      remedy: 'Check in Anrok that the key exists and is copied as a whole, and enter it again.',
      retry: 'after-fix',
      details: { connection },
    });
  }
}

/** A new key was to be tested before it is stored, and Anrok gave no answer; the connection keeps the one that it has. */
export class ApiKeyNotTestedError extends TaxError {
  constructor(connection: string, cause: TaxProblem) {
    super({
      code: 'api_key_not_tested',
      message: `Anrok could not say whether the new API key works, so that connection "${connection}" keeps the key that it has: ${cause.message}`,
      remedy: 'Try again later, or have the key stored without a test.',
      retry: 'later',
      details: { connection, cause: cause.code },
    });
  }
}
