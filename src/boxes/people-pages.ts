/** Choosing somebody of a centre that has many: a search in place of a list of thousands. */
import { type Response, Router } from 'express';
import { wordAsked } from '../web/asked.ts';
import { answer } from '../web/formats.ts';
import { allow } from '../web/places.ts';
import { centreRoot } from '../web/written.ts';
import { peopleOf, searchPeople } from './people.ts';

export const peoplePages = Router({ mergeParams: true });

/** So many fit a list; among more one searches. */
const FIT_A_LIST = 40;
const ROOT = '/donations/boxes/people';

peoplePages.get(ROOT, allow('boxes.count', 'receipt-books.keep'), async (req, res) => {
  const { province, centre, actor } = res.locals;
  const q = wordAsked(req.query, 'q') ?? '';
  const found = searchPeople(province.db, centre.id, actor!.today, q);
  await answer(res, {
    json: () => res.json({ found: found.map(({ key, name }) => ({ id: key, name, hint: '' })) }),
  });
});

/** What `boxes/person` needs: choices where they are few, else where to search. */
export function peopleShown({ locals }: Response) {
  const { province, centre, actor } = locals;
  const people = peopleOf(province.db, centre.id, actor!.today);
  const isMany = people.length > FIT_A_LIST;
  return {
    people: isMany ? null : people.map(({ key, name }) => ({ value: key, text: name })),
    peopleAt: `${centreRoot({ locals } as Response)}${ROOT}.json`,
  };
}
