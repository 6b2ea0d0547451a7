import FullStory from '@fullstory/react-native';
import type { NativeStackScreenProps } from '@react-navigation/native-stack';
import { useEffect, useState } from 'react';
import { Button, FlatList, Text, View } from 'react-native';
import { client } from '../api/client';
import type { RootStack } from '../navigation/types';

interface Account {
  iban: string;
  name: string;
  cents: number;
}

export function AccountsScreen({ navigation }: NativeStackScreenProps<RootStack, 'Accounts'>) {
  const [accounts, setAccounts] = useState<Account[]>([]);

  useEffect(() => {
    client
      .get<Account[]>('/accounts')
      .then(({ data }) => setAccounts(data))
      .catch((error) => FullStory.log(FullStory.LogLevel.Error, `accounts: ${error}`));
  }, []);

  return (
    <View>
      <FlatList
        data={accounts}
        keyExtractor={(account) => account.iban}
        renderItem={({ item }) => (
          <Text>
            {item.name}: {(item.cents / 100).toFixed(2)} €
          </Text>
        )}
      />
      <Button title="Profile" onPress={() => navigation.navigate('Profile')} />
      <Button title="Settings" onPress={() => navigation.navigate('Settings')} />
    </View>
  );
}
