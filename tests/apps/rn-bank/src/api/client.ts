import FullStory from '@fullstory/react-native';
import AsyncStorage from '@react-native-async-storage/async-storage';
import axios from 'axios';
import * as Keychain from 'react-native-keychain';
import { navigationRef } from '../navigation/navigationRef';

export const client = axios.create({ baseURL: 'https://api.harbour-bank.example', timeout: 10_000 });

client.interceptors.request.use(async (request) => {
  const credentials = await Keychain.getGenericPassword();
  if (credentials) {
    request.headers.Authorization = `Bearer ${credentials.password}`;
  }
  return request;
});

async function handleUnauthorized() {
  FullStory.event('Session rejected', {});
  await Keychain.resetGenericPassword();
  await AsyncStorage.removeItem('customer');
  FullStory.anonymize();
  if (navigationRef.isReady()) {
    navigationRef.reset({ index: 0, routes: [{ name: 'Login', params: { reason: 'expired' } }] });
  }
}

client.interceptors.response.use(
  (response) => response,
  async (error) => {
    if (error.response?.status === 401) {
      await handleUnauthorized();
    }
    throw error;
  },
);
