/** The mark «entered late» (B-112), computed wherever rows are read, so that no row can be without it. */

/** How many days after its own day a row was entered, where that is too late; else null. */
export const lateDaysSql = (eventOn: string, enteredOn: string): string =>
  `CASE WHEN ${isLateSql(eventOn, enteredOn)}
     THEN CAST(julianday(${enteredOn}) - julianday(${eventOn}) AS INTEGER) END`;

/** Whether a row was entered late, by the rule that was in force on the day of its entry. */
export const isLateSql = (eventOn: string, enteredOn: string): string =>
  `(${enteredOn} > ${eventOn} AND julianday(${enteredOn}) - julianday(${eventOn}) >
     (SELECT days FROM late_rules WHERE from_on <= ${enteredOn}
      ORDER BY from_on DESC, id DESC LIMIT 1))`;

/** The day in Tehran of a stored moment, as the file's own index has it. */
export const dayOfSql = (moment: string): string => `date(${moment}, '+210 minutes')`;

/** The day on which a gift came into the books: of one that was a deposit first, the deposit's own. */
export const giftEnteredOn = (gift: string): string =>
  `coalesce((SELECT ${dayOfSql('p.recorded_at')} FROM deposit_matches m
     JOIN deposits p ON p.id = m.deposit_id WHERE m.donation_id = ${gift}.id),
   ${dayOfSql(`${gift}.entered_at`)})`;

/** Gifts of a centre that were entered late; the index holds only what came a day or more after. */
export const LATE_GIFTS = `FROM donations x INDEXED BY donations_entered_later
  WHERE x.centre_id = @centreId AND x.received_on < ${dayOfSql('x.entered_at')}
    AND ${isLateSql('x.received_on', giftEnteredOn('x'))}`;
