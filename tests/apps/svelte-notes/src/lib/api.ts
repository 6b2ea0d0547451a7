import { goto } from '$app/navigation';

export async function call<T>(path: string, body?: unknown): Promise<T> {
  const response = await fetch(`/api${path}`, { method: 'POST', body: JSON.stringify(body) });
  if (response.status === 401) {
    await sessionExpired();
  }
  return (await response.json()) as T;
}

async function sessionExpired() {
  FS('trackEvent', { name: 'Session Expired', properties: {} });
  localStorage.removeItem('token');
  await goto('/login');
  FS('setIdentity', { anonymous: true });
}
