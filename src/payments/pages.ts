/** The addresses of what leaves the centre: payments, deliveries, whom they reach, petty cash. */
import { Router } from 'express';
import { deliveryFormPages } from './delivery-form-pages.ts';
import { deliveryPages } from './delivery-pages.ts';
import { payeePages } from './payee-pages.ts';
import { paymentFormPages } from './payment-form-pages.ts';
import { paymentPages } from './payment-pages.ts';
import { pettyCashPages } from './petty-cash-pages.ts';
import { recipientPages } from './recipient-pages.ts';

export const outgoingPages = Router({ mergeParams: true });
outgoingPages.use(paymentFormPages, paymentPages, deliveryFormPages, deliveryPages);
outgoingPages.use(recipientPages, payeePages, pettyCashPages);
