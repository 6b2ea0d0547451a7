import FullStory from '@fullstory/react-native';
import { useFocusEffect } from '@react-navigation/native';
import type { NativeStackScreenProps } from '@react-navigation/native-stack';
import { useCallback } from 'react';
import { Button, Text, View } from 'react-native';
import type { RootStack } from '../navigation/types';

export function WelcomeScreen({ navigation }: NativeStackScreenProps<RootStack, 'Welcome'>) {
  useFocusEffect(
    useCallback(() => {
      FullStory.anonymize();
    }, []),
  );

  return (
    <View>
      <Text>Harbour Bank</Text>
      <Button title="Sign in" onPress={() => navigation.navigate('Login')} />
    </View>
  );
}
