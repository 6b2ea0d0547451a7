import FullStory from '@fullstory/react-native';
import AsyncStorage from '@react-native-async-storage/async-storage';
import type { NativeStackScreenProps } from '@react-navigation/native-stack';
import { FlatList, Pressable, Text } from 'react-native';
import * as Keychain from 'react-native-keychain';
import { client } from '../api/client';
import type { RootStack } from '../navigation/types';

interface Profile {
  id: string;
  name: string;
}

const PROFILES: Profile[] = [
  { id: 'c-1', name: 'Me' },
  { id: 'c-2', name: 'My company' },
];

export function CustomerSwitcherScreen({ navigation }: NativeStackScreenProps<RootStack, 'CustomerSwitcher'>) {
  const switchProfile = async (profile: Profile) => {
    const { data } = await client.post<{ token: string }>(`/profiles/${profile.id}/session`);
    await Keychain.setGenericPassword(profile.id, data.token);
    await AsyncStorage.setItem('customer', JSON.stringify(profile));
    FullStory.identify(profile.id, { displayName: profile.name });
    navigation.navigate('Accounts');
  };

  return (
    <FlatList
      data={PROFILES}
      keyExtractor={(profile) => profile.id}
      renderItem={({ item }) => (
        <Pressable onPress={() => switchProfile(item)}>
          <Text>{item.name}</Text>
        </Pressable>
      )}
    />
  );
}
