// The search engine in Node, over an index in a folder or in memory. Counts what a query costs.
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import vm from 'node:vm';
import { inflateRawSync } from 'node:zlib';

export const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const source = join(ROOT, 'themes/standard/assets/search.js');

/** The engine's own functions, as a page sees them. */
export const search = vm.runInThisContext(`${readFileSync(source, 'utf8')};hiketsuSearch`, { filename: source });

/** Opens an index: `read(name)` gives a file's bytes. `cost` tells which files were asked for. */
export function open(read) {
  const cost = { names: [], bytes: 0 };
  const engine = search.open(
    async (name) => {
      const bytes = await read(name);
      cost.names.push(name);
      cost.bytes += bytes.length;
      return search.unwrap(bytes);
    },
    async (bytes) => inflateRawSync(bytes),
  );
  return { ...engine, cost };
}

/** Opens the index of a built site. */
export const openFolder = (output) => open(async (name) => readFileSync(join(output, '_/search', `${name}.js`)));
