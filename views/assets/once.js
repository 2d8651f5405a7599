/** A double press sends a form once; the server refuses the second one too. */
for (const form of document.querySelectorAll('form[data-once]')) {
  form.addEventListener('submit', (event) => {
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = 'yes';
    mark(form, 'true');
    // A file that is downloaded leaves the page where it is.
    setTimeout(() => free(form), 8000);
  });
}

// A page that comes back from the browser's memory is ready again.
window.addEventListener('pageshow', () => {
  for (const form of document.querySelectorAll('form[data-sent]')) free(form);
});

function free(form) {
  delete form.dataset.sent;
  mark(form, null);
}

// Not `disabled`: the pressed button's own name and value must travel with the form.
function mark(form, state) {
  for (const button of form.querySelectorAll('button:not([type="button"])')) {
    if (state === null) button.removeAttribute('aria-disabled');
    else button.setAttribute('aria-disabled', state);
  }
}
