import FullStory from '@fullstory/react-native';
import AsyncStorage from '@react-native-async-storage/async-storage';
import * as Keychain from 'react-native-keychain';
import { navigationRef } from '../navigation/navigationRef';

let timer: ReturnType<typeof setTimeout> | undefined;

/** The server ends a session ten minutes after its last request; the app follows. */
export function restartExpiry() {
  clearTimeout(timer);
  timer = setTimeout(onSessionExpired, 10 * 60 * 1000);
}

async function onSessionExpired() {
  FullStory.event('Session expired', { minutes: 10 });
  await Keychain.resetGenericPassword();
  await AsyncStorage.removeItem('customer');
  FullStory.anonymize();
  navigationRef.reset({ index: 0, routes: [{ name: 'Login', params: { reason: 'expired' } }] });
}
