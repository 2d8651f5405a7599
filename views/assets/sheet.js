/** A sheet of notes and coins: each row's amount and the sum, while the pieces are typed. */
import { grouped, latin } from './digits.js';

for (const sheet of document.querySelectorAll('[data-sheet]')) {
  const inputs = [...sheet.querySelectorAll('[data-face]')];
  const sum = sheet.querySelector('[data-sum]');
  const say = () => {
    let all = 0;
    for (const input of inputs) {
      const digits = latin(input.value).replace(/\D/g, '');
      const amount = Number(digits.slice(0, 6)) * Number(input.dataset.face);
      all += amount;
      const shown = sheet.querySelector(`output[for="${input.id}"]`);
      shown.textContent = amount > 0 ? grouped(amount) : '';
    }
    sum.textContent = grouped(all);
  };
  sheet.addEventListener('input', say);
  window.addEventListener('pageshow', say);
  say();
}
