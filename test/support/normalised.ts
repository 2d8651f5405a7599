/** What a deed hands to Unicode's normalising: long runs of marks there would take minutes. */
export async function normalised(deed: () => unknown): Promise<string[]> {
  const known = String.prototype.normalize;
  const handed: string[] = [];
  String.prototype.normalize = function (this: string, form?: string) {
    handed.push(String(this));
    return known.call(this, form);
  };
  try {
    await deed();
  } finally {
    String.prototype.normalize = known;
  }
  return handed;
}
