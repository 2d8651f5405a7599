/** When the three calls to prayer of a day are, by the sun, as the Institute of Geophysics in Tehran has it. */

/** In minutes after midnight on the clock of Iran. */
export type Prayers = { fajr: number; dhuhr: number; maghrib: number };
export type Prayer = keyof Prayers;

/** Degrees that the sun's centre is below the horizon at the call. */
const FAJR = 17.7;
const MAGHRIB = 4.5;

/** Iran is three and a half hours ahead, all year. */
const HOURS_AHEAD = 3.5;
const NOON_OF_2000 = Date.UTC(2000, 0, 1, 12);

/** The calls of a day at a place; a place so far north that the sun does not set has none. */
export function prayersOn(day: string, [lon, lat]: [lon: number, lat: number]): Prayers | null {
  // The sun's place at noon there serves all three calls: in a few hours it moves by seconds.
  const moment = Date.parse(`${day}T12:00:00Z`) - (lon / 15) * 3_600_000;
  const { declination, equation } = sunAt((moment - NOON_OF_2000) / 86_400_000);
  const dhuhr = 12 + HOURS_AHEAD - lon / 15 - equation;
  const [morning, evening] = [FAJR, MAGHRIB].map((angle) => hoursTo(angle, lat, declination));
  if (Number.isNaN(morning) || Number.isNaN(evening)) return null;
  const minutes = (hours: number) => Math.round(hours * 60);
  return {
    ...{ fajr: minutes(dhuhr - morning!), dhuhr: minutes(dhuhr) },
    maghrib: minutes(dhuhr + evening!),
  };
}

/** A clock time as it is kept, `17:05`, in minutes after midnight, and back. */
export const minutesOf = (clock: string): number =>
  Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3));
export const clockOf = (minutes: number): string =>
  [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, '0')).join(':');

const sin = (degrees: number) => Math.sin((degrees * Math.PI) / 180);
const cos = (degrees: number) => Math.cos((degrees * Math.PI) / 180);
const degrees = (radians: number) => (radians * 180) / Math.PI;

/** The approximate solar coordinates of the Astronomical Almanac: good to a minute of arc. */
function sunAt(days: number): { declination: number; equation: number } {
  const anomaly = 357.529 + 0.98560028 * days;
  const mean = 280.459 + 0.98564736 * days;
  const longitude = mean + 1.915 * sin(anomaly) + 0.02 * sin(2 * anomaly);
  const tilt = 23.439 - 0.00000036 * days;
  const ascension = degrees(Math.atan2(cos(tilt) * sin(longitude), cos(longitude)));
  const declination = degrees(Math.asin(sin(tilt) * sin(longitude)));
  // How far a sundial is ahead of the clock, in hours; the difference of two angles within a turn.
  const apart = (((mean - ascension) % 360) + 540) % 360;
  return { declination, equation: (apart - 180) / 15 };
}

/** Hours from noon until the sun stands so many degrees below the horizon. */
function hoursTo(below: number, lat: number, declination: number): number {
  const turned = (-sin(below) - sin(lat) * sin(declination)) / (cos(lat) * cos(declination));
  return degrees(Math.acos(turned)) / 15;
}
