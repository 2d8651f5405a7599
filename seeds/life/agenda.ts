/** What is to be done when: deeds in the order of their moments, some of which lead to later ones. */
export type Deed<T> = (turn: T) => void;
export type Due<T> = { at: Date; deed: Deed<T> };

export type Agenda<T> = {
  add: (at: Date, deed: Deed<T>) => void;
  /** The next that is due by this moment, taken off; undefined when there is none. */
  next: (by: Date) => Due<T> | undefined;
  /** When the next is due. */
  peek: () => Date | undefined;
};

/** Of two at one moment the one that was added first comes first. */
export function newAgenda<T>(): Agenda<T> {
  const due: Due<T>[] = [];
  const add = (at: Date, deed: Deed<T>) => {
    const place = due.findLastIndex((one) => one.at <= at);
    due.splice(place + 1, 0, { at, deed });
  };
  const next = (by: Date) => (due[0] && due[0].at <= by ? due.shift() : undefined);
  return { add, next, peek: () => due[0]?.at };
}
