/**
 * The bytes of a page being written. Leaves are used again for later pages: a book of a thousand
 * pages would otherwise leave a hundred megabytes for the garbage collector.
 */
const FIRST = 131_072;

export class Leaf {
  #bytes = Buffer.allocUnsafe(FIRST);
  #length = 0;

  get bytes(): Buffer {
    return this.#bytes.subarray(0, this.#length);
  }

  /** Operators are plain ASCII: what is not stands as glyph numbers. */
  append(text: string): void {
    while (this.#length + text.length > this.#bytes.length) {
      const wider = Buffer.allocUnsafe(this.#bytes.length * 2);
      this.#bytes.copy(wider, 0, 0, this.#length);
      this.#bytes = wider;
    }
    this.#length += this.#bytes.write(text, this.#length, 'latin1');
  }

  clear(): this {
    this.#length = 0;
    return this;
  }
}
