/** The script that unfolds what an address points into says nothing where it points nowhere. */
import { expect } from 'chai';

it('runs on an address with a hash, without one, and with one that is nowhere', async () => {
  const fold = { open: false };
  const target = { closest: () => fold, scrollIntoView: () => undefined };
  const had = ['location', 'document', 'addEventListener'].map(
    (name) => [name, Object.getOwnPropertyDescriptor(globalThis, name)] as const,
  );
  const set = (name: string, value: unknown) =>
    Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
  let again = () => undefined as unknown;
  try {
    set('location', { hash: '' });
    set('document', { getElementById: (id: string) => (id === 'b-1' ? target : null) });
    set('addEventListener', (_: string, listen: () => unknown) => {
      again = listen;
    });
    await import(new URL('../../views/assets/fold.js', import.meta.url).href);
    set('location', { hash: '#nowhere' });
    again();
    expect(fold.open).to.equal(false);
    set('location', { hash: '#b-1' });
    again();
    expect(fold.open).to.equal(true);
  } finally {
    for (const [name, was] of had) {
      if (was) Object.defineProperty(globalThis, name, was);
      else Reflect.deleteProperty(globalThis, name);
    }
  }
});
