/** What can't be undone asks in a dialog; without scripts the same form stands in its fold. */
for (const fold of document.querySelectorAll('details[data-confirm]')) {
  const summary = fold.querySelector('summary');
  const dialog = document.createElement('dialog');
  dialog.setAttribute('aria-labelledby', `${fold.id}-title`);
  dialog.append(...[...fold.children].filter((child) => child !== summary));
  const opener = document.createElement('button');
  opener.type = 'button';
  opener.className = 'button grave';
  opener.textContent = summary.textContent;
  opener.setAttribute('aria-haspopup', 'dialog');
  const leave = dialog.querySelector('[data-leave]');
  leave.hidden = false;
  opener.addEventListener('click', () => ask(dialog));
  leave.addEventListener('click', () => dialog.close());
  const wasOpen = fold.open;
  opener.id = fold.id;
  fold.replaceWith(opener, dialog);
  if (wasOpen) ask(dialog);
}

function ask(dialog) {
  dialog.showModal();
  dialog.querySelector('textarea, input:not([type="hidden"])')?.focus();
}
