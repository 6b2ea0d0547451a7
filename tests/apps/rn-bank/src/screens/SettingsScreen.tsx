import AsyncStorage from '@react-native-async-storage/async-storage';
import type { NativeStackScreenProps } from '@react-navigation/native-stack';
import { Alert, Button, View } from 'react-native';
import * as Keychain from 'react-native-keychain';
import type { RootStack } from '../navigation/types';

export function SettingsScreen({ navigation }: NativeStackScreenProps<RootStack, 'Settings'>) {
  const confirmLogout = () => {
    Alert.alert('Sign out of this phone?', 'You will need your customer number to come back.', [
      { text: 'Cancel', style: 'cancel' },
      {
        text: 'Sign out',
        style: 'destructive',
        onPress: async () => {
          await Keychain.resetGenericPassword();
          await AsyncStorage.multiRemove(['customer', 'biometry', 'favourites']);
          navigation.reset({ index: 0, routes: [{ name: 'Login' }] });
        },
      },
    ]);
  };

  return (
    <View>
      <Button title="Switch customer" onPress={() => navigation.navigate('CustomerSwitcher')} />
      <Button title="Close my account" onPress={() => navigation.navigate('CloseAccount')} />
      <Button title="Sign out" onPress={confirmLogout} />
    </View>
  );
}
