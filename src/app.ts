/** The whole app on one screen: what every request passes, each capability's address, the errors. */
import compression from 'compression';
import cookieParser from 'cookie-parser';
import express, { type Express, Router } from 'express';
import { keepForm, reviewForm } from './access/held.ts';
import { identifyBySession, identifyByToken, requireUser } from './access/identify.ts';
import { accessPages, provinceUserPages } from './access/pages.ts';
import { answerPractised, practise } from './access/practice-pages.ts';
import { applicationPages } from './applications/pages.ts';
import { assembliesPages } from './assemblies/pages.ts';
import { bankPages } from './bank/pages.ts';
import { boardPages, personPages } from './board/pages.ts';
import { bookPages } from './books/pages.ts';
import { benefactorPages } from './boundary/benefactor-pages.ts';
import { donorPlacePages } from './boundary/donor-place-pages.ts';
import { boundaryPages } from './boundary/pages.ts';
import { permitPages } from './boundary/permit-pages.ts';
import { placePages } from './boundary/place-pages.ts';
import { sheetPages } from './boundary/sheet-pages.ts';
import { denominationPages } from './boxes/money-pages.ts';
import { boxesPages } from './boxes/pages.ts';
import { budgetPages } from './budget/pages.ts';
import { bylawPages, compliancePages } from './bylaw/pages.ts';
import { centreHomePages, centrePages } from './centres/pages.ts';
import { channelPages, channelServicePages } from './channels/pages.ts';
import { donationPages } from './donations/pages.ts';
import { experiencePages, provinceExperiencePages } from './experiences/pages.ts';
import { eidScreenPages } from './fitra/eid-pages.ts';
import { fitraRatePages } from './fitra/rate-pages.ts';
import { fundPages, fundRulePages } from './funds/pages.ts';
import { goodsPages } from './goods/pages.ts';
import { wasteLimitPages } from './goods/waste-pages.ts';
import { importPages } from './imports/pages.ts';
import { institutionPages } from './institutions/pages.ts';
import { latenessPages } from './lateness/pages.ts';
import { licencePages, officePages } from './licence/pages.ts';
import { networkPages, provinceNetworkPages } from './network/pages.ts';
import { noticePages } from './notices/pages.ts';
import { openingPages, openingRulePages } from './opening/pages.ts';
import { packPages } from './packs/pages.ts';
import { paperPages, verifyPages } from './paper/pages.ts';
import { outgoingPages } from './payments/pages.ts';
import { paymentRulePages } from './payments/payment-rule-pages.ts';
import { pledgePages } from './pledges/pages.ts';
import { committeeRatePages } from './pledges/share-pages.ts';
import { firstRunPages } from './provinces/first-run-pages.ts';
import { doctorPages } from './provinces/pages.ts';
import { receiptBookPages } from './receiptbooks/book-pages.ts';
import { registrationPages, registrationRulePages } from './registrations/pages.ts';
import { casePages } from './supervision/case-pages.ts';
import { referredCasePages } from './supervision/centre-pages.ts';
import { inspectionPages } from './supervision/inspection-pages.ts';
import { publicComplaintPages } from './supervision/public-pages.ts';
import { supportPages } from './support/pages.ts';
import { templatePages } from './templates/pages.ts';
import { thanksPages } from './thanks/pages.ts';
import { trailPages } from './trail/pages.ts';
import { mount } from './web/addresses.ts';
import { answerError, answerUnknown } from './web/answers.ts';
import { readBodies } from './web/bodies.ts';
import { checkCsrf } from './web/csrf.ts';
import { readFormat } from './web/formats.ts';
import { readLanguage } from './web/language.ts';
import { enterCentre, enterProvince } from './web/places.ts';
import './web/locals.ts';
import { assets } from './web/assets.ts';
import { describePages } from './web/openapi.ts';
import { tellRequests } from './web/requests.ts';
import { plainCookies, secureHeaders } from './web/security.ts';
import type { Site } from './web/site.ts';

export function buildApp(site: Site): Express {
  const app = express();
  app.disable('x-powered-by');
  // Where even our own error page fails, express says no more than the status.
  app.set('env', 'production');
  app.set('trust proxy', site.trustProxy);
  app.use((_req, res, next) => {
    res.locals.site = site;
    next();
  });
  app.use(tellRequests);
  app.use('/assets', assets);
  app.use(secureHeaders(site), compression(), cookieParser(), plainCookies);
  app.use(readLanguage, readFormat, readBodies);
  app.use(firstRunPages, describePages, verifyPages);
  mount(app, '/:province', provinceRouter());
  app.use(answerUnknown, answerError);
  return app;
}

function provinceRouter(): Router {
  const province = Router({ mergeParams: true });
  province.use(enterProvince, identifyByToken, identifyBySession, checkCsrf);
  province.use(accessPages, publicComplaintPages);
  province.use(requireUser, reviewForm, practise);
  province.use(placePages, centrePages);
  mount(province, '/centres/:code', centreRouter());
  province.use(provinceUserPages, bylawPages, personPages, doctorPages, provinceNetworkPages);
  province.use(channelServicePages, supportPages);
  province.use(officePages, noticePages, applicationPages, templatePages, openingRulePages);
  province.use(fundRulePages);
  province.use(wasteLimitPages);
  province.use(latenessPages, provinceExperiencePages, denominationPages, fitraRatePages);
  province.use(registrationRulePages, casePages);
  province.use(committeeRatePages);
  province.use(paymentRulePages);
  province.use(keepForm, answerPractised);
  return province;
}

function centreRouter(): Router {
  const centre = Router({ mergeParams: true });
  centre.use(enterCentre);
  // Express asks one router after another, so the daily pages stand before the rare ones.
  centre.use(centreHomePages, donationPages, bookPages, outgoingPages);
  centre.use(
    openingPages,
    licencePages,
    boardPages,
    sheetPages,
    permitPages,
    benefactorPages,
    donorPlacePages,
    boundaryPages,
    networkPages,
  );
  centre.use(fundPages);
  centre.use(goodsPages);
  centre.use(
    bankPages,
    budgetPages,
    registrationPages,
    packPages,
    referredCasePages,
    inspectionPages,
  );
  centre.use(eidScreenPages, boxesPages, receiptBookPages, channelPages, experiencePages);
  centre.use(pledgePages, thanksPages, importPages);
  centre.use(assembliesPages, institutionPages, compliancePages, paperPages, trailPages);
  return centre;
}
