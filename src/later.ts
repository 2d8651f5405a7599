/** Libraries that most starts of the program never need: loaded when they are first asked for. */
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

/** The package of this name, at its first use. */
export function later<T>(name: string): () => T {
  let loaded: T | undefined;
  return () => {
    loaded ??= require(name) as T;
    return loaded;
  };
}
