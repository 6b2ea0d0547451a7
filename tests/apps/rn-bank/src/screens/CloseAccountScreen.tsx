import FullStory from '@fullstory/react-native';
import AsyncStorage from '@react-native-async-storage/async-storage';
import type { NativeStackScreenProps } from '@react-navigation/native-stack';
import { useState } from 'react';
import { Button, Text, TextInput, View } from 'react-native';
import { client } from '../api/client';
import type { RootStack } from '../navigation/types';

export function CloseAccountScreen({ navigation }: NativeStackScreenProps<RootStack, 'CloseAccount'>) {
  const [pin, setPin] = useState('');
  const [problem, setProblem] = useState<string | null>(null);

  const closeAccount = async () => {
    try {
      await client.post('/me/close', { pin });
    } catch {
      setProblem('That is not your PIN.');
      return;
    }
    FullStory.event('Account closed', {});
    await AsyncStorage.clear();
    FullStory('setIdentity', { anonymous: true });
    navigation.reset({ index: 0, routes: [{ name: 'Welcome' }] });
  };

  return (
    <View>
      <Text>Close your account with Harbour Bank</Text>
      <TextInput value={pin} onChangeText={setPin} secureTextEntry />
      {problem && <Text>{problem}</Text>}
      <Button title="Close my account" onPress={closeAccount} />
    </View>
  );
}
