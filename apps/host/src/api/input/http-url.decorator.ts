import { ValidateBy } from 'class-validator';

/** Whether something can be sent there: HTTP or HTTPS, written as URLs are, and without a password for all to read. */
function isHttpUrl(value: unknown): boolean {
  if (typeof value !== 'string' || !/^[\x21-\x7E]{1,2048}$/.test(value)) return false;
  const { protocol, username, password } = URL.parse(value) ?? {};
  return (protocol === 'http:' || protocol === 'https:') && username === '' && password === '';
}

export const IsHttpUrl = (): PropertyDecorator => ValidateBy({ name: 'isHttpUrl', validator: { validate: isHttpUrl } });
