/** The addresses of a centre's channels, and of the services that the province approves. */
import { Router } from 'express';
import { channelListPages } from './channel-pages.ts';
import { servicePages } from './service-pages.ts';

export const channelPages = Router({ mergeParams: true });
channelPages.use(channelListPages);

export const channelServicePages = Router({ mergeParams: true });
channelServicePages.use(servicePages);
