/** The addresses of a centre's goods. */
import { Router } from 'express';
import { announcementPages } from './announcement-pages.ts';
import { countPages } from './count-pages.ts';
import { goodsIntentionPages } from './intention-pages.ts';
import { lotListPages } from './lot-list-pages.ts';
import { lotPages } from './lot-pages.ts';
import { openingStockPages } from './opening-pages.ts';
import { salePages } from './sale-pages.ts';
import { goodsStatementPages } from './statement-pages.ts';
import { stockPages } from './stock-pages.ts';
import { storePages } from './store-pages.ts';
import { wastePages } from './waste-pages.ts';

export const goodsPages = Router({ mergeParams: true });
goodsPages.use(stockPages, lotListPages, lotPages, storePages, announcementPages);
goodsPages.use(countPages, wastePages, salePages, goodsStatementPages);
goodsPages.use(goodsIntentionPages, openingStockPages);
