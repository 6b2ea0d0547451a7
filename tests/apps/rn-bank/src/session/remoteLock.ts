import FullStory from '@fullstory/react-native';
import AsyncStorage from '@react-native-async-storage/async-storage';
import * as Keychain from 'react-native-keychain';
import { navigationRef } from '../navigation/navigationRef';

async function clearDevice() {
  await Keychain.resetGenericPassword();
  await AsyncStorage.clear();
  FullStory.anonymize();
}

/** The bank can end a session from its side, by a silent push. */
export async function forceLogout(reason: string) {
  FullStory.event('Forced sign out', { reason });
  await clearDevice();
  FullStory.anonymize();
  navigationRef.reset({ index: 0, routes: [{ name: 'Login', params: { reason: 'locked' } }] });
}

export async function onSilentPush(message: { data?: { type?: string; reason?: string } }) {
  if (message.data?.type === 'remote-lock') {
    await forceLogout(message.data.reason ?? 'unknown');
  }
}
