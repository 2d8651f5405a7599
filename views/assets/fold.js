/** What an address points into is unfolded; browsers that do it by themselves are left alone. */
function unfold() {
  const name = decodeURIComponent(location.hash.slice(1));
  const named = name === '' ? null : document.getElementById(name);
  const fold = named?.closest('details:not([open])');
  if (!fold) return;
  fold.open = true;
  named.scrollIntoView();
}
addEventListener('hashchange', unfold);
unfold();
