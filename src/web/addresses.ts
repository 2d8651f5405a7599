/** Every address of the program, read off its routers: for programs, and for the tests' sweep. */
import type { IRouter, Router } from 'express';

/** `path` as programs write it: `/{province}/centres/{code}/donations`. */
export type Address = { method: 'get' | 'post'; path: string };

type Layer = {
  route?: { path: string | string[]; methods: Record<string, boolean> };
  handle?: unknown;
};

const roots = new WeakMap<object, string>();

/** Mounts a router where its addresses can be told of: express itself forgets the path. */
export function mount(parent: IRouter, path: string, router: Router): void {
  roots.set(router, written(path));
  parent.use(path, router);
}

/** The addresses of a router and of those used in it, below a root. */
export function addressesOf(router: Router, root = ''): Address[] {
  const { stack } = router as unknown as { stack: Layer[] };
  return stack.flatMap((layer) => {
    if (layer.route) return addressesOfRoute(layer.route, root);
    const { handle } = layer;
    return isRouter(handle) ? addressesOf(handle, root + (roots.get(handle) ?? '')) : [];
  });
}

function addressesOfRoute(route: NonNullable<Layer['route']>, root: string): Address[] {
  return [route.path]
    .flat()
    .flatMap((path) =>
      (['get', 'post'] as const)
        .filter((method) => route.methods[method])
        .map((method) => ({ method, path: (root + written(path)).replace(/(.)\/$/, '$1') })),
    );
}

/** `/users/:id` as `/users/{id}`; an optional part `{/:to}` as the address that has it. */
function written(path: string): string {
  return path.replaceAll(/\{(\/:\w+)\}/g, '$1').replaceAll(/:(\w+)/g, '{$1}');
}

function isRouter(handle: unknown): handle is Router {
  return typeof handle === 'function' && 'stack' in handle;
}
