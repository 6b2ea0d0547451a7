import axios, { AxiosError } from 'axios';
import { FullStory } from '@fullstory/browser';

const TOKEN = 'shop.access_token';

/** The shop's own API. */
export const http = axios.create({ baseURL: '/api', timeout: 10_000 });

http.interceptors.request.use((request) => {
  const token = localStorage.getItem(TOKEN);
  if (token) {
    request.headers.Authorization = `Bearer ${token}`;
  }
  return request;
});

http.interceptors.response.use(
  (response) => response,
  (error: AxiosError) => {
    if (error.response?.status === 401 && window.location.pathname !== '/login') {
      localStorage.removeItem(TOKEN);
      FullStory('setIdentity', { anonymous: true });
      window.location.href = `/login?next=${encodeURIComponent(window.location.pathname)}`;
    }
    return Promise.reject(error);
  },
);
