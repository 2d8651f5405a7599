/** What an address points into is unfolded; browsers that do it by themselves are left alone. */
function unfold() {
  const named =
    location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const fold = named?.closest('details:not([open])');
  if (!fold) return;
  fold.open = true;
  named.scrollIntoView();
}
addEventListener('hashchange', unfold);
unfold();
