/** Puts a placeholder where the writer was last, so that no brace need be typed. */
const form = document.querySelector('form#template');
let last = form?.querySelector('textarea[name="paragraphs"]');

form?.addEventListener('focusin', ({ target }) => {
  if (target.matches('textarea, input:not([type])') || target.type === 'text') last = target;
});

for (const button of document.querySelectorAll('button[data-insert]')) {
  button.hidden = false;
  button.addEventListener('click', () => {
    last.setRangeText(button.dataset.insert, last.selectionStart, last.selectionEnd, 'end');
    last.focus();
  });
}
