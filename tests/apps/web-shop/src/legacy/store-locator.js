// The store locator is older than the rest of the shop and talks to the global of the snippet.
const link = document.querySelector('#store-locator .sign-out');

function signOut(event) {
  event.preventDefault();
  window.FS('trackEvent', { name: 'Logout', properties: { source: 'store locator' } });
  localStorage.removeItem('shop.access_token');
  window.FS.anonymize();
  window.location.href = '/stores';
}

if (link) {
  link.addEventListener('click', signOut);
}
