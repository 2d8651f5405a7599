/** A field for a file in the reader's language; browsers say theirs in their own. */
for (const box of document.querySelectorAll('[data-upload]')) {
  const [button, name] = box.querySelectorAll('span');
  const input = box.querySelector('input');
  const tell = () => {
    name.textContent = [...input.files].map((file) => file.name).join(' · ') || box.dataset.upload;
  };
  box.classList.add('dressed');
  button.hidden = false;
  name.hidden = false;
  input.addEventListener('change', tell);
  tell();
}
