import { FullStory } from '@fullstory/browser';

const ISSUER = 'https://id.fern-and-field.example';

export function startCompanyLogin(company: string) {
  window.location.href = `${ISSUER}/authorize?company=${encodeURIComponent(company)}`;
}

export async function signOutFromCompany() {
  FullStory('trackEvent', { name: 'Logout', properties: { source: 'company' } });
  sessionStorage.removeItem('shop.company');
  localStorage.removeItem('shop.access_token');
  await FullStory('setIdentityAsync', { anonymous: true });
  window.location.href = `${ISSUER}/logout?return=${encodeURIComponent(window.location.origin)}`;
}
