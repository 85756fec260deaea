import { z } from 'zod';
import { Conflict } from '../wire/conflict.js';
import { enterCustomer } from './customer.entry.js';
import { defineOperation } from './operation.js';

export const createCertificateRequest = defineOperation({
  name: 'certificateRequests.create',
  path: 'certificateRequests/create',
  refusesIn: 'text',
  body: z.strictObject({
    customerId: z.string().min(1),
    customerName: z.string().optional(),
    emailAddress: z.string(),
    sendEmail: z.boolean().default(true),
  }),
  run({ customerId, customerName, emailAddress, sendEmail }, { books, now, features }) {
    if (!features.certificateRequests) return new Conflict('featureNotEnabled');
    if (!z.email().safeParse(emailAddress).success) return new Conflict('invalidEmailAddress');
    const refusal = enterCustomer(books, customerId, customerName);
    if (refusal) return refusal;
    const id = `cre_${String(books.certificateRequests.size + 1).padStart(8, '0')}`;
    books.certificateRequests.enter({ id, customerId, emailAddress, sendEmail, createdTime: now.toISOString() });
    // a name that resolves nowhere: nobody uploads to the simulator
    return { requestId: id, requestLink: `https://anrok-simulator.invalid/certificate-request/${id}` };
  },
});
