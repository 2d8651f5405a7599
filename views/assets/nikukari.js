/** Everything here only makes a page quicker to use; each page works without it. */
import './found.js';
import './money.js';
import './day.js';
import './enter.js';
import './once.js';
import './confirm.js';
import './upload.js';

for (const note of document.querySelectorAll('[data-focus]')) note.focus();
